import { useEffect } from 'react'

/** Whatever is cut off at its end says all of itself under the pointer, unless something there speaks already. */
export function useClippedTitles(): void {
  useEffect(() => {
    const ours = new WeakSet<Element>()
    const onPointerOver = ({ target }: Event) => {
      const label = target instanceof Element ? target.closest<HTMLElement>('.clip') : null
      if (!label) return
      if (ours.has(label)) label.removeAttribute('title')
      if (label.scrollWidth <= label.clientWidth || label.closest('[title]')) return
      label.title = label.textContent ?? ''
      ours.add(label)
    }
    document.addEventListener('pointerover', onPointerOver)
    return () => document.removeEventListener('pointerover', onPointerOver)
  }, [])
}
