/** What the server answers, by the names that the viewer uses: generated for the public API (public.ts) and for the viewer's (viewer.ts). */

import type { PageMeta, Reads as PublicReads } from './public'
import type { Facets, Reads as ViewerReads } from './viewer'

export type { Dataset, DatasetItem, DatasetRun, DatasetRunItem, Media as StoredMedia, PromptDraft, PromptSummary, PromptVersion, Score as PublicScore, Trace as PublicTrace } from './public'
export type {
  Annotated,
  Annotation,
  Error as ErrorBody,
  FacetValue,
  Facets,
  GroupPage,
  GroupQuery,
  Level,
  LiveEvents,
  ObservationBody,
  ObservationRow,
  ObservationType,
  Performance,
  PerformanceReport,
  Score,
  ScoreSummary,
  SeriesQuery,
  ServerInfo,
  SessionDetail,
  SessionTrace,
  TraceBody,
  TraceChange,
  TraceDetail,
  TraceFilters,
  TraceGroup,
  TraceListQuery,
  TracePage,
  TraceQuery,
  TraceRow,
  Volume,
} from './viewer'

/** What a list can be narrowed by. */
export type Facet = keyof Facets

export const FACETS = ['name', 'level', 'environment', 'model', 'type', 'tag', 'userId', 'sessionId', 'score'] as const satisfies readonly Facet[]

/** What can be read from the server, by its address. */
export interface Reads extends PublicReads, ViewerReads {}

/** What the list of scores can be narrowed by. */
export type ScoresQuery = Reads['/api/public/v2/scores']['query']

/** A page of a list of the public API. */
export interface Page<T> {
  data: T[]
  meta: PageMeta
}
