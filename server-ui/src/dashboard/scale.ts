import type { Series } from './series'

/** Which part of the height a value takes, and what is written at its top, middle and bottom. */
export interface ValueScale {
  top: number
  middle: number
  bottom: number
  share: (value: number) => number
}

/** From nothing up: what piles of bars need. */
export function linear(series: Series[], count: number): ValueScale {
  const top = highest(series, count)
  const most = top === 0 ? 1 : top
  return { top, middle: top / 2, bottom: 0, share: (value) => value / most }
}

/** Equal factors are equal distances: the median stays readable below a 95th percentile that is a hundred times as high. */
export function logarithmic(series: Series[]): ValueScale {
  const values = series.flatMap((line) => line.values.filter((value) => value !== null && value > 0)) as number[]
  if (values.length === 0) return linear([], 0)
  const least = Math.min(...values)
  // A decade at the least, or noise would look like mountains.
  const bottom = Math.min(least, Math.max(...values) / 10)
  const top = Math.max(...values)
  const length = Math.log(top / bottom)
  return { top, middle: Math.sqrt(top * bottom), bottom, share: (value) => Math.max(0, Math.log(Math.max(value, bottom) / bottom) / length) }
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
export function pathOf(values: (number | null)[], share: (value: number) => number): string {
  return values
    .map((value, index) => {
      if (value === null) return ''
      const y = Math.round((100 - share(value) * 100) * 100) / 100
      const before = values[index - 1] ?? null
      const after = values[index + 1] ?? null
      if (before === null) return `M${after === null ? index : index + 0.5} ${y}${after === null ? `H${index + 1}` : ''}`
      return `L${index + 0.5} ${y}`
    })
    .join('')
}
