import { api } from '../api/client'
import { type Parsed, chunksOf } from './chunks'

/** Sends what is in a file to this server, as an exporter would. */
export async function importText(text: string, onProgress: (done: number, total: number) => void): Promise<Parsed> {
  const parsed = chunksOf(text)
  let done = 0
  onProgress(done, parsed.spans)
  for (const { body, spans } of parsed.chunks) {
    const answer = await api.ingest(body)
    const turnedAway = rejectionIn(answer)
    if (turnedAway) throw new Error(turnedAway)
    done += spans
    onProgress(done, parsed.spans)
  }
  return parsed
}

/** OTLP answers 200 even where it took only a part. */
function rejectionIn(answer: unknown): string | null {
  const partial = (answer as { partialSuccess?: { rejectedSpans?: number | string; errorMessage?: string } } | null)?.partialSuccess
  return Number(partial?.rejectedSpans ?? 0) > 0 ? (partial?.errorMessage ?? `${partial?.rejectedSpans} spans were rejected`) : null
}
