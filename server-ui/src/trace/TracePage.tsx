import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type CSSProperties, useEffect, useMemo } from 'react'
import { ApiError } from '../api/client'
import { traceQuery } from '../api/queries'
import type { Score } from '../api/types'
import { ObservationDiff } from '../compare/lazy'
import { ObservationDetail } from '../detail/ObservationDetail'
import { TraceOverview } from '../detail/TraceOverview'
import { preloadGraph } from '../graph/lazy'
import { useTraceChanges } from '../live/live'
import { ErrorNotice, Loading, Missing } from '../ui/Notice'
import { useOneAtATime } from '../live/pace'
import { useOrigin } from '../traces/origin'
import { progressOf } from '../ui/Running'
import { useKeys } from '../ui/keyboard'
import { useParam } from '../ui/useParam'
import { Splitter, useTreeShare } from './Splitter'
import { TraceHeader } from './TraceHeader'
import { TraceTree } from './TraceTree'
import { treeOf } from './tree'
import { unchanged } from './unchanged'
import './trace.css'

const NO_SCORES: Score[] = []

export function TracePage({ id }: { id: string }) {
  const client = useQueryClient()
  const { data, error, isPending, refetch } = useQuery(traceQuery(id))
  const [observationId, select] = useParam('observation')
  const origin = useOrigin(id)
  const [compareId, setCompareId] = useParam('compare')
  const [pane] = useParam('pane')
  const [share, setShare] = useTreeShare()
  const roots = useMemo(() => treeOf(data?.observations ?? []), [data?.observations])
  useEffect(() => {
    if (pane === 'graph') preloadGraph()
  }, [pane])
  useKeys({
    Escape: () => (observationId === null ? origin.back() : select(null)),
    J: () => origin.openNeighbour(1),
    K: () => origin.openNeighbour(-1),
  })
  const reload = useOneAtATime(() => client.invalidateQueries({ queryKey: traceQuery(id).queryKey }))
  const lookAgain = useOneAtATime(async () => {
    if (!data || !(await unchanged(data.trace))) reload()
  })
  useTraceChanges((changes) => {
    if (changes.length === 0) lookAgain()
    else if (changes.some((change) => change.id === id)) reload()
  })

  if (isPending) return <Loading what="the trace" />
  if (!data) {
    const missing = error instanceof ApiError && error.status === 404
    return missing ? <NoSuchTrace id={id} /> : <ErrorNotice error={error} what="the trace" retry={() => void refetch()} />
  }
  const scores = data.scores ?? NO_SCORES
  const selected = data.observations.find((observation) => observation.id === observationId)
  const compared = data.observations.find((observation) => observation.id === compareId)
  return (
    <div className="trace-page" style={{ '--tree-share': `${share}%` } as CSSProperties}>
      <TraceHeader trace={data.trace} scores={scores} origin={origin} />
      <TraceTree roots={roots} running={data.trace.running} live={progressOf(data.trace) === 'running'} observations={data.observations} scores={scores} total={data.trace.observationCount} selectedId={observationId} onSelect={select}>
        <Splitter share={share} onShare={setShare} />
      </TraceTree>
      <section className="detail" aria-label={selected ? 'Observation' : 'Whole trace'}>
        {selected && compared && compared !== selected ? (
          <ObservationDiff left={compared} right={selected} onClose={() => setCompareId(null)} />
        ) : selected ? (
          <ObservationDetail key={selected.id} observation={selected} scores={scores.filter((score) => score.observationId === selected.id)} onClose={() => select(null)} />
        ) : (
          <TraceOverview trace={data.trace} observations={data.observations} scores={scores} missing={observationId} onSelect={select} />
        )}
      </section>
    </div>
  )
}

function NoSuchTrace({ id }: { id: string }) {
  return (
    <Missing title="This trace is not here" href="/traces" link="All traces">
      <p>
        Nothing has arrived under <code>{id}</code> yet. If the program has only just run, this page opens the trace as soon as
        it arrives. Otherwise check that it sends to this server, and that it flushes before it exits.
      </p>
    </Missing>
  )
}
