import { ArrowDown, ArrowUp } from 'lucide-react'
import { COLUMNS, type Column, type Sort } from './steps'

const titles: Record<Column, string> = { name: 'Name', start: 'Start', time: 'Duration', self: 'Self', tokens: 'Tokens', cost: 'Cost' }

export function StepHead({ sort, onSort }: { sort: Sort; onSort: (column: Column) => void }) {
  const Arrow = sort.descending ? ArrowDown : ArrowUp
  return (
    <div role="rowgroup">
      <div role="row" className="step-head" aria-rowindex={1}>
        {COLUMNS.map((column) => {
          const current = column === sort.column
          return (
            <span key={column} role="columnheader" data-column={column} aria-sort={current ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
              <button type="button" title={column === 'self' ? 'Time during which no child ran' : undefined} onClick={() => onSort(column)}>
                {titles[column]}
                {current && <Arrow size={11} aria-hidden />}
              </button>
            </span>
          )
        })}
      </div>
    </div>
  )
}
