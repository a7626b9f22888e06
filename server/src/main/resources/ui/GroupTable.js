import { ct as Link, wt as require_jsx_runtime } from "./vendor.js";
import { a as unmarked } from "./app.js";
import { a as count, i as cost, r as compact, t as ago } from "./format.js";
// src/overview/GroupTable.tsx
var import_jsx_runtime = require_jsx_runtime();
/** Head and rows: who or which conversation, and what their traces come to. */
function GroupTable({ kind, groups, users = kind === "sessions" }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("thead", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
			scope: "col",
			children: kind === "users" ? "User" : "Session"
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
			scope: "col",
			className: "wide",
			children: "Latest"
		}),
		users && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
			scope: "col",
			className: "optional",
			children: "User"
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
			scope: "col",
			className: "number",
			children: "Traces"
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
			scope: "col",
			className: "number",
			children: "Errors"
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
			scope: "col",
			className: "number optional",
			children: "Tokens"
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
			scope: "col",
			className: "number optional",
			children: "Cost"
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
			scope: "col",
			className: "number",
			children: "Last seen"
		})
	] }) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("tbody", { children: groups.map((group) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Row, {
		kind,
		group,
		users
	}, group.id)) })] });
}
function Row({ kind, group, users }) {
	const href = kind === "users" ? `/users/${encodeURIComponent(group.id)}` : `/sessions/${encodeURIComponent(group.id)}`;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
			scope: "row",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
				href,
				children: group.id
			})
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "wide soft",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "clip",
				dir: "auto",
				children: unmarked(group.inputPreview) ?? group.name ?? ""
			})
		}),
		users && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "optional",
			children: group.userId && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
				href: `/users/${encodeURIComponent(group.userId)}`,
				children: group.userId
			})
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "number numeric",
			children: count(group.traces)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: `number numeric ${group.errors > 0 ? "bad" : "faint"}`,
			children: count(group.errors)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "number numeric optional",
			children: compact(group.totalTokens)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "number numeric optional",
			children: cost(group.totalCost)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "number numeric soft",
			title: `${group.first} – ${group.last}`,
			children: ago(group.last)
		})
	] });
}
export { GroupTable as t };
