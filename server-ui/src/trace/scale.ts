import type { Axis } from './axis'
import type { Extent } from './tree'

/** The part of an axis that is shown, in its units. */
export interface Window {
  from: number
  to: number
}

/** What drawing needs: the trace's extent, and where in the shown part an instant lies, in percent. */
export interface Scale extends Extent {
  share: (ms: number) => number
}

export function scaleOf(extent: Extent, axis: Axis, { from, to }: Window): Scale {
  return { ...extent, share: (ms) => ((axis.toUnits(ms) - from) / (to - from)) * 100 }
}

export function wholeOf(axis: Axis): Window {
  return { from: 0, to: axis.length }
}

/** Nobody needs to see less than this part of a trace. */
const DEEPEST = 1e-5

/** Scaled by a factor around a point (0 is the left edge, 1 the right), never past the ends. */
export function zoomed({ from, to }: Window, factor: number, around: number, axis: Axis): Window {
  const length = Math.min(axis.length, Math.max((to - from) * factor, axis.length * DEEPEST))
  return within(from + (to - from) * around - length * around, length, axis)
}

/** Moved by a part of its own length. */
export function panned({ from, to }: Window, by: number, axis: Axis): Window {
  return within(from + (to - from) * by, to - from, axis)
}

const MARGIN = 0.04

/** The window in which a span fills the width, but for a margin. */
export function fitted(startMs: number, endMs: number, axis: Axis): Window {
  const from = axis.toUnits(startMs)
  const length = Math.max(axis.toUnits(endMs) - from, axis.length * DEEPEST)
  return within(from - length * MARGIN, Math.min(axis.length, length * (1 + 2 * MARGIN)), axis)
}

function within(from: number, length: number, axis: Axis): Window {
  const start = Math.min(Math.max(0, from), axis.length - length)
  return { from: start, to: start + length }
}
