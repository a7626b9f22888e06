const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=["ComparePage.js","rolldown-runtime.js","vendor.js","format.js","Deltas.js","TextDiff.js","ObservationDiff.js","GroupsPage.js","GroupTable.js","usePage.js","UserPage.js","DashboardPage.js","client.js","DatasetsPage.js","datasets.js","DatasetPage.js","importFile.js","PromptsPage.js","prompts.js","PromptPage.js","ScoresPage.js","FlowGraph.js","exportTrace.js","csv.js","Palette.js"])))=>i.map(i=>d[i]);
import { n as __exportAll, r as __toESM } from "./rolldown-runtime.js";
import { $ as ChevronDown, A as LogOut, B as EighthNotes, Ct as useQueryClient, D as MessagesSquare, Dt as require_react, E as Monitor, Et as require_react_dom, F as Gauge, G as CircleQuestionMark, H as Copy, I as FlaskConical, J as ChevronsUpDown, K as CircleExclamationPoint, L as FileText, M as Link2, N as Image, O as MessageSquare, P as GitCompare, Q as ChevronLeft, R as FileSearch, S as Play, St as QueryClientProvider, T as Moon, Tt as require_client, U as Command, V as Download, W as ClipboardCopy, X as ChevronUp, Y as ChevronsDownUp, Z as ChevronRight, _ as ShieldCheck, _t as infiniteQueryOptions, a as Zap, at as ArrowUp, b as RotateCcw, c as Waypoints, ct as Link, d as TriangleExclamationPoint, dt as Switch, et as Check, ft as useLocation, g as Sparkles, gt as useMutation, h as Sun, ht as useInfiniteQuery, i as ZoomIn, it as Bot, j as ListFilter, k as MessageSquareText, l as User, lt as Redirect, m as ThumbsDown, mt as useSearchParams, n as useVirtualizer, nt as Bug, o as X, p as ThumbsUp, pt as useSearch, q as CircleCheck, r as ZoomOut, rt as Box, s as Wrench, st as ArrowDown, t as rA, tt as CalendarClock, u as Unlink, ut as Route, v as Settings2, vt as queryOptions, w as Pause, wt as require_jsx_runtime, xt as QueryClient, y as Search, yt as useQuery, z as FileDown } from "./vendor.js";
import { a as useFilters, c as RANGE_NAMES, d as rangeOf, i as withPage, l as fromLocalInput, n as api, o as valuesOf, r as asked, s as RANGES, t as ApiError, u as localInput } from "./client.js";
import { a as count, c as plural, i as cost, l as tick, n as bytes, o as duration, r as compact, s as moment, t as ago } from "./format.js";
// src/api/queries.ts
var import_react = /* @__PURE__ */ __toESM(require_react(), 1);
var import_client = require_client();
var PAGE_SIZE = 50;
function createQueryClient() {
	return new QueryClient({ defaultOptions: { queries: {
		staleTime: 5e3,
		refetchOnWindowFocus: false,
		retry: (count, error) => !(error instanceof ApiError && error.status >= 400 && error.status < 500) && count < 2,
		retryDelay: (attempt) => 300 * 2 ** attempt
	} } });
}
var infoQuery = queryOptions({
	queryKey: ["info"],
	queryFn: ({ signal }) => api.info(signal)
});
var tracesQuery = (filters) => infiniteQueryOptions({
	queryKey: ["traces", filters],
	queryFn: ({ pageParam, signal }) => api.traces(withPage(filters, pageParam), signal),
	initialPageParam: void 0,
	getNextPageParam: (page) => page.nextCursor ?? void 0,
	staleTime: Infinity,
	refetchOnMount: "always"
});
var facetsQuery = (filters) => queryOptions({
	queryKey: ["facets", filters],
	queryFn: ({ signal }) => api.facets(asked(filters), signal),
	placeholderData: (previous) => previous
});
var volumeQuery = (filters, buckets) => queryOptions({
	queryKey: [
		"volume",
		filters,
		buckets
	],
	queryFn: ({ signal }) => api.volume({
		...asked(filters),
		buckets
	}, signal),
	placeholderData: (previous) => previous
});
var traceQuery = (id) => queryOptions({
	queryKey: ["trace", id],
	queryFn: ({ signal }) => api.trace(id, signal)
});
/** With an input and output of any size. */
var wholeTraceQuery = (id) => queryOptions({
	queryKey: [
		"trace",
		id,
		"whole"
	],
	queryFn: ({ signal }) => api.wholeTrace(id, signal),
	staleTime: Infinity
});
var observationQuery = (traceId, id) => queryOptions({
	queryKey: [
		"trace",
		traceId,
		"observation",
		id
	],
	queryFn: ({ signal }) => api.observation(traceId, id, signal)
});
var sessionQuery = (id) => queryOptions({
	queryKey: ["session", id],
	queryFn: ({ signal }) => api.session(id, signal)
});
/** Of all, or of one user only. */
var groupsQuery = (kind, page, userId = null) => queryOptions({
	queryKey: [
		"groups",
		kind,
		page,
		userId
	],
	queryFn: ({ signal }) => api.groups(kind, {
		page,
		limit: PAGE_SIZE,
		userId: userId === null ? [] : [userId]
	}, signal),
	placeholderData: (previous) => previous
});
/** The newest traces of somebody. */
var latestQuery = (userId) => queryOptions({
	queryKey: ["latest", userId],
	queryFn: ({ signal }) => api.traces({
		userId: [userId],
		limit: 20
	}, signal)
});
var scoresQuery = (filters, page) => queryOptions({
	queryKey: [
		"scores",
		filters,
		page
	],
	queryFn: ({ signal }) => api.scores({
		...filters,
		page,
		limit: PAGE_SIZE
	}, signal),
	placeholderData: (previous) => previous
});
/** So many ids still fit into an address. */
var IDS = 60;
/** The rows of known traces, by their ids. */
async function tracesById(ids, signal) {
	const distinct = [...new Set(ids)];
	const chunks = Array.from({ length: Math.ceil(distinct.length / IDS) }, (_, index) => distinct.slice(index * IDS, (index + 1) * IDS));
	const pages = await Promise.all(chunks.map((chunk) => api.traces({
		id: chunk,
		limit: IDS
	}, signal)));
	return new Map(pages.flatMap(({ data }) => data.map((trace) => [trace.id, trace])));
}
var tracesByIdQuery = (ids) => queryOptions({
	queryKey: ["traces by id", ids],
	queryFn: ({ signal }) => tracesById(ids, signal),
	enabled: ids.length > 0,
	placeholderData: (previous) => previous
});
var performanceQuery = (filters, buckets) => queryOptions({
	queryKey: [
		"performance",
		filters,
		buckets
	],
	queryFn: ({ signal }) => api.performance({
		...asked(filters),
		buckets
	}, signal),
	placeholderData: (previous) => previous
});
var promptsQuery = (page) => queryOptions({
	queryKey: ["prompts", page],
	queryFn: ({ signal }) => api.prompts(page, signal),
	placeholderData: (previous) => previous
});
/** Which versions a prompt has; null when there is no such prompt. */
var promptSummaryQuery = (name) => queryOptions({
	queryKey: ["prompt", name],
	queryFn: async ({ signal }) => (await api.promptByName(name, signal)).data.find((found) => found.name === name) ?? null
});
var promptQuery = (name, version) => queryOptions({
	queryKey: [
		"prompt",
		name,
		version
	],
	queryFn: ({ signal }) => api.prompt(name, version, signal)
});
// src/ui/Notice.tsx
var import_jsx_runtime = require_jsx_runtime();
/** A page-sized message that says what happened and what to do next. */
function Notice({ title, children, actions }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("section", {
		className: "notice",
		role: "status",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", { children: title }),
			children,
			actions && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
				className: "actions",
				children: actions
			})
		]
	});
}
/** What the address names is not there; one way leads on. */
function Missing({ title, href, link, children }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Notice, {
		title,
		actions: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
			className: "button",
			"data-kind": "primary",
			href,
			children: link
		}),
		children
	});
}
function Loading({ what }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "loading",
		role: "status",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "pulse",
				"aria-hidden": true
			}),
			"Loading ",
			what,
			"…"
		]
	});
}
function ErrorNotice({ error, what, retry }) {
	const again = /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
		type: "button",
		className: "button",
		"data-kind": "primary",
		onClick: retry,
		children: "Try again"
	});
	if (error instanceof ApiError && error.status === 0) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Notice, {
		title: "The server does not answer",
		actions: again,
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", { children: [
			"Is it still running? Start it again with ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: "java -jar langfuse4j-server.jar" }),
			"; this page keeps its address and nothing stored is lost."
		] })
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Notice, {
		title: `Could not load ${what}`,
		actions: again,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", { children: error.message }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", { children: "The server's own log has the details." })]
	});
}
// src/ui/lazyPage.tsx
/** A page that is fetched when somebody opens it. */
function lazyPage(what, load) {
	const Typed = (0, import_react.lazy)(load);
	return function LazyPage(properties) {
		return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(import_react.Suspense, {
			fallback: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what }),
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Typed, { ...properties })
		});
	};
}
// \0vite/preload-helper.js
var scriptRel = /* @__PURE__ */ (function detectScriptRel() {
	const relList = typeof document !== "undefined" && document.createElement("link").relList;
	return relList && relList.supports && relList.supports("modulepreload") ? "modulepreload" : "preload";
})();
var assetsURL = function(dep) {
	return "/" + dep;
};
var seen = {};
var isCssPreloadUrl = function isCssPreloadUrl(url) {
	return url.pathname.endsWith(".css");
};
var preloadOnce = function preloadOnce(seen, href, preload) {
	if (href in seen) return seen[href];
	const promise = preload();
	if (!promise) {
		seen[href] = void 0;
		return;
	}
	const preloadPromise = promise.then(() => {
		seen[href] = void 0;
	}, (err) => {
		seen[href] = void 0;
		throw err;
	});
	seen[href] = preloadPromise;
	return preloadPromise;
};
var __vitePreload = function preload(baseModule, deps, importerUrl) {
	let promise = Promise.resolve();
	if (deps && deps.length > 0) {
		let preloadedHrefs;
		const cspNonceMeta = document.querySelector("meta[property=csp-nonce]");
		const cspNonce = cspNonceMeta?.nonce || cspNonceMeta?.getAttribute("nonce");
		function allSettled(promises) {
			return Promise.all(promises.map((p) => Promise.resolve(p).then((value) => ({
				status: "fulfilled",
				value
			}), (reason) => ({
				status: "rejected",
				reason
			}))));
		}
		function importMetaResolve(specifier) {
			if (import.meta.resolve) return new URL(import.meta.resolve(specifier));
			return new URL(
				specifier,
				/** #__KEEP__ */
				import.meta.url
			);
		}
		promise = allSettled(deps.map((depString) => {
			depString = assetsURL(depString, importerUrl);
			const dep = importMetaResolve(depString);
			const isCss = isCssPreloadUrl(dep);
			return preloadOnce(seen, dep.href, () => {
				if (preloadedHrefs === void 0) {
					preloadedHrefs = {
						all: /* @__PURE__ */ new Set(),
						styles: /* @__PURE__ */ new Set()
					};
					const links = document.getElementsByTagName("link");
					for (let i = links.length - 1; i >= 0; i--) {
						const link = links[i];
						preloadedHrefs.all.add(link.href);
						if (link.rel === "stylesheet") preloadedHrefs.styles.add(link.href);
					}
				}
				if ((isCss ? preloadedHrefs.styles : preloadedHrefs.all).has(dep.href)) return;
				const link = document.createElement("link");
				link.rel = isCss ? "stylesheet" : scriptRel;
				if (!isCss) link.as = "script";
				link.crossOrigin = "";
				link.href = dep.href;
				if (cspNonce) link.setAttribute("nonce", cspNonce);
				document.head.appendChild(link);
				if (isCss) return new Promise((res, rej) => {
					const handleSettle = (e) => {
						link.removeEventListener("load", handleSettle);
						link.removeEventListener("error", handleSettle);
						if (e.type === "error") rej(/* @__PURE__ */ new Error(`Unable to preload CSS for ${dep}`));
						else res(e);
					};
					link.addEventListener("load", handleSettle);
					link.addEventListener("error", handleSettle);
				});
			});
		}).filter((p) => p !== void 0));
	}
	function handlePreloadError(err) {
		const e = new Event("vite:preloadError", { cancelable: true });
		e.payload = err;
		window.dispatchEvent(e);
		if (!e.defaultPrevented) throw err;
	}
	return promise.then((res) => {
		for (const item of res || []) {
			if (item.status !== "rejected") continue;
			handlePreloadError(item.reason);
		}
		return baseModule().catch(handlePreloadError);
	});
};
// src/compare/lazy.tsx
/** Comparing brings a library along that nobody else needs: it is loaded when somebody compares. */
var ComparePage = lazyPage("the comparison", () => __vitePreload(() => import("./ComparePage.js"), __vite__mapDeps([0,1,2,3,4,5])));
var ObservationDiff = lazyPage("the comparison", () => __vitePreload(() => import("./ObservationDiff.js"), __vite__mapDeps([6,2,1,4,3,5])));
var TextDiff = lazyPage("the comparison", () => __vitePreload(async () => {
	const { TextDiff } = await import("./TextDiff.js");
	return { TextDiff };
}, __vite__mapDeps([5,1,2])).then(({ TextDiff }) => ({ default: TextDiff })));
// src/overview/lazy.tsx
var GroupsPage = lazyPage("the list", () => __vitePreload(() => import("./GroupsPage.js"), __vite__mapDeps([7,2,1,8,3,9])));
var UserPage = lazyPage("the user", () => __vitePreload(() => import("./UserPage.js"), __vite__mapDeps([10,2,1,3,8])));
// src/dashboard/lazy.tsx
var DashboardPage = lazyPage("the dashboard", () => __vitePreload(() => import("./DashboardPage.js"), __vite__mapDeps([11,1,2,3,12])));
// src/datasets/lazy.tsx
var DatasetsPage = lazyPage("the datasets", () => __vitePreload(() => import("./DatasetsPage.js"), __vite__mapDeps([13,2,1,3,9,14,12])));
var DatasetPage = lazyPage("the dataset", () => __vitePreload(() => import("./DatasetPage.js"), __vite__mapDeps([15,1,2,12,3,14])));
// src/live/live.tsx
var LiveContext = (0, import_react.createContext)({
	connected: false,
	subscribe: () => () => {}
});
var FLUSH_AFTER_MS = 300;
var RETRY_AFTER_MS = 2e3;
/** One connection to the server's event stream for the whole page; changes reach listeners in small bundles. */
function LiveProvider({ children }) {
	const [connected, setConnected] = (0, import_react.useState)(false);
	const listeners = (0, import_react.useRef)(/* @__PURE__ */ new Set());
	(0, import_react.useEffect)(() => {
		if (typeof EventSource === "undefined") return;
		const pending = /* @__PURE__ */ new Map();
		let timer;
		let dropped = true;
		const flush = () => {
			timer = void 0;
			const changes = [...pending.values()];
			pending.clear();
			listeners.current.forEach((listener) => listener(changes));
		};
		let source;
		let retry;
		const connect = () => {
			source = new EventSource("/api/viewer/live");
			source.onopen = () => {
				setConnected(true);
				if (dropped) timer ??= setTimeout(flush, 0);
				dropped = false;
			};
			source.onerror = () => {
				dropped = true;
				setConnected(false);
				if (source.readyState === EventSource.CLOSED) retry = setTimeout(connect, RETRY_AFTER_MS);
			};
			hear(source, "trace", (change) => {
				pending.set(change.id, change);
				timer ??= setTimeout(flush, FLUSH_AFTER_MS);
			});
		};
		connect();
		return () => {
			clearTimeout(timer);
			clearTimeout(retry);
			source.close();
		};
	}, []);
	const live = (0, import_react.useMemo)(() => ({
		connected,
		subscribe: (listener) => {
			listeners.current.add(listener);
			return () => listeners.current.delete(listener);
		}
	}), [connected]);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(LiveContext.Provider, {
		value: live,
		children
	});
}
/** Calls back with what an event of the stream carries. */
function hear(source, name, heard) {
	source.addEventListener(name, (event) => heard(JSON.parse(event.data)));
}
function useConnected() {
	return (0, import_react.useContext)(LiveContext).connected;
}
/** Calls back with changed traces; an empty list means "something may have changed, look again". */
function useTraceChanges(listener) {
	const { subscribe } = (0, import_react.useContext)(LiveContext);
	const latest = (0, import_react.useRef)(listener);
	(0, import_react.useEffect)(() => {
		latest.current = listener;
	});
	(0, import_react.useEffect)(() => subscribe((changes) => latest.current(changes)), [subscribe]);
}
// src/live/pace.ts
/** Runs an asynchronous job once more at most after the current run, however often it is asked for. */
function useOneAtATime(job) {
	const state = (0, import_react.useRef)({
		busy: false,
		again: false
	});
	const latest = (0, import_react.useRef)(job);
	(0, import_react.useEffect)(() => {
		latest.current = job;
	});
	return (0, import_react.useCallback)(() => {
		const current = state.current;
		if (current.busy) {
			current.again = true;
			return;
		}
		current.busy = true;
		const run = async () => {
			current.again = false;
			await latest.current();
			if (current.again) await run();
		};
		run().finally(() => {
			current.busy = false;
		});
	}, []);
}
/** Runs a job soon after it is asked for, at most once in `everyMs`; what is asked for meanwhile is run at the end. */
function useThrottled(job, everyMs) {
	const state = (0, import_react.useRef)({
		ranAt: 0,
		timer: void 0
	});
	const latest = (0, import_react.useRef)(job);
	(0, import_react.useEffect)(() => {
		latest.current = job;
	});
	(0, import_react.useEffect)(() => {
		const current = state.current;
		return () => clearTimeout(current.timer);
	}, []);
	return (0, import_react.useCallback)(() => {
		const current = state.current;
		if (current.timer !== void 0) return;
		current.timer = setTimeout(() => {
			current.timer = void 0;
			current.ranAt = Date.now();
			latest.current();
		}, Math.max(0, current.ranAt + everyMs - Date.now()));
	}, [everyMs]);
}
// src/ui/useTitle.ts
var HOME = "Langfuse4j";
/** What the browser's tab says, so that several can be told apart. */
function useTitle(page) {
	(0, import_react.useEffect)(() => {
		document.title = `${page} · ${HOME}`;
		return () => {
			document.title = HOME;
		};
	}, [page]);
}
// src/ui/CopyButton.tsx
function CopyButton({ text, label, children }) {
	const [copied, setCopied] = (0, import_react.useState)(false);
	(0, import_react.useEffect)(() => {
		if (!copied) return;
		const timer = setTimeout(() => setCopied(false), 1500);
		return () => clearTimeout(timer);
	}, [copied]);
	const Icon = copied ? Check : Copy;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
		type: "button",
		className: "copy",
		"data-copied": copied,
		"aria-label": copied ? `${label}: copied` : label,
		title: label,
		onClick: () => void copy(typeof text === "string" ? text : text()).then(setCopied),
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Icon, {
			size: 13,
			"aria-hidden": true
		}), children]
	});
}
/** The clipboard needs a secure context; a viewer reached by plain http over the network falls back to a selection. */
async function copy(text) {
	try {
		await navigator.clipboard.writeText(text);
		return true;
	} catch {
		const area = document.createElement("textarea");
		area.value = text;
		document.body.append(area);
		area.select();
		const done = document.execCommand("copy");
		area.remove();
		return done;
	}
}
// src/health/AboutServer.tsx
/** What this server is, and how it was started. */
function AboutServer({ info }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("section", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", { children: "This server" }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("table", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tbody", { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Row, {
			name: "Version",
			value: info.version
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Row, {
			name: "Address",
			value: window.location.origin,
			copy: true
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Row, {
			name: "Project",
			value: `${info.projectName} (${info.projectId})`
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Row, {
			name: "Keys",
			value: info.requireKeys ? "required" : "any are accepted"
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Row, {
			name: "Data folder",
			value: info.dataDir,
			copy: true
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Row, {
			name: "Retention",
			value: retention(info)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Row, {
			name: "Filtered",
			value: "nothing: what arrives is stored, programs filter before they send"
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Row, {
			name: "Started",
			value: ago(info.startedAt)
		})
	] }) })] });
}
/** "30 days, at most 5.0 GB". */
function retention({ retention: { keepDays, keepBytes } }) {
	if (keepDays === null && keepBytes === null) return "everything is kept (--keep-days and --keep-megabytes set bounds)";
	return [keepDays === null ? null : plural(Math.round(keepDays * 10) / 10, "day"), keepBytes === null ? null : `at most ${bytes(keepBytes)}`].filter((bound) => bound !== null).join(", ");
}
function Row({ name, value, copy = false }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
		scope: "row",
		children: name
	}), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("td", { children: [
		value,
		" ",
		copy && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(CopyButton, {
			text: value,
			label: `Copy ${name.toLowerCase()}`
		})
	] })] });
}
// src/health/Rejections.tsx
/** The last requests that were turned away, and why. */
function Rejections$1({ info: { health } }) {
	if (health.lastRejections.length === 0) return null;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("section", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", { children: "Last rejections" }), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("table", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("thead", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
			scope: "col",
			children: "When"
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
			scope: "col",
			children: "Why"
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
			scope: "col",
			children: "Times"
		})
	] }) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("tbody", { children: health.lastRejections.map((rejection) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			title: rejection.at,
			children: ago(rejection.at)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", { children: rejection.reason }),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "numeric",
			children: count(rejection.count)
		})
	] }, `${rejection.at} ${rejection.reason}`)) })] })] });
}
// src/health/HealthPage.tsx
/** What came in, what was kept, and what was turned away and why. */
function HealthPage() {
	useTitle("Health");
	const client = useQueryClient();
	const { data, error, isPending, refetch } = useQuery({
		...infoQuery,
		refetchInterval: 5e3
	});
	useTraceChanges(useOneAtATime(() => client.invalidateQueries({ queryKey: infoQuery.queryKey })));
	(0, import_react.useEffect)(() => void client.invalidateQueries({ queryKey: infoQuery.queryKey }), [client]);
	if (isPending) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the state of the server" });
	if (!data) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: "the state of the server",
		retry: () => void refetch()
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "health",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", { children: "Health" }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Verdict$1, { info: data }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("dl", {
				className: "tiles",
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tile, {
						name: "Spans received",
						value: count(data.health.receivedSpans),
						note: "since start"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tile, {
						name: "Spans stored",
						value: count(data.health.storedSpans),
						note: "since start"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tile, {
						name: "Waiting to be read",
						value: count(data.health.waitingExports),
						note: "exports, on disk"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tile, {
						name: "Not searchable yet",
						value: count(data.health.notSearchable),
						note: "observations"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tile, {
						name: "Requests rejected",
						value: count(data.health.rejectedRequests),
						note: "since start"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tile, {
						name: "Traces",
						value: count(data.traces),
						note: "on disk"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tile, {
						name: "Observations",
						value: count(data.observations),
						note: "on disk"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tile, {
						name: "Database",
						value: bytes(data.databaseBytes),
						note: "on disk"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tile, {
						name: "Traces deleted",
						value: count(data.retention.deletedTraces),
						note: "by retention, since start"
					})
				]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Rejections$1, { info: data }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(AboutServer, { info: data })
		]
	});
}
function Verdict$1({ info: { health } }) {
	const lost = health.receivedSpans - health.storedSpans;
	if (lost <= 0 && health.rejectedRequests === 0) return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
		className: "verdict",
		"data-state": "good",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(CircleCheck, {
			size: 16,
			"aria-hidden": true
		}), " Everything that arrived was stored."]
	});
	const parts = [lost > 0 ? `${plural(lost, "span")} received but not stored` : null, health.rejectedRequests > 0 ? `${plural(health.rejectedRequests, "request")} turned away` : null];
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
		className: "verdict",
		"data-state": "attention",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TriangleExclamationPoint, {
				size: 16,
				"aria-hidden": true
			}),
			" ",
			parts.filter((part) => part !== null).join(", "),
			"."
		]
	});
}
function Tile({ name, value, note }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("dt", { children: name }), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("dd", {
		className: "numeric",
		children: [
			value,
			" ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("small", {
				className: "faint",
				children: note
			})
		]
	})] });
}
// src/ui/Toast.tsx
var import_react_dom = require_react_dom();
/** A short message in the corner: what is being done, was done, or could not be. */
function Toast({ kind = "news", onClose, children }) {
	return (0, import_react_dom.createPortal)(/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "toast",
		"data-kind": kind,
		role: kind === "error" ? "alert" : "status",
		children: [children, onClose && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			type: "button",
			className: "icon-button",
			"aria-label": "Dismiss",
			onClick: onClose,
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(X, {
				size: 14,
				"aria-hidden": true
			})
		})]
	}), document.body);
}
// src/import/DropTarget.tsx
/** The whole window takes a file; a frame says so while one hovers. */
function DropTarget({ onFile }) {
	const [hovering, setHovering] = (0, import_react.useState)(false);
	const latest = (0, import_react.useRef)(onFile);
	(0, import_react.useEffect)(() => {
		latest.current = onFile;
	});
	(0, import_react.useEffect)(() => {
		const onDragOver = (event) => {
			if (!event.dataTransfer?.types.includes("Files")) return;
			event.preventDefault();
			setHovering(true);
		};
		const onDragLeave = (event) => {
			if (event.relatedTarget === null) setHovering(false);
		};
		const onDrop = (event) => {
			setHovering(false);
			const [file] = event.dataTransfer?.files ?? [];
			if (!file) return;
			event.preventDefault();
			latest.current(file);
		};
		window.addEventListener("dragover", onDragOver);
		window.addEventListener("dragleave", onDragLeave);
		window.addEventListener("drop", onDrop);
		return () => {
			window.removeEventListener("dragover", onDragOver);
			window.removeEventListener("dragleave", onDragLeave);
			window.removeEventListener("drop", onDrop);
		};
	}, []);
	return hovering ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "drop-target",
		children: "Drop an OTLP-JSON file to take its traces in"
	}) : null;
}
// src/import/ImportProvider.tsx
var ImportContext = (0, import_react.createContext)(() => Promise.resolve());
var useImport = () => (0, import_react.useContext)(ImportContext);
/** Takes traces in from files: dropped anywhere on the page, or handed over by a button. */
function ImportProvider({ children }) {
	const [state, setState] = (0, import_react.useState)(null);
	const run = (0, import_react.useCallback)(async (name, read) => {
		setState({
			step: "sending",
			name,
			done: 0,
			total: 0
		});
		try {
			const [{ importText }, text] = await Promise.all([__vitePreload(() => import("./importFile.js"), __vite__mapDeps([16,12,1,2])), read()]);
			const { spans, traceIds } = await importText(text, (done, total) => setState({
				step: "sending",
				name,
				done,
				total
			}));
			setState({
				step: "done",
				spans,
				traceIds
			});
		} catch (error) {
			setState({
				step: "failed",
				name,
				reason: error instanceof Error ? error.message : String(error)
			});
		}
	}, []);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(ImportContext, {
		value: run,
		children: [
			children,
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(DropTarget, { onFile: (file) => void run(file.name, () => file.text()) }),
			state && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Report, {
				state,
				onClose: () => setState(null)
			})
		]
	});
}
function Report({ state, onClose }) {
	switch (state.step) {
		case "sending": return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Toast, { children: [
			"Reading ",
			state.name,
			" ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("progress", {
				"aria-label": "Import",
				value: state.done,
				max: Math.max(1, state.total)
			})
		] });
		case "failed": return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Toast, {
			kind: "error",
			onClose,
			children: [
				state.name,
				" was not taken in. ",
				state.reason
			]
		});
		case "done": return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Done, {
			spans: state.spans,
			traceIds: state.traceIds,
			onClose
		});
	}
}
/** Good news, which goes when the reader goes on to another page. */
function Done({ spans, traceIds, onClose }) {
	const [path] = useLocation();
	const [toldAt] = (0, import_react.useState)(path);
	(0, import_react.useEffect)(() => {
		if (path !== toldAt) onClose();
	}, [
		path,
		toldAt,
		onClose
	]);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Toast, {
		onClose,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", { children: [
			plural(spans, "span"),
			" in ",
			plural(traceIds.length, "trace"),
			" taken in."
		] }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
			href: `/traces/${encodeURIComponent(traceIds.at(-1) ?? "")}`,
			onClick: onClose,
			children: traceIds.length === 1 ? "Open it" : "Open the last"
		})]
	});
}
// src/prompts/lazy.tsx
var PromptsPage = lazyPage("the prompts", () => __vitePreload(() => import("./PromptsPage.js"), __vite__mapDeps([17,2,1,3,9,18,12])));
var PromptPage = lazyPage("the prompt", () => __vitePreload(() => import("./PromptPage.js"), __vite__mapDeps([19,1,2,18,12,3])));
// src/scores/lazy.tsx
var ScoresPage = lazyPage("the scores", () => __vitePreload(() => import("./ScoresPage.js"), __vite__mapDeps([20,2,1,9,3])));
// src/ui/Fact.tsx
/** One figure of a list of facts, with its name. */
function Fact({ name, value, title }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("dt", { children: name }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("dd", {
		className: "numeric",
		title,
		children: value
	})] });
}
// src/ui/keyboard.ts
/** Single-key shortcuts for the whole page; silent while somebody types, holds a modifier or has a dialog open. */
function useKeys(bindings) {
	const latest = (0, import_react.useRef)(bindings);
	(0, import_react.useEffect)(() => {
		latest.current = bindings;
	});
	(0, import_react.useEffect)(() => {
		const onKeyDown = (event) => {
			if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
			if (document.querySelector("dialog[open]") || event.key === "Enter" && isControl(event.target)) return;
			const action = Object.hasOwn(latest.current, event.key) ? latest.current[event.key] : void 0;
			if (!action) return;
			event.preventDefault();
			action(event);
		};
		window.addEventListener("keydown", onKeyDown);
		return () => window.removeEventListener("keydown", onKeyDown);
	}, []);
}
/** Enter belongs to the control that has the focus. */
function isControl(target) {
	return target instanceof Element && target.closest("a, button, summary, [role=tab], [role=treeitem]") !== null;
}
function isTyping(target) {
	return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
// src/ui/useEscape.ts
var entriesAtStart = window.history.length;
/** Back to the page in here that the reader comes from; whoever came by a link goes elsewhere, and does not leave. */
function backOr(elsewhere) {
	if (window.history.length > entriesAtStart) window.history.back();
	else elsewhere();
}
/** Escape leads back, or to a list. */
function useEscape(list) {
	const [, navigate] = useLocation();
	useKeys({ Escape: () => backOr(() => navigate(list)) });
}
// src/export/download.ts
var download_exports = /* @__PURE__ */ __exportAll({
	download: () => download,
	fileName: () => fileName
});
/** Hands a text to the browser as a file. */
function download(name, type, text) {
	const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), 1e4);
}
/** A file name that every operating system takes: "answer-question-1a2b3c4d.json". */
function fileName(name, id, ending) {
	return `${(name ?? "").normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "trace"}-${id.slice(0, 8)}.${ending}`;
}
// src/json/path.ts
/** JSONPath of a child: `$.messages[0]["content type"]`. */
function pathOf(parent, key) {
	if (typeof key === "number") return `${parent}[${key}]`;
	return /^[A-Za-z_$][\w$]*$/.test(key) ? `${parent}.${key}` : `${parent}[${JSON.stringify(key)}]`;
}
var SearchContext = (0, import_react.createContext)(null);
function contains(value, text) {
	return String(value).toLowerCase().includes(text.toLowerCase());
}
/** Looks through keys and scalars, with a stack of its own: recorded values may be deep. */
function searchIn(value, text) {
	const shown = /* @__PURE__ */ new Set();
	let count = 0;
	const found = (place) => {
		count++;
		for (let at = place; at && !shown.has(at.path); at = at.above) shown.add(at.path);
	};
	const stack = [{
		value,
		path: "$",
		above: null
	}];
	for (let place = stack.pop(); place && count < 1e3; place = stack.pop()) {
		if (typeof place.value !== "object" || place.value === null) {
			if (contains(place.value, text)) found(place);
			continue;
		}
		const isArray = Array.isArray(place.value);
		for (const [key, child] of Object.entries(place.value).reverse()) {
			const below = {
				value: child,
				path: pathOf(place.path, isArray ? Number(key) : key),
				above: place
			};
			if (!isArray && contains(key, text) && (typeof child === "object" || !contains(child, text))) found(below);
			stack.push(below);
		}
	}
	return {
		text,
		count,
		shown
	};
}
/** A text cut into pieces, every second of which is a match. */
function pieces(text, search) {
	const result = [];
	const low = text.toLowerCase();
	const wanted = search.toLowerCase();
	let from = 0;
	for (let at = low.indexOf(wanted); wanted !== "" && at >= 0 && result.length < 2e3; at = low.indexOf(wanted, from)) {
		result.push(text.slice(from, at), text.slice(at, at + wanted.length));
		from = at + wanted.length;
	}
	return [...result, text.slice(from)];
}
// src/json/Marked.tsx
/** A text in which what is searched for stands out. */
function Marked({ text }) {
	const search = (0, import_react.useContext)(SearchContext);
	if (!search) return text;
	return pieces(text, search.text).map((piece, index) => index % 2 === 1 ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)("mark", { children: piece }, index) : piece);
}
// src/json/LongText.tsx
var HEAD = 4e3;
/** More than this at once would keep the browser from answering. */
var PIECE = 1e6;
/** A long string shows its head and size first; a very long one grows piece by piece, and can be saved. */
function LongText({ text, className, quoted = false }) {
	const [wanted, setWanted] = (0, import_react.useState)(text.length <= HEAD * 1.5 ? text.length : HEAD);
	const whole = wanted >= text.length;
	const from = useStart(text, whole);
	const shown = whole ? text : text.slice(from, from + wanted);
	const rest = text.length - wanted;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className,
		dir: "auto",
		children: [
			from > 0 && "… ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Marked, { text: quoted ? JSON.stringify(shown).slice(0, whole ? void 0 : -1) : shown }),
			!whole && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
				type: "button",
				className: "json-more",
				onClick: () => setWanted(wanted + PIECE),
				children: [
					"… ",
					rest <= PIECE ? "show all" : "show more",
					" (",
					bytes(new Blob([text]).size),
					")"
				]
			}),
			!whole && text.length > PIECE && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
				type: "button",
				className: "json-more",
				onClick: () => download("value.txt", "text/plain", text),
				children: "download"
			})
		]
	});
}
/** A long string whose match lies further down begins shortly before it. */
function useStart(text, whole) {
	const search = (0, import_react.useContext)(SearchContext);
	if (!search || whole) return 0;
	const at = text.toLowerCase().indexOf(search.text.toLowerCase());
	return at < HEAD ? 0 : at - 200;
}
// src/json/JsonLine.tsx
var JsonLine = (0, import_react.memo)(function JsonLine({ line, onToggle, onMore }) {
	const { kind, name, value, path, depth, last, size } = line;
	const [left, right] = Array.isArray(value) ? "[]" : "{}";
	const indent = { "--depth": Math.min(depth, 40) };
	if (kind === "more") return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "json-line",
		style: indent,
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
			type: "button",
			className: "json-more",
			onClick: () => onMore(line),
			children: ["… ", plural(size, "more entry", "more entries")]
		})
	});
	if (kind === "end") return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "json-line",
		style: indent,
		children: [right, !last && ","]
	});
	const count = plural(size, Array.isArray(value) ? "item" : "key");
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "json-line",
		style: indent,
		children: [
			kind !== "scalar" && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
				type: "button",
				className: "json-toggle",
				"aria-expanded": kind === "open",
				"aria-label": `${name === null ? "value" : String(name)}, ${count}`,
				onClick: () => onToggle(line),
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ChevronRight, {
					size: 12,
					"aria-hidden": true
				})
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Name, { name }),
			kind === "scalar" ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Scalar, { value }) : left,
			kind === "closed" && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "json-size",
				children: count
			}), right] }),
			kind !== "open" && !last && ",",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Copies, {
				path,
				value
			})
		]
	});
});
function Name({ name }) {
	if (name === null) return null;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: typeof name === "number" ? "json-index" : "json-key",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Marked, { text: String(name) }),
			":",
			" "
		]
	});
}
function Scalar({ value }) {
	if (typeof value === "string") return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(LongText, {
		text: value,
		className: "json-string",
		quoted: true
	});
	if (typeof value === "number") return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "json-number",
		children: String(value)
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "json-word",
		children: JSON.stringify(value)
	});
}
/** Two plain buttons and no timers: there is a pair on every line. */
function Copies({ path, value }) {
	const [copied, setCopied] = (0, import_react.useState)(null);
	const take = (what, text) => void copy(text).then((done) => setCopied(done ? what : null));
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "json-copy",
		onMouseLeave: () => setCopied(null),
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			type: "button",
			className: "copy",
			"data-copied": copied === "path",
			"aria-label": `Copy path ${path}`,
			title: path,
			onClick: () => take("path", path),
			children: "path"
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			type: "button",
			className: "copy",
			"data-copied": copied === "raw",
			"aria-label": `Copy value of ${path}`,
			onClick: () => take("raw", typeof value === "string" ? value : JSON.stringify(value, null, 2)),
			children: "raw"
		})]
	});
}
// src/json/lines.ts
var NOTHING_OPENED = {
	open: /* @__PURE__ */ new Map(),
	shown: /* @__PURE__ */ new Map()
};
var OPEN_DEPTH = 3;
var OPEN_SIZE = 40;
/** The lines of a value, with a stack of its own: recorded values may be deep. */
function linesOf(value, { open, shown }, search) {
	const lines = [];
	const stack = [{
		kind: "scalar",
		path: "$",
		name: null,
		value,
		depth: 0,
		last: true,
		size: 0
	}];
	for (let line = stack.pop(); line; line = stack.pop()) {
		const { path, depth } = line;
		if (line.kind !== "scalar" || typeof line.value !== "object" || line.value === null) {
			lines.push(line);
			continue;
		}
		const isArray = Array.isArray(line.value);
		const keys = Object.keys(line.value);
		if (keys.length === 0) {
			lines.push(line);
			continue;
		}
		const below = (key) => pathOf(path, isArray ? Number(key) : key);
		const found = search === null ? [] : keys.filter((key) => search.shown.has(below(key)));
		const isOpen = open.get(path) ?? (found.length > 0 || depth < OPEN_DEPTH && (depth === 0 || keys.length <= OPEN_SIZE));
		lines.push({
			...line,
			kind: isOpen ? "open" : "closed",
			size: keys.length
		});
		if (!isOpen) continue;
		const wanted = found.length > 0 ? found : keys;
		const most = shown.get(path) ?? 1e4;
		stack.push({
			...line,
			kind: "end",
			size: keys.length
		});
		if (wanted.length > most) stack.push({
			...line,
			kind: "more",
			depth: depth + 1,
			size: wanted.length - most
		});
		const fields = line.value;
		for (let index = Math.min(most, wanted.length) - 1; index >= 0; index--) {
			const key = wanted[index];
			stack.push({
				kind: "scalar",
				path: below(key),
				name: isArray ? Number(key) : key,
				value: fields[key],
				depth: depth + 1,
				last: index === wanted.length - 1,
				size: 0
			});
		}
	}
	return lines;
}
// src/json/JsonLines.tsx
/** Below this many lines all are drawn, so that the browser's own search finds them. */
var VIRTUAL_FROM$1 = 300;
var LINE_PX = 20;
function JsonLines({ value, label, search }) {
	const [opened, setOpened] = (0, import_react.useState)(NOTHING_OPENED);
	const lines = (0, import_react.useMemo)(() => linesOf(value, opened, search), [
		value,
		opened,
		search
	]);
	const actions = {
		onToggle: (0, import_react.useCallback)(({ path, kind }) => setOpened(({ open, shown }) => ({
			open: new Map(open).set(path, kind === "closed"),
			shown
		})), []),
		onMore: (0, import_react.useCallback)(({ path }) => setOpened(({ open, shown }) => ({
			open,
			shown: new Map(shown).set(path, (shown.get(path) ?? 1e4) * 2)
		})), [])
	};
	if (lines.length >= VIRTUAL_FROM$1) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Virtual, {
		lines,
		label,
		...actions
	});
	return lines.map((line) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(JsonLine, {
		line,
		...actions
	}, keyOf$1(line)));
}
/** Only what is in view is drawn; long texts break, so lines are measured as they come. */
function Virtual({ lines, label, ...actions }) {
	const scroller = (0, import_react.useRef)(null);
	const virtual = useVirtualizer({
		count: lines.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => LINE_PX,
		getItemKey: (index) => keyOf$1(lines[index]),
		overscan: 30
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "json-scroll",
		ref: scroller,
		tabIndex: 0,
		role: "region",
		"aria-label": `All of ${label}`,
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
			style: {
				height: virtual.getTotalSize(),
				position: "relative"
			},
			children: virtual.getVirtualItems().map(({ index, start, key }) => {
				const line = lines[index];
				return line && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
					"data-index": index,
					ref: virtual.measureElement,
					className: "json-placed",
					style: { transform: `translateY(${start}px)` },
					children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(JsonLine, {
						line,
						...actions
					})
				}, key);
			})
		})
	});
}
function keyOf$1(line) {
	return line === void 0 ? "" : line.kind === "end" || line.kind === "more" ? `${line.kind} ${line.path}` : line.path;
}
// src/json/JsonSearchBox.tsx
var SETTLE_MS$1 = 120;
/** Narrows a value down to what contains a text. */
function JsonSearchBox({ value, label, search, onSearch }) {
	const [text, setText] = (0, import_react.useState)("");
	(0, import_react.useEffect)(() => {
		const timer = setTimeout(() => onSearch(text.trim() === "" ? null : searchIn(value, text.trim())), SETTLE_MS$1);
		return () => clearTimeout(timer);
	}, [
		text,
		value,
		onSearch
	]);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "json-search",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("label", { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Search, {
				size: 12,
				"aria-hidden": true
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
				className: "visually-hidden",
				children: ["Search in ", label]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
				type: "search",
				value: text,
				placeholder: "Search",
				onChange: (event) => setText(event.target.value),
				onKeyDown: (event) => {
					if (event.key !== "Escape") return;
					if (text === "") event.currentTarget.blur();
					setText("");
				}
			})
		] }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
			className: "faint numeric",
			role: "status",
			children: search && `${plural(search.count, "match", "matches")}${search.count >= 1e3 ? " or more" : ""}`
		})]
	});
}
// src/json/JsonView.tsx
/** Any JSON value: collapsible, each entry copyable with its path, large parts opened on demand. */
var JsonView = (0, import_react.memo)(function JsonView({ value, label }) {
	const [search, setSearch] = (0, import_react.useState)(null);
	if (value === null || value === void 0) return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
		className: "json-empty",
		children: ["No ", label]
	});
	if (typeof value === "string") return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(LongText, {
		text: value,
		className: "json-text"
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "json",
		role: "group",
		"aria-label": label,
		children: [sizeOf(value) >= SEARCHABLE && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(JsonSearchBox, {
			value,
			label,
			search,
			onSearch: setSearch
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(SearchContext, {
			value: search,
			children: search?.count === 0 ? /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
				className: "json-empty",
				children: [
					"Nothing contains “",
					search.text,
					"”"
				]
			}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(JsonLines, {
				value,
				label,
				search
			}, search?.text)
		})]
	});
});
/** A value smaller than this is read at a glance. */
var SEARCHABLE = 6;
/** How many entries a value has, counted no further than needed. */
function sizeOf(value) {
	const stack = [value];
	let size = 0;
	for (let next = stack.pop(); next !== void 0 && size < SEARCHABLE; next = stack.pop()) {
		if (typeof next !== "object" || next === null) continue;
		const children = Object.values(next);
		size += children.length;
		stack.push(...children.slice(0, SEARCHABLE));
	}
	return size;
}
// src/markdown/SafeMarkdown.tsx
/** Above this size Markdown is not worth the wait, and nobody reads it for its headings. */
var MARKDOWN_LIMIT = 1e5;
/**
* Text from a model or a user, formatted without trusting it: raw HTML stays text, links open apart and without a
* referrer, pictures that would call another host become links.
*/
var SafeMarkdown = (0, import_react.memo)(function SafeMarkdown({ text }) {
	if (text.length > MARKDOWN_LIMIT) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "plain-text",
		children: text
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "markdown",
		dir: "auto",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(rA, {
			options,
			children: text
		})
	});
});
var options = {
	disableParsingRawHTML: true,
	forceBlock: true,
	overrides: {
		a: ({ href, children }) => href && /^(https?:|mailto:)/i.test(href) ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)("a", {
			href,
			target: "_blank",
			rel: "noopener noreferrer nofollow",
			children
		}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { children }),
		img: ({ src, alt }) => src && /^data:image\/(png|jpe?g|gif|webp|avif);/i.test(src) ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)("img", {
			src,
			alt: alt ?? ""
		}) : /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
			className: "blocked-image",
			children: [
				"[",
				alt || "image",
				": ",
				src ?? "no address",
				"]"
			]
		}),
		...Object.fromEntries([
			"h1",
			"h2",
			"h3",
			"h4",
			"h5",
			"h6"
		].map((tag) => [tag, ({ children }) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
			className: `heading ${tag}`,
			children
		})])),
		input: () => null
	}
};
// src/conversation/model.ts
function isFields(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function textOf(...candidates) {
	for (const candidate of candidates) if (typeof candidate === "string" && candidate !== "") return candidate;
	return null;
}
/** JSON text becomes its value; everything else, broken JSON included, stays as it is. */
function parsed(value) {
	if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
	try {
		return JSON.parse(value);
	} catch {
		return value;
	}
}
// src/conversation/files.ts
/** How an observation refers to bytes that the server keeps: type, id, and where they came from. */
var REFERENCE = /@@@langfuseMedia:type=([^|@]{1,100})\|id=([^|@]{1,200})\|source=[^|@]{1,40}@@@/;
var isSound = (mediaType) => mediaType.startsWith("audio/");
/** A text with the files that it refers to taken out of it. */
function withFiles(text) {
	if (!text.includes("@@@langfuseMedia:")) return [{
		kind: "text",
		text
	}];
	const parts = [];
	let rest = text;
	for (let match = REFERENCE.exec(rest); match; match = REFERENCE.exec(rest)) {
		const before = rest.slice(0, match.index);
		if (before.trim() !== "") parts.push({
			kind: "text",
			text: before
		});
		parts.push({
			kind: "file",
			mediaType: match[1] ?? "",
			name: null,
			source: null,
			id: match[2] ?? ""
		});
		rest = rest.slice(match.index + match[0].length);
	}
	if (rest.trim() !== "") parts.push({
		kind: "text",
		text: rest
	});
	return parts;
}
/** A sound or a document of any provider. */
function fileOf(part) {
	const inner = [
		part.input_audio,
		part.audio,
		part.file,
		part.source
	].find(isFields) ?? part;
	const name = textOf(inner.filename, part.filename, part.title, inner.file_id, part.name);
	const data = textOf(inner.data, inner.file_data, part.data, part.file_data, part.content, part.text);
	const given = textOf(inner.media_type, inner.mime_type, inner.mimeType, part.mime_type, part.mimeType);
	const [kept] = data === null ? [] : withFiles(data);
	if (kept?.kind === "file") return {
		...kept,
		name
	};
	const uri = data !== null && data.startsWith("data:") ? data : null;
	const mediaType = given ?? /^data:([\w.+/-]+)/.exec(uri ?? "")?.[1] ?? soundOf(inner, part) ?? "application/octet-stream";
	const base64 = data !== null && /^[\w+/=\s]+$/.test(data) ? `data:${mediaType};base64,${data}` : null;
	return {
		kind: "file",
		mediaType,
		name,
		source: safe(uri ?? base64),
		id: null
	};
}
function soundOf(inner, part) {
	const format = textOf(inner.format, part.format);
	return format === null ? isFields(part.input_audio) || isFields(part.audio) ? "audio/wav" : null : `audio/${format === "mp3" ? "mpeg" : format.replace(/[^\w.+-]/g, "")}`;
}
/** Only bytes: a type that a browser would run is made one that it saves. */
function safe(uri) {
	if (uri === null || !/^data:[\w.+/-]+;base64,[\w+/=\s]*$/.test(uri)) return null;
	return /^data:(audio\/|video\/|application\/pdf)/.test(uri) ? uri : uri.replace(/^data:[^;]+/, "data:application/octet-stream");
}
// src/conversation/FileView.tsx
/** A sound to listen to, a picture to look at, or a file to take along. */
function FileView({ file }) {
	return file.id === null ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Included, { file }) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Kept, {
		file,
		id: file.id
	});
}
function Included({ file: { source, mediaType, name } }) {
	if (source === null) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Card, {
		mediaType,
		name,
		note: "not included"
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Shown, {
		source,
		mediaType,
		name,
		size: Math.floor((source.length - source.indexOf(",") - 1) * 3 / 4)
	});
}
function Kept({ file: { mediaType, name }, id }) {
	const { data, error } = useQuery({
		queryKey: ["media", id],
		queryFn: ({ signal }) => api.media(id, signal),
		staleTime: 3e5
	});
	if (!data) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Card, {
		mediaType,
		name,
		note: error ? "not uploaded" : "loading"
	});
	const address = new URL(data.url, window.location.href);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Shown, {
		source: `${address.pathname}${address.search}`,
		mediaType: data.contentType,
		name,
		size: data.contentLength
	});
}
var SHOWABLE = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/;
function Shown({ source, mediaType, name, size }) {
	if (SHOWABLE.test(mediaType)) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("img", {
		className: "picture",
		src: source,
		alt: name ?? `Attached, ${mediaType}`
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Card, {
		mediaType,
		name,
		note: bytes(size),
		source
	}), isSound(mediaType) && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("audio", {
		className: "sound",
		controls: true,
		preload: "none",
		src: source,
		"aria-label": name ?? "Sound"
	})] });
}
function Card({ mediaType, name, note, source }) {
	const Icon = isSound(mediaType) ? EighthNotes : mediaType.startsWith("image/") ? Image : FileText;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
		className: "file-card",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Icon, {
				size: 14,
				"aria-hidden": true
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "clip",
				children: name ?? mediaType
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
				className: "faint",
				children: [name !== null && `${mediaType}, `, note]
			}),
			source !== void 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("a", {
				className: "copy",
				href: source,
				download: name ?? "",
				"aria-label": `Download ${name ?? mediaType}`,
				title: "Download",
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Download, {
					size: 13,
					"aria-hidden": true
				})
			})
		]
	});
}
// src/conversation/ToolCard.tsx
/** A call and, when it is known, what came back: one card. */
function ToolCard({ call }) {
	const { name, result } = call;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("section", {
		className: "tool-card",
		"aria-label": `Tool call ${name}`,
		"data-failed": result?.failed ?? false,
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", { children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Wrench, {
					size: 12,
					"aria-hidden": true
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "tool-name",
					children: name
				}),
				result?.failed && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Failed, {}),
				call.id && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "tool-id",
					children: call.id
				})
			] }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
				className: "tool-part",
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "tool-label",
					children: "Arguments"
				}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Compact, {
					value: call.arguments,
					label: "arguments"
				})]
			}),
			result && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
				className: "tool-part",
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "tool-label",
					children: "Result"
				}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Compact, {
					value: result.content,
					label: "result"
				})]
			})
		]
	});
}
/** A result whose call is not part of what was recorded. */
function ToolResult({ result }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("section", {
		className: "tool-card",
		"aria-label": `Tool result ${result.name ?? ""}`.trim(),
		"data-failed": result.failed,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Wrench, {
				size: 12,
				"aria-hidden": true
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "tool-name",
				children: result.name ?? "tool"
			}),
			result.failed && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Failed, {}),
			result.id && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "tool-id",
				children: result.id
			})
		] }), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
			className: "tool-part",
			children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "tool-label",
				children: "Result"
			}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Compact, {
				value: result.content,
				label: "result"
			})]
		})]
	});
}
function Failed() {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "level",
		"data-level": "ERROR",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(CircleExclamationPoint, {
			size: 12,
			"aria-hidden": true
		}), " Failed"]
	});
}
var ONE_LINE = 90;
var MANY = 8;
function isFlat(value) {
	if (!isFields(value)) return false;
	const values = Object.values(value);
	return values.length > 0 && values.length <= MANY && values.every((item) => JSON.stringify(item)?.length <= ONE_LINE);
}
function Pairs({ fields }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("dl", {
		className: "pairs",
		children: Object.entries(fields).map(([key, value]) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("dt", { children: key }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("dd", { children: typeof value === "string" ? value : spaced(JSON.stringify(value)) })] }, key))
	});
}
/** Small values read better on one line than as a tree. */
function Compact({ value, label }) {
	if (isFlat(value)) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Pairs, { fields: value });
	const text = typeof value === "string" ? value : JSON.stringify(value);
	if (typeof value !== "string" && text !== void 0 && text.length <= ONE_LINE) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", {
		className: "one-line",
		children: spaced(text)
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(JsonView, {
		value,
		label
	});
}
/** A space after the commas and colons of JSON, but not inside its strings. */
function spaced(json) {
	return json.replace(/("(?:[^"\\]|\\.)*")|([,:])/g, (_, string, mark) => string ?? `${mark} `);
}
// src/conversation/MessageView.tsx
var looks = {
	system: {
		icon: Settings2,
		label: "System"
	},
	user: {
		icon: User,
		label: "User"
	},
	assistant: {
		icon: Bot,
		label: "Assistant"
	},
	tool: {
		icon: Wrench,
		label: "Tool"
	}
};
function MessageView({ message }) {
	const { role, name, parts, side } = message;
	const { icon: Icon, label } = looks[role];
	const text = parts.flatMap((part) => part.kind === "text" ? [part.text] : []).join("\n\n");
	if (role === "system") return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(SystemPrompt, {
		text,
		parts
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("li", {
		className: "message",
		"data-role": role,
		"data-side": side,
		"aria-label": `${label}${name ? ` ${name}` : ""}`,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "avatar",
				"aria-hidden": true,
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Icon, { size: 13 })
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "role",
				children: label
			}),
			name && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "faint",
				children: name
			}),
			side === "output" && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "answer",
				children: "output"
			}),
			text && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(CopyButton, {
				text,
				label: "Copy text"
			})
		] }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
			className: "parts",
			children: parts.map((part, index) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(PartView, { part }, index))
		})]
	});
}
/** Rarely what the reader came for: one line until asked. */
function SystemPrompt({ text, parts }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("li", {
		className: "message",
		"data-role": "system",
		"aria-label": "System",
		children: [text && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Folded, {
			title: "System",
			text
		}), parts.filter((part) => part.kind !== "text").map((part, index) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(PartView, { part }, index))]
	});
}
function PartView({ part }) {
	switch (part.kind) {
		case "text": return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Text, { text: part.text });
		case "reasoning": return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Folded, {
			title: "Reasoning",
			text: part.text
		});
		case "tool-call": return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ToolCard, { call: part });
		case "tool-result": return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ToolResult, { result: part });
		case "image": return part.source === null ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(PictureElsewhere, { address: part.description }) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)("img", {
			className: "picture",
			src: part.source,
			alt: `Attached, ${part.description}`
		});
		case "file": return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(FileView, { file: part });
		case "json": return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(JsonView, {
			value: part.value,
			label: "content"
		});
	}
}
/** Nothing is fetched from another host unless the reader asks for it. */
function PictureElsewhere({ address }) {
	if (!/^https?:\/\//i.test(address)) return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
		className: "faint",
		children: [
			"[image: ",
			address,
			"]"
		]
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
		className: "faint",
		children: [
			"[image:",
			" ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("a", {
				href: address,
				target: "_blank",
				rel: "noopener noreferrer nofollow",
				children: address
			}),
			"]"
		]
	});
}
var LONG = 2e4;
function Text({ text }) {
	const value = parsed(text);
	if (typeof value !== "string") return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(JsonView, {
		value,
		label: "content"
	});
	return text.length > LONG ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(LongText, {
		text,
		className: "plain-text"
	}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(SafeMarkdown, { text });
}
/** Long and rarely read: one line until asked for. Short ones are not worth a click. */
function Folded({ title, text }) {
	const words = text.trim().split(/\s+/).length;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("details", {
		className: "fold",
		open: words <= 25,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("summary", { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "role",
				children: title
			}),
			plural(words, "word"),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "fold-hint",
				children: text.slice(0, 160)
			})
		] }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Text, { text })]
	});
}
// src/conversation/parts.ts
/** The content of one message, in any provider's form. */
function partsOf(content) {
	if (content === null || content === void 0 || content === "") return [];
	if (typeof content === "string") return withFiles(content);
	if (Array.isArray(content)) return content.flatMap(partsOf);
	if (isFields(content)) return unfolded(partOf(content));
	return [{
		kind: "json",
		value: content
	}];
}
/** Text may refer to files that the server keeps. */
function unfolded(part) {
	return part.kind === "text" ? withFiles(part.text) : [part];
}
function partOf(part) {
	const type = typeof part.type === "string" ? part.type.toLowerCase() : "";
	return (Object.hasOwn(byType, type) ? byType[type] : void 0)?.(part) ?? byShape(part) ?? {
		kind: "json",
		value: part
	};
}
var text$3 = (part) => {
	const nested = isFields(part.text) ? part.text.value : void 0;
	const found = textOf(part.text, part.content, part.refusal, nested);
	return found === null ? null : {
		kind: "text",
		text: found
	};
};
var reasoning = (part) => {
	const summary = Array.isArray(part.summary) ? part.summary.map((item) => (isFields(item) ? textOf(item.text) : textOf(item)) ?? "").join("\n\n") : part.summary;
	return {
		kind: "reasoning",
		text: textOf(part.thinking, part.reasoning, part.text, part.content, summary) ?? "The provider does not disclose this reasoning."
	};
};
var call = (part) => toolCall(part);
var result = (part) => toolResult(part);
var image = (part) => imageOf(part);
var file = (part) => fileOf(part);
var byType = {
	text: text$3,
	input_text: text$3,
	output_text: text$3,
	refusal: text$3,
	thinking: reasoning,
	redacted_thinking: reasoning,
	reasoning,
	tool_use: call,
	server_tool_use: call,
	tool_call: call,
	"tool-call": call,
	function_call: call,
	function: call,
	tool_result: result,
	tool_call_response: result,
	"tool-result": result,
	function_call_output: result,
	image_url: image,
	input_image: image,
	image,
	blob: image,
	uri: image,
	input_audio: file,
	audio: file,
	file,
	input_file: file,
	document: file
};
/** Providers whose parts carry no type: Gemini and Bedrock. */
function byShape(part) {
	const functionCall = part.functionCall ?? part.function_call ?? part.toolUse;
	if (isFields(functionCall)) return toolCall(functionCall);
	const response = part.functionResponse ?? part.function_response ?? part.toolResult;
	if (isFields(response)) return toolResult(response);
	const inline = part.inlineData ?? part.inline_data;
	if (isFields(inline)) return imageOf(inline);
	if (isFields(part.image)) return imageOf(part.image);
	const thought = part.reasoningContent;
	if (isFields(thought)) return reasoning(isFields(thought.reasoningText) ? thought.reasoningText : {});
	if (typeof part.text === "string") return part.thought === true ? reasoning(part) : {
		kind: "text",
		text: part.text
	};
	return null;
}
/** A tool call of any provider, also as an entry of OpenAI's `tool_calls` or LangChain4j's `toolExecutionRequests`. */
function toolCall(call) {
	const inner = isFields(call.function) ? call.function : call;
	return {
		kind: "tool-call",
		id: textOf(call.call_id, call.id, call.toolCallId, call.tool_call_id, call.toolUseId),
		name: textOf(inner.name, call.toolName, call.name) ?? "tool",
		arguments: parsed(inner.arguments ?? inner.args ?? inner.input ?? inner.parameters ?? null)
	};
}
function toolResult(result) {
	const content = result.content ?? result.output ?? result.response ?? result.result ?? result.text ?? null;
	return {
		kind: "tool-result",
		id: textOf(result.tool_use_id, result.tool_call_id, result.call_id, result.toolCallId, result.toolUseId, result.id),
		name: textOf(result.name, result.toolName),
		content: simplified(content),
		failed: result.is_error === true || result.isError === true || result.status === "error"
	};
}
/** `[{type: "text", text: "4"}]` says no more than `"4"`. */
function simplified(content) {
	if (Array.isArray(content) && content.length === 1 && isFields(content[0])) {
		const only = content[0];
		if (typeof only.text === "string") return parsed(only.text);
		if (only.json !== void 0) return only.json;
	}
	return parsed(content);
}
function imageOf(part) {
	const link = isFields(part.image_url) ? part.image_url.url : part.image_url;
	const source = isFields(part.source) ? part.source : {};
	const address = textOf(link, part.url, source.url, part.uri, part.image);
	const mediaType = textOf(part.mimeType, part.mime_type, part.mediaType, source.media_type) ?? `image/${textOf(part.format) ?? "png"}`;
	const [kept] = address === null ? [] : withFiles(address);
	if (kept?.kind === "file") return kept;
	if (isSound(mediaType)) return fileOf(part);
	const data = textOf(part.data, source.data, source.bytes, part.content);
	const uri = address ?? (data === null ? null : `data:${mediaType};base64,${data}`);
	const showable = uri !== null && /^data:image\/(png|jpe?g|gif|webp|avif);base64,[\w+/=\s]+$/i.test(uri);
	return {
		kind: "image",
		source: showable ? uri : null,
		description: showable ? mediaType : describe$2(uri, mediaType)
	};
}
function describe$2(uri, mediaType) {
	if (uri === null) return `${mediaType}, not included`;
	return uri.startsWith("data:") ? `${mediaType}, ${uri.length} characters, not shown` : uri;
}
// src/conversation/messages.ts
var roles = {
	system: "system",
	developer: "system",
	systemmessage: "system",
	user: "user",
	human: "user",
	humanmessage: "user",
	usermessage: "user",
	assistant: "assistant",
	ai: "assistant",
	model: "assistant",
	aimessage: "assistant",
	aimessagechunk: "assistant",
	assistantmessage: "assistant",
	tool: "tool",
	function: "tool",
	toolmessage: "tool",
	functionmessage: "tool",
	tool_execution_result: "tool",
	tool_response: "tool"
};
/** Items of OpenAI's responses that stand between messages and have no role. */
var itemRoles = {
	message: "assistant",
	reasoning: "assistant",
	function_call: "assistant",
	function_call_output: "tool"
};
function roleOf(fields) {
	const named = textOf(fields.role, fields.messageType, fields.author)?.toLowerCase();
	if (named !== void 0 && Object.hasOwn(roles, named)) return roles[named] ?? null;
	const type = textOf(fields.type)?.toLowerCase() ?? "";
	if (Object.hasOwn(itemRoles, type)) return itemRoles[type] ?? null;
	return [
		"content",
		"text",
		"contents",
		"data",
		"toolExecutionRequests"
	].some((key) => key in fields) && type !== "function" && Object.hasOwn(roles, type) ? roles[type] ?? null : null;
}
/** One message in any known form, or null when the value is not a message. */
function messageOf(value, side) {
	if (!isFields(value)) return null;
	const fields = unwrapped(value);
	const role = roleOf(fields);
	if (role === null) return null;
	const parts = role === "tool" ? toolParts(fields) : bodyParts(fields);
	return {
		role,
		name: role === "tool" || fields.type === "function_call" ? null : textOf(fields.name),
		parts,
		side
	};
}
/** LangChain wraps a message in `kwargs` with its class in `id`, or in `data`. */
function unwrapped(value) {
	if (isFields(value.kwargs) && Array.isArray(value.id)) return {
		...value.kwargs,
		role: String(value.id.at(-1))
	};
	if (isFields(value.data) && typeof value.type === "string") return {
		...value.data,
		role: value.type
	};
	if (isFields(value.message) && !("role" in value)) return value.message;
	return value;
}
function bodyParts(fields) {
	const type = textOf(fields.type)?.toLowerCase();
	if (type === "function_call" || type === "reasoning") return partsOf(fields);
	const thought = textOf(fields.reasoning_content, fields.reasoning);
	const calls = [
		fields.tool_calls,
		fields.toolCalls,
		fields.toolExecutionRequests
	].map(parsed).find(Array.isArray);
	const body = partsOf(fields.content ?? fields.parts ?? fields.contents ?? fields.text ?? fields.textContent ?? fields.refusal);
	const inBody = new Set(body.flatMap((part) => part.kind === "tool-call" ? [part.id] : []));
	return [
		...thought === null ? [] : [{
			kind: "reasoning",
			text: thought
		}],
		...body,
		...(calls ?? []).filter(isFields).map(toolCall).filter((call) => call.id === null || !inBody.has(call.id)),
		...isFields(fields.function_call) ? [toolCall(fields.function_call)] : []
	];
}
function toolParts(fields) {
	const parts = partsOf(fields.parts ?? fields.content);
	if (parts.some((part) => part.kind === "tool-result")) return parts;
	if (Array.isArray(fields.responses)) return fields.responses.filter(isFields).map((item) => toolResult({
		...item,
		content: item.responseData ?? item.content
	}));
	return [toolResult({
		...fields,
		content: fields.content ?? fields.parts ?? fields.output ?? fields.text
	})];
}
/** All messages of a request or an answer; null when it holds none. */
function messagesIn(given, side) {
	const value = parsed(given);
	if (Array.isArray(value)) return listOf$1(value, side);
	if (!isFields(value)) return null;
	return answerOf(value, side) ?? requestOf$1(value, side) ?? single(value, side);
}
function listOf$1(values, side) {
	const items = values.length === 1 && Array.isArray(values[0]) ? values[0] : values;
	const messages = items.map((item) => messageOf(item, side));
	if (messages.filter((message) => message !== null).length === 0) return null;
	return messages.map((message, index) => message ?? {
		role: fallbackRole(side),
		name: null,
		parts: partsOf(items[index]),
		side
	});
}
function fallbackRole(side) {
	return side === "input" ? "user" : "assistant";
}
function single(value, side) {
	const message = messageOf(value, side);
	return message === null ? null : [message];
}
/** Requests: OpenAI chat and responses, Anthropic, Gemini, and anything with `messages`. */
function requestOf$1(value, side) {
	const list = [
		value.messages,
		value.contents,
		value.input,
		value.prompt,
		value.history
	].find((candidate) => Array.isArray(candidate) && listOf$1(candidate, side) !== null);
	const config = isFields(value.config) ? value.config : {};
	const system = [
		value.system,
		value.instructions,
		value.systemInstruction,
		value.system_instruction
	].concat(config.systemInstruction, config.system_instruction).find((candidate) => candidate !== void 0 && candidate !== null);
	if (Array.isArray(list)) return [...systemMessage(system, side), ...listOf$1(list, side) ?? []];
	const question = textOf(value.contents, value.input, value.prompt);
	if (system === void 0 || question === null) return null;
	return [...systemMessage(system, side), {
		role: "user",
		name: null,
		parts: partsOf(question),
		side
	}];
}
function systemMessage(system, side) {
	const parts = partsOf(isFields(system) && "parts" in system ? system.parts : system);
	return parts.length === 0 ? [] : [{
		role: "system",
		name: null,
		parts,
		side
	}];
}
/** Answers: OpenAI choices and output items, Gemini candidates, Bedrock, LangChain generations. */
function answerOf(value, side) {
	const list = [
		value.choices,
		value.candidates,
		value.generations
	].find(Array.isArray);
	if (list) {
		const found = list.flat().flatMap((item) => choiceOf(item, side));
		return found.length === 0 ? null : found;
	}
	if (Array.isArray(value.output)) return listOf$1(value.output, side);
	if (isFields(value.output) && isFields(value.output.message)) return single(value.output.message, side);
	if ("finish_reason" in value || "finishReason" in value) {
		const found = choiceOf(value, side);
		return found.length === 0 ? null : found;
	}
	return null;
}
function choiceOf(item, side) {
	if (!isFields(item)) return [];
	const message = messageOf({
		role: "assistant",
		...[
			item.message,
			item.delta,
			item.content
		].find(isFields) ?? item
	}, side);
	return message === null || message.parts.length === 0 ? [] : [message];
}
// src/conversation/normalize.ts
/**
* Turns the input and output of an observation or a trace, in whatever form the application recorded them, into one
* conversation: OpenAI chat and responses, Anthropic, Gemini, Bedrock, LangChain and LangChain4j, Spring AI, the
* GenAI conventions' parts, and plain values. Nothing is dropped: what no adapter knows is kept as JSON.
*/
function normalize(input, output) {
	const asked = messagesIn(input, "input");
	const answered = messagesIn(output, "output");
	const before = asked ?? plain(input, "input");
	const after = withoutEcho(before, answered ?? plain(output, "output"));
	return {
		messages: tied(joined$1([...before, ...after])).filter((message) => message.parts.length > 0),
		tools: toolsIn(parsed(input)),
		chat: asked !== null || answered !== null
	};
}
/** Keys under which a lone question or answer is commonly kept; any single string field counts as well. */
function plain(given, side) {
	const value = parsed(given);
	if (value === null || value === void 0 || value === "") return [];
	const text = textOf(value, isFields(value) && Object.keys(value).length === 1 ? Object.values(value)[0] : void 0);
	return [{
		role: side === "input" ? "user" : "assistant",
		name: null,
		parts: text === null ? [{
			kind: "json",
			value
		}] : [{
			kind: "text",
			text
		}],
		side
	}];
}
/** Graph frameworks answer with the whole state, the question included: show it once. */
function withoutEcho(before, after) {
	if (before.length === 0 || after.length <= before.length) return after;
	return before.every((message, index) => same(message, after[index])) ? after.slice(before.length) : after;
}
function same(left, right) {
	return right?.role === left.role && JSON.stringify(right.parts) === JSON.stringify(left.parts);
}
/** OpenAI's responses spread one turn over several items: reasoning, text, calls. Make them one message again. */
function joined$1(messages) {
	return messages.reduce((turns, message) => {
		const last = turns.at(-1);
		const continues = last?.role === "assistant" && message.role === "assistant";
		if (!last || !continues || last.side !== message.side || last.name !== message.name) return [...turns, message];
		return [...turns.slice(0, -1), {
			...last,
			parts: [...last.parts, ...message.parts]
		}];
	}, []);
}
/** Moves each tool result to the call that it answers, by id, else by name and order. */
function tied(messages) {
	const open = [];
	return messages.map((message) => ({
		...message,
		parts: message.parts.flatMap((part) => {
			if (part.kind === "tool-call") {
				const call = { ...part };
				open.push(call);
				return [call];
			}
			if (part.kind !== "tool-result") return [part];
			const call = callOf(part, open);
			if (call === void 0) return [part];
			call.result = part;
			return [];
		})
	}));
}
function callOf(result, calls) {
	const waiting = calls.filter((call) => call.result === void 0);
	if (result.id !== null) {
		const exact = waiting.find((call) => call.id === result.id);
		if (exact) return exact;
	}
	return waiting.find((call) => (call.id === null || result.id === null) && call.name === result.name);
}
function toolsIn(input) {
	if (!isFields(input)) return [];
	const config = isFields(input.config) ? input.config : {};
	return ([
		input.tools,
		config.tools,
		input.toolDefinitions
	].find(Array.isArray) ?? []).flatMap((tool) => {
		if (!isFields(tool)) return [];
		const declarations = tool.functionDeclarations ?? tool.function_declarations;
		if (Array.isArray(declarations)) return toolsIn({ tools: declarations });
		const inner = isFields(tool.function) ? tool.function : tool;
		const name = textOf(inner.name);
		if (name === null) return [];
		const parameters = inner.parameters ?? inner.input_schema ?? inner.inputSchema ?? null;
		return [{
			name,
			description: textOf(inner.description),
			parameters
		}];
	});
}
// src/ui/Level.tsx
var icons$1 = {
	ERROR: CircleExclamationPoint,
	WARNING: TriangleExclamationPoint,
	DEBUG: Bug
};
/** A level that is worth a word, with icon and text so that colour never speaks alone; DEFAULT shows nothing. */
function Level({ level, text }) {
	if (level === "DEFAULT") return null;
	const Icon = icons$1[level];
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "level",
		"data-level": level,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Icon, {
			size: 12,
			"aria-hidden": true
		}), text ?? level.charAt(0) + level.slice(1).toLowerCase()]
	});
}
// src/ui/Running.tsx
/** Whoever has been silent for so long has died rather than thought. */
var PATIENCE_MS = 36e5;
/** What is known of the end of a trace: it is still to come, or it was not told and will not be any more. */
function progressOf(trace, now = Date.now()) {
	if (!trace.running || trace.observationCount === 0) return null;
	return now - (Date.parse(trace.timestamp) + (trace.latencyMs ?? 0)) < PATIENCE_MS ? "running" : "unfinished";
}
/** It has not ended yet, as far as is known. */
function Running({ trace }) {
	const progress = progressOf(trace);
	if (progress === null) return null;
	if (progress === "running") return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "running",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
			className: "pulse",
			"aria-hidden": true
		}), " running"]
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "running",
		"data-silent": true,
		title: "Its end never arrived: the program may have been stopped before it could send it",
		children: "unfinished"
	});
}
// src/session/turns.ts
/** Oldest first, as a conversation is read. */
function inOrder$1(traces) {
	return [...traces].sort((left, right) => Date.parse(left.timestamp) - Date.parse(right.timestamp));
}
var WORTH_SAYING_MS = 3e5;
/** How long the conversation rested before a turn; null when that is not worth a line. */
function idleBefore(turns, index) {
	const [before, turn] = [turns[index - 1], turns[index]];
	if (!before || !turn) return null;
	const idle = Date.parse(turn.timestamp) - (Date.parse(before.timestamp) + (before.latencyMs ?? 0));
	return idle >= WORTH_SAYING_MS ? idle : null;
}
/** The turn that took longest, where that tells something; null when there is nothing to compare it with. */
function slowestOf(turns) {
	const ended = turns.filter(({ latencyMs }) => latencyMs !== null);
	return ended.length < 2 ? null : ended.reduce((slowest, turn) => (turn.latencyMs ?? 0) > (slowest.latencyMs ?? 0) ? turn : slowest);
}
/** Where on its page a turn is found. */
function anchorOf({ id }) {
	return `turn-${id}`;
}
/** Adds up what is known; null when nothing is. */
function sum$1(traces, key) {
	const values = traces.map((trace) => trace[key]).filter((value) => value !== null);
	return values.length === 0 ? null : values.reduce((left, right) => left + right, 0);
}
// src/session/Turn.tsx
/** One trace of the session: what was asked and answered, and what it took. */
function Turn({ trace, idleMs, slowest = false }) {
	const messages = (0, import_react.useMemo)(() => lastExchange(trace), [trace]);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("li", {
		className: "turn",
		id: anchorOf(trace),
		children: [
			idleMs !== null && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
				className: "idle faint",
				children: [duration(idleMs), " later"]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", { children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
					className: "turn-link",
					href: `/traces/${encodeURIComponent(trace.id)}`,
					children: trace.name || trace.id
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Level, {
					level: trace.level,
					text: trace.errorCount > 0 ? plural(trace.errorCount, "error") : void 0
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Running, { trace }),
				slowest && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "chip slowest",
					children: "slowest"
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { className: "grow" }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "faint numeric",
					children: tookOf(trace)
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("time", {
					className: "faint numeric",
					dateTime: trace.timestamp,
					title: trace.timestamp,
					children: moment(trace.timestamp)
				})
			] }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("ol", {
				className: "messages",
				children: messages.map((message, index) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(MessageView, { message }, index))
			}),
			messages.length === 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
				className: "faint",
				children: trace.omittedBytes ? `Its input and output are large: ${bytes(trace.omittedBytes)}. Open the trace to read them.` : "No input or output recorded on this trace."
			})
		]
	});
}
/** "1.24 s · 812 tokens · $0.0042", as far as it is known. */
function tookOf({ latencyMs, totalTokens, totalCost }) {
	return [
		latencyMs === null ? null : duration(latencyMs),
		totalTokens === null ? null : `${compact(totalTokens)} tokens`,
		totalCost === null ? null : cost(totalCost)
	].filter((part) => part !== null).join(" · ");
}
/** Each turn of a chat repeats the history: show its last question and everything after. */
function lastExchange(trace) {
	const { messages } = normalize(trace.input, trace.output);
	const last = messages.findLastIndex((message) => message.role === "user");
	return messages.slice(Math.max(0, last));
}
// src/session/SessionPage.tsx
function SessionPage({ id }) {
	useTitle(`Session ${id}`);
	const client = useQueryClient();
	const { data, error, isPending, refetch } = useQuery(sessionQuery(id));
	useTraceChanges(useThrottled(() => void client.invalidateQueries({ queryKey: sessionQuery(id).queryKey }), 1e3));
	useEscape("/sessions");
	if (isPending) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the session" });
	if (!data) return error instanceof ApiError && error.status === 404 ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NoSuchSession, { id }) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: "the session",
		retry: () => void refetch()
	});
	const turns = inOrder$1(data.traces);
	const slowest = slowestOf(turns);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "session-page",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(SessionHeader, {
			session: data,
			slowest
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("ol", {
			className: "turns",
			"aria-label": "Turns",
			children: turns.map((trace, index) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Turn, {
				trace,
				idleMs: idleBefore(turns, index),
				slowest: trace === slowest
			}, trace.id))
		})]
	});
}
function SessionHeader({ session: { id, traces }, slowest }) {
	const users = [...new Set(traces.map((trace) => trace.userId).filter((user) => user !== null))];
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", {
		className: "session-header",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
				className: "trace-title",
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
						className: "icon-button",
						href: "/sessions",
						"aria-label": "All sessions",
						children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ChevronLeft, {
							size: 18,
							"aria-hidden": true
						})
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", {
						className: "clip",
						children: id
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(CopyButton, {
						text: id,
						label: "Copy session id"
					})
				]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("dl", {
				className: "facts",
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
						name: "Turns",
						value: String(traces.length)
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
						name: "Tokens",
						value: compact(sum$1(traces, "totalTokens"))
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
						name: "Cost",
						value: cost(sum$1(traces, "totalCost"))
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
						name: "Errors",
						value: String(sum$1(traces, "errorCount") ?? 0)
					}),
					slowest && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
						name: "Slowest turn",
						value: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
							type: "button",
							className: "link",
							title: "Show it",
							onClick: () => document.getElementById(anchorOf(slowest))?.scrollIntoView({ block: "center" }),
							children: duration(slowest.latencyMs)
						})
					})
				]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
				className: "faint",
				children: [users.length === 0 ? "No user recorded" : `${plural(users.length, "user")}: `, users.map((user) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
					className: "session-user",
					href: `/users/${encodeURIComponent(user)}`,
					children: user
				}, user))]
			})
		]
	});
}
function NoSuchSession({ id }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Missing, {
		title: "This session is not here",
		href: "/traces",
		link: "All traces",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", { children: [
			"No trace carries the session id ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: id }),
			". Set it around your code with",
			" ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: "Langfuse.propagateAttributes(a -> a.sessionId(…))" }),
			"."
		] })
	});
}
// src/format/names.ts
/** What a step is called: what it is, where nobody gave it a name. */
function stepName({ name, type }) {
	return name || type.toLowerCase();
}
// src/scores/words.ts
/** The name under which a reader's verdict is kept. */
var VERDICT = "thumbs";
/** What a score says, as short as it can be said. */
function scoreText({ dataType, value = null, stringValue }) {
	if (dataType === "BOOLEAN") return value === 1 ? "yes" : value === 0 ? "no" : percent(value);
	if (dataType === "NUMERIC") return value === null ? "–" : figure(value);
	return stringValue ?? "–";
}
/** Whether a score speaks for or against what it judges; null when only its author could tell. */
function moodOf({ dataType, value = null }) {
	if (dataType !== "BOOLEAN" || value === null) return null;
	return value >= .5 ? "good" : "bad";
}
/** What the scores of one thing say, one entry for each name: numbers as their mean, words as the newest of them. */
function summariesOf(scores) {
	const byName = /* @__PURE__ */ new Map();
	for (const score of scores) {
		if (score.dataType === "TEXT" || score.dataType === "CORRECTION") continue;
		byName.set(score.name, [...byName.get(score.name) ?? [], score]);
	}
	return [...byName].map(([name, given]) => {
		const newest = given.reduce((best, next) => next.timestamp > best.timestamp ? next : best);
		const values = given.map(({ value }) => value).filter((value) => value !== null);
		const mean = values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
		return {
			name,
			dataType: newest.dataType,
			value: mean,
			stringValue: newest.stringValue,
			count: given.length
		};
	});
}
/** No more precise than a judgement can be; but what counts or sums up something keeps all digits before the point. */
function figure(value) {
	if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.abs(value) < 0x38d7ea4c68000 ? count(Math.round(value)) : value.toExponential(2);
	return String(Number(value.toPrecision(3)));
}
/** How much one differs from another. */
function difference(value) {
	return Math.abs(value) < 1 ? String(Number(value.toPrecision(2))) : figure(value);
}
/** The mean of several yes and no. */
function percent(value) {
	return value === null ? "–" : `${Math.round(value * 100)} % yes`;
}
// src/scores/ScoreList.tsx
var SOURCES = {
	API: "from the program",
	ANNOTATION: "by a reader",
	EVAL: "by an evaluator"
};
/** Every score in full, with who gave it and why. */
function ScoreList({ scores, observations = [], onSelect }) {
	if (scores.length === 0) return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
		className: "soft",
		children: [
			"Not judged yet. Use the thumbs above, or ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: "langfuse.score(…)" }),
			" in the program."
		]
	});
	const steps = new Map(observations.map((observation) => [observation.id, observation]));
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("ul", {
		className: "score-list",
		"aria-label": "Scores",
		children: scores.map((score) => {
			const step = score.observationId === null ? void 0 : steps.get(score.observationId);
			return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("li", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", { children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("b", { children: score.name }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "score-value numeric",
					"data-mood": moodOf(score) ?? void 0,
					children: scoreText(score)
				}),
				step && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
					type: "button",
					className: "link",
					onClick: () => onSelect?.(step.id),
					children: stepName(step)
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { className: "grow" }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "faint",
					children: SOURCES[score.source]
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("time", {
					className: "faint numeric",
					dateTime: score.timestamp,
					title: score.timestamp,
					children: moment(score.timestamp)
				})
			] }), score.comment && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
				dir: "auto",
				children: score.comment
			})] }, score.id);
		})
	});
}
// src/ui/useOpen.ts
/** Something that a button opens: the focus goes to its first control, back to the button when it closes, and a click elsewhere closes it. */
function useOpen(controls) {
	const [open, setOpen] = (0, import_react.useState)(false);
	const root = (0, import_react.useRef)(null);
	const trigger = (0, import_react.useRef)(null);
	(0, import_react.useEffect)(() => {
		if (!open) return;
		root.current?.querySelector(controls)?.focus();
		const onPointer = (event) => {
			if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
		};
		document.addEventListener("pointerdown", onPointer);
		return () => document.removeEventListener("pointerdown", onPointer);
	}, [open, controls]);
	const close = () => {
		setOpen(false);
		trigger.current?.focus();
	};
	return {
		open,
		setOpen,
		close,
		root,
		trigger
	};
}
// src/ui/Popover.tsx
/** A button that opens a small panel; Escape and a click elsewhere close it. */
function Popover({ label, title = label, className = "button", button, children }) {
	const { open, setOpen, close, root, trigger } = useOpen(".popover-panel :is(input, textarea, button, a)");
	const id = (0, import_react.useId)();
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "popover",
		ref: root,
		onKeyDown: (event) => {
			if (!open || event.key !== "Escape") return;
			event.preventDefault();
			event.stopPropagation();
			close();
		},
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			ref: trigger,
			type: "button",
			className,
			"aria-label": label,
			title,
			"aria-expanded": open,
			"aria-controls": id,
			onClick: () => setOpen(!open),
			children: button
		}), open && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
			id,
			role: "group",
			"aria-label": label,
			className: "popover-panel",
			children: children(close)
		})]
	});
}
// src/scores/Verdict.tsx
/** Thumbs and a note for what is being read, kept as a score. A second press takes the verdict back. */
function Verdict({ traceId, observationId, scores }) {
	const client = useQueryClient();
	const own = scores.find((score) => score.name === "thumbs" && score.source === "ANNOTATION" && score.observationId === observationId);
	const given = own ? own.value === 1 : null;
	const change = useMutation({
		mutationFn: ({ value, comment }) => value === null ? own ? api.deleteScore(own.id) : Promise.resolve() : api.annotate({
			traceId,
			observationId,
			name: VERDICT,
			value,
			comment
		}),
		onSettled: () => client.invalidateQueries({
			queryKey: traceQuery(traceId).queryKey,
			exact: true
		})
	});
	const comment = own?.comment ?? "";
	const judge = (value) => change.mutate({
		value: given === value ? null : value,
		comment
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "verdict-buttons",
		role: "group",
		"aria-label": "Your verdict",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Thumb, {
				good: true,
				pressed: given === true,
				onPress: () => judge(true)
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Thumb, {
				good: false,
				pressed: given === false,
				onPress: () => judge(false)
			}),
			given !== null && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Popover, {
				label: comment === "" ? "Add a note" : "Change the note",
				title: comment || "Add a note",
				className: "icon-button",
				button: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(comment === "" ? MessageSquare : MessageSquareText, {
					size: 14,
					"aria-hidden": true
				}),
				children: (close) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NoteForm, {
					note: comment,
					onSave: (text) => {
						change.mutate({
							value: given,
							comment: text
						});
						close();
					},
					onCancel: close
				})
			}),
			change.error && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Toast, {
				kind: "error",
				onClose: change.reset,
				children: ["Could not keep the verdict: ", change.error.message]
			})
		]
	});
}
function Thumb({ good, pressed, onPress }) {
	const Icon = good ? ThumbsUp : ThumbsDown;
	const label = good ? "Good" : "Bad";
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
		type: "button",
		className: "icon-button",
		"aria-label": label,
		title: pressed ? `${label}. Press again to take it back` : label,
		"aria-pressed": pressed,
		"data-mood": good ? "good" : "bad",
		onClick: onPress,
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Icon, {
			size: 14,
			"aria-hidden": true
		})
	});
}
function NoteForm({ note, onSave, onCancel }) {
	const [text, setText] = (0, import_react.useState)(note);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("form", {
		className: "verdict-form",
		onSubmit: (event) => {
			event.preventDefault();
			onSave(text.trim());
		},
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("textarea", {
			"aria-label": "Note",
			maxLength: 1e4,
			placeholder: "Why?",
			value: text,
			onChange: (event) => setText(event.target.value)
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			type: "button",
			className: "button",
			onClick: onCancel,
			children: "Cancel"
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			type: "submit",
			className: "button",
			"data-kind": "primary",
			children: "Save"
		})] })]
	});
}
// src/ui/TypeIcon.tsx
var icons = {
	SPAN: Box,
	GENERATION: Sparkles,
	EVENT: Zap,
	EMBEDDING: Waypoints,
	AGENT: Bot,
	TOOL: Wrench,
	CHAIN: Link2,
	RETRIEVER: FileSearch,
	EVALUATOR: Gauge,
	GUARDRAIL: ShieldCheck
};
function TypeIcon({ type }) {
	const Icon = icons[type] ?? Box;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "type-icon",
		"data-type": type,
		title: type.toLowerCase(),
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Icon, {
			size: 12,
			strokeWidth: 2.25,
			"aria-hidden": true
		})
	});
}
// src/ui/useParam.ts
/** One setting of a view, kept in the address; null takes it out. */
function useParam(key) {
	const [params, setParams] = useSearchParams();
	const set = (0, import_react.useCallback)((value) => setParams((current) => {
		const next = new URLSearchParams(current);
		if (value === null) next.delete(key);
		else next.set(key, value);
		return next;
	}, {
		replace: true,
		state: history.state
	}), [key, setParams]);
	return [params.get(key), set];
}
// src/conversation/Conversation.tsx
/** How many of the newest messages show at once; what came before waits behind a button. */
var SHOWN$3 = 24;
function Conversation({ conversation, label }) {
	const [all, setAll] = (0, import_react.useState)(false);
	const { messages, tools } = conversation;
	const earlier = all ? 0 : Math.max(0, messages.length - SHOWN$3);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "conversation",
		role: "group",
		"aria-label": label,
		children: [
			tools.length > 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("details", {
				className: "fold",
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("summary", { children: [
					plural(tools.length, "tool"),
					" offered",
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
						className: "fold-hint",
						children: tools.map((tool) => tool.name).join(", ")
					})
				] }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(JsonView, {
					value: tools,
					label: "tool definitions"
				})]
			}),
			earlier > 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
				type: "button",
				className: "button",
				onClick: () => setAll(true),
				children: ["Show ", plural(earlier, "earlier message")]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("ol", {
				className: "messages",
				children: messages.slice(earlier).map((message, index) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(MessageView, { message }, earlier + index))
			})
		]
	});
}
// src/ui/ErrorBoundary.tsx
/** Keeps a view that fails on unforeseen content from taking the page with it. */
var ErrorBoundary = class extends import_react.Component {
	state = { failure: null };
	static getDerivedStateFromError(failure) {
		return { failure };
	}
	render() {
		const { failure } = this.state;
		if (failure === null) return this.props.children;
		return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
			className: "broken",
			role: "alert",
			children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", { children: [
					this.props.what,
					" could not be shown: ",
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: failure.message })
				] }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
					className: "soft",
					children: "The data itself is safe. Another tab, or the public API, shows it as it is."
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
					type: "button",
					className: "button",
					onClick: () => this.setState({ failure: null }),
					children: "Try again"
				})
			]
		});
	}
};
// src/ui/Tabs.tsx
function Tabs({ label, tabs, selected, onSelect, children }) {
	const id = (0, import_react.useId)();
	const list = (0, import_react.useRef)(null);
	const onKeyDown = (event) => {
		const index = tabs.findIndex((tab) => tab.key === selected);
		const step = {
			ArrowRight: 1,
			ArrowLeft: -1
		}[event.key];
		if (step === void 0) return;
		const next = (index + step + tabs.length) % tabs.length;
		const tab = tabs[next];
		if (!tab) return;
		event.preventDefault();
		onSelect(tab.key);
		list.current?.querySelectorAll("[role=tab]")[next]?.focus();
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "tabs",
		role: "tablist",
		"aria-label": label,
		ref: list,
		onKeyDown,
		children: tabs.map((tab) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			type: "button",
			role: "tab",
			id: `${id}-${tab.key}`,
			"aria-selected": tab.key === selected,
			"aria-controls": `${id}-panel`,
			tabIndex: tab.key === selected ? 0 : -1,
			onClick: () => onSelect(tab.key),
			children: tab.label
		}, tab.key))
	}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "tab-panel",
		role: "tabpanel",
		id: `${id}-panel`,
		"aria-labelledby": `${id}-${selected}`,
		tabIndex: 0,
		children
	})] });
}
// src/detail/Documents.tsx
function Documents({ documents }) {
	const best = Math.max(...documents.map((document) => document.score ?? 0));
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("ol", {
		className: "documents",
		"aria-label": "Retrieved documents",
		children: documents.map((document, index) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("li", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "faint numeric",
				children: index + 1
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "clip document-title",
				children: document.title ?? "untitled"
			}),
			document.score !== null && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Score, {
				score: document.score,
				best
			})
		] }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", { children: document.text })] }, index))
	});
}
function Score({ score, best }) {
	const share = best > 0 ? Math.max(0, Math.min(1, score / best)) : 0;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "score numeric",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
			className: "score-track",
			"aria-hidden": true,
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { style: { width: `${share * 100}%` } })
		}), score.toFixed(3)]
	});
}
// src/detail/documentsIn.ts
/** What a retriever found, in the forms of LangChain, LangChain4j, Spring AI and the like; null when it is something else. */
function documentsIn(output) {
	const list = isFields(output) ? [
		output.documents,
		output.matches,
		output.results,
		output.contents,
		output.passages
	].find(Array.isArray) : output;
	if (!Array.isArray(list) || list.length === 0) return null;
	const documents = list.map(documentOf);
	return documents.every((document) => document !== null) ? documents : null;
}
function documentOf(item) {
	if (!isFields(item)) return null;
	const inner = [
		item.document,
		item.textSegment,
		item.embedded,
		item.payload
	].find(isFields) ?? item;
	const metadata = [inner.metadata, item.metadata].find(isFields) ?? {};
	const text = textOf(inner.text, inner.content, inner.page_content, inner.pageContent, inner.passage, inner.snippet);
	if (text === null) return null;
	return {
		title: textOf(inner.title, inner.name, metadata.title, metadata.source, metadata.file_name, inner.source, inner.id, item.id),
		text,
		score: scoreOf(item) ?? scoreOf(inner) ?? scoreOf(metadata),
		metadata
	};
}
function scoreOf(fields) {
	return [
		fields.score,
		fields.relevance_score,
		fields.similarity
	].find((value) => typeof value === "number") ?? null;
}
// src/detail/truncation.ts
var MARK = /<truncated: (?:the server refused the size; )?([\d,]+) of ([\d,]+) characters not recorded>|<([\d,]+) more ([\w ]{1,40}) not recorded>|<truncated(?: due to size exceeding limit)?>/;
var REFUSED = "<truncated: the server refused the size";
/** What the program that recorded a value left out, in words; null when nothing says so. Takes the value as text. */
function truncationIn(text) {
	const found = MARK.exec(text);
	if (found === null) return null;
	const [whole, missing, all, more, what] = found;
	const cause = whole.startsWith(REFUSED) ? "the server it was sent to refused the size" : "LANGFUSE_MAX_VALUE_BYTES of the program sets how much it keeps";
	const others = MARK.test(text.slice(found.index + whole.length)) ? ", and there is more of that kind" : "";
	return `Not all of it was recorded: ${missing !== void 0 ? `${missing} of ${all} characters are missing` : more !== void 0 ? `${more} more ${what} are missing` : "a part is missing"}${others}; ${cause}.`;
}
// src/detail/InputOutput.tsx
function InputOutput({ input, output, retriever = false }) {
	const documents = retriever ? documentsIn(output) : null;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Block, {
		title: "Input",
		value: input
	}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Block, {
		title: "Output",
		value: output,
		children: documents && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Documents, { documents })
	})] });
}
var MARKDOWN_UP_TO = 2e4;
function Block({ title, value, children }) {
	const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
	const truncation = (0, import_react.useMemo)(() => truncationIn(text ?? ""), [text]);
	const empty = value === null || value === void 0;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("section", {
		className: "io",
		"aria-label": title,
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", { children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h3", { children: title }),
				!empty && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "faint numeric",
					children: bytes(new Blob([text]).size)
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { className: "grow" }),
				!empty && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(CopyButton, {
					text,
					label: `Copy ${title.toLowerCase()}`
				})
			] }),
			truncation && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
				className: "status-message",
				"data-level": "WARNING",
				role: "note",
				children: truncation
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
				className: "io-body",
				children: children || /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Value, {
					value,
					title
				})
			})
		]
	});
}
function Value({ value, title }) {
	if (typeof value !== "string") return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(JsonView, {
		value,
		label: title.toLowerCase()
	});
	return value.length > MARKDOWN_UP_TO ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(LongText, {
		text: value,
		className: "plain-text"
	}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(SafeMarkdown, { text: value });
}
// src/detail/markdownOf.ts
var titles$2 = {
	system: "System",
	user: "User",
	assistant: "Assistant",
	tool: "Tool"
};
/** A conversation as Markdown, to be pasted into an issue or a chat. */
function markdownOf({ messages }) {
	return messages.map(section).join("\n\n");
}
function section({ role, name, parts }) {
	return [`### ${titles$2[role]}${name ? ` (${name})` : ""}`, ...parts.map(text$2)].join("\n\n");
}
function text$2(part) {
	switch (part.kind) {
		case "text": return part.text;
		case "reasoning": return part.text.replace(/^/gm, "> ");
		case "tool-call": return [
			`**Calls \`${part.name}\`**`,
			fenced(part.arguments),
			...part.result ? ["**Result**", fenced(part.result.content)] : []
		].join("\n\n");
		case "tool-result": return [`**Result of \`${part.name ?? "tool"}\`**`, fenced(part.content)].join("\n\n");
		case "image": return `_[image: ${part.description}]_`;
		case "file": return `_[${part.name ?? part.mediaType}]_`;
		case "json": return fenced(part.value);
	}
}
/** Fenced with more backticks than the value itself contains. */
function fenced(value) {
	const body = typeof value === "string" ? value : JSON.stringify(value, null, 2);
	const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	return `${fence}${typeof value === "string" ? "" : "json"}\n${body}\n${fence}`;
}
// src/detail/BodyTabs.tsx
/** The ways to read a body. The reader's choice stays in the address; without one, a chat opens as a chat. */
function BodyTabs({ conversation, source, scores, talks = true, pending = false, ...body }) {
	const [params, setParams] = useSearchParams();
	const tabs = tabsFor(talks && reads(conversation), scores.count);
	const wanted = params.get("view");
	const selected = (tabs.find((tab) => tab.key === wanted) ?? tabs[0])?.key ?? "io";
	const select = (view) => setParams((current) => {
		const next = new URLSearchParams(current);
		next.set("view", view);
		return next;
	}, { replace: true });
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tabs, {
		label: "Ways to read it",
		tabs,
		selected,
		onSelect: select,
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(ErrorBoundary, {
			what: "This view",
			children: [
				selected === "conversation" && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
					className: "conversation-tools",
					children: [source, /* @__PURE__ */ (0, import_jsx_runtime.jsx)(CopyButton, {
						text: () => markdownOf(conversation),
						label: "Copy the conversation as Markdown",
						children: "Markdown"
					})]
				}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Conversation, {
					conversation,
					label: "Conversation"
				})] }),
				selected === "io" && (pending ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
					className: "soft",
					children: "Not loaded yet."
				}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(InputOutput, { ...body })),
				selected === "scores" && scores.list,
				selected === "metadata" && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(JsonView, {
					value: body.metadata,
					label: "metadata"
				}),
				selected === "raw" && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Raw, { value: body.raw })
			]
		}, selected)
	});
}
/** Messages with roles, or a plain question and answer. */
function reads({ chat, messages }) {
	return chat || messages.length > 0 && messages.every(({ parts }) => parts.every((part) => part.kind === "text"));
}
function tabsFor(conversation, scores) {
	return [
		...conversation ? [{
			key: "conversation",
			label: "Conversation"
		}] : [],
		{
			key: "io",
			label: "Input / Output"
		},
		{
			key: "scores",
			label: scores === 0 ? "Scores" : `Scores ${scores}`
		},
		{
			key: "metadata",
			label: "Metadata"
		},
		{
			key: "raw",
			label: "Raw JSON"
		}
	];
}
function Raw({ value }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "raw-tools",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(CopyButton, {
			text: () => JSON.stringify(value, null, 2),
			label: "Copy all as JSON",
			children: "Copy JSON"
		})
	}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(JsonView, {
		value,
		label: "raw JSON"
	})] });
}
// src/ui/Menu.tsx
/** A button that opens a list of actions; arrow keys move in it, Escape and a click elsewhere close it. */
function Menu({ label, items, className = "button", children }) {
	const { open, setOpen, close, root, trigger } = useOpen("[role=menuitem]");
	const id = (0, import_react.useId)();
	const onKeyDown = (event) => {
		if (!open) return;
		if (event.key === "Escape") close();
		else if (!walk(root.current, event.key)) return;
		event.preventDefault();
		event.stopPropagation();
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "menu",
		ref: root,
		onKeyDown,
		onBlur: (event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false),
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			ref: trigger,
			type: "button",
			className,
			title: label,
			"aria-label": label,
			"aria-haspopup": "menu",
			"aria-expanded": open,
			"aria-controls": id,
			onClick: () => setOpen(!open),
			children
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
			id,
			role: "menu",
			"aria-label": label,
			hidden: !open,
			children: items.map((item) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
				type: "button",
				role: "menuitem",
				tabIndex: -1,
				onClick: () => {
					close();
					item.onSelect();
				},
				children: [item.label, item.hint && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "faint",
					children: item.hint
				})]
			}, item.label))
		})]
	});
}
function walk(root, key) {
	const items = [...root?.querySelectorAll("[role=menuitem]") ?? []];
	const at = items.findIndex((item) => item === document.activeElement);
	const next = {
		ArrowDown: at + 1,
		ArrowUp: at - 1 + items.length,
		Home: 0,
		End: items.length - 1
	}[key];
	if (next === void 0) return false;
	items[next % items.length]?.focus();
	return true;
}
// src/detail/observationText.ts
/** An observation in words that can be pasted somewhere else: run again, rebuilt, or read. */
var COPIES = {
	curl: (body, baseUrl) => body.type === "GENERATION" ? curlAgain(body) : curlRead(body, baseUrl),
	Java: (body) => body.type === "GENERATION" ? javaAgain(body) : javaObserve(body),
	Markdown: (body) => markdown(body)
};
/** The call as an OpenAI-compatible API takes it: what was recorded of it, in the order of a request. */
function requestOf({ model, modelParameters, input }) {
	const parameters = isFields(modelParameters) ? modelParameters : {};
	if (isFields(input) && Array.isArray(input.messages)) return {
		model,
		...parameters,
		...input
	};
	const messages = Array.isArray(input) && input.every((item) => isFields(item) && "role" in item) ? input : [{
		role: "user",
		content: text$1(input)
	}];
	return {
		model,
		...parameters,
		messages
	};
}
/** JSON has no line that is only JSON, so the document ends where it should, and a quoted one expands nothing. */
function curlAgain(body) {
	return `curl -sS "\${OPENAI_BASE_URL:-https://api.openai.com/v1}/chat/completions" \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  -H 'Content-Type: application/json' \\
  -d @- <<'JSON'
${JSON.stringify(requestOf(body), null, 2)}
JSON
`;
}
function curlRead({ id }, baseUrl) {
	return `curl -sS '${baseUrl}/api/public/observations/${encodeURIComponent(id)}'\n`;
}
/** More than this does not fit into one constant of a class file. */
var CONSTANT = 6e4;
function javaAgain(body) {
	const request = JSON.stringify(requestOf(body), null, 2);
	const [given, more] = request.length > CONSTANT ? ["Files.readString(Path.of(\"request.json\"))", "import java.nio.file.*;\n"] : [block(request), ""];
	return `import java.net.URI;
import java.net.http.*;
${more}
String body = ${given};
var request = HttpRequest.newBuilder(URI.create("https://api.openai.com/v1/chat/completions"))
    .header("Authorization", "Bearer " + System.getenv("OPENAI_API_KEY"))
    .header("Content-Type", "application/json")
    .POST(HttpRequest.BodyPublishers.ofString(body))
    .build();
var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.body());
`;
}
function javaObserve({ name, type, input, output }) {
	const lines = [input === null ? "" : `    o.input(${literal(input)});\n`, output === null ? "" : `    o.output(${literal(output)});\n`];
	return `Langfuse langfuse = Langfuse.get();
langfuse.run(${quoted$1(stepName({
		name,
		type
	}))}, ObservationType.${type}, o -> {
${lines.join("")}});
`;
}
function literal(value) {
	return typeof value === "string" && !value.includes("\n") ? quoted$1(value) : block(typeof value === "string" ? value : JSON.stringify(value, null, 2));
}
/** A text block; blanks at the ends of lines, which Java would drop, are written as escapes. */
function block(value) {
	return `"""\n${javaEscaped(value).replaceAll("\"\"\"", "\\\"\"\"").replace(/[ \t]+$/gm, (blanks) => blanks.replaceAll(" ", "\\s").replaceAll("	", "\\t")).replace(/^/gm, "    ")}\\\n    """`;
}
function quoted$1(value) {
	return `"${javaEscaped(value).replaceAll("\"", "\\\"").replaceAll("\n", "\\n")}"`;
}
function javaEscaped(value) {
	return value.replaceAll("\\", "\\\\").replaceAll("\r", "\\r").replace(/[\0-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
function text$1(value) {
	return typeof value === "string" ? value : JSON.stringify(value ?? null);
}
function markdown(body) {
	const { type, latencyMs, model, totalTokens, totalCost, statusMessage } = body;
	const facts = [
		type.toLowerCase(),
		latencyMs === null ? null : duration(latencyMs),
		model,
		totalTokens === null ? null : `${count(totalTokens)} tokens`,
		totalCost === null ? null : cost(totalCost)
	].filter((fact) => fact !== null);
	const conversation = normalize(body.input, body.output);
	const told = conversation.chat ? markdownOf(conversation) : `### Input\n\n${fenced(body.input)}\n\n### Output\n\n${fenced(body.output)}`;
	return `## ${stepName(body)}\n\n${facts.join(" · ")}\n\n${statusMessage ? `${fenced(statusMessage)}\n\n` : ""}${told}\n`;
}
// src/detail/CopyAs.tsx
function CopyAs({ body }) {
	const [copied, setCopied] = (0, import_react.useState)(null);
	(0, import_react.useEffect)(() => {
		if (copied === null) return;
		const timer = setTimeout(() => setCopied(null), 1500);
		return () => clearTimeout(timer);
	}, [copied]);
	const take = async (kind) => {
		if (await copy(COPIES[kind](body, window.location.origin))) setCopied(kind);
	};
	const hints = {
		curl: body.type === "GENERATION" ? "call again" : "read from here",
		Java: body.type === "GENERATION" ? "call again" : "observe",
		Markdown: "to read"
	};
	const Icon = copied === null ? ClipboardCopy : Check;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Menu, {
		label: "Copy as",
		className: "copy",
		items: Object.keys(COPIES).map((kind) => ({
			label: kind,
			hint: hints[kind],
			onSelect: () => void take(kind)
		})),
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Icon, {
			size: 13,
			"aria-hidden": true
		}), copied === null ? "copy as" : copied]
	}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "visually-hidden",
		role: "status",
		children: copied !== null && `${copied} copied`
	})] });
}
// src/detail/Figures.tsx
/** Everything measured about one observation, in one quiet line that wraps. */
function Figures({ observation }) {
	const { latencyMs, timeToFirstTokenMs, model, totalTokens, totalCost, type, promptName, promptVersion } = observation;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("dl", {
		className: "figures numeric",
		children: [
			type !== "EVENT" && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Figure, {
				name: "Duration",
				value: latencyMs === null ? "running" : duration(latencyMs)
			}),
			timeToFirstTokenMs !== null && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Figure, {
				name: "First token",
				value: duration(timeToFirstTokenMs)
			}),
			model && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Figure, {
				name: "Model",
				value: model
			}),
			totalTokens !== null && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Figure, {
				name: "Tokens",
				value: count(totalTokens),
				detail: breakdown(observation.usage, count)
			}),
			totalCost !== null && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Figure, {
				name: "Cost",
				value: cost(totalCost),
				detail: breakdown(observation.cost, cost)
			}),
			promptName && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Figure, {
				name: "Prompt",
				value: `${promptName}${promptVersion === null ? "" : ` v${promptVersion}`}`
			}),
			parametersOf(observation.modelParameters).map(([name, value]) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Figure, {
				name,
				value
			}, name))
		]
	});
}
function Figure({ name, value, detail }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("dt", { children: name }), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("dd", { children: [value, detail && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "faint",
		children: [" ", detail]
	})] })] });
}
function breakdown(parts, format) {
	const entries = Object.entries(parts ?? {}).filter(([key, value]) => key !== "total" && value > 0);
	return entries.length < 2 ? void 0 : `(${entries.map(([key, value]) => `${format(value)} ${words$1(key)}`).join(", ")})`;
}
function words$1(key) {
	return key.replaceAll("_", " ").replace(/ tokens?$/, "");
}
var SHOWN$2 = 6;
function parametersOf(parameters) {
	if (!isFields(parameters)) return [];
	return Object.entries(parameters).filter(([, value]) => value !== null && value !== "").slice(0, SHOWN$2).map(([key, value]) => [key.replaceAll("_", " "), (typeof value === "string" ? value : JSON.stringify(value)).slice(0, 60)]);
}
// src/detail/Heavy.tsx
/** Stands for what is too large to be fetched unasked. */
function Heavy({ size, onLoad }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
		className: "heavy",
		children: [
			"Its input and output are large: ",
			bytes(size),
			".",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
				type: "button",
				className: "button",
				onClick: onLoad,
				children: "Load them"
			})
		]
	});
}
// src/detail/mainGeneration.ts
/** Bodies above this size are fetched only when the reader asks for them. */
var UNASKED_BYTES = 2e6;
/**
* The generation whose messages tell the story of the trace: of those nearest to the top, the one that ends last. In
* an agent's loop it has been sent everything said and done before it.
*/
function mainGeneration(observations) {
	const byId = new Map(observations.map((observation) => [observation.id, observation]));
	const generations = observations.filter(({ type, endTime, inputBytes, outputBytes }) => type === "GENERATION" && endTime !== null && (inputBytes ?? 0) + (outputBytes ?? 0) <= 2e6);
	const depths = new Map(generations.map((generation) => [generation, depthOf(generation, byId)]));
	const top = Math.min(...depths.values());
	return generations.filter((generation) => depths.get(generation) === top).reduce((best, next) => best && ended(best) >= ended(next) ? best : next, null);
}
function ended(observation) {
	return Date.parse(observation.endTime ?? observation.startTime);
}
function depthOf(observation, byId) {
	const seen = /* @__PURE__ */ new Set();
	for (let at = observation; at && !seen.has(at); at = byId.get(at.parentObservationId ?? "")) seen.add(at);
	return seen.size;
}
// src/detail/ObservationDetail.tsx
var TALKING = /* @__PURE__ */ new Set([
	"AGENT",
	"GENERATION",
	"CHAIN",
	"SPAN",
	"EVALUATOR",
	"GUARDRAIL"
]);
function ObservationDetail({ observation, scores, onClose }) {
	const { traceId, id, type, level, statusMessage } = observation;
	const [compareId, setCompareId] = useParam("compare");
	const comparing = compareId === id;
	const size = (observation.inputBytes ?? 0) + (observation.outputBytes ?? 0);
	const [wanted, setWanted] = (0, import_react.useState)(size <= UNASKED_BYTES);
	const { data, error, isPending, refetch } = useQuery({
		...observationQuery(traceId, id),
		enabled: wanted
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", {
			className: "detail-header",
			children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
					className: "detail-title",
					children: [
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TypeIcon, { type }),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", {
							className: "clip",
							children: stepName(observation)
						}),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
							className: "faint",
							children: type.toLowerCase()
						}),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Level, { level }),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { className: "grow" }),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
							type: "button",
							className: "icon-button",
							"aria-label": "Compare with another step",
							title: "Compare with another step",
							"aria-pressed": comparing,
							onClick: () => setCompareId(comparing ? null : id),
							children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(GitCompare, {
								size: 14,
								"aria-hidden": true
							})
						}),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Verdict, {
							traceId,
							observationId: id,
							scores
						}),
						data && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(CopyAs, { body: data }),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)(CopyButton, {
							text: id,
							label: "Copy observation id",
							children: "id"
						}),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
							type: "button",
							className: "icon-button",
							"aria-label": "Back to the whole trace",
							title: "Back to the whole trace (Esc)",
							onClick: onClose,
							children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(X, {
								size: 15,
								"aria-hidden": true
							})
						})
					]
				}),
				comparing && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
					className: "comparing",
					role: "status",
					children: "Choose the step to compare it with."
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Figures, { observation }),
				statusMessage && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
					className: "status-message",
					"data-level": level,
					role: "note",
					"aria-label": "Status message",
					children: statusMessage
				})
			]
		}),
		!wanted && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Heavy, {
			size,
			onLoad: () => setWanted(true)
		}),
		wanted && isPending && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the observation" }),
		!data && error && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
			error,
			what: "the observation",
			retry: () => void refetch()
		}),
		data && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(BodyTabs, {
			input: data.input,
			output: data.output,
			metadata: data.metadata,
			raw: data,
			conversation: normalize(data.input, data.output),
			retriever: type === "RETRIEVER",
			scores: {
				count: scores.length,
				list: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ScoreList, { scores })
			},
			talks: TALKING.has(type)
		})
	] });
}
// src/detail/TraceOverview.tsx
/** The trace as a whole: its problems first, then the conversation that it served. */
function TraceOverview({ trace, observations, scores, missing, onSelect }) {
	const main = (0, import_react.useMemo)(() => mainGeneration(observations), [observations]);
	const body = useQuery({
		...observationQuery(trace.id, main?.id ?? ""),
		enabled: main !== null
	});
	const told = (0, import_react.useMemo)(() => body.data ? normalize(body.data.input, body.data.output) : null, [body.data]);
	const omitted = trace.omittedBytes ?? 0;
	const [wanted, setWanted] = (0, import_react.useState)(false);
	const whole = useQuery({
		...wholeTraceQuery(trace.id),
		enabled: wanted && omitted > 0
	});
	const { input, output } = whole.data?.trace ?? trace;
	const own = (0, import_react.useMemo)(() => normalize(input, output), [input, output]);
	if (main !== null && body.isPending) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the conversation" });
	const borrowed = main !== null && told?.chat === true && !own.chat;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [
		missing && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
			className: "status-message",
			role: "note",
			children: [
				"The observation ",
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: missing }),
				" is not part of this trace, or has not arrived yet."
			]
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Sole, { observations }),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Problems$1, {
			observations,
			onSelect
		}),
		omitted > 0 && !wanted && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Heavy, {
			size: omitted,
			onLoad: () => setWanted(true)
		}),
		whole.isFetching && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the input and output" }),
		whole.error && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
			error: whole.error,
			what: "the input and output",
			retry: () => void whole.refetch()
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(BodyTabs, {
			pending: omitted > 0 && !whole.data,
			input,
			output,
			metadata: trace.metadata,
			raw: {
				trace,
				observations,
				scores
			},
			scores: {
				count: scores.length,
				list: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ScoreList, {
					scores,
					observations,
					onSelect
				})
			},
			conversation: borrowed ? told : own,
			source: borrowed && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Source, {
				generation: main,
				onSelect
			})
		})
	] });
}
/** Most traces are a single call: what is known of it is not hidden behind a click. */
function Sole({ observations: [only, ...others] }) {
	if (!only || others.length > 0 || only.model === null && only.totalTokens === null) return null;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "sole",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Figures, { observation: only })
	});
}
function Source({ generation, onSelect }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
		className: "source faint",
		children: [
			"As the model saw it in",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
				type: "button",
				className: "link clip",
				onClick: () => onSelect(generation.id),
				children: generation.name || "the last generation"
			}),
			generation.model && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
				className: "model clip",
				children: ["· ", generation.model]
			})
		]
	});
}
var SHOWN$1 = 5;
function Problems$1({ observations, onSelect }) {
	const problems = observations.filter(({ level }) => level === "ERROR" || level === "WARNING");
	if (problems.length === 0) return null;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("ul", {
		className: "problems",
		"aria-label": "Errors and warnings",
		children: [problems.slice(0, SHOWN$1).map((problem) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("li", {
			"data-level": problem.level,
			children: [
				problem.level === "ERROR" ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(CircleExclamationPoint, {
					size: 14,
					"aria-hidden": true
				}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(TriangleExclamationPoint, {
					size: 14,
					"aria-hidden": true
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
					type: "button",
					className: "link",
					onClick: () => onSelect(problem.id),
					children: stepName(problem)
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "clip",
					children: problem.statusMessage ?? problem.level.toLowerCase()
				})
			]
		}, problem.id)), problems.length > SHOWN$1 && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("li", {
			className: "faint",
			children: [
				"and ",
				problems.length - SHOWN$1,
				" more, press e to walk through them"
			]
		})]
	});
}
// src/graph/lazy.ts
var load = () => __vitePreload(() => import("./FlowGraph.js"), __vite__mapDeps([21,1,2,3]));
var FlowGraph = (0, import_react.lazy)(load);
/** Fetches the code of the graph while the trace is still on its way. */
function preloadGraph() {
	load();
}
// src/traces/merge.ts
/** All rows of the loaded pages, each trace once: a page boundary moves while new traces arrive. */
function rowsOf$1(pages) {
	const rows = /* @__PURE__ */ new Map();
	for (const page of pages?.pages ?? []) for (const row of page.data) if (!rows.has(row.id)) rows.set(row.id, row);
	return [...rows.values()];
}
/** What a fresh first page has that the loaded pages lack. */
function unseen(pages, head) {
	const known = new Set(rowsOf$1(pages).map((row) => row.id));
	return head.filter((row) => !known.has(row.id));
}
/** Known rows take their new values where they stand; nothing moves. */
function refreshed(pages, head) {
	const fresh = new Map(head.data.map((row) => [row.id, row]));
	return {
		...pages,
		pages: pages.pages.map((page) => ({
			...page,
			total: head.total,
			totalIsExact: head.totalIsExact,
			data: page.data.map((row) => fresh.get(row.id) ?? row)
		}))
	};
}
/** While somebody only watches, no more than this many rows are kept; older ones are a scroll away. */
var KEPT = 500;
/** New rows came faster than a page holds them: what lies between them and the known rows is not loaded. */
function leavesGap(pages, head) {
	return head.nextCursor !== null && unseen(pages, head.data).length === head.data.length;
}
/** Adds what a fresh first page brought. Where that would leave a gap, or too much, starts over from it. */
function joined(pages, head) {
	const rows = unseen(pages, head.data);
	if (leavesGap(pages, head) || rowsOf$1(pages).length + rows.length > KEPT) return {
		pages: [head],
		pageParams: [void 0]
	};
	const [first, ...rest] = refreshed(pages, head).pages;
	if (!first) return pages;
	return {
		...pages,
		pages: [{
			...first,
			data: [...rows, ...first.data].sort(newestFirst)
		}, ...rest]
	};
}
function newestFirst(left, right) {
	return Date.parse(right.timestamp) - Date.parse(left.timestamp) || (left.id < right.id ? 1 : -1);
}
// src/traces/origin.ts
function listOf(state) {
	const list = state?.origin?.list;
	return typeof list === "string" ? list : null;
}
/** Noted when a trace is opened from the list. */
function openedFrom(list) {
	return { origin: { list } };
}
/** The way back to where the list was, and to the neighbours that the trace has there. */
function useOrigin(id) {
	const [, navigate] = useLocation();
	const search = useSearch();
	const list = listOf(history.state);
	const { data } = useInfiniteQuery({
		...tracesQuery(list ?? ""),
		enabled: false
	});
	const ids = list === null ? [] : rowsOf$1(data).map((row) => row.id);
	const at = ids.indexOf(id);
	const neighbour = (step) => at < 0 ? null : ids[at + step] ?? null;
	const openNeighbour = (step) => {
		const next = neighbour(step);
		if (next !== null) navigate(addressOf(next, search), {
			replace: true,
			state: history.state
		});
	};
	return {
		href: `/traces${list ? `?${list}` : ""}`,
		/** Whether there is a list that this trace was opened from. */
		listed: list !== null,
		back: () => list === null ? backOr(() => navigate("/traces")) : history.back(),
		previous: neighbour(-1),
		next: neighbour(1),
		openNeighbour
	};
}
/** The same view of another trace: what was selected in this one is not in that one. */
function addressOf(id, search) {
	const params = new URLSearchParams(search);
	for (const key of ["observation", "compare"]) params.delete(key);
	const view = params.toString();
	return `/traces/${encodeURIComponent(id)}${view === "" ? "" : `?${view}`}`;
}
// src/trace/Splitter.tsx
var KEY$1 = "langfuse4j.tree-share";
var LEAST$1 = 25;
var MOST = 75;
var USUAL = 46;
var STEP$1 = 2;
/** How much of the width the tree takes, in percent; remembered by the browser. */
function useTreeShare() {
	const [share, setShare] = (0, import_react.useState)(remembered$1);
	(0, import_react.useEffect)(() => {
		try {
			localStorage.setItem(KEY$1, String(share));
		} catch {}
	}, [share]);
	return [share, (next) => setShare(Math.round(Math.min(MOST, Math.max(LEAST$1, next))))];
}
function remembered$1() {
	try {
		const share = Number(localStorage.getItem(KEY$1) ?? USUAL);
		return share >= LEAST$1 && share <= MOST ? share : USUAL;
	} catch {
		return USUAL;
	}
}
/** The border between tree and detail: dragged, moved with the arrow keys, put back by a double click. */
function Splitter({ share, onShare }) {
	const [dragging, setDragging] = (0, import_react.useState)(false);
	const onKeyDown = (event) => {
		const step = {
			ArrowLeft: -2,
			ArrowRight: STEP$1
		}[event.key];
		if (step === void 0) return;
		event.preventDefault();
		onShare(share + step);
	};
	const onPointerDown = (event) => {
		event.currentTarget.setPointerCapture(event.pointerId);
		setDragging(true);
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "splitter",
		role: "separator",
		"aria-orientation": "vertical",
		"aria-label": "Width of the tree",
		"aria-valuenow": share,
		"aria-valuemin": LEAST$1,
		"aria-valuemax": MOST,
		tabIndex: 0,
		"data-dragging": dragging,
		onKeyDown,
		onPointerDown,
		onPointerMove: (event) => dragging && onShare(event.clientX / window.innerWidth * 100),
		onPointerUp: () => setDragging(false),
		onLostPointerCapture: () => setDragging(false),
		onDoubleClick: () => onShare(USUAL)
	});
}
// src/export/formats.ts
var FORMATS = [
	{
		format: "json",
		label: "Trace",
		hint: ".json"
	},
	{
		format: "otlp",
		label: "OpenTelemetry",
		hint: ".otlp.json"
	},
	{
		format: "markdown",
		label: "Conversation",
		hint: ".md"
	},
	{
		format: "html",
		label: "Page to read offline",
		hint: ".html"
	}
];
// src/export/ExportMenu.tsx
/** Takes the trace along, in one of four formats. What writes them is loaded when it is first needed. */
function ExportMenu({ trace }) {
	const [busy, setBusy] = (0, import_react.useState)(false);
	const [problem, setProblem] = (0, import_react.useState)(null);
	const run = async (format) => {
		setProblem(null);
		setBusy(true);
		try {
			const { exportTrace } = await __vitePreload(async () => {
				const { exportTrace } = await import("./exportTrace.js");
				return { exportTrace };
			}, __vite__mapDeps([22,1,12,2,3]));
			await exportTrace(trace, format);
		} catch (error) {
			setProblem(error instanceof Error ? error.message : String(error));
		} finally {
			setBusy(false);
		}
	};
	const items = FORMATS.map(({ format, label, hint }) => ({
		label,
		hint,
		onSelect: () => void run(format)
	}));
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Menu, {
			label: "Export",
			items,
			className: "icon-button",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Download, {
				size: 15,
				"aria-hidden": true
			})
		}),
		busy && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Toast, { children: "Writing the file…" }),
		problem !== null && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Toast, {
			kind: "error",
			onClose: () => setProblem(null),
			children: ["Could not export the trace: ", problem]
		})
	] });
}
// src/trace/Neighbours.tsx
/** To the traces before and after this one in the list that it was opened from. */
function Neighbours({ origin: { previous, next, openNeighbour } }) {
	if (previous === null && next === null) return null;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "neighbours",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			type: "button",
			className: "icon-button",
			"aria-label": "Previous trace",
			title: "Previous trace of the list (K)",
			disabled: previous === null,
			onClick: () => openNeighbour(-1),
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ChevronUp, {
				size: 16,
				"aria-hidden": true
			})
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			type: "button",
			className: "icon-button",
			"aria-label": "Next trace",
			title: "Next trace of the list (J)",
			disabled: next === null,
			onClick: () => openNeighbour(1),
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ChevronDown, {
				size: 16,
				"aria-hidden": true
			})
		})]
	});
}
// src/trace/TraceLabels.tsx
/** More of them would push the trace itself off the screen. */
var TAGS = 6;
/** Whose trace it is, and what it is marked with; each leads to others like it. */
function TraceLabels({ trace: { userId, sessionId, environment, release, version, tags } }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "trace-labels",
		children: [
			userId && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Link, {
				className: "chip",
				href: `/users/${encodeURIComponent(userId)}`,
				title: `User ${userId}`,
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(User, {
						size: 12,
						"aria-hidden": true
					}),
					" ",
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
						className: "clip",
						children: userId
					})
				]
			}),
			sessionId && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Link, {
				className: "chip",
				href: `/sessions/${encodeURIComponent(sessionId)}`,
				title: `The whole session ${sessionId}`,
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(MessagesSquare, {
						size: 12,
						"aria-hidden": true
					}),
					" ",
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
						className: "clip",
						children: sessionId
					})
				]
			}),
			environment && environment !== "default" && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Plain, { children: environment }),
			release && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Plain, { children: ["release ", release] }),
			version && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Plain, { children: ["version ", version] }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Tags, { tags })
		]
	});
}
/** A chip that leads nowhere; when it is cut, the pointer brings out all of it. */
function Plain({ children }) {
	const text = [children].flat().join("");
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "chip clip",
		title: text,
		children: text
	});
}
function Tags({ tags }) {
	const [all, setAll] = (0, import_react.useState)(false);
	const shown = all || tags.length <= 7 ? tags : tags.slice(0, TAGS);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [shown.map((tag) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
		className: "chip",
		href: `/traces?tag=${encodeURIComponent(tag)}`,
		title: `Traces with the tag ${tag}`,
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
			className: "clip",
			children: ["#", tag]
		})
	}, tag)), shown.length < tags.length && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
		type: "button",
		className: "chip",
		onClick: () => setAll(true),
		children: [tags.length - shown.length, " more tags"]
	})] });
}
// src/trace/TraceHeader.tsx
function TraceHeader({ trace, scores, origin }) {
	useTitle(trace.name || trace.id);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", {
		className: "trace-header",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
				className: "trace-title",
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
						className: "icon-button",
						href: origin.href,
						"aria-label": "All traces",
						title: origin.listed ? "Back to the list (Esc)" : "All traces",
						onClick: (event) => {
							if (!origin.listed || event.ctrlKey || event.metaKey || event.shiftKey) return;
							event.preventDefault();
							origin.back();
						},
						children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ChevronLeft, {
							size: 18,
							"aria-hidden": true
						})
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", {
						className: "clip",
						"data-unnamed": !trace.name,
						children: trace.name || "Unnamed trace"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Running, { trace }),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Level, {
						level: trace.level,
						text: problemsOf(trace)
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
						className: "trace-id mono faint clip",
						children: trace.id
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(CopyButton, {
						text: trace.id,
						label: "Copy trace id"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(ExportMenu, { trace }),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Verdict, {
						traceId: trace.id,
						observationId: null,
						scores
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Neighbours, { origin })
				]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Facts, { trace }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TraceLabels, { trace })
		]
	});
}
function problemsOf({ errorCount, warningCount }) {
	if (errorCount > 0) return plural(errorCount, "error");
	return warningCount > 0 ? plural(warningCount, "warning") : void 0;
}
function Facts({ trace }) {
	const tokens = `${count(trace.inputTokens)} in, ${count(trace.outputTokens)} out`;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("dl", {
		className: "facts",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
				name: "Started",
				value: moment(trace.timestamp),
				title: trace.timestamp
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Took, { trace }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
				name: "Tokens",
				value: compact(trace.totalTokens),
				title: tokens
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
				name: "Cost",
				value: cost(trace.totalCost)
			})
		]
	});
}
function Took({ trace }) {
	const progress = progressOf(trace);
	const now = useClock(progress === "running");
	if (progress === null) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
		name: "Duration",
		value: duration(trace.latencyMs)
	});
	const ms = progress === "running" ? Math.max(trace.latencyMs ?? 0, now - Date.parse(trace.timestamp)) : trace.latencyMs;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Fact, {
		name: "So far",
		value: duration(ms)
	});
}
/** The time, second by second while somebody wants to know. */
function useClock(wanted) {
	const [now, setNow] = (0, import_react.useState)(Date.now);
	(0, import_react.useEffect)(() => {
		if (!wanted) return;
		const timer = setInterval(() => setNow(Date.now()), 1e3);
		return () => clearInterval(timer);
	}, [wanted]);
	return now;
}
// src/trace/Ruler.tsx
/** The time axis above the bars. */
function Ruler({ zoom, costs, marks }) {
	const { axis, window, scale } = zoom;
	const places = Array.from({ length: marks }, (_, index) => index / (marks - 1));
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "tree-head",
		"aria-hidden": true,
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { children: "Name" }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "tree-number",
				children: costs ? "Cost" : "Tokens"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "tree-number",
				children: "Duration"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "ruler numeric",
				children: places.map((place) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { children: instant(axis.toMs(window.from + (window.to - window.from) * place) - scale.startMs) }, place))
			})
		]
	});
}
function instant(ms) {
	return Math.abs(ms) < 1e-6 ? "0" : duration(ms);
}
// src/ui/media.ts
function useMedia(query) {
	return (0, import_react.useSyncExternalStore)((changed) => {
		const media = window.matchMedia?.(query);
		media?.addEventListener("change", changed);
		return () => media?.removeEventListener("change", changed);
	}, () => window.matchMedia?.(query).matches ?? false);
}
var NARROW = "(max-width: 760px)";
/** Where the names of all pages do not fit beside each other; shell.css knows the same width. */
var PAGES_FOLDED = "(max-width: 980px)";
// src/trace/tree.ts
/** The observations as a forest in order of start; whatever has no reachable parent stands at the top. */
function treeOf(observations) {
	const nodes = new Map(observations.map((observation) => [observation.id, nodeOf(observation)]));
	const parentOf = (node) => nodes.get(node.observation.parentObservationId ?? "");
	const roots = [...nodes.values()].filter((node) => parentOf(node) === void 0);
	for (const node of nodes.values()) parentOf(node)?.children.push(node);
	const reached = /* @__PURE__ */ new Set();
	roots.forEach((root) => complete(root, reached));
	for (const node of nodes.values()) {
		if (reached.has(node)) continue;
		const siblings = parentOf(node)?.children;
		siblings?.splice(siblings.indexOf(node), 1);
		roots.push(node);
		complete(node, reached);
	}
	for (const root of roots) root.orphan = root.observation.parentObservationId !== null;
	return roots.sort(byStart);
}
function nodeOf(observation) {
	const { startTime, endTime, totalTokens, totalCost, level } = observation;
	return {
		observation,
		children: [],
		orphan: false,
		startMs: Date.parse(startTime),
		endMs: endTime === null ? null : Date.parse(endTime),
		totals: {
			tokens: totalTokens,
			cost: totalCost,
			errors: level === "ERROR" ? 1 : 0
		}
	};
}
/** Sorts and sums up what is below a root. Not recursive: a chain of thousands must not exhaust the stack. */
function complete(root, reached) {
	const order = [root];
	for (let index = 0; index < order.length; index++) {
		const node = order[index];
		reached.add(node);
		node.children.sort(byStart);
		for (const child of node.children) order.push(child);
	}
	for (const node of order.reverse()) for (const child of node.children) node.totals = sum(node.totals, child.totals);
}
function sum(left, right) {
	return {
		tokens: add(left.tokens, right.tokens),
		cost: add(left.cost, right.cost),
		errors: left.errors + right.errors
	};
}
function add(left, right) {
	return left === null ? right : right === null ? left : left + right;
}
function byStart(left, right) {
	return left.startMs - right.startMs || (left.observation.id < right.observation.id ? -1 : 1);
}
/** From the first start to the last end; what has not ended counts until now if it still runs, and else until its start. */
function extentOf(observations, now = null) {
	let startMs = Infinity;
	let endMs = -Infinity;
	for (const { startTime, endTime } of observations) {
		const start = Date.parse(startTime);
		startMs = Math.min(startMs, start);
		endMs = Math.max(endMs, endTime === null ? now ?? start : Date.parse(endTime), start);
	}
	return observations.length === 0 ? {
		startMs: 0,
		endMs: 0
	} : {
		startMs,
		endMs
	};
}
/** All nodes, level by level. */
function everyNode(roots) {
	const nodes = [...roots];
	for (let index = 0; index < nodes.length; index++) for (const child of nodes[index]?.children ?? []) nodes.push(child);
	return nodes;
}
/** All nodes in reading order. Not recursive, for the same reason as above. */
function inOrder(roots) {
	const order = [];
	const stack = [...roots].reverse();
	for (let node = stack.pop(); node; node = stack.pop()) {
		order.push(node);
		for (const child of [...node.children].reverse()) stack.push(child);
	}
	return order;
}
/** The way from a root down to an observation, itself included; empty when it is not there. */
function pathTo(roots, id) {
	const stack = roots.map((root) => [root]);
	for (let path = stack.pop(); path; path = stack.pop()) {
		const last = path.at(-1);
		if (last.observation.id === id) return path;
		for (const child of last.children) stack.push([...path, child]);
	}
	return [];
}
// src/trace/axis.ts
function linearAxis({ startMs, endMs }) {
	return {
		length: Math.max(endMs - startMs, 1),
		toUnits: (ms) => ms - startMs,
		toMs: (units) => startMs + units
	};
}
/** Where nothing but parents was open: they wait, or do something that nobody recorded. */
function gapsIn(roots, extent) {
	const busy = everyNode(roots).filter((node) => node.children.length === 0).map(({ startMs, endMs, observation }) => ({
		startMs,
		endMs: endMs ?? (observation.type === "EVENT" ? startMs : extent.endMs)
	}));
	const gaps = [];
	let reached = extent.startMs;
	for (const { startMs, endMs } of merged(busy)) {
		if (startMs > reached) gaps.push({
			startMs: reached,
			endMs: startMs
		});
		reached = Math.max(reached, endMs);
	}
	if (extent.endMs > reached) gaps.push({
		startMs: reached,
		endMs: extent.endMs
	});
	return gaps;
}
/** Overlapping intervals united, in order of start. */
function merged(intervals) {
	const result = [];
	for (const { startMs, endMs } of [...intervals].sort((left, right) => left.startMs - right.startMs)) {
		const last = result.at(-1);
		if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
		else result.push({
			startMs,
			endMs
		});
	}
	return result;
}
function idleShare(gaps, { startMs, endMs }) {
	return endMs <= startMs ? 0 : gaps.reduce((sum, gap) => sum + gap.endMs - gap.startMs, 0) / (endMs - startMs);
}
/** A gap keeps at most this part of the busy time. */
var GAP_KEEPS = .03;
/** The same instants with long gaps cut short. */
function compressedAxis(extent, gaps) {
	const busy = extent.endMs - extent.startMs - gaps.reduce((sum, gap) => sum + gap.endMs - gap.startMs, 0);
	const most = Math.max(busy * GAP_KEEPS, 1);
	const points = [{
		ms: extent.startMs,
		units: 0
	}];
	const walkTo = (ms, limit) => {
		const last = points.at(-1) ?? {
			ms: extent.startMs,
			units: 0
		};
		if (ms > last.ms) points.push({
			ms,
			units: last.units + Math.min(ms - last.ms, limit)
		});
	};
	for (const gap of gaps) {
		walkTo(gap.startMs, Infinity);
		walkTo(gap.endMs, most);
	}
	walkTo(extent.endMs, Infinity);
	return {
		length: Math.max(points.at(-1)?.units ?? 0, 1),
		toUnits: (ms) => between(points, ms, "ms", "units"),
		toMs: (units) => between(points, units, "units", "ms")
	};
}
/** Linear between the two points around a value; found by halving, since bars ask thousands of times. */
function between(points, value, from, to) {
	let low = 0;
	let high = points.length - 1;
	while (high - low > 1) {
		const middle = low + high >> 1;
		if (points[middle][from] <= value) low = middle;
		else high = middle;
	}
	const left = points[low];
	const right = points[high];
	if (right[from] === left[from]) return left[to];
	return left[to] + (value - left[from]) / (right[from] - left[from]) * (right[to] - left[to]);
}
// src/trace/selfTime.ts
/** The time that is an observation's own: its duration without that during which a child ran. Null while it is open. */
function selfMs({ startMs, endMs, children, observation }) {
	if (endMs === null || observation.type === "EVENT") return null;
	const covered = merged(children.map((child) => ({
		startMs: Math.min(Math.max(child.startMs, startMs), endMs),
		endMs: Math.max(startMs, Math.min(child.endMs ?? endMs, endMs))
	})));
	return Math.max(0, endMs - startMs - covered.reduce((sum, interval) => sum + Math.max(0, interval.endMs - interval.startMs), 0));
}
// src/trace/steps.ts
var COLUMNS = [
	"name",
	"start",
	"time",
	"self",
	"tokens",
	"cost"
];
function stepsIn(roots) {
	return inOrder(roots).map((node) => {
		const { observation, startMs, endMs } = node;
		const event = observation.type === "EVENT";
		return {
			node,
			name: stepName(observation),
			start: startMs,
			time: event ? null : observation.latencyMs ?? (endMs === null ? null : endMs - startMs),
			self: selfMs(node),
			tokens: observation.totalTokens,
			cost: observation.totalCost
		};
	});
}
/** Equal values keep the order of the tree; what is not known comes last, whichever way. */
function sorted(steps, { column, descending }) {
	return [...steps].sort((left, right) => {
		const [a, b] = [left[column], right[column]];
		if (a === b) return 0;
		if (a === null || b === null) return a === null ? 1 : -1;
		return (a < b ? -1 : 1) * (descending ? -1 : 1);
	});
}
/** "-self" is self time, most first; what the address says wrongly is the order of start. */
function sortOf(text) {
	const descending = text?.startsWith("-") ?? false;
	const column = COLUMNS.find((known) => known === text?.replace(/^-/, ""));
	return column ? {
		column,
		descending
	} : {
		column: "start",
		descending: false
	};
}
/** What a click on a column's head asks for: figures start with the most, names and times with the first. */
function clicked(sort, column) {
	return `${(sort.column === column ? !sort.descending : column !== "name" && column !== "start") ? "-" : ""}${column}`;
}
// src/trace/StepHead.tsx
var titles$1 = {
	name: "Name",
	start: "Start",
	time: "Duration",
	self: "Self",
	tokens: "Tokens",
	cost: "Cost"
};
function StepHead({ sort, onSort }) {
	const Arrow = sort.descending ? ArrowDown : ArrowUp;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		role: "rowgroup",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
			role: "row",
			className: "step-head",
			"aria-rowindex": 1,
			children: COLUMNS.map((column) => {
				const current = column === sort.column;
				return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					role: "columnheader",
					"data-column": column,
					"aria-sort": current ? sort.descending ? "descending" : "ascending" : "none",
					children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
						type: "button",
						title: column === "self" ? "Time during which no child ran" : void 0,
						onClick: () => onSort(column),
						children: [titles$1[column], current && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Arrow, {
							size: 11,
							"aria-hidden": true
						})]
					})
				}, column);
			})
		})
	});
}
// src/trace/StepRow.tsx
function StepRow({ step, index, startMs, selected, warm, top, height, onSelect }) {
	const { observation } = step.node;
	const heatOf = (measure) => warm?.measure === measure ? warm.heat : void 0;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		role: "row",
		className: "step-row",
		"aria-rowindex": index + 2,
		"aria-current": selected || void 0,
		"data-level": observation.level,
		"data-type": observation.type,
		style: {
			transform: `translateY(${top}px)`,
			height
		},
		onClick: () => onSelect(observation.id),
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
				role: "cell",
				className: "step-name",
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TypeIcon, { type: observation.type }),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
						type: "button",
						className: "clip",
						children: step.name
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Level, { level: observation.level })
				]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Number$1, {
				column: "start",
				children: duration(step.start - startMs)
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Number$1, {
				column: "time",
				children: step.time === null ? "" : duration(step.time)
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Number$1, {
				column: "self",
				heat: heatOf("time"),
				children: step.self === null ? "" : duration(step.self)
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Number$1, {
				column: "tokens",
				heat: heatOf("tokens"),
				children: step.tokens === null ? "" : compact(step.tokens)
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Number$1, {
				column: "cost",
				heat: heatOf("cost"),
				children: step.cost === null ? "" : cost(step.cost)
			})
		]
	});
}
function Number$1({ column, heat, children }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		role: "cell",
		className: "tree-number numeric",
		"data-column": column,
		"data-heat": heat,
		children
	});
}
// src/trace/StepTable.tsx
/** Every step of the trace in one flat list, sorted by whatever its reader is after. */
function StepTable({ roots, extent, selectedId, onSelect, heat, measure }) {
	const [wantedSort, setSort] = useParam("sort");
	const sort = sortOf(wantedSort);
	const steps = (0, import_react.useMemo)(() => stepsIn(roots), [roots]);
	const rows = (0, import_react.useMemo)(() => sorted(steps, sortOf(wantedSort)), [steps, wantedSort]);
	const scroller = (0, import_react.useRef)(null);
	const height = useMedia("(max-width: 760px)") ? 44 : 30;
	const virtual = useVirtualizer({
		count: rows.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => height,
		getItemKey: (index) => rows[index]?.node.observation.id ?? index,
		overscan: 20
	});
	(0, import_react.useEffect)(() => virtual.measure(), [virtual, height]);
	const at = rows.findIndex(({ node }) => node.observation.id === selectedId);
	(0, import_react.useEffect)(() => {
		if (at >= 0) virtual.scrollToIndex(at);
	}, [at, virtual]);
	const move = (by) => onSelect(rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.node.observation.id ?? null);
	useKeys({
		j: () => move(1),
		k: () => move(-1),
		ArrowDown: () => move(1),
		ArrowUp: () => move(-1)
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "step-table",
		role: "table",
		"aria-label": "All steps",
		"aria-rowcount": rows.length + 1,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(StepHead, {
			sort,
			onSort: (column) => setSort(clicked(sort, column))
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
			className: "tree",
			role: "rowgroup",
			ref: scroller,
			tabIndex: 0,
			"aria-label": "Steps",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
				role: "presentation",
				style: {
					height: virtual.getTotalSize(),
					position: "relative"
				},
				children: virtual.getVirtualItems().map(({ index, start, key }) => {
					const step = rows[index];
					return step && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(StepRow, {
						step,
						index,
						startMs: extent.startMs,
						selected: index === at,
						warm: heat === null || measure === null ? null : {
							measure,
							heat: heat([step.node])
						},
						top: start,
						height,
						onSelect
					}, key);
				})
			})
		})]
	});
}
// src/scores/ScoreChips.tsx
/** What the scores of a trace say, in the room of a row. */
function ScoreChips({ scores, most = 3 }) {
	if (scores.length === 0) return null;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "score-chips",
		children: [scores.slice(0, most).map((score) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ScoreChip, { score }, score.name)), scores.length > most && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
			className: "faint",
			children: ["+", scores.length - most]
		})]
	});
}
function ScoreChip({ score }) {
	const text = scoreText(score);
	const title = `${score.name}: ${text}${score.count > 1 ? ` (${score.count} scores)` : ""}`;
	const mood = moodOf(score);
	if (score.name === "thumbs" && mood !== null) return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "score-chip",
		"data-mood": mood,
		title,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(mood === "good" ? ThumbsUp : ThumbsDown, {
			size: 12,
			"aria-hidden": true
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
			className: "visually-hidden",
			children: title
		})]
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "score-chip",
		"data-mood": mood ?? void 0,
		title,
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "clip",
				children: score.name
			}),
			" ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("b", {
				className: "numeric clip",
				children: text
			})
		]
	});
}
// src/trace/Bars.tsx
/** More bars than this in one folded row would only paint over each other. */
var DRAWN = 120;
/** Where in the shown time the observations of a row lie; a tick marks the first token. */
function Bars({ nodes, scale, running }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "bars",
		"aria-hidden": true,
		children: nodes.slice(0, DRAWN).map((node) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Bar, {
			node,
			scale,
			running
		}, node.observation.id))
	});
}
function Bar({ node: { observation, startMs, endMs }, scale, running }) {
	const event = observation.type === "EVENT";
	const open = endMs === null && !event && running;
	const end = endMs ?? (open ? scale.endMs : startMs);
	const left = scale.share(startMs);
	const right = scale.share(end);
	if (right < 0 || left > 100) return null;
	const firstToken = observation.completionStartTime === null ? null : Date.parse(observation.completionStartTime);
	const from = Math.max(left, -1);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "bar",
		"data-open": open,
		"data-event": event,
		style: {
			left: `${from}%`,
			width: `${Math.max(0, Math.min(right, 101) - from)}%`,
			"--at": event ? from / 100 : void 0
		}
	}), firstToken !== null && end > startMs && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "first-token",
		title: `First token after ${duration(firstToken - startMs)}`,
		style: { left: `${Math.min(right, scale.share(firstToken))}%` }
	})] });
}
// src/trace/figures.ts
var severity = [
	"DEBUG",
	"DEFAULT",
	"WARNING",
	"ERROR"
];
function figuresOf({ nodes }) {
	const [first] = nodes;
	const own = nodes.length === 1 && first.observation.totalTokens !== null;
	return {
		tokens: own ? first.observation.totalTokens : total(nodes, "tokens"),
		cost: own ? first.observation.totalCost : total(nodes, "cost"),
		summed: !own,
		latencyMs: nodes.length === 1 ? latency(first) : spread(nodes),
		level: nodes.map((node) => node.observation.level).reduce((left, right) => severity.indexOf(right) > severity.indexOf(left) ? right : left)
	};
}
function total(nodes, key) {
	const values = nodes.map((node) => node.totals[key]).filter((value) => value !== null);
	return values.length === 0 ? null : values.reduce((left, right) => left + right, 0);
}
function latency({ observation, startMs, endMs }) {
	return observation.latencyMs ?? (endMs === null ? null : endMs - startMs);
}
/** From the first start to the last end of a folded run. */
function spread(nodes) {
	const ends = nodes.flatMap((node) => node.endMs === null ? [] : [node.endMs]);
	return ends.length === 0 ? null : Math.max(...ends) - Math.min(...nodes.map((node) => node.startMs));
}
/** What a screen reader says: "retrieve, retriever, 420 ms, starts at 1.20 s, error: timeout". */
function describe$1(row, extent) {
	const { observation, startMs, orphan } = row.nodes[0];
	const { latencyMs, tokens, level } = figuresOf(row);
	const name = stepName(observation);
	return [
		row.folded ? `${name}, ${row.nodes.length} times` : name,
		observation.type.toLowerCase(),
		latencyMs === null ? null : duration(latencyMs),
		`starts at ${duration(startMs - extent.startMs)}`,
		tokens === null ? null : `${tokens} tokens`,
		level === "ERROR" ? "error" : level === "WARNING" ? "warning" : null,
		orphan ? "parent missing" : null
	].filter((part) => part !== null).join(", ");
}
// src/trace/TreeItem.tsx
/** What is deeper than this is not moved further to the right, but numbered: its name would have no room. */
var DEEPEST$1 = 9;
var DEEPEST_BESIDE_BARS = 4;
var TreeItem = (0, import_react.memo)(function TreeItem({ row, scale, running, selected, focusable, top, height, heat, measure, scores, ...on }) {
	const { observation } = row.nodes[0];
	const figures = figuresOf(row);
	const warmth = heat?.(row.nodes);
	const judged = row.nodes.flatMap((node) => scores.get(node.observation.id) ?? []);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		role: "treeitem",
		className: "tree-item",
		"aria-level": row.depth + 1,
		"aria-posinset": row.position,
		"aria-setsize": row.setSize,
		"aria-expanded": row.expanded ?? void 0,
		"aria-selected": selected,
		"aria-label": describe$1(row, scale),
		tabIndex: focusable ? 0 : -1,
		"data-level": figures.level,
		"data-type": observation.type,
		style: {
			transform: `translateY(${top}px)`,
			height
		},
		onClick: () => on.onActivate(row),
		onDoubleClick: on.onFit,
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
				className: "tree-name",
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Depth, {
						depth: row.depth,
						most: on.onFit ? DEEPEST_BESIDE_BARS : DEEPEST$1
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Toggle, {
						row,
						onToggle: on.onToggle
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TypeIcon, { type: observation.type }),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
						className: "clip",
						children: stepName(observation)
					}),
					row.folded && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
						className: "times numeric",
						children: ["×", row.nodes.length]
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Marks, {
						row,
						level: figures.level
					}),
					judged.length > 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ScoreChips, {
						scores: summariesOf(judged),
						most: 2
					})
				]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Amount, {
				figures,
				measure,
				warmth: measure === "time" ? void 0 : warmth
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "tree-number numeric",
				"data-heat": measure === "time" ? warmth : void 0,
				children: observation.type === "EVENT" ? "" : duration(figures.latencyMs)
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Bars, {
				nodes: row.nodes,
				scale,
				running
			})
		]
	});
});
/** How far below its root a step is. */
function Depth({ depth, most }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "tree-guides",
		style: { width: Math.min(depth, most) * 16 }
	}), depth > most && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "tree-depth numeric",
		title: `${depth} levels below the root`,
		children: depth
	})] });
}
/** Tokens, or the cost where the reader looks for that. */
function Amount({ figures: { tokens, cost: dollars, summed }, measure, warmth }) {
	const [value, text, other] = measure === "cost" ? [
		dollars,
		cost(dollars),
		compact(tokens)
	] : [
		tokens,
		compact(tokens),
		cost(dollars)
	];
	const title = summed ? `Sum of what is below${other === "–" ? "" : `: ${text}, ${other}`}` : other;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "tree-number numeric",
		title,
		"data-summed": summed,
		"data-heat": warmth,
		children: value === null ? "" : `${summed ? "Σ " : ""}${text}`
	});
}
function Toggle({ row, onToggle }) {
	if (row.expanded === null) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { className: "tree-toggle" });
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		className: "tree-toggle",
		"data-expanded": row.expanded,
		"aria-hidden": true,
		onClick: (event) => {
			event.stopPropagation();
			onToggle(row);
		},
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ChevronRight, { size: 13 })
	});
}
function Marks({ row, level }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [
		level === "ERROR" && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
			className: "tree-mark",
			"data-level": "ERROR",
			children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(CircleExclamationPoint, {
				size: 13,
				"aria-hidden": true
			}), " error"]
		}),
		level === "WARNING" && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
			className: "tree-mark",
			"data-level": "WARNING",
			children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TriangleExclamationPoint, {
				size: 13,
				"aria-hidden": true
			}), " warning"]
		}),
		row.nodes[0].orphan && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
			className: "tree-orphan",
			title: "Its parent has not arrived",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Unlink, {
				size: 12,
				"aria-hidden": true
			})
		})
	] });
}
// src/trace/treeKeys.ts
/** The keyboard of an ARIA tree, from the row at `at`. */
function stepsOf(state, at) {
	const { rows } = state;
	const row = rows[at];
	const goTo = (index) => {
		const target = rows[Math.min(rows.length - 1, Math.max(0, index))];
		if (target) state.focus(target);
	};
	return {
		ArrowDown: () => goTo(at + 1),
		ArrowUp: () => goTo(at - 1),
		Home: () => goTo(0),
		End: () => goTo(rows.length - 1),
		ArrowRight: () => {
			if (row?.expanded === false) state.toggle(row);
			else if (row?.expanded) goTo(at + 1);
		},
		ArrowLeft: () => {
			if (row?.expanded) state.toggle(row);
			else if (row?.parentKey) goTo(rows.findIndex(({ key }) => key === row.parentKey));
		},
		Enter: () => row && state.activate(row),
		" ": () => row && state.activate(row)
	};
}
// src/trace/TreeList.tsx
/** Below this many rows all are drawn, so that the browser's own search finds them. */
var VIRTUAL_FROM = 200;
function TreeList({ state, scale, running, selectedId, heat, measure, scores, onFit }) {
	const { rows, focusKey } = state;
	const scroller = (0, import_react.useRef)(null);
	const height = useMedia("(max-width: 760px)") ? 44 : 30;
	const virtual = useVirtualizer({
		count: rows.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => height,
		getItemKey: (index) => rows[index]?.key ?? index,
		overscan: rows.length < VIRTUAL_FROM ? VIRTUAL_FROM : 20
	});
	(0, import_react.useEffect)(() => virtual.measure(), [virtual, height]);
	const at = rows.findIndex((row) => row.key === focusKey);
	useFocusFollows(scroller, at, (index) => virtual.scrollToIndex(index));
	const steps = stepsOf(state, at);
	useKeys({
		j: () => steps.ArrowDown?.(),
		k: () => steps.ArrowUp?.(),
		"*": state.openAll
	});
	const onKeyDown = (event) => {
		const step = Object.hasOwn(steps, event.key) ? steps[event.key] : void 0;
		if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
		event.preventDefault();
		step();
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "tree",
		ref: scroller,
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
			role: "tree",
			"aria-label": "Trace tree",
			style: {
				height: virtual.getTotalSize(),
				position: "relative"
			},
			onKeyDown,
			children: virtual.getVirtualItems().map(({ index, start, key }) => {
				const row = rows[index];
				return row && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(TreeItem, {
					row,
					scale,
					heat,
					measure,
					scores,
					running,
					selected: !row.folded && row.key === selectedId,
					focusable: row.key === focusKey,
					top: start,
					height,
					onActivate: state.activate,
					onToggle: state.toggle,
					onFit: onFit && (() => fit(row, scale, onFit))
				}, key);
			})
		})
	});
}
function fit({ nodes }, scale, onFit) {
	onFit(Math.min(...nodes.map((node) => node.startMs)), Math.max(...nodes.map((node) => node.endMs ?? scale.endMs)));
}
/** Scrolls to the current row; takes the focus along only when the tree already has it. */
function useFocusFollows(scroller, at, reveal) {
	const latest = (0, import_react.useRef)(reveal);
	(0, import_react.useEffect)(() => {
		latest.current = reveal;
	});
	(0, import_react.useEffect)(() => {
		if (at < 0) return;
		latest.current(at);
		const tree = scroller.current;
		if (!tree?.contains(document.activeElement)) return;
		requestAnimationFrame(() => tree.querySelector("[role=treeitem][tabindex=\"0\"]")?.focus());
	}, [at, scroller]);
}
// src/trace/PaneBody.tsx
/** The steps of a trace, in the way that the reader has chosen. */
function PaneBody({ pane, roots, running, selectedId, onSelect, heat, measure, scores, state, zoom }) {
	if (roots.length === 0) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
		className: "no-steps soft",
		children: "No observation of this trace has arrived."
	});
	if (pane === "graph") return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(import_react.Suspense, {
		fallback: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the graph" }),
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(FlowGraph, {
			roots,
			selectedId,
			onSelect
		})
	});
	if (pane === "table") return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(StepTable, {
		roots,
		extent: zoom.scale,
		selectedId,
		onSelect,
		heat,
		measure
	});
	const timeline = pane === "timeline";
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Ruler, {
		zoom,
		costs: measure === "cost",
		marks: timeline ? 5 : 3
	}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(TreeList, {
		state,
		scale: zoom.scale,
		running,
		selectedId,
		heat,
		measure,
		scores,
		onFit: timeline ? zoom.fit : void 0
	})] });
}
// src/ui/Segments.tsx
/** A few ways to show the same thing, side by side; one of them is pressed. */
function Segments({ label, options, titles, selected, onSelect }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "segments",
		role: "group",
		"aria-label": label,
		children: options.map((option) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			type: "button",
			"aria-pressed": option === selected,
			onClick: () => onSelect(option),
			children: titles?.[option] ?? option.slice(0, 1).toUpperCase() + option.slice(1)
		}, option))
	});
}
// src/trace/heat.ts
var MEASURES = [
	"time",
	"tokens",
	"cost"
];
var STEPS = [
	.08,
	.25,
	.5,
	.75
];
/**
* Heat by what each observation took itself, against the one that took most. What is below it does not count: else the
* root would always be the hottest, and nobody needs to be told that.
*/
function heatOf(roots, measure) {
	const most = everyNode(roots).reduce((most, node) => Math.max(most, own(node, measure)), 0);
	return (nodes) => {
		const share = most === 0 ? 0 : nodes.reduce((sum, node) => sum + own(node, measure), 0) / most;
		return STEPS.filter((step) => share >= step).length;
	};
}
function own(node, measure) {
	if (measure === "time") return selfMs(node) ?? 0;
	return (measure === "tokens" ? node.observation.totalTokens : node.observation.totalCost) ?? 0;
}
function measureOf(value) {
	return MEASURES.find((measure) => measure === value) ?? null;
}
// src/trace/PaneTools.tsx
var PANES = [
	"tree",
	"timeline",
	"table",
	"graph"
];
function PaneTools({ pane, onPane, heat, onHeat, count, errors, state }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "tree-tools",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Segments, {
				label: "Show as",
				options: PANES,
				selected: pane,
				onSelect: onPane
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "faint clip",
				children: plural(count, "observation")
			}),
			errors > 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
				type: "button",
				className: "tree-errors",
				title: "Next error (e)",
				onClick: state.nextError,
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(CircleExclamationPoint, {
						size: 12,
						"aria-hidden": true
					}),
					" ",
					plural(errors, "error")
				]
			}),
			pane !== "graph" && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(HeatChoice, {
				heat,
				onHeat
			}),
			(pane === "tree" || pane === "timeline") && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(OpenClose, { state })
		]
	});
}
function HeatChoice({ heat, onHeat }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("label", {
		className: "heat-choice",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
			className: "visually-hidden",
			children: "Heat"
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("select", {
			value: heat ?? "",
			title: "Colour what took most itself",
			onChange: (event) => onHeat(measureOf(event.target.value)),
			children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("option", {
				value: "",
				children: "no heat"
			}), MEASURES.map((measure) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("option", {
				value: measure,
				children: ["heat: ", measure]
			}, measure))]
		})]
	});
}
function OpenClose({ state }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
		type: "button",
		className: "icon-button",
		"aria-label": "Open all",
		title: "Open all (*)",
		onClick: state.openAll,
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ChevronsUpDown, {
			size: 14,
			"aria-hidden": true
		})
	}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
		type: "button",
		className: "icon-button",
		"aria-label": "Close all",
		title: "Close all",
		onClick: state.closeAll,
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ChevronsDownUp, {
			size: 14,
			"aria-hidden": true
		})
	})] });
}
// src/trace/TimelineTools.tsx
/** From which idle part on shortening is worth offering. */
var WORTH = .3;
var STEP = .6;
var PAN = .25;
function TimelineTools({ zoom, selected, compress, onCompress }) {
	const { axis, window, idle } = zoom;
	const touch = useMedia("(pointer: coarse)");
	const around = selected === null ? .5 : middleOf(selected, zoom);
	const zoomIn = () => zoom.by(STEP, around);
	const zoomOut = () => zoom.by(1 / STEP, around);
	useKeys({
		"+": zoomIn,
		"=": zoomIn,
		"-": zoomOut,
		"0": zoom.reset,
		"<": () => zoom.pan(-.25),
		">": () => zoom.pan(PAN),
		f: () => selected && zoom.fit(selected.startMs, selected.endMs ?? zoom.scale.endMs)
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "timeline-tools",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "faint numeric clip",
				role: "status",
				children: zoom.zoomed ? `${duration(axis.toMs(window.to) - axis.toMs(window.from))} shown` : `Double-${touch ? "tap" : "click"} a step to fit it`
			}),
			idle >= WORTH && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
				type: "button",
				className: "chip",
				"aria-pressed": compress,
				title: "Cut the time short in which no step ran",
				onClick: () => onCompress(!compress),
				children: [
					"idle ",
					Math.min(99, Math.round(idle * 100)),
					" % · ",
					compress ? "compressed" : "compress"
				]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
				type: "button",
				className: "icon-button",
				"aria-label": "Zoom out",
				title: "Zoom out (-)",
				disabled: !zoom.zoomed,
				onClick: zoomOut,
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ZoomOut, {
					size: 14,
					"aria-hidden": true
				})
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
				type: "button",
				className: "icon-button",
				"aria-label": "Zoom in",
				title: "Zoom in (+)",
				onClick: zoomIn,
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ZoomIn, {
					size: 14,
					"aria-hidden": true
				})
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
				type: "button",
				className: "icon-button",
				"aria-label": "Show all of the time",
				title: "Show all (0)",
				disabled: !zoom.zoomed,
				onClick: zoom.reset,
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(RotateCcw, {
					size: 13,
					"aria-hidden": true
				})
			})
		]
	});
}
/** Where in the shown part the selected step lies, so that zooming keeps it in view. */
function middleOf({ startMs, endMs }, { scale }) {
	const middle = (scale.share(startMs) + scale.share(endMs ?? startMs)) / 200;
	return Math.min(1, Math.max(0, middle));
}
// src/trace/stepScores.ts
function scoresByStep(scores) {
	const byStep = /* @__PURE__ */ new Map();
	for (const score of scores) {
		if (score.observationId === null) continue;
		const known = byStep.get(score.observationId);
		if (known) known.push(score);
		else byStep.set(score.observationId, [score]);
	}
	return byStep;
}
// src/trace/rows.ts
/** From how many alike neighbours on a run is folded into one row. */
var FOLD_FROM = 4;
function keyOf(nodes) {
	const id = nodes[0]?.observation.id ?? "";
	return nodes.length > 1 ? `fold:${id}` : id;
}
/** The visible rows from top to bottom: observations open by default, runs of alike siblings closed. */
function rowsOf(roots, toggled) {
	const rows = [];
	const stack = [{
		level: {
			runs: runsOf(roots),
			depth: 0,
			parentKey: null
		},
		next: 0
	}];
	for (let top = stack.at(-1); top; top = stack.at(-1)) {
		const nodes = top.level.runs[top.next];
		if (!nodes) {
			stack.pop();
			continue;
		}
		top.next++;
		const row = rowOf(nodes, top.level, top.next, toggled);
		rows.push(row);
		if (row.expanded) stack.push({
			level: below(row),
			next: 0
		});
	}
	return rows;
}
function rowOf(nodes, level, position, toggled) {
	const key = keyOf(nodes);
	const folded = nodes.length > 1;
	const expandable = folded || nodes[0].children.length > 0;
	return {
		key,
		nodes,
		folded,
		depth: level.depth,
		position,
		setSize: level.runs.length,
		expanded: expandable ? toggled.has(key) === folded : null,
		parentKey: level.parentKey
	};
}
function below(row) {
	return {
		runs: row.folded ? row.nodes.map((node) => [node]) : runsOf(row.nodes[0].children),
		depth: row.depth + 1,
		parentKey: row.key
	};
}
function runsOf(siblings) {
	const runs = [];
	for (const node of siblings) {
		const last = runs.at(-1);
		if (last && alike(last[0], node)) last.push(node);
		else runs.push([node]);
	}
	return runs.flatMap((run) => run.length >= FOLD_FROM ? [run] : run.map((node) => [node]));
}
function alike(left, right) {
	return left.observation.name === right.observation.name && left.observation.type === right.observation.type;
}
/** The toggles with which an observation is visible: every closed row above it opened. */
function revealing(roots, path, toggled) {
	const result = new Set(toggled);
	let siblings = roots;
	path.forEach((node, index) => {
		const run = runsOf(siblings).find((nodes) => nodes.includes(node));
		if (run && run.length > 1) result.add(keyOf(run));
		if (index < path.length - 1) result.delete(node.observation.id);
		siblings = node.children;
	});
	return result;
}
// src/trace/useTreeState.ts
function useTreeState(roots, selectedId, select) {
	const [toggled, setToggled] = (0, import_react.useState)(/* @__PURE__ */ new Set());
	const [focusKey, setFocusKey] = (0, import_react.useState)(null);
	const rows = (0, import_react.useMemo)(() => rowsOf(roots, toggled), [roots, toggled]);
	const known = rows.some((row) => row.key === focusKey);
	const toggle = (row) => {
		if (row.expanded === null) return;
		const next = new Set(toggled);
		if (!next.delete(row.key)) next.add(row.key);
		setToggled(next);
	};
	const focus = (row) => {
		setFocusKey(row.key);
		if (!row.folded) select(row.nodes[0].observation.id);
	};
	const reveal = (0, import_react.useCallback)((id) => {
		const path = pathTo(roots, id);
		if (path.length === 0) return;
		setFocusKey(id);
		setToggled((current) => {
			const next = revealing(roots, path, current);
			return next.size === current.size && [...next].every((key) => current.has(key)) ? current : next;
		});
	}, [roots]);
	return {
		rows,
		focusKey: known ? focusKey : rows[0]?.key ?? null,
		focus,
		toggle,
		activate: (row) => {
			focus(row);
			if (row.folded) toggle(row);
		},
		openAll: () => setToggled(new Set(everyRun(roots).filter((key) => key.startsWith("fold:")))),
		closeAll: () => setToggled(new Set(everyRun(roots).filter((key) => !key.startsWith("fold:")))),
		reveal,
		nextError: () => {
			const id = errorAfter(roots, selectedId);
			if (id !== null) select(id);
		}
	};
}
/** Keys of everything that can be opened, and of every run that could be folded. */
function everyRun(roots) {
	return rowsOf(roots, new Set(everyNode(roots).map((node) => `fold:${keyOf([node])}`))).flatMap((row) => row.expanded === null ? [] : [row.key]);
}
/** The next observation with an error in reading order, around the corner if need be. */
function errorAfter(roots, selectedId) {
	const order = inOrder(roots);
	const at = order.findIndex((node) => node.observation.id === selectedId);
	return [...order.slice(at + 1), ...order.slice(0, at + 1)].filter((node) => node.observation.level === "ERROR")[0]?.observation.id ?? null;
}
// src/trace/useWheelZoom.ts
/** The wheel over the bars: with Ctrl (or a pinch) it zooms around the pointer, sideways or with Shift it moves. */
function useWheelZoom(element, zoom, enabled) {
	const latest = (0, import_react.useRef)(zoom);
	(0, import_react.useEffect)(() => {
		latest.current = zoom;
	});
	(0, import_react.useEffect)(() => {
		const target = element.current;
		if (!target || !enabled) return;
		const onWheel = (event) => {
			const bars = target.querySelector(".bars")?.getBoundingClientRect();
			if (!bars || bars.width === 0) return;
			const sideways = event.shiftKey ? event.deltaY || event.deltaX : Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : 0;
			if (event.ctrlKey || event.metaKey) {
				const around = Math.min(1, Math.max(0, (event.clientX - bars.left) / bars.width));
				latest.current.by(Math.exp(event.deltaY / 300), around);
			} else if (sideways !== 0 && latest.current.zoomed) latest.current.pan(sideways / bars.width);
			else return;
			event.preventDefault();
		};
		target.addEventListener("wheel", onWheel, { passive: false });
		return () => target.removeEventListener("wheel", onWheel);
	}, [element, enabled]);
}
// src/trace/scale.ts
function scaleOf(extent, axis, { from, to }) {
	return {
		...extent,
		share: (ms) => (axis.toUnits(ms) - from) / (to - from) * 100
	};
}
function wholeOf(axis) {
	return {
		from: 0,
		to: axis.length
	};
}
/** Nobody needs to see less than this part of a trace. */
var DEEPEST = 1e-5;
/** Scaled by a factor around a point (0 is the left edge, 1 the right), never past the ends. */
function zoomed({ from, to }, factor, around, axis) {
	const length = Math.min(axis.length, Math.max((to - from) * factor, axis.length * DEEPEST));
	return within(from + (to - from) * around - length * around, length, axis);
}
/** Moved by a part of its own length. */
function panned({ from, to }, by, axis) {
	return within(from + (to - from) * by, to - from, axis);
}
var MARGIN = .04;
/** The window in which a span fills the width, but for a margin. */
function fitted(startMs, endMs, axis) {
	const from = axis.toUnits(startMs);
	const length = Math.max(axis.toUnits(endMs) - from, axis.length * DEEPEST);
	return within(from - length * MARGIN, Math.min(axis.length, length * 1.08), axis);
}
function within(from, length, axis) {
	const start = Math.min(Math.max(0, from), axis.length - length);
	return {
		from: start,
		to: start + length
	};
}
// src/trace/useZoom.ts
/** Which part of the time axis is shown. A trace that grows keeps the window that its reader chose. */
function useZoom(gaps, extent, compress) {
	const [chosen, setChosen] = (0, import_react.useState)(null);
	const axis = (0, import_react.useMemo)(() => compress ? compressedAxis(extent, gaps) : linearAxis(extent), [
		compress,
		extent,
		gaps
	]);
	const window = (0, import_react.useMemo)(() => chosen?.compress === compress ? chosen.window : wholeOf(axis), [
		chosen,
		compress,
		axis
	]);
	const scale = (0, import_react.useMemo)(() => scaleOf(extent, axis, window), [
		extent,
		axis,
		window
	]);
	const choose = (next) => setChosen(next.to - next.from >= axis.length ? null : {
		window: next,
		compress
	});
	return {
		scale,
		axis,
		window,
		zoomed: window.to - window.from < axis.length,
		idle: idleShare(gaps, extent),
		fit: (startMs, endMs) => choose(fitted(startMs, endMs, axis)),
		by: (factor, around = .5) => choose(zoomed(window, factor, around, axis)),
		pan: (by) => choose(panned(window, by, axis)),
		reset: () => setChosen(null)
	};
}
// src/trace/TraceTree.tsx
/** More than this the server does not send at once. */
var MOST_SENT = 1e5;
/** The steps of a trace: as a tree, along the time, as a flat table, or as a graph. */
function TraceTree({ roots, observations, scores, total, running, live, selectedId, onSelect, children }) {
	const [wantedPane, setPane] = useParam("pane");
	const [wantedHeat, setHeat] = useParam("heat");
	const [wantedCompress, setCompress] = useParam("compress");
	const pane = PANES.find((known) => known === wantedPane) ?? "tree";
	const timeline = pane === "timeline";
	const compress = timeline && wantedCompress === "1";
	const measure = measureOf(wantedHeat);
	const extent = (0, import_react.useMemo)(() => extentOf(observations, live ? Date.now() : null), [observations, live]);
	const heat = (0, import_react.useMemo)(() => measure === null ? null : heatOf(roots, measure), [roots, measure]);
	const selected = (0, import_react.useMemo)(() => everyNode(roots).find((node) => node.observation.id === selectedId) ?? null, [roots, selectedId]);
	const byStep = (0, import_react.useMemo)(() => scoresByStep(scores), [scores]);
	const state = useTreeState(roots, selectedId, onSelect);
	const gaps = (0, import_react.useMemo)(() => gapsIn(roots, extent), [roots, extent]);
	const zoom = useZoom(gaps, extent, compress);
	const whole = useZoom(gaps, extent, false);
	const body = (0, import_react.useRef)(null);
	useWheelZoom(body, zoom, timeline);
	useKeys({ e: state.nextError });
	const { reveal } = state;
	(0, import_react.useEffect)(() => {
		if (selectedId !== null) reveal(selectedId);
	}, [selectedId, reveal]);
	const errors = observations.filter((observation) => observation.level === "ERROR").length;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("section", {
		className: "tree-pane",
		"data-pane": pane,
		"aria-label": "Observations",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(PaneTools, {
				pane,
				onPane: (next) => setPane(next === "tree" ? null : next),
				heat: measure,
				onHeat: setHeat,
				count: observations.length,
				errors,
				state
			}),
			observations.length >= MOST_SENT && total > observations.length && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
				className: "status-message",
				"data-level": "WARNING",
				role: "note",
				children: [
					"The first ",
					count(observations.length),
					" of ",
					count(total),
					" steps are shown. The public API pages through all of them."
				]
			}),
			timeline && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(TimelineTools, {
				zoom,
				selected,
				compress,
				onCompress: (on) => setCompress(on ? "1" : null)
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
				className: "tree-body",
				ref: body,
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(PaneBody, {
					pane,
					roots,
					running,
					selectedId,
					onSelect,
					heat,
					measure,
					scores: byStep,
					state,
					zoom: timeline ? zoom : whole
				})
			}),
			children
		]
	});
}
// src/trace/unchanged.ts
/** Whatever can happen to a trace shows in one of these. */
var TELLING = [
	"observationCount",
	"errorCount",
	"warningCount",
	"latencyMs",
	"totalTokens",
	"totalCost",
	"running",
	"name",
	"userId",
	"sessionId",
	"inputPreview",
	"outputPreview"
];
/** Whether a trace is still what it was: asked with one row, because all of a large trace takes megabytes. */
async function unchanged(known) {
	try {
		const { data } = await api.traces({
			id: [known.id],
			limit: 1
		});
		const [row] = data;
		return row !== void 0 && TELLING.every((key) => row[key] === known[key]);
	} catch {
		return false;
	}
}
// src/trace/TracePage.tsx
var NO_SCORES = [];
function TracePage({ id }) {
	const client = useQueryClient();
	const { data, error, isPending, refetch } = useQuery(traceQuery(id));
	const [observationId, select] = useParam("observation");
	const origin = useOrigin(id);
	const [compareId, setCompareId] = useParam("compare");
	const [pane] = useParam("pane");
	const [share, setShare] = useTreeShare();
	const roots = (0, import_react.useMemo)(() => treeOf(data?.observations ?? []), [data?.observations]);
	(0, import_react.useEffect)(() => {
		if (pane === "graph") preloadGraph();
	}, [pane]);
	useKeys({
		Escape: () => observationId === null ? origin.back() : select(null),
		J: () => origin.openNeighbour(1),
		K: () => origin.openNeighbour(-1)
	});
	const reload = useOneAtATime(() => client.invalidateQueries({ queryKey: traceQuery(id).queryKey }));
	const lookAgain = useOneAtATime(async () => {
		if (!data || !await unchanged(data.trace)) reload();
	});
	useTraceChanges((changes) => {
		if (changes.length === 0) lookAgain();
		else if (changes.some((change) => change.id === id)) reload();
	});
	if (isPending) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the trace" });
	if (!data) return error instanceof ApiError && error.status === 404 ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NoSuchTrace, { id }) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: "the trace",
		retry: () => void refetch()
	});
	const scores = data.scores ?? NO_SCORES;
	const selected = data.observations.find((observation) => observation.id === observationId);
	const compared = data.observations.find((observation) => observation.id === compareId);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "trace-page",
		style: { "--tree-share": `${share}%` },
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TraceHeader, {
				trace: data.trace,
				scores,
				origin
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TraceTree, {
				roots,
				running: data.trace.running,
				live: progressOf(data.trace) === "running",
				observations: data.observations,
				scores,
				total: data.trace.observationCount,
				selectedId: observationId,
				onSelect: select,
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Splitter, {
					share,
					onShare: setShare
				})
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("section", {
				className: "detail",
				"aria-label": selected ? "Observation" : "Whole trace",
				children: selected && compared && compared !== selected ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ObservationDiff, {
					left: compared,
					right: selected,
					onClose: () => setCompareId(null)
				}) : selected ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ObservationDetail, {
					observation: selected,
					scores: scores.filter((score) => score.observationId === selected.id),
					onClose: () => select(null)
				}, selected.id) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(TraceOverview, {
					trace: data.trace,
					observations: data.observations,
					scores,
					missing: observationId,
					onSelect: select
				})
			})
		]
	});
}
function NoSuchTrace({ id }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Missing, {
		title: "This trace is not here",
		href: "/traces",
		link: "All traces",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", { children: [
			"Nothing has arrived under ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: id }),
			" yet. If the program has only just run, this page opens the trace as soon as it arrives. Otherwise check that it sends to this server, and that it flushes before it exits."
		] })
	});
}
// src/sample/SampleButton.tsx
function SampleButton() {
	const take = useSample();
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
		type: "button",
		className: "button",
		onClick: take,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(FlaskConical, {
			size: 14,
			"aria-hidden": true
		}), " Load sample data"]
	});
}
/** Three traces of a travel desk that does not exist, tagged "sample" and in the environment of that name. */
function useSample() {
	const take = useImport();
	return () => void take("the sample", async () => (await __vitePreload(async () => {
		const { sampleText } = await import("./sample.js");
		return { sampleText };
	}, [])).sampleText());
}
// src/ui/Snippet.tsx
/** Something to paste into a file or a shell, and the button that copies it. */
function Snippet({ label, code }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "snippet",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("pre", {
			role: "group",
			"aria-label": label,
			tabIndex: 0,
			children: code
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(CopyButton, {
			text: code,
			label: `Copy ${label}`
		})]
	});
}
// src/welcome/Rejections.tsx
/** Somebody is sending and nothing appears: say what was wrong with the last request. */
function Rejections({ health }) {
	const [last] = [...health.lastRejections].sort((left, right) => left.at < right.at ? 1 : -1);
	if (health.rejectedRequests === 0 || !last) return null;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
		className: "rejected",
		role: "status",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TriangleExclamationPoint, {
				size: 15,
				"aria-hidden": true
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", { children: [
				plural(health.rejectedRequests, "request"),
				" turned away. The last one, ",
				ago(last.at),
				": ",
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("strong", { children: last.reason })
			] }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
				href: "/health",
				children: "Health"
			})
		]
	});
}
// src/welcome/snippets.ts
/** What a newcomer pastes, with the address of this very server in it. */
function snippets({ baseUrl, version, requiredKey }) {
	return {
		maven: `<dependency>
  <groupId>io.langfuse4j</groupId>
  <artifactId>langfuse4j</artifactId>
  <version>${version}</version>
</dependency>`,
		environment: `export LANGFUSE_BASE_URL=${baseUrl}
export LANGFUSE_PUBLIC_KEY=${requiredKey ?? "pk-lf-local"}
export LANGFUSE_SECRET_KEY=${requiredKey === null ? "sk-lf-local" : "<its secret key>"}`,
		java: `Langfuse langfuse = Langfuse.get();
langfuse.observe("hello", span -> {
    span.input("Is anybody there?");
    span.output("Yes.");
    return "Yes.";
});`,
		curl: `NOW=$(date +%s)
curl -sS${requiredKey === null ? "" : " -u \"$LANGFUSE_PUBLIC_KEY:$LANGFUSE_SECRET_KEY\""} ${baseUrl}/api/public/otel/v1/traces \\
  -H 'Content-Type: application/json' -d @- <<EOF
{"resourceSpans":[{"scopeSpans":[{"spans":[{
  "traceId":"$(printf %032x $NOW)","spanId":"$(printf %016x $NOW)",
  "name":"hello-from-curl",
  "startTimeUnixNano":"\${NOW}000000000","endTimeUnixNano":"\${NOW}250000000",
  "attributes":[
    {"key":"langfuse.observation.input","value":{"stringValue":"Is anybody there?"}},
    {"key":"langfuse.observation.output","value":{"stringValue":"Yes."}}]
}]}]}]}
EOF`
	};
}
// src/welcome/Welcome.tsx
/** The empty server: how to send the first trace, and a light that changes when it is there. */
function Welcome({ first, onDone }) {
	const { data: info } = useQuery({
		...infoQuery,
		refetchInterval: 2e3
	});
	const baseUrl = window.location.origin;
	const requiredKey = info?.requireKeys ? info.publicKey ?? "<public key>" : null;
	const code = snippets({
		baseUrl,
		version: info?.version ?? "0.1.0",
		requiredKey
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "welcome",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", { children: "Waiting for the first trace" }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Listening, {
				first,
				baseUrl,
				onDone
			}),
			info && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Rejections, { health: info.health }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("ol", { children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Step, {
					title: "Add the dependency",
					children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Snippet, {
						label: "Maven dependency",
						code: code.maven
					})
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Step, {
					title: "Point it at this server",
					note: keysNote(info?.requireKeys ?? false),
					children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Snippet, {
						label: "Environment variables",
						code: code.environment
					})
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Step, {
					title: "Observe something",
					children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Snippet, {
						label: "Java",
						code: code.java
					})
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Step, {
					title: "Or send one span by hand",
					note: "Python, JS and any OpenTelemetry exporter work too: OTLP over HTTP, protobuf or JSON, at this address.",
					children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Snippet, {
						label: "curl command",
						code: code.curl
					})
				})
			] })
		]
	});
}
function keysNote(required) {
	return required ? "This server checks keys: use the pair that it was started with." : "Any keys will do: this server listens to your machine only.";
}
function Listening({ first, baseUrl, onDone }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "listening",
		role: "status",
		"data-arrived": first !== null,
		children: first === null ? /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "pulse",
				"aria-hidden": true
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", { children: ["Listening on ", /* @__PURE__ */ (0, import_jsx_runtime.jsx)("strong", { children: baseUrl })] }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(SampleButton, {})
		] }) : /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(CircleCheck, {
				size: 16,
				"aria-hidden": true
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", { children: ["It arrived: ", /* @__PURE__ */ (0, import_jsx_runtime.jsx)("strong", { children: first.name || first.id })] }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
				className: "button",
				"data-kind": "primary",
				href: `/traces/${encodeURIComponent(first.id)}`,
				children: "Open it"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
				type: "button",
				className: "button",
				onClick: onDone,
				children: "All traces"
			})
		] })
	});
}
function Step({ title, note, children }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("li", { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", { children: title }),
		note && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
			className: "soft",
			children: note
		}),
		children
	] });
}
// src/api/types.ts
var FACETS = [
	"name",
	"level",
	"environment",
	"model",
	"type",
	"tag",
	"userId",
	"sessionId",
	"score"
];
// src/traces/Facets.tsx
var titles = {
	name: "Name",
	level: "Level",
	environment: "Environment",
	userId: "User",
	sessionId: "Session",
	model: "Model",
	tag: "Tag",
	type: "Contains",
	score: "Score"
};
/** The element that comes after the filters. */
var LIST = "trace-list";
/** Counting goes over everything that matches: not for each trace that arrives. */
var REFETCH_EVERY_MS$1 = 3e3;
function Facets({ filters }) {
	const { data, refetch } = useQuery(facetsQuery(filters.query));
	useTraceChanges(useThrottled(() => void refetch(), REFETCH_EVERY_MS$1));
	const onlyErrors = filters.get("hasError") === "true";
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("aside", {
		className: "facets",
		"aria-label": "Filters",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
				type: "button",
				className: "skip",
				onClick: () => document.getElementById(LIST)?.focus(),
				children: "Skip the filters"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
				type: "button",
				className: "facet-value errors",
				"aria-pressed": onlyErrors,
				onClick: () => filters.set("hasError", onlyErrors ? null : "true"),
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(CircleExclamationPoint, {
					size: 13,
					"aria-hidden": true
				}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "clip",
					children: "Has an error"
				})]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Durations, { filters }),
			FACETS.map((facet) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(FacetGroup, {
				facet,
				values: data?.[facet] ?? [],
				filters
			}, facet))
		]
	});
}
var SLOW = [
	">1s",
	">5s",
	">30s"
];
/** What is slow; any other bound can be typed: "latency:200ms..2s". */
function Durations({ filters }) {
	const selected = filters.getAll("latency");
	const options = [...selected.filter((bound) => !SLOW.some((known) => known === bound)), ...SLOW];
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("section", {
		role: "group",
		"aria-label": "Duration",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", { children: "Duration" }), options.map((bound) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			type: "button",
			className: "facet-value",
			"aria-pressed": selected.includes(bound),
			onClick: () => filters.toggle("latency", bound),
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "clip",
				children: bound.replace(/^>(\d)/, "over $1").replace(/^<(\d)/, "under $1")
			})
		}, bound))]
	});
}
var SHORT = 6;
function FacetGroup({ facet, values, filters }) {
	const [all, setAll] = (0, import_react.useState)(false);
	const selected = filters.getAll(facet);
	const options = [...selected.filter((value) => !values.some((known) => known.value === value)).map((value) => ({
		value,
		count: 0
	})), ...values];
	if (options.length === 0) return null;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("section", {
		role: "group",
		"aria-label": titles[facet],
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", { children: titles[facet] }),
			options.slice(0, all ? void 0 : SHORT).map(({ value, count }) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
				type: "button",
				className: "facet-value",
				"aria-pressed": selected.includes(value),
				title: value,
				onClick: () => filters.toggle(facet, value),
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "clip",
					children: facet === "type" || facet === "level" ? value.toLowerCase() : value
				}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "numeric faint",
					children: count === 0 ? "" : compact(count)
				})]
			}, value)),
			!all && options.length > SHORT && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
				type: "button",
				className: "facet-more",
				onClick: () => setAll(true),
				children: [options.length - SHORT, " more"]
			})
		]
	});
}
// src/traces/NoMatch.tsx
function NoMatch({ filters }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Notice, {
		title: "No trace matches",
		actions: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			type: "button",
			className: "button",
			"data-kind": "primary",
			onClick: filters.clear,
			children: "Clear filters"
		}),
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", { children: "Search looks at ids, names, users, sessions, and the text of inputs and outputs. A new trace that matches will appear here by itself." })
	});
}
// src/traces/Comparing.tsx
/** The trace that waits for another to be compared with, and how one is picked: the second opens the comparison. */
function useComparing() {
	const [, navigate] = useLocation();
	const [compareId, setCompareId] = useParam("compare");
	return {
		compareId,
		pick: (0, import_react.useCallback)((id) => {
			if (compareId === null || compareId === id) setCompareId(compareId === id ? null : id);
			else navigate(`/compare/${encodeURIComponent(compareId)}/${encodeURIComponent(id)}`);
		}, [
			compareId,
			setCompareId,
			navigate
		]),
		cancel: () => setCompareId(null)
	};
}
function Comparing({ onCancel }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "comparing",
		role: "status",
		children: ["Choose the trace to compare it with (c).", /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			type: "button",
			className: "link",
			onClick: onCancel,
			children: "Cancel"
		})]
	});
}
// src/traces/SortHead.tsx
/** What the list can be sorted by besides the time, and what then comes first. */
var SORTS = [
	{
		sort: "latency",
		most: "slowest"
	},
	{
		sort: "tokens",
		most: "most tokens"
	},
	{
		sort: "cost",
		most: "dearest"
	}
];
/** The head of a column by which the list can be sorted, the most first. */
function SortHead({ title, sort, filters }) {
	const current = filters.get("sort") === sort;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
		role: "columnheader",
		"aria-sort": current ? "descending" : "none",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
			type: "button",
			title: sort === null ? "Newest first" : `Most ${title.toLowerCase()} first`,
			onClick: () => filters.set("sort", sort),
			children: [title, current && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ArrowDown, {
				size: 11,
				"aria-hidden": true
			})]
		})
	});
}
// src/traces/rowParts.tsx
/** What went wrong, or the level when nothing did. */
function Problems({ trace: { errorCount, warningCount, level } }) {
	if (errorCount > 0) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Level, {
		level: "ERROR",
		text: plural(errorCount, "error")
	});
	if (warningCount > 0) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Level, {
		level: "WARNING",
		text: plural(warningCount, "warning")
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Level, { level });
}
function Labels({ trace: { tags, environment } }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "labels",
		children: [environment && environment !== "default" && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
			className: "chip clip",
			title: `Environment ${environment}`,
			children: environment
		}), tags.map((tag) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
			className: "chip clip",
			title: tag,
			children: ["#", tag]
		}, tag))]
	});
}
/** What was asked and answered, in one line. */
function Preview({ trace: { inputPreview, outputPreview } }) {
	if (!inputPreview && !outputPreview) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "preview faint",
		children: "no input or output recorded"
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "preview",
		dir: "auto",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "asked clip",
				children: unmarked(inputPreview) || "–"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "arrow",
				"aria-label": "answered with",
				children: "→"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "answered clip",
				children: unmarked(outputPreview) || "–"
			})
		]
	});
}
/** One line of text has no room for Markdown's marks, nor for the name of an only field. */
function unmarked(text) {
	return text === null ? void 0 : onlyField(text).replace(/\*\*|__|`+|^#+ /g, "");
}
function onlyField(text) {
	const value = parsed(text);
	const fields = isFields(value) ? Object.values(value) : [];
	return fields.length === 1 && typeof fields[0] === "string" ? fields[0] : text;
}
// src/traces/TraceListRow.tsx
var TraceListRow = (0, import_react.memo)(function TraceListRow({ trace, index, current, fresh, picked, list, onPick, onOpen, top, height }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		role: "row",
		className: "trace-row",
		"aria-rowindex": index + 2,
		"data-current": current,
		"data-fresh": fresh,
		"data-level": trace.level,
		style: {
			transform: `translateY(${top}px)`,
			height
		},
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("time", {
				role: "cell",
				className: "when numeric",
				dateTime: trace.timestamp,
				title: trace.timestamp,
				children: moment(trace.timestamp)
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
				role: "cell",
				className: "what",
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
					className: "what-line",
					children: [
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
							className: "trace-link clip",
							href: `/traces/${encodeURIComponent(trace.id)}`,
							state: openedFrom(list),
							onClick: () => onOpen(trace.id),
							children: trace.name || trace.id
						}),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Running, { trace }),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Problems, { trace }),
						/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
							className: "marks",
							children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Labels, { trace }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ScoreChips, { scores: trace.scores ?? [] })]
						}),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
							type: "button",
							className: "icon-button pick",
							"aria-label": `Compare ${trace.name || trace.id}`,
							title: "Compare with another trace (c)",
							"aria-pressed": picked,
							onClick: () => onPick(trace.id),
							children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(GitCompare, {
								size: 13,
								"aria-hidden": true
							})
						})
					]
				}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Preview, { trace })]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Who, { trace }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Numbers, { trace })
		]
	});
});
function Who({ trace: { userId, sessionId } }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		role: "cell",
		className: "who",
		children: [userId && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
			className: "clip",
			href: `/traces?userId=${encodeURIComponent(userId)}`,
			title: `Traces of user ${userId}`,
			children: userId
		}), sessionId && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
			className: "clip faint",
			href: `/sessions/${encodeURIComponent(sessionId)}`,
			title: `Session ${sessionId}`,
			children: sessionId
		})]
	});
}
function Numbers({ trace }) {
	const tokens = `${count(trace.inputTokens)} in, ${count(trace.outputTokens)} out`;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
			role: "cell",
			className: "number numeric",
			title: trace.running ? "So far" : void 0,
			children: duration(trace.latencyMs)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
			role: "cell",
			className: "number numeric soft",
			"data-none": trace.totalTokens === null,
			title: trace.totalTokens === null ? void 0 : tokens,
			children: [compact(trace.totalTokens), trace.totalTokens !== null && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "unit",
				children: " tok"
			})]
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
			role: "cell",
			className: "number numeric soft",
			"data-none": trace.totalCost === null,
			children: cost(trace.totalCost)
		})
	] });
}
// src/traces/useCursor.ts
/** The row that j and k move along. It sticks to its trace, whatever arrives above. */
function useCursor(rows, memory, reveal) {
	const [id, setId] = (0, import_react.useState)(memory.initial.cursor);
	const at = rows.findIndex((row) => row.id === id);
	const goTo = (index) => {
		const row = rows[index];
		if (!row) return;
		setId(row.id);
		memory.remember({ cursor: row.id });
		reveal(index);
	};
	return {
		id: at < 0 ? null : id,
		move: (step) => goTo(at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))),
		nextError: () => {
			const after = rows.findIndex((row, index) => index > at && row.errorCount > 0);
			goTo(after >= 0 ? after : rows.findIndex((row) => row.errorCount > 0));
		}
	};
}
// src/traces/TraceTable.tsx
function TraceTable({ rows, total, fresh, filters, scroller, memory, onScroll, onEnd }) {
	const [, navigate] = useLocation();
	const height = useMedia("(max-width: 760px)") ? 88 : 58;
	const virtual = useVirtualizer({
		count: rows.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => height,
		getItemKey: (index) => rows[index]?.id ?? index,
		overscan: 10,
		initialOffset: memory.initial.offset
	});
	(0, import_react.useEffect)(() => virtual.measure(), [virtual, height]);
	const comparing = useComparing();
	const cursor = useCursor(rows, memory, (index) => virtual.scrollToIndex(index));
	useKeys({
		j: () => cursor.move(1),
		k: () => cursor.move(-1),
		ArrowDown: () => cursor.move(1),
		ArrowUp: () => cursor.move(-1),
		e: cursor.nextError,
		c: () => cursor.id && comparing.pick(cursor.id),
		Enter: () => {
			if (!cursor.id) return;
			memory.leave(cursor.id);
			navigate(`/traces/${encodeURIComponent(cursor.id)}`, { state: openedFrom(filters.query) });
		}
	});
	const items = virtual.getVirtualItems();
	const lastIndex = items.at(-1)?.index ?? 0;
	(0, import_react.useEffect)(() => {
		if (lastIndex >= rows.length - 15) onEnd();
	}, [
		lastIndex,
		rows.length,
		onEnd
	]);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [comparing.compareId !== null && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Comparing, { onCancel: comparing.cancel }), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "trace-table",
		role: "table",
		"aria-label": "Traces",
		"aria-rowcount": total + 1,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
			role: "rowgroup",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
				role: "row",
				className: "trace-head",
				"aria-rowindex": 1,
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(SortHead, {
						title: "Time",
						sort: null,
						filters
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
						role: "columnheader",
						children: "Trace"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
						role: "columnheader",
						children: "User, session"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(SortHead, {
						title: "Duration",
						sort: "latency",
						filters
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(SortHead, {
						title: "Tokens",
						sort: "tokens",
						filters
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(SortHead, {
						title: "Cost",
						sort: "cost",
						filters
					})
				]
			})
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
			className: "trace-scroll",
			role: "rowgroup",
			ref: scroller,
			onScroll,
			tabIndex: 0,
			"aria-label": "Trace rows",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
				role: "presentation",
				style: {
					height: virtual.getTotalSize(),
					position: "relative"
				},
				children: items.map(({ index, start, key }) => {
					const trace = rows[index];
					return trace && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(TraceListRow, {
						trace,
						index,
						current: trace.id === cursor.id,
						picked: trace.id === comparing.compareId,
						onPick: comparing.pick,
						list: filters.query,
						onOpen: memory.leave,
						fresh: fresh.has(trace.id),
						top: start,
						height
					}, key);
				})
			})
		})]
	})] });
}
// src/export/CsvButton.tsx
/** The list under its filters as a table for a spreadsheet. */
function CsvButton({ filters }) {
	const [done, setDone] = (0, import_react.useState)(null);
	const [problem, setProblem] = (0, import_react.useState)(null);
	const run = async () => {
		setProblem(null);
		setDone({
			rows: 0,
			total: 0
		});
		try {
			const [{ allRows, csvOf }, { download }] = await Promise.all([__vitePreload(() => import("./csv.js"), __vite__mapDeps([23,12,1,2])), __vitePreload(() => Promise.resolve().then(() => download_exports), void 0)]);
			download("traces.csv", "text/csv", csvOf(await allRows(filters, (rows, total) => setDone({
				rows,
				total
			}))));
		} catch (error) {
			setProblem(error instanceof Error ? error.message : String(error));
		} finally {
			setDone(null);
		}
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			type: "button",
			className: "icon-button",
			"aria-label": "Export the list as CSV",
			title: "Export the list as CSV",
			disabled: done !== null,
			onClick: () => void run(),
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(FileDown, {
				size: 16,
				"aria-hidden": true
			})
		}),
		done && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Toast, { children: [
			count(done.rows),
			" of ",
			count(done.total),
			" traces ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("progress", {
				"aria-label": "Export",
				value: done.rows,
				max: Math.max(1, done.total)
			})
		] }),
		problem !== null && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Toast, {
			kind: "error",
			onClose: () => setProblem(null),
			children: ["Could not export the list: ", problem]
		})
	] });
}
// src/query/language.ts
/**
* The words of the query bar and the filters they stand for. The facets write the same filters: there is one truth.
* A word can be repeated: of names, users or tags any will do, while every bound and every score has to hold.
*/
var WORDS = {
	name: "name",
	user: "userId",
	session: "sessionId",
	level: "level",
	model: "model",
	tag: "tag",
	env: "environment",
	type: "type",
	latency: "latency",
	tokens: "tokens",
	cost: "cost",
	score: "score",
	from: "from",
	to: "to"
};
/** A word, perhaps followed by a value in quotes; what no word claims is text to search for. */
function tokensOf(text) {
	const tokens = [];
	for (const match of text.matchAll(/([A-Za-z]+):(?=\s|$)|(?:([A-Za-z]+):)?("(?:[^"\\]|\\.)*"?|\S+)/g)) {
		const word = (match[1] ?? match[2])?.toLowerCase();
		const known = word !== void 0 && (word in WORDS || word === "has");
		tokens.push({
			word: known ? word : null,
			value: known ? unquoted(match[3] ?? "") : word === void 0 ? unquoted(match[3] ?? "") : match[0],
			start: match.index,
			end: match.index + match[0].length
		});
	}
	return tokens;
}
/** There is one beginning and one end; the last that is typed counts. */
var SINGLE = /* @__PURE__ */ new Set(["from", "to"]);
function parse(text) {
	const query = {};
	const free = [];
	for (const { word, value } of tokensOf(text)) if (word === null) free.push(value);
	else if (word === "has") {
		if (value.toLowerCase() === "error") query.hasError = ["true"];
	} else if (value !== "") {
		const key = WORDS[word];
		const before = SINGLE.has(key) ? [] : query[key] ?? [];
		query[key] = [.../* @__PURE__ */ new Set([...before, cased(word, value)])];
	}
	if (free.length > 0) query.search = [free.join(" ")];
	return query;
}
/** The server compares levels and types as it writes them. */
function cased(word, value) {
	return word === "level" || word === "type" ? value.toUpperCase() : value;
}
/** The filters as somebody would type them; parsing that gives the same filters. */
function format(query) {
	const words = Object.entries(WORDS).flatMap(([word, key]) => (query[key] ?? []).map((value) => `${word}:${quoted(word === "level" || word === "type" ? value.toLowerCase() : value)}`));
	const has = query.hasError?.[0] === "true" ? ["has:error"] : [];
	return [
		...words,
		...has,
		...(query.search ?? []).map(freely)
	].join(" ");
}
/** Text that would read as a word with a value is quoted, and so is text with more than single blanks. */
function freely(text) {
	return tokensOf(text).every(({ word }) => word === null) && parse(text).search?.[0] === text ? text : quoted(text, true);
}
function quoted(value, always = false) {
	return always || /[\s"\\]/.test(value) || value === "" ? `"${value.replace(/[\\"]/g, "\\$&")}"` : value;
}
function unquoted(value) {
	if (!value.startsWith("\"")) return value;
	return value.slice(1, /[^\\](?:\\\\)*"$/.test(value) && value.length > 1 ? -1 : void 0).replace(/\\(.)/g, "$1");
}
// src/query/completion.ts
var SHOWN = 16;
var HINTS = {
	name: "of the trace",
	user: "user id",
	session: "session id",
	level: "worst level",
	model: "that answered",
	tag: "of the trace",
	env: "environment",
	type: "of a step",
	latency: ">2s, <500ms, 1s..5s",
	tokens: ">1000",
	cost: ">0.01",
	score: "quality<0.5, thumbs=no",
	has: "error",
	from: "-1h, -7d, or an instant",
	to: "-1h, -7d, or an instant"
};
/** What could follow at the caret: words first, and after a word the values that the store knows, most frequent first. */
function completions(text, caret, facets) {
	const place = tokensOf(text).find(({ start, end }) => start < caret && caret <= end) ?? {
		word: null,
		value: "",
		start: caret,
		end: caret
	};
	return (place.word === null ? words(place) : values(place, facets)).slice(0, SHOWN).map(({ label, hint, insert }) => {
		const head = text.slice(0, place.start) + insert;
		return {
			label,
			hint,
			text: head + (insert.endsWith(" ") ? text.slice(place.end).trimStart() : text.slice(place.end)),
			caret: head.length
		};
	});
}
/** Bounds that are asked for often; any other can be typed. */
var BOUNDS = {
	latency: [
		">1s",
		">5s",
		">30s",
		"<500ms"
	],
	tokens: [
		">1000",
		">10000",
		">100000"
	],
	cost: [
		">0.001",
		">0.01",
		">0.1"
	]
};
function words({ value }) {
	return [...Object.keys(WORDS), "has"].filter((word) => word.startsWith(value.toLowerCase())).map((word) => ({
		label: `${word}:`,
		hint: HINTS[word] ?? "",
		insert: `${word}:`
	}));
}
function values({ word, value }, facets) {
	if (word === "has") return "error".startsWith(value.toLowerCase()) ? [{
		label: "error",
		hint: "",
		insert: "has:error "
	}] : [];
	if (word === "from" || word === "to") return RANGES.filter((range) => `-${range}`.startsWith(value)).map((range) => ({
		label: `-${range}`,
		hint: `${RANGE_NAMES[range]} ago`,
		insert: `${word}:-${range} `
	}));
	const bounds = BOUNDS[word ?? ""];
	if (bounds) return bounds.filter((bound) => bound.startsWith(value) && bound !== value).map((bound) => ({
		label: bound,
		hint: "",
		insert: `${word}:${bound} `
	}));
	return (facets?.[WORDS[word ?? ""]] ?? []).filter((facet) => facet.value.toLowerCase().includes(value.toLowerCase()) && facet.value !== value).map((facet) => {
		const label = word === "level" || word === "type" ? facet.value.toLowerCase() : facet.value;
		return {
			label,
			hint: String(facet.count),
			insert: `${word}:${quoted(label)} `
		};
	});
}
// src/query/useDraft.ts
var SETTLE_MS = 200;
/** What is typed, and the filters of the address: whichever changes, the other follows. */
function useDraft(filters) {
	const committed = (0, import_react.useMemo)(() => format(valuesOf(filters.query)), [filters.query]);
	const [text, setText] = (0, import_react.useState)(committed);
	const latest = (0, import_react.useRef)(text);
	const written = (0, import_react.useRef)(committed);
	(0, import_react.useEffect)(() => {
		latest.current = text;
	});
	(0, import_react.useEffect)(() => {
		if (written.current !== committed) setText(committed);
		written.current = committed;
	}, [committed]);
	const { replace } = filters;
	const write = (0, import_react.useCallback)((query) => {
		written.current = format(query);
		replace(query);
	}, [replace]);
	(0, import_react.useEffect)(() => {
		const query = parse(settled(text));
		if (format(query) === committed || text === committed) return;
		const timer = setTimeout(() => write(query), SETTLE_MS);
		return () => clearTimeout(timer);
	}, [
		text,
		committed,
		write
	]);
	return {
		text,
		setText,
		commit: () => latest.current !== committed && write(parse(latest.current))
	};
}
/** Without the value that is still being typed: "model:gp" is not a model yet, with a blank or Enter after it it is. */
function settled(text) {
	const last = tokensOf(text).at(-1);
	return last && last.word !== null && last.end === text.length ? text.slice(0, last.start) : text;
}
// src/query/QueryBar.tsx
/** One line for every filter and for text; it says what the facets say, in words. */
function QueryBar({ filters }) {
	const { text, setText, commit } = useDraft(filters);
	const [focused, setFocused] = (0, import_react.useState)(false);
	const [caret, setCaret] = (0, import_react.useState)(0);
	const [at, setAt] = (0, import_react.useState)(-1);
	const input = (0, import_react.useRef)(null);
	const wanted = (0, import_react.useRef)(null);
	const id = (0, import_react.useId)();
	const { data: facets } = useQuery({
		...facetsQuery(""),
		enabled: focused
	});
	const offered = focused ? completions(text, caret, facets) : [];
	const current = offered[at];
	useKeys({ "/": () => {
		input.current?.focus();
		input.current?.select();
	} });
	(0, import_react.useEffect)(() => {
		if (wanted.current === null) return;
		input.current?.setSelectionRange(wanted.current, wanted.current);
		wanted.current = null;
	}, [text]);
	const type = (next, place) => {
		setText(next);
		setCaret(place);
		setAt(-1);
	};
	const complete = (completion) => {
		wanted.current = completion.caret;
		type(completion.text, completion.caret);
		input.current?.focus();
	};
	const onKeyDown = (event) => {
		const step = {
			ArrowDown: 1,
			ArrowUp: -1
		}[event.key];
		if (step !== void 0 && offered.length > 0) setAt(Math.max(-1, Math.min(offered.length - 1, at + step)));
		else if ((event.key === "Enter" || event.key === "Tab") && current) complete(current);
		else if (event.key === "Enter") commit();
		else if (event.key === "Escape") event.currentTarget.blur();
		else return;
		event.preventDefault();
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "search",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Search, {
				size: 14,
				"aria-hidden": true
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
				ref: input,
				type: "search",
				role: "combobox",
				"aria-label": "Search traces",
				"aria-autocomplete": "list",
				"aria-expanded": offered.length > 0,
				"aria-controls": `${id}-list`,
				"aria-activedescendant": current && `${id}-${at}`,
				autoComplete: "off",
				spellCheck: false,
				value: text,
				placeholder: "Search, or name: user: tag: model: has:error …",
				onFocus: () => setFocused(true),
				onBlur: () => {
					setFocused(false);
					commit();
				},
				onChange: (event) => type(event.target.value, event.target.selectionStart ?? event.target.value.length),
				onSelect: (event) => setCaret(event.currentTarget.selectionStart ?? 0),
				onKeyDown
			}),
			text === "" ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)("kbd", {
				"aria-hidden": true,
				children: "/"
			}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
				type: "button",
				className: "icon-button clear",
				"aria-label": "Clear filters",
				title: "Clear filters",
				onClick: () => {
					setText("");
					filters.clear();
				},
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(X, {
					size: 14,
					"aria-hidden": true
				})
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
				id: `${id}-list`,
				role: "listbox",
				"aria-label": "Completions",
				className: "completions",
				hidden: offered.length === 0,
				children: offered.map((completion, index) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
					id: `${id}-${index}`,
					role: "option",
					"aria-selected": index === at,
					onPointerDown: (event) => event.preventDefault(),
					onClick: () => complete(completion),
					children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
						className: "clip",
						children: completion.label
					}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
						className: "soft",
						children: completion.hint
					})]
				}, completion.label))
			})
		]
	});
}
// src/traces/SortChoice.tsx
/** The order of the list where there is no room for heads of columns. */
function SortChoice({ filters }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("label", {
		className: "sort-choice",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
			className: "visually-hidden",
			children: "Order"
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("select", {
			value: filters.get("sort") ?? "",
			onChange: (event) => filters.set("sort", event.target.value || null),
			children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("option", {
				value: "",
				children: "newest first"
			}), SORTS.map(({ sort, most }) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("option", {
				value: sort,
				children: [most, " first"]
			}, sort))]
		})]
	});
}
// src/traces/TimeRange.tsx
/** Which time is shown: a span up to now, which moves on, or two instants, which do not. */
function TimeRange({ filters }) {
	const [from, to] = [filters.get("from"), filters.get("to")];
	const set = (next, until) => filters.setAll({
		from: next,
		to: until
	});
	const text = said(from, to);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Popover, {
		label: `Time: ${text}`,
		title: "Which time to show",
		button: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(CalendarClock, {
				size: 13,
				"aria-hidden": true
			}),
			" ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "range-text",
				children: text
			})
		] }),
		children: (close) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
			className: "range-choice",
			children: [
				[null, ...RANGES].map((range) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
					type: "button",
					className: "facet-value",
					"aria-pressed": range === rangeOf(from) && to === null && (range !== null || from === null),
					onClick: () => {
						set(range && `-${range}`, null);
						close();
					},
					children: range === null ? "All time" : `Last ${RANGE_NAMES[range].replace(/^an? /, "")}`
				}, range)),
				/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("label", { children: ["From", /* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
					type: "datetime-local",
					value: localInput(from),
					onChange: (event) => set(fromLocalInput(event.target.value), to)
				})] }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("label", { children: ["To", /* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
					type: "datetime-local",
					value: localInput(to),
					onChange: (event) => set(from, fromLocalInput(event.target.value))
				})] })
			]
		})
	});
}
function said(from, to) {
	const range = rangeOf(from);
	if (from === null && to === null) return "All time";
	if (range !== null && to === null) return `Last ${RANGE_NAMES[range].replace(/^an? /, "")}`;
	if (to === null) return `Since ${brief(from)}`;
	return from === null ? `Until ${brief(to)}` : `${brief(from)} – ${brief(to)}`;
}
function brief(at) {
	return at === null ? "" : at.startsWith("-") ? `${at.slice(1)} ago` : moment(at).replace(/:\d\d$/, "");
}
// src/traces/TracesToolbar.tsx
function TracesToolbar({ filters, total, totalIsExact, paused, onPause }) {
	const [open, setOpen] = (0, import_react.useState)(false);
	const narrow = useMedia(NARROW);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "toolbar",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(QueryBar, { filters }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TimeRange, { filters }),
			narrow && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(SortChoice, { filters }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
				className: "faint numeric total",
				role: "status",
				children: [
					count(total),
					!totalIsExact && "+",
					" ",
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
						className: "total-unit",
						children: total === 1 ? "trace" : "traces"
					})
				]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(CsvButton, { filters: filters.query }),
			narrow && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
				type: "button",
				className: "icon-button",
				"aria-label": "Filters",
				"aria-expanded": open,
				onClick: () => setOpen(!open),
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ListFilter, {
					size: 16,
					"aria-hidden": true
				})
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
				type: "button",
				className: "button",
				"aria-pressed": paused,
				"aria-label": paused ? "Resume" : "Pause",
				title: "New traces wait while paused (p)",
				onClick: () => onPause(!paused),
				children: [paused ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Play, {
					size: 13,
					"aria-hidden": true
				}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Pause, {
					size: 13,
					"aria-hidden": true
				}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "pause-text",
					children: paused ? "Resume" : "Pause"
				})]
			})
		]
	}), narrow && open && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Facets, { filters })] });
}
// src/traces/TimeEnds.tsx
/** When an axis of time begins and ends, written below it. */
function TimeEnds({ from, to, stepMs }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "volume-ends faint numeric",
		"aria-hidden": true,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { children: from && tick(from, stepMs) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { children: to && tick(to, stepMs) })]
	});
}
// src/traces/VolumeChart.tsx
var BUCKETS = 90;
var LEAST = 60;
var REFETCH_EVERY_MS = 3e3;
/** How many traces there were along the time, those with an error in red. Dragging over it narrows the time. */
function VolumeChart({ filters }) {
	const { data, refetch } = useQuery(volumeQuery(filters.query, BUCKETS));
	useTraceChanges(useThrottled(() => void refetch(), REFETCH_EVERY_MS));
	const [drag, setDrag] = (0, import_react.useState)(null);
	const box = (0, import_react.useRef)(null);
	if (!data || data.buckets.length === 0) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", { className: "volume" });
	const bars = barsOf(data);
	const shareAt = (event) => {
		const { left, width } = event.currentTarget.getBoundingClientRect();
		return Math.min(1, Math.max(0, (event.clientX - left) / width));
	};
	const end = () => {
		if (drag) {
			const [left, right] = [Math.min(...drag), Math.max(...drag)].map((share) => Math.floor(share * bars.count));
			const until = Math.min(bars.startMs + (right + 1) * data.stepMs - 1, Math.max(Date.now(), Date.parse(data.to)));
			filters.setAll({
				from: new Date(bars.startMs + left * data.stepMs).toISOString(),
				to: new Date(until).toISOString()
			});
		}
		setDrag(null);
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		ref: box,
		className: "volume",
		role: "img",
		"aria-label": describe(data),
		title: `${describe(data)}. Drag to narrow the time.`,
		onPointerDown: (event) => {
			event.currentTarget.setPointerCapture(event.pointerId);
			setDrag([shareAt(event), shareAt(event)]);
		},
		onPointerMove: (event) => drag && setDrag([drag[0], shareAt(event)]),
		onPointerUp: end,
		onPointerCancel: () => setDrag(null),
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("svg", {
				viewBox: `0 0 ${bars.count} 100`,
				preserveAspectRatio: "none",
				"aria-hidden": true,
				children: data.buckets.map(({ at, traces, errors }) => {
					const x = (Date.parse(at) - bars.startMs) / data.stepMs;
					const high = Math.max(7, traces / bars.most * 100);
					const red = errors === 0 ? 0 : Math.max(7, errors / bars.most * 100);
					return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("g", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("rect", {
						x: x + .12,
						y: 100 - high,
						width: .76,
						height: high,
						className: "volume-bar"
					}), red > 0 && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("rect", {
						x: x + .12,
						y: 100 - red,
						width: .76,
						height: red,
						className: "volume-errors"
					})] }, at);
				})
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TimeEnds, {
				from: new Date(bars.startMs).toISOString(),
				to: data.to,
				stepMs: data.stepMs
			}),
			drag && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "volume-drag",
				style: {
					left: `${Math.min(...drag) * 100}%`,
					width: `${Math.abs(drag[1] - drag[0]) * 100}%`
				}
			})
		]
	});
}
/** The whole steps that the time touches; a time of a few steps is led up to by empty ones, for bars that look like bars. */
function barsOf({ from, to, stepMs, buckets }) {
	const last = Math.floor(Date.parse(to) / stepMs);
	const first = Math.min(Math.floor(Date.parse(from) / stepMs), last - LEAST + 1);
	return {
		startMs: first * stepMs,
		count: last - first + 1,
		most: Math.max(1, ...buckets.map(({ traces }) => traces))
	};
}
function describe({ buckets, stepMs }) {
	const traces = buckets.reduce((sum, bucket) => sum + bucket.traces, 0);
	const errors = buckets.reduce((sum, bucket) => sum + bucket.errors, 0);
	const most = Math.max(...buckets.map((bucket) => bucket.traces));
	return `${plural(traces, "trace")}, ${errors} with an error; at most ${most} in ${duration(stepMs)}`;
}
// src/traces/useListMemory.ts
var SAVE_EVERY_MS = 250;
/** Where the reader was in the list. It is kept on the entry of the browser's history, so that going back returns there. */
function useListMemory() {
	const [initial] = (0, import_react.useState)(remembered);
	const memory = (0, import_react.useRef)(initial);
	const write = (0, import_react.useCallback)(() => history.replaceState({
		...history.state,
		list: memory.current
	}, ""), []);
	const save = useThrottled(write, SAVE_EVERY_MS);
	return {
		initial,
		remember: (0, import_react.useCallback)((change) => {
			memory.current = {
				...memory.current,
				...change
			};
			save();
		}, [save]),
		leave: (0, import_react.useCallback)((cursor) => {
			memory.current = {
				...memory.current,
				cursor
			};
			write();
		}, [write])
	};
}
function remembered() {
	const list = history.state?.list;
	return {
		offset: list?.offset ?? 0,
		cursor: list?.cursor ?? null
	};
}
// src/traces/useTraces.ts
/**
* The traces under the current filters, kept up to date by the server's event stream. Known rows change where they
* stand. New ones join at the top while the reader follows, and otherwise wait until `show` is called.
*/
function useTraces(filters, following) {
	const sorted = filters.includes("sort=");
	const client = useQueryClient();
	const query = useInfiniteQuery(tracesQuery(filters));
	const [waiting, setWaiting] = (0, import_react.useState)(null);
	const [fresh, setFresh] = (0, import_react.useState)(/* @__PURE__ */ new Set());
	const follows = (0, import_react.useRef)(following);
	(0, import_react.useEffect)(() => {
		follows.current = following;
	});
	(0, import_react.useEffect)(() => setWaiting(null), [filters]);
	const join = (0, import_react.useCallback)((head) => {
		setWaiting(null);
		const key = tracesQuery(filters).queryKey;
		const pages = client.getQueryData(key);
		if (!pages) return;
		setFresh(new Set(unseen(pages, head.data).map((row) => row.id)));
		client.setQueryData(key, joined(pages, head));
	}, [client, filters]);
	useTraceChanges(useOneAtATime((0, import_react.useCallback)(async () => {
		const key = tracesQuery(filters).queryKey;
		const head = await api.traces(withPage(filters)).catch(() => null);
		const pages = client.getQueryData(key);
		if (!head || !pages) return;
		if (!sorted && unseen(pages, head.data).length > 0) {
			if (follows.current) join(head);
			else setWaiting(head);
		}
		client.setQueryData(key, (current) => current && refreshed(current, head));
	}, [
		client,
		filters,
		sorted,
		join
	])));
	return {
		query,
		rows: (0, import_react.useMemo)(() => rowsOf$1(query.data), [query.data]),
		total: query.data?.pages[0]?.total ?? 0,
		totalIsExact: query.data?.pages[0]?.totalIsExact !== false,
		waiting: waiting && query.data ? countNew(query.data, waiting) : "",
		fresh,
		show: () => waiting && join(waiting)
	};
}
/** "3", or "50+" when there is more than one page of it. */
function countNew(pages, head) {
	const count = unseen(pages, head.data).length;
	return count === 0 ? "" : `${count}${leavesGap(pages, head) ? "+" : ""}`;
}
// src/traces/TracesPage.tsx
/** Scrolled no further than this many pixels, the reader follows what arrives. */
var AT_TOP = 4;
function TracesPage() {
	useTitle("Traces");
	const filters = useFilters();
	const scroller = (0, import_react.useRef)(null);
	const memory = useListMemory();
	const [atTop, setAtTop] = (0, import_react.useState)(memory.initial.offset < AT_TOP);
	const [paused, setPaused] = (0, import_react.useState)(false);
	const [greeting, setGreeting] = (0, import_react.useState)(true);
	const { query, rows, total, totalIsExact, waiting, fresh, show } = useTraces(filters.query, atTop && !paused);
	const wasEmpty = (0, import_react.useRef)(false);
	useKeys({ p: () => setPaused(!paused) });
	const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
	const onEnd = (0, import_react.useCallback)(() => {
		if (hasNextPage && !isFetchingNextPage) fetchNextPage();
	}, [
		hasNextPage,
		isFetchingNextPage,
		fetchNextPage
	]);
	const { remember } = memory;
	const onScroll = (0, import_react.useCallback)(() => {
		const offset = scroller.current?.scrollTop ?? 0;
		setAtTop(offset < AT_TOP);
		remember({ offset });
	}, [remember]);
	if (query.isPending) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "traces" });
	if (query.isError && rows.length === 0) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error: query.error,
		what: "the traces",
		retry: () => void query.refetch()
	});
	if (rows.length === 0 && filters.query === "") wasEmpty.current = true;
	if (wasEmpty.current && greeting) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Welcome, {
		first: rows[0] ?? null,
		onDone: () => setGreeting(false)
	});
	const showWaiting = () => {
		show();
		scroller.current?.scrollTo({ top: 0 });
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "traces-page",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", {
				className: "visually-hidden",
				children: "Traces"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Facets, { filters }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("section", {
				id: LIST,
				className: "traces-main",
				"aria-label": "Trace list",
				tabIndex: -1,
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TracesToolbar, {
						filters,
						total,
						totalIsExact,
						paused,
						onPause: setPaused
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(VolumeChart, { filters }),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
						className: "waiting",
						role: "status",
						children: waiting && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
							type: "button",
							className: "button",
							"data-kind": "primary",
							onClick: showWaiting,
							children: [waiting, " new · show"]
						})
					}),
					rows.length === 0 ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NoMatch, { filters }) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(TraceTable, {
						rows,
						total,
						fresh,
						filters,
						scroller,
						memory,
						onScroll,
						onEnd
					})
				]
			})
		]
	});
}
// src/signin/SignIn.tsx
/** The keys are shown to the server once; the browser keeps a cookie that no script can read. */
function SignIn({ onDone }) {
	const id = (0, import_react.useId)();
	const signIn = useMutation({
		mutationFn: (keys) => api.signIn(text(keys, "public"), text(keys, "secret")),
		onSuccess: onDone
	});
	const onSubmit = (event) => {
		event.preventDefault();
		signIn.mutate(new FormData(event.currentTarget));
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("main", {
		className: "sign-in",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", { children: "This server wants keys" }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
				className: "soft",
				children: [
					"It was started with ",
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: "--require-keys" }),
					". The pair that a program sends as ",
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: "LANGFUSE_PUBLIC_KEY" }),
					" and",
					" ",
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: "LANGFUSE_SECRET_KEY" }),
					" opens the project here, too."
				]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("form", {
				onSubmit,
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("label", {
						htmlFor: `${id}-public`,
						children: "Public key"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
						id: `${id}-public`,
						name: "public",
						autoComplete: "username",
						spellCheck: false,
						placeholder: "pk-lf-…",
						required: true,
						autoFocus: true
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("label", {
						htmlFor: `${id}-secret`,
						children: "Secret key"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
						id: `${id}-secret`,
						name: "secret",
						type: "password",
						autoComplete: "current-password",
						placeholder: "sk-lf-…",
						required: true
					}),
					signIn.error && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
						role: "alert",
						children: problem(signIn.error)
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
						type: "submit",
						className: "button",
						"data-kind": "primary",
						disabled: signIn.isPending,
						children: "Sign in"
					})
				]
			})
		]
	});
}
function text(keys, name) {
	const value = keys.get(name);
	return typeof value === "string" ? value.trim() : "";
}
function problem(error) {
	return error instanceof ApiError && error.status === 401 ? "No project here has these keys." : error.message;
}
// src/signin/SignInGate.tsx
/** Asks for the keys where the server requires them, first or again, and otherwise stays out of the way. */
function SignInGate({ children }) {
	const client = useQueryClient();
	const { error } = useQuery(infoQuery);
	(0, import_react.useEffect)(() => client.getQueryCache().subscribe(({ type, query }) => {
		if (type === "updated" && query.queryKey[0] !== "info" && refused(query.state.error) && !refused(client.getQueryState(infoQuery.queryKey)?.error)) client.invalidateQueries({ queryKey: infoQuery.queryKey });
	}), [client]);
	return refused(error) ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(SignIn, { onDone: () => client.resetQueries() }) : children;
}
function refused(error) {
	return error instanceof ApiError && error.status === 401;
}
// src/ui/pathId.ts
/**
* A segment of the address as what it stands for. The router decodes only what may stand in an address anyway, and
* leaves the rest as it is: a colon or a slash of an id is still written with a percent sign.
*/
function pathId(segment) {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
// src/palette/EarlyField.tsx
/** Takes what is typed while the palette is being loaded: the page's shortcuts must not have it. */
function EarlyField({ onText, onClose }) {
	const dialog = (0, import_react.useRef)(null);
	(0, import_react.useEffect)(() => dialog.current?.showModal?.(), []);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("dialog", {
		ref: dialog,
		className: "palette",
		"aria-label": "Command palette",
		onClose,
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
			autoFocus: true,
			"aria-label": "Trace id, name, page or action",
			placeholder: "Trace id, name, page or action",
			onChange: (event) => onText(event.target.value)
		})
	});
}
// src/palette/PaletteHost.tsx
var Palette = (0, import_react.lazy)(() => __vitePreload(() => import("./Palette.js"), __vite__mapDeps([24,1,2,12])));
/** The button and the keys that open the palette, which is loaded only then. */
function PaletteHost({ onTheme, onHelp }) {
	const [open, setOpen] = (0, import_react.useState)(false);
	const file = (0, import_react.useRef)(null);
	const [early, setEarly] = (0, import_react.useState)("");
	const take = useImport();
	const loadSample = useSample();
	(0, import_react.useEffect)(() => {
		const onKeyDown = (event) => {
			if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
			event.preventDefault();
			if (!document.querySelector("dialog[open]")) setOpen(true);
		};
		window.addEventListener("keydown", onKeyDown);
		return () => window.removeEventListener("keydown", onKeyDown);
	}, []);
	const close = () => {
		setEarly("");
		setOpen(false);
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			type: "button",
			className: "icon-button",
			"aria-label": "Command palette",
			title: "Command palette (Ctrl K)",
			onClick: () => setOpen(true),
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Command, {
				size: 16,
				"aria-hidden": true
			})
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
			ref: file,
			type: "file",
			hidden: true,
			"aria-label": "OTLP-JSON file",
			accept: ".json,.jsonl,.ndjson,application/json",
			onChange: (event) => {
				const [chosen] = event.target.files ?? [];
				if (chosen) take(chosen.name, () => chosen.text());
				event.target.value = "";
			}
		}),
		open && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(import_react.Suspense, {
			fallback: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(EarlyField, {
				onText: setEarly,
				onClose: close
			}),
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Palette, {
				typed: early,
				actions: {
					chooseTheme: onTheme,
					help: onHelp,
					loadSample,
					pickFile: () => file.current?.click()
				},
				onClose: close
			})
		})
	] });
}
// src/ui/useClippedTitles.ts
/** Whatever is cut off at its end says all of itself under the pointer, unless something there speaks already. */
function useClippedTitles() {
	(0, import_react.useEffect)(() => {
		const ours = /* @__PURE__ */ new WeakSet();
		const onPointerOver = ({ target }) => {
			const label = target instanceof Element ? target.closest(".clip") : null;
			if (!label) return;
			if (ours.has(label)) label.removeAttribute("title");
			if (label.scrollWidth <= label.clientWidth || label.closest("[title]")) return;
			label.title = label.textContent ?? "";
			ours.add(label);
		};
		document.addEventListener("pointerover", onPointerOver);
		return () => document.removeEventListener("pointerover", onPointerOver);
	}, []);
}
// src/app/Help.tsx
var KEYS = [
	[["Ctrl", "k"], "command palette: ids, names, pages, actions"],
	[["j", "k"], "next, previous"],
	[["Enter"], "open the trace under the cursor"],
	[["J", "K"], "in a trace: the next, the previous of the list"],
	[["/"], "search: words, or name: user: session: level: model: tag: env: latency:>2s score:quality<0.5 has:error …"],
	[["c"], "compare the trace under the cursor with another"],
	[["e"], "next error"],
	[["p"], "pause or resume live updates"],
	[["←", "→"], "close, open in the tree"],
	[["*"], "open everything in the tree"],
	[[
		"+",
		"-",
		"0"
	], "zoom in, out, all of the timeline"],
	[["<", ">"], "move along the timeline"],
	[["f"], "fit the selected step into the timeline"],
	[["Ctrl", "wheel"], "zoom around the pointer"],
	[["Esc"], "back to the whole trace, then to the list"],
	[["t"], "theme: system, light, dark"],
	[["?"], "this help"]
];
function Help({ open, onClose }) {
	const dialog = (0, import_react.useRef)(null);
	(0, import_react.useEffect)(() => {
		if (open) dialog.current?.showModal?.();
		else dialog.current?.close?.();
	}, [open]);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("dialog", {
		ref: dialog,
		className: "sheet",
		"aria-labelledby": "help-title",
		onClose,
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", {
				id: "help-title",
				children: "Keyboard"
			}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
				type: "button",
				className: "icon-button",
				"aria-label": "Close",
				onClick: onClose,
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(X, {
					size: 16,
					"aria-hidden": true
				})
			})] }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("dl", {
				className: "keys",
				children: KEYS.map(([keys, meaning]) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
					style: { display: "contents" },
					children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("dt", { children: keys.map((key) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("kbd", { children: key }, key)) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("dd", { children: meaning })]
				}, meaning))
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
				className: "faint",
				style: { marginTop: 16 },
				children: ["Third-party licences of this page: ", /* @__PURE__ */ (0, import_jsx_runtime.jsx)("a", {
					href: "/third-party.txt",
					children: "third-party.txt"
				})]
			})
		]
	});
}
// src/app/PagesNav.tsx
var PAGES = [
	["/traces", "Traces"],
	["/sessions", "Sessions"],
	["/users", "Users"],
	["/dashboard", "Dashboard"],
	["/scores", "Scores"],
	["/prompts", "Prompts"],
	["/datasets", "Datasets"],
	["/health", "Health"]
];
/** The pages: beside each other where there is room, else behind a button that names where one is. */
function PagesNav() {
	const [path] = useLocation();
	const folded = useMedia(PAGES_FOLDED);
	const section = sectionOf(path);
	const links = (onFollow) => PAGES.map(([href, title]) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
		href,
		"aria-current": section === href ? path === href ? "page" : "true" : void 0,
		onClick: onFollow,
		children: title
	}, href));
	if (!folded) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("nav", {
		"aria-label": "Pages",
		children: links()
	});
	const here = PAGES.find(([href]) => href === section)?.[1] ?? "Pages";
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("nav", {
		"aria-label": "Pages",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Popover, {
			label: here === "Pages" ? "Pages" : `Pages, now ${here}`,
			title: "Pages",
			className: "pages-button",
			button: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [
				here,
				" ",
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(ChevronDown, {
					size: 14,
					"aria-hidden": true
				})
			] }),
			children: (close) => links(close)
		})
	});
}
/** The page of which an address is a part: "/project/p/sessions/s" belongs to "/sessions". */
function sectionOf(path) {
	const [first = ""] = path.replace(/^\/project\/[^/]*/, "").split("/").slice(1);
	return [
		"",
		"trace",
		"compare"
	].includes(first) ? "/traces" : `/${first}`;
}
// src/app/theme.ts
var THEMES = [
	"system",
	"light",
	"dark"
];
var KEY = "langfuse4j.theme";
/** The reader's choice, remembered by the browser; "system" follows the operating system. */
function useTheme() {
	const [theme, setTheme] = (0, import_react.useState)(stored);
	(0, import_react.useEffect)(() => {
		document.documentElement.dataset.theme = theme;
		try {
			localStorage.setItem(KEY, theme);
		} catch {}
	}, [theme]);
	const next = () => setTheme((current) => THEMES[(THEMES.indexOf(current) + 1) % THEMES.length] ?? "system");
	return [
		theme,
		next,
		setTheme
	];
}
function stored() {
	try {
		return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? "system";
	} catch {
		return "system";
	}
}
// src/app/useFocusOnPage.ts
/** A page takes the focus that went down with the one before it: Tab goes on from there, and a screen reader reads on. */
function useFocusOnPage(main) {
	const [path] = useLocation();
	const shown = (0, import_react.useRef)(path);
	(0, import_react.useEffect)(() => {
		if (shown.current === path) return;
		shown.current = path;
		if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
	}, [path, main]);
}
// src/app/Shell.tsx
var themeIcons = {
	system: Monitor,
	light: Sun,
	dark: Moon
};
function Shell({ children }) {
	const [help, setHelp] = (0, import_react.useState)(false);
	const [theme, nextTheme, setTheme] = useTheme();
	const ThemeIcon = themeIcons[theme];
	const main = (0, import_react.useRef)(null);
	useFocusOnPage(main);
	useClippedTitles();
	useKeys({
		"?": () => setHelp(true),
		t: nextTheme
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "shell",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("a", {
				className: "skip",
				href: "#main",
				children: "Skip to content"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", {
				className: "top",
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Link, {
						className: "brand",
						href: "/",
						"aria-label": "Langfuse4j, all traces",
						children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("svg", {
							viewBox: "0 0 24 24",
							width: "20",
							height: "20",
							"aria-hidden": true,
							children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("rect", {
								width: "24",
								height: "24",
								rx: "6",
								fill: "var(--accent)"
							}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("path", {
								d: "M5 7.2h9M8 12h11M8 16.8h6",
								stroke: "var(--on-accent)",
								strokeWidth: "2.4",
								strokeLinecap: "round"
							})]
						}), "Langfuse4j"]
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(PagesNav, {}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Connection, {}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(PaletteHost, {
						onTheme: setTheme,
						onHelp: () => setHelp(true)
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
						type: "button",
						className: "icon-button",
						"aria-label": `Theme: ${theme}`,
						title: `Theme: ${theme}`,
						onClick: nextTheme,
						children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ThemeIcon, {
							size: 16,
							"aria-hidden": true
						})
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(SignOut, {}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
						type: "button",
						className: "icon-button",
						"aria-label": "Keyboard help",
						title: "Keyboard help",
						onClick: () => setHelp(true),
						children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(CircleQuestionMark, {
							size: 16,
							"aria-hidden": true
						})
					})
				]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("main", {
				id: "main",
				ref: main,
				tabIndex: -1,
				children
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Help, {
				open: help,
				onClose: () => setHelp(false)
			})
		]
	});
}
function SignOut() {
	const client = useQueryClient();
	const { data } = useQuery(infoQuery);
	if (!data?.requireKeys) return null;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
		type: "button",
		className: "icon-button",
		"aria-label": "Sign out",
		title: `Sign out of ${data.projectName}`,
		onClick: () => void api.signOut().then(() => client.resetQueries()),
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(LogOut, {
			size: 16,
			"aria-hidden": true
		})
	});
}
function Connection() {
	const connected = useConnected();
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "connection",
		"data-connected": connected,
		title: connected ? "New traces appear by themselves" : "The server does not answer right now",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
			className: "dot",
			"aria-hidden": true
		}), connected ? "Live" : "Reconnecting"]
	});
}
// src/app/App.tsx
function App() {
	const [client] = (0, import_react.useState)(createQueryClient);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(QueryClientProvider, {
		client,
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(SignInGate, { children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(LiveProvider, { children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ImportProvider, { children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Shell, { children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Pages, {}) }) }) }) })
	});
}
function Pages() {
	const [path] = useLocation();
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorBoundary, {
		what: "This page",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Routes, {})
	}, path);
}
/** Our own short addresses, and those that Langfuse's SDKs print. */
function Routes() {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Switch, { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/",
			component: TracesPage
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/traces",
			component: TracesPage
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/project/:project/traces",
			component: TracesPage
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/trace/:id",
			children: ({ id }) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(TracePage, { id: pathId(id) }, id)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/traces/:id",
			children: ({ id }) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(TracePage, { id: pathId(id) }, id)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/project/:project/traces/:id",
			children: ({ id }) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(TracePage, { id: pathId(id) }, id)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/sessions",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(GroupsPage, { kind: "sessions" })
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/project/:project/sessions",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(GroupsPage, { kind: "sessions" })
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/users",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(GroupsPage, { kind: "users" })
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/project/:project/users",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(GroupsPage, { kind: "users" })
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/sessions/:id",
			children: ({ id }) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(SessionPage, { id: pathId(id) }, id)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/project/:project/sessions/:id",
			children: ({ id }) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(SessionPage, { id: pathId(id) }, id)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/compare/:left/:right",
			children: ({ left, right }) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ComparePage, {
				left: pathId(left),
				right: pathId(right)
			}, `${left} ${right}`)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/dashboard",
			component: DashboardPage
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/users/:id",
			children: ({ id }) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(UserPage, { id: pathId(id) }, id)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/project/:project/users/:id",
			children: ({ id }) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(UserPage, { id: pathId(id) }, id)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/scores",
			component: ScoresPage
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/project/:project/scores",
			component: ScoresPage
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/prompts",
			component: PromptsPage
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/project/:project/prompts",
			component: PromptsPage
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/prompts/:name",
			children: ({ name }) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(PromptPage, { name: pathId(name) }, name)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/project/:project/prompts/:name",
			children: ({ name }) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(PromptPage, { name: pathId(name) }, name)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/datasets",
			component: DatasetsPage
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/project/:project/datasets",
			component: DatasetsPage
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/datasets/:name",
			children: ({ name }) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(DatasetPage, { name: pathId(name) }, name)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/project/:project/datasets/:name",
			children: ({ name }) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(DatasetPage, { name: pathId(name) }, name)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/health",
			component: HealthPage
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, {
			path: "/project/:project",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Redirect, {
				to: "/traces",
				replace: true
			})
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Route, { children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NotFound, {}) })
	] });
}
function NotFound() {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Missing, {
		title: "There is no such page",
		href: "/traces",
		link: "All traces",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", { children: [
			"Traces live at ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: "/trace/<trace id>" }),
			", sessions at ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: "/sessions/<session id>" }),
			"."
		] })
	});
}
// src/main.tsx
var root = document.getElementById("root");
if (root) (0, import_client.createRoot)(root).render(/* @__PURE__ */ (0, import_jsx_runtime.jsx)(import_react.StrictMode, { children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(App, {}) }));
export { scoresQuery as $, download as A, TextDiff as B, scoreText as C, isFields as D, normalize as E, Toast as F, facetsQuery as G, Loading as H, CopyButton as I, observationQuery as J, groupsQuery as K, useTitle as L, useEscape as M, useKeys as N, SafeMarkdown as O, Fact as P, promptsQuery as Q, useThrottled as R, moodOf as S, Level as T, Missing as U, ErrorNotice as V, Notice as W, promptQuery as X, performanceQuery as Y, promptSummaryQuery as Z, TypeIcon as _, unmarked as a, difference as b, ScoreChips as c, treeOf as d, traceQuery as et, NARROW as f, useParam as g, markdownOf as h, TimeRange as i, fileName as j, JsonView as k, extentOf as l, mainGeneration as m, pathId as n, tracesByIdQuery as nt, Snippet as o, useMedia as p, latestQuery as q, TimeEnds as r, Segments as s, THEMES as t, tracesById as tt, inOrder as u, Popover as v, stepName as w, figure as x, SOURCES as y, useTraceChanges as z };
