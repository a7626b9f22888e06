import type { ObservationRow } from '../api/types'

export interface TreeNode {
  observation: ObservationRow
  children: TreeNode[]
  /** The parent it names is not part of the trace (yet). */
  orphan: boolean
  startMs: number
  endMs: number | null
  totals: Totals
}

/** Sums over an observation and everything below it. */
export interface Totals {
  tokens: number | null
  cost: number | null
  errors: number
}

export interface Extent {
  startMs: number
  endMs: number
}

/** The observations as a forest in order of start; whatever has no reachable parent stands at the top. */
export function treeOf(observations: ObservationRow[]): TreeNode[] {
  const nodes = new Map(observations.map((observation) => [observation.id, nodeOf(observation)]))
  const parentOf = (node: TreeNode) => nodes.get(node.observation.parentObservationId ?? '')
  const roots = [...nodes.values()].filter((node) => parentOf(node) === undefined)
  for (const node of nodes.values()) parentOf(node)?.children.push(node)

  const reached = new Set<TreeNode>()
  roots.forEach((root) => complete(root, reached))
  for (const node of nodes.values()) {
    if (reached.has(node)) continue
    // Parents in a circle: cut it here.
    const siblings = parentOf(node)?.children
    siblings?.splice(siblings.indexOf(node), 1)
    roots.push(node)
    complete(node, reached)
  }
  for (const root of roots) root.orphan = root.observation.parentObservationId !== null
  return roots.sort(byStart)
}

function nodeOf(observation: ObservationRow): TreeNode {
  const { startTime, endTime, totalTokens, totalCost, level } = observation
  return {
    observation,
    children: [],
    orphan: false,
    startMs: Date.parse(startTime),
    endMs: endTime === null ? null : Date.parse(endTime),
    totals: { tokens: totalTokens, cost: totalCost, errors: level === 'ERROR' ? 1 : 0 },
  }
}

/** Sorts and sums up what is below a root. Not recursive: a chain of thousands must not exhaust the stack. */
function complete(root: TreeNode, reached: Set<TreeNode>): void {
  const order: TreeNode[] = [root]
  for (let index = 0; index < order.length; index++) {
    const node = order[index] as TreeNode
    reached.add(node)
    node.children.sort(byStart)
    for (const child of node.children) order.push(child)
  }
  for (const node of order.reverse()) {
    for (const child of node.children) node.totals = sum(node.totals, child.totals)
  }
}

function sum(left: Totals, right: Totals): Totals {
  return { tokens: add(left.tokens, right.tokens), cost: add(left.cost, right.cost), errors: left.errors + right.errors }
}

function add(left: number | null, right: number | null): number | null {
  return left === null ? right : right === null ? left : left + right
}

function byStart(left: TreeNode, right: TreeNode): number {
  return left.startMs - right.startMs || (left.observation.id < right.observation.id ? -1 : 1)
}

/** From the first start to the last end; what has not ended counts until now if it still runs, and else until its start. */
export function extentOf(observations: ObservationRow[], now: number | null = null): Extent {
  let startMs = Infinity
  let endMs = -Infinity
  for (const { startTime, endTime } of observations) {
    const start = Date.parse(startTime)
    startMs = Math.min(startMs, start)
    endMs = Math.max(endMs, endTime === null ? (now ?? start) : Date.parse(endTime), start)
  }
  return observations.length === 0 ? { startMs: 0, endMs: 0 } : { startMs, endMs }
}

/** All nodes, level by level. */
export function everyNode(roots: TreeNode[]): TreeNode[] {
  const nodes = [...roots]
  for (let index = 0; index < nodes.length; index++) for (const child of nodes[index]?.children ?? []) nodes.push(child)
  return nodes
}

/** All nodes in reading order. Not recursive, for the same reason as above. */
export function inOrder(roots: TreeNode[]): TreeNode[] {
  const order: TreeNode[] = []
  const stack = [...roots].reverse()
  for (let node = stack.pop(); node; node = stack.pop()) {
    order.push(node)
    for (const child of [...node.children].reverse()) stack.push(child)
  }
  return order
}

/** The way from a root down to an observation, itself included; empty when it is not there. */
export function pathTo(roots: TreeNode[], id: string): TreeNode[] {
  const stack = roots.map((root) => [root])
  for (let path = stack.pop(); path; path = stack.pop()) {
    const last = path.at(-1) as TreeNode
    if (last.observation.id === id) return path
    for (const child of last.children) stack.push([...path, child])
  }
  return []
}
