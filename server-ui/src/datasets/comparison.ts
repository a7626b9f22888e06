import type { DatasetItem, DatasetRunItem, ScoreSummary, TraceRow } from '../api/types'

export type Answer = DatasetRunItem & { trace: TraceRow | null }
export type Answers = ReadonlyMap<string, Answer>

/** What one run did with all items together. */
export interface RunTotals {
  answered: number
  errors: number
  meanMs: number | null
  cost: number | null
  scores: Map<string, number>
}

export function totalsOf(answers: Answers): RunTotals {
  const traces = [...answers.values()].flatMap(({ trace }) => trace ?? [])
  const names = new Set(traces.flatMap(({ scores = [] }) => scores.map(({ name }) => name)))
  const scores = new Map<string, number>()
  for (const name of [...names].sort()) {
    const mean = meanOf(traces.map((trace) => numberOf(scoreOf(trace, name))))
    if (mean !== null) scores.set(name, mean)
  }
  const costs = traces.flatMap(({ totalCost }) => totalCost ?? [])
  return {
    answered: answers.size,
    errors: traces.filter(({ errorCount }) => errorCount > 0).length,
    meanMs: meanOf(traces.map(({ latencyMs }) => latencyMs)),
    cost: costs.length === 0 ? null : costs.reduce((sum, dollars) => sum + dollars, 0),
    scores,
  }
}

export function scoreOf(trace: TraceRow | null | undefined, name: string): ScoreSummary | null {
  return trace?.scores?.find((score) => score.name === name) ?? null
}

/** A category's number says nothing without its config. */
export function numberOf(score: ScoreSummary | null): number | null {
  return score === null || score.dataType === 'CATEGORICAL' ? null : score.value
}

function meanOf(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

/** How much a value differs from the baseline's, with its sign; null where one is missing or nothing changed. */
export function deltaOf(value: number | null | undefined, baseline: number | null | undefined): number | null {
  if (value === null || value === undefined || baseline === null || baseline === undefined) return null
  const delta = value - baseline
  return Math.abs(delta) < 1e-9 ? null : delta
}

/** Items on which the runs do not agree: a score, an error, or an answer differs. */
export function differing(items: DatasetItem[], runs: Answers[]): DatasetItem[] {
  return items.filter((item) => {
    const [first, ...others] = runs.map((answers) => signOf(answers.get(item.id)))
    return others.some((other) => other !== first)
  })
}

function signOf(answer: Answer | undefined): string {
  if (!answer?.trace) return ''
  const { scores = [], errorCount, outputPreview } = answer.trace
  return JSON.stringify([scores.map(({ name, value, stringValue }) => [name, value, stringValue]), errorCount > 0, outputPreview])
}
