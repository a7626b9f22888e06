import { useCallback } from 'react'
import { useLocation } from 'wouter'
import { useParam } from '../ui/useParam'

/** The trace that waits for another to be compared with, and how one is picked: the second opens the comparison. */
export function useComparing() {
  const [, navigate] = useLocation()
  const [compareId, setCompareId] = useParam('compare')
  const pick = useCallback(
    (id: string) => {
      if (compareId === null || compareId === id) setCompareId(compareId === id ? null : id)
      else navigate(`/compare/${encodeURIComponent(compareId)}/${encodeURIComponent(id)}`)
    },
    [compareId, setCompareId, navigate],
  )
  return { compareId, pick, cancel: () => setCompareId(null) }
}

export function Comparing({ onCancel }: { onCancel: () => void }) {
  return (
    <div className="comparing" role="status">
      Choose the trace to compare it with (c).
      <button type="button" className="link" onClick={onCancel}>
        Cancel
      </button>
    </div>
  )
}
