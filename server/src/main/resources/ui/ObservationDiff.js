import { o as X, wt as require_jsx_runtime, yt as useQuery } from "./vendor.js";
import { H as Loading, J as observationQuery, V as ErrorNotice, w as stepName } from "./app.js";
import { t as Deltas } from "./Deltas.js";
import { TextDiff } from "./TextDiff.js";
// src/compare/ObservationDiff.tsx
var import_jsx_runtime = require_jsx_runtime();
/** Two steps of one trace: what was asked, and what came of it. */
function ObservationDiff({ left, right, onClose }) {
	const before = useQuery(observationQuery(left.traceId, left.id));
	const after = useQuery(observationQuery(right.traceId, right.id));
	const error = before.error ?? after.error;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("header", {
		className: "detail-header",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
			className: "detail-title",
			children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("h2", {
					className: "clip",
					children: [
						stepName(left),
						" → ",
						stepName(right)
					]
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { className: "grow" }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
					type: "button",
					className: "icon-button",
					"aria-label": "Stop comparing",
					title: "Stop comparing",
					onClick: onClose,
					children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(X, {
						size: 15,
						"aria-hidden": true
					})
				})
			]
		})
	}), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "compared",
		tabIndex: 0,
		role: "group",
		"aria-label": "Comparison",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Deltas, {
				names: ["First", "Second"],
				left,
				right,
				more: [["Level", ...ends(left, right)], [
					"Model",
					left.model,
					right.model
				]]
			}),
			error && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
				error,
				what: "the observations",
				retry: () => void Promise.all([before.refetch(), after.refetch()])
			}),
			(before.isPending || after.isPending) && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the observations" }),
			before.data && after.data && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TextDiff, {
				title: "Output",
				left: before.data.output,
				right: after.data.output
			}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(TextDiff, {
				title: "Input",
				left: before.data.input,
				right: after.data.input
			})] })
		]
	})] });
}
/** How each of them ended, where that differs. */
function ends(left, right) {
	const [before, after] = [left, right].map(({ level, statusMessage }) => level.toLowerCase() + (statusMessage ? `: ${statusMessage}` : ""));
	return before === after ? [null, null] : [before, after];
}
export { ObservationDiff as default };
