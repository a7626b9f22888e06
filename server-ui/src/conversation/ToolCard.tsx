import { CircleAlert, Wrench } from 'lucide-react'
import { JsonView } from '../json/JsonView'
import { type Fields, type ToolCallPart, type ToolResultPart, isFields } from './model'

/** A call and, when it is known, what came back: one card. */
export function ToolCard({ call }: { call: ToolCallPart }) {
  const { name, result } = call
  return (
    <section className="tool-card" aria-label={`Tool call ${name}`} data-failed={result?.failed ?? false}>
      <header>
        <Wrench size={12} aria-hidden />
        <span className="tool-name">{name}</span>
        {result?.failed && <Failed />}
        {call.id && <span className="tool-id">{call.id}</span>}
      </header>
      <div className="tool-part">
        <span className="tool-label">Arguments</span>
        <Compact value={call.arguments} label="arguments" />
      </div>
      {result && (
        <div className="tool-part">
          <span className="tool-label">Result</span>
          <Compact value={result.content} label="result" />
        </div>
      )}
    </section>
  )
}

/** A result whose call is not part of what was recorded. */
export function ToolResult({ result }: { result: ToolResultPart }) {
  return (
    <section className="tool-card" aria-label={`Tool result ${result.name ?? ''}`.trim()} data-failed={result.failed}>
      <header>
        <Wrench size={12} aria-hidden />
        <span className="tool-name">{result.name ?? 'tool'}</span>
        {result.failed && <Failed />}
        {result.id && <span className="tool-id">{result.id}</span>}
      </header>
      <div className="tool-part">
        <span className="tool-label">Result</span>
        <Compact value={result.content} label="result" />
      </div>
    </section>
  )
}

function Failed() {
  return (
    <span className="level" data-level="ERROR">
      <CircleAlert size={12} aria-hidden /> Failed
    </span>
  )
}

const ONE_LINE = 90
const MANY = 8

function isFlat(value: unknown): value is Fields {
  if (!isFields(value)) return false
  const values = Object.values(value)
  return values.length > 0 && values.length <= MANY && values.every((item) => JSON.stringify(item)?.length <= ONE_LINE)
}

function Pairs({ fields }: { fields: Fields }) {
  return (
    <dl className="pairs">
      {Object.entries(fields).map(([key, value]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>{typeof value === 'string' ? value : spaced(JSON.stringify(value))}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Small values read better on one line than as a tree. */
function Compact({ value, label }: { value: unknown; label: string }) {
  if (isFlat(value)) return <Pairs fields={value} />
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (typeof value !== 'string' && text !== undefined && text.length <= ONE_LINE) {
    return <code className="one-line">{spaced(text)}</code>
  }
  return <JsonView value={value} label={label} />
}

/** A space after the commas and colons of JSON, but not inside its strings. */
function spaced(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|([,:])/g, (_, string: string | undefined, mark: string) => string ?? `${mark} `)
}
