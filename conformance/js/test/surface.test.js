// Every method of the API client that Langfuse generates for JavaScript, called once against the
// server. A method that a newer client has fails here until it is called, and one that the server
// does not have until it says why.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { LangfuseClient } from "@langfuse/client";
import { configure, startServer } from "../server.js";

const people = "there are no accounts, so nobody to be a member or to be assigned";
const judges = "the server calls no models";
const pages = "pages of Langfuse's own application";

// By the start of the method's name.
const without = {
  "annotationQueues.createQueueAssignment": people,
  "annotationQueues.deleteQueueAssignment": people,
  "blobStorageIntegrations.": "traces are exported by the command export",
  "evaluationRules.": judges,
  "evaluators.": judges,
  "feedback.": "meant for Langfuse's makers",
  "llmConnections.": judges,
  "models.upsert": "newer than the Langfuse that the server follows",
  "organizations.deleteOrganizationMembership": people,
  "organizations.deleteProjectMembership": people,
  "organizations.getOrganizationApiKeys": "keys belong to projects",
  "organizations.getOrganizationMemberships": people,
  "organizations.getProjectMemberships": people,
  "organizations.updateOrganizationMembership": people,
  "organizations.updateProjectMembership": people,
  "scim.": people,
  "unstable.": pages,
};

const trace = "1af7651916cd43dd8448eb211c80319c";
const span = "c7ad6b7169203331";
const start = Date.now() - 2000;
const dayAgo = new Date(start - 86_400_000).toISOString();
const tomorrow = new Date(start + 86_400_000).toISOString();
const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const hash = createHash("sha256").update(pixel).digest("base64");

let server;
let langfuse;
const called = new Set();

before(async () => {
  server = await startServer();
  configure(server.url);
  langfuse = new LangfuseClient();
});

after(async () => {
  await langfuse.shutdown();
  await server.stop();
});

/** The names of all methods of the client and of those it holds. */
function* methods(client, path = "") {
  const prototype = Object.getPrototypeOf(client);
  for (const name of Object.getOwnPropertyNames(prototype).sort()) {
    if (name === "constructor" || name.startsWith("_")) continue;
    const { get, value } = Object.getOwnPropertyDescriptor(prototype, name);
    if (get) yield* methods(client[name], path + name + ".");
    else if (typeof value === "function") yield path + name;
  }
}

function invoke(name, args) {
  const path = name.split(".");
  const method = path.pop();
  const owner = path.reduce((client, part) => client[part], langfuse.api);
  return owner[method](...args);
}

function api(name, ...args) {
  called.add(name);
  return invoke(name, args);
}

const ids = ({ data }) => data.map(({ id }) => id);

test("traces, observations, sessions and experiments", async () => {
  const text = (key, stringValue) => ({ key, value: { stringValue } });
  assert.equal((await api("health.health")).status, "OK");
  await api("opentelemetry.exportTraces", {
    resourceSpans: [
      {
        resource: { attributes: [text("service.name", "surface")] },
        scopeSpans: [
          {
            scope: { name: "surface", version: "1", attributes: [] },
            spans: [
              {
                traceId: trace,
                spanId: span,
                name: "surface",
                kind: 1,
                startTimeUnixNano: `${start}000000`,
                endTimeUnixNano: `${start + 1500}000000`,
                attributes: [
                  text("langfuse.observation.type", "generation"),
                  text("langfuse.observation.model.name", "gpt-4o"),
                  text("langfuse.observation.input", '{"question":"why?"}'),
                  text("langfuse.observation.usage_details", '{"input":10,"output":5}'),
                  text("langfuse.session.id", "surface/session"),
                  text("langfuse.user.id", "surface/user"),
                  text("langfuse.trace.tags", '["one","two"]'),
                  text("langfuse.experiment.id", "surface experiment"),
                  text("langfuse.experiment.name", "surface"),
                  text("langfuse.experiment.item.id", "surface item"),
                  text("langfuse.experiment.item.root_observation_id", span),
                ],
                status: {},
              },
            ],
          },
        ],
      },
    ],
  });
  const batch = await api("ingestion.batch", {
    batch: ["other", "third"].map((id) => ({
      type: "trace-create",
      id: "event " + id,
      timestamp: new Date().toISOString(),
      body: { id, name: id },
    })),
  });
  assert.deepEqual(batch.successes.map(({ status }) => status), [201, 201]);

  const whole = await api("trace.get", trace, { fields: "core,io,observations,metrics" });
  assert.equal(whole.latency, 1.5);
  assert.deepEqual(whole.observations[0].input, { question: "why?" });
  const listed = await api("trace.list", {
    page: 1,
    limit: 10,
    userId: "surface/user",
    sessionId: "surface/session",
    name: "surface",
    fromTimestamp: dayAgo,
    toTimestamp: tomorrow,
    orderBy: "timestamp.asc",
    tags: ["one", "two"],
    environment: ["default"],
    fields: "core,metrics",
  });
  assert.deepEqual(ids(listed), [trace]);
  assert.equal((await api("legacy.observationsV1.get", span)).modelId.length > 0, true);
  const query = { type: "GENERATION", traceId: trace, fromStartTime: dayAgo, level: "DEFAULT" };
  assert.deepEqual(ids(await api("legacy.observationsV1.getMany", query)), [span]);
  const newer = await api("observations.getMany", { ...query, fields: "core,basic,io", limit: 1 });
  assert.equal(newer.data[0].input, '{"question":"why?"}');

  assert.ok(ids(await api("sessions.list", { limit: 10 })).includes("surface/session"));
  assert.deepEqual(
    (await api("sessions.get", "surface/session")).traces.map(({ id }) => id),
    [trace],
  );
  const experiments = await api("experiments.list", { fromStartTime: dayAgo });
  assert.deepEqual(ids(experiments), ["surface experiment"]);
  const items = await api("experiments.listItems", {
    fromStartTime: dayAgo,
    experimentId: "surface experiment",
    fields: "core,io",
  });
  assert.deepEqual(ids(items), [span]);
});

