import { ArrowDown, ArrowUp } from 'lucide-react'
import { deltaOf } from './comparison'

interface Props {
  value: number | null | undefined
  baseline: number | null | undefined
  /** Whether more is better. */
  up?: 'better' | 'worse'
  format: (value: number) => string
}

/** How far a figure moved from the baseline's: an arrow, an amount, and a colour for the better or the worse. */
export function Delta({ value, baseline, up = 'better', format }: Props) {
  const delta = deltaOf(value, baseline)
  if (delta === null) return null
  const mood = delta > 0 === (up === 'better') ? 'good' : 'bad'
  const Arrow = delta > 0 ? ArrowUp : ArrowDown
  return (
    <span className="delta numeric" data-mood={mood} title={mood === 'good' ? 'better than the baseline' : 'worse than the baseline'}>
      <Arrow size={11} aria-hidden />
      <span className="visually-hidden">{mood === 'good' ? 'better by' : 'worse by'}</span>
      {format(Math.abs(delta))}
    </span>
  )
}
