import { ChevronDown, ChevronUp } from 'lucide-react'
import type { Origin } from '../traces/origin'

/** To the traces before and after this one in the list that it was opened from. */
export function Neighbours({ origin: { previous, next, openNeighbour } }: { origin: Origin }) {
  if (previous === null && next === null) return null
  return (
    <span className="neighbours">
      <button type="button" className="icon-button" aria-label="Previous trace" title="Previous trace of the list (K)" disabled={previous === null} onClick={() => openNeighbour(-1)}>
        <ChevronUp size={16} aria-hidden />
      </button>
      <button type="button" className="icon-button" aria-label="Next trace" title="Next trace of the list (J)" disabled={next === null} onClick={() => openNeighbour(1)}>
        <ChevronDown size={16} aria-hidden />
      </button>
    </span>
  )
}
