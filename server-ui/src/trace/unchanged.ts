import { api } from '../api/client'
import type { TraceRow } from '../api/types'

/** Whatever can happen to a trace shows in one of these. */
const TELLING = ['observationCount', 'errorCount', 'warningCount', 'latencyMs', 'totalTokens', 'totalCost', 'running', 'name', 'userId', 'sessionId', 'inputPreview', 'outputPreview'] as const

/** Whether a trace is still what it was: asked with one row, because all of a large trace takes megabytes. */
export async function unchanged(known: TraceRow): Promise<boolean> {
  try {
    const { data } = await api.traces({ id: [known.id], limit: 1 })
    const [row] = data
    return row !== undefined && TELLING.every((key) => row[key] === known[key])
  } catch {
    return false
  }
}
