/** What the server answers under /api/viewer; the public API's types are generated (public.ts). Times are ISO-8601 in UTC with milliseconds; absent is null. */

import type { PageMeta } from './public'

export type { Dataset, DatasetItem, DatasetRun, DatasetRunItem, PromptDraft, PromptSummary, PromptVersion, Score as PublicScore } from './public'

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
  retention: {
    /** null where traces may get as old as they like. */
    keepDays: number | null
    keepBytes: number | null
    /** Since the start. */
    deletedTraces: number
  }
  health: {
    /** Acknowledged, and cannot be read yet. */
    waitingExports: number
    /** Stored, and cannot be found by their words yet. */
    notSearchable: number
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
  /** One entry for each name; on rows of the list only. */
  scores?: ScoreSummary[]
}

export type ScoreType = 'NUMERIC' | 'BOOLEAN' | 'CATEGORICAL' | 'TEXT' | 'CORRECTION'

/** What all scores of one name say together: numbers as their mean, words as the newest. */
export interface ScoreSummary {
  name: string
  dataType: ScoreType
  value: number | null
  stringValue: string | null
  count: number
}

export interface Score {
  id: string
  /** null when the whole trace is judged. */
  observationId: string | null
  name: string
  dataType: ScoreType
  value: number | null
  stringValue: string | null
  comment: string | null
  source: 'API' | 'ANNOTATION' | 'EVAL'
  metadata: unknown
  timestamp: string
}

export interface Volume {
  from: string
  to: string
  stepMs: number
  buckets: { at: string; traces: number; errors: number }[]
}

/** The traces of one user or of one session; what follows the sums is the newest trace's. */
export interface TraceGroup {
  id: string
  traces: number
  errors: number
  first: string
  last: string
  totalTokens: number | null
  totalCost: number | null
  name: string | null
  userId: string | null
  inputPreview: string | null
  outputPreview: string | null
}

export interface GroupPage {
  data: TraceGroup[]
  total: number
}

export interface TracePage {
  data: TraceRow[]
  nextCursor: string | null
  total: number
  /** False where the server stopped counting: there are at least that many. */
  totalIsExact?: boolean
}

export interface FacetValue {
  value: string
  count: number
}

export const FACETS = ['name', 'level', 'environment', 'model', 'type', 'tag', 'userId', 'sessionId', 'score'] as const
export type Facet = (typeof FACETS)[number]
export type Facets = Record<Facet, FacetValue[]>

/** Whose input and output are not sent unasked where they are very large. */
export interface Omittable {
  omittedBytes?: number | null
}

export interface TraceBody extends TraceRow, Omittable {
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
  scores: Score[]
}

export interface SessionTrace extends TraceRow, Omittable {
  input: unknown
  output: unknown
}

export interface SessionDetail {
  id: string
  traces: SessionTrace[]
}

/** How some traces, or calls of a model, went together. */
export interface Performance {
  count: number
  errors: number
  inputTokens: number | null
  outputTokens: number | null
  totalTokens: number | null
  totalCost: number | null
  p50Ms: number | null
  p95Ms: number | null
}

export interface PerformanceReport {
  from: string
  to: string
  stepMs: number
  buckets: (Performance & { at: string })[]
  total: Performance
  names: (Performance & { name: string })[]
  models: (Performance & { name: string })[]
}

/** A page of a list of the public API. */
export interface Page<T> {
  data: T[]
  meta: PageMeta
}

/** A file that the server keeps apart from the trace that it belongs to. */
export interface StoredMedia {
  mediaId: string
  contentType: string
  contentLength: number
  url: string
}

/** What is read of /api/public/traces/{id}. */
export interface PublicTrace {
  observations: { id: string; input?: unknown; output?: unknown; metadata?: unknown }[]
}
