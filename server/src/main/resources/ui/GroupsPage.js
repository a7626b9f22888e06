import { wt as require_jsx_runtime, yt as useQuery } from "./vendor.js";
import { H as Loading, K as groupsQuery, R as useThrottled, U as Missing, V as ErrorNotice, z as useTraceChanges } from "./app.js";
import { t as GroupTable } from "./GroupTable.js";
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
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ListPage, {
		title: titles[kind],
		page,
		size: SIZE,
		total: data.total,
		onPage: setPage,
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(GroupTable, {
			kind,
			groups: data.data
		})
	});
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
