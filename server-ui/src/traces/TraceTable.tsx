import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect } from 'react'
import { useLocation } from 'wouter'
import type { TraceRow } from '../api/types'
import { useKeys } from '../ui/keyboard'
import { useParam } from '../ui/useParam'
import { NARROW, useMedia } from '../ui/media'
import { SortHead } from './SortHead'
import { TraceListRow } from './TraceListRow'
import type { Filters } from './filters'
import { openedFrom } from './origin'
import { useCursor } from './useCursor'
import type { useListMemory } from './useListMemory'

interface Props {
  rows: TraceRow[]
  total: number
  fresh: ReadonlySet<string>
  filters: Filters
  scroller: RefObject<HTMLDivElement | null>
  memory: ReturnType<typeof useListMemory>
  onScroll: () => void
  onEnd: () => void
}

export function TraceTable({ rows, total, fresh, filters, scroller, memory, onScroll, onEnd }: Props) {
  const [, navigate] = useLocation()
  const height = useMedia(NARROW) ? 88 : 58
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
    initialOffset: memory.initial.offset,
  })
  useEffect(() => virtual.measure(), [virtual, height])
  const [compareId, setCompareId] = useParam('compare')
  const pick = useCallback(
    (id: string) => {
      if (compareId === null || compareId === id) setCompareId(compareId === id ? null : id)
      else navigate(`/compare/${encodeURIComponent(compareId)}/${encodeURIComponent(id)}`)
    },
    [compareId, setCompareId, navigate],
  )
  const cursor = useCursor(rows, memory, (index) => virtual.scrollToIndex(index))
  useKeys({
    j: () => cursor.move(1),
    k: () => cursor.move(-1),
    ArrowDown: () => cursor.move(1),
    ArrowUp: () => cursor.move(-1),
    e: cursor.nextError,
    c: () => cursor.id && pick(cursor.id),
    Enter: () => {
      if (!cursor.id) return
      memory.leave(cursor.id)
      navigate(`/traces/${encodeURIComponent(cursor.id)}`, { state: openedFrom(filters.query) })
    },
  })

  const items = virtual.getVirtualItems()
  const lastIndex = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (lastIndex >= rows.length - 15) onEnd()
  }, [lastIndex, rows.length, onEnd])

  return (
    <>
      {compareId !== null && <Comparing onCancel={() => setCompareId(null)} />}
      <div className="trace-table" role="table" aria-label="Traces" aria-rowcount={total + 1}>
        <div role="rowgroup">
          <div role="row" className="trace-head" aria-rowindex={1}>
            <SortHead title="Time" sort={null} filters={filters} />
            <span role="columnheader">Trace</span>
            <span role="columnheader">User, session</span>
            <SortHead title="Duration" sort="latency" filters={filters} />
            <SortHead title="Tokens" sort="tokens" filters={filters} />
            <SortHead title="Cost" sort="cost" filters={filters} />
          </div>
        </div>
        <div className="trace-scroll" role="rowgroup" ref={scroller} onScroll={onScroll} tabIndex={0} aria-label="Trace rows">
          <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {items.map(({ index, start, key }) => {
              const trace = rows[index]
              return (
                trace && (
                  <TraceListRow
                    key={key}
                    trace={trace}
                    index={index}
                    current={trace.id === cursor.id}
                    picked={trace.id === compareId}
                    onPick={pick}
                    list={filters.query}
                    onOpen={memory.leave}
                    fresh={fresh.has(trace.id)}
                    top={start}
                    height={height}
                  />
                )
              )
            })}
          </div>
        </div>
      </div>
    </>
  )
}

function Comparing({ onCancel }: { onCancel: () => void }) {
  return (
    <div className="comparing" role="status">
      Choose the trace to compare it with (c).
      <button type="button" className="link" onClick={onCancel}>
        Cancel
      </button>
    </div>
  )
}
