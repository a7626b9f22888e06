import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import type { ObservationRow, Score } from '../api/types'
import { count } from '../format/format'
import { useKeys } from '../ui/keyboard'
import { useParam } from '../ui/useParam'
import { PaneBody } from './PaneBody'
import { PANES, PaneTools } from './PaneTools'
import { TimelineTools } from './TimelineTools'
import { gapsIn } from './axis'
import { heatOf, measureOf } from './heat'
import { scoresByStep } from './stepScores'
import type { TreeNode } from './tree'
import { everyNode, extentOf } from './tree'
import { useTreeState } from './useTreeState'
import { useWheelZoom } from './useWheelZoom'
import { useZoom } from './useZoom'

/** More than this the server does not send at once. */
const MOST_SENT = 100_000

interface Props {
  roots: TreeNode[]
  observations: ObservationRow[]
  scores: Score[]
  /** How many the trace has. */
  total: number
  /** Whether steps without an end are drawn as open. */
  running: boolean
  /** Whether they may still be at work. */
  live: boolean
  selectedId: string | null
  onSelect: (id: string | null) => void
  children?: ReactNode
}

/** The steps of a trace: as a tree, along the time, as a flat table, or as a graph. */
export function TraceTree({ roots, observations, scores, total, running, live, selectedId, onSelect, children }: Props) {
  const [wantedPane, setPane] = useParam('pane')
  const [wantedHeat, setHeat] = useParam('heat')
  const [wantedCompress, setCompress] = useParam('compress')
  const pane = PANES.find((known) => known === wantedPane) ?? 'tree'
  const timeline = pane === 'timeline'
  const compress = timeline && wantedCompress === '1'
  const measure = measureOf(wantedHeat)
  const extent = useMemo(() => extentOf(observations, live ? Date.now() : null), [observations, live])
  const heat = useMemo(() => (measure === null ? null : heatOf(roots, measure)), [roots, measure])
  const selected = useMemo(() => everyNode(roots).find((node) => node.observation.id === selectedId) ?? null, [roots, selectedId])
  const byStep = useMemo(() => scoresByStep(scores), [scores])
  const state = useTreeState(roots, selectedId, onSelect)
  const gaps = useMemo(() => gapsIn(roots, extent), [roots, extent])
  const zoom = useZoom(gaps, extent, compress)
  const whole = useZoom(gaps, extent, false)
  const body = useRef<HTMLDivElement>(null)
  useWheelZoom(body, zoom, timeline)
  useKeys({ e: state.nextError })
  const { reveal } = state
  useEffect(() => {
    if (selectedId !== null) reveal(selectedId)
  }, [selectedId, reveal])

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
        <PaneBody
          pane={pane}
          roots={roots}
          running={running}
          selectedId={selectedId}
          onSelect={onSelect}
          heat={heat}
          measure={measure}
          scores={byStep}
          state={state}
          zoom={timeline ? zoom : whole}
        />
      </div>
      {children}
    </section>
  )
}
