/** As much of a value as a cell of a table has room for. */
const LONGEST = 400

export function Excerpt({ value }: { value: unknown }) {
  if (value === null || value === undefined) return <span className="faint">–</span>
  const shown = only(value)
  const text = typeof shown === 'string' ? shown : JSON.stringify(shown)
  return (
    <span className="excerpt" dir="auto" title={text.length > LONGEST ? undefined : text}>
      {text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}
    </span>
  )
}

/** {"question": "…"} says no more than the question. */
function only(value: unknown): unknown {
  const values = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : []
  return values.length === 1 && typeof values[0] === 'string' ? values[0] : value
}
