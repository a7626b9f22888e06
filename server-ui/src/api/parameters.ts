import { instantOf } from '../traces/time'
import { valuesOf } from '../traces/filters'
import type { TraceListQuery } from './types'

type Value = string | number | boolean

/** Parameters of a request as the address writes them; what is not set is left out. */
export function written(parameters: object): URLSearchParams {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters) as [string, Value | Value[] | undefined][]) {
    for (const one of [value ?? []].flat()) query.append(name, String(one))
  }
  return query
}

/** Filters as the server takes them: times counted back from now become instants. */
export function asked(filters: string): TraceListQuery {
  const { search, hasError, from, to, sort, ...others } = valuesOf(filters)
  const instant = (texts?: string[]) => texts?.[0] && instantOf(texts[0])
  // An order that the server does not know is refused by it, in its own words.
  return { ...others, search: search?.[0], hasError: hasError && hasError[0] === 'true', from: instant(from), to: instant(to), sort: sort?.[0] as TraceListQuery['sort'] }
}

const PAGE_SIZE = 50

export function withPage(filters: string, cursor?: string): TraceListQuery {
  return { ...asked(filters), limit: PAGE_SIZE, cursor }
}
