import { CopyButton } from './CopyButton'

/** Something to paste into a file or a shell, and the button that copies it. */
export function Snippet({ label, code }: { label: string; code: string }) {
  return (
    <div className="snippet">
      <pre role="group" aria-label={label} tabIndex={0}>
        {code}
      </pre>
      <CopyButton text={code} label={`Copy ${label}`} />
    </div>
  )
}
