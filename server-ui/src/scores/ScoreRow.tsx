import { Link } from 'wouter'
import type { PublicScore, TraceRow } from '../api/types'
import { ago } from '../format/format'
import { SOURCES } from './ScoreList'
import { moodOf, scoreText } from './words'

/** One score: what it says, about what, why and by whom. */
export function ScoreRow({ score, trace }: { score: PublicScore; trace?: TraceRow }) {
  return (
    <tr>
      <th scope="row" className="score-name">{score.name}</th>
      <td className="number">
        <span className="score-value numeric" data-mood={moodOf(score) ?? undefined}>
          {scoreText(score)}
        </span>
      </td>
      <td className="score-subject">
        <Subject score={score} trace={trace} />
      </td>
      <td className="score-why wide soft">
        <span className="clip" dir="auto" title={score.comment ?? undefined}>
          {score.comment ?? ''}
        </span>
      </td>
      <td className="score-by optional soft">{SOURCES[score.source]}</td>
      <td className="number numeric soft" title={score.timestamp}>
        {ago(score.timestamp)}
      </td>
    </tr>
  )
}

function Subject({ score: { traceId, observationId, sessionId }, trace }: { score: PublicScore; trace?: TraceRow }) {
  if (traceId) {
    const step = observationId ? `?observation=${encodeURIComponent(observationId)}` : ''
    const name = trace?.name || 'a trace'
    return (
      <>
        <Link className="clip" href={`/traces/${encodeURIComponent(traceId)}${step}`}>
          {observationId ? `a step of ${name}` : name}
        </Link>
        {trace?.inputPreview && (
          <span className="clip faint" dir="auto">
            {trace.inputPreview}
          </span>
        )}
      </>
    )
  }
  return sessionId ? <Link href={`/sessions/${encodeURIComponent(sessionId)}`}>a session</Link> : <span className="soft">an experiment</span>
}
