import type { InfiniteData } from '@tanstack/react-query'
import type { TracePage, TraceRow } from '../api/types'

export type Pages = InfiniteData<TracePage>

/** All rows of the loaded pages, each trace once: a page boundary moves while new traces arrive. */
export function rowsOf(pages: Pages | undefined): TraceRow[] {
  const rows = new Map<string, TraceRow>()
  for (const page of pages?.pages ?? []) for (const row of page.data) if (!rows.has(row.id)) rows.set(row.id, row)
  return [...rows.values()]
}

/** What a fresh first page has that the loaded pages lack. */
export function unseen(pages: Pages, head: TraceRow[]): TraceRow[] {
  const known = new Set(rowsOf(pages).map((row) => row.id))
  return head.filter((row) => !known.has(row.id))
}

/** Known rows take their new values where they stand; nothing moves. */
export function refreshed(pages: Pages, head: TracePage): Pages {
  const fresh = new Map(head.data.map((row) => [row.id, row]))
  return {
    ...pages,
    pages: pages.pages.map((page) => ({
      ...page,
      total: head.total,
      data: page.data.map((row) => fresh.get(row.id) ?? row),
    })),
  }
}

/** Adds rows to the first page, newest first. */
export function inserted(pages: Pages, rows: TraceRow[]): Pages {
  const [first, ...rest] = pages.pages
  if (!first) return pages
  const data = [...rows, ...first.data].sort(newestFirst)
  return { ...pages, pages: [{ ...first, data }, ...rest] }
}

function newestFirst(left: TraceRow, right: TraceRow): number {
  return Date.parse(right.timestamp) - Date.parse(left.timestamp) || (left.id < right.id ? 1 : -1)
}
