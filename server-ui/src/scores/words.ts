import type { Score, ScoreSummary } from '../api/types'
import { count } from '../format/format'

/** The name under which a reader's verdict is kept. */
export const VERDICT = 'thumbs'

/** Of a score whatever interface it came by: the public one leaves out a value that there is not. */
interface Said extends Pick<Score, 'dataType' | 'stringValue'> {
  value?: number | null
}

/** What a score says, as short as it can be said. */
export function scoreText({ dataType, value = null, stringValue }: Said): string {
  if (dataType === 'BOOLEAN') return value === 1 ? 'yes' : value === 0 ? 'no' : percent(value)
  if (dataType === 'NUMERIC') return value === null ? '–' : figure(value)
  return stringValue ?? '–'
}

/** Whether a score speaks for or against what it judges; null when only its author could tell. */
export function moodOf({ dataType, value = null }: Pick<Said, 'dataType' | 'value'>): 'good' | 'bad' | null {
  if (dataType !== 'BOOLEAN' || value === null) return null
  return value >= 0.5 ? 'good' : 'bad'
}

/** What the scores of one thing say, one entry for each name: numbers as their mean, words as the newest of them. */
export function summariesOf(scores: Score[]): ScoreSummary[] {
  const byName = new Map<string, Score[]>()
  for (const score of scores) {
    if (score.dataType === 'TEXT' || score.dataType === 'CORRECTION') continue
    byName.set(score.name, [...(byName.get(score.name) ?? []), score])
  }
  return [...byName].map(([name, given]) => {
    const newest = given.reduce((best, next) => (next.timestamp > best.timestamp ? next : best))
    const values = given.map(({ value }) => value).filter((value) => value !== null)
    const mean = values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
    return { name, dataType: newest.dataType, value: mean, stringValue: newest.stringValue, count: given.length }
  })
}

/** No more precise than a judgement can be; but what counts or sums up something keeps all digits before the point. */
export function figure(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.abs(value) < 1e15 ? count(Math.round(value)) : value.toExponential(2)
  return String(Number(value.toPrecision(3)))
}

/** How much one differs from another. */
export function difference(value: number): string {
  return Math.abs(value) < 1 ? String(Number(value.toPrecision(2))) : figure(value)
}

/** The mean of several yes and no. */
function percent(value: number | null): string {
  return value === null ? '–' : `${Math.round(value * 100)} % yes`
}
