import { useCallback, useMemo, useState } from 'react'
import { type Toggles, type TreeRow, keyOf, revealing, rowsOf } from './rows'
import { type TreeNode, everyNode, inOrder, pathTo } from './tree'

export interface TreeState {
  rows: TreeRow[]
  /** The row that has the focus, or would have it. */
  focusKey: string | null
  focus: (row: TreeRow) => void
  activate: (row: TreeRow) => void
  toggle: (row: TreeRow) => void
  openAll: () => void
  closeAll: () => void
  reveal: (observationId: string) => void
  nextError: () => void
}

export function useTreeState(roots: TreeNode[], selectedId: string | null, select: (id: string | null) => void): TreeState {
  const [toggled, setToggled] = useState<Toggles>(new Set())
  const [focusKey, setFocusKey] = useState<string | null>(null)
  const rows = useMemo(() => rowsOf(roots, toggled), [roots, toggled])
  const known = rows.some((row) => row.key === focusKey)

  const toggle = (row: TreeRow) => {
    if (row.expanded === null) return
    const next = new Set(toggled)
    if (!next.delete(row.key)) next.add(row.key)
    setToggled(next)
  }
  const focus = (row: TreeRow) => {
    setFocusKey(row.key)
    if (!row.folded) select(row.nodes[0].observation.id)
  }
  const reveal = useCallback(
    (id: string) => {
      const path = pathTo(roots, id)
      if (path.length === 0) return
      setFocusKey(id)
      setToggled((current) => {
        const next = revealing(roots, path, current)
        return next.size === current.size && [...next].every((key) => current.has(key)) ? current : next
      })
    },
    [roots],
  )
  return {
    rows,
    focusKey: known ? focusKey : (rows[0]?.key ?? null),
    focus,
    toggle,
    activate: (row) => {
      focus(row)
      if (row.folded) toggle(row)
    },
    openAll: () => setToggled(new Set(everyRun(roots).filter((key) => key.startsWith('fold:')))),
    closeAll: () => setToggled(new Set(everyRun(roots).filter((key) => !key.startsWith('fold:')))),
    reveal,
    nextError: () => {
      const id = errorAfter(roots, selectedId)
      if (id !== null) select(id)
    },
  }
}

/** Keys of everything that can be opened, and of every run that could be folded. */
function everyRun(roots: TreeNode[]): string[] {
  const everything: Toggles = new Set(everyNode(roots).map((node) => `fold:${keyOf([node])}`))
  return rowsOf(roots, everything).flatMap((row) => (row.expanded === null ? [] : [row.key]))
}

/** The next observation with an error in reading order, around the corner if need be. */
function errorAfter(roots: TreeNode[], selectedId: string | null): string | null {
  const order = inOrder(roots)
  const at = order.findIndex((node) => node.observation.id === selectedId)
  const errors = [...order.slice(at + 1), ...order.slice(0, at + 1)].filter((node) => node.observation.level === 'ERROR')
  return errors[0]?.observation.id ?? null
}
