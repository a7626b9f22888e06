import { ct as Link, ft as useLocation, wt as require_jsx_runtime, x as Plus, yt as useQuery } from "./vendor.js";
import { H as Loading, Q as promptsQuery, V as ErrorNotice, W as Notice, g as useParam, o as Snippet } from "./app.js";
import { a as count, t as ago } from "./format.js";
import { n as ListPage, t as usePage } from "./usePage.js";
import { t as PromptEditor } from "./prompts.js";
// src/prompts/PromptsPage.tsx
var import_jsx_runtime = require_jsx_runtime();
/** Every prompt that programs fetch from here. */
function PromptsPage() {
	const [page, setPage] = usePage();
	const [adding, setAdding] = useParam("new");
	const [, navigate] = useLocation();
	const { data, error, refetch } = useQuery(promptsQuery(page));
	if (adding === "1") return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
		className: "table-page",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(PromptEditor, {
			base: null,
			onDone: ({ name }) => navigate(`/prompts/${encodeURIComponent(name)}`),
			onCancel: () => setAdding(null)
		})
	});
	if (!data) return error ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: "the prompts",
		retry: () => void refetch()
	}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the prompts" });
	if (data.meta.totalItems === 0) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NoPrompts, { onAdd: () => setAdding("1") });
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(ListPage, {
		title: "Prompts",
		page,
		size: data.meta.limit,
		total: data.meta.totalItems,
		onPage: setPage,
		tools: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NewPrompt, { onAdd: () => setAdding("1") }),
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("thead", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				children: "Name"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				children: "Kind"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				className: "number",
				children: "Versions"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				className: "optional",
				children: "Labels"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				className: "optional",
				children: "Tags"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
				scope: "col",
				className: "number",
				children: "Changed"
			})
		] }) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("tbody", { children: data.data.map((prompt) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Row, { prompt }, prompt.name)) })]
	});
}
function Row({ prompt: { name, type, versions, labels, tags, lastUpdatedAt } }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("tr", { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("th", {
			scope: "row",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
				href: `/prompts/${encodeURIComponent(name)}`,
				children: name
			})
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "soft",
			children: type
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "number numeric",
			children: count(versions.length)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "optional",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "chips",
				children: labels.map((label) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "chip",
					"data-label": label,
					children: label
				}, label))
			})
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "optional",
			children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "chips",
				children: tags.map((tag) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
					className: "chip",
					children: ["#", tag]
				}, tag))
			})
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)("td", {
			className: "number numeric soft",
			title: lastUpdatedAt,
			children: ago(lastUpdatedAt)
		})
	] });
}
function NewPrompt({ onAdd }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
		type: "button",
		className: "button",
		onClick: onAdd,
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Plus, {
			size: 13,
			"aria-hidden": true
		}), " New prompt"]
	});
}
function NoPrompts({ onAdd }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Notice, {
		title: "No prompt is kept here yet",
		actions: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NewPrompt, { onAdd }),
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", { children: [
			"Keep a prompt on the server and change it without a release. A program asks for it by name and gets the version labelled",
			" ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: "production" }),
			". Write the first one here, or create it with any of Langfuse's SDKs or with curl:"
		] }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Snippet, {
			label: "curl command",
			code: `curl ${window.location.origin}/api/public/v2/prompts \\
  -H 'Content-Type: application/json' \\
  -d '{"name": "greeting", "prompt": "Say hello to {{name}}.", "labels": ["production"]}'`
		})]
	});
}
export { PromptsPage as default };
