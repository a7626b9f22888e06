import { Check, ClipboardCopy } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ObservationBody } from '../api/types'
import { copy } from '../ui/CopyButton'
import { Menu } from '../ui/Menu'
import { COPIES } from './observationText'

type Kind = keyof typeof COPIES

export function CopyAs({ body }: { body: ObservationBody }) {
  const [copied, setCopied] = useState<Kind | null>(null)
  useEffect(() => {
    if (copied === null) return
    const timer = setTimeout(() => setCopied(null), 1500)
    return () => clearTimeout(timer)
  }, [copied])
  const take = async (kind: Kind) => {
    if (await copy(COPIES[kind](body, window.location.origin))) setCopied(kind)
  }
  const hints: Record<Kind, string> = {
    curl: body.type === 'GENERATION' ? 'call again' : 'read from here',
    Java: body.type === 'GENERATION' ? 'call again' : 'observe',
    Markdown: 'to read',
  }
  const Icon = copied === null ? ClipboardCopy : Check
  return (
    <>
      <Menu label="Copy as" className="copy" items={(Object.keys(COPIES) as Kind[]).map((kind) => ({ label: kind, hint: hints[kind], onSelect: () => void take(kind) }))}>
        <Icon size={13} aria-hidden />
        {copied === null ? 'copy as' : copied}
      </Menu>
      <span className="visually-hidden" role="status">
        {copied !== null && `${copied} copied`}
      </span>
    </>
  )
}
