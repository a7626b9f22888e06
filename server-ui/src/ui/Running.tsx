/** It has not ended yet, as far as is known. */
export function Running() {
  return (
    <span className="running">
      <span className="pulse" aria-hidden /> running
    </span>
  )
}
