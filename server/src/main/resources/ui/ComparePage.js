import { r as __toESM } from "./rolldown-runtime.js";
import { Dt as require_react, ct as Link, ot as ArrowLeftRight, wt as require_jsx_runtime, yt as useQuery } from "./vendor.js";
import { H as Loading, L as useTitle, V as ErrorNotice, _ as TypeIcon, et as traceQuery, w as stepName } from "./app.js";
import { c as plural, n as bytes, o as duration, s as moment } from "./format.js";
import { n as changeOf, t as Deltas } from "./Deltas.js";
import { TextDiff } from "./TextDiff.js";
// src/compare/steps.ts
var import_react = /* @__PURE__ */ __toESM(require_react(), 1);
/** In order of first appearance, the left trace first. */
function comparedSteps(left, right) {
	const steps = /* @__PURE__ */ new Map();
	const add = (side, { name, type, latencyMs }) => {
		const key = `${type} ${name}`;
		const step = steps.get(key) ?? {
			name: stepName({
				name,
				type
			}),
			type,
			left: {
				count: 0,
				ms: 0
			},
			right: {
				count: 0,
				ms: 0
			}
		};
		step[side].count++;
		step[side].ms += latencyMs ?? 0;
		steps.set(key, step);
	};
	for (const observation of inTime(left)) add("left", observation);
	for (const observation of inTime(right)) add("right", observation);
	return [...steps.values()];
}
function inTime(observations) {
	return [...observations].sort((left, right) => Date.parse(left.startTime) - Date.parse(right.startTime));
}
// src/compare/StepComparison.tsx
var import_jsx_runtime = require_jsx_runtime();
var SHOWN = 200;
/** Which steps both traces took, how often and how long, and which only one of them did. */
function StepComparison({ left, right }) {
	const steps = (0, import_react.useMemo)(() => comparedSteps(left, right), [left, right]);
	const cell = ({ count, ms }) => count === 0 ? "–" : `${count > 1 ? `${count} × ` : ""}${duration(ms)}`;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("section", {
		"aria-label": "Steps, compared",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", { children: "Steps" }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("table", {
				className: "deltas compared-steps numeric",
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("thead", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
						scope: "col",
						children: "Step"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
						scope: "col",
						children: "First"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
						scope: "col",
						children: "Second"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
						scope: "col",
						children: "Change"
					})
				] }) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("tbody", { children: steps.slice(0, SHOWN).map((step) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", {
					"data-type": step.type,
					children: [
						/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("th", {
							scope: "row",
							children: [
								/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TypeIcon, { type: step.type }),
								" ",
								step.name
							]
						}),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", { children: cell(step.left) }),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", { children: cell(step.right) }),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", { children: step.left.count === 0 ? "only in the second" : step.right.count === 0 ? "only in the first" : changeOf(step.left.ms, step.right.ms, duration) })
					]
				}, `${step.type} ${step.name}`)) })]
			}),
			steps.length > SHOWN && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
				className: "faint",
				children: ["and ", plural(steps.length - SHOWN, "more step")]
			})
		]
	});
}
// src/compare/ComparePage.tsx
/** Two traces side by side: figures, steps, and the words that differ. */
function ComparePage({ left, right }) {
	useTitle("Two traces");
	const before = useQuery(traceQuery(left));
	const after = useQuery(traceQuery(right));
	const error = before.error ?? after.error;
	if (error) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: "the traces",
		retry: () => void Promise.all([before.refetch(), after.refetch()])
	});
	if (!before.data || !after.data) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the traces" });
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Compared, {
		before: before.data,
		after: after.data
	});
}
function Compared({ before, after }) {
	const models = ({ trace }) => trace.models.join(", ") || "–";
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "compare-page",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", { children: "Two traces" }), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Link, {
				className: "button",
				href: `/compare/${encodeURIComponent(after.trace.id)}/${encodeURIComponent(before.trace.id)}`,
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(ArrowLeftRight, {
					size: 13,
					"aria-hidden": true
				}), " Swap"]
			})] }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", { children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TraceLink, { detail: before }),
				" → ",
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TraceLink, { detail: after })
			] }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Deltas, {
				names: ["First", "Second"],
				left: before.trace,
				right: after.trace,
				more: [
					[
						"Observations",
						String(before.trace.observationCount),
						String(after.trace.observationCount)
					],
					[
						"Errors",
						String(before.trace.errorCount),
						String(after.trace.errorCount)
					],
					[
						"Models",
						models(before),
						models(after)
					]
				]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TextDiff, {
				title: "Output",
				left: told(before.trace, "output"),
				right: told(after.trace, "output")
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TextDiff, {
				title: "Input",
				left: told(before.trace, "input"),
				right: told(after.trace, "input")
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(StepComparison, {
				left: before.observations,
				right: after.observations
			})
		]
	});
}
/** What is too large to be fetched unasked is not compared, and says so. */
function told(trace, side) {
	return trace.omittedBytes ? `(not compared: input and output are ${bytes(trace.omittedBytes)})` : trace[side];
}
function TraceLink({ detail: { trace } }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Link, {
		href: `/traces/${encodeURIComponent(trace.id)}`,
		children: [
			trace.name || trace.id,
			", ",
			moment(trace.timestamp)
		]
	});
}
export { ComparePage as default };
