import { useMemo } from 'react'
import type { ObservationRow, ObservationType } from '../api/types'
import { duration, plural } from '../format/format'
import { TypeIcon } from '../ui/TypeIcon'
import { changeOf } from './Deltas'
import { comparedSteps } from './steps'

const SHOWN = 200

/** Which steps both traces took, how often and how long, and which only one of them did. */
export function StepComparison({ left, right }: { left: ObservationRow[]; right: ObservationRow[] }) {
  const steps = useMemo(() => comparedSteps(left, right), [left, right])
  const cell = ({ count, ms }: { count: number; ms: number }) => (count === 0 ? '–' : `${count > 1 ? `${count} × ` : ''}${duration(ms)}`)
  return (
    <section aria-label="Steps, compared">
      <h2>Steps</h2>
      <table className="deltas compared-steps numeric">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">First</th>
            <th scope="col">Second</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {steps.slice(0, SHOWN).map((step) => (
            <tr key={`${step.type} ${step.name}`} data-type={step.type}>
              <th scope="row">
                <TypeIcon type={step.type as ObservationType} /> {step.name}
              </th>
              <td>{cell(step.left)}</td>
              <td>{cell(step.right)}</td>
              <td>{step.left.count === 0 ? 'only in the second' : step.right.count === 0 ? 'only in the first' : changeOf(step.left.ms, step.right.ms, duration)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {steps.length > SHOWN && <p className="faint">and {plural(steps.length - SHOWN, 'more step')}</p>}
    </section>
  )
}
