import { useQueries } from '@tanstack/react-query'
import { GitCompare } from 'lucide-react'
import { useState } from 'react'
import { promptQuery } from '../api/queries'
import { ago } from '../format/format'

interface Props {
  name: string
  /** The newest first. */
  versions: number[]
  version: number
  before: number | null
  onVersion: (version: number) => void
  onCompare: (version: number | null) => void
}

const SHOWN = 20

/** The versions with their labels; one is read, and another may be held against it. */
export function Versions({ name, versions, version, before, onVersion, onCompare }: Props) {
  const [shown, setShown] = useState(SHOWN)
  const listed = versions.filter((known, index) => index < shown || known === version || known === before)
  const details = useQueries({ queries: listed.map((known) => promptQuery(name, known)) })
  return (
    <nav className="prompt-versions" aria-label="Versions">
      {listed.map((known, index) => {
        const detail = details[index]?.data
        return (
          <div key={known} data-current={known === version}>
            <button type="button" className="prompt-choice" aria-current={known === version || undefined} onClick={() => onVersion(known)}>
              <b>Version {known}</b>
              <span className="faint">{detail ? ago(detail.createdAt) : ''}</span>
              <span className="chips">
                {detail?.labels.map((label) => (
                  <span key={label} className="chip" data-label={label}>
                    {label}
                  </span>
                ))}
              </span>
            </button>
            {known !== version && (
              <button type="button" className="icon-button" aria-label={`Compare with version ${known}`} title={`Compare with version ${known}`} aria-pressed={known === before} onClick={() => onCompare(known === before ? null : known)}>
                <GitCompare size={14} aria-hidden />
              </button>
            )}
          </div>
        )
      })}
      {versions.length > listed.length && (
        <button type="button" className="facet-more" onClick={() => setShown(shown + SHOWN)}>
          {versions.length - listed.length} more
        </button>
      )}
    </nav>
  )
}
