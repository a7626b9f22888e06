import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../api/client'
import { facetsQuery } from '../api/queries'
import type { TraceRow } from '../api/types'

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
  const wanted = text.trim()
  const found = settled.length >= 2 && wanted !== '' ? (rows.data?.data ?? []) : []
  const answered = settled === wanted && !rows.isPlaceholderData
  return {
    // Until the server has answered, what was found for less: Enter must not open what does not fit.
    rows: answered ? found : found.filter((row) => shows(row, wanted)),
    names: (facets.data?.name ?? []).map(({ value }) => value),
  }
}

function shows({ id, name, inputPreview }: TraceRow, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/)
  return words.every((word) => [id, name, inputPreview].some((told) => told?.toLowerCase().includes(word)))
}
