import { ChevronLeft, MessagesSquare, User } from 'lucide-react'
import { useEffect } from 'react'
import { Link } from 'wouter'
import type { Score, TraceBody } from '../api/types'
import { compact, cost, count, duration, moment, plural } from '../format/format'
import { ExportMenu } from '../export/ExportMenu'
import { CopyButton } from '../ui/CopyButton'
import { Verdict } from '../scores/Verdict'
import { Level } from '../ui/Level'

export function TraceHeader({ trace, scores }: { trace: TraceBody; scores: Score[] }) {
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
        <Link className="icon-button" href="/traces" aria-label="All traces">
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
      </div>
      <Facts trace={trace} />
      <Labels trace={trace} />
    </header>
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

export function Fact({ name, value, title }: { name: string; value: string; title?: string }) {
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
