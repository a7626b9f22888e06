import { type ReactNode, useState } from 'react'
import { moment } from '../format/format'

export interface Series {
  name: string
  kind: 'bar' | 'line'
  colour: string
  values: (number | null)[]
}

interface Props {
  title: string
  /** The sum, or whatever else says it all in one figure. */
  figure: string
  series: Series[]
  times: string[]
  format: (value: number) => string
  children?: ReactNode
}

/** Bars upon each other, or lines, over one axis of time; what is under the pointer is told in words. */
export function Chart({ title, figure, series, times, format }: Props) {
  const [at, setAt] = useState<number | null>(null)
  const bars = series.filter(({ kind }) => kind === 'bar')
  const lines = series.filter(({ kind }) => kind === 'line')
  const top = highest(series, times.length)
  const most = top === 0 ? 1 : top
  const time = at === null ? undefined : times[at]
  return (
    <section className="chart" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <b className="numeric">{figure}</b>
        <span className="grow" />
        {series.length > 1 && <Legend series={series} />}
      </header>
      <div
        className="chart-plot"
        role="img"
        aria-label={`${title}: ${figure}; at most ${format(top)}`}
        onPointerMove={(event) => {
          const { left, width } = event.currentTarget.getBoundingClientRect()
          setAt(Math.min(times.length - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * times.length))))
        }}
        onPointerLeave={() => setAt(null)}
      >
        <svg viewBox={`0 0 ${Math.max(1, times.length)} 100`} preserveAspectRatio="none" aria-hidden>
          <path d={`M0 50H${times.length}M0 0.5H${times.length}`} className="chart-grid" />
          {at !== null && <rect x={at} y={0} width={1} height={100} className="chart-cursor" />}
          {times.map((_, index) => (
            <Stack key={index} index={index} bars={bars} most={most} />
          ))}
          {lines.map((line) => (
            <path key={line.name} d={pathOf(line.values, most)} className="chart-line" style={{ stroke: line.colour }} />
          ))}
        </svg>
        <span className="chart-most faint numeric" aria-hidden>
          {format(top)}
        </span>
        {at !== null && time !== undefined && (
          <div className="chart-tip" data-side={at > times.length / 2 ? 'left' : 'right'} style={{ left: `${((at + 0.5) / times.length) * 100}%` }} aria-hidden>
            <span className="faint">{moment(time)}</span>
            {series.map(({ name, colour, values }) => (
              <span key={name}>
                <i style={{ background: colour }} /> {name} <b className="numeric">{values[at] === null || values[at] === undefined ? '–' : format(values[at])}</b>
              </span>
            ))}
          </div>
        )}
      </div>
      <span className="volume-ends faint numeric" aria-hidden>
        <span>{times[0] && moment(times[0])}</span>
        <span>{times.at(-1) && moment(times.at(-1) ?? '')}</span>
      </span>
    </section>
  )
}

function Legend({ series }: { series: Series[] }) {
  return (
    <span className="chart-legend soft">
      {series.map(({ name, colour }) => (
        <span key={name}>
          <i style={{ background: colour }} aria-hidden /> {name}
        </span>
      ))}
    </span>
  )
}

function Stack({ index, bars, most }: { index: number; bars: Series[]; most: number }) {
  let y = 100
  return bars.map(({ name, colour, values }) => {
    const value = values[index] ?? 0
    const height = value === 0 ? 0 : Math.max(1.5, (value / most) * 100)
    y -= height
    return height === 0 ? null : <rect key={name} x={index + 0.1} y={y} width={0.8} height={height} style={{ fill: colour }} />
  })
}

/** The highest line or pile of bars. */
export function highest(series: Series[], count: number): number {
  let top = 0
  for (let index = 0; index < count; index++) {
    const value = ({ values }: Series) => values[index] ?? 0
    const pile = series.filter(({ kind }) => kind === 'bar').reduce((sum, bars) => sum + value(bars), 0)
    top = Math.max(top, pile, ...series.filter(({ kind }) => kind === 'line').map(value))
  }
  return top
}

/** A line through what is known; a lone value is a short dash, and where nothing happened the line is broken. */
export function pathOf(values: (number | null)[], most: number): string {
  return values
    .map((value, index) => {
      if (value === null) return ''
      const y = Math.round((100 - (value / most) * 100) * 100) / 100
      const before = values[index - 1] ?? null
      const after = values[index + 1] ?? null
      if (before === null) return `M${after === null ? index : index + 0.5} ${y}${after === null ? `H${index + 1}` : ''}`
      return `L${index + 0.5} ${y}`
    })
    .join('')
}
