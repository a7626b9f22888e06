import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import { Link } from 'wouter'
import { ApiError } from '../api/client'
import { sessionQuery } from '../api/queries'
import type { SessionDetail, SessionTrace } from '../api/types'
import { compact, cost, duration, plural } from '../format/format'
import { useTraceChanges } from '../live/live'
import { Fact } from '../ui/Fact'
import { useThrottled } from '../live/pace'
import { CopyButton } from '../ui/CopyButton'
import { ErrorNotice, Loading, Missing } from '../ui/Notice'
import { useEscape } from '../ui/useEscape'
import { useTitle } from '../ui/useTitle'
import { Turn } from './Turn'
import { anchorOf, idleBefore, inOrder, slowestOf, sum } from './turns'
import './session.css'

export function SessionPage({ id }: { id: string }) {
  useTitle(`Session ${id}`)
  const client = useQueryClient()
  const { data, error, isPending, refetch } = useQuery(sessionQuery(id))
  // Which session a changed trace belongs to is not announced, so any change is a reason to look.
  useTraceChanges(useThrottled(() => void client.invalidateQueries({ queryKey: sessionQuery(id).queryKey }), 1_000))
  useEscape('/sessions')

  if (isPending) return <Loading what="the session" />
  if (!data) {
    const missing = error instanceof ApiError && error.status === 404
    return missing ? <NoSuchSession id={id} /> : <ErrorNotice error={error} what="the session" retry={() => void refetch()} />
  }
  const turns = inOrder(data.traces)
  const slowest = slowestOf(turns)
  return (
    <div className="session-page">
      <SessionHeader session={data} slowest={slowest} />
      <ol className="turns" aria-label="Turns">
        {turns.map((trace, index) => (
          <Turn key={trace.id} trace={trace} idleMs={idleBefore(turns, index)} slowest={trace === slowest} />
        ))}
      </ol>
    </div>
  )
}

function SessionHeader({ session: { id, traces }, slowest }: { session: SessionDetail; slowest: SessionTrace | null }) {
  const users = [...new Set(traces.map((trace) => trace.userId).filter((user) => user !== null))]
  return (
    <header className="session-header">
      <div className="trace-title">
        <Link className="icon-button" href="/sessions" aria-label="All sessions">
          <ChevronLeft size={18} aria-hidden />
        </Link>
        <h1 className="clip">{id}</h1>
        <CopyButton text={id} label="Copy session id" />
      </div>
      <dl className="facts">
        <Fact name="Turns" value={String(traces.length)} />
        <Fact name="Tokens" value={compact(sum(traces, 'totalTokens'))} />
        <Fact name="Cost" value={cost(sum(traces, 'totalCost'))} />
        <Fact name="Errors" value={String(sum(traces, 'errorCount') ?? 0)} />
        {slowest && (
          <Fact
            name="Slowest turn"
            value={
              <button type="button" className="link" title="Show it" onClick={() => document.getElementById(anchorOf(slowest))?.scrollIntoView({ block: 'center' })}>
                {duration(slowest.latencyMs)}
              </button>
            }
          />
        )}
      </dl>
      <p className="faint">
        {users.length === 0 ? 'No user recorded' : `${plural(users.length, 'user')}: `}
        {users.map((user) => (
          <Link key={user} className="session-user" href={`/users/${encodeURIComponent(user)}`}>
            {user}
          </Link>
        ))}
      </p>
    </header>
  )
}

function NoSuchSession({ id }: { id: string }) {
  return (
    <Missing title="This session is not here" href="/traces" link="All traces">
      <p>
        No trace carries the session id <code>{id}</code>. Set it around your code with{' '}
        <code>Langfuse.propagateAttributes(a -&gt; a.sessionId(…))</code>.
      </p>
    </Missing>
  )
}
