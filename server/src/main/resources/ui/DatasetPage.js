import { r as __toESM } from "./rolldown-runtime.js";
import { Dt as require_react, Q as ChevronLeft, at as ArrowUp, bt as useQueries, ct as Link, st as ArrowDown, wt as require_jsx_runtime, yt as useQuery } from "./vendor.js";
import { t as ApiError } from "./client.js";
import { a as count, c as plural, i as cost, o as duration, t as ago } from "./format.js";
import { C as scoreText, H as Loading, I as CopyButton, L as useTitle, M as useEscape, T as Level, U as Missing, V as ErrorNotice, b as difference, g as useParam, n as pathId, o as Snippet, x as figure } from "./app.js";
import { i as runQuery, n as datasetQuery, t as addItem } from "./datasets.js";
/* empty css      */
// src/datasets/comparison.ts
var import_react = /* @__PURE__ */ __toESM(require_react(), 1);
function totalsOf(answers) {
	const traces = [...answers.values()].flatMap(({ trace }) => trace ?? []);
	const names = new Set(traces.flatMap(({ scores = [] }) => scores.map(({ name }) => name)));
	const scores = /* @__PURE__ */ new Map();
	for (const name of [...names].sort()) {
		const mean = meanOf(traces.map((trace) => numberOf(scoreOf(trace, name))));
		if (mean !== null) scores.set(name, mean);
	}
	const costs = traces.flatMap(({ totalCost }) => totalCost ?? []);
	return {
		answered: answers.size,
		errors: traces.filter(({ errorCount }) => errorCount > 0).length,
		meanMs: meanOf(traces.map(({ latencyMs }) => latencyMs)),
		cost: costs.length === 0 ? null : costs.reduce((sum, dollars) => sum + dollars, 0),
		scores
	};
}
function scoreOf(trace, name) {
	return trace?.scores?.find((score) => score.name === name) ?? null;
}
/** A category's number says nothing without its config. */
function numberOf(score) {
	return score === null || score.dataType === "CATEGORICAL" ? null : score.value;
}
function meanOf(values) {
	const known = values.filter((value) => value !== null);
	return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
/** How much a value differs from the baseline's, with its sign; null where one is missing or nothing changed. */
function deltaOf(value, baseline) {
	if (value === null || value === void 0 || baseline === null || baseline === void 0) return null;
	const delta = value - baseline;
	return Math.abs(delta) < 1e-9 ? null : delta;
}
/** Items on which the runs do not agree: a score, an error, or an answer differs. */
function differing(items, runs) {
	return items.filter((item) => {
		const [first, ...others] = runs.map((answers) => signOf(answers.get(item.id)));
		return others.some((other) => other !== first);
	});
}
function signOf(answer) {
	if (!answer?.trace) return "";
	const { scores = [], errorCount, outputPreview } = answer.trace;
	return JSON.stringify([
		scores.map(({ name, value, stringValue }) => [
			name,
			value,
			stringValue
		]),
		errorCount > 0,
		outputPreview
	]);
}
// src/datasets/Delta.tsx
var import_jsx_runtime = require_jsx_runtime();
/** How far a figure moved from the baseline's: an arrow, an amount, and a colour for the better or the worse. */
function Delta({ value, baseline, up = "better", format }) {
	const delta = deltaOf(value, baseline);
	if (delta === null) return null;
	const mood = delta > 0 === (up === "better") ? "good" : "bad";
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "delta numeric",
		"data-mood": mood,
		title: mood === "good" ? "better than the baseline" : "worse than the baseline",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(delta > 0 ? ArrowUp : ArrowDown, {
				size: 11,
				"aria-hidden": true
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "visually-hidden",
				children: mood === "good" ? "better by" : "worse by"
			}),
			format(Math.abs(delta))
		]
	});
}
// src/datasets/AnswerCell.tsx
/** What a run answered to one item, how it was judged, and the way to its trace. */
function AnswerCell({ answer, baseline }) {
	if (!answer) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "faint",
		children: "not answered"
	});
	const { traceId, observationId, trace } = answer;
	const href = `/traces/${encodeURIComponent(traceId)}${observationId ? `?observation=${encodeURIComponent(observationId)}` : ""}`;
	if (!trace) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
		href,
		children: "its trace has not arrived"
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "answer-cell",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
			href,
			className: "excerpt",
			dir: "auto",
			children: trace.outputPreview || "no output"
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
			className: "run-figures",
			children: [
				trace.errorCount > 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Level, { level: "ERROR" }),
				(trace.scores ?? []).map((score) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
					className: "score-chip",
					title: score.name,
					children: [
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
							className: "clip",
							children: score.name
						}),
						" ",
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("b", {
							className: "numeric",
							children: scoreText(score)
						}),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Delta, {
							value: numberOf(score),
							baseline: numberOf(scoreOf(baseline?.trace, score.name)),
							format: difference
						})
					]
				}, score.name)),
				/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
					className: "faint numeric",
					children: [duration(trace.latencyMs), trace.totalCost !== null && ` · ${cost(trace.totalCost)}`]
				})
			]
		})]
	});
}
// src/datasets/Excerpt.tsx
/** As much of a value as a cell of a table has room for. */
var LONGEST = 400;
function Excerpt({ value }) {
	if (value === null || value === void 0) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "faint",
		children: "–"
	});
	const shown = only(value);
	const text = typeof shown === "string" ? shown : JSON.stringify(shown);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "excerpt",
		dir: "auto",
		title: text.length > LONGEST ? void 0 : text,
		children: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
	});
}
/** {"question": "…"} says no more than the question. */
function only(value) {
	const values = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.values(value) : [];
	return values.length === 1 && typeof values[0] === "string" ? values[0] : value;
}
// src/datasets/RunSummary.tsx
/** What a run comes to: its mean scores, how long an answer took, and what all of them cost. */
function RunSummary({ name, totals, baseline, items }) {
	if (!totals) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("b", { children: name });
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "run-summary",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("b", {
				className: "clip",
				children: name
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "run-figures",
				children: [...totals.scores].map(([score, mean]) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
					className: "score-chip",
					title: score,
					children: [
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
							className: "clip",
							children: score
						}),
						" ",
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("b", {
							className: "numeric",
							children: figure(mean)
						}),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Delta, {
							value: mean,
							baseline: baseline?.scores.get(score),
							format: difference
						})
					]
				}, score))
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
				className: "faint numeric",
				children: [
					duration(totals.meanMs),
					" each",
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Delta, {
						value: totals.meanMs,
						baseline: baseline?.meanMs,
						up: "worse",
						format: duration
					}),
					" · ",
					cost(totals.cost),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Delta, {
						value: totals.cost,
						baseline: baseline?.cost,
						up: "worse",
						format: cost
					}),
					totals.errors > 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
						className: "bad",
						children: [" · ", plural(totals.errors, "error")]
					}),
					totals.answered < items && ` · ${items - totals.answered} not answered`
				]
			})
		]
	});
}
// src/datasets/Comparison.tsx
var CHUNK$1 = 50;
/** Item by item, what was expected and what each run answered, with what changed against the first of them. */
function Comparison({ datasetId, items, runs }) {
	const queries = useQueries({ queries: runs.map((run) => runQuery(datasetId, run)) });
	const [onlyChanged, setOnlyChanged] = useParam("changed");
	const [shown, setShown] = (0, import_react.useState)(CHUNK$1);
	const answers = queries.flatMap(({ data }) => data ?? []);
	const ready = answers.length === runs.length;
	const totals = (0, import_react.useMemo)(() => answers.map(totalsOf), [answers]);
	const error = queries.find((query) => query.error)?.error;
	if (error) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: "the runs",
		retry: () => queries.forEach((query) => void query.refetch())
	});
	if (!ready) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the runs" });
	const changed = differing(items, answers);
	const rows = onlyChanged === "1" ? changed : items.filter((item) => item.status === "ACTIVE" || answers.some((run) => run.has(item.id)));
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [
		runs.length > 1 && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("label", {
			className: "only-changed",
			children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
					type: "checkbox",
					checked: onlyChanged === "1",
					onChange: (event) => setOnlyChanged(event.target.checked ? "1" : null)
				}),
				"Only the ",
				plural(changed.length, "item"),
				" on which they differ"
			]
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
			className: "table-scroll",
			tabIndex: 0,
			role: "region",
			"aria-label": "Comparison",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("table", {
				className: "data-table comparison",
				style: { "--runs": runs.length },
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("thead", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					children: "Item"
				}), runs.map((run, index) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(RunSummary, {
						name: run,
						totals: totals[index],
						baseline: index === 0 ? void 0 : totals[0],
						items: items.length
					})
				}, run))] }) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("tbody", { children: rows.slice(0, shown).map((item) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("th", {
					scope: "row",
					children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Excerpt, { value: item.input }), item.expectedOutput !== null && item.expectedOutput !== void 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
						className: "expected",
						children: ["expected ", /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Excerpt, { value: item.expectedOutput })]
					})]
				}), answers.map((run, index) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(AnswerCell, {
					answer: run.get(item.id),
					baseline: index === 0 ? void 0 : answers[0]?.get(item.id)
				}) }, runs[index]))] }, item.id)) })]
			})
		}),
		rows.length > shown && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
			type: "button",
			className: "button",
			onClick: () => setShown(shown + CHUNK$1),
			children: [
				"Show ",
				Math.min(CHUNK$1, rows.length - shown),
				" more"
			]
		})
	] });
}
// src/datasets/Items.tsx
var CHUNK = 100;
/** The items by themselves, while no run is chosen. */
function Items({ items }) {
	const [shown, setShown] = (0, import_react.useState)(CHUNK);
	if (items.length === 0) return null;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "table-scroll",
		tabIndex: 0,
		role: "region",
		"aria-label": "Items",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("table", {
			className: "data-table comparison",
			children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("thead", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				children: "Input"
			}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				children: "Expected"
			})] }) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("tbody", { children: items.slice(0, shown).map((item) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("td", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Excerpt, { value: item.input }), item.status === "ARCHIVED" && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "chip",
				children: "archived"
			})] }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Excerpt, { value: item.expectedOutput }) })] }, item.id)) })]
		})
	}), items.length > shown && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
		type: "button",
		className: "button",
		onClick: () => setShown(shown + CHUNK),
		children: [
			"Show ",
			Math.min(CHUNK, items.length - shown),
			" more"
		]
	})] });
}
// src/datasets/NoItems.tsx
/** How the first item gets into a dataset. */
function NoItems({ name }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("section", {
		className: "no-items",
		"aria-label": "No item yet",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", { children: "No item yet" }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
				className: "soft",
				children: "An item is an input and the answer that you expect. Add them from a program with any of Langfuse's SDKs, or with curl:"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Snippet, {
				label: "curl command",
				code: addItem(name)
			})
		]
	});
}
// src/datasets/RunPicker.tsx
/** Which runs are held against each other; the first of them is what the others are measured by. */
function RunPicker({ runs, chosen, onToggle }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "run-picker",
		role: "group",
		"aria-label": "Runs to compare",
		children: runs.map(({ id, name, description, createdAt }) => {
			const at = chosen.indexOf(name);
			return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
				type: "button",
				className: "chip chip-button run-chip",
				"aria-pressed": at >= 0,
				title: description ?? void 0,
				onClick: () => onToggle(name),
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "clip",
					children: name
				}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "faint",
					children: at === 0 && chosen.length > 1 ? "baseline" : ago(createdAt)
				})]
			}, id);
		})
	});
}
// src/datasets/DatasetPage.tsx
/** Next to each other there is room for so many. */
var MOST_RUNS = 4;
/** A dataset: its items, and how runs of the program answered them. */
function DatasetPage({ name }) {
	useTitle(name);
	useEscape("/datasets");
	const { data, error, refetch } = useQuery(datasetQuery(name));
	if (data) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Opened, {
		dataset: data.dataset,
		items: data.items,
		runs: data.runs.data
	});
	if (error instanceof ApiError && error.status === 404) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NoSuchDataset, { name });
	return error ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: "the dataset",
		retry: () => void refetch()
	}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the dataset" });
}
function Opened({ dataset, items, runs }) {
	const [wanted, setWanted] = useParam("runs");
	const chosen = chosenOf(wanted, runs);
	const toggle = (run) => {
		const next = chosen.includes(run) ? chosen.filter((other) => other !== run) : [...chosen, run].slice(-4);
		setWanted(next.map(encodeURIComponent).join(","));
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "table-page dataset-page",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", { children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
					className: "icon-button",
					href: "/datasets",
					"aria-label": "All datasets",
					children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ChevronLeft, {
						size: 18,
						"aria-hidden": true
					})
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", { children: dataset.name }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(CopyButton, {
					text: dataset.name,
					label: "Copy the name"
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
					className: "faint numeric",
					children: [
						plural(items.total, "item"),
						", ",
						plural(runs.length, "run")
					]
				})
			] }),
			dataset.description && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
				className: "soft",
				children: dataset.description
			}),
			runs.length > 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(RunPicker, {
				runs,
				chosen,
				onToggle: toggle
			}),
			items.total > items.data.length && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
				className: "soft",
				children: [
					"The first ",
					count(items.data.length),
					" items."
				]
			}),
			items.total === 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NoItems, { name: dataset.name }),
			chosen.length === 0 ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Items, { items: items.data }) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Comparison, {
				datasetId: dataset.id,
				items: items.data,
				runs: chosen
			})
		]
	});
}
/** Those that the address names; without any, the two newest. The first is the baseline. */
function chosenOf(wanted, runs) {
	const known = new Set(runs.map(({ name }) => name));
	if (wanted !== null) return wanted.split(",").map(pathId).filter((name) => known.has(name)).slice(0, MOST_RUNS);
	return [...runs].sort((left, right) => Date.parse(left.createdAt) - Date.parse(right.createdAt)).slice(-2).map(({ name }) => name);
}
function NoSuchDataset({ name }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Missing, {
		title: "This dataset is not here",
		href: "/datasets",
		link: "All datasets",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", { children: [
			"No dataset is named ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: name }),
			". Names are compared exactly, case included."
		] })
	});
}
export { chosenOf, DatasetPage as default };
