import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useKeys } from '../ui/keyboard'
import { NARROW, useMedia } from '../ui/media'
import { TreeItem } from './TreeItem'
import type { Heat, Measure } from './heat'
import type { TreeRow } from './rows'
import type { Scale } from './scale'
import type { StepScores } from './stepScores'
import { stepsOf } from './treeKeys'
import type { TreeState } from './useTreeState'

/** Below this many rows all are drawn, so that the browser's own search finds them. */
const VIRTUAL_FROM = 200

interface Props {
  state: TreeState
  scale: Scale
  running: boolean
  selectedId: string | null
  heat: Heat | null
  measure: Measure | null
  scores: StepScores
  /** Where there is a window on the time that a row can fill. */
  onFit?: (startMs: number, endMs: number) => void
}

export function TreeList({ state, scale, running, selectedId, heat, measure, scores, onFit }: Props) {
  const { rows, focusKey } = state
  const scroller = useRef<HTMLDivElement>(null)
  const height = useMedia(NARROW) ? 44 : 30
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: rows.length < VIRTUAL_FROM ? VIRTUAL_FROM : 20,
  })
  useEffect(() => virtual.measure(), [virtual, height])
  const at = rows.findIndex((row) => row.key === focusKey)
  useFocusFollows(scroller, at, (index) => virtual.scrollToIndex(index))

  const steps = stepsOf(state, at)
  useKeys({ j: () => steps.ArrowDown?.(), k: () => steps.ArrowUp?.(), '*': state.openAll })
  const onKeyDown = (event: KeyboardEvent) => {
    const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    step()
  }
  return (
    <div className="tree" ref={scroller}>
      <div role="tree" aria-label="Trace tree" style={{ height: virtual.getTotalSize(), position: 'relative' }} onKeyDown={onKeyDown}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index]
          return (
            row && (
              <TreeItem
                key={key}
                row={row}
                scale={scale}
                heat={heat}
                measure={measure}
                scores={scores}
                running={running}
                selected={!row.folded && row.key === selectedId}
                focusable={row.key === focusKey}
                top={start}
                height={height}
                onActivate={state.activate}
                onToggle={state.toggle}
                onFit={onFit && (() => fit(row, scale, onFit))}
              />
            )
          )
        })}
      </div>
    </div>
  )
}

function fit({ nodes }: TreeRow, scale: Scale, onFit: (startMs: number, endMs: number) => void) {
  onFit(Math.min(...nodes.map((node) => node.startMs)), Math.max(...nodes.map((node) => node.endMs ?? scale.endMs)))
}

/** Scrolls to the current row; takes the focus along only when the tree already has it. */
function useFocusFollows(scroller: React.RefObject<HTMLDivElement | null>, at: number, reveal: (index: number) => void) {
  const latest = useRef(reveal)
  useEffect(() => {
    latest.current = reveal
  })
  useEffect(() => {
    if (at < 0) return
    latest.current(at)
    const tree = scroller.current
    if (!tree?.contains(document.activeElement)) return
    requestAnimationFrame(() => tree.querySelector<HTMLElement>('[role=treeitem][tabindex="0"]')?.focus())
  }, [at, scroller])
}
