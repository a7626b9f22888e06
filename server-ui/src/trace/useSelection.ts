import { useCallback } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { useKeys } from '../ui/keyboard'

/** The selected observation is `?observation=` of the address; Escape goes back to the trace, then to the list. */
export function useSelection() {
  const [params, setParams] = useSearchParams()
  const [, navigate] = useLocation()
  const observationId = params.get('observation')

  const select = useCallback(
    (id: string | null) =>
      setParams(
        (current) => {
          const next = new URLSearchParams(current)
          if (id === null) next.delete('observation')
          else next.set('observation', id)
          return next
        },
        { replace: true },
      ),
    [setParams],
  )
  useKeys({ Escape: () => (observationId === null ? navigate('/traces') : select(null)) })
  return { observationId, select }
}
