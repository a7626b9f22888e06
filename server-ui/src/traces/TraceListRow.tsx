import { GitCompare } from 'lucide-react'
import { memo } from 'react'
import { Link } from 'wouter'
import type { TraceRow } from '../api/types'
import { compact, cost, count, duration, moment, plural } from '../format/format'
import { ScoreChips } from '../scores/ScoreChips'
import { Level } from '../ui/Level'
import { openedFrom } from './origin'

interface Props {
  trace: TraceRow
  index: number
  current: boolean
  fresh: boolean
  picked: boolean
  /** The filters of the list, for the way back. */
  list: string
  onPick: (id: string) => void
  onOpen: (id: string) => void
  top: number
  height: number
}

export const TraceListRow = memo(function TraceListRow({ trace, index, current, fresh, picked, list, onPick, onOpen, top, height }: Props) {
  return (
    <div
      role="row"
      className="trace-row"
      aria-rowindex={index + 2}
      data-current={current}
      data-fresh={fresh}
      data-level={trace.level}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <time role="cell" className="when numeric" dateTime={trace.timestamp} title={trace.timestamp}>
        {moment(trace.timestamp)}
      </time>
      <div role="cell" className="what">
        <div className="what-line">
          <Link className="trace-link clip" href={`/traces/${encodeURIComponent(trace.id)}`} state={openedFrom(list)} onClick={() => onOpen(trace.id)}>
            {trace.name || trace.id}
          </Link>
          {trace.running && <Running />}
          <Problems trace={trace} />
          <Labels trace={trace} />
          <ScoreChips scores={trace.scores ?? []} />
          <button type="button" className="icon-button pick" aria-label={`Compare ${trace.name || trace.id}`} title="Compare with another trace (c)" aria-pressed={picked} onClick={() => onPick(trace.id)}>
            <GitCompare size={13} aria-hidden />
          </button>
        </div>
        <Preview trace={trace} />
      </div>
      <Who trace={trace} />
      <Numbers trace={trace} />
    </div>
  )
})

function Running() {
  return (
    <span className="running">
      <span className="pulse" aria-hidden /> running
    </span>
  )
}

function Problems({ trace: { errorCount, warningCount, level } }: { trace: TraceRow }) {
  if (errorCount > 0) return <Level level="ERROR" text={plural(errorCount, 'error')} />
  if (warningCount > 0) return <Level level="WARNING" text={plural(warningCount, 'warning')} />
  return <Level level={level} />
}

function Labels({ trace: { tags, environment } }: { trace: TraceRow }) {
  return (
    <span className="labels">
      {environment && environment !== 'default' && <span className="chip">{environment}</span>}
      {tags.map((tag) => (
        <span key={tag} className="chip clip">
          {tag}
        </span>
      ))}
    </span>
  )
}

function Preview({ trace: { inputPreview, outputPreview } }: { trace: TraceRow }) {
  if (!inputPreview && !outputPreview) return <div className="preview faint">no input or output recorded</div>
  return (
    <div className="preview" dir="auto">
      <span className="asked clip">{unmarked(inputPreview) || '–'}</span>
      <span className="arrow" aria-label="answered with">
        →
      </span>
      <span className="answered clip">{unmarked(outputPreview) || '–'}</span>
    </div>
  )
}

/** One line of text has no room for Markdown's marks. */
function unmarked(text: string | null): string | undefined {
  return text?.replace(/\*\*|__|`+|^#+ /g, '')
}

function Who({ trace: { userId, sessionId } }: { trace: TraceRow }) {
  return (
    <div role="cell" className="who">
      {userId && (
        <Link className="clip" href={`/traces?userId=${encodeURIComponent(userId)}`} title={`Traces of user ${userId}`}>
          {userId}
        </Link>
      )}
      {sessionId && (
        <Link className="clip faint" href={`/sessions/${encodeURIComponent(sessionId)}`} title={`Session ${sessionId}`}>
          {sessionId}
        </Link>
      )}
    </div>
  )
}

function Numbers({ trace }: { trace: TraceRow }) {
  const tokens = `${count(trace.inputTokens)} in, ${count(trace.outputTokens)} out`
  return (
    <>
      <div role="cell" className="number numeric">
        {duration(trace.latencyMs)}
      </div>
      <div role="cell" className="number numeric soft" title={trace.totalTokens === null ? undefined : tokens}>
        {compact(trace.totalTokens)}
        {trace.totalTokens !== null && <span className="unit"> tok</span>}
      </div>
      <div role="cell" className="number numeric soft">
        {cost(trace.totalCost)}
      </div>
    </>
  )
}
