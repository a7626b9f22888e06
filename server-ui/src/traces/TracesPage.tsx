import { useCallback, useRef, useState } from 'react'
import { ErrorNotice, Loading } from '../ui/Notice'
import { useKeys } from '../ui/keyboard'
import { useTitle } from '../ui/useTitle'
import { Welcome } from '../welcome/Welcome'
import { Facets, LIST } from './Facets'
import { NoMatch } from './NoMatch'
import { TraceTable } from './TraceTable'
import { TracesToolbar } from './TracesToolbar'
import { VolumeChart } from './VolumeChart'
import { useFilters } from './filters'
import { useListMemory } from './useListMemory'
import { useTraces } from './useTraces'
import './traces.css'

/** Scrolled no further than this many pixels, the reader follows what arrives. */
const AT_TOP = 4

export function TracesPage() {
  useTitle('Traces')
  const filters = useFilters()
  const scroller = useRef<HTMLDivElement>(null)
  const memory = useListMemory()
  const [atTop, setAtTop] = useState(memory.initial.offset < AT_TOP)
  const [paused, setPaused] = useState(false)
  const [greeting, setGreeting] = useState(true)
  const { query, rows, total, totalIsExact, waiting, fresh, show } = useTraces(filters.query, atTop && !paused)
  const wasEmpty = useRef(false)
  useKeys({ p: () => setPaused(!paused) })

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const { remember } = memory
  const onScroll = useCallback(() => {
    const offset = scroller.current?.scrollTop ?? 0
    setAtTop(offset < AT_TOP)
    remember({ offset })
  }, [remember])

  if (query.isPending) return <Loading what="traces" />
  if (query.isError && rows.length === 0) {
    return <ErrorNotice error={query.error} what="the traces" retry={() => void query.refetch()} />
  }
  if (rows.length === 0 && filters.query === '') wasEmpty.current = true
  if (wasEmpty.current && greeting) return <Welcome first={rows[0] ?? null} onDone={() => setGreeting(false)} />

  const showWaiting = () => {
    show()
    scroller.current?.scrollTo({ top: 0 })
  }
  return (
    <div className="traces-page">
      <h1 className="visually-hidden">Traces</h1>
      <Facets filters={filters} />
      <section id={LIST} className="traces-main" aria-label="Trace list" tabIndex={-1}>
        <TracesToolbar filters={filters} total={total} totalIsExact={totalIsExact} paused={paused} onPause={setPaused} />
        <VolumeChart filters={filters} />
        <div className="waiting" role="status">
          {waiting && (
            <button type="button" className="button" data-kind="primary" onClick={showWaiting}>
              {waiting} new · show
            </button>
          )}
        </div>
        {rows.length === 0 ? (
          <NoMatch filters={filters} />
        ) : (
          <TraceTable rows={rows} total={total} fresh={fresh} filters={filters} scroller={scroller} memory={memory} onScroll={onScroll} onEnd={onEnd} />
        )}
      </section>
    </div>
  )
}
