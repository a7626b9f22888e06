import { Suspense } from 'react'
import { FlowGraph } from '../graph/lazy'
import { Loading } from '../ui/Notice'
import type { Pane } from './PaneTools'
import { Ruler } from './Ruler'
import { StepTable } from './StepTable'
import { TreeList } from './TreeList'
import type { Heat, Measure } from './heat'
import type { StepScores } from './stepScores'
import type { TreeNode } from './tree'
import type { TreeState } from './useTreeState'
import type { Zoom } from './useZoom'

interface Props {
  pane: Pane
  roots: TreeNode[]
  running: boolean
  selectedId: string | null
  onSelect: (id: string | null) => void
  heat: Heat | null
  measure: Measure | null
  scores: StepScores
  state: TreeState
  zoom: Zoom
}

/** The steps of a trace, in the way that the reader has chosen. */
export function PaneBody({ pane, roots, running, selectedId, onSelect, heat, measure, scores, state, zoom }: Props) {
  if (roots.length === 0) return <p className="no-steps soft">No observation of this trace has arrived.</p>
  if (pane === 'graph') {
    return (
      <Suspense fallback={<Loading what="the graph" />}>
        <FlowGraph roots={roots} selectedId={selectedId} onSelect={onSelect} />
      </Suspense>
    )
  }
  if (pane === 'table') return <StepTable roots={roots} extent={zoom.scale} selectedId={selectedId} onSelect={onSelect} heat={heat} measure={measure} />
  const timeline = pane === 'timeline'
  return (
    <>
      <Ruler zoom={zoom} costs={measure === 'cost'} marks={timeline ? 5 : 3} />
      <TreeList state={state} scale={zoom.scale} running={running} selectedId={selectedId} heat={heat} measure={measure} scores={scores} onFit={timeline ? zoom.fit : undefined} />
    </>
  )
}
