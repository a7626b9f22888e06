import type { TraceRow } from '../api/types'

/** Whoever has been silent for so long has died rather than thought. */
const PATIENCE_MS = 3_600_000

type Begun = Pick<TraceRow, 'running' | 'timestamp' | 'latencyMs' | 'observationCount'>

/** What is known of the end of a trace: it is still to come, or it was not told and will not be any more. */
export function progressOf(trace: Begun, now = Date.now()): 'running' | 'unfinished' | null {
  if (!trace.running || trace.observationCount === 0) return null
  const lastNews = Date.parse(trace.timestamp) + (trace.latencyMs ?? 0)
  return now - lastNews < PATIENCE_MS ? 'running' : 'unfinished'
}

/** It has not ended yet, as far as is known. */
export function Running({ trace }: { trace: Begun }) {
  const progress = progressOf(trace)
  if (progress === null) return null
  if (progress === 'running') {
    return (
      <span className="running">
        <span className="pulse" aria-hidden /> running
      </span>
    )
  }
  return (
    <span className="running" data-silent title="Its end never arrived: the program may have been stopped before it could send it">
      unfinished
    </span>
  )
}
