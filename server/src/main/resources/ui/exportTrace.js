import { r as __toESM } from "./rolldown-runtime.js";
import { A as download, D as isFields, E as normalize, O as SafeMarkdown, d as treeOf, h as markdownOf, j as fileName, l as extentOf, m as mainGeneration, w as stepName } from "./app.js";
import { n as api } from "./client.js";
import { i as cost, o as duration, r as compact } from "./format.js";
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
// src/app/tokens.css?raw
var tokens_default = "/* Every colour, size and shadow of the viewer. One set: light-dark() picks by the colour scheme in force. */\n@font-face {\n  font-family: 'Inter Variable';\n  font-style: normal;\n  font-weight: 100 900;\n  font-display: swap;\n  src: url('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2') format('woff2');\n}\n\n:root {\n  color-scheme: light dark;\n\n  --bg: light-dark(#ffffff, #101318);\n  --bg-sunken: light-dark(#f6f7f9, #0b0d11);\n  --bg-raised: light-dark(#ffffff, #171b22);\n  --bg-hover: light-dark(#f2f4f7, #1a1f27);\n  --bg-selected: light-dark(#e8eefd, #1b2745);\n  --line: light-dark(#e5e8ed, #242a34);\n  --line-strong: light-dark(#cbd2dc, #3b4452);\n\n  --text: light-dark(#161a22, #e8ebf0);\n  --text-soft: light-dark(#4b5463, #aab3c1);\n  --text-faint: light-dark(#5d6675, #8f99a8);\n\n  --accent: light-dark(#3054cf, #93aeff);\n  --accent-strong: light-dark(#2746b5, #b3c6ff);\n  --on-accent: light-dark(#ffffff, #0e1424);\n  --accent-soft: light-dark(#e8eefd, #1b2745);\n\n  --error: light-dark(#bd1f31, #ff8e94);\n  --error-soft: light-dark(#fdecee, #3a181d);\n  --warning: light-dark(#885500, #edbd63);\n  --warning-soft: light-dark(#fdf3df, #36290f);\n  --ok: light-dark(#0d7448, #57cc95);\n  --ok-soft: light-dark(#e3f5ec, #10301f);\n\n  --type-agent: light-dark(#7a35c9, #c49bff);\n  --type-generation: light-dark(#3054cf, #93aeff);\n  --type-tool: light-dark(#a6500a, #f2a766);\n  --type-retriever: light-dark(#0b7285, #5fd0e0);\n  --type-embedding: light-dark(#136f9f, #73c5f5);\n  --type-chain: light-dark(#56607a, #aab6d3);\n  --type-span: light-dark(#5d6675, #98a3b3);\n  --type-event: light-dark(#5d6675, #98a3b3);\n  --type-evaluator: light-dark(#b0266f, #ff97c9);\n  --type-guardrail: light-dark(#0d7448, #57cc95);\n\n  --heat-1: light-dark(#fdf3df, #2b2415);\n  --heat-2: light-dark(#fbe3bd, #43330f);\n  --heat-3: light-dark(#f9c99f, #63400f);\n  --heat-4: light-dark(#f3a187, #8a3a1c);\n\n  --code-string: light-dark(#0d6e43, #7fd6a9);\n  --code-number: light-dark(#2d4fc4, #9db5ff);\n  --code-word: light-dark(#9a3d00, #f2a766);\n\n  --shadow: 0 1px 2px light-dark(rgb(20 26 40 / 6%), rgb(0 0 0 / 40%)), 0 8px 24px light-dark(rgb(20 26 40 / 10%), rgb(0 0 0 / 45%));\n  --radius: 8px;\n  --radius-small: 5px;\n  --space-1: 4px;\n  --space-2: 8px;\n  --space-3: 12px;\n  --space-4: 16px;\n  --space-5: 24px;\n  --space-6: 40px;\n  --sans: 'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;\n  --mono: ui-monospace, 'SF Mono', 'Cascadia Code', 'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;\n  --size-small: 12px;\n  --size: 13px;\n  --size-large: 15px;\n  --bar-height: 46px;\n}\n\n:root[data-theme='light'] {\n  color-scheme: light;\n}\n\n:root[data-theme='dark'] {\n  color-scheme: dark;\n}\n";
// src/ui/types.css?raw
var types_default = "/* Whatever shows a step has the colour of its type; the exported page too. */\n:root {\n  --type: var(--type-span);\n}\n\n[data-type='AGENT'] {\n  --type: var(--type-agent);\n}\n\n[data-type='GENERATION'] {\n  --type: var(--type-generation);\n}\n\n[data-type='TOOL'] {\n  --type: var(--type-tool);\n}\n\n[data-type='RETRIEVER'] {\n  --type: var(--type-retriever);\n}\n\n[data-type='EMBEDDING'] {\n  --type: var(--type-embedding);\n}\n\n[data-type='CHAIN'] {\n  --type: var(--type-chain);\n}\n\n[data-type='SPAN'] {\n  --type: var(--type-span);\n}\n\n[data-type='EVENT'] {\n  --type: var(--type-event);\n}\n\n[data-type='EVALUATOR'] {\n  --type: var(--type-evaluator);\n}\n\n[data-type='GUARDRAIL'] {\n  --type: var(--type-guardrail);\n}\n";
// src/export/page.css?raw
var page_default = "* { box-sizing: border-box; }\nbody { max-width: 960px; margin: 0 auto; padding: 24px 20px 48px; background: var(--bg); color: var(--text); font: 14px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }\nh1 { margin: 0 0 8px; font-size: 22px; }\nh2 { margin: 32px 0 8px; font-size: 16px; }\nh3 { margin: 0 0 4px; color: var(--text-soft); font-size: 12px; text-transform: capitalize; }\nh4 { margin: 10px 0 4px; color: var(--text-soft); font-size: 12px; }\ndl { display: flex; flex-wrap: wrap; gap: 6px 24px; margin: 0; }\ndt, footer, i, small { color: var(--text-soft); font-size: 12px; font-style: normal; }\ndd { margin: 0; font-weight: 600; }\narticle { padding: 10px 14px; margin: 8px 0; border: 1px solid var(--line); border-radius: 8px; }\narticle[data-role='user'] { border-left: 3px solid var(--accent); }\np { margin: 4px 0; white-space: pre-wrap; unicode-bidi: plaintext; }\npre { margin: 4px 0; padding: 8px 10px; border-radius: 6px; background: var(--bg-sunken); font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; white-space: pre-wrap; unicode-bidi: plaintext; }\nimg { max-width: 100%; }\nsummary { cursor: pointer; }\n.step { padding: 4px 0; border-bottom: 1px solid var(--line); }\n.step > :not(summary) { margin-left: 16px; }\n.name { display: inline-block; max-width: calc(100% - 20px); vertical-align: top; }\n.step i { color: var(--type); }\n.axis { display: flex; justify-content: space-between; padding-bottom: 4px; border-bottom: 1px solid var(--line); color: var(--text-soft); font-size: 12px; }\n.bar { display: block; min-width: 3px; height: 5px; margin-top: 3px; border-radius: 2px; background: var(--type); }\n.bar[data-event] { width: 8px; height: 8px; margin-top: 1px; transform: rotate(45deg) scale(0.8); }\n.step[data-level='ERROR'] b, .status { color: var(--error); }\n.step[data-level='ERROR'] .bar { background: var(--error); }\nfooter { margin-top: 40px; }\n.markdown p, .plain-text { unicode-bidi: plaintext; }\n.markdown p { white-space: normal; }\n.plain-text { white-space: pre-wrap; }\n.markdown > div > * + * { margin-top: 8px; }\n.markdown .heading { font-weight: 650; }\n.markdown ul, .markdown ol { padding-left: 20px; margin: 4px 0; }\n.markdown code { padding: 1px 4px; border-radius: 4px; background: var(--bg-sunken); font: 12px ui-monospace, Menlo, Consolas, monospace; }\n.markdown pre code { padding: 0; }\n.markdown blockquote { margin: 0; padding-left: 12px; border-left: 3px solid var(--line); color: var(--text-soft); }\n.markdown table { border-collapse: collapse; }\n.markdown th, .markdown td { padding: 4px 10px; border: 1px solid var(--line); text-align: left; }\n.markdown a { color: var(--accent); }\n.blocked-image { color: var(--text-soft); }\n";
// src/export/html.ts
/** Nothing may run or be fetched, wherever the file is opened: it is markup and its own style, and says so to the browser. */
var POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
/** A trace as one file that needs neither this server nor a network. */
function htmlOf(full) {
	const { trace, observations } = full;
	const name = trace.name || "Unnamed trace";
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
<style>${coloursOf(tokens_default)}
${types_default}
${page_default}</style>
</head>
<body>
<header><h1>${escaped(name)}</h1>${facts(full)}</header>
<main>
<section aria-label="Conversation"><h2>Conversation</h2>${storyOf(full).messages.map(message).join("")}</section>
<section aria-label="Steps"><h2>Steps</h2>${steps(observations, bodies)}</section>
</main>
<footer>Exported from Langfuse4j. Trace ${escaped(trace.id)}, started ${escaped(startOf(trace.timestamp))}.</footer>
</body>
</html>
`;
}
/** The colours of the viewer, without the font that it brings along. */
function coloursOf(css) {
	return css.replace(/@font-face \{[^}]*\}/, "").replace(/\/\*[^]*?\*\//g, "");
}
/** Readable wherever it is read: with its day and in universal time. */
function startOf(timestamp) {
	const at = new Date(timestamp);
	return Number.isNaN(at.getTime()) ? timestamp : at.toUTCString();
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
	return `${`<p class="axis" aria-hidden="true"><span>0</span><span>${duration(endMs - startMs)}</span></p>`}${rows.join("")}`;
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
	return `<details class="step" data-type="${escaped(observation.type)}" data-level="${escaped(observation.level)}"><summary><span class="name" style="padding-left:${indent}px"><b>${escaped(stepName(observation))}</b> <i>${escaped(observation.type.toLowerCase())}</i> <small>${escaped(figures.join(" · "))}</small></span>
${bar(observation.type === "EVENT", left, width)}</summary>
${observation.statusMessage ? `<p class="status">${escaped(observation.statusMessage)}</p>` : ""}${block("Input", body?.input)}${block("Output", body?.output)}${block("Metadata", body?.metadata)}</details>`;
}
/** An event has no length: it is a point, which must not stand outside of the axis at its end. */
function bar(event, left, width) {
	if (event) return `<span class="bar" data-event style="margin-left:calc((100% - 8px) * ${(left / 100).toFixed(4)})"></span>`;
	return `<span class="bar" style="margin-left:min(${left.toFixed(2)}%, 100% - 3px);width:${width.toFixed(2)}%"></span>`;
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
	return `# ${name || id}\n\n${list.join("\n")}\n\n${markdownOf(storyOf(full))}\n`;
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
