import { useMemo } from 'react'
import { Link } from 'wouter'
import type { SessionTrace } from '../api/types'
import { MessageView } from '../conversation/MessageView'
import { normalize } from '../conversation/normalize'
import { bytes, compact, cost, duration, moment, plural } from '../format/format'
import { Level } from '../ui/Level'
import { Running } from '../ui/Running'
import { anchorOf } from './turns'

/** One trace of the session: what was asked and answered, and what it took. */
export function Turn({ trace, idleMs, slowest = false }: { trace: SessionTrace; idleMs: number | null; slowest?: boolean }) {
  const messages = useMemo(() => lastExchange(trace), [trace])
  return (
    <li className="turn" id={anchorOf(trace)}>
      {idleMs !== null && <p className="idle faint">{duration(idleMs)} later</p>}
      <header>
        <Link className="turn-link" href={`/traces/${encodeURIComponent(trace.id)}`}>
          {trace.name || trace.id}
        </Link>
        <Level level={trace.level} text={trace.errorCount > 0 ? plural(trace.errorCount, 'error') : undefined} />
        <Running trace={trace} />
        {slowest && <span className="chip slowest">slowest</span>}
        <span className="grow" />
        <span className="faint numeric">
          {tookOf(trace)}
        </span>
        <time className="faint numeric" dateTime={trace.timestamp} title={trace.timestamp}>
          {moment(trace.timestamp)}
        </time>
      </header>
      <ol className="messages">
        {messages.map((message, index) => (
          <MessageView key={index} message={message} />
        ))}
      </ol>
      {messages.length === 0 && <p className="faint">{trace.omittedBytes ? `Its input and output are large: ${bytes(trace.omittedBytes)}. Open the trace to read them.` : 'No input or output recorded on this trace.'}</p>}
    </li>
  )
}

/** "1.24 s · 812 tokens · $0.0042", as far as it is known. */
function tookOf({ latencyMs, totalTokens, totalCost }: SessionTrace): string {
  const known = [latencyMs === null ? null : duration(latencyMs), totalTokens === null ? null : `${compact(totalTokens)} tokens`, totalCost === null ? null : cost(totalCost)]
  return known.filter((part) => part !== null).join(' · ')
}

/** Each turn of a chat repeats the history: show its last question and everything after. */
function lastExchange(trace: SessionTrace) {
  const { messages } = normalize(trace.input, trace.output)
  const last = messages.findLastIndex((message) => message.role === 'user')
  return messages.slice(Math.max(0, last))
}
