import { diffLines, diffWordsWithSpace } from 'diff'

export interface Change {
  kind: 'same' | 'added' | 'removed'
  text: string
}

const WORDS_UP_TO = 40_000
const TIMEOUT_MS = 1_500

/** What turns one value into the other: word by word for texts, line by line for JSON. Null when finding out takes too long. */
export function changesBetween(left: unknown, right: unknown): Change[] | null {
  const words = typeof left === 'string' && typeof right === 'string' && left.length + right.length <= WORDS_UP_TO
  const texts = [textOf(left), textOf(right)] as const
  const found = words ? diffWordsWithSpace(...texts, { timeout: TIMEOUT_MS }) : diffLines(...texts, { timeout: TIMEOUT_MS })
  return found?.map(({ added, removed, value }) => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text: value })) ?? null
}

export function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`
}
