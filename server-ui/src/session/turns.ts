import type { TraceRow } from '../api/types'

/** Oldest first, as a conversation is read. */
export function inOrder<T extends TraceRow>(traces: T[]): T[] {
  return [...traces].sort((left, right) => Date.parse(left.timestamp) - Date.parse(right.timestamp))
}

const WORTH_SAYING_MS = 5 * 60_000

/** How long the conversation rested before a turn; null when that is not worth a line. */
export function idleBefore(turns: TraceRow[], index: number): number | null {
  const [before, turn] = [turns[index - 1], turns[index]]
  if (!before || !turn) return null
  const idle = Date.parse(turn.timestamp) - (Date.parse(before.timestamp) + (before.latencyMs ?? 0))
  return idle >= WORTH_SAYING_MS ? idle : null
}

/** The turn that took longest, where that tells something; null when there is nothing to compare it with. */
export function slowestOf<T extends TraceRow>(turns: T[]): T | null {
  const ended = turns.filter(({ latencyMs }) => latencyMs !== null)
  return ended.length < 2 ? null : ended.reduce((slowest, turn) => ((turn.latencyMs ?? 0) > (slowest.latencyMs ?? 0) ? turn : slowest))
}

/** Where on its page a turn is found. */
export function anchorOf({ id }: TraceRow): string {
  return `turn-${id}`
}

/** Adds up what is known; null when nothing is. */
export function sum(traces: TraceRow[], key: 'totalTokens' | 'totalCost' | 'errorCount'): number | null {
  const values = traces.map((trace) => trace[key]).filter((value) => value !== null)
  return values.length === 0 ? null : values.reduce((left, right) => left + right, 0)
}
