import { type RefObject, useRef } from 'react'
import { useKeys } from './keyboard'

/** j and k move the focus along the first links of a table's rows; Enter then is the link's own. */
export function useRowKeys(): RefObject<HTMLDivElement | null> {
  const table = useRef<HTMLDivElement>(null)
  const move = (step: number) => {
    const links = [...(table.current?.querySelectorAll<HTMLElement>('tbody tr') ?? [])].flatMap((row) => row.querySelector<HTMLElement>('a') ?? [])
    const row = document.activeElement?.closest('tr')
    const at = links.findIndex((link) => link.closest('tr') === row)
    links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))]?.focus()
  }
  useKeys({ j: () => move(1), k: () => move(-1) })
  return table
}
