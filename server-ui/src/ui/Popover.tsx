import { type ReactNode, useEffect, useId, useRef, useState } from 'react'

interface Props {
  label: string
  title?: string
  className?: string
  button: ReactNode
  children: (close: () => void) => ReactNode
}

/** A button that opens a small panel; Escape and a click elsewhere close it. */
export function Popover({ label, title = label, className = 'button', button, children }: Props) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const root = useRef<HTMLSpanElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    root.current?.querySelector<HTMLElement>('.popover-panel :is(input, textarea, button)')?.focus()
    const onPointer = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', onPointer)
    return () => document.removeEventListener('pointerdown', onPointer)
  }, [open])
  const close = () => {
    setOpen(false)
    trigger.current?.focus()
  }
  return (
    <span
      className="popover"
      ref={root}
      onKeyDown={(event) => {
        if (!open || event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        close()
      }}
    >
      <button ref={trigger} type="button" className={className} aria-label={label} title={title} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {button}
      </button>
      {open && (
        <div id={id} role="group" aria-label={label} className="popover-panel">
          {children(close)}
        </div>
      )}
    </span>
  )
}
