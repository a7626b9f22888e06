import { compact, cost, duration } from '../format/format'
import { TypeIcon } from '../ui/TypeIcon'
import { Level } from '../ui/Level'
import type { Measure } from './heat'
import type { Step } from './steps'

interface Props {
  step: Step
  index: number
  startMs: number
  selected: boolean
  warm: { measure: Measure; heat: number } | null
  top: number
  height: number
  onSelect: (id: string) => void
}

export function StepRow({ step, index, startMs, selected, warm, top, height, onSelect }: Props) {
  const { observation } = step.node
  const heatOf = (measure: Measure) => (warm?.measure === measure ? warm.heat : undefined)
  return (
    <div
      role="row"
      className="step-row"
      aria-rowindex={index + 2}
      aria-current={selected || undefined}
      data-level={observation.level}
      data-type={observation.type}
      style={{ transform: `translateY(${top}px)`, height }}
      onClick={() => onSelect(observation.id)}
    >
      <span role="cell" className="step-name">
        <TypeIcon type={observation.type} />
        <button type="button" className="clip">
          {step.name}
        </button>
        <Level level={observation.level} />
      </span>
      <Number column="start">{duration(step.start - startMs)}</Number>
      <Number column="time">{step.time === null ? '' : duration(step.time)}</Number>
      <Number column="self" heat={heatOf('time')}>
        {step.self === null ? '' : duration(step.self)}
      </Number>
      <Number column="tokens" heat={heatOf('tokens')}>
        {step.tokens === null ? '' : compact(step.tokens)}
      </Number>
      <Number column="cost" heat={heatOf('cost')}>
        {step.cost === null ? '' : cost(step.cost)}
      </Number>
    </div>
  )
}

function Number({ column, heat, children }: { column: string; heat?: number; children: string }) {
  return (
    <span role="cell" className="tree-number numeric" data-column={column} data-heat={heat}>
      {children}
    </span>
  )
}
