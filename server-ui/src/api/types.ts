/** What the server answers under /api/viewer. Times are ISO-8601 in UTC with milliseconds; absent is null. */

export type ObservationType =
  | 'SPAN'
  | 'GENERATION'
  | 'EVENT'
  | 'EMBEDDING'
  | 'AGENT'
  | 'TOOL'
  | 'CHAIN'
  | 'RETRIEVER'
  | 'EVALUATOR'
  | 'GUARDRAIL'

export type Level = 'DEBUG' | 'DEFAULT' | 'WARNING' | 'ERROR'

export interface Rejection {
  at: string
  reason: string
  count: number
}

export interface ServerInfo {
  version: string
  projectId: string
  projectName: string
  publicKey: string | null
  requireKeys: boolean
  host: string
  port: number
  baseUrl: string
  dataDir: string
  startedAt: string
  traces: number
  observations: number
  databaseBytes: number
  health: {
    receivedSpans: number
    storedSpans: number
    rejectedRequests: number
    lastRejections: Rejection[]
  }
}

export interface TraceRow {
  id: string
  name: string | null
  timestamp: string
  latencyMs: number | null
  observationCount: number
  errorCount: number
  warningCount: number
  totalTokens: number | null
  inputTokens: number | null
  outputTokens: number | null
  totalCost: number | null
  userId: string | null
  sessionId: string | null
  tags: string[]
  environment: string | null
  release: string | null
  version: string | null
  models: string[]
  level: Level
  inputPreview: string | null
  outputPreview: string | null
  running: boolean
}

export interface TracePage {
  data: TraceRow[]
  nextCursor: string | null
  total: number
}

export interface FacetValue {
  value: string
  count: number
}

export const FACETS = ['name', 'level', 'environment', 'model', 'type', 'tag', 'userId', 'sessionId'] as const
export type Facet = (typeof FACETS)[number]
export type Facets = Record<Facet, FacetValue[]>

export interface TraceBody extends TraceRow {
  public: boolean
  input: unknown
  output: unknown
  metadata: unknown
}

export interface ObservationRow {
  id: string
  traceId: string
  parentObservationId: string | null
  type: ObservationType
  name: string | null
  startTime: string
  endTime: string | null
  completionStartTime: string | null
  latencyMs: number | null
  timeToFirstTokenMs: number | null
  level: Level
  statusMessage: string | null
  model: string | null
  modelParameters: unknown
  usage: Record<string, number> | null
  cost: Record<string, number> | null
  inputTokens: number | null
  outputTokens: number | null
  totalTokens: number | null
  totalCost: number | null
  promptName: string | null
  promptVersion: number | string | null
  environment: string | null
  version: string | null
  inputBytes: number | null
  outputBytes: number | null
}

export interface ObservationBody extends ObservationRow {
  input: unknown
  output: unknown
  metadata: unknown
}

export interface TraceDetail {
  trace: TraceBody
  observations: ObservationRow[]
}

export interface SessionTrace extends TraceRow {
  input: unknown
  output: unknown
}

export interface SessionDetail {
  id: string
  traces: SessionTrace[]
}

/** What is read of /api/public/traces/{id}. */
export interface PublicTrace {
  observations: { id: string; input?: unknown; output?: unknown; metadata?: unknown }[]
}
