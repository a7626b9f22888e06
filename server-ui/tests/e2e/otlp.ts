import { randomBytes } from 'node:crypto'

/** One observation, as a test writes it down; times in milliseconds after the start of its trace. */
export interface Step {
  name: string
  type: string
  start: number
  end: number
  input?: unknown
  output?: unknown
  model?: string
  parameters?: Record<string, unknown>
  usage?: Record<string, number>
  cost?: Record<string, number>
  firstToken?: number
  level?: string
  statusMessage?: string
  children?: Step[]
}

export interface TraceOptions {
  at: Date
  id?: string
  user?: string
  session?: string
  tags?: string[]
  environment?: string
}

type Value = { stringValue: string } | { arrayValue: { values: { stringValue: string }[] } }
export interface Span {
  traceId: string
  spanId: string
  parentSpanId?: string
  [field: string]: unknown
}

export const newTraceId = () => randomBytes(16).toString('hex')

/** The spans of a trace, parents before children, with the attributes that Langfuse's SDKs set. */
export function spansOf(root: Step, options: TraceOptions): Span[] {
  const traceId = options.id ?? newTraceId()
  const nanos = (ms: number) => `${options.at.getTime() + ms}000000`
  const convert = (step: Step, parentSpanId?: string): Span[] => {
    const spanId = randomBytes(8).toString('hex')
    const span: Span = {
      traceId,
      spanId,
      ...(parentSpanId ? { parentSpanId } : {}),
      name: step.name,
      kind: 1,
      startTimeUnixNano: nanos(step.start),
      endTimeUnixNano: nanos(step.end),
      attributes: Object.entries(attributesOf(step, root, options)).map(([key, value]) => ({ key, value })),
      status: step.level === 'ERROR' ? { code: 2, message: step.statusMessage } : {},
    }
    return [span, ...(step.children ?? []).flatMap((child) => convert(child, spanId))]
  }
  return convert(root)
}

function attributesOf(step: Step, root: Step, { at, user, session, tags, environment }: TraceOptions): Record<string, Value> {
  const given: Record<string, unknown> = {
    'langfuse.observation.type': step.type,
    'langfuse.observation.input': step.input,
    'langfuse.observation.output': step.output,
    'langfuse.observation.model.name': step.model,
    'langfuse.observation.model.parameters': step.parameters,
    'langfuse.observation.usage_details': step.usage,
    'langfuse.observation.cost_details': step.cost,
    'langfuse.observation.completion_start_time':
      step.firstToken === undefined ? undefined : JSON.stringify(new Date(at.getTime() + step.firstToken)),
    'langfuse.observation.level': step.level,
    'langfuse.observation.status_message': step.statusMessage,
    'langfuse.trace.name': root.name,
    'user.id': user,
    'session.id': session,
    'langfuse.environment': environment,
  }
  const attributes: Record<string, Value> = {}
  for (const [key, value] of Object.entries(given)) {
    if (value !== undefined) attributes[key] = { stringValue: typeof value === 'string' ? value : JSON.stringify(value) }
  }
  if (tags) attributes['langfuse.trace.tags'] = { arrayValue: { values: tags.map((tag) => ({ stringValue: tag })) } }
  return attributes
}

export async function send(baseUrl: string, spans: Span[], headers: Record<string, string> = {}): Promise<void> {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'helpdesk' } }] }
  const scopeSpans = [{ scope: { name: 'langfuse-sdk', version: '0.1.0' }, spans }]
  const response = await fetch(`${baseUrl}/api/public/otel/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-langfuse-ingestion-version': '4', ...headers },
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans }] }),
  })
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
}

/** Sends JSON to the public API, as a program would. */
export async function post(url: string, body: unknown, method = 'POST'): Promise<void> {
  const response = await fetch(url, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
}
