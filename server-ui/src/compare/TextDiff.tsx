import { useMemo } from 'react'
import { changesBetween, textOf } from './changes'

/** One text with what was taken out and what was put in; both are said by lines through and under them, not by colour alone. */
export function TextDiff({ title, left, right }: { title: string; left: unknown; right: unknown }) {
  const changes = useMemo(() => changesBetween(left, right), [left, right])
  const same = changes?.every(({ kind }) => kind === 'same')
  return (
    <section className="io" aria-label={`${title}, compared`}>
      <header>
        <h3>{title}</h3>
        <span className="faint">{same ? 'the same' : ''}</span>
      </header>
      {changes === null ? (
        <div className="diff-sides">
          <pre tabIndex={0}>{textOf(left)}</pre>
          <pre tabIndex={0}>{textOf(right)}</pre>
        </div>
      ) : (
        <div className="io-body diff" dir="auto">
          {changes.map(({ kind, text }, index) =>
            kind === 'added' ? <ins key={index}>{text}</ins> : kind === 'removed' ? <del key={index}>{text}</del> : <span key={index}>{text}</span>,
          )}
          {changes.length === 0 && <span className="faint">nothing on either side</span>}
        </div>
      )}
    </section>
  )
}
