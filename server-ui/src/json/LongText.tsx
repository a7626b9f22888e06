import { useContext, useState } from 'react'
import { download } from '../export/download'
import { bytes } from '../format/format'
import { Marked } from './Marked'
import { SearchContext } from './search'

const HEAD = 4_000
/** More than this at once would keep the browser from answering. */
const PIECE = 1_000_000

interface Props {
  text: string
  className: string
  quoted?: boolean
}

/** A long string shows its head and size first; a very long one grows piece by piece, and can be saved. */
export function LongText({ text, className, quoted = false }: Props) {
  const [wanted, setWanted] = useState(text.length <= HEAD * 1.5 ? text.length : HEAD)
  const whole = wanted >= text.length
  const from = useStart(text, whole)
  const shown = whole ? text : text.slice(from, from + wanted)
  const rest = text.length - wanted
  return (
    <span className={className} dir="auto">
      {from > 0 && '… '}
      <Marked text={quoted ? JSON.stringify(shown).slice(0, whole ? undefined : -1) : shown} />
      {!whole && (
        <button type="button" className="json-more" onClick={() => setWanted(wanted + PIECE)}>
          … {rest <= PIECE ? 'show all' : 'show more'} ({bytes(new Blob([text]).size)})
        </button>
      )}
      {!whole && text.length > PIECE && (
        <button type="button" className="json-more" onClick={() => download('value.txt', 'text/plain', text)}>
          download
        </button>
      )}
    </span>
  )
}

/** A long string whose match lies further down begins shortly before it. */
function useStart(text: string, whole: boolean): number {
  const search = useContext(SearchContext)
  if (!search || whole) return 0
  const at = text.toLowerCase().indexOf(search.text.toLowerCase())
  return at < HEAD ? 0 : at - 200
}
