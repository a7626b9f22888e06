import { api } from '../api/client'
import { asked } from '../api/parameters'
import type { TraceRow } from '../api/types'

const COLUMNS: [string, (row: TraceRow) => string | number | null][] = [
  ['timestamp', (row) => row.timestamp],
  ['id', (row) => row.id],
  ['name', (row) => row.name],
  ['user', (row) => row.userId],
  ['session', (row) => row.sessionId],
  ['environment', (row) => row.environment],
  ['release', (row) => row.release],
  ['version', (row) => row.version],
  ['tags', (row) => row.tags.join(', ')],
  ['models', (row) => row.models.join(', ')],
  ['level', (row) => row.level],
  ['latency_ms', (row) => row.latencyMs],
  ['observations', (row) => row.observationCount],
  ['errors', (row) => row.errorCount],
  ['input_tokens', (row) => row.inputTokens],
  ['output_tokens', (row) => row.outputTokens],
  ['total_tokens', (row) => row.totalTokens],
  ['total_cost', (row) => row.totalCost],
  ['input', (row) => row.inputPreview],
  ['output', (row) => row.outputPreview],
]

/** RFC 4180, with a byte order mark: without one, spreadsheets read umlauts wrongly. */
export function csvOf(rows: TraceRow[]): string {
  const lines = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, value]) => cell(value(row))))]
  return `\uFEFF${lines.map((line) => line.join(',')).join('\r\n')}\r\n`
}

/** A text that begins like a formula gets an apostrophe: a prompt must not compute anything in a spreadsheet. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const PAGE = 500
const MOST_ROWS = 100_000

/** Every trace under the filters, a page at a time. */
export async function allRows(filters: string, onProgress: (done: number, total: number) => void): Promise<TraceRow[]> {
  // One "now" for all pages.
  const query = asked(filters)
  const rows: TraceRow[] = []
  for (let cursor: string | null = ''; cursor !== null && rows.length < MOST_ROWS; ) {
    const page = await api.traces({ ...query, limit: PAGE, cursor: cursor || undefined })
    rows.push(...page.data)
    onProgress(rows.length, page.total)
    cursor = page.nextCursor
  }
  return rows
}
