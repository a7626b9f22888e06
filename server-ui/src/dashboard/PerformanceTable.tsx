import { Link } from 'wouter'
import type { Performance } from '../api/types'
import { compact, cost, count, duration } from '../format/format'
import '../ui/table.css'

interface Props {
  what: string
  filter: 'model' | 'name'
  parts: (Performance & { name: string })[]
}

export function PerformanceTable({ what, filter, parts }: Props) {
  if (parts.length === 0) return <p className="faint">Nothing in this time.</p>
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={`By ${what.toLowerCase()}`}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{what}</th>
            <th scope="col" className="number">
              {filter === 'model' ? 'Calls' : 'Traces'}
            </th>
            <th scope="col" className="number">
              Errors
            </th>
            <th scope="col" className="number">
              Median
            </th>
            <th scope="col" className="number">
              <abbr title="95th percentile: 95 of 100 took no longer">p95</abbr>
            </th>
            <th scope="col" className="number optional">
              Tokens in
            </th>
            <th scope="col" className="number optional">
              Tokens out
            </th>
            <th scope="col" className="number">
              Cost
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.name}>
              <th scope="row">
                {part.name === '' ? <span className="soft">unnamed</span> : <Link href={`/traces?${filter}=${encodeURIComponent(part.name)}`}>{part.name}</Link>}
              </th>
              <td className="number numeric">{count(part.count)}</td>
              <td className={`number numeric ${part.errors > 0 ? 'bad' : 'faint'}`}>{count(part.errors)}</td>
              <td className="number numeric">{duration(part.p50Ms)}</td>
              <td className="number numeric">{duration(part.p95Ms)}</td>
              <td className="number numeric optional">{compact(part.inputTokens)}</td>
              <td className="number numeric optional">{compact(part.outputTokens)}</td>
              <td className="number numeric">{cost(part.totalCost)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
