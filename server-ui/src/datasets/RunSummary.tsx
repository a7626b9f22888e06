import { cost, duration, plural } from '../format/format'
import { difference, figure } from '../scores/words'
import { Delta } from './Delta'
import type { RunTotals } from './comparison'

/** What a run comes to: its mean scores, how long an answer took, and what all of them cost. */
export function RunSummary({ name, totals, baseline, items }: { name: string; totals?: RunTotals; baseline?: RunTotals; items: number }) {
  if (!totals) return <b>{name}</b>
  return (
    <span className="run-summary">
      <b className="clip">{name}</b>
      <span className="run-figures">
        {[...totals.scores].map(([score, mean]) => (
          <span key={score} className="score-chip" title={score}>
            <span className="clip">{score}</span> <b className="numeric">{figure(mean)}</b>
            <Delta value={mean} baseline={baseline?.scores.get(score)} format={difference} />
          </span>
        ))}
      </span>
      <span className="faint numeric">
        {duration(totals.meanMs)} each
        <Delta value={totals.meanMs} baseline={baseline?.meanMs} up="worse" format={duration} /> · {cost(totals.cost)}
        <Delta value={totals.cost} baseline={baseline?.cost} up="worse" format={cost} />
        {totals.errors > 0 && <span className="bad"> · {plural(totals.errors, 'error')}</span>}
        {totals.answered < items && ` · ${items - totals.answered} not answered`}
      </span>
    </span>
  )
}
