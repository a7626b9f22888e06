import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useMemo, useRef, useState } from 'react'
import { JsonLine } from './JsonLine'
import { AT_ONCE, type Line, NOTHING_OPENED, linesOf } from './lines'
import type { JsonSearch } from './search'

/** Below this many lines all are drawn, so that the browser's own search finds them. */
const VIRTUAL_FROM = 300
const LINE_PX = 20

interface Props {
  value: unknown
  label: string
  search: JsonSearch | null
}

export function JsonLines({ value, label, search }: Props) {
  const [opened, setOpened] = useState(NOTHING_OPENED)
  const lines = useMemo(() => linesOf(value, opened, search), [value, opened, search])
  const onToggle = useCallback(({ path, kind }: Line) => setOpened(({ open, shown }) => ({ open: new Map(open).set(path, kind === 'closed'), shown })), [])
  const onMore = useCallback(({ path }: Line) => setOpened(({ open, shown }) => ({ open, shown: new Map(shown).set(path, (shown.get(path) ?? AT_ONCE) * 2) })), [])
  const actions = { onToggle, onMore }
  if (lines.length >= VIRTUAL_FROM) return <Virtual lines={lines} label={label} {...actions} />
  return lines.map((line) => <JsonLine key={keyOf(line)} line={line} {...actions} />)
}

interface VirtualProps {
  lines: Line[]
  label: string
  onToggle: (line: Line) => void
  onMore: (line: Line) => void
}

/** Only what is in view is drawn; long texts break, so lines are measured as they come. */
function Virtual({ lines, label, ...actions }: VirtualProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_PX,
    getItemKey: (index) => keyOf(lines[index]),
    overscan: 30,
  })
  return (
    <div className="json-scroll" ref={scroller} tabIndex={0} role="region" aria-label={`All of ${label}`}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const line = lines[index]
          return (
            line && (
              <div key={key} data-index={index} ref={virtual.measureElement} className="json-placed" style={{ transform: `translateY(${start}px)` }}>
                <JsonLine line={line} {...actions} />
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}

function keyOf(line: Line | undefined): string {
  return line === undefined ? '' : line.kind === 'end' || line.kind === 'more' ? `${line.kind} ${line.path}` : line.path
}
