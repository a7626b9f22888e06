import { useState } from 'react'
import { TimeEnds } from '../traces/TimeEnds'
import { ChartTip } from './ChartTip'
import { linear, logarithmic, pathOf } from './scale'
import type { Series } from './series'

interface Props {
  title: string
  /** The sum, or whatever else says it all in one figure. */
  figure: string
  series: Series[]
  times: string[]
  stepMs: number
  format: (value: number) => string
  /** Of lines only: equal factors as equal distances. */
  logarithmically?: boolean
}

/** Bars upon each other, or lines, over one axis of time; what is under the pointer is told in words. */
export function Chart({ title, figure, series, times, stepMs, format, logarithmically = false }: Props) {
  const [at, setAt] = useState<number | null>(null)
  const bars = series.filter(({ kind }) => kind === 'bar')
  const lines = series.filter(({ kind }) => kind === 'line')
  const scale = logarithmically ? logarithmic(series) : linear(series, times.length)
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
        aria-label={`${title}: ${figure}; at most ${format(scale.top)}`}
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
            <Stack key={index} index={index} bars={bars} share={scale.share} />
          ))}
          {lines.map((line) => (
            <path key={line.name} d={pathOf(line.values, scale.share)} className="chart-line" style={{ stroke: line.colour }} />
          ))}
        </svg>
        <span className="chart-marks faint numeric" aria-hidden>
          <span>{format(scale.top)}</span>
          {logarithmically && scale.top > 0 && (
            <>
              <span>{format(scale.middle)}</span>
              <span>{format(scale.bottom)}</span>
            </>
          )}
        </span>
        {at !== null && <ChartTip at={at} times={times} stepMs={stepMs} series={series} format={format} />}
      </div>
      <TimeEnds from={times[0]} to={times.at(-1)} stepMs={stepMs} />
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

function Stack({ index, bars, share }: { index: number; bars: Series[]; share: (value: number) => number }) {
  let y = 100
  return bars.map(({ name, colour, values }) => {
    const value = values[index] ?? 0
    const height = value === 0 ? 0 : Math.max(1.5, share(value) * 100)
    y -= height
    return height === 0 ? null : <rect key={name} x={index + 0.1} y={y} width={0.8} height={height} style={{ fill: colour }} />
  })
}
