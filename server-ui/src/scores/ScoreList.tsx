import type { ObservationRow, Score } from '../api/types'
import { moment } from '../format/format'
import { stepName } from '../format/names'
import { moodOf, scoreText } from './words'
import './scores.css'

export const SOURCES = { API: 'from the program', ANNOTATION: 'by a reader', EVAL: 'by an evaluator' }

interface Props {
  scores: Score[]
  /** The steps that scores may be about; without them a score's step is not named. */
  observations?: ObservationRow[]
  onSelect?: (id: string) => void
}

/** Every score in full, with who gave it and why. */
export function ScoreList({ scores, observations = [], onSelect }: Props) {
  if (scores.length === 0) {
    return (
      <p className="soft">
        Not judged yet. Use the thumbs above, or <code>langfuse.score(…)</code> in the program.
      </p>
    )
  }
  const steps = new Map(observations.map((observation) => [observation.id, observation]))
  return (
    <ul className="score-list" aria-label="Scores">
      {scores.map((score) => {
        const step = score.observationId === null ? undefined : steps.get(score.observationId)
        return (
          <li key={score.id}>
            <header>
              <b>{score.name}</b>
              <span className="score-value numeric" data-mood={moodOf(score) ?? undefined}>
                {scoreText(score)}
              </span>
              {step && (
                <button type="button" className="link" onClick={() => onSelect?.(step.id)}>
                  {stepName(step)}
                </button>
              )}
              <span className="grow" />
              <span className="faint">{SOURCES[score.source]}</span>
              <time className="faint numeric" dateTime={score.timestamp} title={score.timestamp}>
                {moment(score.timestamp)}
              </time>
            </header>
            {score.comment && <p dir="auto">{score.comment}</p>}
          </li>
        )
      })}
    </ul>
  )
}
