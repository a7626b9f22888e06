import { useQuery } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { promptQuery } from '../api/queries'
import { JsonView } from '../json/JsonView'
import { CopyButton } from '../ui/CopyButton'
import { ErrorNotice, Loading } from '../ui/Notice'
import { Labels } from './Labels'
import { PromptText } from './PromptText'

/** What one version says, and what is labelled with it. */
export function Version({ name, version, onEdit }: { name: string; version: number; onEdit: () => void }) {
  const { data, error, refetch } = useQuery(promptQuery(name, version))
  if (!data) return error ? <ErrorNotice error={error} what="this version" retry={() => void refetch()} /> : <Loading what="this version" />
  const config = typeof data.config === 'object' && data.config !== null && Object.keys(data.config).length > 0
  return (
    <>
      <div className="prompt-head">
        <h2>Version {version}</h2>
        <Labels prompt={data} />
        <span className="grow" />
        <button type="button" className="button" onClick={onEdit}>
          <Pencil size={13} aria-hidden /> New version
        </button>
        <CopyButton text={() => (typeof data.prompt === 'string' ? data.prompt : JSON.stringify(data.prompt, null, 2))} label="Copy the prompt">
          copy
        </CopyButton>
      </div>
      {data.commitMessage && <p className="soft">{data.commitMessage}</p>}
      <PromptText prompt={data.prompt} />
      {config && (
        <section className="io" aria-label="Config">
          <header>
            <h3>Config</h3>
          </header>
          <div className="io-body">
            <JsonView value={data.config} label="config" />
          </div>
        </section>
      )}
    </>
  )
}
