import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { type Actions, type Command, commandsFor, matching } from './commands'
import { useFound } from './useFound'

interface Props {
  /** What has been typed already. */
  typed: string
  actions: Actions
  onClose: () => void
}

/** One field for everything: an id, a name, a page, an action. */
export default function Palette({ typed, actions, onClose }: Props) {
  const [text, setText] = useState(typed)
  const [at, setAt] = useState(0)
  const [path, navigate] = useLocation()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const { rows, names } = useFound(text)
  const found = matching(text, commandsFor(/\/traces?\/[^/]+$/.test(path) ? path : null, actions), names, rows)
  const current = Math.min(at, found.length - 1)
  useEffect(() => dialog.current?.showModal?.(), [])
  useEffect(() => {
    document.getElementById(`${id}-${current}`)?.scrollIntoView?.({ block: 'nearest' })
  }, [id, current])

  const choose = (command: Command | undefined) => {
    if (!command) return
    onClose()
    if (command.href !== undefined) navigate(command.href)
    else command.run?.()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setAt((current + step + found.length) % Math.max(1, found.length))
    else if (event.key === 'Enter') choose(found[current])
    else return
    event.preventDefault()
  }
  return (
    <dialog ref={dialog} className="palette" aria-label="Command palette" onClose={onClose} onClick={(event) => event.target === dialog.current && onClose()}>
      <input
        autoFocus
        role="combobox"
        aria-label="Trace id, name, page or action"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={found.length > 0 ? `${id}-${current}` : undefined}
        placeholder="Trace id, name, page or action"
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={`${id}-list`} aria-label="Commands">
        {found.map((command, index) => (
          <Option key={command.id} command={command} id={`${id}-${index}`} selected={index === current} onChoose={() => choose(command)} />
        ))}
      </div>
    </dialog>
  )
}

function Option({ command, id, selected, onChoose }: { command: Command; id: string; selected: boolean; onChoose: () => void }) {
  return (
    <div role="option" id={id} aria-selected={selected} onClick={onChoose}>
      <span className="palette-group">{command.group}</span>
      <span className="palette-label clip" dir="auto">{command.label}</span>
      {command.hint && <span className="faint clip" dir="auto">{command.hint}</span>}
    </div>
  )
}
