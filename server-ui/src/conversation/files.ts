import { type Fields, type FilePart, type Part, isFields, textOf } from './model'

/** How an observation refers to bytes that the server keeps: type, id, and where they came from. */
const REFERENCE = /@@@langfuseMedia:type=([^|@]{1,100})\|id=([^|@]{1,200})\|source=[^|@]{1,40}@@@/

export const isSound = (mediaType: string) => mediaType.startsWith('audio/')

/** A text with the files that it refers to taken out of it. */
export function withFiles(text: string): Part[] {
  if (!text.includes('@@@langfuseMedia:')) return [{ kind: 'text', text }]
  const parts: Part[] = []
  let rest = text
  for (let match = REFERENCE.exec(rest); match; match = REFERENCE.exec(rest)) {
    const before = rest.slice(0, match.index)
    if (before.trim() !== '') parts.push({ kind: 'text', text: before })
    parts.push({ kind: 'file', mediaType: match[1] ?? '', name: null, source: null, id: match[2] ?? '' })
    rest = rest.slice(match.index + match[0].length)
  }
  if (rest.trim() !== '') parts.push({ kind: 'text', text: rest })
  return parts
}

/** A sound or a document of any provider. */
export function fileOf(part: Fields): FilePart {
  const inner = [part.input_audio, part.audio, part.file, part.source].find(isFields) ?? part
  const name = textOf(inner.filename, part.filename, part.title, inner.file_id, part.name)
  const data = textOf(inner.data, inner.file_data, part.data, part.file_data, part.content, part.text)
  const given = textOf(inner.media_type, inner.mime_type, inner.mimeType, part.mime_type, part.mimeType)
  const [kept] = data === null ? [] : withFiles(data)
  if (kept?.kind === 'file') return { ...kept, name }
  const uri = data !== null && data.startsWith('data:') ? data : null
  const mediaType = given ?? /^data:([\w.+/-]+)/.exec(uri ?? '')?.[1] ?? soundOf(inner, part) ?? 'application/octet-stream'
  const base64 = data !== null && /^[\w+/=\s]+$/.test(data) ? `data:${mediaType};base64,${data}` : null
  return { kind: 'file', mediaType, name, source: safe(uri ?? base64), id: null }
}

function soundOf(inner: Fields, part: Fields): string | null {
  const format = textOf(inner.format, part.format)
  return format === null ? (isFields(part.input_audio) || isFields(part.audio) ? 'audio/wav' : null) : `audio/${format === 'mp3' ? 'mpeg' : format.replace(/[^\w.+-]/g, '')}`
}

/** Only bytes: a type that a browser would run is made one that it saves. */
function safe(uri: string | null): string | null {
  if (uri === null || !/^data:[\w.+/-]+;base64,[\w+/=\s]*$/.test(uri)) return null
  return /^data:(audio\/|video\/|application\/pdf)/.test(uri) ? uri : uri.replace(/^data:[^;]+/, 'data:application/octet-stream')
}
