import { n as api, r as asked } from "./client.js";
// src/export/csv.ts
var COLUMNS = [
	["timestamp", (row) => row.timestamp],
	["id", (row) => row.id],
	["name", (row) => row.name],
	["user", (row) => row.userId],
	["session", (row) => row.sessionId],
	["environment", (row) => row.environment],
	["release", (row) => row.release],
	["version", (row) => row.version],
	["tags", (row) => row.tags.join(", ")],
	["models", (row) => row.models.join(", ")],
	["level", (row) => row.level],
	["latency_ms", (row) => row.latencyMs],
	["observations", (row) => row.observationCount],
	["errors", (row) => row.errorCount],
	["input_tokens", (row) => row.inputTokens],
	["output_tokens", (row) => row.outputTokens],
	["total_tokens", (row) => row.totalTokens],
	["total_cost", (row) => row.totalCost],
	["input", (row) => row.inputPreview],
	["output", (row) => row.outputPreview]
];
/** RFC 4180, with a byte order mark: without one, spreadsheets read umlauts wrongly. */
function csvOf(rows) {
	return `\uFEFF${[COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, value]) => cell(value(row))))].map((line) => line.join(",")).join("\r\n")}\r\n`;
}
/** A text that begins like a formula gets an apostrophe: a prompt must not compute anything in a spreadsheet. */
function cell(value) {
	if (value === null) return "";
	if (typeof value === "number") return String(value);
	const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text;
}
var PAGE = 500;
var MOST_ROWS = 1e5;
/** Every trace under the filters, a page at a time. */
async function allRows(filters, onProgress) {
	const query = asked(filters);
	const rows = [];
	for (let cursor = ""; cursor !== null && rows.length < MOST_ROWS;) {
		const page = await api.traces({
			...query,
			limit: PAGE,
			cursor: cursor || void 0
		});
		rows.push(...page.data);
		onProgress(rows.length, page.total);
		cursor = page.nextCursor;
	}
	return rows;
}
export { allRows, csvOf };
