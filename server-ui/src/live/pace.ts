import { useCallback, useEffect, useRef } from 'react'

/** Runs an asynchronous job once more at most after the current run, however often it is asked for. */
export function useOneAtATime(job: () => Promise<void>): () => void {
  const state = useRef({ busy: false, again: false })
  const latest = useRef(job)
  useEffect(() => {
    latest.current = job
  })
  return useCallback(() => {
    const current = state.current
    if (current.busy) {
      current.again = true
      return
    }
    current.busy = true
    const run = async (): Promise<void> => {
      current.again = false
      await latest.current()
      if (current.again) await run()
    }
    void run().finally(() => {
      current.busy = false
    })
  }, [])
}

/** Runs a job soon after it is asked for, at most once in `everyMs`; what is asked for meanwhile is run at the end. */
export function useThrottled(job: () => void, everyMs: number): () => void {
  const state = useRef<{ ranAt: number; timer: ReturnType<typeof setTimeout> | undefined }>({ ranAt: 0, timer: undefined })
  const latest = useRef(job)
  useEffect(() => {
    latest.current = job
  })
  useEffect(() => {
    const current = state.current
    return () => clearTimeout(current.timer)
  }, [])
  return useCallback(() => {
    const current = state.current
    if (current.timer !== undefined) return
    current.timer = setTimeout(
      () => {
        current.timer = undefined
        current.ranAt = Date.now()
        latest.current()
      },
      Math.max(0, current.ranAt + everyMs - Date.now()),
    )
  }, [everyMs])
}
