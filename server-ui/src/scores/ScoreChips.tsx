import { ThumbsDown, ThumbsUp } from 'lucide-react'
import type { ScoreSummary } from '../api/types'
import { VERDICT, moodOf, scoreText } from './words'
import './scores.css'

/** What the scores of a trace say, in the room of a row. */
export function ScoreChips({ scores, most = 3 }: { scores: ScoreSummary[]; most?: number }) {
  if (scores.length === 0) return null
  return (
    <span className="score-chips">
      {scores.slice(0, most).map((score) => (
        <ScoreChip key={score.name} score={score} />
      ))}
      {scores.length > most && <span className="faint">+{scores.length - most}</span>}
    </span>
  )
}

function ScoreChip({ score }: { score: ScoreSummary }) {
  const text = scoreText(score)
  const title = `${score.name}: ${text}${score.count > 1 ? ` (${score.count} scores)` : ''}`
  const mood = moodOf(score)
  if (score.name === VERDICT && mood !== null) {
    const Thumb = mood === 'good' ? ThumbsUp : ThumbsDown
    return (
      <span className="score-chip" data-mood={mood} title={title}>
        <Thumb size={12} aria-hidden />
        <span className="visually-hidden">{title}</span>
      </span>
    )
  }
  return (
    <span className="score-chip" data-mood={mood ?? undefined} title={title}>
      <span className="clip">{score.name}</span> <b className="numeric clip">{text}</b>
    </span>
  )
}
