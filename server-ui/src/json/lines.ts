import { pathOf } from './path'
import type { JsonSearch } from './search'

/** One line of a value as it is shown. */
export interface Line {
  kind: 'scalar' | 'open' | 'closed' | 'end' | 'more'
  path: string
  name: string | number | null
  value: unknown
  depth: number
  /** Nothing follows it in what it is part of. */
  last: boolean
  /** How many entries it has; of "more", how many are not shown. */
  size: number
}

/** What the reader has opened and closed, by path, and how many entries of a long list are asked for. */
export interface Opened {
  open: ReadonlyMap<string, boolean>
  shown: ReadonlyMap<string, number>
}

export const NOTHING_OPENED: Opened = { open: new Map(), shown: new Map() }
/** So many entries of one list are lines without being asked for. */
export const AT_ONCE = 10_000
const OPEN_DEPTH = 3
const OPEN_SIZE = 40

/** The lines of a value, with a stack of its own: recorded values may be deep. */
export function linesOf(value: unknown, { open, shown }: Opened, search: JsonSearch | null): Line[] {
  const lines: Line[] = []
  const stack: Line[] = [{ kind: 'scalar', path: '$', name: null, value, depth: 0, last: true, size: 0 }]
  for (let line = stack.pop(); line; line = stack.pop()) {
    const { path, depth } = line
    if (line.kind !== 'scalar' || typeof line.value !== 'object' || line.value === null) {
      lines.push(line)
      continue
    }
    const isArray = Array.isArray(line.value)
    const keys = Object.keys(line.value)
    if (keys.length === 0) {
      lines.push(line)
      continue
    }
    const below = (key: string) => pathOf(path, isArray ? Number(key) : key)
    const found = search === null ? [] : keys.filter((key) => search.shown.has(below(key)))
    const isOpen = open.get(path) ?? (found.length > 0 || (depth < OPEN_DEPTH && (depth === 0 || keys.length <= OPEN_SIZE)))
    lines.push({ ...line, kind: isOpen ? 'open' : 'closed', size: keys.length })
    if (!isOpen) continue
    // What is found by its own name is shown with all that is in it.
    const wanted = found.length > 0 ? found : keys
    const most = shown.get(path) ?? AT_ONCE
    stack.push({ ...line, kind: 'end', size: keys.length })
    if (wanted.length > most) stack.push({ ...line, kind: 'more', depth: depth + 1, size: wanted.length - most })
    const fields = line.value as Record<string, unknown>
    for (let index = Math.min(most, wanted.length) - 1; index >= 0; index--) {
      const key = wanted[index] as string
      stack.push({ kind: 'scalar', path: below(key), name: isArray ? Number(key) : key, value: fields[key], depth: depth + 1, last: index === wanted.length - 1, size: 0 })
    }
  }
  return lines
}
