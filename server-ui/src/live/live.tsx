import { createContext, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { LiveEvents, TraceChange } from '../api/types'

type Listener = (changes: TraceChange[]) => void

interface Live {
  connected: boolean
  subscribe: (listener: Listener) => () => void
}

const LiveContext = createContext<Live>({ connected: false, subscribe: () => () => {} })

const FLUSH_AFTER_MS = 300
const RETRY_AFTER_MS = 2_000

/** One connection to the server's event stream for the whole page; changes reach listeners in small bundles. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [connected, setConnected] = useState(false)
  const listeners = useRef(new Set<Listener>())

  useEffect(() => {
    if (typeof EventSource === 'undefined') return
    const pending = new Map<string, TraceChange>()
    let timer: ReturnType<typeof setTimeout> | undefined
    // What changed between the first answers and the first connection was not announced either.
    let dropped = true
    const flush = () => {
      timer = undefined
      const changes = [...pending.values()]
      pending.clear()
      listeners.current.forEach((listener) => listener(changes))
    }
    let source: EventSource
    let retry: ReturnType<typeof setTimeout> | undefined
    const connect = () => {
      source = new EventSource('/api/viewer/live')
      source.onopen = () => {
        setConnected(true)
        // Whatever changed while the line was down was not announced: let everybody look again.
        if (dropped) timer ??= setTimeout(flush, 0)
        dropped = false
      }
      source.onerror = () => {
        dropped = true
        setConnected(false)
        // Browsers retry by themselves after a cut line, but give up after an answer such as 502.
        if (source.readyState === EventSource.CLOSED) retry = setTimeout(connect, RETRY_AFTER_MS)
      }
      hear(source, 'trace', (change) => {
        pending.set(change.id, change)
        timer ??= setTimeout(flush, FLUSH_AFTER_MS)
      })
    }
    connect()
    return () => {
      clearTimeout(timer)
      clearTimeout(retry)
      source.close()
    }
  }, [])

  const live = useMemo<Live>(
    () => ({
      connected,
      subscribe: (listener) => {
        listeners.current.add(listener)
        return () => listeners.current.delete(listener)
      },
    }),
    [connected],
  )
  return <LiveContext.Provider value={live}>{children}</LiveContext.Provider>
}

/** Calls back with what an event of the stream carries. */
function hear<Name extends keyof LiveEvents>(source: EventSource, name: Name, heard: (payload: LiveEvents[Name]) => void): void {
  source.addEventListener(name, (event: MessageEvent<string>) => heard(JSON.parse(event.data) as LiveEvents[Name]))
}

export function useConnected(): boolean {
  return useContext(LiveContext).connected
}

/** Calls back with changed traces; an empty list means "something may have changed, look again". */
export function useTraceChanges(listener: Listener): void {
  const { subscribe } = useContext(LiveContext)
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => subscribe((changes) => latest.current(changes)), [subscribe])
}
