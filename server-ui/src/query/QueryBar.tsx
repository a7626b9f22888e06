import { useQuery } from '@tanstack/react-query'
import { Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { facetsQuery } from '../api/queries'
import type { Filters } from '../traces/filters'
import { useKeys } from '../ui/keyboard'
import { type Completion, completions } from './completion'
import { useDraft } from './useDraft'
import './query.css'

/** One line for every filter and for text; it says what the facets say, in words. */
export function QueryBar({ filters }: { filters: Filters }) {
  const { text, setText, commit } = useDraft(filters)
  const [focused, setFocused] = useState(false)
  const [caret, setCaret] = useState(0)
  const [at, setAt] = useState(-1)
  const input = useRef<HTMLInputElement>(null)
  const wanted = useRef<number | null>(null)
  const id = useId()
  const { data: facets } = useQuery({ ...facetsQuery(''), enabled: focused })
  const offered = focused ? completions(text, caret, facets) : []
  const current = offered[at]
  useKeys({
    '/': () => {
      input.current?.focus()
      input.current?.select()
    },
  })
  useEffect(() => {
    if (wanted.current === null) return
    input.current?.setSelectionRange(wanted.current, wanted.current)
    wanted.current = null
  }, [text])

  const type = (next: string, place: number) => {
    setText(next)
    setCaret(place)
    setAt(-1)
  }
  const complete = (completion: Completion) => {
    wanted.current = completion.caret
    type(completion.text, completion.caret)
    input.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && offered.length > 0) setAt(Math.max(-1, Math.min(offered.length - 1, at + step)))
    else if ((event.key === 'Enter' || event.key === 'Tab') && current) complete(current)
    else if (event.key === 'Enter') commit()
    else if (event.key === 'Escape') event.currentTarget.blur()
    else return
    event.preventDefault()
  }
  return (
    <div className="search">
      <Search size={14} aria-hidden />
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label="Search traces"
        aria-autocomplete="list"
        aria-expanded={offered.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={current && `${id}-${at}`}
        autoComplete="off"
        spellCheck={false}
        value={text}
        placeholder="Search, or name: user: tag: model: has:error …"
        onFocus={() => setFocused(true)}
        onBlur={() => {
          setFocused(false)
          commit()
        }}
        onChange={(event) => type(event.target.value, event.target.selectionStart ?? event.target.value.length)}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
        onKeyDown={onKeyDown}
      />
      {text === '' ? (
        <kbd aria-hidden>/</kbd>
      ) : (
        <button
          type="button"
          className="icon-button clear"
          aria-label="Clear filters"
          title="Clear filters"
          onClick={() => {
            setText('')
            filters.clear()
          }}
        >
          <X size={14} aria-hidden />
        </button>
      )}
      <div id={`${id}-list`} role="listbox" aria-label="Completions" className="completions" hidden={offered.length === 0}>
        {offered.map((completion, index) => (
          <div key={completion.label} id={`${id}-${index}`} role="option" aria-selected={index === at} onPointerDown={(event) => event.preventDefault()} onClick={() => complete(completion)}>
            <span className="clip">{completion.label}</span>
            <span className="soft">{completion.hint}</span>
          </div>
        ))}
      </div>
    </div>
  )
}
