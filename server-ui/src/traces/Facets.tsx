import { useQuery } from '@tanstack/react-query'
import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { facetsQuery } from '../api/queries'
import { FACETS, type Facet, type FacetValue } from '../api/types'
import { compact } from '../format/format'
import { useTraceChanges } from '../live/live'
import { useThrottled } from '../live/pace'
import type { Filters } from './filters'

const titles: Record<Facet, string> = {
  name: 'Name',
  level: 'Level',
  environment: 'Environment',
  userId: 'User',
  sessionId: 'Session',
  model: 'Model',
  tag: 'Tag',
  type: 'Contains',
  score: 'Score',
}

/** The element that comes after the filters. */
export const LIST = 'trace-list'

/** Counting goes over everything that matches: not for each trace that arrives. */
const REFETCH_EVERY_MS = 3_000

export function Facets({ filters }: { filters: Filters }) {
  const { data, refetch } = useQuery(facetsQuery(filters.query))
  useTraceChanges(useThrottled(() => void refetch(), REFETCH_EVERY_MS))
  const onlyErrors = filters.get('hasError') === 'true'
  return (
    <aside className="facets" aria-label="Filters">
      <button type="button" className="skip" onClick={() => document.getElementById(LIST)?.focus()}>
        Skip the filters
      </button>
      <button
        type="button"
        className="facet-value errors"
        aria-pressed={onlyErrors}
        onClick={() => filters.set('hasError', onlyErrors ? null : 'true')}
      >
        <CircleAlert size={13} aria-hidden />
        <span className="clip">Has an error</span>
      </button>
      <Durations filters={filters} />
      {FACETS.map((facet) => (
        <FacetGroup key={facet} facet={facet} values={data?.[facet] ?? []} filters={filters} />
      ))}
    </aside>
  )
}

const SLOW = ['>1s', '>5s', '>30s'] as const

/** What is slow; any other bound can be typed: "latency:200ms..2s". */
function Durations({ filters }: { filters: Filters }) {
  const selected = filters.getAll('latency')
  const options = [...selected.filter((bound) => !SLOW.some((known) => known === bound)), ...SLOW]
  return (
    <section role="group" aria-label="Duration">
      <h2>Duration</h2>
      {options.map((bound) => (
        <button key={bound} type="button" className="facet-value" aria-pressed={selected.includes(bound)} onClick={() => filters.toggle('latency', bound)}>
          <span className="clip">{bound.replace(/^>(\d)/, 'over $1').replace(/^<(\d)/, 'under $1')}</span>
        </button>
      ))}
    </section>
  )
}

const SHORT = 6

function FacetGroup({ facet, values, filters }: { facet: Facet; values: FacetValue[]; filters: Filters }) {
  const [all, setAll] = useState(false)
  const selected = filters.getAll(facet)
  const unknown = selected.filter((value) => !values.some((known) => known.value === value))
  const options = [...unknown.map((value) => ({ value, count: 0 })), ...values]
  if (options.length === 0) return null
  return (
    <section role="group" aria-label={titles[facet]}>
      <h2>{titles[facet]}</h2>
      {options.slice(0, all ? undefined : SHORT).map(({ value, count }) => (
        <button
          key={value}
          type="button"
          className="facet-value"
          aria-pressed={selected.includes(value)}
          title={value}
          onClick={() => filters.toggle(facet, value)}
        >
          <span className="clip">{facet === 'type' || facet === 'level' ? value.toLowerCase() : value}</span>
          <span className="numeric faint">{count === 0 ? '' : compact(count)}</span>
        </button>
      ))}
      {!all && options.length > SHORT && (
        <button type="button" className="facet-more" onClick={() => setAll(true)}>
          {options.length - SHORT} more
        </button>
      )}
    </section>
  )
}
