// src/format/format.ts
var grouped = new Intl.NumberFormat("en-US");
var cents = new Intl.NumberFormat("en-US", {
	minimumFractionDigits: 2,
	maximumFractionDigits: 2
});
var compactNumber = new Intl.NumberFormat("en-US", {
	notation: "compact",
	maximumFractionDigits: 1
});
/** "840 µs", "12 ms", "1.24 s", "2 m 05 s", "1 h 02 m", "6 d 05 h". */
function duration(ms) {
	if (ms === null || ms === void 0 || Number.isNaN(ms)) return "–";
	if (ms > 0 && ms < 1) return `${Math.round(ms * 1e3)} µs`;
	if (ms < 999.5) return `${Math.round(ms)} ms`;
	if (ms < 9995) return `${(ms / 1e3).toFixed(2)} s`;
	if (ms < 59950) return `${(ms / 1e3).toFixed(1)} s`;
	const seconds = Math.round(ms / 1e3);
	if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${pad(seconds % 60)} s`;
	if (seconds >= 172800) return `${Math.floor(seconds / 86400)} d ${pad(Math.floor(seconds % 86400 / 3600))} h`;
	return `${Math.floor(seconds / 3600)} h ${pad(Math.floor(seconds % 3600 / 60))} m`;
}
function count(value) {
	return value === null || value === void 0 ? "–" : grouped.format(value);
}
function compact(value) {
	if (value === null || value === void 0) return "–";
	return value < 1e4 ? grouped.format(value) : compactNumber.format(value);
}
/** Enough digits that a fraction of a cent does not read as nothing. */
function cost(dollars) {
	if (dollars === null || dollars === void 0) return "–";
	if (dollars === 0) return "$0";
	if (dollars < 1e-6) return "<$0.000001";
	if (dollars >= 1) return `$${cents.format(dollars)}`;
	const digits = Math.min(6, Math.max(2, 3 - Math.ceil(Math.log10(dollars))));
	return `$${dollars.toFixed(digits).replace(/(\.\d\d\d*?)0+$/, "$1")}`;
}
function bytes(size) {
	if (size === null || size === void 0) return "–";
	if (size < 1e3) return `${size} B`;
	const units = [
		"kB",
		"MB",
		"GB",
		"TB"
	];
	let value = size / 1e3;
	let unit = 0;
	while (value >= 999.5 && unit < units.length - 1) {
		value /= 1e3;
		unit++;
	}
	return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
/** Clock time today, date and time before; the whole instant belongs in a title. */
function moment(iso, now = /* @__PURE__ */ new Date()) {
	const at = new Date(iso);
	if (Number.isNaN(at.getTime())) return iso;
	const time = `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
	if (at.toDateString() === now.toDateString()) return time;
	return at.getFullYear() === now.getFullYear() ? `${dayOf(at, now)} ${time}` : dayOf(at, now);
}
/** "3 Feb", and of other years "3 Feb 2025". */
function dayOf(at, now) {
	const day = at.toLocaleDateString("en-GB", {
		day: "numeric",
		month: "short"
	});
	return at.getFullYear() === now.getFullYear() ? day : `${day} ${at.getFullYear()}`;
}
/** An instant on an axis whose steps are so long: no seconds among minutes, and no clock among days. */
function tick(iso, stepMs, now = /* @__PURE__ */ new Date()) {
	const at = new Date(iso);
	if (Number.isNaN(at.getTime())) return iso;
	if (stepMs >= 864e5 && at.getHours() === 0) return dayOf(at, now);
	return stepMs >= 6e4 ? moment(iso, now).replace(/(\d\d:\d\d):\d\d$/, "$1") : moment(iso, now);
}
function ago(iso, now = /* @__PURE__ */ new Date()) {
	const seconds = Math.max(0, Math.round((now.getTime() - new Date(iso).getTime()) / 1e3));
	if (seconds < 60) return `${seconds} s ago`;
	if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
	if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
	return `${Math.floor(seconds / 86400)} d ago`;
}
function plural(n, one, many = `${one}s`) {
	return `${grouped.format(n)} ${n === 1 ? one : many}`;
}
function pad(n) {
	return String(n).padStart(2, "0");
}
export { count as a, plural as c, cost as i, tick as l, bytes as n, duration as o, compact as r, moment as s, ago as t };
