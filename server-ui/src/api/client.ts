import { written } from './parameters'
import type { Annotated, Annotation, Dataset, DatasetItem, DatasetRun, DatasetRunItem, ErrorBody, Facets, GroupPage, GroupQuery, ObservationBody, Page, PerformanceReport, PromptDraft, PromptSummary, PromptVersion, PublicScore, PublicTrace, SeriesQuery, ServerInfo, SessionDetail, StoredMedia, TraceDetail, TraceFilters, TraceListQuery, TracePage, TraceQuery, Volume } from './types'

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

function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request<T>(`/api/viewer${path}`, { signal, headers: { accept: 'application/json' } })
}

function getPublic<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request<T>(`/api/public${path}`, { signal, headers: { accept: 'application/json' } })
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
  info: (signal?: AbortSignal) => get<ServerInfo>('/info', signal),
  traces: (query: TraceListQuery, signal?: AbortSignal) => get<TracePage>(`/traces?${written(query)}`, signal),
  facets: (query: TraceFilters, signal?: AbortSignal) => get<Facets>(`/facets?${written(query)}`, signal),
  trace: (id: string, signal?: AbortSignal) => get<TraceDetail>(`/traces/${part(id)}`, signal),
  wholeTrace: (id: string, signal?: AbortSignal) => get<TraceDetail>(`/traces/${part(id)}?${written({ bodies: 'all' } satisfies TraceQuery)}`, signal),
  observation: (traceId: string, id: string, signal?: AbortSignal) =>
    get<ObservationBody>(`/traces/${part(traceId)}/observations/${part(id)}`, signal),
  publicTrace: (id: string) => getPublic<PublicTrace>(`/traces/${part(id)}`),
  /** Stores an OTLP/JSON request, as an exporter would. */
  ingest: (body: string) =>
    request<unknown>('/api/public/otel/v1/traces', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-langfuse-ingestion-version': '4' },
      body,
    }),
  performance: (query: SeriesQuery, signal?: AbortSignal) => get<PerformanceReport>(`/performance?${written(query)}`, signal),
  prompts: (page: number, signal?: AbortSignal) => getPublic<Page<PromptSummary>>(`/v2/prompts?page=${page}&limit=50`, signal),
  prompt: (name: string, version: number, signal?: AbortSignal) => getPublic<PromptVersion>(`/v2/prompts/${part(name)}?version=${version}&resolve=false`, signal),
  promptByName: (name: string, signal?: AbortSignal) => getPublic<Page<PromptSummary>>(`/v2/prompts?name=${part(name)}`, signal),
  labelPrompt: (name: string, version: number, newLabels: string[]) =>
    request<PromptVersion>(`/api/public/v2/prompts/${part(name)}/versions/${version}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ newLabels }),
    }),
  /** Adds a version to a prompt, or makes the prompt with its first. */
  createPrompt: (draft: PromptDraft) =>
    request<PromptVersion>('/api/public/v2/prompts', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(draft) }),
  datasets: (page: number, signal?: AbortSignal) => getPublic<Page<Dataset>>(`/v2/datasets?page=${page}&limit=50`, signal),
  dataset: (name: string, signal?: AbortSignal) => getPublic<Dataset>(`/v2/datasets/${part(name)}`, signal),
  datasetItems: (name: string, page: number, signal?: AbortSignal) => getPublic<Page<DatasetItem>>(`/dataset-items?datasetName=${part(name)}&page=${page}&limit=100`, signal),
  datasetRuns: (name: string, page: number, signal?: AbortSignal) => getPublic<Page<DatasetRun>>(`/datasets/${part(name)}/runs?page=${page}&limit=100`, signal),
  runItems: (datasetId: string, run: string, page: number, signal?: AbortSignal) =>
    getPublic<Page<DatasetRunItem>>(`/dataset-run-items?datasetId=${part(datasetId)}&runName=${part(run)}&page=${page}&limit=100`, signal),
  media: (id: string, signal?: AbortSignal) => getPublic<StoredMedia>(`/media/${part(id)}`, signal),
  volume: (query: SeriesQuery, signal?: AbortSignal) => get<Volume>(`/volume?${written(query)}`, signal),
  groups: (kind: 'users' | 'sessions', query: GroupQuery, signal?: AbortSignal) => get<GroupPage>(`/${kind}?${written(query)}`, signal),
  scores: (query: URLSearchParams, signal?: AbortSignal) => getPublic<Page<PublicScore>>(`/v2/scores?${query}`, signal),
  annotate: (annotation: Annotation) =>
    request<Annotated>('/api/viewer/scores', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(annotation) }),
  deleteScore: (id: string) => request<unknown>(`/api/viewer/scores/${part(id)}`, { method: 'DELETE' }),
  session: (id: string, signal?: AbortSignal) => get<SessionDetail>(`/sessions/${part(id)}`, signal),
}
