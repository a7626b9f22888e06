import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { api } from '../api/client'
import { tracesQuery, withPage } from '../api/queries'
import type { TraceRow } from '../api/types'
import { useTraceChanges } from '../live/live'
import { type Pages, inserted, refreshed, rowsOf, unseen } from './merge'

const NONE: TraceRow[] = []

/**
 * The traces under the current filters, kept up to date by the server's event stream. Known rows change where they
 * stand. New ones join at the top while the reader follows, and otherwise wait until `show` is called.
 */
export function useTraces(filters: string, following: boolean) {
  const client = useQueryClient()
  const query = useInfiniteQuery(tracesQuery(filters))
  const [waiting, setWaiting] = useState(NONE)
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const follows = useRef(following)
  useEffect(() => {
    follows.current = following
  })
  useEffect(() => setWaiting(NONE), [filters])

  const insert = useCallback(
    (rows: TraceRow[]) => {
      setWaiting(NONE)
      setFresh(new Set(rows.map((row) => row.id)))
      client.setQueryData<Pages>(tracesQuery(filters).queryKey, (pages) => pages && inserted(pages, rows))
    },
    [client, filters],
  )

  const look = useCallback(async () => {
    const key = tracesQuery(filters).queryKey
    const head = await api.traces(withPage(filters)).catch(() => null)
    const pages = client.getQueryData<Pages>(key)
    if (!head || !pages) return
    client.setQueryData<Pages>(key, refreshed(pages, head))
    const rows = unseen(pages, head.data)
    if (rows.length === 0) return
    if (follows.current) insert(rows)
    else setWaiting(rows)
    void client.invalidateQueries({ queryKey: ['facets'] })
  }, [client, filters, insert])
  useTraceChanges(useOneAtATime(look))

  return {
    query,
    rows: rowsOf(query.data),
    total: query.data?.pages[0]?.total ?? 0,
    waiting: waiting.length,
    fresh,
    show: () => insert(waiting),
  }
}

/** Runs an asynchronous job once more at most after the current run, however often it is asked for. */
export function useOneAtATime(job: () => Promise<void>): () => void {
  const state = useRef({ busy: false, again: false })
  const latest = useRef(job)
  useEffect(() => {
    latest.current = job
  })
  return useCallback(() => {
    const current = state.current
    if (current.busy) {
      current.again = true
      return
    }
    current.busy = true
    const run = async (): Promise<void> => {
      current.again = false
      await latest.current()
      if (current.again) await run()
    }
    void run().finally(() => {
      current.busy = false
    })
  }, [])
}
