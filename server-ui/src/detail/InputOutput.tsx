import { useMemo } from 'react'
import { bytes } from '../format/format'
import { JsonView } from '../json/JsonView'
import { LongText } from '../json/LongText'
import { SafeMarkdown } from '../markdown/SafeMarkdown'
import { CopyButton } from '../ui/CopyButton'
import { Documents } from './Documents'
import { documentsIn } from './documentsIn'
import { truncationIn } from './truncation'

interface Props {
  input: unknown
  output: unknown
  retriever?: boolean
}

export function InputOutput({ input, output, retriever = false }: Props) {
  const documents = retriever ? documentsIn(output) : null
  return (
    <>
      <Block title="Input" value={input} />
      <Block title="Output" value={output}>
        {documents && <Documents documents={documents} />}
      </Block>
    </>
  )
}

const MARKDOWN_UP_TO = 20_000

function Block({ title, value, children }: { title: string; value: unknown; children?: React.ReactNode }) {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  const truncation = useMemo(() => truncationIn(text ?? ''), [text])
  const empty = value === null || value === undefined
  return (
    <section className="io" aria-label={title}>
      <header>
        <h3>{title}</h3>
        {!empty && <span className="faint numeric">{bytes(new Blob([text]).size)}</span>}
        <span className="grow" />
        {!empty && <CopyButton text={text} label={`Copy ${title.toLowerCase()}`} />}
      </header>
      {truncation && (
        <p className="status-message" data-level="WARNING" role="note">
          {truncation}
        </p>
      )}
      <div className="io-body">{children || <Value value={value} title={title} />}</div>
    </section>
  )
}

function Value({ value, title }: { value: unknown; title: string }) {
  if (typeof value !== 'string') return <JsonView value={value} label={title.toLowerCase()} />
  return value.length > MARKDOWN_UP_TO ? <LongText text={value} className="plain-text" /> : <SafeMarkdown text={value} />
}
