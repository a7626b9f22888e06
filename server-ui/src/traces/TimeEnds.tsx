import { tick } from '../format/format'

/** When an axis of time begins and ends, written below it. */
export function TimeEnds({ from, to, stepMs }: { from?: string; to?: string; stepMs: number }) {
  return (
    <span className="volume-ends faint numeric" aria-hidden>
      <span>{from && tick(from, stepMs)}</span>
      <span>{to && tick(to, stepMs)}</span>
    </span>
  )
}
