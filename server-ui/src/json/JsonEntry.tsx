import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { plural } from '../format/format'
import { CopyButton } from '../ui/CopyButton'
import { LongText } from './JsonView'
import { pathOf } from './path'

interface EntryProps {
  value: unknown
  name: string | number | null
  path: string
  depth: number
  last: boolean
}

const CHUNK = 100
const OPEN_DEPTH = 3
const OPEN_SIZE = 40

export function JsonEntry(props: EntryProps) {
  const { value } = props
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) return <Branch {...props} value={value} />
  return <Leaf {...props} />
}

function Leaf({ value, name, path, last }: EntryProps) {
  return (
    <div className="json-line">
      <Name name={name} />
      <Scalar value={value} />
      {!last && ','}
      <CopyPath path={path} />
    </div>
  )
}

function Branch({ value, name, path, depth, last }: EntryProps & { value: object }) {
  const entries = Object.entries(value)
  const [open, setOpen] = useState(depth < OPEN_DEPTH && (depth === 0 || entries.length <= OPEN_SIZE))
  const [shown, setShown] = useState(CHUNK)
  const isArray = Array.isArray(value)
  const [left, right] = isArray ? '[]' : '{}'
  const size = plural(entries.length, isArray ? 'item' : 'key')
  return (
    <div className="json-branch">
      <div className="json-line">
        <button
          type="button"
          className="json-toggle"
          aria-expanded={open}
          aria-label={`${name === null ? 'value' : String(name)}, ${size}`}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight size={12} aria-hidden />
        </button>
        <Name name={name} />
        {left}
        {!open && (
          <>
            <span className="json-size">{size}</span>
            {right}
            {!last && ','}
          </>
        )}
        <CopyPath path={path} />
      </div>
      {open && (
        <div className="json-children">
          {entries.slice(0, shown).map(([key, child], index) => (
            <JsonEntry
              key={key}
              value={child}
              name={isArray ? index : key}
              path={pathOf(path, isArray ? index : key)}
              depth={depth + 1}
              last={index === entries.length - 1}
            />
          ))}
          {entries.length > shown && (
            <button type="button" className="json-more" onClick={() => setShown(shown + 10 * CHUNK)}>
              … {plural(entries.length - shown, 'more entry', 'more entries')}
            </button>
          )}
        </div>
      )}
      {open && (
        <div className="json-line json-close">
          {right}
          {!last && ','}
        </div>
      )}
    </div>
  )
}

function Name({ name }: { name: string | number | null }) {
  if (name === null) return null
  return <span className={typeof name === 'number' ? 'json-index' : 'json-key'}>{name}: </span>
}

function Scalar({ value }: { value: unknown }) {
  if (typeof value === 'string') return <LongText text={value} className="json-string" quoted />
  if (typeof value === 'number') return <span className="json-number">{String(value)}</span>
  return <span className="json-word">{JSON.stringify(value)}</span>
}

function CopyPath({ path }: { path: string }) {
  return (
    <span className="json-copy">
      <CopyButton text={path} label={`Copy path ${path}`} />
    </span>
  )
}
