import { useQuery } from '@tanstack/react-query'
import { type PointerEvent, useRef, useState } from 'react'
import { volumeQuery } from '../api/queries'
import type { Volume } from '../api/types'
import { duration, plural } from '../format/format'
import { useTraceChanges } from '../live/live'
import { useThrottled } from '../live/pace'
import { TimeEnds } from './TimeEnds'
import type { Filters } from './filters'

const BUCKETS = 90
const LEAST = 60
const REFETCH_EVERY_MS = 3_000

/** How many traces there were along the time, those with an error in red. Dragging over it narrows the time. */
export function VolumeChart({ filters }: { filters: Filters }) {
  const { data, refetch } = useQuery(volumeQuery(filters.query, BUCKETS))
  useTraceChanges(useThrottled(() => void refetch(), REFETCH_EVERY_MS))
  const [drag, setDrag] = useState<[number, number] | null>(null)
  const box = useRef<HTMLDivElement>(null)
  if (!data || data.buckets.length === 0) return <div className="volume" />

  const bars = barsOf(data)
  const shareAt = (event: PointerEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    return Math.min(1, Math.max(0, (event.clientX - left) / width))
  }
  const end = () => {
    if (drag) {
      const [left, right] = [Math.min(...drag), Math.max(...drag)].map((share) => Math.floor(share * bars.count)) as [number, number]
      const until = Math.min(bars.startMs + (right + 1) * data.stepMs - 1, Math.max(Date.now(), Date.parse(data.to)))
      filters.setAll({ from: new Date(bars.startMs + left * data.stepMs).toISOString(), to: new Date(until).toISOString() })
    }
    setDrag(null)
  }
  return (
    <div
      ref={box}
      className="volume"
      role="img"
      aria-label={describe(data)}
      title={`${describe(data)}. Drag to narrow the time.`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrag([shareAt(event), shareAt(event)])
      }}
      onPointerMove={(event) => drag && setDrag([drag[0], shareAt(event)])}
      onPointerUp={end}
      onPointerCancel={() => setDrag(null)}
    >
      <svg viewBox={`0 0 ${bars.count} 100`} preserveAspectRatio="none" aria-hidden>
        {data.buckets.map(({ at, traces, errors }) => {
          const x = (Date.parse(at) - bars.startMs) / data.stepMs
          const high = Math.max(7, (traces / bars.most) * 100)
          const red = errors === 0 ? 0 : Math.max(7, (errors / bars.most) * 100)
          return (
            <g key={at}>
              <rect x={x + 0.12} y={100 - high} width={0.76} height={high} className="volume-bar" />
              {red > 0 && <rect x={x + 0.12} y={100 - red} width={0.76} height={red} className="volume-errors" />}
            </g>
          )
        })}
      </svg>
      <TimeEnds from={new Date(bars.startMs).toISOString()} to={data.to} stepMs={data.stepMs} />
      {drag && <span className="volume-drag" style={{ left: `${Math.min(...drag) * 100}%`, width: `${Math.abs(drag[1] - drag[0]) * 100}%` }} />}
    </div>
  )
}

/** The whole steps that the time touches; a time of a few steps is led up to by empty ones, for bars that look like bars. */
export function barsOf({ from, to, stepMs, buckets }: Volume) {
  const last = Math.floor(Date.parse(to) / stepMs)
  const first = Math.min(Math.floor(Date.parse(from) / stepMs), last - LEAST + 1)
  return { startMs: first * stepMs, count: last - first + 1, most: Math.max(1, ...buckets.map(({ traces }) => traces)) }
}

function describe({ buckets, stepMs }: Volume): string {
  const traces = buckets.reduce((sum, bucket) => sum + bucket.traces, 0)
  const errors = buckets.reduce((sum, bucket) => sum + bucket.errors, 0)
  const most = Math.max(...buckets.map((bucket) => bucket.traces))
  return `${plural(traces, 'trace')}, ${errors} with an error; at most ${most} in ${duration(stepMs)}`
}
