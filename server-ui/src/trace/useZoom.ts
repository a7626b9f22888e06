import { useMemo, useState } from 'react'
import { type Axis, type Gap, compressedAxis, idleShare, linearAxis } from './axis'
import { type Scale, type Window, fitted, panned, scaleOf, wholeOf, zoomed } from './scale'
import type { Extent } from './tree'

export interface Zoom {
  scale: Scale
  axis: Axis
  window: Window
  zoomed: boolean
  /** The part of the time in which no step ran, from 0 to 1. */
  idle: number
  fit: (startMs: number, endMs: number) => void
  by: (factor: number, around?: number) => void
  pan: (by: number) => void
  reset: () => void
}

/** Which part of the time axis is shown. A trace that grows keeps the window that its reader chose. */
export function useZoom(gaps: Gap[], extent: Extent, compress: boolean): Zoom {
  const [chosen, setChosen] = useState<{ window: Window; compress: boolean } | null>(null)
  const axis = useMemo(() => (compress ? compressedAxis(extent, gaps) : linearAxis(extent)), [compress, extent, gaps])
  const window = useMemo(() => (chosen?.compress === compress ? chosen.window : wholeOf(axis)), [chosen, compress, axis])
  const scale = useMemo(() => scaleOf(extent, axis, window), [extent, axis, window])
  const choose = (next: Window) => setChosen(next.to - next.from >= axis.length ? null : { window: next, compress })
  return {
    scale,
    axis,
    window,
    zoomed: window.to - window.from < axis.length,
    idle: idleShare(gaps, extent),
    fit: (startMs, endMs) => choose(fitted(startMs, endMs, axis)),
    by: (factor, around = 0.5) => choose(zoomed(window, factor, around, axis)),
    pan: (by) => choose(panned(window, by, axis)),
    reset: () => setChosen(null),
  }
}
