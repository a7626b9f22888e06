import { memo, useState } from 'react'
import { JsonLines } from './JsonLines'
import { JsonSearchBox } from './JsonSearchBox'
import { LongText } from './LongText'
import { type JsonSearch, SearchContext } from './search'
import './json.css'

/** Any JSON value: collapsible, each entry copyable with its path, large parts opened on demand. */
export const JsonView = memo(function JsonView({ value, label }: { value: unknown; label: string }) {
  const [search, setSearch] = useState<JsonSearch | null>(null)
  if (value === null || value === undefined) return <p className="json-empty">No {label}</p>
  if (typeof value === 'string') return <LongText text={value} className="json-text" />
  return (
    <div className="json" role="group" aria-label={label}>
      {sizeOf(value) >= SEARCHABLE && <JsonSearchBox value={value} label={label} search={search} onSearch={setSearch} />}
      <SearchContext value={search}>
        {search?.count === 0 ? <p className="json-empty">Nothing contains “{search.text}”</p> : <JsonLines key={search?.text} value={value} label={label} search={search} />}
      </SearchContext>
    </div>
  )
})

/** A value smaller than this is read at a glance. */
const SEARCHABLE = 6

/** How many entries a value has, counted no further than needed. */
function sizeOf(value: unknown): number {
  const stack = [value]
  let size = 0
  for (let next = stack.pop(); next !== undefined && size < SEARCHABLE; next = stack.pop()) {
    if (typeof next !== 'object' || next === null) continue
    const children = Object.values(next) as unknown[]
    size += children.length
    stack.push(...children.slice(0, SEARCHABLE))
  }
  return size
}
