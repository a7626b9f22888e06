import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../api/client'
import { facetsQuery } from '../api/queries'

const SETTLE_MS = 150
const SHOWN = 6

/** What the server knows under a text: traces that contain it, and every frequent name. */
export function useFound(text: string) {
  const [settled, setSettled] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const rows = useQuery({
    queryKey: ['palette', settled],
    queryFn: ({ signal }) => api.traces({ search: settled, limit: SHOWN }, signal),
    enabled: settled.length >= 2,
    placeholderData: (previous) => previous,
  })
  const facets = useQuery(facetsQuery(''))
  return {
    rows: settled.length >= 2 && text.trim() !== '' ? (rows.data?.data ?? []) : [],
    names: (facets.data?.name ?? []).map(({ value }) => value),
  }
}
