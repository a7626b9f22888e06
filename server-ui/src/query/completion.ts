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

const SHOWN = 16
const HINTS: Record<string, string> = {
  name: 'of the trace',
  user: 'user id',
  session: 'session id',
  level: 'worst level',
  model: 'that answered',
  tag: 'of the trace',
  env: 'environment',
  type: 'of a step',
  latency: '>2s, <500ms, 1s..5s',
  tokens: '>1000',
  cost: '>0.01',
  score: 'quality<0.5, thumbs=no',
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

/** Bounds that are asked for often; any other can be typed. */
const BOUNDS: Record<string, string[]> = {
  latency: ['>1s', '>5s', '>30s', '<500ms'],
  tokens: ['>1000', '>10000', '>100000'],
  cost: ['>0.001', '>0.01', '>0.1'],
}

function words({ value }: Token): Choice[] {
  return [...Object.keys(WORDS), 'has']
    .filter((word) => word.startsWith(value.toLowerCase()))
    .map((word) => ({ label: `${word}:`, hint: HINTS[word] ?? '', insert: `${word}:` }))
}

function values({ word, value }: Token, facets: Facets | undefined): Choice[] {
  if (word === 'has') return 'error'.startsWith(value.toLowerCase()) ? [{ label: 'error', hint: '', insert: 'has:error ' }] : []
  if (word === 'from' || word === 'to') return RANGES.filter((range) => `-${range}`.startsWith(value)).map((range) => ({ label: `-${range}`, hint: `${RANGE_NAMES[range]} ago`, insert: `${word}:-${range} ` }))
  const bounds = BOUNDS[word ?? '']
  if (bounds) return bounds.filter((bound) => bound.startsWith(value) && bound !== value).map((bound) => ({ label: bound, hint: '', insert: `${word}:${bound} ` }))
  const known = facets?.[WORDS[word ?? ''] as Facet] ?? []
  return known
    .filter((facet) => facet.value.toLowerCase().includes(value.toLowerCase()) && facet.value !== value)
    .map((facet) => {
      const label = word === 'level' || word === 'type' ? facet.value.toLowerCase() : facet.value
      return { label, hint: String(facet.count), insert: `${word}:${quoted(label)} ` }
    })
}
