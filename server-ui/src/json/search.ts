import { createContext } from 'react'
import { pathOf } from './path'

/** What a search found in a value. */
export interface JsonSearch {
  text: string
  /** How many keys and values contain the text; counting stops at MOST. */
  count: number
  /** Paths of what contains it, and of everything above: only these are shown. */
  shown: ReadonlySet<string>
}

export const MOST = 1_000
export const SearchContext = createContext<JsonSearch | null>(null)

export function contains(value: unknown, text: string): boolean {
  return String(value).toLowerCase().includes(text.toLowerCase())
}

interface Place {
  value: unknown
  path: string
  above: Place | null
}

/** Looks through keys and scalars, with a stack of its own: recorded values may be deep. */
export function searchIn(value: unknown, text: string): JsonSearch {
  const shown = new Set<string>()
  let count = 0
  const found = (place: Place) => {
    count++
    for (let at: Place | null = place; at && !shown.has(at.path); at = at.above) shown.add(at.path)
  }
  const stack: Place[] = [{ value, path: '$', above: null }]
  for (let place = stack.pop(); place && count < MOST; place = stack.pop()) {
    if (typeof place.value !== 'object' || place.value === null) {
      if (contains(place.value, text)) found(place)
      continue
    }
    const isArray = Array.isArray(place.value)
    for (const [key, child] of Object.entries(place.value as object).reverse()) {
      const below: Place = { value: child, path: pathOf(place.path, isArray ? Number(key) : key), above: place }
      if (!isArray && contains(key, text) && (typeof child === 'object' || !contains(child, text))) found(below)
      stack.push(below)
    }
  }
  return { text, count, shown }
}

/** A text cut into pieces, every second of which is a match. */
export function pieces(text: string, search: string): string[] {
  const result: string[] = []
  const low = text.toLowerCase()
  const wanted = search.toLowerCase()
  let from = 0
  for (let at = low.indexOf(wanted); wanted !== '' && at >= 0 && result.length < 2 * MOST; at = low.indexOf(wanted, from)) {
    result.push(text.slice(from, at), text.slice(at, at + wanted.length))
    from = at + wanted.length
  }
  return [...result, text.slice(from)]
}
