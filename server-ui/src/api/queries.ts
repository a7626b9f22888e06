import { QueryClient, infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ApiError, api } from './client'
import { asked, withPage } from './parameters'
import type { ScoresQuery, TraceRow } from './types'

const PAGE_SIZE = 50

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        refetchOnWindowFocus: false,
        retry: (count, error) => !(error instanceof ApiError && error.status >= 400 && error.status < 500) && count < 2,
        retryDelay: (attempt) => 300 * 2 ** attempt,
      },
    },
  })
}

export const infoQuery = queryOptions({ queryKey: ['info'], queryFn: ({ signal }) => api.info(signal) })

export const tracesQuery = (filters: string) =>
  infiniteQueryOptions({
    queryKey: ['traces', filters],
    queryFn: ({ pageParam, signal }) => api.traces(withPage(filters, pageParam), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: Infinity,
    refetchOnMount: 'always',
  })

export const facetsQuery = (filters: string) =>
  queryOptions({
    queryKey: ['facets', filters],
    queryFn: ({ signal }) => api.facets(asked(filters), signal),
    placeholderData: (previous) => previous,
  })

export const volumeQuery = (filters: string, buckets: number) =>
  queryOptions({
    queryKey: ['volume', filters, buckets],
    queryFn: ({ signal }) => api.volume({ ...asked(filters), buckets }, signal),
    placeholderData: (previous) => previous,
  })

export const traceQuery = (id: string) =>
  queryOptions({ queryKey: ['trace', id], queryFn: ({ signal }) => api.trace(id, signal) })

/** With an input and output of any size. */
export const wholeTraceQuery = (id: string) =>
  queryOptions({ queryKey: ['trace', id, 'whole'], queryFn: ({ signal }) => api.wholeTrace(id, signal), staleTime: Infinity })

export const observationQuery = (traceId: string, id: string) =>
  queryOptions({
    queryKey: ['trace', traceId, 'observation', id],
    queryFn: ({ signal }) => api.observation(traceId, id, signal),
  })

export const sessionQuery = (id: string) =>
  queryOptions({ queryKey: ['session', id], queryFn: ({ signal }) => api.session(id, signal) })

/** Of all, or of one user only. */
export const groupsQuery = (kind: 'users' | 'sessions', page: number, userId: string | null = null) =>
  queryOptions({
    queryKey: ['groups', kind, page, userId],
    queryFn: ({ signal }) => api.groups(kind, { page, limit: PAGE_SIZE, userId: userId === null ? [] : [userId] }, signal),
    placeholderData: (previous) => previous,
  })

/** The newest traces of somebody. */
export const latestQuery = (userId: string) =>
  queryOptions({ queryKey: ['latest', userId], queryFn: ({ signal }) => api.traces({ userId: [userId], limit: 20 }, signal) })

export const scoresQuery = (filters: ScoresQuery, page: number) =>
  queryOptions({
    queryKey: ['scores', filters, page],
    queryFn: ({ signal }) => api.scores({ ...filters, page, limit: PAGE_SIZE }, signal),
    placeholderData: (previous) => previous,
  })

/** So many ids still fit into an address. */
const IDS = 60

/** The rows of known traces, by their ids. */
export async function tracesById(ids: string[], signal: AbortSignal): Promise<Map<string, TraceRow>> {
  const distinct = [...new Set(ids)]
  const chunks = Array.from({ length: Math.ceil(distinct.length / IDS) }, (_, index) => distinct.slice(index * IDS, (index + 1) * IDS))
  const pages = await Promise.all(chunks.map((chunk) => api.traces({ id: chunk, limit: IDS }, signal)))
  return new Map(pages.flatMap(({ data }) => data.map((trace) => [trace.id, trace])))
}

export const tracesByIdQuery = (ids: string[]) =>
  queryOptions({
    queryKey: ['traces by id', ids],
    queryFn: ({ signal }) => tracesById(ids, signal),
    enabled: ids.length > 0,
    placeholderData: (previous) => previous,
  })

export const performanceQuery = (filters: string, buckets: number) =>
  queryOptions({
    queryKey: ['performance', filters, buckets],
    queryFn: ({ signal }) => api.performance({ ...asked(filters), buckets }, signal),
    placeholderData: (previous) => previous,
  })

export const promptsQuery = (page: number) =>
  queryOptions({ queryKey: ['prompts', page], queryFn: ({ signal }) => api.prompts(page, signal), placeholderData: (previous) => previous })

/** Which versions a prompt has; null when there is no such prompt. */
export const promptSummaryQuery = (name: string) =>
  queryOptions({
    queryKey: ['prompt', name],
    queryFn: async ({ signal }) => (await api.promptByName(name, signal)).data.find((found) => found.name === name) ?? null,
  })

export const promptQuery = (name: string, version: number) =>
  queryOptions({ queryKey: ['prompt', name, version], queryFn: ({ signal }) => api.prompt(name, version, signal) })
