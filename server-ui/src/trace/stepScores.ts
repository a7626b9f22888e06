import type { Score } from '../api/types'

/** The scores of a trace by the step they are about. */
export type StepScores = ReadonlyMap<string, Score[]>

export function scoresByStep(scores: Score[]): StepScores {
  const byStep = new Map<string, Score[]>()
  for (const score of scores) {
    if (score.observationId === null) continue
    const known = byStep.get(score.observationId)
    if (known) known.push(score)
    else byStep.set(score.observationId, [score])
  }
  return byStep
}
