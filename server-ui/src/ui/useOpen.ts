import { useEffect, useRef, useState } from 'react'

/** Something that a button opens: the focus goes to its first control, back to the button when it closes, and a click elsewhere closes it. */
export function useOpen(controls: string) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLSpanElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!open) return
    root.current?.querySelector<HTMLElement>(controls)?.focus()
    const onPointer = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false)
    }
    document.addEventListener('pointerdown', onPointer)
    return () => document.removeEventListener('pointerdown', onPointer)
  }, [open, controls])
  const close = () => {
    setOpen(false)
    trigger.current?.focus()
  }
  return { open, setOpen, close, root, trigger }
}
