import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { at, traceRow } from '../test/fixtures'
import { fakeServer, renderAt } from '../test/server'
import UserPage from './UserPage'

const group = (id: string) => ({ id, traces: 3, errors: 1, first: at(0), last: at(60_000), totalTokens: 1200, totalCost: 0.02, name: 'answer', userId: 'ada', inputPreview: 'Why?', outputPreview: null })

it('tells of one user: sums, sessions and the latest traces', async () => {
  fakeServer({ '/users': { data: [group('ada')], total: 1 }, '/sessions': { data: [group('chat/7')], total: 1 }, '/traces': { data: [traceRow('t1')], nextCursor: null, total: 3 } })
  renderAt('/users/ada', <UserPage id="ada" />)
  expect(await screen.findByRole('heading', { name: 'ada' })).toBeTruthy()
  expect(within(screen.getByRole('region', { name: 'Sessions' })).getByRole('link', { name: 'chat/7' }).getAttribute('href')).toBe('/sessions/chat%2F7')
  expect(within(screen.getByRole('region', { name: 'Latest traces' })).getByRole('link').getAttribute('href')).toBe('/traces/t1')
  expect(screen.getByRole('link', { name: /^All 3/ }).getAttribute('href')).toBe('/traces?userId=ada')
})

it('says so where nobody is of that name', async () => {
  fakeServer({ '/users': { data: [], total: 0 }, '/sessions': { data: [], total: 0 }, '/traces': { data: [], nextCursor: null, total: 0 } })
  renderAt('/users/bob', <UserPage id="bob" />)
  expect(await screen.findByRole('heading', { name: 'This user is not here' })).toBeTruthy()
})
