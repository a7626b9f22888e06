import { r as __toESM } from "./rolldown-runtime.js";
import { St as require_jsx_runtime, Tt as require_react } from "./vendor.js";
import { F as duration, L as plural, p as TypeIcon, s as inOrder } from "./app.js";
// src/graph/flow.ts
var import_react = /* @__PURE__ */ __toESM(require_react(), 1);
var keyOf = ({ observation: { type, name } }) => `${type} ${name ?? ""}`;
/**
* What a trace did, told by kinds of steps: siblings follow each other in time, those that overlap stand side by side,
* and a step leads into its first children. A loop of an agent shows as an edge that goes back.
*/
function flowOf(roots) {
	const nodes = nodesOf(roots);
	const edges = /* @__PURE__ */ new Map();
	const link = (from, to, kind) => {
		const [left, right] = [keyOf(from), keyOf(to)];
		const key = `${kind} ${left}\n${right}`;
		const known = edges.get(key);
		if (known) known.count++;
		else edges.set(key, {
			from: left,
			to: right,
			count: 1,
			kind,
			back: false
		});
	};
	for (const siblings of [roots, ...inOrder(roots).map((node) => node.children)]) {
		const waves = wavesOf(siblings);
		waves.slice(1).forEach((wave, index) => linkWaves(waves[index] ?? [], wave, link));
	}
	for (const parent of inOrder(roots)) for (const child of distinct(wavesOf(parent.children)[0] ?? [])) link(parent, child, "into");
	const all = [...edges.values()];
	layOut(nodes, all);
	const list = [...nodes.values()];
	return {
		nodes: list,
		edges: all,
		layers: Math.max(0, ...list.map(({ layer }) => layer + 1)),
		widest: Math.max(1, ...list.map(({ place }) => place + 1))
	};
}
function nodesOf(roots) {
	const nodes = /* @__PURE__ */ new Map();
	for (const step of inOrder(roots).sort((left, right) => left.startMs - right.startMs)) {
		const { observation, startMs, endMs } = step;
		const key = keyOf(step);
		const node = nodes.get(key) ?? {
			key,
			name: observation.name || observation.type.toLowerCase(),
			type: observation.type,
			steps: [],
			errors: 0,
			timeMs: 0,
			layer: 0,
			place: 0
		};
		node.steps.push(step);
		node.errors += observation.level === "ERROR" ? 1 : 0;
		node.timeMs += (endMs ?? startMs) - startMs;
		nodes.set(key, node);
	}
	return nodes;
}
/** Siblings in groups: those of a group overlap in time, and follow the group before. Repetitions of one kind are one group. */
function wavesOf(siblings) {
	const waves = [];
	let endMs = -Infinity;
	for (const step of [...siblings].sort((left, right) => left.startMs - right.startMs)) {
		const wave = waves.at(-1);
		if (wave && step.startMs < endMs) wave.push(step);
		else waves.push([step]);
		endMs = Math.max(wave && step.startMs < endMs ? endMs : -Infinity, step.endMs ?? step.startMs);
	}
	return waves;
}
function linkWaves(before, after, link) {
	for (const from of distinct(before)) for (const to of distinct(after)) link(from, to, "next");
}
/** One of each kind: a fan of fifty is one arrow. */
function distinct(steps) {
	return [...new Map(steps.map((step) => [keyOf(step), step])).values()];
}
/** Each kind below everything that leads to it for the first time; what leads to something seen before goes back. */
function layOut(nodes, edges) {
	const order = new Map([...nodes.keys()].map((key, index) => [key, index]));
	for (const edge of edges) edge.back = (order.get(edge.to) ?? 0) <= (order.get(edge.from) ?? 0);
	const forward = edges.filter(({ back }) => !back);
	for (const key of nodes.keys()) {
		const node = nodes.get(key);
		for (const { to } of forward.filter(({ from }) => from === key)) {
			const target = nodes.get(to);
			target.layer = Math.max(target.layer, node.layer + 1);
		}
	}
	const taken = /* @__PURE__ */ new Map();
	for (const node of nodes.values()) {
		node.place = taken.get(node.layer) ?? 0;
		taken.set(node.layer, node.place + 1);
	}
}
// src/graph/FlowGraph.tsx
var import_jsx_runtime = require_jsx_runtime();
var WIDTH = 168;
var HEIGHT = 40;
var GAP_X = 28;
var GAP_Y = 34;
var MARGIN = 26;
/** The trace as a graph of what led to what: one box for each kind of step, arrows back for loops. */
function FlowGraph({ roots, selectedId, onSelect }) {
	const flow = (0, import_react.useMemo)(() => flowOf(roots), [roots]);
	if (flow.nodes.length > 150) return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
		className: "flow-notice soft",
		children: [plural(flow.nodes.length, "kind"), " of steps are too many to draw; the tree and the table show them all."]
	});
	const width = 52 + flow.widest * 196 - GAP_X;
	const height = 52 + flow.layers * 74 - GAP_Y;
	const place = placing(flow);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "flow",
		role: "group",
		"aria-label": "Graph of steps",
		tabIndex: 0,
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
			className: "flow-canvas",
			style: {
				width,
				height
			},
			children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("svg", {
				width,
				height,
				"aria-hidden": true,
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("defs", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("marker", {
					id: "flow-arrow",
					viewBox: "0 0 8 8",
					refX: "7",
					refY: "4",
					markerWidth: "7",
					markerHeight: "7",
					orient: "auto",
					children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("path", {
						d: "M0 0L8 4L0 8z",
						className: "flow-head"
					})
				}) }), flow.edges.map((edge) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Edge, {
					edge,
					place
				}, `${edge.kind} ${edge.from} ${edge.to}`))]
			}), flow.nodes.map((node) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Box, {
				node,
				at: place(node.key),
				selectedId,
				onSelect
			}, node.key))]
		})
	});
}
/** Layers from top to bottom, each in the middle. */
function placing({ nodes, widest }) {
	const sizes = /* @__PURE__ */ new Map();
	for (const { layer } of nodes) sizes.set(layer, (sizes.get(layer) ?? 0) + 1);
	const byKey = new Map(nodes.map((node) => [node.key, node]));
	return (key) => {
		const { layer = 0, place = 0 } = byKey.get(key) ?? {};
		return {
			x: MARGIN + (widest - (sizes.get(layer) ?? 1)) * 196 / 2 + place * 196,
			y: MARGIN + layer * 74
		};
	};
}
function Box({ node, at, selectedId, onSelect }) {
	const index = node.steps.findIndex(({ observation }) => observation.id === selectedId);
	const next = node.steps[(index + 1) % node.steps.length];
	const times = node.steps.length > 1 ? `, ${index >= 0 ? `${index + 1} of ` : ""}${node.steps.length} times` : "";
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
		type: "button",
		className: "flow-box",
		style: {
			left: at.x,
			top: at.y,
			width: WIDTH,
			height: HEIGHT
		},
		"data-type": node.type,
		"data-error": node.errors > 0,
		"aria-pressed": index >= 0,
		"aria-label": `${node.name}, ${node.type.toLowerCase()}${times}, ${duration(node.timeMs)}${node.errors > 0 ? `, ${plural(node.errors, "error")}` : ""}`,
		title: node.steps.length > 1 ? "Press again for the next of them" : void 0,
		onClick: () => next && onSelect(next.observation.id),
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TypeIcon, { type: next?.observation.type ?? "SPAN" }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
				className: "flow-name",
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "clip",
					children: node.name
				}), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
					className: "faint numeric clip",
					children: [duration(node.timeMs), node.errors > 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("b", {
						className: "flow-errors",
						children: [" · ", plural(node.errors, "error")]
					})]
				})]
			}),
			node.steps.length > 1 && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "times numeric",
				children: index >= 0 ? `${index + 1}/${node.steps.length}` : `×${node.steps.length}`
			})
		]
	});
}
function Edge({ edge, place }) {
	const path = edge.from === edge.to ? around(place(edge.from)) : edge.back ? backwards(place(edge.from), place(edge.to)) : forwards(place(edge.from), place(edge.to));
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("g", {
		"data-kind": edge.kind,
		"data-back": edge.back,
		className: "flow-edge",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("path", {
			d: path.d,
			markerEnd: "url(#flow-arrow)"
		}), edge.count > 1 && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("text", {
			x: path.x,
			y: path.y,
			children: ["×", edge.count]
		})]
	});
}
function forwards(from, to) {
	const [x1, y1, x2, y2] = [
		from.x + WIDTH / 2,
		from.y + HEIGHT,
		to.x + WIDTH / 2,
		to.y - 1
	];
	const bend = Math.max(16, (y2 - y1) / 2);
	return {
		d: `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`,
		x: (x1 + x2) / 2 + 6,
		y: (y1 + y2) / 2 + 4
	};
}
/** Out at the right side and in again at the right side of what happened before. */
function backwards(from, to) {
	const [x1, y1, x2, y2] = [
		from.x + WIDTH,
		from.y + HEIGHT / 2,
		to.x + WIDTH + 1,
		to.y + HEIGHT / 2
	];
	const out = Math.max(x1, x2) + 22;
	return {
		d: `M${x1} ${y1}C${out} ${y1} ${out} ${y2} ${x2} ${y2}`,
		x: out - 8,
		y: (y1 + y2) / 2 + 4
	};
}
function around({ x, y }) {
	const [right, middle] = [x + WIDTH, y + HEIGHT / 2];
	return {
		d: `M${right} ${middle - 8}C${right + 24} ${middle - 20} ${right + 24} ${middle + 20} ${right + 1} ${middle + 8}`,
		x: right + 6,
		y: middle + 24
	};
}
export { FlowGraph as default };
