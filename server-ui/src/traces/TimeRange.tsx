import { CalendarClock } from 'lucide-react'
import { moment } from '../format/format'
import { Popover } from '../ui/Popover'
import type { Filters } from './filters'
import { RANGES, RANGE_NAMES, fromLocalInput, localInput, rangeOf } from './time'

/** Which time is shown: a span up to now, which moves on, or two instants, which do not. */
export function TimeRange({ filters }: { filters: Filters }) {
  const [from, to] = [filters.get('from'), filters.get('to')]
  const set = (next: string | null, until: string | null) => filters.setAll({ from: next, to: until })
  const text = said(from, to)
  return (
    <Popover
      label={`Time: ${text}`}
      title="Which time to show"
      button={
        <>
          <CalendarClock size={13} aria-hidden /> <span className="range-text">{text}</span>
        </>
      }
    >
      {(close) => (
        <div className="range-choice">
          {[null, ...RANGES].map((range) => (
            <button
              key={range}
              type="button"
              className="facet-value"
              aria-pressed={range === rangeOf(from) && to === null && (range !== null || from === null)}
              onClick={() => {
                set(range && `-${range}`, null)
                close()
              }}
            >
              {range === null ? 'All time' : `Last ${RANGE_NAMES[range].replace(/^an? /, '')}`}
            </button>
          ))}
          <label>
            From
            <input type="datetime-local" value={localInput(from)} onChange={(event) => set(fromLocalInput(event.target.value), to)} />
          </label>
          <label>
            To
            <input type="datetime-local" value={localInput(to)} onChange={(event) => set(from, fromLocalInput(event.target.value))} />
          </label>
        </div>
      )}
    </Popover>
  )
}

function said(from: string | null, to: string | null): string {
  const range = rangeOf(from)
  if (from === null && to === null) return 'All time'
  if (range !== null && to === null) return `Last ${RANGE_NAMES[range].replace(/^an? /, '')}`
  if (to === null) return `Since ${brief(from)}`
  return from === null ? `Until ${brief(to)}` : `${brief(from)} – ${brief(to)}`
}

function brief(at: string | null): string {
  return at === null ? '' : at.startsWith('-') ? `${at.slice(1)} ago` : moment(at).replace(/:\d\d$/, '')
}
