import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect } from 'react'
import { useLocation } from 'wouter'
import type { TraceRow } from '../api/types'
import { useKeys } from '../ui/keyboard'
import { NARROW, useMedia } from '../ui/media'
import { Comparing, useComparing } from './Comparing'
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
  const comparing = useComparing()
  const cursor = useCursor(rows, memory, (index) => virtual.scrollToIndex(index))
  useKeys({
    j: () => cursor.move(1),
    k: () => cursor.move(-1),
    ArrowDown: () => cursor.move(1),
    ArrowUp: () => cursor.move(-1),
    e: cursor.nextError,
    c: () => cursor.id && comparing.pick(cursor.id),
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
      {comparing.compareId !== null && <Comparing onCancel={comparing.cancel} />}
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
                    picked={trace.id === comparing.compareId}
                    onPick={comparing.pick}
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
