import { useQuery } from '@tanstack/react-query'
import { CircleAlert, TriangleAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { observationQuery, wholeTraceQuery } from '../api/queries'
import type { ObservationRow, Score, TraceBody } from '../api/types'
import { stepName } from '../format/names'
import { ScoreList } from '../scores/ScoreList'
import { normalize } from '../conversation/normalize'
import { ErrorNotice, Loading } from '../ui/Notice'
import { Heavy } from './Heavy'
import { BodyTabs } from './BodyTabs'
import { Figures } from './Figures'
import { mainGeneration } from './mainGeneration'
import './detail.css'

interface Props {
  trace: TraceBody
  observations: ObservationRow[]
  scores: Score[]
  /** An observation that the address asks for and the trace does not have. */
  missing: string | null
  onSelect: (id: string) => void
}

/** The trace as a whole: its problems first, then the conversation that it served. */
export function TraceOverview({ trace, observations, scores, missing, onSelect }: Props) {
  const main = useMemo(() => mainGeneration(observations), [observations])
  const body = useQuery({ ...observationQuery(trace.id, main?.id ?? ''), enabled: main !== null })
  const told = useMemo(() => (body.data ? normalize(body.data.input, body.data.output) : null), [body.data])
  const omitted = trace.omittedBytes ?? 0
  const [wanted, setWanted] = useState(false)
  const whole = useQuery({ ...wholeTraceQuery(trace.id), enabled: wanted && omitted > 0 })
  const { input, output } = whole.data?.trace ?? trace
  const own = useMemo(() => normalize(input, output), [input, output])
  if (main !== null && body.isPending) return <Loading what="the conversation" />

  const borrowed = main !== null && told?.chat === true && !own.chat
  return (
    <>
      {missing && (
        <p className="status-message" role="note">
          The observation <code>{missing}</code> is not part of this trace, or has not arrived yet.
        </p>
      )}
      <Sole observations={observations} />
      <Problems observations={observations} onSelect={onSelect} />
      {omitted > 0 && !wanted && <Heavy size={omitted} onLoad={() => setWanted(true)} />}
      {whole.isFetching && <Loading what="the input and output" />}
      {whole.error && <ErrorNotice error={whole.error} what="the input and output" retry={() => void whole.refetch()} />}
      <BodyTabs
        pending={omitted > 0 && !whole.data}
        input={input}
        output={output}
        metadata={trace.metadata}
        raw={{ trace, observations, scores }}
        scores={{ count: scores.length, list: <ScoreList scores={scores} observations={observations} onSelect={onSelect} /> }}
        conversation={borrowed ? told : own}
        source={borrowed && <Source generation={main} onSelect={onSelect} />}
      />
    </>
  )
}

/** Most traces are a single call: what is known of it is not hidden behind a click. */
function Sole({ observations: [only, ...others] }: { observations: ObservationRow[] }) {
  if (!only || others.length > 0 || (only.model === null && only.totalTokens === null)) return null
  return (
    <div className="sole">
      <Figures observation={only} />
    </div>
  )
}

function Source({ generation, onSelect }: { generation: ObservationRow; onSelect: (id: string) => void }) {
  return (
    <p className="source faint">
      As the model saw it in
      <button type="button" className="link clip" onClick={() => onSelect(generation.id)}>
        {generation.name || 'the last generation'}
      </button>
      {generation.model && <span className="model clip">· {generation.model}</span>}
    </p>
  )
}

const SHOWN = 5

function Problems({ observations, onSelect }: { observations: ObservationRow[]; onSelect: (id: string) => void }) {
  const problems = observations.filter(({ level }) => level === 'ERROR' || level === 'WARNING')
  if (problems.length === 0) return null
  return (
    <ul className="problems" aria-label="Errors and warnings">
      {problems.slice(0, SHOWN).map((problem) => (
        <li key={problem.id} data-level={problem.level}>
          {problem.level === 'ERROR' ? <CircleAlert size={14} aria-hidden /> : <TriangleAlert size={14} aria-hidden />}
          <button type="button" className="link" onClick={() => onSelect(problem.id)}>
            {stepName(problem)}
          </button>
          <span className="clip">{problem.statusMessage ?? problem.level.toLowerCase()}</span>
        </li>
      ))}
      {problems.length > SHOWN && <li className="faint">and {problems.length - SHOWN} more, press e to walk through them</li>}
    </ul>
  )
}
