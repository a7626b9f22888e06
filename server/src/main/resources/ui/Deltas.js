import { i as cost, o as duration, r as compact } from "./format.js";
import { wt as require_jsx_runtime } from "./vendor.js";
// src/compare/Deltas.tsx
var import_jsx_runtime = require_jsx_runtime();
/** Figures of two things beside each other, and what changed from the first to the second. */
function Deltas({ names, left, right, more = [] }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("table", {
		className: "deltas numeric",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("thead", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "visually-hidden",
					children: "Figure"
				})
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				children: names[0]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				children: names[1]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				children: "Change"
			})
		] }) }), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tbody", { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Row, {
				name: "Duration",
				left: left.latencyMs,
				right: right.latencyMs,
				format: duration
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Row, {
				name: "Tokens",
				left: left.totalTokens,
				right: right.totalTokens,
				format: compact
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Row, {
				name: "Cost",
				left: left.totalCost,
				right: right.totalCost,
				format: cost
			}),
			more.filter(([, before, after]) => before !== null || after !== null).map(([name, before, after]) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "row",
					children: name
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", { children: before ?? "–" }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", { children: after ?? "–" }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", { children: before === after ? "same" : "" })
			] }, name))
		] })]
	});
}
function Row({ name, left, right, format }) {
	if (left === null && right === null) return null;
	const [by, share] = changesOf(left, right, format);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
			scope: "row",
			children: name
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			"data-figure": true,
			children: format(left)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			"data-figure": true,
			children: format(right)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("td", {
			"data-figure": true,
			children: [
				by,
				" ",
				share && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "share",
					children: share
				})
			]
		})
	] });
}
/** "+420 ms (+34 %)". */
function changeOf(left, right, format) {
	return changesOf(left, right, format).join(" ");
}
function changesOf(left, right, format) {
	if (left === null || right === null) return [];
	if (left === right) return ["same"];
	const sign = right > left ? "+" : "−";
	const by = `${sign}${format(Math.abs(right - left))}`;
	return left === 0 ? [by] : [by, `(${sign}${Math.round(Math.abs(right / left - 1) * 100)} %)`];
}
export { changeOf as n, Deltas as t };
