import { useCallback, useRef, useState } from 'react'
import { useThrottled } from '../live/pace'

interface Memory {
  /** How far the list was scrolled. */
  offset: number
  /** The trace under the cursor. */
  cursor: string | null
}

const SAVE_EVERY_MS = 250

/** Where the reader was in the list. It is kept on the entry of the browser's history, so that going back returns there. */
export function useListMemory() {
  const [initial] = useState(remembered)
  const memory = useRef<Memory>(initial)
  const write = useCallback(() => history.replaceState({ ...history.state, list: memory.current }, ''), [])
  const save = useThrottled(write, SAVE_EVERY_MS)
  const remember = useCallback(
    (change: Partial<Memory>) => {
      memory.current = { ...memory.current, ...change }
      save()
    },
    [save],
  )
  /** At once, for whoever is about to leave: at the row that they open they will be back. */
  const leave = useCallback(
    (cursor: string) => {
      memory.current = { ...memory.current, cursor }
      write()
    },
    [write],
  )
  return { initial, remember, leave }
}

function remembered(): Memory {
  const list = (history.state as { list?: Partial<Memory> } | null)?.list
  return { offset: list?.offset ?? 0, cursor: list?.cursor ?? null }
}
