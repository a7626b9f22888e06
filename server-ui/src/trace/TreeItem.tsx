import { ChevronRight, CircleAlert, TriangleAlert, Unlink } from 'lucide-react'
import { memo } from 'react'
import { compact, cost, duration } from '../format/format'
import { stepName } from '../format/names'
import { ScoreChips } from '../scores/ScoreChips'
import { summariesOf } from '../scores/words'
import { TypeIcon } from '../ui/TypeIcon'
import { Bars } from './Bars'
import { type Figures, describe, figuresOf } from './figures'
import type { Heat, Measure } from './heat'
import type { TreeRow } from './rows'
import type { Scale } from './scale'
import type { StepScores } from './stepScores'

/** What is deeper than this is not moved further to the right, but numbered: its name would have no room. */
const DEEPEST = 9
const DEEPEST_BESIDE_BARS = 4

interface Props {
  row: TreeRow
  scale: Scale
  running: boolean
  selected: boolean
  focusable: boolean
  top: number
  height: number
  heat: Heat | null
  measure: Measure | null
  scores: StepScores
  onActivate: (row: TreeRow) => void
  onToggle: (row: TreeRow) => void
  onFit?: () => void
}

export const TreeItem = memo(function TreeItem({ row, scale, running, selected, focusable, top, height, heat, measure, scores, ...on }: Props) {
  const { observation } = row.nodes[0]
  const figures = figuresOf(row)
  const warmth = heat?.(row.nodes)
  const judged = row.nodes.flatMap((node) => scores.get(node.observation.id) ?? [])
  return (
    <div
      role="treeitem"
      className="tree-item"
      aria-level={row.depth + 1}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-expanded={row.expanded ?? undefined}
      aria-selected={selected}
      aria-label={describe(row, scale)}
      tabIndex={focusable ? 0 : -1}
      data-level={figures.level}
      data-type={observation.type}
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={() => on.onActivate(row)}
      onDoubleClick={on.onFit}
    >
      <span className="tree-name">
        <Depth depth={row.depth} most={on.onFit ? DEEPEST_BESIDE_BARS : DEEPEST} />
        <Toggle row={row} onToggle={on.onToggle} />
        <TypeIcon type={observation.type} />
        <span className="clip">{stepName(observation)}</span>
        {row.folded && <span className="times numeric">×{row.nodes.length}</span>}
        <Marks row={row} level={figures.level} />
        {judged.length > 0 && <ScoreChips scores={summariesOf(judged)} most={2} />}
      </span>
      <Amount figures={figures} measure={measure} warmth={measure === 'time' ? undefined : warmth} />
      <span className="tree-number numeric" data-heat={measure === 'time' ? warmth : undefined}>
        {observation.type === 'EVENT' ? '' : duration(figures.latencyMs)}
      </span>
      <Bars nodes={row.nodes} scale={scale} running={running} />
    </div>
  )
})

/** How far below its root a step is. */
function Depth({ depth, most }: { depth: number; most: number }) {
  return (
    <>
      <span className="tree-guides" style={{ width: Math.min(depth, most) * 16 }} />
      {depth > most && (
        <span className="tree-depth numeric" title={`${depth} levels below the root`}>
          {depth}
        </span>
      )}
    </>
  )
}

/** Tokens, or the cost where the reader looks for that. */
function Amount({ figures: { tokens, cost: dollars, summed }, measure, warmth }: { figures: Figures; measure: Measure | null; warmth?: number }) {
  const [value, text, other] = measure === 'cost' ? [dollars, cost(dollars), compact(tokens)] : [tokens, compact(tokens), cost(dollars)]
  const title = summed ? `Sum of what is below${other === '–' ? '' : `: ${text}, ${other}`}` : other
  return (
    <span className="tree-number numeric" title={title} data-summed={summed} data-heat={warmth}>
      {value === null ? '' : `${summed ? 'Σ ' : ''}${text}`}
    </span>
  )
}

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
