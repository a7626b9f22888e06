import type { Performance, PerformanceReport } from '../api/types'

type Bucket = PerformanceReport['buckets'][number]
const NOTHING: Performance = { count: 0, errors: 0, inputTokens: null, outputTokens: null, totalTokens: null, totalCost: null, p50Ms: null, p95Ms: null }
/** So few intervals would make bars as wide as a hand. */
const LEAST = 30

/** Every interval of the time, also those in which nothing happened. */
export function filled({ from, to, stepMs, buckets }: PerformanceReport): Bucket[] {
  const known = new Map(buckets.map((bucket) => [Math.floor(Date.parse(bucket.at) / stepMs), bucket]))
  const last = Math.floor(Date.parse(to) / stepMs)
  const first = Math.min(Math.floor(Date.parse(from) / stepMs), last - LEAST + 1)
  return Array.from({ length: last - first + 1 }, (_, index) => known.get(first + index) ?? { ...NOTHING, at: new Date((first + index) * stepMs).toISOString() })
}
