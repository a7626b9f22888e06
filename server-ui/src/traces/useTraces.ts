import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { api } from '../api/client'
import { withPage } from '../api/parameters'
import { tracesQuery } from '../api/queries'
import type { TracePage } from '../api/types'
import { useTraceChanges } from '../live/live'
import { useOneAtATime } from '../live/pace'
import { type Pages, joined, leavesGap, refreshed, rowsOf, unseen } from './merge'

/**
 * The traces under the current filters, kept up to date by the server's event stream. Known rows change where they
 * stand. New ones join at the top while the reader follows, and otherwise wait until `show` is called.
 */
export function useTraces(filters: string, following: boolean) {
  const sorted = filters.includes('sort=')
  const client = useQueryClient()
  const query = useInfiniteQuery(tracesQuery(filters))
  const [waiting, setWaiting] = useState<TracePage | null>(null)
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const follows = useRef(following)
  useEffect(() => {
    follows.current = following
  })
  useEffect(() => setWaiting(null), [filters])

  const join = useCallback(
    (head: TracePage) => {
      setWaiting(null)
      const key = tracesQuery(filters).queryKey
      const pages = client.getQueryData<Pages>(key)
      if (!pages) return
      setFresh(new Set(unseen(pages, head.data).map((row) => row.id)))
      client.setQueryData<Pages>(key, joined(pages, head))
    },
    [client, filters],
  )

  const look = useCallback(async () => {
    const key = tracesQuery(filters).queryKey
    const head = await api.traces(withPage(filters)).catch(() => null)
    const pages = client.getQueryData<Pages>(key)
    if (!head || !pages) return
    // Where the order is not the time, nothing new belongs at the top.
    if (!sorted && unseen(pages, head.data).length > 0) {
      if (follows.current) join(head)
      else setWaiting(head)
    }
    client.setQueryData<Pages>(key, (current) => current && refreshed(current, head))
  }, [client, filters, sorted, join])
  useTraceChanges(useOneAtATime(look))

  return {
    query,
    rows: useMemo(() => rowsOf(query.data), [query.data]),
    total: query.data?.pages[0]?.total ?? 0,
    totalIsExact: query.data?.pages[0]?.totalIsExact !== false,
    waiting: waiting && query.data ? countNew(query.data, waiting) : '',
    fresh,
    show: () => waiting && join(waiting),
  }
}

/** "3", or "50+" when there is more than one page of it. */
function countNew(pages: Pages, head: TracePage): string {
  const count = unseen(pages, head.data).length
  return count === 0 ? '' : `${count}${leavesGap(pages, head) ? '+' : ''}`
}
