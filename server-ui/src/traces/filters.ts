import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'wouter'
import { FACETS } from '../api/types'

const KEYS = ['search', ...FACETS, 'latency', 'tokens', 'cost', 'hasError', 'from', 'to', 'sort'] as const
export type FilterKey = (typeof KEYS)[number]

export interface Filters {
  /** The filters as a query string in one fixed order: equal filters are equal strings. */
  query: string
  get: (key: FilterKey) => string | null
  /** Sets one filter, or clears it with null. */
  set: (key: FilterKey, value: string | null) => void
  /** Sets several at once. */
  setAll: (given: Partial<Record<FilterKey, string | null>>) => void
  /** Sets all filters at once; those not given are cleared, except for the order. */
  replace: (query: Partial<Record<FilterKey, string>>) => void
  clear: () => void
}

/** The filters live in the address and nowhere else, so every view is a link and a bookmark. */
export function useFilters(): Filters {
  const [params, setParams] = useSearchParams()
  const query = canonical(params)
  const set = useCallback(
    (key: FilterKey, value: string | null) =>
      setParams((current) => changed(current, key, value), { replace: key === 'search' }),
    [setParams],
  )
  const setAll = useCallback(
    (given: Partial<Record<FilterKey, string | null>>) =>
      setParams((current) => KEYS.reduce((params, key) => (key in given ? changed(params, key, given[key] ?? null) : params), current)),
    [setParams],
  )
  const replace = useCallback(
    (query: Partial<Record<FilterKey, string>>) =>
      setParams((current) => KEYS.reduce((params, key) => (key === 'sort' ? params : changed(params, key, query[key] ?? null)), current), { replace: true }),
    [setParams],
  )
  const clear = useCallback(() => setParams(new URLSearchParams()), [setParams])
  return useMemo(() => {
    const current = new URLSearchParams(query)
    return { query, get: (key) => current.get(key), set, setAll, replace, clear }
  }, [query, set, setAll, replace, clear])
}

export function canonical(params: URLSearchParams): string {
  const result = new URLSearchParams()
  for (const key of KEYS) {
    const value = params.get(key)
    if (value) result.set(key, value)
  }
  return result.toString()
}

function changed(current: URLSearchParams, key: FilterKey, value: string | null): URLSearchParams {
  const next = new URLSearchParams(current)
  if (value) next.set(key, value)
  else next.delete(key)
  return next
}
