import { merged } from './axis'
import type { TreeNode } from './tree'

/** The time that is an observation's own: its duration without that during which a child ran. Null while it is open. */
export function selfMs({ startMs, endMs, children, observation }: TreeNode): number | null {
  if (endMs === null || observation.type === 'EVENT') return null
  const covered = merged(
    children.map((child) => ({
      startMs: Math.min(Math.max(child.startMs, startMs), endMs),
      endMs: Math.max(startMs, Math.min(child.endMs ?? endMs, endMs)),
    })),
  )
  return Math.max(0, endMs - startMs - covered.reduce((sum, interval) => sum + Math.max(0, interval.endMs - interval.startMs), 0))
}
