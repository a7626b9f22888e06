import { ChevronsDownUp, ChevronsUpDown, CircleAlert } from 'lucide-react'
import { type ReactNode, useEffect, useMemo } from 'react'
import type { ObservationRow } from '../api/types'
import { plural } from '../format/format'
import { Ruler } from './Ruler'
import { TreeList } from './TreeList'
import type { TreeNode } from './tree'
import { extentOf } from './tree'
import { useTreeState } from './useTreeState'

interface Props {
  roots: TreeNode[]
  observations: ObservationRow[]
  running: boolean
  selectedId: string | null
  onSelect: (id: string | null) => void
  children?: ReactNode
}

export function TraceTree({ roots, observations, running, selectedId, onSelect, children }: Props) {
  const extent = useMemo(() => extentOf(observations), [observations])
  const state = useTreeState(roots, selectedId, onSelect)
  const errors = observations.filter((observation) => observation.level === 'ERROR').length
  const { reveal } = state
  useEffect(() => {
    if (selectedId !== null) reveal(selectedId)
  }, [selectedId, reveal])

  return (
    <section className="tree-pane" aria-label="Observations">
      <div className="tree-tools">
        <span className="faint">{plural(observations.length, 'observation')}</span>
        {errors > 0 && (
          <button type="button" className="tree-errors" title="Next error (e)" onClick={state.nextError}>
            <CircleAlert size={12} aria-hidden /> {plural(errors, 'error')}
          </button>
        )}
        <button type="button" className="icon-button" aria-label="Open all" title="Open all (*)" onClick={state.openAll}>
          <ChevronsUpDown size={14} aria-hidden />
        </button>
        <button type="button" className="icon-button" aria-label="Close all" title="Close all" onClick={state.closeAll}>
          <ChevronsDownUp size={14} aria-hidden />
        </button>
      </div>
      <Ruler extent={extent} />
      <TreeList state={state} extent={extent} running={running} selectedId={selectedId} />
      {children}
    </section>
  )
}
