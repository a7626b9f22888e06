import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { SessionTrace } from '../api/types'
import { at, traceBody } from '../test/fixtures'
import { fakeServer, renderAt } from '../test/server'
import { SessionPage } from './SessionPage'

const turn = (id: string, given: Partial<SessionTrace> = {}): SessionTrace => ({ ...traceBody(id), input: `Question ${id}`, output: `Answer ${id}`, ...given })

function open(traces: SessionTrace[]) {
  fakeServer({ '/sessions/chat': { id: 'chat', traces } })
  return renderAt('/sessions/chat', <SessionPage id="chat" />)
}

const turns = async () => within(await screen.findByRole('list', { name: 'Turns' })).getAllByRole('listitem').filter((item) => item.className === 'turn')

it('is a conversation in order, with its pauses, its slowest turn and what it came to', async () => {
  open([turn('b', { timestamp: at(3 * 86_400_000), latencyMs: 9_000, errorCount: 1, level: 'ERROR' }), turn('a', { timestamp: at(0), userId: 'ada' })])
  expect((await turns()).map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^trace a1\.24 s · 812 tokens · \$0\.0042.*Question a.*Answer a$/),
    expect.stringMatching(/^2 d 23 h latertrace b1 errorslowest9\.00 s · 812 tokens.*Question b.*Answer b$/),
  ])
  expect(screen.getAllByRole('definition').map(({ textContent }) => textContent)).toEqual(['2', '1,624', '$0.0084', '1', '9.00 s'])
  expect(screen.getByRole('link', { name: 'ada' }).getAttribute('href')).toBe('/users/ada')
})

it('names only figures that are known', async () => {
  open([turn('a', { totalTokens: null, totalCost: null })])
  expect((await turns())[0]?.querySelector('header')?.textContent).not.toMatch(/–|tokens/)
})

it('leads to the list with Escape when it was opened by a link', async () => {
  const { history } = open([turn('a')])
  await turns()
  await userEvent.keyboard('{Escape}')
  expect(history.at(-1)).toBe('/sessions')
})

it('that nobody named says how to name one', async () => {
  fakeServer({})
  renderAt('/sessions/nobody', <SessionPage id="nobody" />)
  expect(await screen.findByRole('heading', { name: 'This session is not here' })).toBeTruthy()
})
