import { useQuery } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import { Link } from 'wouter'
import { ApiError } from '../api/client'
import type { Dataset, DatasetItem, DatasetRun } from '../api/types'
import { count, plural } from '../format/format'
import { CopyButton } from '../ui/CopyButton'
import { ErrorNotice, Loading, Missing } from '../ui/Notice'
import { pathId } from '../ui/pathId'
import { useParam } from '../ui/useParam'
import { useEscape } from '../ui/useEscape'
import { useTitle } from '../ui/useTitle'
import { Comparison } from './Comparison'
import { Items } from './Items'
import { NoItems } from './NoItems'
import { RunPicker } from './RunPicker'
import { datasetQuery } from './queries'
import '../ui/table.css'
import './datasets.css'

/** Next to each other there is room for so many. */
const MOST_RUNS = 4

/** A dataset: its items, and how runs of the program answered them. */
export default function DatasetPage({ name }: { name: string }) {
  useTitle(name)
  useEscape('/datasets')
  const { data, error, refetch } = useQuery(datasetQuery(name))
  if (data) return <Opened dataset={data.dataset} items={data.items} runs={data.runs.data} />
  if (error instanceof ApiError && error.status === 404) return <NoSuchDataset name={name} />
  return error ? <ErrorNotice error={error} what="the dataset" retry={() => void refetch()} /> : <Loading what="the dataset" />
}

function Opened({ dataset, items, runs }: { dataset: Dataset; items: { data: DatasetItem[]; total: number }; runs: DatasetRun[] }) {
  const [wanted, setWanted] = useParam('runs')
  const chosen = chosenOf(wanted, runs)
  const toggle = (run: string) => {
    const next = chosen.includes(run) ? chosen.filter((other) => other !== run) : [...chosen, run].slice(-MOST_RUNS)
    setWanted(next.map(encodeURIComponent).join(','))
  }
  return (
    <div className="table-page dataset-page">
      <header>
        <Link className="icon-button" href="/datasets" aria-label="All datasets">
          <ChevronLeft size={18} aria-hidden />
        </Link>
        <h1>{dataset.name}</h1>
        <CopyButton text={dataset.name} label="Copy the name" />
        <span className="faint numeric">
          {plural(items.total, 'item')}, {plural(runs.length, 'run')}
        </span>
      </header>
      {dataset.description && <p className="soft">{dataset.description}</p>}
      {runs.length > 0 && <RunPicker runs={runs} chosen={chosen} onToggle={toggle} />}
      {items.total > items.data.length && <p className="soft">The first {count(items.data.length)} items.</p>}
      {items.total === 0 && <NoItems name={dataset.name} />}
      {chosen.length === 0 ? <Items items={items.data} /> : <Comparison datasetId={dataset.id} items={items.data} runs={chosen} />}
    </div>
  )
}

/** Those that the address names; without any, the two newest. The first is the baseline. */
export function chosenOf(wanted: string | null, runs: DatasetRun[]): string[] {
  const known = new Set(runs.map(({ name }) => name))
  if (wanted !== null) {
    return wanted
      .split(',')
      .map(pathId)
      .filter((name) => known.has(name))
      .slice(0, MOST_RUNS)
  }
  return [...runs]
    .sort((left, right) => Date.parse(left.createdAt) - Date.parse(right.createdAt))
    .slice(-2)
    .map(({ name }) => name)
}


function NoSuchDataset({ name }: { name: string }) {
  return (
    <Missing title="This dataset is not here" href="/datasets" link="All datasets">
      <p>
        No dataset is named <code>{name}</code>. Names are compared exactly, case included.
      </p>
    </Missing>
  )
}
