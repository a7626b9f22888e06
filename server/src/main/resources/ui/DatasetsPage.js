import { ct as Link, wt as require_jsx_runtime, yt as useQuery } from "./vendor.js";
import { t as ago } from "./format.js";
import { n as ListPage, t as usePage } from "./usePage.js";
import { H as Loading, V as ErrorNotice, W as Notice, o as Snippet } from "./app.js";
import { r as datasetsQuery, t as addItem } from "./datasets.js";
// src/datasets/DatasetsPage.tsx
var import_jsx_runtime = require_jsx_runtime();
function DatasetsPage() {
	const [page, setPage] = usePage();
	const { data, error, refetch } = useQuery(datasetsQuery(page));
	if (!data) return error ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: "the datasets",
		retry: () => void refetch()
	}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the datasets" });
	if (data.meta.totalItems === 0) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NoDatasets, {});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(ListPage, {
		title: "Datasets",
		page,
		size: data.meta.limit,
		total: data.meta.totalItems,
		onPage: setPage,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("thead", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				children: "Name"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				className: "wide",
				children: "Description"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				className: "number",
				children: "Changed"
			})
		] }) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("tbody", { children: data.data.map(({ id, name, description, updatedAt }) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "row",
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
					href: `/datasets/${encodeURIComponent(name)}`,
					children: name
				})
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
				className: "wide soft",
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "clip",
					children: description
				})
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
				className: "number numeric soft",
				title: updatedAt,
				children: ago(updatedAt)
			})
		] }, id)) })]
	});
}
function NoDatasets() {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Notice, {
		title: "No dataset yet",
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", { children: "A dataset is a list of inputs with the answers you expect. Run your program over it before and after a change, and see here which answers became better or worse. Create the first one with any of Langfuse's SDKs, or with curl:" }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Snippet, {
			label: "curl command",
			code: `curl ${window.location.origin}/api/public/v2/datasets \\
  -H 'Content-Type: application/json' -d '{"name": "questions"}'
${addItem("questions")}`
		})]
	});
}
export { DatasetsPage as default };
