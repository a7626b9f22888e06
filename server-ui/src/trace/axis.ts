import type { Extent, TreeNode } from './tree'
import { everyNode } from './tree'

/** A stretch of time in which no step without children ran. */
export interface Gap {
  startMs: number
  endMs: number
}

/** How instants lie along a line; units are milliseconds, except inside gaps that were shortened. */
export interface Axis {
  length: number
  toUnits: (ms: number) => number
  toMs: (units: number) => number
}

interface Interval {
  startMs: number
  endMs: number
}

export function linearAxis({ startMs, endMs }: Extent): Axis {
  return { length: Math.max(endMs - startMs, 1), toUnits: (ms) => ms - startMs, toMs: (units) => startMs + units }
}

/** Where nothing but parents was open: they wait, or do something that nobody recorded. */
export function gapsIn(roots: TreeNode[], extent: Extent): Gap[] {
  const busy = everyNode(roots)
    .filter((node) => node.children.length === 0)
    .map(({ startMs, endMs, observation }) => ({ startMs, endMs: endMs ?? (observation.type === 'EVENT' ? startMs : extent.endMs) }))
  const gaps: Gap[] = []
  let reached = extent.startMs
  for (const { startMs, endMs } of merged(busy)) {
    if (startMs > reached) gaps.push({ startMs: reached, endMs: startMs })
    reached = Math.max(reached, endMs)
  }
  if (extent.endMs > reached) gaps.push({ startMs: reached, endMs: extent.endMs })
  return gaps
}

/** Overlapping intervals united, in order of start. */
export function merged(intervals: Interval[]): Interval[] {
  const result: Interval[] = []
  for (const { startMs, endMs } of [...intervals].sort((left, right) => left.startMs - right.startMs)) {
    const last = result.at(-1)
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs)
    else result.push({ startMs, endMs })
  }
  return result
}

export function idleShare(gaps: Gap[], { startMs, endMs }: Extent): number {
  return endMs <= startMs ? 0 : gaps.reduce((sum, gap) => sum + gap.endMs - gap.startMs, 0) / (endMs - startMs)
}

/** A gap keeps at most this part of the busy time. */
const GAP_KEEPS = 0.03

/** The same instants with long gaps cut short. */
export function compressedAxis(extent: Extent, gaps: Gap[]): Axis {
  const total = extent.endMs - extent.startMs
  const busy = total - gaps.reduce((sum, gap) => sum + gap.endMs - gap.startMs, 0)
  const most = Math.max(busy * GAP_KEEPS, 1)
  const points = [{ ms: extent.startMs, units: 0 }]
  const walkTo = (ms: number, limit: number) => {
    const last = points.at(-1) ?? { ms: extent.startMs, units: 0 }
    if (ms > last.ms) points.push({ ms, units: last.units + Math.min(ms - last.ms, limit) })
  }
  for (const gap of gaps) {
    walkTo(gap.startMs, Infinity)
    walkTo(gap.endMs, most)
  }
  walkTo(extent.endMs, Infinity)
  return {
    length: Math.max(points.at(-1)?.units ?? 0, 1),
    toUnits: (ms) => between(points, ms, 'ms', 'units'),
    toMs: (units) => between(points, units, 'units', 'ms'),
  }
}

type Point = { ms: number; units: number }

/** Linear between the two points around a value; found by halving, since bars ask thousands of times. */
function between(points: Point[], value: number, from: keyof Point, to: keyof Point): number {
  let low = 0
  let high = points.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((points[middle] as Point)[from] <= value) low = middle
    else high = middle
  }
  const left = points[low] as Point
  const right = points[high] as Point
  if (right[from] === left[from]) return left[to]
  return left[to] + ((value - left[from]) / (right[from] - left[from])) * (right[to] - left[to])
}
