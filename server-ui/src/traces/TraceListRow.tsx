import { GitCompare } from 'lucide-react'
import { memo } from 'react'
import { Link } from 'wouter'
import type { TraceRow } from '../api/types'
import { compact, cost, count, duration, moment } from '../format/format'
import { ScoreChips } from '../scores/ScoreChips'
import { Running } from '../ui/Running'
import { openedFrom } from './origin'
import { Labels, Preview, Problems } from './rowParts'

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
          <Running trace={trace} />
          <Problems trace={trace} />
          <span className="marks">
            <Labels trace={trace} />
            <ScoreChips scores={trace.scores ?? []} />
          </span>
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
      <div role="cell" className="number numeric" title={trace.running ? 'So far' : undefined}>
        {duration(trace.latencyMs)}
      </div>
      <div role="cell" className="number numeric soft" data-none={trace.totalTokens === null} title={trace.totalTokens === null ? undefined : tokens}>
        {compact(trace.totalTokens)}
        {trace.totalTokens !== null && <span className="unit"> tok</span>}
      </div>
      <div role="cell" className="number numeric soft" data-none={trace.totalCost === null}>
        {cost(trace.totalCost)}
      </div>
    </>
  )
}
