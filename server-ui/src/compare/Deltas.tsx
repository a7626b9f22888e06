import { compact, cost, duration } from '../format/format'

export interface Measured {
  latencyMs: number | null
  totalTokens: number | null
  totalCost: number | null
}

interface Props {
  names: [string, string]
  left: Measured
  right: Measured
  /** Further rows; those of which neither side knows anything are left out, as are such figures. */
  more?: [string, string | null, string | null][]
}

/** Figures of two things beside each other, and what changed from the first to the second. */
export function Deltas({ names, left, right, more = [] }: Props) {
  return (
    <table className="deltas numeric">
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">Figure</span>
          </th>
          <th scope="col">{names[0]}</th>
          <th scope="col">{names[1]}</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        <Row name="Duration" left={left.latencyMs} right={right.latencyMs} format={duration} />
        <Row name="Tokens" left={left.totalTokens} right={right.totalTokens} format={compact} />
        <Row name="Cost" left={left.totalCost} right={right.totalCost} format={cost} />
        {more
          .filter(([, before, after]) => before !== null || after !== null)
          .map(([name, before, after]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{before ?? '–'}</td>
              <td>{after ?? '–'}</td>
              <td>{before === after ? 'same' : ''}</td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  name: string
  left: number | null
  right: number | null
  format: (value: number | null) => string
}

function Row({ name, left, right, format }: RowProps) {
  if (left === null && right === null) return null
  const [by, share] = changesOf(left, right, format)
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-figure>{format(left)}</td>
      <td data-figure>{format(right)}</td>
      <td data-figure>
        {by} {share && <span className="share">{share}</span>}
      </td>
    </tr>
  )
}

/** "+420 ms (+34 %)". */
export function changeOf(left: number | null, right: number | null, format: (value: number) => string): string {
  return changesOf(left, right, format).join(' ')
}

function changesOf(left: number | null, right: number | null, format: (value: number) => string): string[] {
  if (left === null || right === null) return []
  if (left === right) return ['same']
  const sign = right > left ? '+' : '−'
  const by = `${sign}${format(Math.abs(right - left))}`
  return left === 0 ? [by] : [by, `(${sign}${Math.round(Math.abs(right / left - 1) * 100)} %)`]
}
