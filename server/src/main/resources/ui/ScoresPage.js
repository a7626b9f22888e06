import { ct as Link, wt as require_jsx_runtime, yt as useQuery } from "./vendor.js";
import { $ as scoresQuery, C as scoreText, G as facetsQuery, H as Loading, S as moodOf, U as Missing, V as ErrorNotice, g as useParam, nt as tracesByIdQuery, s as Segments, y as SOURCES } from "./app.js";
import { n as ListPage, t as usePage } from "./usePage.js";
import { t as ago } from "./format.js";
// src/scores/ScoreRow.tsx
var import_jsx_runtime = require_jsx_runtime();
/** One score: what it says, about what, why and by whom. */
function ScoreRow({ score, trace }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
			scope: "row",
			className: "score-name",
			children: score.name
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "number",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "score-value numeric",
				"data-mood": moodOf(score) ?? void 0,
				children: scoreText(score)
			})
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "score-subject",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Subject, {
				score,
				trace
			})
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "score-why wide soft",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "clip",
				dir: "auto",
				title: score.comment ?? void 0,
				children: score.comment ?? ""
			})
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "score-by optional soft",
			children: SOURCES[score.source]
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "number numeric soft",
			title: score.timestamp,
			children: ago(score.timestamp)
		})
	] });
}
function Subject({ score: { traceId, observationId, sessionId }, trace }) {
	if (traceId) {
		const step = observationId ? `?observation=${encodeURIComponent(observationId)}` : "";
		const name = trace?.name || "a trace";
		return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
			className: "clip",
			href: `/traces/${encodeURIComponent(traceId)}${step}`,
			children: observationId ? `a step of ${name}` : name
		}), trace?.inputPreview && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
			className: "clip faint",
			dir: "auto",
			children: trace.inputPreview
		})] });
	}
	return sessionId ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
		href: `/sessions/${encodeURIComponent(sessionId)}`,
		children: "a session"
	}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "soft",
		children: "an experiment"
	});
}
// src/scores/ScoresPage.tsx
var ANYBODY = [
	"all",
	"API",
	"ANNOTATION",
	"EVAL"
];
/** Every score, the newest first: what was judged, how, by whom and why. */
function ScoresPage() {
	const [page, setPage] = usePage();
	const [name, setName] = useParam("name");
	const [source, setSource] = useParam("source");
	const { data, error, refetch } = useQuery(scoresQuery({
		name: name ?? void 0,
		source: source ?? void 0
	}, page));
	const { data: traces } = useQuery(tracesByIdQuery(data?.data.flatMap(({ traceId }) => traceId ?? []) ?? []));
	if (!data) return error ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: "the scores",
		retry: () => void refetch()
	}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the scores" });
	if (data.meta.totalItems === 0 && !name && !source) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NoScores, {});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(ListPage, {
		title: "Scores",
		page,
		size: data.meta.limit,
		total: data.meta.totalItems,
		onPage: setPage,
		tools: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Names, {
			selected: name,
			onSelect: setName
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Segments, {
			label: "By whom",
			options: ANYBODY,
			titles: {
				all: "All",
				API: "Programs",
				ANNOTATION: "Readers",
				EVAL: "Evaluators"
			},
			selected: ANYBODY.find((known) => known === source) ?? "all",
			onSelect: (next) => setSource(next === "all" ? null : next)
		})] }),
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("thead", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				children: "Name"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				className: "number",
				children: "Value"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				children: "About"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				className: "score-why wide",
				children: "Why"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				className: "optional",
				children: "By"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				className: "number",
				children: "When"
			})
		] }) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("tbody", { children: data.data.map((score) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ScoreRow, {
			score,
			trace: traces?.get(score.traceId ?? "")
		}, score.id)) })]
	});
}
function Names({ selected, onSelect }) {
	const { data } = useQuery(facetsQuery(""));
	const names = (data?.score ?? []).map(({ value }) => value);
	const options = selected !== null && !names.includes(selected) ? [selected, ...names] : names;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("label", {
		className: "score-names",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
			className: "visually-hidden",
			children: "Name"
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("select", {
			value: selected ?? "",
			onChange: (event) => onSelect(event.target.value || null),
			children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("option", {
				value: "",
				children: "every name"
			}), options.map((name) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("option", { children: name }, name))]
		})]
	});
}
function NoScores() {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Missing, {
		title: "Nothing is judged yet",
		href: "/traces",
		link: "All traces",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", { children: [
			"Judge a trace with the thumbs on its page, or from a program with ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: "langfuse.scoreCurrentTrace(\"quality\", 0.9)" }),
			"."
		] })
	});
}
export { ScoresPage as default };
