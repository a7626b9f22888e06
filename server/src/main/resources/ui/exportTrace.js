import { r as __toESM } from "./rolldown-runtime.js";
import { B as duration, C as normalize, D as download, L as compact, O as fileName, R as cost, T as SafeMarkdown, c as extentOf, m as markdownOf, p as mainGeneration, u as treeOf, w as isFields } from "./app.js";
import { n as api } from "./client.js";
import { Dt as require_react, Et as require_react_dom, Tt as require_client } from "./vendor.js";
// src/export/full.ts
/** Two requests, however many observations there are. */
async function fullTrace(id) {
	const [{ trace, observations }, original] = await Promise.all([api.trace(id), api.publicTrace(id)]);
	const bodies = new Map(original.observations.map((body) => [body.id, body]));
	return {
		trace,
		original,
		observations: observations.map((row) => {
			const { input = null, output = null, metadata = null } = bodies.get(row.id) ?? {};
			return {
				...row,
				input,
				output,
				metadata
			};
		})
	};
}
// src/export/markdownHtml.ts
var import_react = /* @__PURE__ */ __toESM(require_react(), 1);
var import_react_dom = require_react_dom();
var import_client = require_client();
/** Text as the viewer shows it, as markup for a file: by the same rules, so nothing in it can run or be fetched unasked. */
function markdownHtml(text) {
	const host = document.createElement("div");
	const root = (0, import_client.createRoot)(host);
	(0, import_react_dom.flushSync)(() => root.render((0, import_react.createElement)(SafeMarkdown, { text: text.replaceAll("\0", "�") })));
	const html = host.innerHTML;
	root.unmount();
	return html;
}
// src/export/story.ts
/** The conversation that a trace served: its own, or the one that its main generation saw. */
function storyOf({ trace, observations }) {
	const own = normalize(trace.input, trace.output);
	const main = mainGeneration(observations);
	const body = observations.find((observation) => observation.id === main?.id);
	if (own.chat || !body) return own;
	const told = normalize(body.input, body.output);
	return told.chat ? told : own;
}
// src/export/page.css?raw
var page_default = ":root { color-scheme: light dark; --line: light-dark(#e5e8ed, #242a34); --soft: light-dark(#4b5463, #aab3c1); --sunken: light-dark(#f6f7f9, #171b22); --accent: light-dark(#3054cf, #93aeff); --error: light-dark(#bd1f31, #ff8e94); }\n* { box-sizing: border-box; }\nbody { max-width: 960px; margin: 0 auto; padding: 24px 20px 48px; background: light-dark(#fff, #101318); color: light-dark(#161a22, #e8ebf0); font: 14px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }\nh1 { margin: 0 0 8px; font-size: 22px; }\nh2 { margin: 32px 0 8px; font-size: 16px; }\nh3 { margin: 0 0 4px; color: var(--soft); font-size: 12px; text-transform: capitalize; }\nh4 { margin: 10px 0 4px; color: var(--soft); font-size: 12px; }\ndl { display: flex; flex-wrap: wrap; gap: 6px 24px; margin: 0; }\ndt, footer, i, small { color: var(--soft); font-size: 12px; font-style: normal; }\ndd { margin: 0; font-weight: 600; }\narticle { padding: 10px 14px; margin: 8px 0; border: 1px solid var(--line); border-radius: 8px; }\narticle[data-role='user'] { border-left: 3px solid var(--accent); }\np { margin: 4px 0; white-space: pre-wrap; unicode-bidi: plaintext; }\npre { margin: 4px 0; padding: 8px 10px; border-radius: 6px; background: var(--sunken); font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; white-space: pre-wrap; unicode-bidi: plaintext; }\nimg { max-width: 100%; }\nsummary { cursor: pointer; }\n.step { padding: 4px 0; border-bottom: 1px solid var(--line); }\n.step > :not(summary) { margin-left: 16px; }\n.bar { display: block; min-width: 3px; height: 4px; border-radius: 2px; background: var(--accent); }\n.step[data-level='ERROR'] b, .status { color: var(--error); }\n.step[data-level='ERROR'] .bar { background: var(--error); }\nfooter { margin-top: 40px; }\n.markdown p, .plain-text { unicode-bidi: plaintext; }\n.markdown p { white-space: normal; }\n.plain-text { white-space: pre-wrap; }\n.markdown > div > * + * { margin-top: 8px; }\n.markdown .heading { font-weight: 650; }\n.markdown ul, .markdown ol { padding-left: 20px; margin: 4px 0; }\n.markdown code { padding: 1px 4px; border-radius: 4px; background: var(--sunken); font: 12px ui-monospace, Menlo, Consolas, monospace; }\n.markdown pre code { padding: 0; }\n.markdown blockquote { margin: 0; padding-left: 12px; border-left: 3px solid var(--line); color: var(--soft); }\n.markdown table { border-collapse: collapse; }\n.markdown th, .markdown td { padding: 4px 10px; border: 1px solid var(--line); text-align: left; }\n.markdown a { color: var(--accent); }\n.blocked-image { color: var(--soft); }\n";
// src/export/html.ts
/** Nothing may run or be fetched, wherever the file is opened: it is markup and its own style, and says so to the browser. */
var POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
/** A trace as one file that needs neither this server nor a network. */
function htmlOf(full) {
	const { trace, observations } = full;
	const name = trace.name ?? trace.id;
	const bodies = new Map(observations.map((observation) => [observation.id, observation]));
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(name)}</title>
<style>${page_default}</style>
</head>
<body>
<header><h1>${escaped(name)}</h1>${facts(full)}</header>
<main>
<section aria-label="Conversation"><h2>Conversation</h2>${storyOf(full).messages.map(message).join("")}</section>
<section aria-label="Steps"><h2>Steps</h2>${steps(observations, bodies)}</section>
</main>
<footer>Exported from Langfuse4j. Trace ${escaped(trace.id)}, started ${escaped(trace.timestamp)}.</footer>
</body>
</html>
`;
}
function facts({ trace }) {
	return `<dl>${[
		["Duration", duration(trace.latencyMs)],
		["Tokens", compact(trace.totalTokens)],
		["Cost", cost(trace.totalCost)],
		["Observations", String(trace.observationCount)],
		["Errors", trace.errorCount > 0 ? String(trace.errorCount) : null],
		["User", trace.userId],
		["Session", trace.sessionId],
		["Tags", trace.tags.join(", ") || null]
	].flatMap(([key, value]) => value === null ? [] : [`<div><dt>${key}</dt><dd>${escaped(value)}</dd></div>`]).join("")}</dl>`;
}
function message({ role, name, parts }) {
	return `<article data-role="${role}">${`<h3>${role}${name ? ` · ${escaped(name)}` : ""}</h3>`}${parts.map(part).join("")}</article>`;
}
function part(given) {
	switch (given.kind) {
		case "text": return markdownHtml(given.text);
		case "reasoning": return `<details><summary>Reasoning</summary><p dir="auto">${escaped(given.text)}</p></details>`;
		case "tool-call": return `<p>Calls <b>${escaped(given.name)}</b></p>${value(given.arguments)}${given.result ? value(given.result.content) : ""}`;
		case "tool-result": return `<p>Result of <b>${escaped(given.name ?? "tool")}</b></p>${value(given.content)}`;
		case "image": return given.source?.startsWith("data:image/") ? `<img src="${escaped(given.source)}" alt="${escaped(given.description)}">` : `<p>[image: ${escaped(given.description)}]</p>`;
		case "file": return `<p>[${escaped(given.name ?? given.mediaType)}]</p>`;
		case "json": return value(given.value);
	}
}
/** Written in reading order with the depth as an indent: nesting ten thousand elements would be too much for a browser. */
function steps(observations, bodies) {
	const { startMs, endMs } = extentOf(observations);
	const rows = [];
	const stack = treeOf(observations).map((node) => ({
		node,
		depth: 0
	})).reverse();
	for (let top = stack.pop(); top; top = stack.pop()) {
		rows.push(step(top.node, top.depth, {
			startMs,
			length: Math.max(1, endMs - startMs)
		}, bodies));
		for (const node of [...top.node.children].reverse()) stack.push({
			node,
			depth: top.depth + 1
		});
	}
	return rows.join("");
}
function step(node, depth, { startMs, length }, bodies) {
	const { observation } = node;
	const body = bodies.get(observation.id);
	const left = (node.startMs - startMs) / length * 100;
	const width = ((node.endMs ?? node.startMs) - node.startMs) / length * 100;
	const figures = [
		observation.type === "EVENT" ? null : duration(observation.latencyMs),
		observation.totalTokens === null ? null : `${compact(observation.totalTokens)} tokens`,
		observation.totalCost === null ? null : cost(observation.totalCost),
		observation.model
	].filter((figure) => figure !== null);
	const indent = Math.min(depth, 12) * 16;
	return `<details class="step" data-level="${escaped(observation.level)}"><summary style="padding-left:${indent}px">
