import { type RefObject, useEffect, useRef } from 'react'
import type { Zoom } from './useZoom'

/** The wheel over the bars: with Ctrl (or a pinch) it zooms around the pointer, sideways or with Shift it moves. */
export function useWheelZoom(element: RefObject<HTMLElement | null>, zoom: Zoom, enabled: boolean): void {
  const latest = useRef(zoom)
  useEffect(() => {
    latest.current = zoom
  })
  useEffect(() => {
    const target = element.current
    if (!target || !enabled) return
    const onWheel = (event: WheelEvent) => {
      const bars = target.querySelector('.bars')?.getBoundingClientRect()
      if (!bars || bars.width === 0) return
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : 0
      if (event.ctrlKey || event.metaKey) {
        const around = Math.min(1, Math.max(0, (event.clientX - bars.left) / bars.width))
        latest.current.by(Math.exp(event.deltaY / 300), around)
      } else if (sideways !== 0 && latest.current.zoomed) latest.current.pan(sideways / bars.width)
      else return
      event.preventDefault()
    }
    // React listens passively to the wheel, which would let the browser zoom the page.
    target.addEventListener('wheel', onWheel, { passive: false })
    return () => target.removeEventListener('wheel', onWheel)
  }, [element, enabled])
}
