import { useQueries } from '@tanstack/react-query'
import { type CSSProperties, useMemo, useState } from 'react'
import type { DatasetItem } from '../api/types'
import { plural } from '../format/format'
import { ErrorNotice, Loading } from '../ui/Notice'
import { useParam } from '../ui/useParam'
import { AnswerCell } from './AnswerCell'
import { Excerpt } from './Excerpt'
import { RunSummary } from './RunSummary'
import { differing, totalsOf } from './comparison'
import { runQuery } from './queries'

const CHUNK = 50

/** Item by item, what was expected and what each run answered, with what changed against the first of them. */
export function Comparison({ datasetId, items, runs }: { datasetId: string; items: DatasetItem[]; runs: string[] }) {
  const queries = useQueries({ queries: runs.map((run) => runQuery(datasetId, run)) })
  const [onlyChanged, setOnlyChanged] = useParam('changed')
  const [shown, setShown] = useState(CHUNK)
  const answers = queries.flatMap(({ data }) => data ?? [])
  const ready = answers.length === runs.length
  const totals = useMemo(() => answers.map(totalsOf), [answers])
  const error = queries.find((query) => query.error)?.error
  if (error) return <ErrorNotice error={error} what="the runs" retry={() => queries.forEach((query) => void query.refetch())} />
  if (!ready) return <Loading what="the runs" />

  const changed = differing(items, answers)
  const rows = onlyChanged === '1' ? changed : items.filter((item) => item.status === 'ACTIVE' || answers.some((run) => run.has(item.id)))
  return (
    <>
      {runs.length > 1 && (
        <label className="only-changed">
          <input type="checkbox" checked={onlyChanged === '1'} onChange={(event) => setOnlyChanged(event.target.checked ? '1' : null)} />
          Only the {plural(changed.length, 'item')} on which they differ
        </label>
      )}
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Comparison">
        <table className="data-table comparison" style={{ '--runs': runs.length } as CSSProperties}>
          <thead>
            <tr>
              <th scope="col">Item</th>
              {runs.map((run, index) => (
                <th key={run} scope="col">
                  <RunSummary name={run} totals={totals[index]} baseline={index === 0 ? undefined : totals[0]} items={items.length} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((item) => (
              <tr key={item.id}>
                <th scope="row">
                  <Excerpt value={item.input} />
                  {item.expectedOutput !== null && item.expectedOutput !== undefined && (
                    <span className="expected">
                      expected <Excerpt value={item.expectedOutput} />
                    </span>
                  )}
                </th>
                {answers.map((run, index) => (
                  <td key={runs[index]}>
                    <AnswerCell answer={run.get(item.id)} baseline={index === 0 ? undefined : answers[0]?.get(item.id)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown && (
        <button type="button" className="button" onClick={() => setShown(shown + CHUNK)}>
          Show {Math.min(CHUNK, rows.length - shown)} more
        </button>
      )}
    </>
  )
}
