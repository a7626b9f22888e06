import { Link } from 'wouter'
import type { TraceRow } from '../api/types'
import { ago, cost, duration } from '../format/format'
import { unmarked } from '../traces/rowParts'
import { ScoreChips } from '../scores/ScoreChips'
import { Level } from '../ui/Level'

/** A short table of traces, the newest first. */
export function LatestTraces({ traces }: { traces: TraceRow[] }) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Latest traces">
      <table className="data-table latest">
        <thead>
          <tr>
            <th scope="col">Trace</th>
            <th scope="col" className="wide">
              Asked
            </th>
            <th scope="col" className="optional">
              Scores
            </th>
            <th scope="col" className="number">
              Duration
            </th>
            <th scope="col" className="number">
              Cost
            </th>
            <th scope="col" className="number">
              When
            </th>
          </tr>
        </thead>
        <tbody>
          {traces.map((trace) => (
            <tr key={trace.id}>
              <th scope="row">
                <Link href={`/traces/${encodeURIComponent(trace.id)}`}>{trace.name || trace.id}</Link> <Level level={trace.level} />
              </th>
              <td className="wide soft">
                <span className="clip" dir="auto">
                  {unmarked(trace.inputPreview) ?? ''}
                </span>
              </td>
              <td className="optional">
                <ScoreChips scores={trace.scores ?? []} most={2} />
              </td>
              <td className="number numeric">{duration(trace.latencyMs)}</td>
              <td className="number numeric">{cost(trace.totalCost)}</td>
              <td className="number numeric soft" title={trace.timestamp}>
                {ago(trace.timestamp)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
