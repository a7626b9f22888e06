/** Spans that are counted back from now, as the address writes them behind a minus. */
export const RANGES = ['15m', '1h', '6h', '24h', '7d', '30d'] as const
export type Range = (typeof RANGES)[number]

export const RANGE_NAMES: Record<Range, string> = {
  '15m': '15 minutes',
  '1h': 'an hour',
  '6h': '6 hours',
  '24h': 'a day',
  '7d': 'a week',
  '30d': '30 days',
}

const UNITS: Record<string, number> = { s: 1e3, m: 60e3, h: 3600e3, d: 86_400e3, w: 7 * 86_400e3 }
/** A link to "the last hour" would otherwise mean another hour with every request, and no two requests could share an answer. */
const GRAIN_MS = 5_000

/** "-90m" is an instant counted back from now; anything else is left as it is, for the server to judge. */
export function instantOf(text: string, now: number = Date.now()): string {
  const match = /^-(\d+)([smhdw])$/.exec(text)
  if (!match) return text
  const at = now - Number(match[1]) * (UNITS[match[2] ?? ''] ?? 0)
  return new Date(Math.floor(at / GRAIN_MS) * GRAIN_MS).toISOString()
}

export function rangeOf(from: string | null): Range | null {
  return RANGES.find((range) => `-${range}` === from) ?? null
}

/** For an input of type datetime-local, which knows no zone. */
export function localInput(iso: string | null): string {
  const at = iso === null ? NaN : Date.parse(instantOf(iso))
  if (Number.isNaN(at)) return ''
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

export function fromLocalInput(value: string): string | null {
  return value === '' ? null : new Date(value).toISOString()
}
