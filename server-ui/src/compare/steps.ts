import type { ObservationRow } from '../api/types'
import { stepName } from '../format/names'

/** All steps of one name and type, in both traces. */
export interface ComparedStep {
  name: string
  type: string
  left: { count: number; ms: number }
  right: { count: number; ms: number }
}

/** In order of first appearance, the left trace first. */
export function comparedSteps(left: ObservationRow[], right: ObservationRow[]): ComparedStep[] {
  const steps = new Map<string, ComparedStep>()
  const add = (side: 'left' | 'right', { name, type, latencyMs }: ObservationRow) => {
    const key = `${type} ${name}`
    const step = steps.get(key) ?? { name: stepName({ name, type }), type, left: { count: 0, ms: 0 }, right: { count: 0, ms: 0 } }
    step[side].count++
    step[side].ms += latencyMs ?? 0
    steps.set(key, step)
  }
  for (const observation of inTime(left)) add('left', observation)
  for (const observation of inTime(right)) add('right', observation)
  return [...steps.values()]
}

function inTime(observations: ObservationRow[]): ObservationRow[] {
  return [...observations].sort((left, right) => Date.parse(left.startTime) - Date.parse(right.startTime))
}
