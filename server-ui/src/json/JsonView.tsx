import { memo, useState } from 'react'
import { bytes } from '../format/format'
import { JsonEntry } from './JsonEntry'
import './json.css'

/** Any JSON value: collapsible, each entry copyable with its path, large parts opened on demand. */
export const JsonView = memo(function JsonView({ value, label }: { value: unknown; label: string }) {
  if (value === null || value === undefined) return <p className="json-empty">No {label}</p>
  if (typeof value === 'string') return <LongText text={value} className="json-text" />
  return (
    <div className="json" role="group" aria-label={label}>
      <JsonEntry value={value} path="$" name={null} depth={0} last />
    </div>
  )
})

const HEAD = 4_000

/** A long string shows its head and size first. */
export function LongText({ text, className, quoted = false }: { text: string; className: string; quoted?: boolean }) {
  const [whole, setWhole] = useState(text.length <= HEAD * 1.5)
  const shown = whole ? text : text.slice(0, HEAD)
  return (
    <span className={className} dir="auto">
      {quoted ? JSON.stringify(shown).slice(0, whole ? undefined : -1) : shown}
      {!whole && (
        <button type="button" className="json-more" onClick={() => setWhole(true)}>
          … show all ({bytes(new Blob([text]).size)})
        </button>
      )}
    </span>
  )
}
