import { r as __toESM } from "./rolldown-runtime.js";
import { Dt as require_react, ft as useLocation, wt as require_jsx_runtime, yt as useQuery } from "./vendor.js";
import { G as facetsQuery, t as THEMES } from "./app.js";
import { n as api } from "./client.js";
// src/palette/commands.ts
var import_react = /* @__PURE__ */ __toESM(require_react(), 1);
/** The trace whose page is open, if one is. */
function commandsFor(tracePath, actions) {
	return [
		{
			id: "traces",
			group: "Go to",
			label: "Traces",
			href: "/traces"
		},
		{
			id: "errors",
			group: "Go to",
			label: "Traces with an error",
			href: "/traces?hasError=true"
		},
		{
			id: "sessions",
			group: "Go to",
			label: "Sessions",
			href: "/sessions"
		},
		{
			id: "users",
			group: "Go to",
			label: "Users",
			href: "/users"
		},
		{
			id: "dashboard",
			group: "Go to",
			label: "Dashboard",
			href: "/dashboard"
		},
		{
			id: "scores",
			group: "Go to",
			label: "Scores",
			href: "/scores"
		},
		{
			id: "prompts",
			group: "Go to",
			label: "Prompts",
			href: "/prompts"
		},
		{
			id: "datasets",
			group: "Go to",
			label: "Datasets and experiments",
			href: "/datasets"
		},
		{
			id: "health",
			group: "Go to",
			label: "Health",
			href: "/health"
		},
		...tracePath === null ? [] : [
			"tree",
			"timeline",
			"table",
			"graph"
		].map((pane) => ({
			id: pane,
			group: "Go to",
			label: `This trace as ${pane}`,
			href: `${tracePath}?pane=${pane}`
		})),
		...THEMES.map((theme) => ({
			id: `theme-${theme}`,
			group: "Do",
			label: `Theme: ${theme}`,
			run: () => actions.chooseTheme(theme)
		})),
		{
			id: "import",
			group: "Do",
			label: "Import an OTLP-JSON file…",
			run: actions.pickFile
		},
		{
			id: "sample",
			group: "Do",
			label: "Load sample data",
			run: actions.loadSample
		},
		{
			id: "help",
			group: "Do",
			label: "Keyboard help",
			hint: "?",
			run: actions.help
		}
	];
}
/** What fits the typed text: an id opens, a name found on the server opens, commands match by their words. */
function matching(text, commands, names, rows) {
	const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
	const fits = (label) => words.every((word) => label.toLowerCase().includes(word));
	const known = commands.filter(({ label }) => fits(label));
	if (words.length === 0) return known;
	return [
		...idOf(text),
		...rows.map((row) => ({
			id: `trace-${row.id}`,
			group: "Traces",
			label: row.name || row.id,
			hint: row.inputPreview?.slice(0, 80) ?? row.id,
			href: `/traces/${encodeURIComponent(row.id)}`
		})),
		...names.filter(fits).slice(0, 5).map((name) => ({
			id: `name-${name}`,
			group: "Traces",
			label: `All named ${name}`,
			href: `/traces?name=${encodeURIComponent(name)}`
		})),
		{
			id: "search",
			group: "Traces",
			label: `Search for “${text.trim()}”`,
			href: `/traces?search=${encodeURIComponent(text.trim())}`
		},
		...known
	];
}
function idOf(text) {
	const id = text.trim().toLowerCase();
	return /^[0-9a-f]{32}$/.test(id) ? [{
		id: "open",
		group: "Traces",
		label: `Open trace ${id}`,
		href: `/traces/${id}`
	}] : [];
}
// src/palette/useFound.ts
var SETTLE_MS = 150;
var SHOWN = 6;
/** What the server knows under a text: traces that contain it, and every frequent name. */
function useFound(text) {
	const [settled, setSettled] = (0, import_react.useState)("");
	(0, import_react.useEffect)(() => {
		const timer = setTimeout(() => setSettled(text.trim()), SETTLE_MS);
		return () => clearTimeout(timer);
	}, [text]);
	const rows = useQuery({
		queryKey: ["palette", settled],
		queryFn: ({ signal }) => api.traces({
			search: settled,
			limit: SHOWN
		}, signal),
		enabled: settled.length >= 2,
		placeholderData: (previous) => previous
	});
	const facets = useQuery(facetsQuery(""));
	const wanted = text.trim();
	const found = settled.length >= 2 && wanted !== "" ? rows.data?.data ?? [] : [];
	return {
		rows: settled === wanted && !rows.isPlaceholderData ? found : found.filter((row) => shows(row, wanted)),
		names: (facets.data?.name ?? []).map(({ value }) => value)
	};
}
function shows({ id, name, inputPreview }, text) {
	return text.toLowerCase().split(/\s+/).every((word) => [
		id,
		name,
		inputPreview
	].some((told) => told?.toLowerCase().includes(word)));
}
// src/palette/Palette.tsx
var import_jsx_runtime = require_jsx_runtime();
/** One field for everything: an id, a name, a page, an action. */
function Palette({ typed, actions, onClose }) {
	const [text, setText] = (0, import_react.useState)(typed);
	const [at, setAt] = (0, import_react.useState)(0);
	const [path, navigate] = useLocation();
	const dialog = (0, import_react.useRef)(null);
	const id = (0, import_react.useId)();
	const { rows, names } = useFound(text);
	const found = matching(text, commandsFor(/\/traces?\/[^/]+$/.test(path) ? path : null, actions), names, rows);
	const current = Math.min(at, found.length - 1);
	(0, import_react.useEffect)(() => dialog.current?.showModal?.(), []);
	(0, import_react.useEffect)(() => {
		document.getElementById(`${id}-${current}`)?.scrollIntoView?.({ block: "nearest" });
	}, [id, current]);
	const choose = (command) => {
		if (!command) return;
		onClose();
		if (command.href !== void 0) navigate(command.href);
		else command.run?.();
	};
	const onKeyDown = (event) => {
		const step = {
			ArrowDown: 1,
			ArrowUp: -1
		}[event.key];
		if (step !== void 0) setAt((current + step + found.length) % Math.max(1, found.length));
		else if (event.key === "Enter") choose(found[current]);
		else return;
		event.preventDefault();
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("dialog", {
		ref: dialog,
		className: "palette",
		"aria-label": "Command palette",
		onClose,
		onClick: (event) => event.target === dialog.current && onClose(),
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
			autoFocus: true,
			role: "combobox",
			"aria-label": "Trace id, name, page or action",
			"aria-expanded": true,
			"aria-controls": `${id}-list`,
			"aria-activedescendant": found.length > 0 ? `${id}-${current}` : void 0,
			placeholder: "Trace id, name, page or action",
			value: text,
			onChange: (event) => {
				setText(event.target.value);
				setAt(0);
			},
			onKeyDown
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
			role: "listbox",
			id: `${id}-list`,
			"aria-label": "Commands",
			children: found.map((command, index) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Option, {
				command,
				id: `${id}-${index}`,
				selected: index === current,
				onChoose: () => choose(command)
			}, command.id))
		})]
	});
}
function Option({ command, id, selected, onChoose }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		role: "option",
		id,
		"aria-selected": selected,
		onClick: onChoose,
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "palette-group",
				children: command.group
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "palette-label clip",
				dir: "auto",
				children: command.label
			}),
			command.hint && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "faint clip",
				dir: "auto",
				children: command.hint
			})
		]
	});
}
export { Palette as default };
