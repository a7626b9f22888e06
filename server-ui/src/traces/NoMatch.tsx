import { Notice } from '../ui/Notice'
import type { Filters } from './filters'

export function NoMatch({ filters }: { filters: Filters }) {
  return (
    <Notice
      title="No trace matches"
      actions={
        <button type="button" className="button" data-kind="primary" onClick={filters.clear}>
          Clear filters
        </button>
      }
    >
      <p>
        Search looks at ids, names, users, sessions, and the text of inputs and outputs. A new trace that matches will appear
        here by itself.
      </p>
    </Notice>
  )
}
