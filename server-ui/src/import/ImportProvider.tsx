import { type ReactNode, createContext, useCallback, useContext, useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { plural } from '../format/format'
import { Toast } from '../ui/Toast'
import { DropTarget } from './DropTarget'

type State =
  | { step: 'sending'; name: string; done: number; total: number }
  | { step: 'done'; spans: number; traceIds: string[] }
  | { step: 'failed'; name: string; reason: string }

type Import = (name: string, read: () => Promise<string>) => Promise<void>
const ImportContext = createContext<Import>(() => Promise.resolve())

export const useImport = () => useContext(ImportContext)

/** Takes traces in from files: dropped anywhere on the page, or handed over by a button. */
export function ImportProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<State | null>(null)
  const run = useCallback<Import>(async (name, read) => {
    setState({ step: 'sending', name, done: 0, total: 0 })
    try {
      const [{ importText }, text] = await Promise.all([import('./importFile'), read()])
      const { spans, traceIds } = await importText(text, (done, total) => setState({ step: 'sending', name, done, total }))
      setState({ step: 'done', spans, traceIds })
    } catch (error) {
      setState({ step: 'failed', name, reason: error instanceof Error ? error.message : String(error) })
    }
  }, [])
  return (
    <ImportContext value={run}>
      {children}
      <DropTarget onFile={(file) => void run(file.name, () => file.text())} />
      {state && <Report state={state} onClose={() => setState(null)} />}
    </ImportContext>
  )
}

function Report({ state, onClose }: { state: State; onClose: () => void }) {
  switch (state.step) {
    case 'sending':
      return (
        <Toast>
          Reading {state.name} <progress aria-label="Import" value={state.done} max={Math.max(1, state.total)} />
        </Toast>
      )
    case 'failed':
      return (
        <Toast kind="error" onClose={onClose}>
          {state.name} was not taken in. {state.reason}
        </Toast>
      )
    case 'done':
      return <Done spans={state.spans} traceIds={state.traceIds} onClose={onClose} />
  }
}

/** Good news, which goes when the reader goes on to another page. */
function Done({ spans, traceIds, onClose }: { spans: number; traceIds: string[]; onClose: () => void }) {
  const [path] = useLocation()
  const [toldAt] = useState(path)
  useEffect(() => {
    if (path !== toldAt) onClose()
  }, [path, toldAt, onClose])
  return (
    <Toast onClose={onClose}>
      <span>
        {plural(spans, 'span')} in {plural(traceIds.length, 'trace')} taken in.
      </span>
      <Link href={`/traces/${encodeURIComponent(traceIds.at(-1) ?? '')}`} onClick={onClose}>
        {traceIds.length === 1 ? 'Open it' : 'Open the last'}
      </Link>
    </Toast>
  )
}
