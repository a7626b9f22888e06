import { useInfiniteQuery } from '@tanstack/react-query'
import { useLocation, useSearch } from 'wouter'
import { tracesQuery } from '../api/queries'
import { backOr } from '../ui/useEscape'
import { rowsOf } from './merge'

/** What the entry of a trace in the browser's history knows of the list that it was opened from: its filters. */
interface Noted {
  origin: { list: string }
}

function listOf(state: unknown): string | null {
  const list: unknown = (state as Partial<Noted> | null)?.origin?.list
  return typeof list === 'string' ? list : null
}

/** Noted when a trace is opened from the list. */
export function openedFrom(list: string): Noted {
  return { origin: { list } }
}

/** The way back to where the list was, and to the neighbours that the trace has there. */
export function useOrigin(id: string) {
  const [, navigate] = useLocation()
  const search = useSearch()
  const list = listOf(history.state)
  // Not asked again: these are the rows that the reader has seen.
  const { data } = useInfiniteQuery({ ...tracesQuery(list ?? ''), enabled: false })
  const ids = list === null ? [] : rowsOf(data).map((row) => row.id)
  const at = ids.indexOf(id)
  const neighbour = (step: number) => (at < 0 ? null : (ids[at + step] ?? null))
  const openNeighbour = (step: number) => {
    const next = neighbour(step)
    if (next !== null) navigate(addressOf(next, search), { replace: true, state: history.state as unknown })
  }
  return {
    href: `/traces${list ? `?${list}` : ''}`,
    /** Whether there is a list that this trace was opened from. */
    listed: list !== null,
    back: () => (list === null ? backOr(() => navigate('/traces')) : history.back()),
    previous: neighbour(-1),
    next: neighbour(1),
    openNeighbour,
  }
}

export type Origin = ReturnType<typeof useOrigin>

/** The same view of another trace: what was selected in this one is not in that one. */
function addressOf(id: string, search: string): string {
  const params = new URLSearchParams(search)
  for (const key of ['observation', 'compare']) params.delete(key)
  const view = params.toString()
  return `/traces/${encodeURIComponent(id)}${view === '' ? '' : `?${view}`}`
}
