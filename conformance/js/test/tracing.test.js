// The programs of Langfuse's documentation as it prints them, sent by Langfuse's own packages and
// read back. Only the imports are gathered at the top.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LangfuseSpanProcessor } from "@langfuse/otel";
import {
  createTraceId,
  getActiveTraceId,
  observe,
  propagateAttributes,
  startActiveObservation,
  startObservation,
  updateActiveObservation,
} from "@langfuse/tracing";
import { NodeSDK } from "@opentelemetry/sdk-node";
import { configure, startServer, tree } from "../server.js";

let server;
let langfuseSpanProcessor;
let sdk;

before(async () => {
  server = await startServer();
  configure(server.url);
  langfuseSpanProcessor = new LangfuseSpanProcessor();
  sdk = new NodeSDK({ spanProcessors: [langfuseSpanProcessor] });
  sdk.start();
});

after(async () => {
  await sdk.shutdown();
  await server.stop();
});

async function sent(name) {
  await langfuseSpanProcessor.forceFlush();
  const { data } = await server.api("/traces?name=" + encodeURIComponent(name));
  assert.equal(data.length, 1, `one trace named ${name}`);
  return server.api("/traces/" + data[0].id);
}

async function forget(trace) {
  await server.api("/traces/" + trace.id, { method: "DELETE" });
}

function named(trace, name) {
  return trace.observations.find((observation) => observation.name === name);
}

test("an active observation with a generation", async () => {
  await startActiveObservation("user-request", async (span) => {
    span.update({ input: { query: "Capital of France?" } });
    const generation = startObservation(
      "llm-call",
      { model: "gpt-4", input: [{ role: "user", content: "Capital of France?" }] },
      { asType: "generation" },
    );
    generation.update({ output: { content: "Paris." } }).end();
    span.update({ output: "Answered." });
  });

  const trace = await sent("user-request");
  assert.deepEqual(tree(trace), [{ "user-request (span)": ["llm-call (generation)"] }]);
  assert.deepEqual(trace.input, { query: "Capital of France?" });
  assert.equal(trace.output, "Answered.");
  const generation = named(trace, "llm-call");
  assert.equal(generation.model, "gpt-4");
  assert.deepEqual(generation.input, [{ role: "user", content: "Capital of France?" }]);
  assert.deepEqual(generation.output, { content: "Paris." });
  assert.deepEqual((await server.api("/observations/" + generation.id)).output, {
    content: "Paris.",
  });
  await forget(trace);
});

test("a wrapped function", async () => {
  async function fetchData(source) {
    updateActiveObservation({ metadata: { source: "API" } });
    return { data: `some data from ${source}` };
  }
  const tracedFetchData = observe(fetchData, {
    name: "fetch-data",
    asType: "span",
  });
  const result = await tracedFetchData("API");

  assert.deepEqual(result, { data: "some data from API" });
  const trace = await sent("fetch-data");
  assert.deepEqual(tree(trace), ["fetch-data (span)"]);
  assert.deepEqual(trace.observations[0].output, { data: "some data from API" });
  assert.equal(trace.observations[0].metadata.source, "API");
});

test("manual observations", async () => {
  // Start a root span for a user request
  const span = startObservation(
    // name
    "user-request",
    // params
    {
      input: { query: "What is the capital of France?" },
    },
  );
  // Create a nested span for, e.g., a tool call
  const toolCall = span.startObservation(
    // name
    "fetch-weather",
    // params
    {
      input: { city: "Paris" },
    },
    // Specify observation type in asType
    // This will type the attributes argument accordingly
    // Default is 'span'
    { asType: "tool" },
  );
  // Simulate work and end the tool call span
  await new Promise((resolve) => setTimeout(resolve, 100));
  toolCall.update({ output: { temperature: "15°C" } }).end();
  // Create a nested generation for the LLM call
  const generation = span.startObservation(
    "llm-call",
    {
      model: "gpt-4",
      input: [{ role: "user", content: "What is the capital of France?" }],
    },
    { asType: "generation" },
  );
  generation.update({
    usageDetails: { input: 10, output: 5 },
    output: { content: "The capital of France is Paris." },
  });
  generation.end();
  // End the root span
  span.update({ output: "Successfully answered user request." }).end();

  const trace = await sent("user-request");
  assert.deepEqual(tree(trace), [
    { "user-request (span)": ["fetch-weather (tool)", "llm-call (generation)"] },
  ]);
  assert.deepEqual(named(trace, "fetch-weather").output, { temperature: "15°C" });
  assert.deepEqual(named(trace, "llm-call").usageDetails, { input: 10, output: 5, total: 15 });
  assert.ok(named(trace, "llm-call").calculatedTotalCost > 0, "priced");
  assert.ok(trace.latency >= 0.1, "latency in seconds");
  await forget(trace);
});

test("nested active observations", async () => {
  await startActiveObservation("outer-process", async () => {
    await startActiveObservation("llm-step-1", async (span) => {
      span.update({ output: "LLM 1 output" });
    });
    await startActiveObservation("intermediate-step", async (span) => {
      await startActiveObservation("llm-step-2", async (child) => {
        child.update({ output: "LLM 2 output" });
      });
      span.update({ output: "Intermediate processing done" });
    });
  });

  const trace = await sent("outer-process");
  assert.deepEqual(tree(trace), [
    {
      "outer-process (span)": [
        { "intermediate-step (span)": ["llm-step-2 (span)"] },
        "llm-step-1 (span)",
      ],
    },
  ]);
  assert.equal(named(trace, "llm-step-2").output, "LLM 2 output");
});

