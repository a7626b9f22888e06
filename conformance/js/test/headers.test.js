// The headers that carry a trace and its attributes to another service: Langfuse's packages send
// the recorded ones, and understand those that the Java SDK sends. The Java side of the same file
// is HeaderVectorsTest.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { LangfuseSpanProcessor } from "@langfuse/otel";
import { propagateAttributes, startActiveObservation, startObservation } from "@langfuse/tracing";
import { context, propagation, ROOT_CONTEXT } from "@opentelemetry/api";
import { NodeSDK } from "@opentelemetry/sdk-node";

const vectors = JSON.parse(
  readFileSync(new URL("../../vectors/headers.json", import.meta.url), "utf8"),
);

let sdk;

before(() => {
  // Nobody listens there, and nothing is to be sent.
  const spanProcessor = new LangfuseSpanProcessor({
    publicKey: "pk",
    secretKey: "sk",
    baseUrl: "http://127.0.0.1:9",
    shouldExportSpan: () => false,
  });
  sdk = new NodeSDK({ spanProcessors: [spanProcessor] });
  sdk.start();
});

after(() => sdk.shutdown());

const sorted = (baggage) => baggage.split(",").sort().join(",");

test("the headers of the JS SDK are the recorded ones", () => {
  const headers = {};
  startActiveObservation(
    "caller",
    () =>
      propagateAttributes({ ...vectors.attributes, asBaggage: true }, () =>
        propagation.inject(context.active(), headers),
      ),
    {
      parentSpanContext: {
        traceId: vectors.traceId,
        spanId: vectors.parentSpanId,
        traceFlags: 1,
      },
    },
  );

  assert.equal(sorted(headers.baggage), vectors.baggage.js);
  assert.match(headers.traceparent, new RegExp(`^00-${vectors.traceId}-[0-9a-f]{16}-01$`));
});

test("the headers of the Java SDK are understood", () => {
  const headers = {
    traceparent: `00-${vectors.traceId}-${vectors.parentSpanId}-01`,
    baggage: vectors.baggage.java,
  };

  const span = context.with(propagation.extract(ROOT_CONTEXT, headers), () => {
    const observation = startObservation("called");
    observation.end();
    return observation.otelSpan;
  });

  assert.equal(span.spanContext().traceId, vectors.traceId);
  assert.equal(span.parentSpanContext.spanId, vectors.parentSpanId);
  assert.deepEqual(span.attributes, {
    "langfuse.observation.type": "span",
    ...vectors.received,
  });
});
