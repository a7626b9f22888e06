import { type KeyboardEvent, type ReactNode, useId } from 'react'
import { useOpen } from './useOpen'

export interface MenuItem {
  label: string
  hint?: string
  onSelect: () => void
}

interface Props {
  label: string
  items: MenuItem[]
  className?: string
  children: ReactNode
}

/** A button that opens a list of actions; arrow keys move in it, Escape and a click elsewhere close it. */
export function Menu({ label, items, className = 'button', children }: Props) {
  const { open, setOpen, close, root, trigger } = useOpen('[role=menuitem]')
  const id = useId()

  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return
    if (event.key === 'Escape') close()
    else if (!walk(root.current, event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <span className="menu" ref={root} onKeyDown={onKeyDown} onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      <button ref={trigger} type="button" className={className} title={label} aria-label={label} aria-haspopup="menu" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {children}
      </button>
      <span id={id} role="menu" aria-label={label} hidden={!open}>
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            onClick={() => {
              close()
              item.onSelect()
            }}
          >
            {item.label}
            {item.hint && <span className="faint">{item.hint}</span>}
          </button>
        ))}
      </span>
    </span>
  )
}

function walk(root: HTMLElement | null, key: string): boolean {
  const items = [...(root?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
  const at = items.findIndex((item) => item === document.activeElement)
  const next = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[key]
  if (next === undefined) return false
  items[next % items.length]?.focus()
  return true
}
