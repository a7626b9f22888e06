import { Link } from 'wouter'
import { cost, duration } from '../format/format'
import { difference, scoreText } from '../scores/words'
import { Level } from '../ui/Level'
import { Delta } from './Delta'
import { type Answer, numberOf, scoreOf } from './comparison'

/** What a run answered to one item, how it was judged, and the way to its trace. */
export function AnswerCell({ answer, baseline }: { answer?: Answer; baseline?: Answer }) {
  if (!answer) return <span className="faint">not answered</span>
  const { traceId, observationId, trace } = answer
  const href = `/traces/${encodeURIComponent(traceId)}${observationId ? `?observation=${encodeURIComponent(observationId)}` : ''}`
  if (!trace) return <Link href={href}>its trace has not arrived</Link>
  return (
    <span className="answer-cell">
      <Link href={href} className="excerpt" dir="auto">
        {trace.outputPreview || 'no output'}
      </Link>
      <span className="run-figures">
        {trace.errorCount > 0 && <Level level="ERROR" />}
        {(trace.scores ?? []).map((score) => (
          <span key={score.name} className="score-chip" title={score.name}>
            <span className="clip">{score.name}</span> <b className="numeric">{scoreText(score)}</b>
            <Delta value={numberOf(score)} baseline={numberOf(scoreOf(baseline?.trace, score.name))} format={difference} />
          </span>
        ))}
        <span className="faint numeric">
          {duration(trace.latencyMs)}
          {trace.totalCost !== null && ` · ${cost(trace.totalCost)}`}
        </span>
      </span>
    </span>
  )
}
