import { useSyncExternalStore } from 'react'

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia?.(query)
      media?.addEventListener('change', changed)
      return () => media?.removeEventListener('change', changed)
    },
    () => window.matchMedia?.(query).matches ?? false,
  )
}

export const NARROW = '(max-width: 760px)'

/** Where the names of all pages do not fit beside each other; shell.css knows the same width. */
export const PAGES_FOLDED = '(max-width: 980px)'
