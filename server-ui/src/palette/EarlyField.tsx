import { useEffect, useRef } from 'react'

interface Props {
  onText: (text: string) => void
  onClose: () => void
}

/** Takes what is typed while the palette is being loaded: the page's shortcuts must not have it. */
export function EarlyField({ onText, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal?.(), [])
  return (
    <dialog ref={dialog} className="palette" aria-label="Command palette" onClose={onClose}>
      <input autoFocus aria-label="Trace id, name, page or action" placeholder="Trace id, name, page or action" onChange={(event) => onText(event.target.value)} />
    </dialog>
  )
}