test("an updated observation", async () => {
  await startActiveObservation("user-request", async (span) => {
    span.update({
      input: { path: "/api/process" },
      output: { status: "success" },
    });
  });

  const trace = await sent("user-request");
  assert.deepEqual(trace.input, { path: "/api/process" });
  assert.deepEqual(trace.output, { status: "success" });
  await forget(trace);
});

test("propagated attributes", async () => {
  await startActiveObservation("user-workflow", async () => {
    await propagateAttributes(
      {
        userId: "user_123",
        sessionId: "session_abc",
        metadata: { experiment: "variant_a", env: "prod" },
        version: "1.0",
        traceName: "user-workflow",
      },
      async () => {
        const generation = startObservation(
          "llm-call",
          { model: "gpt-4" },
          { asType: "generation" },
        );
        generation.end();
      },
    );
  });

  const trace = await sent("user-workflow");
  assert.equal(trace.userId, "user_123");
  assert.equal(trace.sessionId, "session_abc");
  assert.equal(trace.version, "1.0");
  assert.equal(trace.metadata.experiment, "variant_a");
  assert.equal(trace.metadata.env, "prod");
  assert.equal(named(trace, "llm-call").version, "1.0");
  const session = await server.api("/sessions/session_abc");
  assert.deepEqual(
    session.traces.map(({ id }) => id),
    [trace.id],
  );
});

test("attributes that travel to another service", async () => {
  const { createServer } = await import("node:http");
  const received = [];
  const other = createServer((request, response) => {
    received.push(request.headers);
    response.end("{}");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));

  await startActiveObservation("api-request", async () => {
    await propagateAttributes(
      {
        userId: "user_123",
        sessionId: "session_abc",
        asBaggage: true,
      },
      async () => {
        await fetch(`http://127.0.0.1:${other.address().port}/api`);
      },
    );
  });

  other.close();
  assert.equal(received.length, 1);
  const trace = await sent("api-request");
  assert.deepEqual(tree(trace), ["api-request (span)"]);
});

test("correlating attributes and tags around manual observations", async () => {
  const userId = "user-123";
  const sessionId = "session-abc";
  propagateAttributes(
    {
      userId: userId,
      sessionId: sessionId,
      tags: ["authenticated-user"],
      metadata: { plan: "premium" },
    },
    () => {
      const rootSpan = startObservation("data-processing");
      const generation = rootSpan.startObservation("llm-call", {}, { asType: "generation" });
      generation.end();
      rootSpan.end();
    },
  );

  const trace = await sent("data-processing");
  assert.deepEqual(tree(trace), [{ "data-processing (span)": ["llm-call (generation)"] }]);
  assert.deepEqual(trace.tags, ["authenticated-user"]);
  assert.equal(trace.userId, "user-123");
  assert.equal(trace.metadata.plan, "premium");
});

test("a trace id made from an id of one's own", async () => {
  const externalId = "support-ticket-54321";
  const langfuseTraceId = await createTraceId(externalId);
  const rootSpan = startObservation(
    "process-ticket",
    {},
    {
      parentSpanContext: {
        traceId: langfuseTraceId,
        spanId: "0123456789abcdef",
        traceFlags: 1,
      },
    },
  );
  rootSpan.end();
  await langfuseSpanProcessor.forceFlush();

  const trace = await server.api("/traces/" + langfuseTraceId);
  assert.equal(langfuseTraceId.length, 32);
  assert.deepEqual(tree(trace), ["process-ticket (span)"]);
  assert.equal(trace.observations[0].parentObservationId, "0123456789abcdef");
});

test("the id of the active trace", async () => {
  let active;
  await startActiveObservation("run", async () => {
    active = getActiveTraceId();
  });

  assert.equal((await sent("run")).id, active);
});

test("a trace that exists already", async () => {
  const span = startObservation(
    "downstream-task",
    {},
    {
      parentSpanContext: {
        traceId: "abcdef1234567890abcdef1234567890",
        spanId: "fedcba0987654321",
        traceFlags: 1,
      },
    },
  );
  span.end();
  await langfuseSpanProcessor.forceFlush();

  const trace = await server.api("/traces/abcdef1234567890abcdef1234567890");
  assert.deepEqual(tree(trace), ["downstream-task (span)"]);
});

test("bytes in an input become media", async () => {
  const pixel =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const span = startObservation("picture", { input: `data:image/png;base64,${pixel}` });
  span.end();

  const trace = await sent("picture");
  const reference =
    /^@@@langfuseMedia:type=image\/png\|id=([\w-]{22})\|source=base64_data_uri@@@$/.exec(
      trace.observations[0].input,
    );
  assert.ok(reference, trace.observations[0].input);
  const media = await server.api("/media/" + reference[1]);
  assert.equal(media.contentType, "image/png");
  const bytes = Buffer.from(await (await fetch(media.url)).arrayBuffer());
  assert.equal(bytes.toString("base64"), pixel);
  assert.equal(media.contentLength, bytes.length);
});
