import { Download } from 'lucide-react'
import { useState } from 'react'
import type { TraceBody } from '../api/types'
import { Menu } from '../ui/Menu'
import { Toast } from '../ui/Toast'
import { FORMATS, type TraceFormat } from './formats'

/** Takes the trace along, in one of four formats. What writes them is loaded when it is first needed. */
export function ExportMenu({ trace }: { trace: TraceBody }) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const run = async (format: TraceFormat) => {
    setProblem(null)
    setBusy(true)
    try {
      const { exportTrace } = await import('./exportTrace')
      await exportTrace(trace, format)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  const items = FORMATS.map(({ format, label, hint }) => ({ label, hint, onSelect: () => void run(format) }))
  return (
    <>
      <Menu label="Export" items={items} className="icon-button">
        <Download size={15} aria-hidden />
      </Menu>
      {busy && <Toast>Writing the file…</Toast>}
      {problem !== null && (
        <Toast kind="error" onClose={() => setProblem(null)}>
          Could not export the trace: {problem}
        </Toast>
      )}
    </>
  )
}
