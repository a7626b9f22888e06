import type { ObservationRow } from '../api/types'
import { count, cost, duration } from '../format/format'
import { isFields } from '../conversation/model'

/** Everything measured about one observation, in one quiet line that wraps. */
export function Figures({ observation }: { observation: ObservationRow }) {
  const { latencyMs, timeToFirstTokenMs, model, totalTokens, totalCost, type, promptName, promptVersion } = observation
  return (
    <dl className="figures numeric">
      {type !== 'EVENT' && <Figure name="Duration" value={latencyMs === null ? 'running' : duration(latencyMs)} />}
      {timeToFirstTokenMs !== null && <Figure name="First token" value={duration(timeToFirstTokenMs)} />}
      {model && <Figure name="Model" value={model} />}
      {totalTokens !== null && <Figure name="Tokens" value={count(totalTokens)} detail={breakdown(observation.usage, count)} />}
      {totalCost !== null && <Figure name="Cost" value={cost(totalCost)} detail={breakdown(observation.cost, cost)} />}
      {promptName && <Figure name="Prompt" value={`${promptName}${promptVersion === null ? '' : ` v${promptVersion}`}`} />}
      {parametersOf(observation.modelParameters).map(([name, value]) => (
        <Figure key={name} name={name} value={value} />
      ))}
    </dl>
  )
}

function Figure({ name, value, detail }: { name: string; value: string; detail?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {detail && <span className="faint"> {detail}</span>}
      </dd>
    </div>
  )
}

function breakdown(parts: Record<string, number> | null, format: (value: number) => string): string | undefined {
  const entries = Object.entries(parts ?? {}).filter(([key, value]) => key !== 'total' && value > 0)
  return entries.length < 2 ? undefined : `(${entries.map(([key, value]) => `${format(value)} ${words(key)}`).join(', ')})`
}

function words(key: string): string {
  return key.replaceAll('_', ' ').replace(/ tokens?$/, '')
}

const SHOWN = 6

function parametersOf(parameters: unknown): [string, string][] {
  if (!isFields(parameters)) return []
  return Object.entries(parameters)
    .filter(([, value]) => value !== null && value !== '')
    .slice(0, SHOWN)
    .map(([key, value]) => [key.replaceAll('_', ' '), (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 60)])
}
