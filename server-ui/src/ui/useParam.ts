import { useCallback } from 'react'
import { useSearchParams } from 'wouter'

/** One setting of a view, kept in the address; null takes it out. */
export function useParam(key: string): [string | null, (value: string | null) => void] {
  const [params, setParams] = useSearchParams()
  const set = useCallback(
    (value: string | null) =>
      setParams(
        (current) => {
          const next = new URLSearchParams(current)
          if (value === null) next.delete(key)
          else next.set(key, value)
          return next
        },
        // It replaces the entry in the history and keeps what is noted there: Back leaves the page.
        { replace: true, state: history.state as unknown },
      ),
    [key, setParams],
  )
  return [params.get(key), set]
}
