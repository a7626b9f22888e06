import { tick } from '../format/format'
import type { Series } from './series'

interface Props {
  /** Which of the times is under the pointer. */
  at: number
  times: string[]
  stepMs: number
  series: Series[]
  format: (value: number) => string
}

/** The values at one time, beside the pointer. */
export function ChartTip({ at, times, stepMs, series, format }: Props) {
  const time = times[at]
  if (time === undefined) return null
  return (
    <div className="chart-tip" data-side={at > times.length / 2 ? 'left' : 'right'} style={{ left: `${((at + 0.5) / times.length) * 100}%` }} aria-hidden>
      <span className="faint">{tick(time, stepMs)}</span>
      {series.map(({ name, colour, values }) => (
        <span key={name}>
          <i style={{ background: colour }} /> {name} <b className="numeric">{values[at] === null || values[at] === undefined ? '–' : format(values[at])}</b>
        </span>
      ))}
    </div>
  )
}
