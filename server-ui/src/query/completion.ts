import type { Facet, Facets } from '../api/types'
import { RANGES, RANGE_NAMES } from '../traces/time'
import { type Token, WORDS, quoted, tokensOf } from './language'

export interface Completion {
  label: string
  hint: string
  /** The whole text with the completion in it, and where typing goes on. */
  text: string
  caret: number
}

const SHOWN = 8
const HINTS: Record<string, string> = {
  name: 'of the trace',
  user: 'user id',
  session: 'session id',
  level: 'worst level',
  model: 'that answered',
  tag: 'of the trace',
  env: 'environment',
  type: 'of a step',
  has: 'error',
  from: '-1h, -7d, or an instant',
  to: '-1h, -7d, or an instant',
}

/** What could follow at the caret: words first, and after a word the values that the store knows, most frequent first. */
export function completions(text: string, caret: number, facets: Facets | undefined): Completion[] {
  const token = tokensOf(text).find(({ start, end }) => start < caret && caret <= end)
  const place = token ?? { word: null, value: '', start: caret, end: caret }
  return (place.word === null ? words(place) : values(place, facets)).slice(0, SHOWN).map(({ label, hint, insert }) => {
    const head = text.slice(0, place.start) + insert
    return { label, hint, text: head + (insert.endsWith(' ') ? text.slice(place.end).trimStart() : text.slice(place.end)), caret: head.length }
  })
}

interface Choice {
  label: string
  hint: string
  insert: string
}

function words({ value }: Token): Choice[] {
  return [...Object.keys(WORDS), 'has']
    .filter((word) => word.startsWith(value.toLowerCase()))
    .map((word) => ({ label: `${word}:`, hint: HINTS[word] ?? '', insert: `${word}:` }))
}

function values({ word, value }: Token, facets: Facets | undefined): Choice[] {
  if (word === 'has') return 'error'.startsWith(value.toLowerCase()) ? [{ label: 'error', hint: '', insert: 'has:error ' }] : []
  if (word === 'from' || word === 'to') return RANGES.filter((range) => `-${range}`.startsWith(value)).map((range) => ({ label: `-${range}`, hint: `${RANGE_NAMES[range]} ago`, insert: `${word}:-${range} ` }))
  const known = facets?.[WORDS[word ?? ''] as Facet] ?? []
  return known
    .filter((facet) => facet.value.toLowerCase().includes(value.toLowerCase()) && facet.value !== value)
    .map((facet) => {
      const label = word === 'level' || word === 'type' ? facet.value.toLowerCase() : facet.value
      return { label, hint: String(facet.count), insert: `${word}:${quoted(label)} ` }
    })
}
