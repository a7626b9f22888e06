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
async function request(url, init) {
	let response;
	try {
		response = await fetch(url, init);
	} catch (failure) {
		if (init.signal?.aborted) throw failure;
		throw new ApiError(0, "The server does not answer");
	}
	if (!response.ok) throw new ApiError(response.status, await messageOf(response));
	return await response.json();
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
	info: (signal) => get("/info", signal),
	traces: (query, signal) => get(`/traces?${query}`, signal),
	facets: (query, signal) => get(`/facets?${query}`, signal),
	trace: (id, signal) => get(`/traces/${part(id)}`, signal),
	observation: (traceId, id, signal) => get(`/traces/${part(traceId)}/observations/${part(id)}`, signal),
	publicTrace: (id) => request(`/api/public/traces/${part(id)}`, { headers: { accept: "application/json" } }),
	/** Stores an OTLP/JSON request, as an exporter would. */
	ingest: (body) => request("/api/public/otel/v1/traces", {
		method: "POST",
		headers: {
			"content-type": "application/json",
			"x-langfuse-ingestion-version": "4"
		},
		body
	}),
	session: (id, signal) => get(`/sessions/${part(id)}`, signal)
};
export { api as n, ApiError as t };
