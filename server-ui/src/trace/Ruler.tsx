import { duration } from '../format/format'
import type { Extent } from './tree'

/** The time axis above the bars: start, middle, end. */
export function Ruler({ extent }: { extent: Extent }) {
  const length = extent.endMs - extent.startMs
  return (
    <div className="tree-head" aria-hidden>
      <span>Name</span>
      <span className="tree-number">Tokens</span>
      <span className="tree-number">Time</span>
      <span className="ruler numeric">
        <span>0</span>
        <span>{duration(length / 2)}</span>
        <span>{duration(length)}</span>
      </span>
    </div>
  )
}
