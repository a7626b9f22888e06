import type { TreeState } from './useTreeState'

/** The keyboard of an ARIA tree, from the row at `at`. */
export function stepsOf(state: TreeState, at: number): Record<string, () => void> {
  const { rows } = state
  const row = rows[at]
  const goTo = (index: number) => {
    const target = rows[Math.min(rows.length - 1, Math.max(0, index))]
    if (target) state.focus(target)
  }
  return {
    ArrowDown: () => goTo(at + 1),
    ArrowUp: () => goTo(at - 1),
    Home: () => goTo(0),
    End: () => goTo(rows.length - 1),
    ArrowRight: () => {
      if (row?.expanded === false) state.toggle(row)
      else if (row?.expanded) goTo(at + 1)
    },
    ArrowLeft: () => {
      if (row?.expanded) state.toggle(row)
      else if (row?.parentKey) goTo(rows.findIndex(({ key }) => key === row.parentKey))
    },
    Enter: () => row && state.activate(row),
    ' ': () => row && state.activate(row),
  }
}
