import { useQuery } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import { Link } from 'wouter'
import { groupsQuery, latestQuery } from '../api/queries'
import type { TraceGroup } from '../api/types'
import { ago, compact, cost, count, moment } from '../format/format'
import { useTraceChanges } from '../live/live'
import { useThrottled } from '../live/pace'
import { Fact } from '../ui/Fact'
import { CopyButton } from '../ui/CopyButton'
import { ErrorNotice, Loading, Missing } from '../ui/Notice'
import { useEscape } from '../ui/useEscape'
import { useTitle } from '../ui/useTitle'
import { GroupTable } from './GroupTable'
import { LatestTraces } from './LatestTraces'
import '../ui/table.css'

const REFETCH_EVERY_MS = 3_000

/** One user: what they cost, their conversations, and what they asked last. */
export default function UserPage({ id }: { id: string }) {
  useTitle(`User ${id}`)
  useEscape('/users')
  const sums = useQuery(groupsQuery('users', 1, id))
  const sessions = useQuery(groupsQuery('sessions', 1, id))
  const latest = useQuery(latestQuery(id))
  const queries = [sums, sessions, latest]
  useTraceChanges(useThrottled(() => queries.forEach(({ refetch }) => void refetch()), REFETCH_EVERY_MS))
  const error = queries.find((query) => query.error)?.error
  if (error) return <ErrorNotice error={error} what="the user" retry={() => queries.forEach(({ refetch }) => void refetch())} />
  if (!sums.data || !sessions.data || !latest.data) return <Loading what="the user" />
  const user = sums.data.data.find((group) => group.id === id)
  if (!user) return <NoSuchUser id={id} />
  return (
    <div className="table-page">
      <Head user={user} />
      {sessions.data.total > 0 && (
        <>
          <h2>Sessions {count(sessions.data.total)}</h2>
          <div className="table-scroll" tabIndex={0} role="region" aria-label="Sessions">
            <table className="data-table">
              <GroupTable kind="sessions" groups={sessions.data.data} users={false} />
            </table>
          </div>
        </>
      )}
      <h2>Latest traces</h2>
      <LatestTraces traces={latest.data.data} />
      <p className="pager">
        <Link className="button" href={`/traces?userId=${encodeURIComponent(id)}`}>
          All {count(user.traces)} in the list, to filter and search
        </Link>
      </p>
    </div>
  )
}

function Head({ user }: { user: TraceGroup }) {
  return (
    <>
      <header>
        <Link className="icon-button" href="/users" aria-label="All users">
          <ChevronLeft size={18} aria-hidden />
        </Link>
        <h1 className="clip">{user.id}</h1>
        <CopyButton text={user.id} label="Copy user id" />
      </header>
      <dl className="facts">
        <Fact name="Traces" value={count(user.traces)} />
        <Fact name="With errors" value={count(user.errors)} />
        <Fact name="Tokens" value={compact(user.totalTokens)} />
        <Fact name="Cost" value={cost(user.totalCost)} />
        <Fact name="First seen" value={moment(user.first)} title={user.first} />
        <Fact name="Last seen" value={ago(user.last)} title={user.last} />
      </dl>
    </>
  )
}

function NoSuchUser({ id }: { id: string }) {
  return (
    <Missing title="This user is not here" href="/users" link="All users">
      <p>
        No trace carries the user id <code>{id}</code>.
      </p>
    </Missing>
  )
}
