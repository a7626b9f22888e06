import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type FilterValues, type Filters, valuesOf } from '../traces/filters'
import { format, parse, tokensOf } from './language'

const SETTLE_MS = 200

/** What is typed, and the filters of the address: whichever changes, the other follows. */
export function useDraft(filters: Filters) {
  const committed = useMemo(() => format(valuesOf(filters.query)), [filters.query])
  const [text, setText] = useState(committed)
  const latest = useRef(text)
  const written = useRef(committed)
  useEffect(() => {
    latest.current = text
  })
  useEffect(() => {
    // What was changed elsewhere replaces the text; what was written here leaves it as it is typed.
    if (written.current !== committed) setText(committed)
    written.current = committed
  }, [committed])
  const { replace } = filters
  const write = useCallback(
    (query: FilterValues) => {
      written.current = format(query)
      replace(query)
    },
    [replace],
  )
  useEffect(() => {
    const query = parse(settled(text))
    if (format(query) === committed || text === committed) return
    const timer = setTimeout(() => write(query), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text, committed, write])
  return { text, setText, commit: () => latest.current !== committed && write(parse(latest.current)) }
}

/** Without the value that is still being typed: "model:gp" is not a model yet, with a blank or Enter after it it is. */
export function settled(text: string): string {
  const last = tokensOf(text).at(-1)
  return last && last.word !== null && last.end === text.length ? text.slice(0, last.start) : text
}
