import type { ObservationRow } from '../api/types'

/** Bodies above this size are fetched only when the reader asks for them. */
export const UNASKED_BYTES = 2_000_000

/**
 * The generation whose messages tell the story of the trace: of those nearest to the top, the one that ends last. In
 * an agent's loop it has been sent everything said and done before it.
 */
export function mainGeneration(observations: ObservationRow[]): ObservationRow | null {
  const byId = new Map(observations.map((observation) => [observation.id, observation]))
  const generations = observations.filter(
    ({ type, endTime, inputBytes, outputBytes }) =>
      type === 'GENERATION' && endTime !== null && (inputBytes ?? 0) + (outputBytes ?? 0) <= UNASKED_BYTES,
  )
  const depths = new Map(generations.map((generation) => [generation, depthOf(generation, byId)]))
  const top = Math.min(...depths.values())
  return generations
    .filter((generation) => depths.get(generation) === top)
    .reduce<ObservationRow | null>((best, next) => (best && ended(best) >= ended(next) ? best : next), null)
}

function ended(observation: ObservationRow): number {
  return Date.parse(observation.endTime ?? observation.startTime)
}

function depthOf(observation: ObservationRow, byId: Map<string, ObservationRow>): number {
  const seen = new Set<ObservationRow>()
  for (let at: ObservationRow | undefined = observation; at && !seen.has(at); at = byId.get(at.parentObservationId ?? '')) seen.add(at)
  return seen.size
}
