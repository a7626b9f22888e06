import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link } from 'wouter'
import { performanceQuery } from '../api/queries'
import type { Performance, PerformanceReport } from '../api/types'
import { compact, cost, count, duration, plural } from '../format/format'
import { useTraceChanges } from '../live/live'
import { useThrottled } from '../live/pace'
import { TimeRange } from '../traces/TimeRange'
import { useFilters } from '../traces/filters'
import { ErrorNotice, Loading } from '../ui/Notice'
import { useTitle } from '../ui/useTitle'
import { Chart } from './Chart'
import { PerformanceTable } from './PerformanceTable'
import { filled } from './filled'
import type { Series } from './series'
import './dashboard.css'

const BUCKETS = 60
const REFETCH_EVERY_MS = 5_000
const ACCENT = 'color-mix(in srgb, var(--accent) 55%, transparent)'

/** How much, how fast, how dear and how often wrong: along the time, by name and by model. */
export default function DashboardPage() {
  useTitle('Dashboard')
  const filters = useFilters()
  const { data, error, refetch } = useQuery(performanceQuery(filters.query, BUCKETS))
  useTraceChanges(useThrottled(() => void refetch(), REFETCH_EVERY_MS))
  if (!data) return error ? <ErrorNotice error={error} what="the dashboard" retry={() => void refetch()} /> : <Loading what="the dashboard" />
  return (
    <div className="table-page dashboard">
      <header>
        <h1>Dashboard</h1>
        <span className="grow" />
        <TimeRange filters={filters} />
      </header>
      <Tiles total={data.total} />
      {data.total.count === 0 ? <Nothing filtered={filters.query !== ''} /> : <Details report={data} />}
    </div>
  )
}

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) return <p className="soft dashboard-empty">No trace in this time.</p>
  return (
    <p className="soft dashboard-empty">
      No trace has arrived yet. <Link href="/traces">How to send the first one</Link>
    </p>
  )
}

function Details({ report }: { report: PerformanceReport }) {
  return (
    <>
      <Charts report={report} />
      <h2>By model</h2>
      <PerformanceTable what="Model" filter="model" parts={report.models} />
      <h2>By trace name</h2>
      <PerformanceTable what="Trace" filter="name" parts={report.names} />
    </>
  )
}

function Tiles({ total }: { total: Performance }) {
  const share = total.count === 0 ? 0 : total.errors / total.count
  return (
    <dl className="tiles">
      <Tile name="Traces" value={count(total.count)} />
      <Tile name="With an error" value={`${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`} note={plural(total.errors, 'trace')} />
      <Tile name="Median duration" value={duration(total.p50Ms)} />
      <Tile name="95th percentile" value={duration(total.p95Ms)} />
      <Tile name="Tokens" value={compact(total.totalTokens)} note={total.totalTokens === null ? undefined : `${compact(total.inputTokens)} in, ${compact(total.outputTokens)} out`} />
      <Tile name="Cost" value={cost(total.totalCost)} />
    </dl>
  )
}

function Tile({ name, value, note }: { name: string; value: string; note?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="numeric">
        {value} {note && <small className="faint">{note}</small>}
      </dd>
    </div>
  )
}

function Charts({ report }: { report: PerformanceReport }) {
  const buckets = useMemo(() => filled(report), [report])
  const times = buckets.map(({ at }) => at)
  const of = (name: string, kind: Series['kind'], colour: string, value: (bucket: Performance) => number | null): Series => ({ name, kind, colour, values: buckets.map(value) })
  const axis = { times, stepMs: report.stepMs }
  const number = (value: number) => compact(Math.round(value))
  return (
    <div className="charts">
      <Chart
        title="Traces"
        figure={count(report.total.count)}
        {...axis}
        format={number}
        series={[of('with an error', 'bar', 'var(--error)', ({ errors }) => errors), of('without', 'bar', ACCENT, ({ count: all, errors }) => all - errors)]}
      />
      <Chart
        title="Duration"
        figure={duration(report.total.p50Ms)}
        {...axis}
        format={duration}
        logarithmically
        series={[of('median', 'line', 'var(--accent)', ({ p50Ms }) => p50Ms), of('95th percentile', 'line', 'var(--type-tool)', ({ p95Ms }) => p95Ms)]}
      />
      <Chart
        title="Tokens"
        figure={compact(report.total.totalTokens)}
        {...axis}
        format={number}
        series={[of('in', 'bar', ACCENT, ({ inputTokens }) => inputTokens), of('out', 'bar', 'var(--type-agent)', ({ outputTokens }) => outputTokens)]}
      />
      <Chart title="Cost" figure={cost(report.total.totalCost)} {...axis} format={cost} series={[of('cost', 'bar', 'var(--ok)', ({ totalCost }) => totalCost)]} />
    </div>
  )
}
