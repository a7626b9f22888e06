import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useQuery } from '@tanstack/react-query'
import { expect, it, vi } from 'vitest'
import { infoQuery, traceQuery } from '../api/queries'
import { renderAt } from '../test/server'
import { SignInGate } from './SignInGate'

const RIGHT = `Basic ${btoa(unescape(encodeURIComponent('pk-lf-ä:sk-lf-1')))}`

/** A server that knows one pair of keys, and what has been asked of it. */
function guarded() {
  const server = { signedIn: false, asked: [] as string[] }
  vi.stubGlobal('fetch', (url: string, init: RequestInit = {}) => {
    server.asked.push(`${init.method ?? 'GET'} ${url}`)
    if (init.method === 'POST') {
      server.signedIn = (init.headers as Record<string, string>).authorization === RIGHT
      return Promise.resolve(server.signedIn ? new Response(null, { status: 204 }) : Response.json({ message: 'Invalid credentials' }, { status: 401 }))
    }
    return Promise.resolve(server.signedIn ? Response.json({ projectName: 'Shop', trace: {} }) : Response.json({ message: 'No authorization header' }, { status: 401 }))
  })
  return server
}

function Inside() {
  const { data } = useQuery(infoQuery)
  const { refetch } = useQuery(traceQuery('t1'))
  return (
    <button type="button" onClick={() => void refetch()}>
      look into {data?.projectName}
    </button>
  )
}

it('asks for the keys, says when they are wrong, and lets in with the right ones', async () => {
  guarded()
  renderAt('/traces', <SignInGate><Inside /></SignInGate>)
  await userEvent.type(await screen.findByLabelText('Public key'), 'pk-lf-ä')
  await userEvent.type(screen.getByLabelText('Secret key'), 'wrong')
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  expect((await screen.findByRole('alert')).textContent).toBe('No project here has these keys.')

  await userEvent.clear(screen.getByLabelText('Secret key'))
  await userEvent.type(screen.getByLabelText('Secret key'), ' sk-lf-1')
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  expect(await screen.findByRole('button', { name: 'look into Shop' })).toBeTruthy()
})

it('asks again once the server has forgotten who it is', async () => {
  const server = guarded()
  server.signedIn = true
  renderAt('/traces', <SignInGate><Inside /></SignInGate>)
  const inside = await screen.findByRole('button', { name: 'look into Shop' })
  server.signedIn = false
  await userEvent.click(inside)
  expect(await screen.findByRole('heading', { name: 'This server wants keys' })).toBeTruthy()
})
