import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { useKeys } from '../ui/keyboard'
import { NARROW, useMedia } from '../ui/media'
import { useParam } from '../ui/useParam'
import { StepHead } from './StepHead'
import { StepRow } from './StepRow'
import type { Heat, Measure } from './heat'
import { clicked, sortOf, sorted, stepsIn } from './steps'
import type { Extent, TreeNode } from './tree'

interface Props {
  roots: TreeNode[]
  extent: Extent
  selectedId: string | null
  onSelect: (id: string | null) => void
  heat: Heat | null
  measure: Measure | null
}

/** Every step of the trace in one flat list, sorted by whatever its reader is after. */
export function StepTable({ roots, extent, selectedId, onSelect, heat, measure }: Props) {
  const [wantedSort, setSort] = useParam('sort')
  const sort = sortOf(wantedSort)
  const steps = useMemo(() => stepsIn(roots), [roots])
  const rows = useMemo(() => sorted(steps, sortOf(wantedSort)), [steps, wantedSort])
  const scroller = useRef<HTMLDivElement>(null)
  const height = useMedia(NARROW) ? 44 : 30
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.node.observation.id ?? index,
    overscan: 20,
  })
  useEffect(() => virtual.measure(), [virtual, height])
  const at = rows.findIndex(({ node }) => node.observation.id === selectedId)
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at)
  }, [at, virtual])
  const move = (by: number) => onSelect(rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.node.observation.id ?? null)
  useKeys({ j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1) })

  return (
    <div className="step-table" role="table" aria-label="All steps" aria-rowcount={rows.length + 1}>
      <StepHead sort={sort} onSort={(column) => setSort(clicked(sort, column))} />
      <div className="tree" role="rowgroup" ref={scroller} tabIndex={0} aria-label="Steps">
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map(({ index, start, key }) => {
            const step = rows[index]
            return (
              step && (
                <StepRow
                  key={key}
                  step={step}
                  index={index}
                  startMs={extent.startMs}
                  selected={index === at}
                  warm={heat === null || measure === null ? null : { measure, heat: heat([step.node]) }}
                  top={start}
                  height={height}
                  onSelect={onSelect}
                />
              )
            )
          })}
        </div>
      </div>
    </div>
  )
}
