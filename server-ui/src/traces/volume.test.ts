import { expect, it } from 'vitest'
import { barsOf } from './VolumeChart'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString()

it('covers the whole time in whole steps', () => {
  const bars = barsOf({ from: at(1.5), to: at(118), stepMs: 1000, buckets: [{ at: at(2), traces: 7, errors: 1 }] })
  expect(bars).toEqual({ startMs: Date.parse(at(1)), count: 118, most: 7 })
})

it('leads up to a short time with empty steps', () => {
  expect(barsOf({ from: at(58), to: at(59), stepMs: 1000, buckets: [] })).toEqual({ startMs: Date.parse(at(0)), count: 60, most: 1 })
})
