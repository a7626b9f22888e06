import { Q as ChevronLeft, ct as Link, wt as require_jsx_runtime, yt as useQuery } from "./vendor.js";
import { H as Loading, I as CopyButton, K as groupsQuery, L as useTitle, M as useEscape, P as Fact, R as useThrottled, T as Level, U as Missing, V as ErrorNotice, a as unmarked, c as ScoreChips, q as latestQuery, z as useTraceChanges } from "./app.js";
import { a as count, i as cost, o as duration, r as compact, s as moment, t as ago } from "./format.js";
import { t as GroupTable } from "./GroupTable.js";
/* empty css      */
// src/overview/LatestTraces.tsx
var import_jsx_runtime = require_jsx_runtime();
/** A short table of traces, the newest first. */
function LatestTraces({ traces }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "table-scroll",
		tabIndex: 0,
		role: "region",
		"aria-label": "Latest traces",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("table", {
			className: "data-table latest",
			children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("thead", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					children: "Trace"
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					className: "wide",
					children: "Asked"
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					className: "optional",
					children: "Scores"
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					className: "number",
					children: "Duration"
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					className: "number",
					children: "Cost"
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					className: "number",
					children: "When"
				})
			] }) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("tbody", { children: traces.map((trace) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("th", {
					scope: "row",
					children: [
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
							href: `/traces/${encodeURIComponent(trace.id)}`,
							children: trace.name || trace.id
						}),
						" ",
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Level, { level: trace.level })
					]
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
					className: "wide soft",
					children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
						className: "clip",
						dir: "auto",
						children: unmarked(trace.inputPreview) ?? ""
					})
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
					className: "optional",
					children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ScoreChips, {
						scores: trace.scores ?? [],
						most: 2
					})
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
					className: "number numeric",
					children: duration(trace.latencyMs)
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
					className: "number numeric",
					children: cost(trace.totalCost)
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
					className: "number numeric soft",
					title: trace.timestamp,
					children: ago(trace.timestamp)
				})
			] }, trace.id)) })]
		})
	});
}
// src/overview/UserPage.tsx
var REFETCH_EVERY_MS = 3e3;
/** One user: what they cost, their conversations, and what they asked last. */
function UserPage({ id }) {
	useTitle(`User ${id}`);
	useEscape("/users");
	const sums = useQuery(groupsQuery("users", 1, id));
	const sessions = useQuery(groupsQuery("sessions", 1, id));
	const latest = useQuery(latestQuery(id));
	const queries = [
		sums,
		sessions,
		latest
	];
	useTraceChanges(useThrottled(() => queries.forEach(({ refetch }) => void refetch()), REFETCH_EVERY_MS));
	const error = queries.find((query) => query.error)?.error;
	if (error) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: "the user",
		retry: () => queries.forEach(({ refetch }) => void refetch())
	});
	if (!sums.data || !sessions.data || !latest.data) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the user" });
	const user = sums.data.data.find((group) => group.id === id);
	if (!user) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NoSuchUser, { id });
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "table-page",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Head, { user }),
			sessions.data.total > 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("h2", { children: ["Sessions ", count(sessions.data.total)] }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
				className: "table-scroll",
				tabIndex: 0,
				role: "region",
				"aria-label": "Sessions",
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("table", {
					className: "data-table",
					children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(GroupTable, {
						kind: "sessions",
						groups: sessions.data.data,
						users: false
					})
				})
			})] }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", { children: "Latest traces" }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(LatestTraces, { traces: latest.data.data }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
				className: "pager",
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Link, {
					className: "button",
					href: `/traces?userId=${encodeURIComponent(id)}`,
					children: [
						"All ",
						count(user.traces),
						" in the list, to filter and search"
					]
				})
			})
		]
	});
}
function Head({ user }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
			className: "icon-button",
			href: "/users",
			"aria-label": "All users",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ChevronLeft, {
				size: 18,
				"aria-hidden": true
			})
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", {
			className: "clip",
			children: user.id
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(CopyButton, {
			text: user.id,
			label: "Copy user id"
		})
	] }), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("dl", {
		className: "facts",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
				name: "Traces",
				value: count(user.traces)
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
				name: "With errors",
				value: count(user.errors)
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
				name: "Tokens",
				value: compact(user.totalTokens)
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
				name: "Cost",
				value: cost(user.totalCost)
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
				name: "First seen",
				value: moment(user.first),
				title: user.first
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
				name: "Last seen",
				value: ago(user.last),
				title: user.last
			})
		]
	})] });
}
function NoSuchUser({ id }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Missing, {
		title: "This user is not here",
		href: "/users",
		link: "All users",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", { children: [
			"No trace carries the user id ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: id }),
			"."
		] })
	});
}
export { UserPage as default };
