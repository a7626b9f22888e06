// Langfuse's client for JavaScript: prompts, datasets, experiments, scores, and what it reads.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LangfuseClient } from "@langfuse/client";
import { LangfuseSpanProcessor } from "@langfuse/otel";
import { startActiveObservation, startObservation } from "@langfuse/tracing";
import { NodeSDK } from "@opentelemetry/sdk-node";
import { configure, startServer, tree } from "../server.js";

let server;
let processor;
let sdk;
let langfuse;

before(async () => {
  server = await startServer();
  configure(server.url);
  processor = new LangfuseSpanProcessor();
  sdk = new NodeSDK({ spanProcessors: [processor] });
  sdk.start();
  langfuse = new LangfuseClient();
});

after(async () => {
  await langfuse.shutdown();
  await sdk.shutdown();
  await server.stop();
});

async function root(name, body = {}) {
  const span = startObservation(name, body);
  span.end();
  await processor.forceFlush();
  return span;
}

test("a text prompt is created, fetched and compiled", async () => {
  const created = await langfuse.prompt.create({
    name: "folder/greeting & more",
    prompt: "Hello {{name}}",
    labels: ["production"],
    tags: ["friendly"],
    config: { temperature: 0.5 },
    commitMessage: "first",
  });
  assert.equal(created.version, 1);

  const fetched = await langfuse.prompt.get("folder/greeting & more");
  assert.equal(fetched.compile({ name: "Ada" }), "Hello Ada");
  assert.deepEqual(fetched.config, { temperature: 0.5 });
  assert.deepEqual(fetched.labels.sort(), ["latest", "production"]);
  assert.deepEqual(fetched.tags, ["friendly"]);
  assert.equal(fetched.commitMessage, "first");
});

test("a chat prompt keeps its placeholder", async () => {
  await langfuse.prompt.create({
    name: "chat",
    type: "chat",
    prompt: [
      { role: "system", content: "You are {{tone}}." },
      { type: "placeholder", name: "history" },
    ],
    labels: ["production"],
  });

  const fetched = await langfuse.prompt.get("chat", { type: "chat" });
  assert.deepEqual(
    fetched.compile({ tone: "kind" }, { history: [{ role: "user", content: "Hi" }] }),
    [
      { role: "system", content: "You are kind." },
      { role: "user", content: "Hi" },
    ],
  );
});

test("labels move, versions are fetched and deleted", async () => {
  await langfuse.prompt.create({ name: "moving", prompt: "one", labels: ["production"] });
  await langfuse.prompt.create({ name: "moving", prompt: "two" });
  await langfuse.prompt.update({ name: "moving", version: 2, newLabels: ["production"] });

  assert.equal((await langfuse.prompt.get("moving", { cacheTtlSeconds: 0 })).prompt, "two");
  assert.equal((await langfuse.prompt.get("moving", { version: 1 })).prompt, "one");
  await langfuse.prompt.delete("moving");
  await assert.rejects(langfuse.prompt.get("moving", { version: 1, cacheTtlSeconds: 0 }));
  assert.equal(
    (await langfuse.prompt.get("moving", { fallback: "spare", cacheTtlSeconds: 0 })).prompt,
    "spare",
  );
});

test("a generation is linked to its prompt", async () => {
  const prompt = await langfuse.prompt.create({ name: "linked", prompt: "x" });
  const span = startObservation("linked", { prompt }, { asType: "generation" });
  span.end();
  await processor.forceFlush();

  const observation = await langfuse.api.legacy.observationsV1.get(span.id);
  assert.equal(observation.promptName, "linked");
  assert.equal(observation.promptVersion, 1);
});

test("scores are sent in batches and read back", async () => {
  const span = await root("scored");
  langfuse.score.create({ id: "s1", traceId: span.traceId, name: "quality", value: 0.9 });
  langfuse.score.observation({ otelSpan: span.otelSpan }, { id: "s2", name: "tone", value: "kind" });
  langfuse.score.create({ id: "s3", sessionId: "session", name: "ok", value: 1, dataType: "BOOLEAN" });
  await langfuse.score.flush();

  const quality = await langfuse.api.scores.getById("s1").catch(() => server.api("/v2/scores/s1"));
  assert.equal(quality.value, 0.9);
  assert.equal(quality.dataType, "NUMERIC");
  const tone = await server.api("/v2/scores/s2");
  assert.equal(tone.stringValue, "kind");
  assert.equal(tone.observationId, span.id);
  assert.equal((await server.api("/v2/scores/s3")).sessionId, "session");
  const trace = await langfuse.api.trace.get(span.traceId);
  assert.deepEqual(trace.scores.map(({ id }) => id).sort(), ["s1", "s2"]);
});

