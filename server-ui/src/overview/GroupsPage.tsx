import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { groupsQuery } from '../api/queries'
import type { TraceGroup } from '../api/types'
import { ago, compact, cost, count } from '../format/format'
import { useTraceChanges } from '../live/live'
import { useThrottled } from '../live/pace'
import { ListPage } from '../ui/ListPage'
import { ErrorNotice, Loading, Missing } from '../ui/Notice'
import { usePage } from '../ui/usePage'

type Kind = 'users' | 'sessions'
const SIZE = 50
const REFETCH_EVERY_MS = 3_000
const titles = { users: 'Users', sessions: 'Sessions' }

/** Everybody, or every conversation, that traces name: the most recently seen first. */
export default function GroupsPage({ kind }: { kind: Kind }) {
  const [page, setPage] = usePage()
  const { data, error, refetch } = useQuery(groupsQuery(kind, page))
  useTraceChanges(useThrottled(() => void refetch(), REFETCH_EVERY_MS))
  if (!data) return error ? <ErrorNotice error={error} what={`the ${kind}`} retry={() => void refetch()} /> : <Loading what={`the ${kind}`} />
  if (data.total === 0) return <Nobody kind={kind} />
  return (
    <ListPage title={titles[kind]} page={page} size={SIZE} total={data.total} onPage={setPage}>
      <thead>
        <tr>
          <th scope="col">{kind === 'users' ? 'User' : 'Session'}</th>
          <th scope="col" className="wide">
            Latest
          </th>
          {kind === 'sessions' && (
            <th scope="col" className="optional">
              User
            </th>
          )}
          <th scope="col" className="number">
            Traces
          </th>
          <th scope="col" className="number">
            Errors
          </th>
          <th scope="col" className="number optional">
            Tokens
          </th>
          <th scope="col" className="number">
            Cost
          </th>
          <th scope="col" className="number">
            Last seen
          </th>
        </tr>
      </thead>
      <tbody>
        {data.data.map((group) => (
          <Row key={group.id} kind={kind} group={group} />
        ))}
      </tbody>
    </ListPage>
  )
}

function Row({ kind, group }: { kind: Kind; group: TraceGroup }) {
  const href = kind === 'users' ? `/traces?userId=${encodeURIComponent(group.id)}` : `/sessions/${encodeURIComponent(group.id)}`
  return (
    <tr>
      <th scope="row">
        <Link href={href}>{group.id}</Link>
      </th>
      <td className="wide soft">
        <span className="clip" dir="auto">
          {group.inputPreview ?? group.name ?? ''}
        </span>
      </td>
      {kind === 'sessions' && <td className="optional">{group.userId && <Link href={`/traces?userId=${encodeURIComponent(group.userId)}`}>{group.userId}</Link>}</td>}
      <td className="number numeric">{count(group.traces)}</td>
      <td className={`number numeric ${group.errors > 0 ? 'bad' : 'faint'}`}>{count(group.errors)}</td>
      <td className="number numeric optional">{compact(group.totalTokens)}</td>
      <td className="number numeric">{cost(group.totalCost)}</td>
      <td className="number numeric soft" title={`${group.first} – ${group.last}`}>
        {ago(group.last)}
      </td>
    </tr>
  )
}

function Nobody({ kind }: { kind: Kind }) {
  const call = kind === 'users' ? 'userId' : 'sessionId'
  return (
    <Missing title={kind === 'users' ? 'No user is named yet' : 'No session yet'} href="/traces" link="All traces">
      <p>
        Say {kind === 'users' ? 'who asks' : 'which conversation it is'} around your code, and every trace below is found here:{' '}
        <code>Langfuse.propagateAttributes(a -&gt; a.{call}(…))</code>.
      </p>
    </Missing>
  )
}
