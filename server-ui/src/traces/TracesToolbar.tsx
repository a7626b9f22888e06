import { ListFilter, Pause, Play, Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { CsvButton } from '../export/CsvButton'
import { plural } from '../format/format'
import { useKeys } from '../ui/keyboard'
import { NARROW, useMedia } from '../ui/media'
import { Facets } from './Facets'
import type { Filters } from './filters'

interface Props {
  filters: Filters
  total: number
  paused: boolean
  onPause: (paused: boolean) => void
}

export function TracesToolbar({ filters, total, paused, onPause }: Props) {
  const [open, setOpen] = useState(false)
  const narrow = useMedia(NARROW)
  return (
    <>
      <div className="toolbar">
        <SearchBox filters={filters} />
        <span className="faint numeric total" role="status">
          {plural(total, 'trace')}
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
          title="New traces wait while paused (p)"
          onClick={() => onPause(!paused)}
        >
          {paused ? <Play size={13} aria-hidden /> : <Pause size={13} aria-hidden />}
          {paused ? 'Resume' : 'Pause'}
        </button>
      </div>
      {narrow && open && <Facets filters={filters} />}
    </>
  )
}

const SETTLE_MS = 200

function SearchBox({ filters }: { filters: Filters }) {
  const committed = filters.get('search') ?? ''
  const [text, setText] = useState(committed)
  const input = useRef<HTMLInputElement>(null)
  useKeys({
    '/': () => {
      input.current?.focus()
      input.current?.select()
    },
  })
  useEffect(() => setText(committed), [committed])
  const { set } = filters
  useEffect(() => {
    if (text === committed) return
    const timer = setTimeout(() => set('search', text || null), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text, committed, set])

  return (
    <label className="search">
      <Search size={14} aria-hidden />
      <span className="visually-hidden">Search traces</span>
      <input
        ref={input}
        type="search"
        value={text}
        placeholder="Search ids, names, users, inputs and outputs"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      <kbd aria-hidden>/</kbd>
    </label>
  )
}
