import { useState } from 'react'
import type { DatasetItem } from '../api/types'
import { Excerpt } from './Excerpt'

const CHUNK = 100

/** The items by themselves, while no run is chosen. */
export function Items({ items }: { items: DatasetItem[] }) {
  const [shown, setShown] = useState(CHUNK)
  if (items.length === 0) return null
  return (
    <>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Items">
        <table className="data-table comparison">
          <thead>
            <tr>
              <th scope="col">Input</th>
              <th scope="col">Expected</th>
            </tr>
          </thead>
          <tbody>
            {items.slice(0, shown).map((item) => (
              <tr key={item.id}>
                <td>
                  <Excerpt value={item.input} />
                  {item.status === 'ARCHIVED' && <span className="chip">archived</span>}
                </td>
                <td>
                  <Excerpt value={item.expectedOutput} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {items.length > shown && (
        <button type="button" className="button" onClick={() => setShown(shown + CHUNK)}>
          Show {Math.min(CHUNK, items.length - shown)} more
        </button>
      )}
    </>
  )
}
