import { useQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { Link } from 'wouter'
import { infoQuery } from '../api/queries'
import type { TraceRow } from '../api/types'
import { SampleButton } from '../sample/SampleButton'
import { Snippet } from '../ui/Snippet'
import { Rejections } from './Rejections'
import { snippets } from './snippets'
import './welcome.css'

/** The empty server: how to send the first trace, and a light that changes when it is there. */
export function Welcome({ first, onDone }: { first: TraceRow | null; onDone: () => void }) {
  const { data: info } = useQuery({ ...infoQuery, refetchInterval: 2_000 })
  const baseUrl = window.location.origin
  const requiredKey = info?.requireKeys ? (info.publicKey ?? '<public key>') : null
  const code = snippets({ baseUrl, version: info?.version ?? '0.1.0', requiredKey })
  return (
    <div className="welcome">
      <h1>Waiting for the first trace</h1>
      <Listening first={first} baseUrl={baseUrl} onDone={onDone} />
      {info && <Rejections health={info.health} />}
      <ol>
        <Step title="Add the dependency">
          <Snippet label="Maven dependency" code={code.maven} />
        </Step>
        <Step title="Point it at this server" note={keysNote(info?.requireKeys ?? false)}>
          <Snippet label="Environment variables" code={code.environment} />
        </Step>
        <Step title="Observe something">
          <Snippet label="Java" code={code.java} />
        </Step>
        <Step
          title="Or send one span by hand"
          note="Python, JS and any OpenTelemetry exporter work too: OTLP over HTTP, protobuf or JSON, at this address."
        >
          <Snippet label="curl command" code={code.curl} />
        </Step>
      </ol>
    </div>
  )
}

function keysNote(required: boolean): string {
  return required
    ? 'This server checks keys: use the pair that it was started with.'
    : 'Any keys will do: this server listens to your machine only.'
}

function Listening({ first, baseUrl, onDone }: { first: TraceRow | null; baseUrl: string; onDone: () => void }) {
  return (
    <div className="listening" role="status" data-arrived={first !== null}>
      {first === null ? (
        <>
          <span className="pulse" aria-hidden />
          <span>
            Listening on <strong>{baseUrl}</strong>
          </span>
          <SampleButton />
        </>
      ) : (
        <>
          <CircleCheck size={16} aria-hidden />
          <span>
            It arrived: <strong>{first.name || first.id}</strong>
          </span>
          <Link className="button" data-kind="primary" href={`/traces/${encodeURIComponent(first.id)}`}>
            Open it
          </Link>
          <button type="button" className="button" onClick={onDone}>
            All traces
          </button>
        </>
      )}
    </div>
  )
}

function Step({ title, note, children }: { title: string; note?: string; children: React.ReactNode }) {
  return (
    <li>
      <h2>{title}</h2>
      {note && <p className="soft">{note}</p>}
      {children}
    </li>
  )
}
