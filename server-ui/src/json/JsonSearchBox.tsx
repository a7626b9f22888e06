import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { plural } from '../format/format'
import { type JsonSearch, MOST, searchIn } from './search'

const SETTLE_MS = 120

interface Props {
  value: unknown
  label: string
  search: JsonSearch | null
  onSearch: (search: JsonSearch | null) => void
}

/** Narrows a value down to what contains a text. */
export function JsonSearchBox({ value, label, search, onSearch }: Props) {
  const [text, setText] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => onSearch(text.trim() === '' ? null : searchIn(value, text.trim())), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text, value, onSearch])
  return (
    <div className="json-search">
      <label>
        <Search size={12} aria-hidden />
        <span className="visually-hidden">Search in {label}</span>
        <input
          type="search"
          value={text}
          placeholder="Search"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            if (text === '') event.currentTarget.blur()
            setText('')
          }}
        />
      </label>
      <span className="faint numeric" role="status">
        {search && `${plural(search.count, 'match', 'matches')}${search.count >= MOST ? ' or more' : ''}`}
      </span>
    </div>
  )
}
