import { stepName } from '../format/names'
import { type TreeNode, inOrder } from '../trace/tree'

/** All steps of one name and type: what happened there, how often, and where in the drawing it stands. */
export interface FlowNode {
  key: string
  name: string
  type: string
  steps: TreeNode[]
  errors: number
  timeMs: number
  layer: number
  /** Place within its layer. */
  place: number
}

/** One step was followed by another ("next"), or began it ("into"). */
export interface FlowEdge {
  from: string
  to: string
  count: number
  kind: 'next' | 'into'
  /** Leads to something that had already happened: a loop. */
  back: boolean
}

export interface Flow {
  nodes: FlowNode[]
  edges: FlowEdge[]
  layers: number
  widest: number
}

type KeyOf = (step: TreeNode) => string

/** Drawing more kinds of steps than this helps nobody. */
export const DRAWN = 150

/**
 * What a trace did, told by kinds of steps: siblings follow each other in time, those that overlap stand side by side,
 * and a step leads into its first children. A loop of an agent shows as an edge that goes back. Where names are counted
 * up and would be too many, numbers in them do not tell kinds apart. The number of kinds alone when they still are too many.
 */
export function flowOf(roots: TreeNode[]): Flow | number {
  const steps = inOrder(roots)
  const names = new Map(steps.map((step) => [step, `${step.observation.type} ${step.observation.name ?? ''}`]))
  const kinds = kindsOf(new Set(names.values()))
  const count = new Set(kinds.values()).size
  return count > DRAWN ? count : drawn(roots, steps, (step) => kinds.get(names.get(step) ?? '') ?? '')
}

/** Each name as its own kind; of too many, "round 1" and "round 2" are one kind, "round #". */
function kindsOf(names: ReadonlySet<string>): Map<string, string> {
  return new Map([...names].map((name) => [name, names.size > DRAWN ? name.replace(/\d+/g, '#') : name]))
}

function drawn(roots: TreeNode[], steps: TreeNode[], keyOf: KeyOf): Flow {
  const nodes = nodesOf(steps, keyOf)
  const edges = new Map<string, FlowEdge>()
  const link = (from: TreeNode, to: TreeNode, kind: FlowEdge['kind']) => {
    const [left, right] = [keyOf(from), keyOf(to)]
    const key = `${kind} ${left}\n${right}`
    const known = edges.get(key)
    if (known) known.count++
    else edges.set(key, { from: left, to: right, count: 1, kind, back: false })
  }
  const chain = (siblings: TreeNode[]) => {
    const waves = wavesOf(siblings).map((wave) => distinct(wave, keyOf))
    waves.slice(1).forEach((wave, index) => linkWaves(waves[index] ?? [], wave, link))
    return waves[0] ?? []
  }
  chain(roots)
  for (const parent of steps) for (const first of chain(parent.children)) link(parent, first, 'into')
  const all = [...edges.values()]
  layOut(nodes, all)
  const list = [...nodes.values()]
  const layers = Math.max(0, ...list.map(({ layer }) => layer + 1))
  const widest = Math.max(1, ...list.map(({ place }) => place + 1))
  return { nodes: list, edges: all, layers, widest }
}

function nodesOf(steps: TreeNode[], keyOf: KeyOf): Map<string, FlowNode> {
  const nodes = new Map<string, FlowNode>()
  for (const step of [...steps].sort((left, right) => left.startMs - right.startMs)) {
    const { observation, startMs, endMs } = step
    const key = keyOf(step)
    const node = nodes.get(key) ?? { key, name: stepName({ name: key.slice(observation.type.length + 1), type: observation.type }), type: observation.type, steps: [], errors: 0, timeMs: 0, layer: 0, place: 0 }
    node.steps.push(step)
    node.errors += observation.level === 'ERROR' ? 1 : 0
    node.timeMs += (endMs ?? startMs) - startMs
    nodes.set(key, node)
  }
  return nodes
}

/** Siblings in groups: those of a group overlap in time, and follow the group before. Repetitions of one kind are one group. */
export function wavesOf(siblings: TreeNode[]): TreeNode[][] {
  const waves: TreeNode[][] = []
  let endMs = -Infinity
  for (const step of [...siblings].sort((left, right) => left.startMs - right.startMs)) {
    const wave = waves.at(-1)
    if (wave && step.startMs < endMs) wave.push(step)
    else waves.push([step])
    endMs = Math.max(wave && step.startMs < endMs ? endMs : -Infinity, step.endMs ?? step.startMs)
  }
  return waves
}

function linkWaves(before: TreeNode[], after: TreeNode[], link: (from: TreeNode, to: TreeNode, kind: 'next') => void) {
  for (const from of before) for (const to of after) link(from, to, 'next')
}

/** One of each kind: a fan of fifty is one arrow. */
function distinct(steps: TreeNode[], keyOf: KeyOf): TreeNode[] {
  return [...new Map(steps.map((step) => [keyOf(step), step])).values()]
}

/** Each kind below everything that leads to it for the first time; what leads to something seen before goes back. */
function layOut(nodes: Map<string, FlowNode>, edges: FlowEdge[]): void {
  const order = new Map([...nodes.keys()].map((key, index) => [key, index]))
  for (const edge of edges) edge.back = (order.get(edge.to) ?? 0) <= (order.get(edge.from) ?? 0)
  const forward = edges.filter(({ back }) => !back)
  for (const key of nodes.keys()) {
    const node = nodes.get(key) as FlowNode
    for (const { to } of forward.filter(({ from }) => from === key)) {
      const target = nodes.get(to) as FlowNode
      target.layer = Math.max(target.layer, node.layer + 1)
    }
  }
  const taken = new Map<number, number>()
  for (const node of nodes.values()) {
    node.place = taken.get(node.layer) ?? 0
    taken.set(node.layer, node.place + 1)
  }
}
