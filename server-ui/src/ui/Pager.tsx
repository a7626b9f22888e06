import { ChevronLeft, ChevronRight } from 'lucide-react'
import { count } from '../format/format'

/** Which part of a long list is shown, and the way to the others. */
export function Pager({ page, size, total, onPage }: { page: number; size: number; total: number; onPage: (page: number) => void }) {
  if (total <= size) return null
  const last = Math.ceil(total / size)
  return (
    <nav className="pager" aria-label="Pages of the list">
      <button type="button" className="icon-button" aria-label="Previous page" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <ChevronLeft size={16} aria-hidden />
      </button>
      <span className="numeric soft">
        {count((page - 1) * size + 1)}–{count(Math.min(total, page * size))} of {count(total)}
      </span>
      <button type="button" className="icon-button" aria-label="Next page" disabled={page >= last} onClick={() => onPage(page + 1)}>
        <ChevronRight size={16} aria-hidden />
      </button>
    </nav>
  )
}
