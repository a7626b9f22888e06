import { useQuery } from '@tanstack/react-query'
import { ArrowLeftRight } from 'lucide-react'
import { Link } from 'wouter'
import { traceQuery } from '../api/queries'
import type { TraceBody, TraceDetail } from '../api/types'
import { bytes, moment } from '../format/format'
import { ErrorNotice, Loading } from '../ui/Notice'
import { useTitle } from '../ui/useTitle'
import { Deltas } from './Deltas'
import { StepComparison } from './StepComparison'
import { TextDiff } from './TextDiff'

/** Two traces side by side: figures, steps, and the words that differ. */
export default function ComparePage({ left, right }: { left: string; right: string }) {
  useTitle('Two traces')
  const before = useQuery(traceQuery(left))
  const after = useQuery(traceQuery(right))
  const error = before.error ?? after.error
  if (error) return <ErrorNotice error={error} what="the traces" retry={() => void Promise.all([before.refetch(), after.refetch()])} />
  if (!before.data || !after.data) return <Loading what="the traces" />
  return <Compared before={before.data} after={after.data} />
}

function Compared({ before, after }: { before: TraceDetail; after: TraceDetail }) {
  const models = ({ trace }: TraceDetail) => trace.models.join(', ') || '–'
  return (
    <div className="compare-page">
      <header>
        <h1>Two traces</h1>
        <Link className="button" href={`/compare/${encodeURIComponent(after.trace.id)}/${encodeURIComponent(before.trace.id)}`}>
          <ArrowLeftRight size={13} aria-hidden /> Swap
        </Link>
      </header>
      <p>
        <TraceLink detail={before} /> → <TraceLink detail={after} />
      </p>
      <Deltas
        names={['First', 'Second']}
        left={before.trace}
        right={after.trace}
        more={[
          ['Observations', String(before.trace.observationCount), String(after.trace.observationCount)],
          ['Errors', String(before.trace.errorCount), String(after.trace.errorCount)],
          ['Models', models(before), models(after)],
        ]}
      />
      <TextDiff title="Output" left={told(before.trace, 'output')} right={told(after.trace, 'output')} />
      <TextDiff title="Input" left={told(before.trace, 'input')} right={told(after.trace, 'input')} />
      <StepComparison left={before.observations} right={after.observations} />
    </div>
  )
}

/** What is too large to be fetched unasked is not compared, and says so. */
function told(trace: TraceBody, side: 'input' | 'output'): unknown {
  return trace.omittedBytes ? `(not compared: input and output are ${bytes(trace.omittedBytes)})` : trace[side]
}

function TraceLink({ detail: { trace } }: { detail: TraceDetail }) {
  return (
    <Link href={`/traces/${encodeURIComponent(trace.id)}`}>
      {trace.name || trace.id}, {moment(trace.timestamp)}
    </Link>
  )
}
