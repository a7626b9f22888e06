import { n as api } from "./client.js";
import { D as isFields } from "./app.js";
// src/import/chunks.ts
/** Requests of about this many spans: each is stored at once, and the reader sees how far it is. */
var SPANS = 500;
/** A file of OTLP/JSON: one request, or one per line as OpenTelemetry's file exporter writes them. Throws what to tell the reader. */
function chunksOf(text) {
	const spans = requestsIn(text).flatMap(spansIn);
	if (spans.length === 0) throw new Error("There are no spans in it.");
	const chunks = [];
	for (let from = 0; from < spans.length; from += SPANS) {
		const part = spans.slice(from, from + SPANS);
		chunks.push({
			body: JSON.stringify({ resourceSpans: grouped(part) }),
			spans: part.length
		});
	}
	const traceIds = [...new Set(spans.map(({ span }) => isFields(span) ? String(span.traceId) : ""))];
	return {
		chunks,
		spans: spans.length,
		traceIds
	};
}
function requestsIn(text) {
	const whole = parsed(text);
	const requests = whole === void 0 ? text.split("\n").filter((line) => line.trim() !== "").map(lineOf) : [whole].flat();
	if (!requests.every((request) => isFields(request) && ("resourceSpans" in request || "resource_spans" in request))) throw new Error("It is not OTLP: an object with \"resourceSpans\" is expected.");
	return requests;
}
function lineOf(line) {
	const value = parsed(line);
	if (value === void 0) throw new Error("It is not JSON.");
	return value;
}
function parsed(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
function spansIn(request) {
	return children(request, "resourceSpans", "resource_spans").flatMap((resourceSpans) => children(resourceSpans, "scopeSpans", "scope_spans").flatMap((scopeSpans) => children(scopeSpans, "spans").map((span) => ({
		resource: field(resourceSpans, "resource"),
		scope: field(scopeSpans, "scope"),
		span
	}))));
}
function children(value, ...names) {
	return names.flatMap((name) => {
		const found = field(value, name);
		return Array.isArray(found) ? found : [];
	});
}
function field(value, name) {
	return isFields(value) ? value[name] : void 0;
}
function grouped(spans) {
	const groups = /* @__PURE__ */ new Map();
	for (const { resource, scope, span } of spans) {
		const key = JSON.stringify([resource, scope]);
		const group = groups.get(key) ?? {
			resource,
			scopeSpans: [{
				scope,
				spans: []
			}]
		};
		group.scopeSpans[0].spans.push(span);
		groups.set(key, group);
	}
	return [...groups.values()];
}
// src/import/importFile.ts
/** Sends what is in a file to this server, as an exporter would. */
async function importText(text, onProgress) {
	const parsed = chunksOf(text);
	let done = 0;
	onProgress(done, parsed.spans);
	for (const { body, spans } of parsed.chunks) {
		const turnedAway = rejectionIn(await api.ingest(body));
		if (turnedAway) throw new Error(turnedAway);
		done += spans;
		onProgress(done, parsed.spans);
	}
	return parsed;
}
/** OTLP answers 200 even where it took only a part. */
function rejectionIn(answer) {
	const partial = answer?.partialSuccess;
	return Number(partial?.rejectedSpans ?? 0) > 0 ? partial?.errorMessage ?? `${partial?.rejectedSpans} spans were rejected` : null;
}
export { importText };
