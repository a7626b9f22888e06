import { r as __toESM } from "./rolldown-runtime.js";
import { Dt as require_react, mt as useSearchParams } from "./vendor.js";
// src/traces/time.ts
/** Spans that are counted back from now, as the address writes them behind a minus. */
var RANGES = [
	"15m",
	"1h",
	"6h",
	"24h",
	"7d",
	"30d"
];
var RANGE_NAMES = {
	"15m": "15 minutes",
	"1h": "an hour",
	"6h": "6 hours",
	"24h": "a day",
	"7d": "a week",
	"30d": "30 days"
};
var UNITS = {
	s: 1e3,
	m: 6e4,
	h: 36e5,
	d: 864e5,
	w: 6048e5
};
/** A link to "the last hour" would otherwise mean another hour with every request, and no two requests could share an answer. */
var GRAIN_MS = 5e3;
/** "-90m" is an instant counted back from now; anything else is left as it is, for the server to judge. */
function instantOf(text, now = Date.now()) {
	const match = /^-(\d+)([smhdw])$/.exec(text);
	if (!match) return text;
	const at = now - Number(match[1]) * (UNITS[match[2] ?? ""] ?? 0);
	return (/* @__PURE__ */ new Date(Math.floor(at / GRAIN_MS) * GRAIN_MS)).toISOString();
}
function rangeOf(from) {
	return RANGES.find((range) => `-${range}` === from) ?? null;
}
/** For an input of type datetime-local, which knows no zone. */
function localInput(iso) {
	const at = iso === null ? NaN : Date.parse(instantOf(iso));
	if (Number.isNaN(at)) return "";
	return (/* @__PURE__ */ new Date(at - new Date(at).getTimezoneOffset() * 6e4)).toISOString().slice(0, 16);
}
function fromLocalInput(value) {
	return value === "" ? null : new Date(value).toISOString();
}
// src/traces/filters.ts
var import_react = /* @__PURE__ */ __toESM(require_react(), 1);
/** All of them, in the order in which the address names them. */
var KEYS = Object.keys({
	search: 0,
	name: 0,
	level: 0,
	environment: 0,
	model: 0,
	type: 0,
	tag: 0,
	userId: 0,
	sessionId: 0,
	score: 0,
	latency: 0,
	tokens: 0,
	cost: 0,
	hasError: 0,
	from: 0,
	to: 0,
	sort: 0
});
/** The filters live in the address and nowhere else, so every view is a link and a bookmark. */
function useFilters() {
	const [params, setParams] = useSearchParams();
	const query = canonical(params);
	const set = (0, import_react.useCallback)((key, value) => setParams((current) => changed(current, key, value ?? ""), { replace: key === "search" }), [setParams]);
	const toggle = (0, import_react.useCallback)((key, value) => setParams((current) => {
		const before = current.getAll(key);
		const others = before.filter((other) => other !== value);
		const added = key === "score" ? [...before, value] : [value];
		return changed(current, key, ...others.length < before.length ? others : added);
	}), [setParams]);
	const setAll = (0, import_react.useCallback)((given) => setParams((current) => KEYS.reduce((params, key) => key in given ? changed(params, key, given[key] ?? "") : params, current)), [setParams]);
	const replace = (0, import_react.useCallback)((query) => setParams((current) => KEYS.reduce((params, key) => key === "sort" ? params : changed(params, key, ...query[key] ?? []), current), { replace: true }), [setParams]);
	const clear = (0, import_react.useCallback)(() => setParams(new URLSearchParams()), [setParams]);
	return (0, import_react.useMemo)(() => {
		const current = new URLSearchParams(query);
		return {
			query,
			get: (key) => current.get(key),
			getAll: (key) => current.getAll(key),
			set,
			toggle,
			setAll,
			replace,
			clear
		};
	}, [
		query,
		set,
		toggle,
		setAll,
		replace,
		clear
	]);
}
function canonical(params) {
	const result = new URLSearchParams();
	for (const key of KEYS) for (const value of params.getAll(key)) if (value) result.append(key, value);
	return result.toString();
}
/** The filters of a query string. */
function valuesOf(query) {
	const params = new URLSearchParams(query);
	return Object.fromEntries(KEYS.filter((key) => params.has(key)).map((key) => [key, params.getAll(key)]));
}
function changed(current, key, ...values) {
	const next = new URLSearchParams(current);
	next.delete(key);
	for (const value of values) if (value) next.append(key, value);
	return next;
}
// src/api/parameters.ts
/** Parameters of a request as the address writes them; what is not set is left out. */
function written(parameters) {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(parameters)) for (const one of [value ?? []].flat()) query.append(name, String(one));
	return query;
}
/** Filters as the server takes them: times counted back from now become instants. */
function asked(filters) {
	const { search, hasError, from, to, sort, ...others } = valuesOf(filters);
	const instant = (texts) => texts?.[0] && instantOf(texts[0]);
	return {
		...others,
		search: search?.[0],
		hasError: hasError && hasError[0] === "true",
		from: instant(from),
		to: instant(to),
		sort: sort?.[0]
	};
}
var PAGE_SIZE = 50;
function withPage(filters, cursor) {
	return {
		...asked(filters),
		limit: PAGE_SIZE,
		cursor
	};
}
// src/api/client.ts
/** An answer that is not 2xx, or no answer at all (status 0). */
var ApiError = class extends Error {
	status;
	constructor(status, message) {
		super(message);
		this.status = status;
		this.name = "ApiError";
	}
};
/** Reads what is described under an address, asking for nothing that is not. */
function read(path, { query, signal, ...named }) {
	const address = path.replace(/\{(\w+)\}/g, (_, name) => part(named[name] ?? ""));
	const asked = written(query ?? {}).toString();
	return request(asked === "" ? address : `${address}?${asked}`, {
		signal,
		headers: { accept: "application/json" }
	});
}
async function request(url, init) {
	return await (await send(url, init)).json();
}
async function send(url, init) {
	let response;
	try {
		response = await fetch(url, init);
	} catch (failure) {
		if (init.signal?.aborted) throw failure;
		throw new ApiError(0, "The server does not answer");
	}
	if (!response.ok) throw new ApiError(response.status, await messageOf(response));
	return response;
}
/** btoa takes Latin-1 only, and keys are of one's own choosing. */
function base64(text) {
	return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
async function messageOf(response) {
	const text = await response.text();
	try {
		const { message, error } = JSON.parse(text);
		return message ?? (typeof error === "string" ? error : text);
	} catch {
		return text.slice(0, 200) || response.statusText;
	}
}
var part = encodeURIComponent;
var api = {
	/** The browser is known by a cookie from then on. */
	signIn: (publicKey, secretKey) => send("/api/viewer/sign-in", {
		method: "POST",
		headers: { authorization: `Basic ${base64(`${publicKey}:${secretKey}`)}` }
	}),
	signOut: () => send("/api/viewer/sign-in", { method: "DELETE" }),
	info: (signal) => read("/api/viewer/info", { signal }),
	traces: (query, signal) => read("/api/viewer/traces", {
		query,
		signal
	}),
	facets: (query, signal) => read("/api/viewer/facets", {
		query,
		signal
	}),
	trace: (traceId, signal) => read("/api/viewer/traces/{traceId}", {
		traceId,
		signal
	}),
	wholeTrace: (traceId, signal) => read("/api/viewer/traces/{traceId}", {
		traceId,
		query: { bodies: "all" },
		signal
	}),
	observation: (traceId, observationId, signal) => read("/api/viewer/traces/{traceId}/observations/{observationId}", {
		traceId,
		observationId,
		signal
	}),
	publicTrace: (traceId) => read("/api/public/traces/{traceId}", { traceId }),
	/** Stores an OTLP/JSON request, as an exporter would. */
	ingest: (body) => request("/api/public/otel/v1/traces", {
		method: "POST",
		headers: {
			"content-type": "application/json",
			"x-langfuse-ingestion-version": "4"
		},
		body
	}),
	performance: (query, signal) => read("/api/viewer/performance", {
		query,
		signal
	}),
	prompts: (page, signal) => read("/api/public/v2/prompts", {
		query: {
			page,
			limit: 50
		},
		signal
	}),
	prompt: (promptName, version, signal) => read("/api/public/v2/prompts/{promptName}", {
		promptName,
		query: {
			version,
			resolve: false
		},
		signal
	}),
	promptByName: (name, signal) => read("/api/public/v2/prompts", {
		query: { name },
		signal
	}),
	labelPrompt: (name, version, newLabels) => request(`/api/public/v2/prompts/${part(name)}/versions/${version}`, {
		method: "PATCH",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ newLabels })
	}),
	/** Adds a version to a prompt, or makes the prompt with its first. */
	createPrompt: (draft) => request("/api/public/v2/prompts", {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(draft)
	}),
	datasets: (page, signal) => read("/api/public/v2/datasets", {
		query: {
			page,
			limit: 50
		},
		signal
	}),
	dataset: (name, signal) => read("/api/public/v2/datasets/{name}", {
		name,
		signal
	}),
	datasetItems: (datasetName, page, signal) => read("/api/public/dataset-items", {
		query: {
			datasetName,
			page,
			limit: 100
		},
		signal
	}),
	datasetRuns: (name, page, signal) => read("/api/public/datasets/{name}/runs", {
		name,
		query: {
			page,
			limit: 100
		},
		signal
	}),
	runItems: (datasetId, runName, page, signal) => read("/api/public/dataset-run-items", {
		query: {
			datasetId,
			runName,
			page,
			limit: 100
		},
		signal
	}),
	media: (mediaId, signal) => read("/api/public/media/{mediaId}", {
		mediaId,
		signal
	}),
	volume: (query, signal) => read("/api/viewer/volume", {
		query,
		signal
	}),
	groups: (kind, query, signal) => read(`/api/viewer/${kind}`, {
		query,
		signal
	}),
	scores: (query, signal) => read("/api/public/v2/scores", {
		query,
		signal
	}),
	annotate: (annotation) => request("/api/viewer/scores", {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(annotation)
	}),
	deleteScore: (id) => request(`/api/viewer/scores/${part(id)}`, { method: "DELETE" }),
	session: (sessionId, signal) => read("/api/viewer/sessions/{sessionId}", {
		sessionId,
		signal
	})
};
export { useFilters as a, RANGE_NAMES as c, rangeOf as d, withPage as i, fromLocalInput as l, api as n, valuesOf as o, asked as r, RANGES as s, ApiError as t, localInput as u };
