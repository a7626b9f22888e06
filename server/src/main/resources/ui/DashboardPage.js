import { r as __toESM } from "./rolldown-runtime.js";
import { Dt as require_react, ct as Link, wt as require_jsx_runtime, yt as useQuery } from "./vendor.js";
import { H as Loading, L as useTitle, R as useThrottled, V as ErrorNotice, Y as performanceQuery, i as TimeRange, r as TimeEnds, z as useTraceChanges } from "./app.js";
import { a as count, c as plural, i as cost, l as tick, o as duration, r as compact } from "./format.js";
import { a as useFilters } from "./client.js";
/* empty css      */
// src/dashboard/ChartTip.tsx
var import_react = /* @__PURE__ */ __toESM(require_react(), 1);
var import_jsx_runtime = require_jsx_runtime();
/** The values at one time, beside the pointer. */
function ChartTip({ at, times, stepMs, series, format }) {
	const time = times[at];
	if (time === void 0) return null;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "chart-tip",
		"data-side": at > times.length / 2 ? "left" : "right",
		style: { left: `${(at + .5) / times.length * 100}%` },
		"aria-hidden": true,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
			className: "faint",
			children: tick(time, stepMs)
		}), series.map(({ name, colour, values }) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("i", { style: { background: colour } }),
			" ",
			name,
			" ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("b", {
				className: "numeric",
				children: values[at] === null || values[at] === void 0 ? "–" : format(values[at])
			})
		] }, name))]
	});
}
// src/dashboard/scale.ts
/** From nothing up: what piles of bars need. */
function linear(series, count) {
	const top = highest(series, count);
	const most = top === 0 ? 1 : top;
	return {
		top,
		middle: top / 2,
		bottom: 0,
		share: (value) => value / most
	};
}
/** Equal factors are equal distances: the median stays readable below a 95th percentile that is a hundred times as high. */
function logarithmic(series) {
	const values = series.flatMap((line) => line.values.filter((value) => value !== null && value > 0));
	if (values.length === 0) return linear([], 0);
	const least = Math.min(...values);
	const bottom = Math.min(least, Math.max(...values) / 10);
	const top = Math.max(...values);
	const length = Math.log(top / bottom);
	return {
		top,
		middle: Math.sqrt(top * bottom),
		bottom,
		share: (value) => Math.max(0, Math.log(Math.max(value, bottom) / bottom) / length)
	};
}
/** The highest line or pile of bars. */
function highest(series, count) {
	let top = 0;
	for (let index = 0; index < count; index++) {
		const value = ({ values }) => values[index] ?? 0;
		const pile = series.filter(({ kind }) => kind === "bar").reduce((sum, bars) => sum + value(bars), 0);
		top = Math.max(top, pile, ...series.filter(({ kind }) => kind === "line").map(value));
	}
	return top;
}
/** A line through what is known; a lone value is a short dash, and where nothing happened the line is broken. */
function pathOf(values, share) {
	return values.map((value, index) => {
		if (value === null) return "";
		const y = Math.round((100 - share(value) * 100) * 100) / 100;
		const before = values[index - 1] ?? null;
		const after = values[index + 1] ?? null;
		if (before === null) return `M${after === null ? index : index + .5} ${y}${after === null ? `H${index + 1}` : ""}`;
		return `L${index + .5} ${y}`;
	}).join("");
}
// src/dashboard/Chart.tsx
/** Bars upon each other, or lines, over one axis of time; what is under the pointer is told in words. */
function Chart({ title, figure, series, times, stepMs, format, logarithmically = false }) {
	const [at, setAt] = (0, import_react.useState)(null);
	const bars = series.filter(({ kind }) => kind === "bar");
	const lines = series.filter(({ kind }) => kind === "line");
	const scale = logarithmically ? logarithmic(series) : linear(series, times.length);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("section", {
		className: "chart",
		"aria-label": title,
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", { children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", { children: title }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("b", {
					className: "numeric",
					children: figure
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { className: "grow" }),
				series.length > 1 && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Legend, { series })
			] }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
				className: "chart-plot",
				role: "img",
				"aria-label": `${title}: ${figure}; at most ${format(scale.top)}`,
				onPointerMove: (event) => {
					const { left, width } = event.currentTarget.getBoundingClientRect();
					setAt(Math.min(times.length - 1, Math.max(0, Math.floor((event.clientX - left) / width * times.length))));
				},
				onPointerLeave: () => setAt(null),
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("svg", {
						viewBox: `0 0 ${Math.max(1, times.length)} 100`,
						preserveAspectRatio: "none",
						"aria-hidden": true,
						children: [
							/* @__PURE__ */ (0, import_jsx_runtime.jsx)("path", {
								d: `M0 50H${times.length}M0 0.5H${times.length}`,
								className: "chart-grid"
							}),
							at !== null && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("rect", {
								x: at,
								y: 0,
								width: 1,
								height: 100,
								className: "chart-cursor"
							}),
							times.map((_, index) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Stack, {
								index,
								bars,
								share: scale.share
							}, index)),
							lines.map((line) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("path", {
								d: pathOf(line.values, scale.share),
								className: "chart-line",
								style: { stroke: line.colour }
							}, line.name))
						]
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
						className: "chart-marks faint numeric",
						"aria-hidden": true,
						children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { children: format(scale.top) }), logarithmically && scale.top > 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { children: format(scale.middle) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { children: format(scale.bottom) })] })]
					}),
					at !== null && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ChartTip, {
						at,
						times,
						stepMs,
						series,
						format
					})
				]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TimeEnds, {
				from: times[0],
				to: times.at(-1),
				stepMs
			})
		]
	});
}
function Legend({ series }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "chart-legend soft",
		children: series.map(({ name, colour }) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("i", {
				style: { background: colour },
				"aria-hidden": true
			}),
			" ",
			name
		] }, name))
	});
}
function Stack({ index, bars, share }) {
	let y = 100;
	return bars.map(({ name, colour, values }) => {
		const value = values[index] ?? 0;
		const height = value === 0 ? 0 : Math.max(1.5, share(value) * 100);
		y -= height;
		return height === 0 ? null : /* @__PURE__ */ (0, import_jsx_runtime.jsx)("rect", {
			x: index + .1,
			y,
			width: .8,
			height,
			style: { fill: colour }
		}, name);
	});
}
// src/dashboard/PerformanceTable.tsx
function PerformanceTable({ what, filter, parts }) {
	if (parts.length === 0) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
		className: "faint",
		children: "Nothing in this time."
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "table-scroll",
		tabIndex: 0,
		role: "region",
		"aria-label": `By ${what.toLowerCase()}`,
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("table", {
			className: "data-table",
			children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("thead", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					children: what
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					className: "number",
					children: filter === "model" ? "Calls" : "Traces"
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					className: "number",
					children: "Errors"
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					className: "number",
					children: "Median"
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					className: "number",
					children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("abbr", {
						title: "95th percentile: 95 of 100 took no longer",
						children: "p95"
					})
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					className: "number optional",
					children: "Tokens in"
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					className: "number optional",
					children: "Tokens out"
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "col",
					className: "number",
					children: "Cost"
				})
			] }) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("tbody", { children: parts.map((part) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
					scope: "row",
					children: part.name === "" ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
						className: "soft",
						children: "unnamed"
					}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
						href: `/traces?${filter}=${encodeURIComponent(part.name)}`,
						children: part.name
					})
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
					className: "number numeric",
					children: count(part.count)
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
					className: `number numeric ${part.errors > 0 ? "bad" : "faint"}`,
					children: count(part.errors)
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
					className: "number numeric",
					children: duration(part.p50Ms)
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
					className: "number numeric",
					children: duration(part.p95Ms)
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
					className: "number numeric optional",
					children: compact(part.inputTokens)
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
					className: "number numeric optional",
					children: compact(part.outputTokens)
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
					className: "number numeric",
					children: cost(part.totalCost)
				})
			] }, part.name)) })]
		})
	});
}
// src/dashboard/filled.ts
var NOTHING = {
	count: 0,
	errors: 0,
	inputTokens: null,
	outputTokens: null,
	totalTokens: null,
	totalCost: null,
	p50Ms: null,
	p95Ms: null
};
/** So few intervals would make bars as wide as a hand. */
var LEAST = 30;
/** Every interval of the time, also those in which nothing happened. */
function filled({ from, to, stepMs, buckets }) {
	const known = new Map(buckets.map((bucket) => [Math.floor(Date.parse(bucket.at) / stepMs), bucket]));
	const last = Math.floor(Date.parse(to) / stepMs);
	const first = Math.min(Math.floor(Date.parse(from) / stepMs), last - LEAST + 1);
	return Array.from({ length: last - first + 1 }, (_, index) => known.get(first + index) ?? {
		...NOTHING,
		at: new Date((first + index) * stepMs).toISOString()
	});
}
// src/dashboard/DashboardPage.tsx
var BUCKETS = 60;
var REFETCH_EVERY_MS = 5e3;
var ACCENT = "color-mix(in srgb, var(--accent) 55%, transparent)";
/** How much, how fast, how dear and how often wrong: along the time, by name and by model. */
function DashboardPage() {
	useTitle("Dashboard");
	const filters = useFilters();
	const { data, error, refetch } = useQuery(performanceQuery(filters.query, BUCKETS));
	useTraceChanges(useThrottled(() => void refetch(), REFETCH_EVERY_MS));
	if (!data) return error ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: "the dashboard",
		retry: () => void refetch()
	}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the dashboard" });
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "table-page dashboard",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", { children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", { children: "Dashboard" }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { className: "grow" }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TimeRange, { filters })
			] }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tiles, { total: data.total }),
			data.total.count === 0 ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Nothing, { filtered: filters.query !== "" }) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Details, { report: data })
		]
	});
}
function Nothing({ filtered }) {
	if (filtered) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
		className: "soft dashboard-empty",
		children: "No trace in this time."
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
		className: "soft dashboard-empty",
		children: ["No trace has arrived yet. ", /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
			href: "/traces",
			children: "How to send the first one"
		})]
	});
}
function Details({ report }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Charts, { report }),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", { children: "By model" }),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(PerformanceTable, {
			what: "Model",
			filter: "model",
			parts: report.models
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", { children: "By trace name" }),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(PerformanceTable, {
			what: "Trace",
			filter: "name",
			parts: report.names
		})
	] });
}
function Tiles({ total }) {
	const share = total.count === 0 ? 0 : total.errors / total.count;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("dl", {
		className: "tiles",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tile, {
				name: "Traces",
				value: count(total.count)
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tile, {
				name: "With an error",
				value: `${(share * 100).toFixed(share > 0 && share < .1 ? 1 : 0)} %`,
				note: plural(total.errors, "trace")
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tile, {
				name: "Median duration",
				value: duration(total.p50Ms)
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tile, {
				name: "95th percentile",
				value: duration(total.p95Ms)
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tile, {
				name: "Tokens",
				value: compact(total.totalTokens),
				note: total.totalTokens === null ? void 0 : `${compact(total.inputTokens)} in, ${compact(total.outputTokens)} out`
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tile, {
				name: "Cost",
				value: cost(total.totalCost)
			})
		]
	});
}
function Tile({ name, value, note }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("dt", { children: name }), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("dd", {
		className: "numeric",
		children: [
			value,
			" ",
			note && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("small", {
				className: "faint",
				children: note
			})
		]
	})] });
}
function Charts({ report }) {
	const buckets = (0, import_react.useMemo)(() => filled(report), [report]);
	const times = buckets.map(({ at }) => at);
	const of = (name, kind, colour, value) => ({
		name,
		kind,
		colour,
		values: buckets.map(value)
	});
	const axis = {
		times,
		stepMs: report.stepMs
	};
	const number = (value) => compact(Math.round(value));
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "charts",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Chart, {
				title: "Traces",
				figure: count(report.total.count),
				...axis,
				format: number,
				series: [of("with an error", "bar", "var(--error)", ({ errors }) => errors), of("without", "bar", ACCENT, ({ count: all, errors }) => all - errors)]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Chart, {
				title: "Duration",
				figure: duration(report.total.p50Ms),
				...axis,
				format: duration,
				logarithmically: true,
				series: [of("median", "line", "var(--accent)", ({ p50Ms }) => p50Ms), of("95th percentile", "line", "var(--type-tool)", ({ p95Ms }) => p95Ms)]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Chart, {
				title: "Tokens",
				figure: compact(report.total.totalTokens),
				...axis,
				format: number,
				series: [of("in", "bar", ACCENT, ({ inputTokens }) => inputTokens), of("out", "bar", "var(--type-agent)", ({ outputTokens }) => outputTokens)]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Chart, {
				title: "Cost",
				figure: cost(report.total.totalCost),
				...axis,
				format: cost,
				series: [of("cost", "bar", "var(--ok)", ({ totalCost }) => totalCost)]
			})
		]
	});
}
export { DashboardPage as default };
