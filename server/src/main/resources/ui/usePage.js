import { r as __toESM } from "./rolldown-runtime.js";
import { Dt as require_react, Q as ChevronLeft, Z as ChevronRight, wt as require_jsx_runtime } from "./vendor.js";
import { a as count } from "./format.js";
import { L as useTitle, N as useKeys, g as useParam } from "./app.js";
/* empty css      */
// src/ui/Pager.tsx
var import_jsx_runtime = require_jsx_runtime();
/** Which part of a long list is shown, and the way to the others. */
function Pager({ page, size, total, onPage }) {
	if (total <= size) return null;
	const last = Math.ceil(total / size);
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("nav", {
		className: "pager",
		"aria-label": "Pages of the list",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
				type: "button",
				className: "icon-button",
				"aria-label": "Previous page",
				disabled: page <= 1,
				onClick: () => onPage(page - 1),
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ChevronLeft, {
					size: 16,
					"aria-hidden": true
				})
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
				className: "numeric soft",
				children: [
					count((page - 1) * size + 1),
					"–",
					count(Math.min(total, page * size)),
					" of ",
					count(total)
				]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
				type: "button",
				className: "icon-button",
				"aria-label": "Next page",
				disabled: page >= last,
				onClick: () => onPage(page + 1),
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ChevronRight, {
					size: 16,
					"aria-hidden": true
				})
			})
		]
	});
}
// src/ui/useRowKeys.ts
var import_react = /* @__PURE__ */ __toESM(require_react(), 1);
/** j and k move the focus along the first links of a table's rows; Enter then is the link's own. */
function useRowKeys() {
	const table = (0, import_react.useRef)(null);
	const move = (step) => {
		const links = [...table.current?.querySelectorAll("tbody tr") ?? []].flatMap((row) => row.querySelector("a") ?? []);
		const row = document.activeElement?.closest("tr");
		const at = links.findIndex((link) => link.closest("tr") === row);
		links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
	};
	useKeys({
		j: () => move(1),
		k: () => move(-1)
	});
	return table;
}
// src/ui/ListPage.tsx
/** A page that is one table below a heading, and the way to its other pages. */
function ListPage({ title, page, size, total, onPage, tools, children }) {
	useTitle(title);
	const table = useRowKeys();
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "table-page",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", { children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", { children: title }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
					className: "faint numeric",
					children: count(total)
				}),
				tools && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { className: "grow" }), tools] })
			] }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
				ref: table,
				className: "table-scroll",
				tabIndex: 0,
				role: "region",
				"aria-label": title,
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("table", {
					className: "data-table",
					children
				})
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Pager, {
				page,
				size,
				total,
				onPage
			})
		]
	});
}
// src/ui/usePage.ts
/** Which page of a list the address names. */
function usePage() {
	const [wanted, setWanted] = useParam("page");
	return [Math.max(1, Number(wanted) || 1), (next) => setWanted(next === 1 ? null : String(next))];
}
export { ListPage as n, usePage as t };
