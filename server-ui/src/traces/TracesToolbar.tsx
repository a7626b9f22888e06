import { ListFilter, Pause, Play } from 'lucide-react'
import { useState } from 'react'
import { CsvButton } from '../export/CsvButton'
import { count } from '../format/format'
import { QueryBar } from '../query/QueryBar'
import { NARROW, useMedia } from '../ui/media'
import { Facets } from './Facets'
import { SortChoice } from './SortChoice'
import { TimeRange } from './TimeRange'
import type { Filters } from './filters'

interface Props {
  filters: Filters
  total: number
  totalIsExact: boolean
  paused: boolean
  onPause: (paused: boolean) => void
}

export function TracesToolbar({ filters, total, totalIsExact, paused, onPause }: Props) {
  const [open, setOpen] = useState(false)
  const narrow = useMedia(NARROW)
  return (
    <>
      <div className="toolbar">
        <QueryBar filters={filters} />
        <TimeRange filters={filters} />
        {narrow && <SortChoice filters={filters} />}
        <span className="faint numeric total" role="status">
          {count(total)}
          {!totalIsExact && '+'} <span className="total-unit">{total === 1 ? 'trace' : 'traces'}</span>
        </span>
        <CsvButton filters={filters.query} />
        {narrow && (
          <button
            type="button"
            className="icon-button"
            aria-label="Filters"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <ListFilter size={16} aria-hidden />
          </button>
        )}
        <button
          type="button"
          className="button"
          aria-pressed={paused}
          aria-label={paused ? 'Resume' : 'Pause'}
          title="New traces wait while paused (p)"
          onClick={() => onPause(!paused)}
        >
          {paused ? <Play size={13} aria-hidden /> : <Pause size={13} aria-hidden />}
          <span className="pause-text">{paused ? 'Resume' : 'Pause'}</span>
        </button>
      </div>
      {narrow && open && <Facets filters={filters} />}
    </>
  )
}
