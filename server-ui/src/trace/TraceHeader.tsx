import { ChevronDown, ChevronLeft, ChevronUp, MessagesSquare, User } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { Link } from 'wouter'
import type { Score, TraceBody } from '../api/types'
import { compact, cost, count, duration, moment, plural } from '../format/format'
import { ExportMenu } from '../export/ExportMenu'
import { CopyButton } from '../ui/CopyButton'
import { Verdict } from '../scores/Verdict'
import type { useOrigin } from '../traces/origin'
import { Level } from '../ui/Level'

type Origin = ReturnType<typeof useOrigin>

export function TraceHeader({ trace, scores, origin }: { trace: TraceBody; scores: Score[]; origin: Origin }) {
  const name = trace.name || trace.id
  useEffect(() => {
    document.title = `${name} · Langfuse4j`
    return () => {
      document.title = 'Langfuse4j'
    }
  }, [name])
  return (
    <header className="trace-header">
      <div className="trace-title">
        <Link
          className="icon-button"
          href={origin.href}
          aria-label="All traces"
          title="Back to the list (Esc)"
          onClick={(event) => {
            event.preventDefault()
            origin.back()
          }}
        >
          <ChevronLeft size={18} aria-hidden />
        </Link>
        <h1 className="clip">{name}</h1>
        {trace.running && (
          <span className="running">
            <span className="pulse" aria-hidden /> running
          </span>
        )}
        <Level level={trace.level} text={problemsOf(trace)} />
        <span className="trace-id mono faint clip">{trace.id}</span>
        <CopyButton text={trace.id} label="Copy trace id" />
        <ExportMenu trace={trace} />
        <Verdict traceId={trace.id} observationId={null} scores={scores} />
        <Neighbours origin={origin} />
      </div>
      <Facts trace={trace} />
      <Labels trace={trace} />
    </header>
  )
}

/** To the traces before and after this one in the list that it was opened from. */
function Neighbours({ origin: { previous, next, openNeighbour } }: { origin: Origin }) {
  if (previous === null && next === null) return null
  return (
    <span className="neighbours">
      <button type="button" className="icon-button" aria-label="Previous trace" title="Previous trace of the list (K)" disabled={previous === null} onClick={() => openNeighbour(-1)}>
        <ChevronUp size={16} aria-hidden />
      </button>
      <button type="button" className="icon-button" aria-label="Next trace" title="Next trace of the list (J)" disabled={next === null} onClick={() => openNeighbour(1)}>
        <ChevronDown size={16} aria-hidden />
      </button>
    </span>
  )
}

function problemsOf({ errorCount, warningCount }: TraceBody): string | undefined {
  if (errorCount > 0) return plural(errorCount, 'error')
  return warningCount > 0 ? plural(warningCount, 'warning') : undefined
}

function Facts({ trace }: { trace: TraceBody }) {
  const tokens = `${count(trace.inputTokens)} in, ${count(trace.outputTokens)} out`
  return (
    <dl className="facts">
      <Fact name="Started" value={moment(trace.timestamp)} title={trace.timestamp} />
      <Fact name="Duration" value={duration(trace.latencyMs)} />
      <Fact name="Tokens" value={compact(trace.totalTokens)} title={tokens} />
      <Fact name="Cost" value={cost(trace.totalCost)} />
    </dl>
  )
}

export function Fact({ name, value, title }: { name: string; value: ReactNode; title?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="numeric" title={title}>
        {value}
      </dd>
    </div>
  )
}

function Labels({ trace: { userId, sessionId, environment, release, version, tags } }: { trace: TraceBody }) {
  return (
    <div className="trace-labels">
      {userId && (
        <Link className="chip" href={`/users/${encodeURIComponent(userId)}`} title="This user">
          <User size={12} aria-hidden /> {userId}
        </Link>
      )}
      {sessionId && (
        <Link className="chip" href={`/sessions/${encodeURIComponent(sessionId)}`} title="The whole session">
          <MessagesSquare size={12} aria-hidden /> {sessionId}
        </Link>
      )}
      {environment && environment !== 'default' && <span className="chip">{environment}</span>}
      {release && <span className="chip">release {release}</span>}
      {version && <span className="chip">version {version}</span>}
      {tags.map((tag) => (
        <Link key={tag} className="chip" href={`/traces?tag=${encodeURIComponent(tag)}`} title="Traces with this tag">
          #{tag}
        </Link>
      ))}
    </div>
  )
}
