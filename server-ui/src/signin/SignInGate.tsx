import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import { ApiError } from '../api/client'
import { infoQuery } from '../api/queries'
import { SignIn } from './SignIn'

/** Asks for the keys where the server requires them, first or again, and otherwise stays out of the way. */
export function SignInGate({ children }: { children: ReactNode }) {
  const client = useQueryClient()
  const { error } = useQuery(infoQuery)
  useEffect(
    () =>
      client.getQueryCache().subscribe(({ type, query }) => {
        // Whatever is refused first tells that nobody is signed in any more.
        if (type === 'updated' && query.queryKey[0] !== 'info' && refused(query.state.error) && !refused(client.getQueryState(infoQuery.queryKey)?.error)) void client.invalidateQueries({ queryKey: infoQuery.queryKey })
      }),
    [client],
  )
  return refused(error) ? <SignIn onDone={() => client.resetQueries()} /> : children
}

function refused(error: Error | null | undefined): boolean {
  return error instanceof ApiError && error.status === 401
}
