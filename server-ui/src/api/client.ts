import { written } from './parameters'
import type { Annotated, Annotation, ErrorBody, GroupQuery, PromptDraft, PromptVersion, Reads, ScoresQuery, SeriesQuery, TraceFilters, TraceListQuery } from './types'

/** An answer that is not 2xx, or no answer at all (status 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
    this.name = 'ApiError'
  }
}

/** The words in braces of an address: what they stand for has to be given. */
type Named<P extends string> = P extends `${string}{${infer Name}}${infer Rest}` ? { [key in Name]: string } & Named<Rest> : unknown

/** Reads what is described under an address, asking for nothing that is not. */
export function read<P extends keyof Reads>(path: P, { query, signal, ...named }: { query?: Reads[P]['query']; signal?: AbortSignal } & Named<P>): Promise<Reads[P]['answer']> {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => part((named as Record<string, string>)[name] ?? ''))
  const asked = written(query ?? {}).toString()
  return request(asked === '' ? address : `${address}?${asked}`, { signal, headers: { accept: 'application/json' } })
}

async function request<T>(url: string, init: RequestInit): Promise<T> {
  return (await (await send(url, init)).json()) as T
}

async function send(url: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, init)
  } catch (failure) {
    if (init.signal?.aborted) throw failure
    throw new ApiError(0, 'The server does not answer')
  }
  if (!response.ok) throw new ApiError(response.status, await messageOf(response))
  return response
}

/** btoa takes Latin-1 only, and keys are of one's own choosing. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}

async function messageOf(response: Response): Promise<string> {
  const text = await response.text()
  try {
    const { message, error } = JSON.parse(text) as Partial<ErrorBody>
    return message ?? (typeof error === 'string' ? error : text)
  } catch {
    return text.slice(0, 200) || response.statusText
  }
}

const part = encodeURIComponent

export const api = {
  /** The browser is known by a cookie from then on. */
  signIn: (publicKey: string, secretKey: string) =>
    send('/api/viewer/sign-in', { method: 'POST', headers: { authorization: `Basic ${base64(`${publicKey}:${secretKey}`)}` } }),
  signOut: () => send('/api/viewer/sign-in', { method: 'DELETE' }),
  info: (signal?: AbortSignal) => read('/api/viewer/info', { signal }),
  traces: (query: TraceListQuery, signal?: AbortSignal) => read('/api/viewer/traces', { query, signal }),
  facets: (query: TraceFilters, signal?: AbortSignal) => read('/api/viewer/facets', { query, signal }),
  trace: (traceId: string, signal?: AbortSignal) => read('/api/viewer/traces/{traceId}', { traceId, signal }),
  wholeTrace: (traceId: string, signal?: AbortSignal) => read('/api/viewer/traces/{traceId}', { traceId, query: { bodies: 'all' }, signal }),
  observation: (traceId: string, observationId: string, signal?: AbortSignal) => read('/api/viewer/traces/{traceId}/observations/{observationId}', { traceId, observationId, signal }),
  publicTrace: (traceId: string) => read('/api/public/traces/{traceId}', { traceId }),
  /** Stores an OTLP/JSON request, as an exporter would. */
  ingest: (body: string) =>
    request<unknown>('/api/public/otel/v1/traces', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-langfuse-ingestion-version': '4' },
      body,
    }),
  performance: (query: SeriesQuery, signal?: AbortSignal) => read('/api/viewer/performance', { query, signal }),
  prompts: (page: number, signal?: AbortSignal) => read('/api/public/v2/prompts', { query: { page, limit: 50 }, signal }),
  prompt: (promptName: string, version: number, signal?: AbortSignal) => read('/api/public/v2/prompts/{promptName}', { promptName, query: { version, resolve: false }, signal }),
  promptByName: (name: string, signal?: AbortSignal) => read('/api/public/v2/prompts', { query: { name }, signal }),
  labelPrompt: (name: string, version: number, newLabels: string[]) =>
    request<PromptVersion>(`/api/public/v2/prompts/${part(name)}/versions/${version}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ newLabels }),
    }),
  /** Adds a version to a prompt, or makes the prompt with its first. */
  createPrompt: (draft: PromptDraft) =>
    request<PromptVersion>('/api/public/v2/prompts', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(draft) }),
  datasets: (page: number, signal?: AbortSignal) => read('/api/public/v2/datasets', { query: { page, limit: 50 }, signal }),
  dataset: (name: string, signal?: AbortSignal) => read('/api/public/v2/datasets/{name}', { name, signal }),
  datasetItems: (datasetName: string, page: number, signal?: AbortSignal) => read('/api/public/dataset-items', { query: { datasetName, page, limit: 100 }, signal }),
  datasetRuns: (name: string, page: number, signal?: AbortSignal) => read('/api/public/datasets/{name}/runs', { name, query: { page, limit: 100 }, signal }),
  runItems: (datasetId: string, runName: string, page: number, signal?: AbortSignal) => read('/api/public/dataset-run-items', { query: { datasetId, runName, page, limit: 100 }, signal }),
  media: (mediaId: string, signal?: AbortSignal) => read('/api/public/media/{mediaId}', { mediaId, signal }),
  volume: (query: SeriesQuery, signal?: AbortSignal) => read('/api/viewer/volume', { query, signal }),
  groups: (kind: 'users' | 'sessions', query: GroupQuery, signal?: AbortSignal) => read(`/api/viewer/${kind}`, { query, signal }),
  scores: (query: ScoresQuery, signal?: AbortSignal) => read('/api/public/v2/scores', { query, signal }),
  annotate: (annotation: Annotation) =>
    request<Annotated>('/api/viewer/scores', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(annotation) }),
  deleteScore: (id: string) => request<unknown>(`/api/viewer/scores/${part(id)}`, { method: 'DELETE' }),
  session: (sessionId: string, signal?: AbortSignal) => read('/api/viewer/sessions/{sessionId}', { sessionId, signal }),
}
