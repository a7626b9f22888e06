import { FileDown } from 'lucide-react'
import { useState } from 'react'
import { count } from '../format/format'
import { Toast } from '../ui/Toast'

/** The list under its filters as a table for a spreadsheet. */
export function CsvButton({ filters }: { filters: string }) {
  const [done, setDone] = useState<{ rows: number; total: number } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const run = async () => {
    setProblem(null)
    setDone({ rows: 0, total: 0 })
    try {
      const [{ allRows, csvOf }, { download }] = await Promise.all([import('./csv'), import('./download')])
      const all = await allRows(filters, (rows, total) => setDone({ rows, total }))
      download('traces.csv', 'text/csv', csvOf(all))
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setDone(null)
    }
  }
  return (
    <>
      <button type="button" className="icon-button" aria-label="Export the list as CSV" title="Export the list as CSV" disabled={done !== null} onClick={() => void run()}>
        <FileDown size={16} aria-hidden />
      </button>
      {done && (
        <Toast>
          {count(done.rows)} of {count(done.total)} traces <progress aria-label="Export" value={done.rows} max={Math.max(1, done.total)} />
        </Toast>
      )}
      {problem !== null && (
        <Toast kind="error" onClose={() => setProblem(null)}>
          Could not export the list: {problem}
        </Toast>
      )}
    </>
  )
}
