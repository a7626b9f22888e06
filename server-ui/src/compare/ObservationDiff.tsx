import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { observationQuery } from '../api/queries'
import type { ObservationRow } from '../api/types'
import { stepName } from '../format/names'
import { ErrorNotice, Loading } from '../ui/Notice'
import { Deltas } from './Deltas'
import { TextDiff } from './TextDiff'

interface Props {
  left: ObservationRow
  right: ObservationRow
  onClose: () => void
}

/** Two steps of one trace: what was asked, and what came of it. */
export default function ObservationDiff({ left, right, onClose }: Props) {
  const before = useQuery(observationQuery(left.traceId, left.id))
  const after = useQuery(observationQuery(right.traceId, right.id))
  const error = before.error ?? after.error
  return (
    <>
      <header className="detail-header">
        <div className="detail-title">
          <h2 className="clip">
            {stepName(left)} → {stepName(right)}
          </h2>
          <span className="grow" />
          <button type="button" className="icon-button" aria-label="Stop comparing" title="Stop comparing" onClick={onClose}>
            <X size={15} aria-hidden />
          </button>
        </div>
      </header>
      <div className="compared" tabIndex={0} role="group" aria-label="Comparison">
        <Deltas names={['First', 'Second']} left={left} right={right} more={[['Level', ...ends(left, right)], ['Model', left.model, right.model]]} />
        {error && <ErrorNotice error={error} what="the observations" retry={() => void Promise.all([before.refetch(), after.refetch()])} />}
        {(before.isPending || after.isPending) && <Loading what="the observations" />}
        {before.data && after.data && (
          <>
            <TextDiff title="Output" left={before.data.output} right={after.data.output} />
            <TextDiff title="Input" left={before.data.input} right={after.data.input} />
          </>
        )}
      </div>
    </>
  )
}

/** How each of them ended, where that differs. */
function ends(left: ObservationRow, right: ObservationRow): [string | null, string | null] {
  const [before, after] = [left, right].map(({ level, statusMessage }) => level.toLowerCase() + (statusMessage ? `: ${statusMessage}` : '')) as [string, string]
  return before === after ? [null, null] : [before, after]
}