<b>${escaped(observation.name ?? "")}</b> <i>${escaped(observation.type.toLowerCase())}</i> <small>${escaped(figures.join(" · "))}</small>
<span class="bar" style="margin-left:${left.toFixed(2)}%;width:${width.toFixed(2)}%"></span></summary>
${observation.statusMessage ? `<p class="status">${escaped(observation.statusMessage)}</p>` : ""}${block("Input", body?.input)}${block("Output", body?.output)}${block("Metadata", body?.metadata)}</details>`;
}
function block(title, given) {
	return given === null || given === void 0 ? "" : `<h4>${title}</h4>${value(given)}`;
}
function value(given) {
	return `<pre dir="auto">${escaped(typeof given === "string" ? given : JSON.stringify(given, null, 2))}</pre>`;
}
var ENTITIES = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"'": "&#39;",
	"\0": "�"
};
function escaped(text) {
	return text.replace(/[&<>"'\0]/g, (character) => ENTITIES[character] ?? "");
}
// src/export/markdown.ts
/** The conversation of a trace under a heading that says which trace it was. */
function markdownOfTrace(full) {
	const { id, name, timestamp, latencyMs, totalTokens, totalCost, models, userId, sessionId } = full.trace;
	const list = [
		["Trace", `\`${id}\``],
		["Started", timestamp],
		["Duration", latencyMs === null ? null : duration(latencyMs)],
		["Model", models.length > 0 ? models.join(", ") : null],
		["Tokens", totalTokens === null ? null : compact(totalTokens)],
		["Cost", totalCost === null ? null : cost(totalCost)],
		["User", userId],
		["Session", sessionId]
	].filter(([, value]) => value !== null).map(([key, value]) => `- ${key}: ${value}`);
	return `# ${name ?? id}\n\n${list.join("\n")}\n\n${markdownOf(storyOf(full))}\n`;
}
// src/export/otlp.ts
/** Metadata that came from the span's surroundings; it goes back to where it came from. */
var SURROUNDINGS = [
	"resourceAttributes",
	"scope",
	"attributes"
];
/**
* The trace as an OTLP/JSON request that any OpenTelemetry backend takes, and that this server stores as the same trace
* again. What Langfuse knows is written in the attributes of its SDKs; other attributes of the spans are kept.
*/
function otlpOf({ trace, observations }) {
	const groups = /* @__PURE__ */ new Map();
	for (const observation of observations) {
		const key = JSON.stringify([resourceOf(observation), scopeOf(observation)]);
		const group = groups.get(key) ?? {
			observation,
			spans: []
		};
		group.spans.push(spanOf(observation, trace));
		groups.set(key, group);
	}
	return { resourceSpans: [...groups.values()].map(({ observation, spans }) => ({
		resource: { attributes: attributes(resourceOf(observation)) },
		scopeSpans: [{
			scope: scopeOf(observation),
			spans
		}]
	})) };
}
function spanOf(observation, trace) {
	const { traceId, id, parentObservationId, name, startTime, endTime, level, statusMessage } = observation;
	return {
		traceId,
		spanId: id,
		...parentObservationId ? { parentSpanId: parentObservationId } : {},
		name: name ?? "",
		kind: 1,
		startTimeUnixNano: nanos(startTime),
		endTimeUnixNano: nanos(endTime ?? startTime),
		attributes: attributes({
			...fields(metadataOf(observation).attributes),
			...known(observation),
			...traceAttributes(trace, observation)
		}),
		status: level === "ERROR" ? {
			code: 2,
			...statusMessage ? { message: statusMessage } : {}
		} : {}
	};
}
function known(observation) {
	const own = Object.entries(metadataOf(observation)).filter(([key]) => !SURROUNDINGS.includes(key));
	return {
		"langfuse.observation.type": observation.type.toLowerCase(),
		"langfuse.observation.level": observation.level,
		"langfuse.observation.status_message": observation.statusMessage,
		"langfuse.observation.input": text(observation.input),
		"langfuse.observation.output": text(observation.output),
		"langfuse.observation.model.name": observation.model,
		"langfuse.observation.model.parameters": json(observation.modelParameters),
		"langfuse.observation.usage_details": json(observation.usage),
		"langfuse.observation.cost_details": json(observation.cost),
		"langfuse.observation.completion_start_time": json(observation.completionStartTime),
		"langfuse.observation.prompt.name": observation.promptName,
		"langfuse.observation.prompt.version": observation.promptVersion,
		"langfuse.environment": observation.environment,
		"langfuse.version": observation.version,
		...Object.fromEntries(own.map(([key, value]) => [`langfuse.observation.metadata.${key}`, text(value)]))
	};
}
function traceAttributes(trace, observation) {
	const own = Object.entries(fields(trace.metadata)).filter(([key]) => !SURROUNDINGS.includes(key));
	const root = observation.parentObservationId === null;
	return {
		"langfuse.trace.name": trace.name,
		"user.id": trace.userId,
		"session.id": trace.sessionId,
		"langfuse.release": trace.release,
		"langfuse.trace.tags": trace.tags.length > 0 ? trace.tags : null,
		"langfuse.trace.public": trace.public || null,
		...root && {
			"langfuse.trace.input": text(trace.input),
			"langfuse.trace.output": text(trace.output),
			...Object.fromEntries(own.map(([key, value]) => [`langfuse.trace.metadata.${key}`, text(value)]))
		}
	};
}
var metadataOf = (observation) => fields(observation.metadata);
var resourceOf = (observation) => fields(metadataOf(observation).resourceAttributes);
function scopeOf(observation) {
	const { name, version, attributes: given } = fields(metadataOf(observation).scope);
	return {
		name: String(name ?? ""),
		version: String(version ?? ""),
		attributes: attributes(fields(given))
	};
}
function fields(value) {
	return isFields(value) ? value : {};
}
function attributes(given) {
	return Object.entries(given).flatMap(([key, value]) => value === null || value === void 0 ? [] : [{
		key,
		value: valueOf(value)
	}]);
}
function valueOf(value) {
	if (typeof value === "boolean") return { boolValue: value };
	if (typeof value === "number") return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
	if (Array.isArray(value)) return { arrayValue: { values: value.filter((item) => item !== null).map(valueOf) } };
	return { stringValue: typeof value === "string" ? value : JSON.stringify(value) };
}
function text(value) {
	return typeof value === "string" ? value : json(value);
}
function json(value) {
	return value === null || value === void 0 ? null : JSON.stringify(value);
}
/** Stored instants have milliseconds. */
function nanos(iso) {
	return `${Date.parse(iso)}000000`;
}
// src/export/exportTrace.ts
var WRITERS = {
	json: {
		ending: "json",
		type: "application/json",
		write: ({ original }) => JSON.stringify(original, null, 2)
	},
	otlp: {
		ending: "otlp.json",
		type: "application/json",
		write: (full) => JSON.stringify(otlpOf(full))
	},
	markdown: {
		ending: "md",
		type: "text/markdown",
		write: markdownOfTrace
	},
	html: {
		ending: "html",
		type: "text/html",
		write: htmlOf
	}
};
async function exportTrace({ id, name }, format) {
	const { ending, type, write } = WRITERS[format];
	download(fileName(name, id, ending), type, write(await fullTrace(id)));
}
export { exportTrace };
