import { queryOptions } from '@tanstack/react-query'
import { api } from '../api/client'
import { tracesById } from '../api/queries'
import type { Page } from '../api/types'

/** More than this nobody reads on one page; what is left out is said. */
const MOST_ITEMS = 1_000

export const datasetsQuery = (page: number) =>
  queryOptions({ queryKey: ['datasets', page], queryFn: ({ signal }) => api.datasets(page, signal), placeholderData: (previous) => previous })

export const datasetQuery = (name: string) =>
  queryOptions({
    queryKey: ['dataset', name],
    queryFn: async ({ signal }) => {
      const [dataset, items, runs] = await Promise.all([
        api.dataset(name, signal),
        allOf((page) => api.datasetItems(name, page, signal)),
        allOf((page) => api.datasetRuns(name, page, signal)),
      ])
      return { dataset, items, runs }
    },
  })

/** The traces by which a run answered, by the id of the item. */
export const runQuery = (datasetId: string, run: string) =>
  queryOptions({
    queryKey: ['run', datasetId, run],
    queryFn: async ({ signal }) => {
      const { data: links } = await allOf((page) => api.runItems(datasetId, run, page, signal))
      const traces = await tracesById(links.map(({ traceId }) => traceId), signal)
      return new Map(links.map((link) => [link.datasetItemId, { ...link, trace: traces.get(link.traceId) ?? null }]))
    },
    staleTime: 60_000,
  })

/** All pages of a list, as far as they are worth reading. */
export async function allOf<T>(load: (page: number) => Promise<Page<T>>): Promise<{ data: T[]; total: number }> {
  const data: T[] = []
  for (let page = 1; ; page++) {
    const { data: more, meta } = await load(page)
    data.push(...more)
    if (page >= meta.totalPages || more.length === 0 || data.length >= MOST_ITEMS) return { data, total: meta.totalItems }
  }
}
