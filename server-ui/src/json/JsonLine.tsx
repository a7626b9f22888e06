import { ChevronRight } from 'lucide-react'
import { memo, useState } from 'react'
import { plural } from '../format/format'
import { copy } from '../ui/CopyButton'
import { LongText } from './LongText'
import { Marked } from './Marked'
import type { Line } from './lines'

interface Props {
  line: Line
  onToggle: (line: Line) => void
  onMore: (line: Line) => void
}

export const JsonLine = memo(function JsonLine({ line, onToggle, onMore }: Props) {
  const { kind, name, value, path, depth, last, size } = line
  const [left, right] = Array.isArray(value) ? '[]' : '{}'
  const indent = { '--depth': Math.min(depth, 40) } as React.CSSProperties
  if (kind === 'more') {
    return (
      <div className="json-line" style={indent}>
        <button type="button" className="json-more" onClick={() => onMore(line)}>
          … {plural(size, 'more entry', 'more entries')}
        </button>
      </div>
    )
  }
  if (kind === 'end') {
    return (
      <div className="json-line" style={indent}>
        {right}
        {!last && ','}
      </div>
    )
  }
  const count = plural(size, Array.isArray(value) ? 'item' : 'key')
  return (
    <div className="json-line" style={indent}>
      {kind !== 'scalar' && (
        <button type="button" className="json-toggle" aria-expanded={kind === 'open'} aria-label={`${name === null ? 'value' : String(name)}, ${count}`} onClick={() => onToggle(line)}>
          <ChevronRight size={12} aria-hidden />
        </button>
      )}
      <Name name={name} />
      {kind === 'scalar' ? <Scalar value={value} /> : left}
      {kind === 'closed' && (
        <>
          <span className="json-size">{count}</span>
          {right}
        </>
      )}
      {kind !== 'open' && !last && ','}
      <Copies path={path} value={value} />
    </div>
  )
})

function Name({ name }: { name: string | number | null }) {
  if (name === null) return null
  return (
    <span className={typeof name === 'number' ? 'json-index' : 'json-key'}>
      <Marked text={String(name)} />:{' '}
    </span>
  )
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
