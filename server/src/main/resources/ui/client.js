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
function get(path, signal) {
	return request(`/api/viewer${path}`, {
		signal,
		headers: { accept: "application/json" }
	});
}
function getPublic(path, signal) {
	return request(`/api/public${path}`, {
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
		const body = JSON.parse(text);
		return body.message ?? body.error ?? text;
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
	info: (signal) => get("/info", signal),
	traces: (query, signal) => get(`/traces?${query}`, signal),
	facets: (query, signal) => get(`/facets?${query}`, signal),
	trace: (id, signal) => get(`/traces/${part(id)}`, signal),
	wholeTrace: (id, signal) => get(`/traces/${part(id)}?bodies=all`, signal),
	observation: (traceId, id, signal) => get(`/traces/${part(traceId)}/observations/${part(id)}`, signal),
	publicTrace: (id) => getPublic(`/traces/${part(id)}`),
	/** Stores an OTLP/JSON request, as an exporter would. */
	ingest: (body) => request("/api/public/otel/v1/traces", {
		method: "POST",
		headers: {
			"content-type": "application/json",
			"x-langfuse-ingestion-version": "4"
		},
		body
	}),
	performance: (query, signal) => get(`/performance?${query}`, signal),
	prompts: (page, signal) => getPublic(`/v2/prompts?page=${page}&limit=50`, signal),
	prompt: (name, version, signal) => getPublic(`/v2/prompts/${part(name)}?version=${version}&resolve=false`, signal),
	promptByName: (name, signal) => getPublic(`/v2/prompts?name=${part(name)}`, signal),
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
	datasets: (page, signal) => getPublic(`/v2/datasets?page=${page}&limit=50`, signal),
	dataset: (name, signal) => getPublic(`/v2/datasets/${part(name)}`, signal),
	datasetItems: (name, page, signal) => getPublic(`/dataset-items?datasetName=${part(name)}&page=${page}&limit=100`, signal),
	datasetRuns: (name, page, signal) => getPublic(`/datasets/${part(name)}/runs?page=${page}&limit=100`, signal),
	runItems: (datasetId, run, page, signal) => getPublic(`/dataset-run-items?datasetId=${part(datasetId)}&runName=${part(run)}&page=${page}&limit=100`, signal),
	media: (id, signal) => getPublic(`/media/${part(id)}`, signal),
	volume: (query, signal) => get(`/volume?${query}`, signal),
	groups: (kind, query, signal) => get(`/${kind}?${query}`, signal),
	scores: (query, signal) => getPublic(`/v2/scores?${query}`, signal),
	annotate: (annotation) => request("/api/viewer/scores", {
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify(annotation)
	}),
	deleteScore: (id) => request(`/api/viewer/scores/${part(id)}`, { method: "DELETE" }),
	session: (id, signal) => get(`/sessions/${part(id)}`, signal)
};
export { api as n, ApiError as t };
