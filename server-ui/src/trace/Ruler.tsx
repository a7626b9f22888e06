import { duration } from '../format/format'
import type { Zoom } from './useZoom'

/** The time axis above the bars. */
export function Ruler({ zoom, costs, marks }: { zoom: Zoom; costs: boolean; marks: number }) {
  const { axis, window, scale } = zoom
  const places = Array.from({ length: marks }, (_, index) => index / (marks - 1))
  return (
    <div className="tree-head" aria-hidden>
      <span>Name</span>
      <span className="tree-number">{costs ? 'Cost' : 'Tokens'}</span>
      <span className="tree-number">Duration</span>
      <span className="ruler numeric">
        {places.map((place) => (
          <span key={place}>{instant(axis.toMs(window.from + (window.to - window.from) * place) - scale.startMs)}</span>
        ))}
      </span>
    </div>
  )
}

function instant(ms: number): string {
  return Math.abs(ms) < 1e-6 ? '0' : duration(ms)
}
