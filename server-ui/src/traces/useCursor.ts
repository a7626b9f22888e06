import { useState } from 'react'
import type { TraceRow } from '../api/types'
import type { useListMemory } from './useListMemory'

/** The row that j and k move along. It sticks to its trace, whatever arrives above. */
export function useCursor(rows: TraceRow[], memory: ReturnType<typeof useListMemory>, reveal: (index: number) => void) {
  const [id, setId] = useState<string | null>(memory.initial.cursor)
  const at = rows.findIndex((row) => row.id === id)

  const goTo = (index: number) => {
    const row = rows[index]
    if (!row) return
    setId(row.id)
    memory.remember({ cursor: row.id })
    reveal(index)
  }
  return {
    id: at < 0 ? null : id,
    move: (step: number) => goTo(at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))),
    nextError: () => {
      const after = rows.findIndex((row, index) => index > at && row.errorCount > 0)
      goTo(after >= 0 ? after : rows.findIndex((row) => row.errorCount > 0))
    },
  }
}
