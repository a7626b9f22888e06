import { duration, plural } from '../format/format'
import { TypeIcon } from '../ui/TypeIcon'
import type { FlowNode } from './flow'

interface Props {
  node: FlowNode
  style: { left: number; top: number; width: number; height: number }
  selectedId: string | null
  onSelect: (id: string) => void
}

/** All steps of one kind; each press selects the next of them. */
export function FlowBox({ node, style, selectedId, onSelect }: Props) {
  const { name, type, steps, errors, timeMs } = node
  const index = steps.findIndex(({ observation }) => observation.id === selectedId)
  const next = steps[(index + 1) % steps.length]
  const times = steps.length > 1 ? `, ${index >= 0 ? `${index + 1} of ` : ''}${steps.length} times` : ''
  return (
    <button
      type="button"
      className="flow-box"
      style={style}
      data-type={type}
      data-error={errors > 0}
      aria-pressed={index >= 0}
      aria-label={`${name}, ${type.toLowerCase()}${times}, ${duration(timeMs)}${errors > 0 ? `, ${plural(errors, 'error')}` : ''}`}
      title={steps.length > 1 ? 'Press again for the next of them' : undefined}
      onClick={() => next && onSelect(next.observation.id)}
    >
      <TypeIcon type={next?.observation.type ?? 'SPAN'} />
      <span className="flow-name">
        <span className="clip">{name}</span>
        <span className="flow-figures faint numeric">
          {errors > 0 && <b className="flow-errors">{plural(errors, 'error')}</b>}
          <span>{type === 'EVENT' ? 'event' : duration(timeMs)}</span>
        </span>
      </span>
      {steps.length > 1 && <span className="times numeric">{index >= 0 ? `${index + 1}/${steps.length}` : `×${steps.length}`}</span>}
    </button>
  )
}
