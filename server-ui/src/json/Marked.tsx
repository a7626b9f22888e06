import { useContext } from 'react'
import { SearchContext, pieces } from './search'

/** A text in which what is searched for stands out. */
export function Marked({ text }: { text: string }) {
  const search = useContext(SearchContext)
  if (!search) return text
  return pieces(text, search.text).map((piece, index) => (index % 2 === 1 ? <mark key={index}>{piece}</mark> : piece))
}
