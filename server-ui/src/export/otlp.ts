import { type Fields, isFields } from '../conversation/model'
import type { FullTrace } from './full'

type Value =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number }
  | { arrayValue: { values: Value[] } }
export interface Attribute {
  key: string
  value: Value
}

type FullObservation = FullTrace['observations'][number]

/** Metadata that came from the span's surroundings; it goes back to where it came from. */
const SURROUNDINGS = ['resourceAttributes', 'scope', 'attributes']

/**
 * The trace as an OTLP/JSON request that any OpenTelemetry backend takes, and that this server stores as the same trace
 * again. What Langfuse knows is written in the attributes of its SDKs; other attributes of the spans are kept.
 */
export function otlpOf({ trace, observations }: FullTrace) {
  const groups = new Map<string, { observation: FullObservation; spans: unknown[] }>()
  for (const observation of observations) {
    const key = JSON.stringify([resourceOf(observation), scopeOf(observation)])
    const group = groups.get(key) ?? { observation, spans: [] }
    group.spans.push(spanOf(observation, trace))
    groups.set(key, group)
  }
  return {
    resourceSpans: [...groups.values()].map(({ observation, spans }) => ({
      resource: { attributes: attributes(resourceOf(observation)) },
      scopeSpans: [{ scope: scopeOf(observation), spans }],
    })),
  }
}

function spanOf(observation: FullObservation, trace: FullTrace['trace']) {
  const { traceId, id, parentObservationId, name, startTime, endTime, level, statusMessage } = observation
  return {
    traceId,
    spanId: id,
    ...(parentObservationId ? { parentSpanId: parentObservationId } : {}),
    name: name ?? '',
    kind: 1,
    startTimeUnixNano: nanos(startTime),
    endTimeUnixNano: nanos(endTime ?? startTime),
    attributes: attributes({ ...fields(metadataOf(observation).attributes), ...known(observation), ...traceAttributes(trace, observation) }),
    status: level === 'ERROR' ? { code: 2, ...(statusMessage ? { message: statusMessage } : {}) } : {},
  }
}

function known(observation: FullObservation): Fields {
  const own = Object.entries(metadataOf(observation)).filter(([key]) => !SURROUNDINGS.includes(key))
  return {
    'langfuse.observation.type': observation.type.toLowerCase(),
    'langfuse.observation.level': observation.level,
    'langfuse.observation.status_message': observation.statusMessage,
    'langfuse.observation.input': text(observation.input),
    'langfuse.observation.output': text(observation.output),
    'langfuse.observation.model.name': observation.model,
    'langfuse.observation.model.parameters': json(observation.modelParameters),
    'langfuse.observation.usage_details': json(observation.usage),
    'langfuse.observation.cost_details': json(observation.cost),
    'langfuse.observation.completion_start_time': json(observation.completionStartTime),
    'langfuse.observation.prompt.name': observation.promptName,
    'langfuse.observation.prompt.version': observation.promptVersion,
    'langfuse.environment': observation.environment,
    'langfuse.version': observation.version,
    ...Object.fromEntries(own.map(([key, value]) => [`langfuse.observation.metadata.${key}`, text(value)])),
  }
}

function traceAttributes(trace: FullTrace['trace'], observation: FullObservation): Fields {
  const own = Object.entries(fields(trace.metadata)).filter(([key]) => !SURROUNDINGS.includes(key))
  const root = observation.parentObservationId === null
  return {
    'langfuse.trace.name': trace.name,
    'user.id': trace.userId,
    'session.id': trace.sessionId,
    'langfuse.release': trace.release,
    'langfuse.trace.tags': trace.tags.length > 0 ? trace.tags : null,
    'langfuse.trace.public': trace.public || null,
    ...(root && {
      'langfuse.trace.input': text(trace.input),
      'langfuse.trace.output': text(trace.output),
      ...Object.fromEntries(own.map(([key, value]) => [`langfuse.trace.metadata.${key}`, text(value)])),
    }),
  }
}

const metadataOf = (observation: FullObservation): Fields => fields(observation.metadata)
const resourceOf = (observation: FullObservation): Fields => fields(metadataOf(observation).resourceAttributes)

function scopeOf(observation: FullObservation) {
  const { name, version, attributes: given } = fields(metadataOf(observation).scope)
  return { name: String(name ?? ''), version: String(version ?? ''), attributes: attributes(fields(given)) }
}

function fields(value: unknown): Fields {
  return isFields(value) ? value : {}
}

function attributes(given: Fields): Attribute[] {
  return Object.entries(given).flatMap(([key, value]) => (value === null || value === undefined ? [] : [{ key, value: valueOf(value) }]))
}

function valueOf(value: unknown): Value {
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  if (Array.isArray(value)) return { arrayValue: { values: value.filter((item) => item !== null).map(valueOf) } }
  return { stringValue: typeof value === 'string' ? value : JSON.stringify(value) }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : json(value)
}

function json(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value)
}

/** Stored instants have milliseconds. */
function nanos(iso: string): string {
  return `${Date.parse(iso)}000000`
}
