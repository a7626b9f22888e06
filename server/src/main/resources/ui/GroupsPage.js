import { bt as require_jsx_runtime, ht as useQuery, it as Link } from "./vendor.js";
import { C as ago, E as count, I as groupsQuery, M as Loading, N as Missing, S as useTraceChanges, T as cost, j as ErrorNotice, w as compact, x as useThrottled } from "./app.js";
import { n as ListPage, t as usePage } from "./usePage.js";
// src/overview/GroupsPage.tsx
var import_jsx_runtime = require_jsx_runtime();
var SIZE = 50;
var REFETCH_EVERY_MS = 3e3;
var titles = {
	users: "Users",
	sessions: "Sessions"
};
/** Everybody, or every conversation, that traces name: the most recently seen first. */
function GroupsPage({ kind }) {
	const [page, setPage] = usePage();
	const { data, error, refetch } = useQuery(groupsQuery(kind, page));
	useTraceChanges(useThrottled(() => void refetch(), REFETCH_EVERY_MS));
	if (!data) return error ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: `the ${kind}`,
		retry: () => void refetch()
	}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: `the ${kind}` });
	if (data.total === 0) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Nobody, { kind });
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(ListPage, {
		title: titles[kind],
		page,
		size: SIZE,
		total: data.total,
		onPage: setPage,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("thead", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				children: kind === "users" ? "User" : "Session"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				className: "wide",
				children: "Latest"
			}),
			kind === "sessions" && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
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
				className: "number",
				children: "Cost"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				className: "number",
				children: "Last seen"
			})
		] }) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("tbody", { children: data.data.map((group) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Row, {
			kind,
			group
		}, group.id)) })]
	});
}
function Row({ kind, group }) {
	const href = kind === "users" ? `/traces?userId=${encodeURIComponent(group.id)}` : `/sessions/${encodeURIComponent(group.id)}`;
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
				children: group.inputPreview ?? group.name ?? ""
			})
		}),
		kind === "sessions" && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "optional",
			children: group.userId && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
				href: `/traces?userId=${encodeURIComponent(group.userId)}`,
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
			className: "number numeric",
			children: cost(group.totalCost)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "number numeric soft",
			title: `${group.first} – ${group.last}`,
			children: ago(group.last)
		})
	] });
}
function Nobody({ kind }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Missing, {
		title: kind === "users" ? "No user is named yet" : "No session yet",
		href: "/traces",
		link: "All traces",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", { children: [
			"Say ",
			kind === "users" ? "who asks" : "which conversation it is",
			" around your code, and every trace below is found here:",
			" ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("code", { children: [
				"Langfuse.propagateAttributes(a -> a.",
				kind === "users" ? "userId" : "sessionId",
				"(…))"
			] }),
			"."
		] })
	});
}
export { GroupsPage as default };
