import { ArrowDown } from 'lucide-react'
import type { Filters } from './filters'

/** What the list can be sorted by besides the time, and what then comes first. */
export const SORTS = [
  { sort: 'latency', most: 'slowest' },
  { sort: 'tokens', most: 'most tokens' },
  { sort: 'cost', most: 'dearest' },
] as const

interface Props {
  title: string
  /** What the address calls it; null for the usual order. */
  sort: (typeof SORTS)[number]['sort'] | null
  filters: Filters
}

/** The head of a column by which the list can be sorted, the most first. */
export function SortHead({ title, sort, filters }: Props) {
  const current = filters.get('sort') === sort
  return (
    <span role="columnheader" aria-sort={current ? 'descending' : 'none'}>
      <button type="button" title={sort === null ? 'Newest first' : `Most ${title.toLowerCase()} first`} onClick={() => filters.set('sort', sort)}>
        {title}
        {current && <ArrowDown size={11} aria-hidden />}
      </button>
    </span>
  )
}
