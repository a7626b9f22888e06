import { stepName } from '../format/names'
import { selfMs } from './selfTime'
import { type TreeNode, inOrder } from './tree'

export const COLUMNS = ['name', 'start', 'time', 'self', 'tokens', 'cost'] as const
export type Column = (typeof COLUMNS)[number]

export interface Sort {
  column: Column
  descending: boolean
}

/** One row of the flat table. */
export interface Step {
  node: TreeNode
  name: string
  start: number
  time: number | null
  self: number | null
  tokens: number | null
  cost: number | null
}

export function stepsIn(roots: TreeNode[]): Step[] {
  return inOrder(roots).map((node) => {
    const { observation, startMs, endMs } = node
    const event = observation.type === 'EVENT'
    return {
      node,
      name: stepName(observation),
      start: startMs,
      time: event ? null : (observation.latencyMs ?? (endMs === null ? null : endMs - startMs)),
      self: selfMs(node),
      tokens: observation.totalTokens,
      cost: observation.totalCost,
    }
  })
}

/** Equal values keep the order of the tree; what is not known comes last, whichever way. */
export function sorted(steps: Step[], { column, descending }: Sort): Step[] {
  return [...steps].sort((left, right) => {
    const [a, b] = [left[column], right[column]]
    if (a === b) return 0
    if (a === null || b === null) return a === null ? 1 : -1
    return (a < b ? -1 : 1) * (descending ? -1 : 1)
  })
}

/** "-self" is self time, most first; what the address says wrongly is the order of start. */
export function sortOf(text: string | null): Sort {
  const descending = text?.startsWith('-') ?? false
  const column = COLUMNS.find((known) => known === text?.replace(/^-/, ''))
  return column ? { column, descending } : { column: 'start', descending: false }
}

/** What a click on a column's head asks for: figures start with the most, names and times with the first. */
export function clicked(sort: Sort, column: Column): string {
  const descending = sort.column === column ? !sort.descending : column !== 'name' && column !== 'start'
  return `${descending ? '-' : ''}${column}`
}
