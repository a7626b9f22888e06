// Langfuse's integrations for OpenAI and LangChain, with a stub of the provider.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { FakeListChatModel } from "@langchain/core/utils/testing";
import { CallbackHandler } from "@langfuse/langchain";
import { observeOpenAI } from "@langfuse/openai";
import { LangfuseSpanProcessor } from "@langfuse/otel";
import { NodeSDK } from "@opentelemetry/sdk-node";
import OpenAI from "openai";
import { configure, startServer, tree } from "../server.js";

let server;
let provider;
let processor;
let sdk;

const completion = {
  id: "c1",
  object: "chat.completion",
  created: 1,
  model: "gpt-4o-2024-08-06",
  choices: [
    { index: 0, finish_reason: "stop", message: { role: "assistant", content: "Paris." } },
  ],
  usage: {
    prompt_tokens: 12,
    completion_tokens: 3,
    total_tokens: 15,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 1 },
  },
};

before(async () => {
  server = await startServer();
  configure(server.url);
  processor = new LangfuseSpanProcessor();
  sdk = new NodeSDK({ spanProcessors: [processor] });
  sdk.start();
  provider = createServer((request, response) => {
    request.resume().on("end", () => {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify(completion));
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => provider.once("listening", resolve));
});

after(async () => {
  provider.close();
  await sdk.shutdown();
  await server.stop();
});

async function sent(name) {
  await processor.forceFlush();
  const { data } = await server.api("/traces?name=" + encodeURIComponent(name));
  assert.equal(data.length, 1, `one trace named ${name}`);
  return server.api("/traces/" + data[0].id);
}

test("a call through OpenAI's client", async () => {
  const openai = observeOpenAI(
    new OpenAI({ apiKey: "none", baseURL: `http://127.0.0.1:${provider.address().port}` }),
    { generationName: "capital", userId: "ada", sessionId: "s", tags: ["t"] },
  );
  await openai.chat.completions.create({
    model: "gpt-4o",
    temperature: 0.2,
    messages: [{ role: "user", content: "Capital of France?" }],
  });

  const trace = await sent("capital");
  assert.deepEqual(tree(trace), ["capital (generation)"]);
  const [generation] = trace.observations;
  assert.equal(generation.model, "gpt-4o-2024-08-06");
  assert.equal(generation.modelParameters.temperature, 0.2);
  assert.equal(generation.output.content, "Paris.");
  assert.equal(generation.usageDetails.total, 15);
  assert.equal(generation.usageDetails.input, 8);
  assert.ok(generation.calculatedTotalCost > 0, "priced");
});

test("a chain of LangChain", async () => {
  const model = new FakeListChatModel({ responses: ["Berlin."] });
  const chain = ChatPromptTemplate.fromTemplate("Capital of {country}?").pipe(model);
  await chain.invoke({ country: "Germany" }, {
    callbacks: [new CallbackHandler({ userId: "ada", sessionId: "s2", tags: ["chain"] })],
    runName: "langchain-run",
  });

  const trace = await sent("langchain-run");
  assert.deepEqual(tree(trace), [
    { "langchain-run (span)": ["ChatPromptTemplate (span)", "FakeListChatModel (generation)"] },
  ]);
  assert.equal(trace.userId, "ada");
  assert.equal(trace.sessionId, "s2");
  assert.deepEqual(trace.tags, ["chain"]);
  assert.match(JSON.stringify(trace.output), /Berlin\./);
});