test("scores", async () => {
  const config = await api("scoreConfigs.create", {
    name: "taste",
    dataType: "CATEGORICAL",
    categories: [{ label: "good", value: 1 }],
  });
  assert.deepEqual(await api("scoreConfigs.getById", config.id), config);
  assert.ok(ids(await api("scoreConfigs.get", { limit: 100 })).includes(config.id));
  const archived = await api("scoreConfigs.update", config.id, { isArchived: true });
  assert.equal(archived.isArchived, true);

  await api("scores.create", { id: "n", traceId: trace, name: "n", value: 0.5, metadata: { a: 1 } });
  await api("legacy.scoreV1.create", {
    id: "b",
    traceId: trace,
    observationId: span,
    name: "b",
    value: 1,
    dataType: "BOOLEAN",
  });
  const score = await api("scores.getById", "b");
  assert.deepEqual([score.value, score.stringValue, score.dataType], [1, "True", "BOOLEAN"]);
  const listed = await api("scores.getMany", {
    traceId: trace,
    userId: "surface/user",
    operator: ">=",
    value: 0.5,
    scoreIds: "n,b",
    fields: "score,trace",
    traceTags: ["one"],
  });
  assert.deepEqual(ids(listed).sort(), ["b", "n"]);
  const third = await api("scoresV3.getManyV3", { traceId: trace, fields: "subject", limit: 10 });
  assert.deepEqual(third.data.map(({ subject }) => subject.kind).sort(), ["observation", "trace"]);
});

test("prompts", async () => {
  const name = "folder/sürface ?#%";
  const made = await api("prompts.create", {
    name,
    prompt: "Hi {{name}}",
    labels: ["production"],
    tags: ["t"],
    config: { k: 1 },
  });
  assert.equal(made.version, 1);
  assert.equal((await api("prompts.get", name, { label: "production" })).prompt, "Hi {{name}}");
  const listed = await api("prompts.list", { name, label: "production", tag: "t", limit: 10 });
  assert.deepEqual(listed.data.map(({ versions }) => versions), [[1]]);
  const labelled = await api("promptVersion.update", name, 1, { newLabels: ["staging"] });
  assert.ok(labelled.labels.includes("staging"));
});

test("datasets", async () => {
  const name = "folder/data set";
  const dataset = await api("datasets.create", { name, metadata: { k: 1 } });
  assert.equal((await api("datasets.get", name)).id, dataset.id);
  assert.ok(ids(await api("datasets.list", { limit: 10 })).includes(dataset.id));
  const item = await api("datasetItems.create", {
    datasetName: name,
    id: "surface/item",
    input: { q: 1 },
    sourceTraceId: trace,
  });
  assert.deepEqual(await api("datasetItems.get", "surface/item"), item);
  assert.deepEqual(ids(await api("datasetItems.list", { datasetName: name })), ["surface/item"]);
  const runItem = await api("datasetRunItems.create", {
    runName: "run/one",
    datasetItemId: "surface/item",
    traceId: trace,
  });
  const run = await api("datasets.getRun", name, "run/one");
  assert.deepEqual(run.datasetRunItems.map(({ id }) => id), [runItem.id]);
  assert.deepEqual(ids(await api("datasets.getRuns", name, { limit: 10 })), [run.id]);
  const listed = await api("datasetRunItems.list", { datasetId: dataset.id, runName: "run/one" });
  assert.deepEqual(ids(listed), [runItem.id]);
});

test("metrics", async () => {
  const query = JSON.stringify({
    view: "observations",
    dimensions: [{ field: "name" }],
    metrics: [{ measure: "latency", aggregation: "max" }],
    filters: [],
    fromTimestamp: dayAgo,
    toTimestamp: tomorrow,
  });
  for (const name of ["metrics.metrics", "legacy.metricsV1.metrics"]) {
    assert.deepEqual((await api(name, { query })).data, [{ name: "surface", max_latency: 1500 }]);
  }
});

