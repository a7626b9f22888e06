import { useQuery } from '@tanstack/react-query'
import { Download, FileText, Music, Image as Picture } from 'lucide-react'
import { api } from '../api/client'
import { bytes } from '../format/format'
import { isSound } from './files'
import type { FilePart } from './model'

/** A sound to listen to, a picture to look at, or a file to take along. */
export function FileView({ file }: { file: FilePart }) {
  return file.id === null ? <Included file={file} /> : <Kept file={file} id={file.id} />
}

function Included({ file: { source, mediaType, name } }: { file: FilePart }) {
  if (source === null) return <Card mediaType={mediaType} name={name} note="not included" />
  return <Shown source={source} mediaType={mediaType} name={name} size={Math.floor(((source.length - source.indexOf(',') - 1) * 3) / 4)} />
}

function Kept({ file: { mediaType, name }, id }: { file: FilePart; id: string }) {
  const { data, error } = useQuery({ queryKey: ['media', id], queryFn: ({ signal }) => api.media(id, signal), staleTime: 300_000 })
  if (!data) return <Card mediaType={mediaType} name={name} note={error ? 'not uploaded' : 'loading'} />
  const address = new URL(data.url, window.location.href)
  // The server names itself as its clients know it; pages may load from their own origin only.
  return <Shown source={`${address.pathname}${address.search}`} mediaType={data.contentType} name={name} size={data.contentLength} />
}

const SHOWABLE = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/

function Shown({ source, mediaType, name, size }: { source: string; mediaType: string; name: string | null; size: number }) {
  if (SHOWABLE.test(mediaType)) return <img className="picture" src={source} alt={name ?? `Attached, ${mediaType}`} />
  return (
    <>
      <Card mediaType={mediaType} name={name} note={bytes(size)} source={source} />
      {isSound(mediaType) && <audio className="sound" controls preload="none" src={source} aria-label={name ?? 'Sound'} />}
    </>
  )
}

function Card({ mediaType, name, note, source }: { mediaType: string; name: string | null; note: string; source?: string }) {
  const Icon = isSound(mediaType) ? Music : mediaType.startsWith('image/') ? Picture : FileText
  return (
    <p className="file-card">
      <Icon size={14} aria-hidden />
      <span className="clip">{name ?? mediaType}</span>
      <span className="faint">
        {name !== null && `${mediaType}, `}
        {note}
      </span>
      {source !== undefined && (
        <a className="copy" href={source} download={name ?? ''} aria-label={`Download ${name ?? mediaType}`} title="Download">
          <Download size={13} aria-hidden />
        </a>
      )}
    </p>
  )
}
