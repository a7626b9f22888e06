import { type Fields, isFields, textOf } from '../conversation/model'

export interface RetrievedDocument {
  title: string | null
  text: string
  score: number | null
  metadata: unknown
}

/** What a retriever found, in the forms of LangChain, LangChain4j, Spring AI and the like; null when it is something else. */
export function documentsIn(output: unknown): RetrievedDocument[] | null {
  const list = isFields(output)
    ? [output.documents, output.matches, output.results, output.contents, output.passages].find(Array.isArray)
    : output
  if (!Array.isArray(list) || list.length === 0) return null
  const documents = list.map(documentOf)
  return documents.every((document) => document !== null) ? documents : null
}

function documentOf(item: unknown): RetrievedDocument | null {
  if (!isFields(item)) return null
  const inner = [item.document, item.textSegment, item.embedded, item.payload].find(isFields) ?? item
  const metadata = [inner.metadata, item.metadata].find(isFields) ?? {}
  const text = textOf(inner.text, inner.content, inner.page_content, inner.pageContent, inner.passage, inner.snippet)
  if (text === null) return null
  const title = textOf(inner.title, inner.name, metadata.title, metadata.source, metadata.file_name, inner.source, inner.id, item.id)
  return { title, text, score: scoreOf(item) ?? scoreOf(inner) ?? scoreOf(metadata), metadata }
}

function scoreOf(fields: Fields): number | null {
  const score = [fields.score, fields.relevance_score, fields.similarity].find((value) => typeof value === 'number')
  return (score as number | undefined) ?? null
}