test("media", async () => {
  const { mediaId, uploadUrl } = await api("media.getUploadUrl", {
    traceId: trace,
    contentType: "image/png",
    contentLength: pixel.length,
    sha256Hash: hash,
    field: "input",
  });
  const { status } = await fetch(uploadUrl, {
    method: "PUT",
    body: pixel,
    headers: { "Content-Type": "image/png", "x-amz-checksum-sha256": hash },
  });
  await api("media.patch", mediaId, {
    uploadedAt: new Date().toISOString(),
    uploadHttpStatus: status,
  });
  const { url } = await api("media.get", mediaId);
  assert.deepEqual(Buffer.from(await (await fetch(url)).arrayBuffer()), pixel);
});

test("models", async () => {
  const model = await api("models.create", {
    modelName: "surface",
    matchPattern: "^surface$",
    unit: "TOKENS",
    inputPrice: 1e-6,
  });
  assert.equal((await api("models.get", model.id)).inputPrice, 1e-6);
  assert.equal((await api("models.list", { page: 2, limit: 3 })).data.length, 3);
  await api("models.delete", model.id);
});

test("comments and queues", async () => {
  const comment = await api("comments.create", {
    projectId: "local",
    objectType: "TRACE",
    objectId: trace,
    content: "well said",
  });
  assert.equal((await api("comments.getById", comment.id)).content, "well said");
  const comments = await api("comments.get", { objectType: "TRACE", objectId: trace });
  assert.deepEqual(ids(comments), [comment.id]);
  const config = await api("scoreConfigs.create", { name: "stars", dataType: "NUMERIC" });
  const queue = await api("annotationQueues.createQueue", {
    name: "surface",
    scoreConfigIds: [config.id],
  });
  assert.deepEqual(await api("annotationQueues.getQueue", queue.id), queue);
  assert.deepEqual(ids(await api("annotationQueues.listQueues", { limit: 10 })), [queue.id]);
  const item = await api("annotationQueues.createQueueItem", queue.id, {
    objectId: trace,
    objectType: "TRACE",
  });
  assert.deepEqual(await api("annotationQueues.getQueueItem", queue.id, item.id), item);
  await api("annotationQueues.updateQueueItem", queue.id, item.id, { status: "COMPLETED" });
  const items = await api("annotationQueues.listQueueItems", queue.id, { status: "COMPLETED" });
  assert.deepEqual(ids(items), [item.id]);
  assert.equal((await api("annotationQueues.deleteQueueItem", queue.id, item.id)).success, true);
});

test("projects and keys", async () => {
  assert.deepEqual(ids(await api("projects.get")), ["local"]);
  const project = await api("projects.create", { name: "surface", retention: 0 });
  const renamed = await api("projects.update", project.id, { name: "renamed", retention: 0 });
  assert.equal(renamed.name, "renamed");
  const key = await api("projects.createApiKey", project.id, {
    publicKey: "pk-lf-surface",
    secretKey: "sk-lf-surface",
  });
  assert.equal(key.publicKey, "pk-lf-surface");
  const { apiKeys } = await api("projects.getApiKeys", project.id);
  assert.deepEqual(apiKeys.map(({ id }) => id), [key.id]);
  const { projects } = await api("organizations.getOrganizationProjects");
  assert.ok(projects.some(({ id, createdAt }) => id === project.id && createdAt));
  assert.equal((await api("projects.deleteApiKey", project.id, key.id)).success, true);
  assert.equal((await api("projects.delete", project.id)).success, true);
});

test("deletions", async () => {
  await api("datasetItems.delete", "surface/item");
  await api("datasets.deleteRun", "folder/data set", "run/one");
  await api("prompts.delete", "folder/sürface ?#%", { version: 1 });
  await api("legacy.scoreV1.delete", "n");
  await api("trace.delete", "other");
  await api("trace.deleteMultiple", { traceIds: ["third", trace] });
  assert.deepEqual((await langfuse.api.trace.list()).data, []);
});

test("every method was called, but for those that the server does not have", async (t) => {
  const told = {};
  for (const name of methods(langfuse.api)) {
    const start = Object.keys(without).find((each) => name.startsWith(each));
    assert.equal(called.has(name), start === undefined, `${name} is ${start ? "" : "not "}called`);
    if (start !== undefined) {
      const error = await invoke(name, ["x", {}, {}]).then(
        () => assert.fail(`${name} is there`),
        (refusal) => refusal,
      );
      assert.ok([404, 405].includes(error.statusCode), `${name}: ${error}`);
      (told[`${error.statusCode}, ${without[start]}`] ??= []).push(name);
    }
  }
  for (const [why, names] of Object.entries(told)) t.diagnostic(`${why}: ${names.join(", ")}`);
});
