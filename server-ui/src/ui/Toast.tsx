import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { createPortal } from 'react-dom'

interface Props {
  kind?: 'error' | 'news'
  onClose?: () => void
  children: ReactNode
}

/** A short message in the corner: what is being done, was done, or could not be. */
export function Toast({ kind = 'news', onClose, children }: Props) {
  return createPortal(
    <div className="toast" data-kind={kind} role={kind === 'error' ? 'alert' : 'status'}>
      {children}
      {onClose && (
        <button type="button" className="icon-button" aria-label="Dismiss" onClick={onClose}>
          <X size={14} aria-hidden />
        </button>
      )}
    </div>,
    document.body,
  )
}
