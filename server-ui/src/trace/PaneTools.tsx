import { ChevronsDownUp, ChevronsUpDown, CircleAlert } from 'lucide-react'
import { plural } from '../format/format'
import { Segments } from '../ui/Segments'
import { MEASURES, type Measure, measureOf } from './heat'
import type { TreeState } from './useTreeState'

export const PANES = ['tree', 'timeline', 'table', 'graph'] as const
export type Pane = (typeof PANES)[number]

interface Props {
  pane: Pane
  onPane: (pane: Pane) => void
  heat: Measure | null
  onHeat: (measure: Measure | null) => void
  count: number
  errors: number
  state: TreeState
}

export function PaneTools({ pane, onPane, heat, onHeat, count, errors, state }: Props) {
  return (
    <div className="tree-tools">
      <Segments label="Show as" options={PANES} selected={pane} onSelect={onPane} />
      <span className="faint clip">{plural(count, 'observation')}</span>
      {errors > 0 && (
        <button type="button" className="tree-errors" title="Next error (e)" onClick={state.nextError}>
          <CircleAlert size={12} aria-hidden /> {plural(errors, 'error')}
        </button>
      )}
      {pane !== 'graph' && <HeatChoice heat={heat} onHeat={onHeat} />}
      {(pane === 'tree' || pane === 'timeline') && <OpenClose state={state} />}
    </div>
  )
}

function HeatChoice({ heat, onHeat }: Pick<Props, 'heat' | 'onHeat'>) {
  return (
      <label className="heat-choice">
        <span className="visually-hidden">Heat</span>
        <select value={heat ?? ''} title="Colour what took most itself" onChange={(event) => onHeat(measureOf(event.target.value))}>
          <option value="">no heat</option>
          {MEASURES.map((measure) => (
            <option key={measure} value={measure}>
              heat: {measure}
            </option>
          ))}
        </select>
      </label>
  )
}

function OpenClose({ state }: { state: TreeState }) {
  return (
    <>
      <button type="button" className="icon-button" aria-label="Open all" title="Open all (*)" onClick={state.openAll}>
        <ChevronsUpDown size={14} aria-hidden />
      </button>
      <button type="button" className="icon-button" aria-label="Close all" title="Close all" onClick={state.closeAll}>
        <ChevronsDownUp size={14} aria-hidden />
      </button>
    </>
  )
}
