import type { Score, ScoreSummary } from '../api/types'

/** The name under which a reader's verdict is kept. */
export const VERDICT = 'thumbs'

/** What a score says, as short as it can be said. */
export function scoreText({ dataType, value, stringValue }: Pick<Score, 'dataType' | 'value' | 'stringValue'>): string {
  if (dataType === 'BOOLEAN') return value === 1 ? 'yes' : value === 0 ? 'no' : percent(value)
  if (dataType === 'NUMERIC') return value === null ? '–' : figure(value)
  return stringValue ?? '–'
}

/** Whether a score speaks for or against what it judges; null when only its author could tell. */
export function moodOf({ dataType, value }: Pick<ScoreSummary, 'dataType' | 'value'>): 'good' | 'bad' | null {
  if (dataType !== 'BOOLEAN' || value === null) return null
  return value >= 0.5 ? 'good' : 'bad'
}

/** No more precise than a judgement can be. */
export function figure(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(3)))
}

/** The mean of several yes and no. */
function percent(value: number | null): string {
  return value === null ? '–' : `${Math.round(value * 100)} % yes`
}