test("a dataset is filled, fetched and run as an experiment", async () => {
  await langfuse.api.datasets.create({
    name: "capitals/europe",
    description: "capitals",
    metadata: { author: "us" },
  });
  for (const [country, capital] of [
    ["France", "Paris"],
    ["Germany", "Berlin"],
  ]) {
    await langfuse.api.datasetItems.create({
      datasetName: "capitals/europe",
      id: country,
      input: { country },
      expectedOutput: capital,
      metadata: { continent: "Europe" },
    });
  }

  const dataset = await langfuse.dataset.get("capitals/europe");
  assert.equal(dataset.items.length, 2);
  assert.deepEqual(dataset.metadata, { author: "us" });
  const result = await dataset.runExperiment({
    name: "Capitals",
    runName: "first run",
    description: "always Paris",
    task: async ({ input }) => (input.country === "France" ? "Paris" : "Munich"),
    evaluators: [
      async ({ output, expectedOutput }) => ({
        name: "exact",
        value: output === expectedOutput ? 1 : 0,
      }),
    ],
    runEvaluators: [async () => ({ name: "accuracy", value: 0.5 })],
  });
  await processor.forceFlush();
  await langfuse.flush();

  assert.equal(result.itemResults.length, 2);
  assert.deepEqual(result.itemResults.map((item) => item.evaluations[0].value).sort(), [0, 1]);
  const run = await langfuse.api.datasets.getRun("capitals/europe", "first run");
  assert.equal(run.datasetRunItems.length, 2);
  assert.equal(run.description, "always Paris");
  const { data: runs } = await langfuse.api.datasets.getRuns("capitals/europe");
  assert.deepEqual(
    runs.map(({ name }) => name),
    ["first run"],
  );
  const item = run.datasetRunItems.find(({ datasetItemId }) => datasetItemId === "France");
  const trace = await langfuse.api.trace.get(item.traceId);
  assert.equal(trace.output, "Paris");
  assert.deepEqual(
    trace.scores.map(({ name, value }) => [name, value]),
    [["exact", 1]],
  );
  const { data: scores } = await server.api("/v2/scores?datasetRunId=" + run.id);
  assert.deepEqual(
    scores.map(({ name, value }) => [name, value]),
    [["accuracy", 0.5]],
  );
  const { data: experiments } = await server.api(
    "/experiments?fromStartTime=2020-01-01T00:00:00Z&fields=core,scores",
  );
  assert.equal(experiments.length, 1);
  assert.equal(experiments[0].itemCount, 2);

  await langfuse.api.datasetItems.delete("Germany");
  const { data: left } = await langfuse.api.datasetItems.list({ datasetName: "capitals/europe" });
  assert.deepEqual(
    left.map(({ id }) => id),
    ["France"],
  );
});

test("an experiment over local data needs no dataset", async () => {
  const result = await langfuse.experiment.run({
    name: "Local",
    data: [{ input: 1, expectedOutput: 2 }],
    task: async ({ input }) => input + 1,
    evaluators: [async ({ output }) => ({ name: "value", value: output })],
  });
  await langfuse.flush();

  assert.equal(result.itemResults[0].output, 2);
});

test("traces, observations and sessions are read by the generated client", async () => {
  await startActiveObservation("reading", async (span) => {
    span.update({ input: "in", output: "out" });
    startObservation("inner", { model: "gpt-4o" }, { asType: "generation" }).end();
  });
  await processor.forceFlush();

  const { data } = await langfuse.api.trace.list({ name: "reading" });
  assert.equal(data.length, 1);
  const trace = await langfuse.api.trace.get(data[0].id);
  assert.deepEqual(tree(trace), [{ "reading (span)": ["inner (generation)"] }]);
  const v1 = await langfuse.api.legacy.observationsV1.getMany({ traceId: trace.id });
  assert.equal(v1.data.length, 2);
  const v2 = await langfuse.api.observations.getMany({ traceId: trace.id, fields: "core,basic,io" });
  assert.equal(v2.data.length, 2);
  assert.equal(langfuse.getTraceUrl !== undefined, true);
  assert.match(await langfuse.getTraceUrl(trace.id), /\/project\/local\/traces\//);
  await langfuse.api.trace.delete(trace.id);
  await assert.rejects(langfuse.api.trace.get(trace.id), /not found/i);
});

test("projects, models, score configs, comments, queues, metrics and health answer", async () => {
  const api = langfuse.api;
  assert.equal((await api.health.health()).status, "OK");
  assert.equal((await api.projects.get()).data[0].id, "local");
  assert.ok((await api.models.list({ limit: 5 })).data.length === 5);
  const config = await api.scoreConfigs.create({ name: "quality", dataType: "NUMERIC" });
  assert.equal((await api.scoreConfigs.getById(config.id)).name, "quality");
  const span = await root("annotated");
  const comment = await api.comments.create({
    projectId: "local",
    objectType: "TRACE",
    objectId: span.traceId,
    content: "Look here",
  });
  assert.equal((await api.comments.getById(comment.id)).content, "Look here");
  const queue = await api.annotationQueues.createQueue({
    name: "review",
    scoreConfigIds: [config.id],
  });
  const item = await api.annotationQueues.createQueueItem(queue.id, {
    objectId: span.traceId,
    objectType: "TRACE",
  });
  assert.equal(item.status, "PENDING");
  const done = await api.annotationQueues.updateQueueItem(queue.id, item.id, {
    status: "COMPLETED",
  });
  assert.equal(done.status, "COMPLETED");
  const metrics = await api.metrics.metrics({
    query: JSON.stringify({
      view: "observations",
      dimensions: [{ field: "name" }],
      metrics: [{ measure: "count", aggregation: "count" }],
      filters: [],
      fromTimestamp: "2020-01-01T00:00:00Z",
      toTimestamp: "2100-01-01T00:00:00Z",
    }),
  });
  const counted = metrics.data.find(({ name }) => name === "annotated");
  assert.equal(Number(counted.count_count), 1);
});
