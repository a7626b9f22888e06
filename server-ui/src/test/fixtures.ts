import type { DatasetItem, DatasetRun, DatasetRunItem, ObservationRow, PromptVersion, TraceBody, TraceRow } from '../api/types'

const START = Date.parse('2026-01-01T10:00:00.000Z')

/** An instant so many milliseconds after the start of the test trace. */
export function at(ms: number): string {
  return new Date(START + ms).toISOString()
}

export function observation(id: string, given: Partial<ObservationRow> = {}): ObservationRow {
  const startTime = given.startTime ?? at(0)
  const endTime = given.endTime === undefined ? at(1000) : given.endTime
  return {
    id,
    traceId: 't1',
    parentObservationId: null,
    type: 'SPAN',
    name: id,
    completionStartTime: null,
    latencyMs: endTime === null ? null : Date.parse(endTime) - Date.parse(startTime),
    timeToFirstTokenMs: null,
    level: 'DEFAULT',
    statusMessage: null,
    model: null,
    modelParameters: null,
    usage: {},
    cost: {},
    inputTokens: null,
    outputTokens: null,
    totalTokens: null,
    totalCost: null,
    pricingTier: null,
    promptName: null,
    promptVersion: null,
    environment: 'default',
    version: null,
    inputBytes: null,
    outputBytes: null,
    ...given,
    startTime,
    endTime,
  }
}

export function traceRow(id: string, given: Partial<TraceRow> = {}): TraceRow {
  return {
    id,
    name: `trace ${id}`,
    timestamp: at(0),
    latencyMs: 1240,
    observationCount: 5,
    errorCount: 0,
    warningCount: 0,
    totalTokens: 812,
    inputTokens: 700,
    outputTokens: 112,
    totalCost: 0.0042,
    userId: null,
    sessionId: null,
    tags: [],
    environment: 'default',
    release: null,
    version: null,
    models: [],
    types: [],
    level: 'DEFAULT',
    public: false,
    inputPreview: 'Why is the sky blue?',
    outputPreview: 'Rayleigh scattering.',
    running: false,
    ...given,
  }
}

export function traceBody(id: string, given: Partial<TraceBody> = {}): TraceBody {
  return { ...traceRow(id), input: null, output: null, omittedBytes: null, metadata: null, ...given }
}

export function promptVersion(given: Partial<PromptVersion> = {}): PromptVersion {
  return { id: 'p1', createdAt: at(0), updatedAt: at(0), projectId: 'local', createdBy: 'API', prompt: '', name: 'prompt', version: 1, type: 'text', config: {}, tags: [], labels: [], commitMessage: null, resolutionGraph: null, isActive: false, ...given }
}

export function datasetItem(id: string, given: Partial<DatasetItem> = {}): DatasetItem {
  return { id, datasetId: 'd1', datasetName: 'dataset', status: 'ACTIVE', sourceTraceId: null, sourceObservationId: null, createdAt: at(0), updatedAt: at(0), input: null, expectedOutput: null, metadata: null, mediaReferences: [], ...given }
}

export function datasetRun(id: string, given: Partial<DatasetRun> = {}): DatasetRun {
  return { id, name: id, description: null, metadata: {}, datasetId: 'd1', datasetName: 'dataset', createdAt: at(0), updatedAt: at(0), ...given }
}

export function runItem(given: Partial<DatasetRunItem>): DatasetRunItem {
  return { id: 'ri', datasetRunId: 'r1', datasetRunName: 'run', datasetItemId: 'i1', traceId: 't1', observationId: null, createdAt: at(0), updatedAt: at(0), ...given }
}
