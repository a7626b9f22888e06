import { vt as queryOptions } from "./vendor.js";
import { n as api } from "./client.js";
import { tt as tracesById } from "./app.js";
// src/datasets/queries.ts
/** More than this nobody reads on one page; what is left out is said. */
var MOST_ITEMS = 1e3;
var datasetsQuery = (page) => queryOptions({
	queryKey: ["datasets", page],
	queryFn: ({ signal }) => api.datasets(page, signal),
	placeholderData: (previous) => previous
});
var datasetQuery = (name) => queryOptions({
	queryKey: ["dataset", name],
	queryFn: async ({ signal }) => {
		const [dataset, items, runs] = await Promise.all([
			api.dataset(name, signal),
			allOf((page) => api.datasetItems(name, page, signal)),
			allOf((page) => api.datasetRuns(name, page, signal))
		]);
		return {
			dataset,
			items,
			runs
		};
	}
});
/** The traces by which a run answered, by the id of the item. */
var runQuery = (datasetId, run) => queryOptions({
	queryKey: [
		"run",
		datasetId,
		run
	],
	queryFn: async ({ signal }) => {
		const { data: links } = await allOf((page) => api.runItems(datasetId, run, page, signal));
		const traces = await tracesById(links.map(({ traceId }) => traceId), signal);
		return new Map(links.map((link) => [link.datasetItemId, {
			...link,
			trace: traces.get(link.traceId) ?? null
		}]));
	},
	staleTime: 6e4
});
/** All pages of a list, as far as they are worth reading. */
async function allOf(load) {
	const data = [];
	for (let page = 1;; page++) {
		const { data: more, meta } = await load(page);
		data.push(...more);
		if (page >= meta.totalPages || more.length === 0 || data.length >= MOST_ITEMS) return {
			data,
			total: meta.totalItems
		};
	}
}
// src/datasets/snippets.ts
/** A command that adds an item to a dataset of this server. */
function addItem(datasetName) {
	const item = JSON.stringify({
		datasetName,
		input: "Do you deliver to Norway?",
		expectedOutput: "Yes."
	});
	return `curl ${window.location.origin}/api/public/dataset-items \\
  -H 'Content-Type: application/json' \\
  -d '${item.replaceAll("'", "'\\''")}'`;
}
export { runQuery as i, datasetQuery as n, datasetsQuery as r, addItem as t };
