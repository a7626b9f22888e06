import { r as __toESM } from "./rolldown-runtime.js";
import { C as Pencil, Ct as useQueryClient, Dt as require_react, P as GitCompare, Q as ChevronLeft, bt as useQueries, ct as Link, gt as useMutation, mt as useSearchParams, wt as require_jsx_runtime, x as Plus, yt as useQuery } from "./vendor.js";
import { B as TextDiff, D as isFields, F as Toast, H as Loading, I as CopyButton, L as useTitle, U as Missing, V as ErrorNotice, X as promptQuery, Z as promptSummaryQuery, g as useParam, k as JsonView, v as Popover } from "./app.js";
import { n as readable, t as PromptEditor } from "./prompts.js";
import { n as api } from "./client.js";
import { t as ago } from "./format.js";
// src/prompts/Labels.tsx
var import_react = /* @__PURE__ */ __toESM(require_react(), 1);
var import_jsx_runtime = require_jsx_runtime();
/** What programs can ask for instead of a number. A label given here is taken from the version that had it. */
function Labels({ prompt: { name, version, labels } }) {
	const client = useQueryClient();
	const add = useMutation({
		mutationFn: (label) => api.labelPrompt(name, version, [label]),
		onSettled: () => client.invalidateQueries({ queryKey: ["prompt", name] })
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
		className: "chips",
		children: [
			labels.map((label) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
				className: "chip",
				"data-label": label,
				children: label
			}, label)),
			!labels.includes("production") && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
				type: "button",
				className: "chip chip-button",
				onClick: () => add.mutate("production"),
				children: "make it production"
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Popover, {
				label: "Add a label",
				className: "chip chip-button",
				button: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Plus, {
					size: 12,
					"aria-hidden": true
				}),
				children: (close) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)(LabelForm, { onAdd: (label) => {
					add.mutate(label);
					close();
				} })
			}),
			add.error && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(Toast, {
				kind: "error",
				onClose: add.reset,
				children: ["Could not set the label: ", add.error.message]
			})
		]
	});
}
function LabelForm({ onAdd }) {
	const [text, setText] = (0, import_react.useState)("");
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("form", {
		className: "label-form",
		onSubmit: (event) => {
			event.preventDefault();
			if (text !== "") onAdd(text);
		},
		children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
			"aria-label": "Label",
			placeholder: "staging",
			pattern: "[a-z0-9_.\\-]+",
			title: "Small letters, digits, and _ - .",
			maxLength: 36,
			value: text,
			onChange: (event) => setText(event.target.value)
		}), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
			type: "submit",
			className: "button",
			"data-kind": "primary",
			children: "Add"
		})]
	});
}
// src/prompts/pieces.ts
/** A prompt taken apart at its variables, and at the prompts that it takes in. */
function piecesOf(text) {
	return text.split(/(\{\{[^{}\n]{1,200}\}\}|@@@langfusePrompt:[^@\n]{1,300}@@@)/).map((piece, index) => ({
		variable: index % 2 === 1,
		text: piece
	})).filter(({ text: piece }) => piece !== "");
}
// src/prompts/PromptText.tsx
/** What a prompt says, as it is kept: variables stand out, messages have their roles. */
function PromptText({ prompt }) {
	if (typeof prompt === "string") return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Words, { text: prompt });
	if (!Array.isArray(prompt)) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(JsonView, {
		value: prompt,
		label: "prompt"
	});
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("ol", {
		className: "prompt-messages",
		children: prompt.map((message, index) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("li", {
			"aria-label": roleOf(message),
			children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h3", { children: roleOf(message) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Message, { message })]
		}, index))
	});
}
function roleOf(message) {
	if (!isFields(message)) return "message";
	return message.type === "placeholder" ? "placeholder" : String(message.role ?? "message");
}
function Message({ message }) {
	if (!isFields(message)) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(JsonView, {
		value: message,
		label: "message"
	});
	if (message.type === "placeholder") return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", {
		className: "soft",
		children: [
			"The messages given as ",
			String(message.name),
			" go here."
		]
	});
	return typeof message.content === "string" ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Words, { text: message.content }) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(JsonView, {
		value: message.content,
		label: "content"
	});
}
function Words({ text }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("pre", {
		className: "prompt-text",
		dir: "auto",
		tabIndex: 0,
		children: piecesOf(text).map(({ variable, text: piece }, index) => variable ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)("mark", { children: piece }, index) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { children: piece }, index))
	});
}
// src/prompts/Version.tsx
/** What one version says, and what is labelled with it. */
function Version({ name, version, onEdit }) {
	const { data, error, refetch } = useQuery(promptQuery(name, version));
	if (!data) return error ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: "this version",
		retry: () => void refetch()
	}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "this version" });
	const config = typeof data.config === "object" && data.config !== null && Object.keys(data.config).length > 0;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
			className: "prompt-head",
			children: [
				/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("h2", { children: ["Version ", version] }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Labels, { prompt: data }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", { className: "grow" }),
				/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
					type: "button",
					className: "button",
					onClick: onEdit,
					children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Pencil, {
						size: 13,
						"aria-hidden": true
					}), " New version"]
				}),
				/* @__PURE__ */ (0, import_jsx_runtime.jsx)(CopyButton, {
					text: () => typeof data.prompt === "string" ? data.prompt : JSON.stringify(data.prompt, null, 2),
					label: "Copy the prompt",
					children: "copy"
				})
			]
		}),
		data.commitMessage && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
			className: "soft",
			children: data.commitMessage
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(PromptText, { prompt: data.prompt }),
		config && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("section", {
			className: "io",
			"aria-label": "Config",
			children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)("header", { children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)("h3", { children: "Config" }) }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
				className: "io-body",
				children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(JsonView, {
					value: data.config,
					label: "config"
				})
			})]
		})
	] });
}
// src/prompts/Versions.tsx
var SHOWN = 20;
/** The versions with their labels; one is read, and another may be held against it. */
function Versions({ name, versions, version, before, onVersion, onCompare }) {
	const [shown, setShown] = (0, import_react.useState)(SHOWN);
	const listed = versions.filter((known, index) => index < shown || known === version || known === before);
	const details = useQueries({ queries: listed.map((known) => promptQuery(name, known)) });
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("nav", {
		className: "prompt-versions",
		"aria-label": "Versions",
		children: [listed.map((known, index) => {
			const detail = details[index]?.data;
			return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
				"data-current": known === version,
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
					type: "button",
					className: "prompt-choice",
					"aria-current": known === version || void 0,
					onClick: () => onVersion(known),
					children: [
						/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("b", { children: ["Version ", known] }),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
							className: "faint",
							children: detail ? ago(detail.createdAt) : ""
						}),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
							className: "chips",
							children: detail?.labels.map((label) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
								className: "chip",
								"data-label": label,
								children: label
							}, label))
						})
					]
				}), known !== version && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
					type: "button",
					className: "icon-button",
					"aria-label": `Compare with version ${known}`,
					title: `Compare with version ${known}`,
					"aria-pressed": known === before,
					onClick: () => onCompare(known === before ? null : known),
					children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(GitCompare, {
						size: 14,
						"aria-hidden": true
					})
				})]
			}, known);
		}), versions.length > listed.length && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
			type: "button",
			className: "facet-more",
			onClick: () => setShown(shown + SHOWN),
			children: [versions.length - listed.length, " more"]
		})]
	});
}
// src/prompts/PromptPage.tsx
/** One prompt: its versions, what each says, and what changed between two of them. */
function PromptPage({ name }) {
	useTitle(name);
	const { data, error, isPending, refetch } = useQuery(promptSummaryQuery(name));
	if (isPending) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the prompt" });
	if (error) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: "the prompt",
		retry: () => void refetch()
	});
	return data ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Prompt, { prompt: data }) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(NoSuchPrompt, { name });
}
function Prompt({ prompt }) {
	const versions = [...prompt.versions].sort((left, right) => right - left);
	const [wanted, setWanted] = useParam("version");
	const [compared, setCompared] = useParam("compare");
	const [editing, setEditing] = useParam("edit");
	const [, setSearch] = useSearchParams();
	const version = versions.find((known) => String(known) === wanted) ?? versions[0] ?? 1;
	const before = versions.find((known) => String(known) === compared && known !== version) ?? null;
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
		className: "prompt-page",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("header", {
				className: "trace-title",
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Link, {
						className: "icon-button",
						href: "/prompts",
						"aria-label": "All prompts",
						children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ChevronLeft, {
							size: 18,
							"aria-hidden": true
						})
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h1", {
						className: "clip",
						children: prompt.name
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)(CopyButton, {
						text: prompt.name,
						label: "Copy the name"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
						className: "faint",
						children: prompt.type
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("span", {
						className: "chips",
						children: prompt.tags.map((tag) => /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("span", {
							className: "chip",
							children: ["#", tag]
						}, tag))
					})
				]
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Versions, {
				name: prompt.name,
				versions,
				version,
				before,
				onVersion: (next) => setWanted(String(next)),
				onCompare: (next) => setCompared(next === null ? null : String(next))
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("div", {
				className: "prompt-version",
				children: editing === "1" ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Editing, {
					name: prompt.name,
					version,
					onClose: () => setEditing(null),
					onDone: (created) => setSearch(new URLSearchParams({ version: String(created.version) }))
				}) : before === null ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Version, {
					name: prompt.name,
					version,
					onEdit: () => setEditing("1")
				}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Difference, {
					name: prompt.name,
					before,
					version
				})
			})
		]
	});
}
function Editing({ name, version, onDone, onClose }) {
	const { data, error, refetch } = useQuery(promptQuery(name, version));
	if (!data) return error ? /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: "this version",
		retry: () => void refetch()
	}) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "this version" });
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(PromptEditor, {
		base: data,
		onDone,
		onCancel: onClose
	}, version);
}
function Difference({ name, before, version }) {
	const [left, right] = [useQuery(promptQuery(name, before)), useQuery(promptQuery(name, version))];
	const error = left.error ?? right.error;
	if (error) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(ErrorNotice, {
		error,
		what: "the versions",
		retry: () => void Promise.all([left.refetch(), right.refetch()])
	});
	if (!left.data || !right.data) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Loading, { what: "the versions" });
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)(import_jsx_runtime.Fragment, { children: [
		/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("h2", { children: [
			"Version ",
			before,
			" → version ",
			version
		] }),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TextDiff, {
			title: "Prompt",
			left: readable(left.data.prompt),
			right: readable(right.data.prompt)
		}),
		/* @__PURE__ */ (0, import_jsx_runtime.jsx)(TextDiff, {
			title: "Config",
			left: left.data.config,
			right: right.data.config
		})
	] });
}
function NoSuchPrompt({ name }) {
	return /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Missing, {
		title: "This prompt is not here",
		href: "/prompts",
		link: "All prompts",
		children: /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("p", { children: [
			"No prompt is named ",
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("code", { children: name }),
			". Names are compared exactly, case included."
		] })
	});
}
export { PromptPage as default };
