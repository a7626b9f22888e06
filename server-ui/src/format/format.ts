const grouped = new Intl.NumberFormat('en-US')
const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const compactNumber = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 })

/** "840 µs", "12 ms", "1.24 s", "2 m 05 s", "1 h 02 m", "6 d 05 h". */
export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || Number.isNaN(ms)) return '–'
  if (ms > 0 && ms < 1) return `${Math.round(ms * 1000)} µs`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 9_995) return `${(ms / 1000).toFixed(2)} s`
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${pad(seconds % 60)} s`
  if (seconds >= 172_800) return `${Math.floor(seconds / 86_400)} d ${pad(Math.floor((seconds % 86_400) / 3600))} h`
  return `${Math.floor(seconds / 3600)} h ${pad(Math.floor((seconds % 3600) / 60))} m`
}

export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : grouped.format(value)
}

export function compact(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–'
  return value < 10_000 ? grouped.format(value) : compactNumber.format(value)
}

/** Enough digits that a fraction of a cent does not read as nothing. */
export function cost(dollars: number | null | undefined): string {
  if (dollars === null || dollars === undefined) return '–'
  if (dollars === 0) return '$0'
  if (dollars < 0.000001) return '<$0.000001'
  if (dollars >= 1) return `$${cents.format(dollars)}`
  const digits = Math.min(6, Math.max(2, 3 - Math.ceil(Math.log10(dollars))))
  return `$${dollars.toFixed(digits).replace(/(\.\d\d\d*?)0+$/, '$1')}`
}

export function bytes(size: number | null | undefined): string {
  if (size === null || size === undefined) return '–'
  if (size < 1000) return `${size} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = size / 1000
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`
}

/** Clock time today, date and time before; the whole instant belongs in a title. */
export function moment(iso: string, now: Date = new Date()): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  const time = `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`
  if (at.toDateString() === now.toDateString()) return time
  return at.getFullYear() === now.getFullYear() ? `${dayOf(at, now)} ${time}` : dayOf(at, now)
}

/** "3 Feb", and of other years "3 Feb 2025". */
function dayOf(at: Date, now: Date): string {
  const day = at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
  return at.getFullYear() === now.getFullYear() ? day : `${day} ${at.getFullYear()}`
}

/** An instant on an axis whose steps are so long: no seconds among minutes, and no clock among days. */
export function tick(iso: string, stepMs: number, now: Date = new Date()): string {
  const at = new Date(iso)
  if (Number.isNaN(at.getTime())) return iso
  if (stepMs >= 86_400_000 && at.getHours() === 0) return dayOf(at, now)
  return stepMs >= 60_000 ? moment(iso, now).replace(/(\d\d:\d\d):\d\d$/, '$1') : moment(iso, now)
}

export function ago(iso: string, now: Date = new Date()): string {
  const seconds = Math.max(0, Math.round((now.getTime() - new Date(iso).getTime()) / 1000))
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  return `${Math.floor(seconds / 86_400)} d ago`
}

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${grouped.format(n)} ${n === 1 ? one : many}`
}

function pad(n: number): string {
  return String(n).padStart(2, '0')
}
