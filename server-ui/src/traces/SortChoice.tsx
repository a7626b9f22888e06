import type { Filters } from './filters'
import { SORTS } from './SortHead'

/** The order of the list where there is no room for heads of columns. */
export function SortChoice({ filters }: { filters: Filters }) {
  return (
    <label className="sort-choice">
      <span className="visually-hidden">Order</span>
      <select value={filters.get('sort') ?? ''} onChange={(event) => filters.set('sort', event.target.value || null)}>
        <option value="">newest first</option>
        {SORTS.map(({ sort, most }) => (
          <option key={sort} value={sort}>
            {most} first
          </option>
        ))}
      </select>
    </label>
  )
}
