import { r as __toESM } from "./rolldown-runtime.js";
import { Dt as require_react, wt as require_jsx_runtime } from "./vendor.js";
import { c as plural, o as duration } from "./format.js";
import { _ as TypeIcon, p as useMedia, u as inOrder, w as stepName } from "./app.js";
// src/graph/FlowBox.tsx
var import_react = /* @__PURE__ */ __toESM(require_react(), 1);
var import_jsx_runtime = require_jsx_runtime();
/** All steps of one kind; each press selects the next of them. */
function FlowBox({ node, style, selectedId, onSelect }) {
	const { name, type, steps, errors, timeMs } = node;
	const index = steps.findIndex(({ observation }) => observation.id === selectedId);
	const next = steps[(index + 1) % steps.length];
	const times = steps.length > 1 ? `, ${index >= 0 ? `${index + 1} of ` : ""}${steps.length} times` : "";
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
		type: "button",
		className: "flow-box",
		style,
		"data-type": type,
		"data-error": errors > 0,
		"aria-pressed": index >= 0,
		"aria-label": `${name}, ${type.toLowerCase()}${times}, ${duration(timeMs)}${errors > 0 ? `, ${plural(errors, "error")}` : ""}`,
		title: steps.length > 1 ? "Press again for the next of them" : void 0,
		onClick: () => next && onSelect(next.observation.id),
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TypeIcon, { type: next?.observation.type ?? "SPAN" }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
				className: "flow-name",
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "clip",
					children: name
				}), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
					className: "flow-figures faint numeric",
					children: [errors > 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("b", {
						className: "flow-errors",
						children: plural(errors, "error")
					}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { children: type === "EVENT" ? "event" : duration(timeMs) })]
				})]
			}),
			steps.length > 1 && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "times numeric",
				children: index >= 0 ? `${index + 1}/${steps.length}` : `×${steps.length}`
			})
		]
	});
}
/**
* What a trace did, told by kinds of steps: siblings follow each other in time, those that overlap stand side by side,
* and a step leads into its first children. A loop of an agent shows as an edge that goes back. Where names are counted
* up and would be too many, numbers in them do not tell kinds apart. The number of kinds alone when they still are too many.
*/
function flowOf(roots) {
	const steps = inOrder(roots);
	const names = new Map(steps.map((step) => [step, `${step.observation.type} ${step.observation.name ?? ""}`]));
	const kinds = kindsOf(new Set(names.values()));
	const count = new Set(kinds.values()).size;
	return count > 150 ? count : drawn(roots, steps, (step) => kinds.get(names.get(step) ?? "") ?? "");
}
/** Each name as its own kind; of too many, "round 1" and "round 2" are one kind, "round #". */
function kindsOf(names) {
	return new Map([...names].map((name) => [name, names.size > 150 ? name.replace(/\d+/g, "#") : name]));
}
function drawn(roots, steps, keyOf) {
	const nodes = nodesOf(steps, keyOf);
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
	const chain = (siblings) => {
		const waves = wavesOf(siblings).map((wave) => distinct(wave, keyOf));
		waves.slice(1).forEach((wave, index) => linkWaves(waves[index] ?? [], wave, link));
		return waves[0] ?? [];
	};
	chain(roots);
	for (const parent of steps) for (const first of chain(parent.children)) link(parent, first, "into");
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
function nodesOf(steps, keyOf) {
	const nodes = /* @__PURE__ */ new Map();
	for (const step of [...steps].sort((left, right) => left.startMs - right.startMs)) {
		const { observation, startMs, endMs } = step;
		const key = keyOf(step);
		const node = nodes.get(key) ?? {
			key,
			name: stepName({
				name: key.slice(observation.type.length + 1),
				type: observation.type
			}),
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
	for (const from of before) for (const to of after) link(from, to, "next");
}
/** One of each kind: a fan of fifty is one arrow. */
function distinct(steps, keyOf) {
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
// src/graph/geometry.ts
var ROOMY = {
	width: 168,
	height: 40,
	gapX: 28,
	gapY: 34,
	margin: 26
};
/** Two boxes beside each other fit on a phone. */
var TIGHT = {
	width: 148,
	height: 40,
	gapX: 18,
	gapY: 30,
	margin: 20
};
/** Layers from top to bottom, each in the middle. */
function geometryOf({ nodes, edges, layers, widest }, sizes) {
	const inLayer = /* @__PURE__ */ new Map();
	for (const { layer } of nodes) inLayer.set(layer, (inLayer.get(layer) ?? 0) + 1);
	const byKey = new Map(nodes.map((node) => [node.key, node]));
	const [stepX, stepY] = [sizes.width + sizes.gapX, sizes.height + sizes.gapY];
	const place = (key) => {
		const { layer = 0, place: nth = 0 } = byKey.get(key) ?? {};
		const lead = (widest - (inLayer.get(layer) ?? 1)) * stepX / 2;
		return {
			x: sizes.margin + lead + nth * stepX,
			y: sizes.margin + layer * stepY
		};
	};
	return {
		width: sizes.margin * 2 + widest * stepX - sizes.gapX + roomForLoops(edges),
		height: sizes.margin * 2 + layers * stepY - sizes.gapY,
		place,
		path: ({ from, to, back }) => {
			if (from === to) return around(place(from), sizes);
			return back ? backwards(place(from), place(to), sizes) : forwards(place(from), place(to), sizes);
		}
	};
}
/** What goes back does so at the right side, and how often stands beside it; as much room is left on the other side. */
function roomForLoops(edges) {
	const counts = edges.filter(({ from, to, back, count }) => (back || from === to) && count > 1).map(({ count }) => String(count).length);
	return counts.length === 0 ? 0 : 8 + 7 * Math.max(...counts);
}
function forwards(from, to, { width, height }) {
	const [x1, y1, x2, y2] = [
		from.x + width / 2,
		from.y + height,
		to.x + width / 2,
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
function backwards(from, to, { width, height }) {
	const [x1, y1, x2, y2] = [
		from.x + width,
		from.y + height / 2,
		to.x + width + 1,
		to.y + height / 2
	];
	const out = Math.max(x1, x2) + 22;
	return {
		d: `M${x1} ${y1}C${out} ${y1} ${out} ${y2} ${x2} ${y2}`,
		x: out - 8,
		y: (y1 + y2) / 2 + 4
	};
}
function around({ x, y }, { width, height }) {
	const [right, middle] = [x + width, y + height / 2];
	return {
		d: `M${right} ${middle - 8}C${right + 24} ${middle - 20} ${right + 24} ${middle + 20} ${right + 1} ${middle + 8}`,
		x: right + 6,
		y: middle + 24
	};
}
// src/graph/FlowGraph.tsx
/** The trace as a graph of what led to what: one box for each kind of step, arrows back for loops. */
function FlowGraph({ roots, selectedId, onSelect }) {
	const flow = (0, import_react.useMemo)(() => flowOf(roots), [roots]);
	if (typeof flow === "number") return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
		className: "flow-notice soft",
		children: [plural(flow, "kind"), " of steps are too many to draw; the tree and the table show them all."]
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Drawing, {
		flow,
		selectedId,
		onSelect
	});
}
function Drawing({ flow, selectedId, onSelect }) {
	const sizes = useMedia("(max-width: 760px)") ? TIGHT : ROOMY;
	const { width, height, place, path } = (0, import_react.useMemo)(() => geometryOf(flow, sizes), [flow, sizes]);
	const box = (key) => ({
		left: place(key).x,
		top: place(key).y,
		width: sizes.width,
		height: sizes.height
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "flow",
		role: "group",
		"aria-label": "Graph of steps",
		tabIndex: 0,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
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
					path: path(edge)
				}, `${edge.kind} ${edge.from} ${edge.to}`))]
			}), flow.nodes.map((node) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(FlowBox, {
				node,
				style: box(node.key),
				selectedId,
				onSelect
			}, node.key))]
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Legend, { edges: flow.edges })]
	});
}
/** What the kinds of arrows mean, as far as they are drawn. */
function Legend({ edges }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
		className: "flow-legend faint",
		children: [
			[
				"into",
				false,
				"began"
			],
			[
				"next",
				false,
				"then"
			],
			[
				"next",
				true,
				"again"
			]
		].filter(([kind, back]) => edges.some((edge) => edge.back === back && (back || edge.kind === kind))).map(([kind, back, word]) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("svg", {
			width: "26",
			height: "8",
			"aria-hidden": true,
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("g", {
				"data-kind": kind,
				"data-back": back,
				className: "flow-edge",
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("path", {
					d: "M0 4H24",
					markerEnd: "url(#flow-arrow)"
				})
			})
		}), word] }, word))
	});
}
function Edge({ edge: { kind, back, count }, path }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("g", {
		"data-kind": kind,
		"data-back": back,
		className: "flow-edge",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("path", {
			d: path.d,
			markerEnd: "url(#flow-arrow)"
		}), count > 1 && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("text", {
			x: path.x,
			y: path.y,
			children: ["×", count]
		})]
	});
}
export { FlowGraph as default };
