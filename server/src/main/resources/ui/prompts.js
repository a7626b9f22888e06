import { r as __toESM } from "./rolldown-runtime.js";
import { Ct as useQueryClient, Dt as require_react, f as Trash, gt as useMutation, wt as require_jsx_runtime, x as Plus } from "./vendor.js";
import { n as api } from "./client.js";
import { B as TextDiff, D as isFields, s as Segments } from "./app.js";
// src/prompts/draft.ts
var import_react = /* @__PURE__ */ __toESM(require_react(), 1);
var ROLES = [
	"system",
	"user",
	"assistant",
	"placeholder"
];
var EMPTY = {
	name: "",
	type: "text",
	text: "",
	messages: [{
		role: "system",
		content: ""
	}, {
		role: "user",
		content: ""
	}],
	config: "{}",
	labels: "",
	commitMessage: ""
};
/** A draft that begins with what a version says. Messages that the form could not give back as they are: null. */
function draftOf({ name, type, prompt, config }) {
	const base = {
		...EMPTY,
		name,
		type,
		config: JSON.stringify(config ?? {}, null, 2)
	};
	if (type === "text") return typeof prompt === "string" ? {
		...base,
		text: prompt
	} : null;
	const messages = Array.isArray(prompt) ? prompt.map(messageOf) : [null];
	return messages.every((message) => message !== null) ? {
		...base,
		messages
	} : null;
}
function messageOf(message) {
	if (!isFields(message)) return null;
	if (message.type === "placeholder") return {
		role: "placeholder",
		content: String(message.name)
	};
	return Object.keys(message).every((key) => key === "role" || key === "content" || key === "type") && typeof message.role === "string" && typeof message.content === "string" ? {
		role: message.role,
		content: message.content
	} : null;
}
/** What the server takes. Throws where the config is not JSON. */
function requestOf({ name, type, text, messages, config, labels, commitMessage }) {
	return {
		name: name.trim(),
		type,
		prompt: type === "text" ? text : messages.map(({ role, content }) => role === "placeholder" ? {
			type: "placeholder",
			name: content.trim()
		} : {
			role,
			content
		}),
		config: config.trim() === "" ? {} : JSON.parse(config),
		labels: labels.split(/[\s,]+/).filter((label) => label !== ""),
		...commitMessage.trim() === "" ? {} : { commitMessage: commitMessage.trim() }
	};
}
// src/prompts/Messages.tsx
var import_jsx_runtime = require_jsx_runtime();
/** The messages of a chat, each with its role; a placeholder names what the program puts there. */
function Messages({ messages, onChange }) {
	const change = (at, changed) => onChange(messages.map((message, index) => index === at ? {
		...message,
		...changed
	} : message));
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("fieldset", {
		className: "prompt-fields",
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("legend", { children: "Messages" }),
			messages.map((message, index) => {
				const which = `message ${index + 1}`;
				const placeholder = message.role === "placeholder";
				return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
					className: "prompt-field",
					children: [
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("select", {
							"aria-label": `Role of ${which}`,
							value: message.role,
							onChange: (event) => change(index, { role: event.target.value }),
							children: [.../* @__PURE__ */ new Set([...ROLES, message.role])].map((role) => /* @__PURE__ */ (0, import_jsx_runtime.jsx)("option", { children: role }, role))
						}),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
							type: "button",
							className: "icon-button",
							"aria-label": `Remove ${which}`,
							disabled: messages.length === 1,
							onClick: () => onChange(messages.filter((_, at) => at !== index)),
							children: /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Trash, {
								size: 14,
								"aria-hidden": true
							})
						}),
						/* @__PURE__ */ (0, import_jsx_runtime.jsx)("textarea", {
							dir: "auto",
							required: true,
							rows: placeholder ? 1 : Math.min(16, Math.max(3, message.content.split("\n").length + 1)),
							"aria-label": placeholder ? `Name of ${which}` : `Text of ${which}`,
							placeholder: placeholder ? "history" : "Answer the customers of {{shop}}.",
							value: message.content,
							onChange: (event) => change(index, { content: event.target.value })
						})
					]
				}, index);
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("button", {
				type: "button",
				className: "button",
				onClick: () => onChange([...messages, {
					role: "user",
					content: ""
				}]),
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsx)(Plus, {
					size: 13,
					"aria-hidden": true
				}), " Add a message"]
			})
		]
	});
}
// src/prompts/readable.ts
/** A chat as one text: what changed in a message is then told by its words. */
function readable(prompt) {
	if (!Array.isArray(prompt)) return prompt;
	return prompt.map((message) => {
		const placeholder = message.type === "placeholder" || message.role === "placeholder";
		const text = typeof message.content === "string" ? message.content : "";
		return placeholder ? `‹${message.name ?? text}›` : `${message.role ?? "message"}\n${text}`;
	}).join("\n\n");
}
// src/prompts/PromptEditor.tsx
/** Writes a new version. What was there before stays: a version never changes. */
function PromptEditor({ base, onDone, onCancel }) {
	const client = useQueryClient();
	const [draft, setDraft] = (0, import_react.useState)(() => base === null ? EMPTY : draftOf(base));
	const [compared, setCompared] = (0, import_react.useState)(false);
	const create = useMutation({
		mutationFn: (given) => api.createPrompt(requestOf(given)),
		onSuccess: async (created) => {
			await Promise.all([client.invalidateQueries({ queryKey: ["prompt", created.name] }), client.invalidateQueries({ queryKey: ["prompts"] })]);
			onDone(created);
		}
	});
	if (draft === null) return /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
		className: "soft",
		children: "This version has messages with more than a role and a text. Write the next one through the API."
	});
	const change = (changed) => setDraft({
		...draft,
		...changed
	});
	const onSubmit = (event) => {
		event.preventDefault();
		create.mutate(draft);
	};
	return /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("form", {
		className: "prompt-editor",
		onSubmit,
		children: [
			/* @__PURE__ */ (0, import_jsx_runtime.jsx)("h2", { children: base === null ? "New prompt" : `New version, from version ${base.version}` }),
			base === null && /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
				className: "prompt-head",
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("label", { children: ["Name ", /* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
					value: draft.name,
					required: true,
					maxLength: 200,
					placeholder: "support/answer",
					onChange: (event) => change({ name: event.target.value })
				})] }), /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Segments, {
					label: "Kind",
					options: ["text", "chat"],
					selected: draft.type,
					onSelect: (type) => change({ type })
				})]
			}),
			draft.type === "text" ? /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("label", { children: ["Prompt ", /* @__PURE__ */ (0, import_jsx_runtime.jsx)("textarea", {
				dir: "auto",
				rows: 12,
				required: true,
				value: draft.text,
				placeholder: "Summarise in {{language}}: {{text}}",
				onChange: (event) => change({ text: event.target.value })
			})] }) : /* @__PURE__ */ (0, import_jsx_runtime.jsx)(Messages, {
				messages: draft.messages,
				onChange: (messages) => change({ messages })
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("label", { children: ["Config, as JSON ", /* @__PURE__ */ (0, import_jsx_runtime.jsx)("textarea", {
				className: "mono",
				rows: 4,
				spellCheck: false,
				value: draft.config,
				onChange: (event) => change({ config: event.target.value })
			})] }),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
				className: "prompt-head",
				children: [/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("label", { children: ["Labels ", /* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
					value: draft.labels,
					placeholder: "staging production",
					onChange: (event) => change({ labels: event.target.value })
				})] }), /* @__PURE__ */ (0, import_jsx_runtime.jsxs)("label", {
					className: "grow",
					children: ["What changed ", /* @__PURE__ */ (0, import_jsx_runtime.jsx)("input", {
						value: draft.commitMessage,
						maxLength: 500,
						onChange: (event) => change({ commitMessage: event.target.value })
					})]
				})]
			}),
			create.error && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("p", {
				role: "alert",
				children: create.error instanceof SyntaxError ? `The config is not JSON: ${create.error.message}` : create.error.message
			}),
			/* @__PURE__ */ (0, import_jsx_runtime.jsxs)("div", {
				className: "prompt-head",
				children: [
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
						type: "submit",
						className: "button",
						"data-kind": "primary",
						disabled: create.isPending,
						children: base === null ? "Create the prompt" : "Save as a new version"
					}),
					/* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
						type: "button",
						className: "button",
						onClick: onCancel,
						children: "Cancel"
					}),
					base !== null && /* @__PURE__ */ (0, import_jsx_runtime.jsx)("button", {
						type: "button",
						className: "button",
						"aria-pressed": compared,
						onClick: () => setCompared(!compared),
						children: "What is different"
					})
				]
			}),
			compared && base !== null && /* @__PURE__ */ (0, import_jsx_runtime.jsx)(TextDiff, {
				title: "Prompt",
				left: readable(base.prompt),
				right: readable(draft.type === "text" ? draft.text : draft.messages)
			})
		]
	});
}
export { readable as n, PromptEditor as t };
