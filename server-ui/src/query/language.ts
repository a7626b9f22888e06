import type { FilterKey, FilterValues } from '../traces/filters'

/**
 * The words of the query bar and the filters they stand for. The facets write the same filters: there is one truth.
 * A word can be repeated: of names, users or tags any will do, while every bound and every score has to hold.
 */
export const WORDS: Record<string, FilterKey> = {
  name: 'name',
  user: 'userId',
  session: 'sessionId',
  level: 'level',
  model: 'model',
  tag: 'tag',
  env: 'environment',
  type: 'type',
  latency: 'latency',
  tokens: 'tokens',
  cost: 'cost',
  score: 'score',
  from: 'from',
  to: 'to',
}

export interface Token {
  /** "name", "has", or null for free text. */
  word: string | null
  value: string
  start: number
  end: number
}

/** A word, perhaps followed by a value in quotes; what no word claims is text to search for. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(/([A-Za-z]+):(?=\s|$)|(?:([A-Za-z]+):)?("(?:[^"\\]|\\.)*"?|\S+)/g)) {
    const word = (match[1] ?? match[2])?.toLowerCase()
    const known = word !== undefined && (word in WORDS || word === 'has')
    tokens.push({
      word: known ? word : null,
      value: known ? unquoted(match[3] ?? '') : word === undefined ? unquoted(match[3] ?? '') : match[0],
      start: match.index,
      end: match.index + match[0].length,
    })
  }
  return tokens
}

/** There is one beginning and one end; the last that is typed counts. */
const SINGLE: ReadonlySet<FilterKey> = new Set(['from', 'to'])

export function parse(text: string): FilterValues {
  const query: FilterValues = {}
  const free: string[] = []
  for (const { word, value } of tokensOf(text)) {
    if (word === null) free.push(value)
    else if (word === 'has') {
      if (value.toLowerCase() === 'error') query.hasError = ['true']
    } else if (value !== '') {
      const key = WORDS[word] as FilterKey
      const before = SINGLE.has(key) ? [] : (query[key] ?? [])
      query[key] = [...new Set([...before, cased(word, value)])]
    }
  }
  if (free.length > 0) query.search = [free.join(' ')]
  return query
}

/** The server compares levels and types as it writes them. */
function cased(word: string, value: string): string {
  return word === 'level' || word === 'type' ? value.toUpperCase() : value
}

/** The filters as somebody would type them; parsing that gives the same filters. */
export function format(query: FilterValues): string {
  const words = Object.entries(WORDS).flatMap(([word, key]) =>
    (query[key] ?? []).map((value) => `${word}:${quoted(word === 'level' || word === 'type' ? value.toLowerCase() : value)}`),
  )
  const has = query.hasError?.[0] === 'true' ? ['has:error'] : []
  return [...words, ...has, ...(query.search ?? []).map(freely)].join(' ')
}

/** Text that would read as a word with a value is quoted, and so is text with more than single blanks. */
function freely(text: string): string {
  const plain = tokensOf(text).every(({ word }) => word === null) && parse(text).search?.[0] === text
  return plain ? text : quoted(text, true)
}

export function quoted(value: string, always = false): string {
  return always || /[\s"\\]/.test(value) || value === '' ? `"${value.replace(/[\\"]/g, '\\$&')}"` : value
}

function unquoted(value: string): string {
  if (!value.startsWith('"')) return value
  return value.slice(1, /[^\\](?:\\\\)*"$/.test(value) && value.length > 1 ? -1 : undefined).replace(/\\(.)/g, '$1')
}
