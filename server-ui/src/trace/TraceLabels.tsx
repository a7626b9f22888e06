import { MessagesSquare, User } from 'lucide-react'
import { Link } from 'wouter'
import type { TraceBody } from '../api/types'

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
      {tags.map((tag) => (
        <Link key={tag} className="chip" href={`/traces?tag=${encodeURIComponent(tag)}`} title="Traces with this tag">
          <span className="clip">#{tag}</span>
        </Link>
      ))}
    </div>
  )
}
