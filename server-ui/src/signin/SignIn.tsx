import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { ApiError, api } from '../api/client'
import './signin.css'

/** The keys are shown to the server once; the browser keeps a cookie that no script can read. */
export function SignIn({ onDone }: { onDone: () => void }) {
  const id = useId()
  const signIn = useMutation({ mutationFn: (keys: FormData) => api.signIn(text(keys, 'public'), text(keys, 'secret')), onSuccess: onDone })
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    signIn.mutate(new FormData(event.currentTarget))
  }
  return (
    <main className="sign-in">
      <h1>This server wants keys</h1>
      <p className="soft">
        It was started with <code>--require-keys</code>. The pair that a program sends as <code>LANGFUSE_PUBLIC_KEY</code> and{' '}
        <code>LANGFUSE_SECRET_KEY</code> opens the project here, too.
      </p>
      <form onSubmit={onSubmit}>
        <label htmlFor={`${id}-public`}>Public key</label>
        <input id={`${id}-public`} name="public" autoComplete="username" spellCheck={false} placeholder="pk-lf-…" required autoFocus />
        <label htmlFor={`${id}-secret`}>Secret key</label>
        <input id={`${id}-secret`} name="secret" type="password" autoComplete="current-password" placeholder="sk-lf-…" required />
        {signIn.error && <p role="alert">{problem(signIn.error)}</p>}
        <button type="submit" className="button" data-kind="primary" disabled={signIn.isPending}>
          Sign in
        </button>
      </form>
    </main>
  )
}

function text(keys: FormData, name: string): string {
  const value = keys.get(name)
  return typeof value === 'string' ? value.trim() : ''
}

function problem(error: Error): string {
  return error instanceof ApiError && error.status === 401 ? 'No project here has these keys.' : error.message
}
