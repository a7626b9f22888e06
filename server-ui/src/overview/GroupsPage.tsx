import { useQuery } from '@tanstack/react-query'
import { groupsQuery } from '../api/queries'
import { useTraceChanges } from '../live/live'
import { useThrottled } from '../live/pace'
import { type GroupKind, GroupTable } from './GroupTable'
import { ListPage } from '../ui/ListPage'
import { ErrorNotice, Loading, Missing } from '../ui/Notice'
import { usePage } from '../ui/usePage'

const SIZE = 50
const REFETCH_EVERY_MS = 3_000
const titles = { users: 'Users', sessions: 'Sessions' }

/** Everybody, or every conversation, that traces name: the most recently seen first. */
export default function GroupsPage({ kind }: { kind: GroupKind }) {
  const [page, setPage] = usePage()
  const { data, error, refetch } = useQuery(groupsQuery(kind, page))
  useTraceChanges(useThrottled(() => void refetch(), REFETCH_EVERY_MS))
  if (!data) return error ? <ErrorNotice error={error} what={`the ${kind}`} retry={() => void refetch()} /> : <Loading what={`the ${kind}`} />
  if (data.total === 0) return <Nobody kind={kind} />
  return (
    <ListPage title={titles[kind]} page={page} size={SIZE} total={data.total} onPage={setPage}>
      <GroupTable kind={kind} groups={data.data} />
    </ListPage>
  )
}

function Nobody({ kind }: { kind: GroupKind }) {
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
