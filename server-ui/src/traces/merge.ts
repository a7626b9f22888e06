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
      totalIsExact: head.totalIsExact,
      data: page.data.map((row) => fresh.get(row.id) ?? row),
    })),
  }
}

/** While somebody only watches, no more than this many rows are kept; older ones are a scroll away. */
const KEPT = 500

/** New rows came faster than a page holds them: what lies between them and the known rows is not loaded. */
export function leavesGap(pages: Pages, head: TracePage): boolean {
  return head.nextCursor !== null && unseen(pages, head.data).length === head.data.length
}

/** Adds what a fresh first page brought. Where that would leave a gap, or too much, starts over from it. */
export function joined(pages: Pages, head: TracePage): Pages {
  const rows = unseen(pages, head.data)
  if (leavesGap(pages, head) || rowsOf(pages).length + rows.length > KEPT) return { pages: [head], pageParams: [undefined] }
  const [first, ...rest] = refreshed(pages, head).pages
  if (!first) return pages
  return { ...pages, pages: [{ ...first, data: [...rows, ...first.data].sort(newestFirst) }, ...rest] }
}

function newestFirst(left: TraceRow, right: TraceRow): number {
  return Date.parse(right.timestamp) - Date.parse(left.timestamp) || (left.id < right.id ? 1 : -1)
}
