import { selfMs } from './selfTime'
import { type TreeNode, everyNode } from './tree'

export const MEASURES = ['time', 'tokens', 'cost'] as const
export type Measure = (typeof MEASURES)[number]

/** How hot some observations are together, from 0 (cold) to 4. */
export type Heat = (nodes: readonly TreeNode[]) => number

const STEPS = [0.08, 0.25, 0.5, 0.75]

/**
 * Heat by what each observation took itself, against the one that took most. What is below it does not count: else the
 * root would always be the hottest, and nobody needs to be told that.
 */
export function heatOf(roots: TreeNode[], measure: Measure): Heat {
  const most = everyNode(roots).reduce((most, node) => Math.max(most, own(node, measure)), 0)
  return (nodes) => {
    const share = most === 0 ? 0 : nodes.reduce((sum, node) => sum + own(node, measure), 0) / most
    return STEPS.filter((step) => share >= step).length
  }
}

export function own(node: TreeNode, measure: Measure): number {
  if (measure === 'time') return selfMs(node) ?? 0
  return (measure === 'tokens' ? node.observation.totalTokens : node.observation.totalCost) ?? 0
}

export function measureOf(value: string | null): Measure | null {
  return MEASURES.find((measure) => measure === value) ?? null
}
