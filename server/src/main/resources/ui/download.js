// src/export/download.ts
/** Hands a text to the browser as a file. */
function download(name, type, text) {
	const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
	const link = document.createElement("a");
	link.href = url;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), 1e4);
}
/** A file name that every operating system takes: "answer-question-1a2b3c4d.json". */
function fileName(name, id, ending) {
	return `${(name ?? "").normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "trace"}-${id.slice(0, 8)}.${ending}`;
}
export { download, fileName };
