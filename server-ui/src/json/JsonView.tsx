import { memo, useContext, useState } from 'react'
import { bytes } from '../format/format'
import { JsonEntry } from './JsonEntry'
import { JsonSearchBox } from './JsonSearchBox'
import { Marked } from './Marked'
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
        {search?.count === 0 ? <p className="json-empty">Nothing contains “{search.text}”</p> : <JsonEntry key={search?.text} value={value} path="$" name={null} depth={0} last />}
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

const HEAD = 4_000

/** A long string shows its head and size first. */
export function LongText({ text, className, quoted = false }: { text: string; className: string; quoted?: boolean }) {
  const [whole, setWhole] = useState(text.length <= HEAD * 1.5)
  const from = useStart(text, whole)
  const shown = whole ? text : text.slice(from, from + HEAD)
  return (
    <span className={className} dir="auto">
      {from > 0 && '… '}
      <Marked text={quoted ? JSON.stringify(shown).slice(0, whole ? undefined : -1) : shown} />
      {!whole && (
        <button type="button" className="json-more" onClick={() => setWhole(true)}>
          … show all ({bytes(new Blob([text]).size)})
        </button>
      )}
    </span>
  )
}

/** A long string whose match lies further down begins shortly before it. */
function useStart(text: string, whole: boolean): number {
  const search = useContext(SearchContext)
  if (!search || whole) return 0
  const at = text.toLowerCase().indexOf(search.text.toLowerCase())
  return at < HEAD ? 0 : at - 200
}
