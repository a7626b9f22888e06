import { type KeyboardEvent, type PointerEvent, useEffect, useState } from 'react'

const KEY = 'langfuse4j.tree-share'
const LEAST = 25
const MOST = 75
const USUAL = 46
const STEP = 2

/** How much of the width the tree takes, in percent; remembered by the browser. */
export function useTreeShare(): [number, (share: number) => void] {
  const [share, setShare] = useState(remembered)
  useEffect(() => {
    try {
      localStorage.setItem(KEY, String(share))
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
  }, [share])
  return [share, (next) => setShare(Math.round(Math.min(MOST, Math.max(LEAST, next))))]
}

function remembered(): number {
  try {
    const share = Number(localStorage.getItem(KEY) ?? USUAL)
    return share >= LEAST && share <= MOST ? share : USUAL
  } catch {
    return USUAL
  }
}

/** The border between tree and detail: dragged, moved with the arrow keys, put back by a double click. */
export function Splitter({ share, onShare }: { share: number; onShare: (share: number) => void }) {
  const [dragging, setDragging] = useState(false)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
    if (step === undefined) return
    event.preventDefault()
    onShare(share + step)
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    setDragging(true)
  }
  return (
    <div
      className="splitter"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the tree"
      aria-valuenow={share}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      data-dragging={dragging}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => dragging && onShare((event.clientX / window.innerWidth) * 100)}
      onPointerUp={() => setDragging(false)}
      onLostPointerCapture={() => setDragging(false)}
      onDoubleClick={() => onShare(USUAL)}
    />
  )
}
