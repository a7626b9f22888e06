import { ChevronLeft } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import type { Score, TraceBody } from '../api/types'
import { compact, cost, count, duration, moment, plural } from '../format/format'
import { ExportMenu } from '../export/ExportMenu'
import { CopyButton } from '../ui/CopyButton'
import { Verdict } from '../scores/Verdict'
import type { Origin } from '../traces/origin'
import { Fact } from '../ui/Fact'
import { Level } from '../ui/Level'
import { Running, progressOf } from '../ui/Running'
import { useTitle } from '../ui/useTitle'
import { Neighbours } from './Neighbours'
import { TraceLabels } from './TraceLabels'

export function TraceHeader({ trace, scores, origin }: { trace: TraceBody; scores: Score[]; origin: Origin }) {
  const name = trace.name || trace.id
  useTitle(name)
  return (
    <header className="trace-header">
      <div className="trace-title">
        <Link
          className="icon-button"
          href={origin.href}
          aria-label="All traces"
          title={origin.listed ? 'Back to the list (Esc)' : 'All traces'}
          onClick={(event) => {
            if (!origin.listed || event.ctrlKey || event.metaKey || event.shiftKey) return
            event.preventDefault()
            origin.back()
          }}
        >
          <ChevronLeft size={18} aria-hidden />
        </Link>
        <h1 className="clip" data-unnamed={!trace.name}>
          {trace.name || 'Unnamed trace'}
        </h1>
        <Running trace={trace} />
        <Level level={trace.level} text={problemsOf(trace)} />
        <span className="trace-id mono faint clip">{trace.id}</span>
        <CopyButton text={trace.id} label="Copy trace id" />
        <ExportMenu trace={trace} />
        <Verdict traceId={trace.id} observationId={null} scores={scores} />
        <Neighbours origin={origin} />
      </div>
      <Facts trace={trace} />
      <TraceLabels trace={trace} />
    </header>
  )
}

function problemsOf({ errorCount, warningCount }: TraceBody): string | undefined {
  if (errorCount > 0) return plural(errorCount, 'error')
  return warningCount > 0 ? plural(warningCount, 'warning') : undefined
}

function Facts({ trace }: { trace: TraceBody }) {
  const tokens = `${count(trace.inputTokens)} in, ${count(trace.outputTokens)} out`
  return (
    <dl className="facts">
      <Fact name="Started" value={moment(trace.timestamp)} title={trace.timestamp} />
      <Took trace={trace} />
      <Fact name="Tokens" value={compact(trace.totalTokens)} title={tokens} />
      <Fact name="Cost" value={cost(trace.totalCost)} />
    </dl>
  )
}

function Took({ trace }: { trace: TraceBody }) {
  const progress = progressOf(trace)
  const now = useClock(progress === 'running')
  if (progress === null) return <Fact name="Duration" value={duration(trace.latencyMs)} />
  const ms = progress === 'running' ? Math.max(trace.latencyMs ?? 0, now - Date.parse(trace.timestamp)) : trace.latencyMs
  return <Fact name="So far" value={duration(ms)} />
}

/** The time, second by second while somebody wants to know. */
function useClock(wanted: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!wanted) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [wanted])
  return now
}
