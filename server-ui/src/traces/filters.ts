import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'wouter'
import type { TraceListQuery } from '../api/types'

/** What the server can be asked for, but for which part of the list. */
export type FilterKey = Exclude<keyof TraceListQuery, 'id' | 'limit' | 'cursor'>

/** All of them, in the order in which the address names them. */
const KEYS = Object.keys({
  search: 0,
  name: 0,
  level: 0,
  environment: 0,
  model: 0,
  type: 0,
  tag: 0,
  userId: 0,
  sessionId: 0,
  score: 0,
  latency: 0,
  tokens: 0,
  cost: 0,
  hasError: 0,
  from: 0,
  to: 0,
  sort: 0,
} satisfies Record<FilterKey, 0>) as FilterKey[]

/** What is asked for, one or several values for each filter. */
export type FilterValues = Partial<Record<FilterKey, string[]>>

export interface Filters {
  /** The filters as a query string in one fixed order: equal filters are equal strings. */
  query: string
  get: (key: FilterKey) => string | null
  getAll: (key: FilterKey) => string[]
  /** Sets one filter, or clears it with null. */
  set: (key: FilterKey, value: string | null) => void
  /** Clears one value of a filter; one that is not set joins the others where all have to hold, and else takes their place. */
  toggle: (key: FilterKey, value: string) => void
  /** Sets several at once. */
  setAll: (given: Partial<Record<FilterKey, string | null>>) => void
  /** Sets all filters at once; those not given are cleared, except for the order. */
  replace: (query: FilterValues) => void
  clear: () => void
}

/** The filters live in the address and nowhere else, so every view is a link and a bookmark. */
export function useFilters(): Filters {
  const [params, setParams] = useSearchParams()
  const query = canonical(params)
  const set = useCallback(
    (key: FilterKey, value: string | null) =>
      setParams((current) => changed(current, key, value ?? ''), { replace: key === 'search' }),
    [setParams],
  )
  const toggle = useCallback(
    (key: FilterKey, value: string) =>
      setParams((current) => {
        const before = current.getAll(key)
        const others = before.filter((other) => other !== value)
        const added = key === 'score' ? [...before, value] : [value]
        return changed(current, key, ...(others.length < before.length ? others : added))
      }),
    [setParams],
  )
  const setAll = useCallback(
    (given: Partial<Record<FilterKey, string | null>>) =>
      setParams((current) => KEYS.reduce((params, key) => (key in given ? changed(params, key, given[key] ?? '') : params), current)),
    [setParams],
  )
  const replace = useCallback(
    (query: FilterValues) =>
      setParams((current) => KEYS.reduce((params, key) => (key === 'sort' ? params : changed(params, key, ...(query[key] ?? []))), current), { replace: true }),
    [setParams],
  )
  const clear = useCallback(() => setParams(new URLSearchParams()), [setParams])
  return useMemo(() => {
    const current = new URLSearchParams(query)
    return { query, get: (key) => current.get(key), getAll: (key) => current.getAll(key), set, toggle, setAll, replace, clear }
  }, [query, set, toggle, setAll, replace, clear])
}

export function canonical(params: URLSearchParams): string {
  const result = new URLSearchParams()
  for (const key of KEYS) {
    for (const value of params.getAll(key)) if (value) result.append(key, value)
  }
  return result.toString()
}

/** The filters of a query string. */
export function valuesOf(query: string): FilterValues {
  const params = new URLSearchParams(query)
  return Object.fromEntries(KEYS.filter((key) => params.has(key)).map((key) => [key, params.getAll(key)]))
}

function changed(current: URLSearchParams, key: FilterKey, ...values: string[]): URLSearchParams {
  const next = new URLSearchParams(current)
  next.delete(key)
  for (const value of values) if (value) next.append(key, value)
  return next
}
