import { isFields } from '../conversation/model'

/** Requests of about this many spans: each is stored at once, and the reader sees how far it is. */
const SPANS = 500

export interface Chunk {
  body: string
  spans: number
}

export interface Parsed {
  chunks: Chunk[]
  spans: number
  traceIds: string[]
}

/** A file of OTLP/JSON: one request, or one per line as OpenTelemetry's file exporter writes them. Throws what to tell the reader. */
export function chunksOf(text: string): Parsed {
  const spans = requestsIn(text).flatMap(spansIn)
  if (spans.length === 0) throw new Error('There are no spans in it.')
  const chunks: Chunk[] = []
  for (let from = 0; from < spans.length; from += SPANS) {
    const part = spans.slice(from, from + SPANS)
    chunks.push({ body: JSON.stringify({ resourceSpans: grouped(part) }), spans: part.length })
  }
  const traceIds = [...new Set(spans.map(({ span }) => (isFields(span) ? String(span.traceId) : '')))]
  return { chunks, spans: spans.length, traceIds }
}

function requestsIn(text: string): unknown[] {
  const whole = parsed(text)
  const requests = whole === undefined ? text.split('\n').filter((line) => line.trim() !== '').map(lineOf) : [whole].flat()
  if (!requests.every((request) => isFields(request) && ('resourceSpans' in request || 'resource_spans' in request))) {
    throw new Error('It is not OTLP: an object with "resourceSpans" is expected.')
  }
  return requests
}

function lineOf(line: string): unknown {
  const value = parsed(line)
  if (value === undefined) throw new Error('It is not JSON.')
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

interface Placed {
  resource: unknown
  scope: unknown
  span: unknown
}

function spansIn(request: unknown): Placed[] {
  return children(request, 'resourceSpans', 'resource_spans').flatMap((resourceSpans) =>
    children(resourceSpans, 'scopeSpans', 'scope_spans').flatMap((scopeSpans) =>
      children(scopeSpans, 'spans').map((span) => ({ resource: field(resourceSpans, 'resource'), scope: field(scopeSpans, 'scope'), span })),
    ),
  )
}

function children(value: unknown, ...names: string[]): unknown[] {
  return names.flatMap((name) => {
    const found = field(value, name)
    return Array.isArray(found) ? (found as unknown[]) : []
  })
}

function field(value: unknown, name: string): unknown {
  return isFields(value) ? value[name] : undefined
}

function grouped(spans: Placed[]): unknown[] {
  const groups = new Map<string, { resource: unknown; scopeSpans: [{ scope: unknown; spans: unknown[] }] }>()
  for (const { resource, scope, span } of spans) {
    const key = JSON.stringify([resource, scope])
    const group = groups.get(key) ?? { resource, scopeSpans: [{ scope, spans: [] }] }
    group.scopeSpans[0].spans.push(span)
    groups.set(key, group)
  }
  return [...groups.values()]
}
