// src/sample/sample.otlp.json?url
var sample_otlp_default = "/sample.otlp.json";
// src/sample/sample.ts
/** The sample's own clock: its last span ends here. Its times are moved so that it has just happened. */
var ENDS_AT = Date.parse("2026-01-01T09:05:00.000Z");
/** Loads the sample, a file of its own in the bundle. Its ids never change: loading it twice gives nothing twice. */
async function sampleText(now = Date.now()) {
	const response = await fetch(sample_otlp_default);
	if (!response.ok) throw new Error(`The sample could not be loaded (${response.status}).`);
	return moved(await response.text(), now - ENDS_AT);
}
function moved(text, byMs) {
	return text.replace(/("(?:startTimeUnixNano|endTimeUnixNano)"\s*:\s*")(\d+)\d{6}"/g, (_, start, ms) => `${start}${Number(ms) + byMs}000000"`).replace(/\\"(\d{4}-\d\d-\d\dT[\d:.]+Z)\\"/g, (_, iso) => `\\"${new Date(Date.parse(iso) + byMs).toISOString()}\\"`);
}
export { sampleText };
