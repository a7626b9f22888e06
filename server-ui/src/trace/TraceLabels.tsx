import { MessagesSquare, User } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { TraceBody } from '../api/types'

/** More of them would push the trace itself off the screen. */
const TAGS = 6

/** Whose trace it is, and what it is marked with; each leads to others like it. */
export function TraceLabels({ trace: { userId, sessionId, environment, release, version, tags } }: { trace: TraceBody }) {
  return (
    <div className="trace-labels">
      {userId && (
        <Link className="chip" href={`/users/${encodeURIComponent(userId)}`} title={`User ${userId}`}>
          <User size={12} aria-hidden /> <span className="clip">{userId}</span>
        </Link>
      )}
      {sessionId && (
        <Link className="chip" href={`/sessions/${encodeURIComponent(sessionId)}`} title={`The whole session ${sessionId}`}>
          <MessagesSquare size={12} aria-hidden /> <span className="clip">{sessionId}</span>
        </Link>
      )}
      {environment && environment !== 'default' && <span className="chip clip">{environment}</span>}
      {release && <span className="chip clip">release {release}</span>}
      {version && <span className="chip clip">version {version}</span>}
      <Tags tags={tags} />
    </div>
  )
}

function Tags({ tags }: { tags: string[] }) {
  const [all, setAll] = useState(false)
  const shown = all || tags.length <= TAGS + 1 ? tags : tags.slice(0, TAGS)
  return (
    <>
      {shown.map((tag) => (
        <Link key={tag} className="chip" href={`/traces?tag=${encodeURIComponent(tag)}`} title="Traces with this tag">
          <span className="clip">#{tag}</span>
        </Link>
      ))}
      {shown.length < tags.length && (
        <button type="button" className="chip" onClick={() => setAll(true)}>
          {tags.length - shown.length} more tags
        </button>
      )}
    </>
  )
}
