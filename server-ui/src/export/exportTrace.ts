import type { TraceBody } from '../api/types'
import { download, fileName } from './download'
import { type FullTrace, fullTrace } from './full'
import { htmlOf } from './html'
import { markdownOfTrace } from './markdown'
import { otlpOf } from './otlp'
import type { TraceFormat } from './formats'

interface Writer {
  ending: string
  type: string
  write: (full: FullTrace) => string
}

const WRITERS: Record<TraceFormat, Writer> = {
  json: { ending: 'json', type: 'application/json', write: ({ original }) => JSON.stringify(original, null, 2) },
  otlp: { ending: 'otlp.json', type: 'application/json', write: (full) => JSON.stringify(otlpOf(full)) },
  markdown: { ending: 'md', type: 'text/markdown', write: markdownOfTrace },
  html: { ending: 'html', type: 'text/html', write: htmlOf },
}

export async function exportTrace({ id, name }: TraceBody, format: TraceFormat): Promise<void> {
  const { ending, type, write } = WRITERS[format]
  download(fileName(name, id, ending), type, write(await fullTrace(id)))
}
