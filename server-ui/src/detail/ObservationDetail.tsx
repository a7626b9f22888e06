import { useQuery } from '@tanstack/react-query'
import { GitCompare, X } from 'lucide-react'
import { useState } from 'react'
import { observationQuery } from '../api/queries'
import type { ObservationRow, ObservationType, Score } from '../api/types'
import { normalize } from '../conversation/normalize'
import { stepName } from '../format/names'
import { CopyButton } from '../ui/CopyButton'
import { Level } from '../ui/Level'
import { ErrorNotice, Loading } from '../ui/Notice'
import { ScoreList } from '../scores/ScoreList'
import { Verdict } from '../scores/Verdict'
import { TypeIcon } from '../ui/TypeIcon'
import { useParam } from '../ui/useParam'
import { BodyTabs } from './BodyTabs'
import { CopyAs } from './CopyAs'
import { Figures } from './Figures'
import { Heavy } from './Heavy'
import { UNASKED_BYTES } from './mainGeneration'
import './detail.css'

const TALKING: ReadonlySet<ObservationType> = new Set(['AGENT', 'GENERATION', 'CHAIN', 'SPAN', 'EVALUATOR', 'GUARDRAIL'])

interface Props {
  observation: ObservationRow
  /** Those of this observation. */
  scores: Score[]
  onClose: () => void
}

export function ObservationDetail({ observation, scores, onClose }: Props) {
  const { traceId, id, type, level, statusMessage } = observation
  const [compareId, setCompareId] = useParam('compare')
  const comparing = compareId === id
  const size = (observation.inputBytes ?? 0) + (observation.outputBytes ?? 0)
  const [wanted, setWanted] = useState(size <= UNASKED_BYTES)
  const { data, error, isPending, refetch } = useQuery({ ...observationQuery(traceId, id), enabled: wanted })
  return (
    <>
      <header className="detail-header">
        <div className="detail-title">
          <TypeIcon type={type} />
          <h2 className="clip">{stepName(observation)}</h2>
          <span className="faint">{type.toLowerCase()}</span>
          <Level level={level} />
          <span className="grow" />
          <button type="button" className="icon-button" aria-label="Compare with another step" title="Compare with another step" aria-pressed={comparing} onClick={() => setCompareId(comparing ? null : id)}>
            <GitCompare size={14} aria-hidden />
          </button>
          <Verdict traceId={traceId} observationId={id} scores={scores} />
          {data && <CopyAs body={data} />}
          <CopyButton text={id} label="Copy observation id">
            id
          </CopyButton>
          <button type="button" className="icon-button" aria-label="Back to the whole trace" title="Back to the whole trace (Esc)" onClick={onClose}>
            <X size={15} aria-hidden />
          </button>
        </div>
        {comparing && (
          <p className="comparing" role="status">
            Choose the step to compare it with.
          </p>
        )}
        <Figures observation={observation} />
        {statusMessage && (
          <p className="status-message" data-level={level} role="note" aria-label="Status message">
            {statusMessage}
          </p>
        )}
      </header>
      {!wanted && <Heavy size={size} onLoad={() => setWanted(true)} />}
      {wanted && isPending && <Loading what="the observation" />}
      {!data && error && <ErrorNotice error={error} what="the observation" retry={() => void refetch()} />}
      {data && (
        <BodyTabs
          input={data.input}
          output={data.output}
          metadata={data.metadata}
          raw={data}
          conversation={normalize(data.input, data.output)}
          retriever={type === 'RETRIEVER'}
          scores={{ count: scores.length, list: <ScoreList scores={scores} /> }}
          talks={TALKING.has(type)}
        />
      )}
    </>
  )
}
