import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { fakeServer, renderAt } from '../test/server'
import { useEscape } from './useEscape'

function Page() {
  useEscape('/users')
  return <p>page</p>
}

it('leads whoever came by a link to the list, and others back to where they were', async () => {
  const back = vi.spyOn(window.history, 'back').mockImplementation(() => {})
  fakeServer({})
  const { history } = renderAt('/users/ada', <Page />)
  await userEvent.keyboard('{Escape}')
  expect([history, back.mock.calls.length]).toEqual([['/users/ada', '/users'], 0])
  window.history.pushState(null, '', '/users/bob')
  await userEvent.keyboard('{Escape}')
  expect([history.length, back.mock.calls.length]).toEqual([2, 1])
})
