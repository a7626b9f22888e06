import { ChevronRight } from 'lucide-react'
import { useContext, useState } from 'react'
import { plural } from '../format/format'
import { copy } from '../ui/CopyButton'
import { LongText } from './JsonView'
import { Marked } from './Marked'
import { pathOf } from './path'
import { SearchContext } from './search'

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
      <Copies path={path} value={value} />
    </div>
  )
}

function Branch({ value, name, path, depth, last }: EntryProps & { value: object }) {
  const all = Object.entries(value)
  const isArray = Array.isArray(value)
  const search = useContext(SearchContext)
  const below = (key: string) => pathOf(path, isArray ? Number(key) : key)
  const found = all.filter(([key]) => search?.shown.has(below(key)))
  // What is found by its own name is shown with all that is in it.
  const entries = found.length > 0 ? found : all
  const [open, setOpen] = useState(found.length > 0 || (depth < OPEN_DEPTH && (depth === 0 || all.length <= OPEN_SIZE)))
  const [shown, setShown] = useState(CHUNK)
  const [left, right] = isArray ? '[]' : '{}'
  const size = plural(all.length, isArray ? 'item' : 'key')
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
        <Copies path={path} value={value} />
      </div>
      {open && (
        <div className="json-children">
          {entries.slice(0, shown).map(([key, child], index) => (
            <JsonEntry
              key={key}
              value={child}
              name={isArray ? Number(key) : key}
              path={below(key)}
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
  return <span className={typeof name === 'number' ? 'json-index' : 'json-key'}><Marked text={String(name)} />: </span>
}

function Scalar({ value }: { value: unknown }) {
  if (typeof value === 'string') return <LongText text={value} className="json-string" quoted />
  if (typeof value === 'number') return <span className="json-number">{String(value)}</span>
  return <span className="json-word">{JSON.stringify(value)}</span>
}

/** Two plain buttons and no timers: there is a pair on every line. */
function Copies({ path, value }: { path: string; value: unknown }) {
  const [copied, setCopied] = useState<'path' | 'raw' | null>(null)
  const take = (what: 'path' | 'raw', text: string) => void copy(text).then((done) => setCopied(done ? what : null))
  return (
    <span className="json-copy" onMouseLeave={() => setCopied(null)}>
      <button type="button" className="copy" data-copied={copied === 'path'} aria-label={`Copy path ${path}`} title={path} onClick={() => take('path', path)}>
        path
      </button>
      <button
        type="button"
        className="copy"
        data-copied={copied === 'raw'}
        aria-label={`Copy value of ${path}`}
        onClick={() => take('raw', typeof value === 'string' ? value : JSON.stringify(value, null, 2))}
      >
        raw
      </button>
    </span>
  )
}
