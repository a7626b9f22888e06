import { useQuery } from '@tanstack/react-query'
import { facetsQuery, scoresQuery, tracesByIdQuery } from '../api/queries'
import { ListPage } from '../ui/ListPage'
import { ErrorNotice, Loading, Missing } from '../ui/Notice'
import { Segments } from '../ui/Segments'
import { useParam } from '../ui/useParam'
import { usePage } from '../ui/usePage'
import { ScoreRow } from './ScoreRow'
import './scores.css'

const ANYBODY = ['all', 'API', 'ANNOTATION', 'EVAL'] as const

/** Every score, the newest first: what was judged, how, by whom and why. */
export default function ScoresPage() {
  const [page, setPage] = usePage()
  const [name, setName] = useParam('name')
  const [source, setSource] = useParam('source')
  const filters = { name: name ?? undefined, source: source ?? undefined }
  const { data, error, refetch } = useQuery(scoresQuery(filters, page))
  const { data: traces } = useQuery(tracesByIdQuery(data?.data.flatMap(({ traceId }) => traceId ?? []) ?? []))
  if (!data) return error ? <ErrorNotice error={error} what="the scores" retry={() => void refetch()} /> : <Loading what="the scores" />
  if (data.meta.totalItems === 0 && !name && !source) return <NoScores />
  return (
    <ListPage
      title="Scores"
      page={page}
      size={data.meta.limit}
      total={data.meta.totalItems}
      onPage={setPage}
      tools={
        <>
          <Names selected={name} onSelect={setName} />
          <Segments label="By whom" options={ANYBODY} titles={{ all: 'All', API: 'Programs', ANNOTATION: 'Readers', EVAL: 'Evaluators' }} selected={ANYBODY.find((known) => known === source) ?? 'all'} onSelect={(next) => setSource(next === 'all' ? null : next)} />
        </>
      }
    >
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className="number">
            Value
          </th>
          <th scope="col">About</th>
          <th scope="col" className="score-why wide">
            Why
          </th>
          <th scope="col" className="optional">
            By
          </th>
          <th scope="col" className="number">
            When
          </th>
        </tr>
      </thead>
      <tbody>
        {data.data.map((score) => (
          <ScoreRow key={score.id} score={score} trace={traces?.get(score.traceId ?? '')} />
        ))}
      </tbody>
    </ListPage>
  )
}

function Names({ selected, onSelect }: { selected: string | null; onSelect: (name: string | null) => void }) {
  const { data } = useQuery(facetsQuery(''))
  const names = (data?.score ?? []).map(({ value }) => value)
  const options = selected !== null && !names.includes(selected) ? [selected, ...names] : names
  return (
    <label className="score-names">
      <span className="visually-hidden">Name</span>
      <select value={selected ?? ''} onChange={(event) => onSelect(event.target.value || null)}>
        <option value="">every name</option>
        {options.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  )
}

function NoScores() {
  return (
    <Missing title="Nothing is judged yet" href="/traces" link="All traces">
      <p>
        Judge a trace with the thumbs on its page, or from a program with <code>langfuse.scoreCurrentTrace(&quot;quality&quot;, 0.9)</code>.
      </p>
    </Missing>
  )
}
