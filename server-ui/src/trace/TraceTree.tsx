import { type ReactNode, Suspense, lazy, useEffect, useMemo, useRef } from 'react'
import type { ObservationRow, Score } from '../api/types'
import { count } from '../format/format'
import { Loading } from '../ui/Notice'
import { useKeys } from '../ui/keyboard'
import { useParam } from '../ui/useParam'
import { PANES, PaneTools } from './PaneTools'
import { Ruler } from './Ruler'
import { StepTable } from './StepTable'
import { TimelineTools } from './TimelineTools'
import type { StepScores } from './TreeItem'
import { TreeList } from './TreeList'
import { heatOf, measureOf } from './heat'
import type { TreeNode } from './tree'
import { everyNode, extentOf } from './tree'
import { useTreeState } from './useTreeState'
import { useWheelZoom } from './useWheelZoom'
import { useZoom } from './useZoom'

const FlowGraph = lazy(() => import('../graph/FlowGraph'))

/** More than this the server does not send at once. */
const MOST_SENT = 100_000

interface Props {
  roots: TreeNode[]
  observations: ObservationRow[]
  scores: Score[]
  /** How many the trace has. */
  total: number
  running: boolean
  selectedId: string | null
  onSelect: (id: string | null) => void
  children?: ReactNode
}

/** The steps of a trace: as a tree, along the time, as a flat table, or as a graph. */
export function TraceTree({ roots, observations, scores, total, running, selectedId, onSelect, children }: Props) {
  const [wantedPane, setPane] = useParam('pane')
  const [wantedHeat, setHeat] = useParam('heat')
  const [wantedCompress, setCompress] = useParam('compress')
  const pane = PANES.find((known) => known === wantedPane) ?? 'tree'
  const timeline = pane === 'timeline'
  const compress = timeline && wantedCompress === '1'
  const measure = measureOf(wantedHeat)
  const extent = useMemo(() => extentOf(observations), [observations])
  const heat = useMemo(() => (measure === null ? null : heatOf(roots, measure)), [roots, measure])
  const selected = useMemo(() => everyNode(roots).find((node) => node.observation.id === selectedId) ?? null, [roots, selectedId])
  const byStep = useMemo(() => scoresByStep(scores), [scores])
  const state = useTreeState(roots, selectedId, onSelect)
  const zoom = useZoom(roots, extent, compress)
  const whole = useZoom(roots, extent, false)
  const body = useRef<HTMLDivElement>(null)
  useWheelZoom(body, zoom, timeline)
  useKeys({ e: state.nextError })
  const { reveal } = state
  useEffect(() => {
    if (selectedId !== null) reveal(selectedId)
  }, [selectedId, reveal])

  const shown = timeline ? zoom : whole
  const errors = observations.filter((observation) => observation.level === 'ERROR').length
  return (
    <section className="tree-pane" data-pane={pane} aria-label="Observations">
      <PaneTools
        pane={pane}
        onPane={(next) => setPane(next === 'tree' ? null : next)}
        heat={measure}
        onHeat={setHeat}
        count={observations.length}
        errors={errors}
        state={state}
      />
      {observations.length >= MOST_SENT && total > observations.length && (
        <p className="status-message" data-level="WARNING" role="note">
          The first {count(observations.length)} of {count(total)} steps are shown. The public API pages through all of them.
        </p>
      )}
      {timeline && <TimelineTools zoom={zoom} selected={selected} compress={compress} onCompress={(on) => setCompress(on ? '1' : null)} />}
      <div className="tree-body" ref={body}>
        {pane === 'graph' ? (
          <Suspense fallback={<Loading what="the graph" />}>
            <FlowGraph roots={roots} selectedId={selectedId} onSelect={onSelect} />
          </Suspense>
        ) : pane === 'table' ? (
          <StepTable roots={roots} extent={extent} selectedId={selectedId} onSelect={onSelect} heat={heat} measure={measure} />
        ) : (
          <>
            <Ruler zoom={shown} costs={measure === 'cost'} marks={timeline ? 5 : 3} />
            <TreeList
              state={state}
              scale={shown.scale}
              running={running}
              selectedId={selectedId}
              heat={heat}
              measure={measure}
              scores={byStep}
              onFit={timeline ? zoom.fit : undefined}
            />
          </>
        )}
      </div>
      {children}
    </section>
  )
}

function scoresByStep(scores: Score[]): StepScores {
  const byStep = new Map<string, Score[]>()
  for (const score of scores) {
    if (score.observationId !== null) byStep.set(score.observationId, [...(byStep.get(score.observationId) ?? []), score])
  }
  return byStep
}
