import { type ReactNode, useId } from 'react'
import { useOpen } from './useOpen'

interface Props {
  label: string
  title?: string
  className?: string
  button: ReactNode
  children: (close: () => void) => ReactNode
}

/** A button that opens a small panel; Escape and a click elsewhere close it. */
export function Popover({ label, title = label, className = 'button', button, children }: Props) {
  const { open, setOpen, close, root, trigger } = useOpen('.popover-panel :is(input, textarea, button, a)')
  const id = useId()
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
