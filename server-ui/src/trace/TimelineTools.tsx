import { RotateCcw, ZoomIn, ZoomOut } from 'lucide-react'
import { duration } from '../format/format'
import { useKeys } from '../ui/keyboard'
import { useMedia } from '../ui/media'
import type { TreeNode } from './tree'
import type { Zoom } from './useZoom'

/** From which idle part on shortening is worth offering. */
const WORTH = 0.3
const STEP = 0.6
const PAN = 0.25

interface Props {
  zoom: Zoom
  selected: TreeNode | null
  compress: boolean
  onCompress: (compress: boolean) => void
}

export function TimelineTools({ zoom, selected, compress, onCompress }: Props) {
  const { axis, window, idle } = zoom
  const touch = useMedia('(pointer: coarse)')
  const around = selected === null ? 0.5 : middleOf(selected, zoom)
  const zoomIn = () => zoom.by(STEP, around)
  const zoomOut = () => zoom.by(1 / STEP, around)
  useKeys({
    '+': zoomIn,
    '=': zoomIn,
    '-': zoomOut,
    '0': zoom.reset,
    '<': () => zoom.pan(-PAN),
    '>': () => zoom.pan(PAN),
    f: () => selected && zoom.fit(selected.startMs, selected.endMs ?? zoom.scale.endMs),
  })
  return (
    <div className="timeline-tools">
      <span className="faint numeric clip" role="status">
        {zoom.zoomed ? `${duration(axis.toMs(window.to) - axis.toMs(window.from))} shown` : `Double-${touch ? 'tap' : 'click'} a step to fit it`}
      </span>
      {idle >= WORTH && (
        <button type="button" className="chip" aria-pressed={compress} title="Cut the time short in which no step ran" onClick={() => onCompress(!compress)}>
          idle {Math.min(99, Math.round(idle * 100))} % · {compress ? 'compressed' : 'compress'}
        </button>
      )}
      <button type="button" className="icon-button" aria-label="Zoom out" title="Zoom out (-)" disabled={!zoom.zoomed} onClick={zoomOut}>
        <ZoomOut size={14} aria-hidden />
      </button>
      <button type="button" className="icon-button" aria-label="Zoom in" title="Zoom in (+)" onClick={zoomIn}>
        <ZoomIn size={14} aria-hidden />
      </button>
      <button type="button" className="icon-button" aria-label="Show all of the time" title="Show all (0)" disabled={!zoom.zoomed} onClick={zoom.reset}>
        <RotateCcw size={13} aria-hidden />
      </button>
    </div>
  )
}

/** Where in the shown part the selected step lies, so that zooming keeps it in view. */
function middleOf({ startMs, endMs }: TreeNode, { scale }: Zoom): number {
  const middle = (scale.share(startMs) + scale.share(endMs ?? startMs)) / 200
  return Math.min(1, Math.max(0, middle))
}
