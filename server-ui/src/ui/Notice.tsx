import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { ApiError } from '../api/client'

/** A page-sized message that says what happened and what to do next. */
export function Notice({ title, children, actions }: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <section className="notice" role="status">
      <h1>{title}</h1>
      {children}
      {actions && <div className="actions">{actions}</div>}
    </section>
  )
}

/** What the address names is not there; one way leads on. */
export function Missing({ title, href, link, children }: { title: string; href: string; link: string; children: ReactNode }) {
  return (
    <Notice
      title={title}
      actions={
        <Link className="button" data-kind="primary" href={href}>
          {link}
        </Link>
      }
    >
      {children}
    </Notice>
  )
}

export function Loading({ what }: { what: string }) {
  return (
    <div className="loading" role="status">
      <span className="pulse" aria-hidden />
      Loading {what}…
    </div>
  )
}

export function ErrorNotice({ error, what, retry }: { error: Error; what: string; retry: () => void }) {
  const again = (
    <button type="button" className="button" data-kind="primary" onClick={retry}>
      Try again
    </button>
  )
  if (error instanceof ApiError && error.status === 0) {
    return (
      <Notice title="The server does not answer" actions={again}>
        <p>
          Is it still running? Start it again with <code>java -jar langfuse4j-server.jar</code>; this page keeps its address
          and nothing stored is lost.
        </p>
      </Notice>
    )
  }
  return (
    <Notice title={`Could not load ${what}`} actions={again}>
      <p>{error.message}</p>
      <p>The server's own log has the details.</p>
    </Notice>
  )
}
