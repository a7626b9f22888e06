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
      {environment && environment !== 'default' && <Plain>{environment}</Plain>}
      {release && <Plain>release {release}</Plain>}
      {version && <Plain>version {version}</Plain>}
      <Tags tags={tags} />
    </div>
  )
}

/** A chip that leads nowhere; when it is cut, the pointer brings out all of it. */
function Plain({ children }: { children: string | string[] }) {
  const text = [children].flat().join('')
  return (
    <span className="chip clip" title={text}>
      {text}
    </span>
  )
}

function Tags({ tags }: { tags: string[] }) {
  const [all, setAll] = useState(false)
  const shown = all || tags.length <= TAGS + 1 ? tags : tags.slice(0, TAGS)
  return (
    <>
      {shown.map((tag) => (
        <Link key={tag} className="chip" href={`/traces?tag=${encodeURIComponent(tag)}`} title={`Traces with the tag ${tag}`}>
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
