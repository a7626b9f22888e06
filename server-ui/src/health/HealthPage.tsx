import { useQuery, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useEffect } from 'react'
import { infoQuery } from '../api/queries'
import type { ServerInfo } from '../api/types'
import { bytes, count, plural } from '../format/format'
import { useTraceChanges } from '../live/live'
import { useOneAtATime } from '../live/pace'
import { ErrorNotice, Loading } from '../ui/Notice'
import { useTitle } from '../ui/useTitle'
import { AboutServer } from './AboutServer'
import { Rejections } from './Rejections'
import './health.css'

/** What came in, what was kept, and what was turned away and why. */
export function HealthPage() {
  useTitle('Health')
  const client = useQueryClient()
  const { data, error, isPending, refetch } = useQuery({ ...infoQuery, refetchInterval: 5_000 })
  useTraceChanges(useOneAtATime(() => client.invalidateQueries({ queryKey: infoQuery.queryKey })))
  useEffect(() => void client.invalidateQueries({ queryKey: infoQuery.queryKey }), [client])

  if (isPending) return <Loading what="the state of the server" />
  if (!data) return <ErrorNotice error={error} what="the state of the server" retry={() => void refetch()} />
  return (
    <div className="health">
      <h1>Health</h1>
      <Verdict info={data} />
      <dl className="tiles">
        <Tile name="Spans received" value={count(data.health.receivedSpans)} note="since start" />
        <Tile name="Spans stored" value={count(data.health.storedSpans)} note="since start" />
        <Tile name="Waiting to be read" value={count(data.health.waitingExports)} note="exports, on disk" />
        <Tile name="Not searchable yet" value={count(data.health.notSearchable)} note="observations" />
        <Tile name="Requests rejected" value={count(data.health.rejectedRequests)} note="since start" />
        <Tile name="Traces" value={count(data.traces)} note="on disk" />
        <Tile name="Observations" value={count(data.observations)} note="on disk" />
        <Tile name="Database" value={bytes(data.databaseBytes)} note="on disk" />
        <Tile name="Traces deleted" value={count(data.retention.deletedTraces)} note="by retention, since start" />
      </dl>
      <Rejections info={data} />
      <AboutServer info={data} />
    </div>
  )
}

function Verdict({ info: { health } }: { info: ServerInfo }) {
  const lost = health.receivedSpans - health.storedSpans
  if (lost <= 0 && health.rejectedRequests === 0) {
    return (
      <p className="verdict" data-state="good">
        <CircleCheck size={16} aria-hidden /> Everything that arrived was stored.
      </p>
    )
  }
  const parts = [
    lost > 0 ? `${plural(lost, 'span')} received but not stored` : null,
    health.rejectedRequests > 0 ? `${plural(health.rejectedRequests, 'request')} turned away` : null,
  ]
  return (
    <p className="verdict" data-state="attention">
      <TriangleAlert size={16} aria-hidden /> {parts.filter((part) => part !== null).join(', ')}.
    </p>
  )
}

function Tile({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="numeric">
        {value} <small className="faint">{note}</small>
      </dd>
    </div>
  )
}
