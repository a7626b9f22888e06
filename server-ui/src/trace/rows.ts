import type { TreeNode } from './tree'

/** From how many alike neighbours on a run is folded into one row. */
const FOLD_FROM = 4

export interface TreeRow {
  key: string
  /** One observation, or the run of alike siblings that this row stands for. */
  nodes: [TreeNode, ...TreeNode[]]
  folded: boolean
  depth: number
  position: number
  setSize: number
  /** null when there is nothing to expand. */
  expanded: boolean | null
  parentKey: string | null
}

/** Which rows the reader has opened or closed against their default. */
export type Toggles = ReadonlySet<string>

export function keyOf(nodes: readonly TreeNode[]): string {
  const id = nodes[0]?.observation.id ?? ''
  return nodes.length > 1 ? `fold:${id}` : id
}

interface Level {
  runs: [TreeNode, ...TreeNode[]][]
  depth: number
  parentKey: string | null
}

/** The visible rows from top to bottom: observations open by default, runs of alike siblings closed. */
export function rowsOf(roots: TreeNode[], toggled: Toggles): TreeRow[] {
  const rows: TreeRow[] = []
  const stack: { level: Level; next: number }[] = [{ level: { runs: runsOf(roots), depth: 0, parentKey: null }, next: 0 }]
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const nodes = top.level.runs[top.next]
    if (!nodes) {
      stack.pop()
      continue
    }
    top.next++
    const row = rowOf(nodes, top.level, top.next, toggled)
    rows.push(row)
    if (row.expanded) stack.push({ level: below(row), next: 0 })
  }
  return rows
}

function rowOf(nodes: [TreeNode, ...TreeNode[]], level: Level, position: number, toggled: Toggles): TreeRow {
  const key = keyOf(nodes)
  const folded = nodes.length > 1
  const expandable = folded || nodes[0].children.length > 0
  return {
    key,
    nodes,
    folded,
    depth: level.depth,
    position,
    setSize: level.runs.length,
    expanded: expandable ? toggled.has(key) === folded : null,
    parentKey: level.parentKey,
  }
}

function below(row: TreeRow): Level {
  const runs = row.folded ? row.nodes.map((node): [TreeNode] => [node]) : runsOf(row.nodes[0].children)
  return { runs, depth: row.depth + 1, parentKey: row.key }
}

function runsOf(siblings: TreeNode[]): [TreeNode, ...TreeNode[]][] {
  const runs: [TreeNode, ...TreeNode[]][] = []
  for (const node of siblings) {
    const last = runs.at(-1)
    if (last && alike(last[0], node)) last.push(node)
    else runs.push([node])
  }
  return runs.flatMap((run) => (run.length >= FOLD_FROM ? [run] : run.map((node): [TreeNode] => [node])))
}

function alike(left: TreeNode, right: TreeNode): boolean {
  return left.observation.name === right.observation.name && left.observation.type === right.observation.type
}

/** The toggles with which an observation is visible: every closed row above it opened. */
export function revealing(roots: TreeNode[], path: TreeNode[], toggled: Toggles): Toggles {
  const result = new Set(toggled)
  let siblings = roots
  path.forEach((node, index) => {
    const run = runsOf(siblings).find((nodes) => nodes.includes(node))
    if (run && run.length > 1) result.add(keyOf(run))
    if (index < path.length - 1) result.delete(node.observation.id)
    siblings = node.children
  })
  return result
}
