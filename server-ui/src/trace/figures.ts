import type { Level } from '../api/types'
import { duration } from '../format/format'
import { stepName } from '../format/names'
import type { TreeRow } from './rows'
import { type Extent, type TreeNode } from './tree'

export interface Figures {
  tokens: number | null
  cost: number | null
  /** The figures are those of what is below, not the observation's own. */
  summed: boolean
  latencyMs: number | null
  level: Level
}

const severity: Level[] = ['DEBUG', 'DEFAULT', 'WARNING', 'ERROR']

export function figuresOf({ nodes }: TreeRow): Figures {
  const [first] = nodes
  const own = nodes.length === 1 && first.observation.totalTokens !== null
  return {
    tokens: own ? first.observation.totalTokens : total(nodes, 'tokens'),
    cost: own ? first.observation.totalCost : total(nodes, 'cost'),
    summed: !own,
    latencyMs: nodes.length === 1 ? latency(first) : spread(nodes),
    level: nodes.map((node) => node.observation.level).reduce((left, right) => (severity.indexOf(right) > severity.indexOf(left) ? right : left)),
  }
}

function total(nodes: TreeNode[], key: 'tokens' | 'cost'): number | null {
  const values = nodes.map((node) => node.totals[key]).filter((value) => value !== null)
  return values.length === 0 ? null : values.reduce((left, right) => left + right, 0)
}

function latency({ observation, startMs, endMs }: TreeNode): number | null {
  return observation.latencyMs ?? (endMs === null ? null : endMs - startMs)
}

/** From the first start to the last end of a folded run. */
function spread(nodes: TreeNode[]): number | null {
  const ends = nodes.flatMap((node) => (node.endMs === null ? [] : [node.endMs]))
  return ends.length === 0 ? null : Math.max(...ends) - Math.min(...nodes.map((node) => node.startMs))
}

/** What a screen reader says: "retrieve, retriever, 420 ms, starts at 1.20 s, error: timeout". */
export function describe(row: TreeRow, extent: Extent): string {
  const { observation, startMs, orphan } = row.nodes[0]
  const { latencyMs, tokens, level } = figuresOf(row)
  const name = stepName(observation)
  return [
    row.folded ? `${name}, ${row.nodes.length} times` : name,
    observation.type.toLowerCase(),
    latencyMs === null ? null : duration(latencyMs),
    `starts at ${duration(startMs - extent.startMs)}`,
    tokens === null ? null : `${tokens} tokens`,
    level === 'ERROR' ? 'error' : level === 'WARNING' ? 'warning' : null,
    orphan ? 'parent missing' : null,
  ]
    .filter((part) => part !== null)
    .join(', ')
}
