import { ChevronRight, CircleAlert, TriangleAlert, Unlink } from 'lucide-react'
import { memo } from 'react'
import { compact, cost, duration } from '../format/format'
import { TypeIcon } from '../ui/TypeIcon'
import { Bars } from './Bars'
import { describe, figuresOf } from './figures'
import type { TreeRow } from './rows'
import type { Extent } from './tree'

interface Props {
  row: TreeRow
  extent: Extent
  running: boolean
  selected: boolean
  focusable: boolean
  top: number
  height: number
  onActivate: (row: TreeRow) => void
  onToggle: (row: TreeRow) => void
}

export const TreeItem = memo(function TreeItem({ row, extent, running, selected, focusable, top, height, ...on }: Props) {
  const { observation } = row.nodes[0]
  const figures = figuresOf(row)
  return (
    <div
      role="treeitem"
      className="tree-item"
      aria-level={row.depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-expanded={row.expanded ?? undefined}
      aria-selected={selected}
      aria-label={describe(row, extent)}
      tabIndex={focusable ? 0 : -1}
      data-level={figures.level}
      data-type={observation.type}
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={() => on.onActivate(row)}
    >
      <span className="tree-name">
        <span className="tree-guides" style={{ width: Math.min(row.depth, 12) * 16 }} />
        <Toggle row={row} onToggle={on.onToggle} />
        <TypeIcon type={observation.type} />
        <span className="clip">{observation.name || observation.type.toLowerCase()}</span>
        {row.folded && <span className="times numeric">×{row.nodes.length}</span>}
        <Marks row={row} level={figures.level} />
      </span>
      <span className="tree-number numeric" title={figures.summed ? 'Sum of what is below' : cost(figures.cost)} data-summed={figures.summed}>
        {figures.tokens === null ? '' : `${figures.summed ? 'Σ ' : ''}${compact(figures.tokens)}`}
      </span>
      <span className="tree-number numeric">{observation.type === 'EVENT' ? '' : duration(figures.latencyMs)}</span>
      <Bars nodes={row.nodes} extent={extent} running={running} />
    </div>
  )
})

function Toggle({ row, onToggle }: { row: TreeRow; onToggle: (row: TreeRow) => void }) {
  if (row.expanded === null) return <span className="tree-toggle" />
  return (
    <span
      className="tree-toggle"
      data-expanded={row.expanded}
      aria-hidden
      onClick={(event) => {
        event.stopPropagation()
        onToggle(row)
      }}
    >
      <ChevronRight size={13} />
    </span>
  )
}

function Marks({ row, level }: { row: TreeRow; level: string }) {
  return (
    <>
      {level === 'ERROR' && (
        <span className="tree-mark" data-level="ERROR">
          <CircleAlert size={13} aria-hidden /> error
        </span>
      )}
      {level === 'WARNING' && (
        <span className="tree-mark" data-level="WARNING">
          <TriangleAlert size={13} aria-hidden /> warning
        </span>
      )}
      {row.nodes[0].orphan && (
        <span className="tree-orphan" title="Its parent has not arrived">
          <Unlink size={12} aria-hidden />
        </span>
      )}
    </>
  )
}
