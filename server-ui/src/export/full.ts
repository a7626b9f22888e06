import { api } from '../api/client'
import type { ObservationRow, TraceBody } from '../api/types'

/** An observation as the public API gives it: the viewer's row, and its bodies. */
export interface Bodies {
  id: string
  input: unknown
  output: unknown
  metadata: unknown
}

/** A trace with everything that was recorded in it. */
export interface FullTrace {
  trace: TraceBody
  observations: (ObservationRow & Bodies)[]
  /** The answer of /api/public/traces/{id} as it is: Langfuse's own format. */
  original: unknown
}

/** Two requests, however many observations there are. */
export async function fullTrace(id: string): Promise<FullTrace> {
  const [{ trace, observations }, original] = await Promise.all([api.trace(id), api.publicTrace(id)])
  const bodies = new Map(original.observations.map((body) => [body.id, body]))
  return {
    trace,
    original,
    observations: observations.map((row) => {
      const { input = null, output = null, metadata = null } = bodies.get(row.id) ?? {}
      return { ...row, input, output, metadata }
    }),
  }
}
