import { type RefObject, useEffect, useRef } from 'react'
import { useLocation } from 'wouter'

/** A page takes the focus that went down with the one before it: Tab goes on from there, and a screen reader reads on. */
export function useFocusOnPage(main: RefObject<HTMLElement | null>): void {
  const [path] = useLocation()
  const shown = useRef(path)
  useEffect(() => {
    if (shown.current === path) return
    shown.current = path
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true })
  }, [path, main])
}
