import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'

interface Props {
  /** What to copy; a function where making it takes effort. */
  text: string | (() => string)
  label: string
  children?: string
}

export function CopyButton({ text, label, children }: Props) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1500)
    return () => clearTimeout(timer)
  }, [copied])

  const Icon = copied ? Check : Copy
  return (
    <button
      type="button"
      className="copy"
      data-copied={copied}
      aria-label={copied ? `${label}: copied` : label}
      title={label}
      onClick={() => void copy(typeof text === 'string' ? text : text()).then(setCopied)}
    >
      <Icon size={13} aria-hidden />
      {children}
    </button>
  )
}

/** The clipboard needs a secure context; a viewer reached by plain http over the network falls back to a selection. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    return done
  }
}
