import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { TraceGroup } from '../api/types'
import { at } from '../test/fixtures'
import { fakeServer, renderAt } from '../test/server'
import GroupsPage from './GroupsPage'

const group = (id: string, given: Partial<TraceGroup> = {}): TraceGroup => ({
  id, traces: 3, errors: 1, first: at(0), last: at(1), totalTokens: 812, totalCost: 0.0042, name: 'answer', userId: 'ada', inputPreview: 'Where is it?', outputPreview: null, ...given,
})

it('leads from a user to their page', async () => {
  fakeServer({ '/users': { data: [group('a b@x.org')], total: 1 } })
  renderAt('/users', <GroupsPage kind="users" />)
  const row = await screen.findByRole('row', { name: /a b@x\.org/ })
  expect(within(row).getByRole('link').getAttribute('href')).toBe('/users/a%20b%40x.org')
  expect(row.textContent).toMatch(/Where is it\?31812\$0\.0042/)
})

it('turns the pages of many sessions', async () => {
  const asked: string[] = []
  fakeServer({
    '/sessions': (query: URLSearchParams) => {
      asked.push(query.get('page') ?? '')
      return { data: [group(`s${query.get('page')}`)], total: 120 }
    },
  })
  const { history } = renderAt('/sessions', <GroupsPage kind="sessions" />)
  expect(await screen.findByText('1–50 of 120')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Next page' }))
  expect(await screen.findByText('s2')).toBeTruthy()
  expect([history.at(-1), asked]).toEqual(['/sessions?page=2', ['1', '2']])
})

it('teaches while nobody is named', async () => {
  fakeServer({ '/users': { data: [], total: 0 } })
  renderAt('/users', <GroupsPage kind="users" />)
  expect(await screen.findByRole('heading', { name: 'No user is named yet' })).toBeTruthy()
})

it('is walked with the keyboard: j and k move along the names', async () => {
  fakeServer({ '/users': { data: ['ada', 'bob', 'cyd'].map((id) => group(id)), total: 3 } })
  renderAt('/users', <GroupsPage kind="users" />)
  await screen.findByRole('link', { name: 'cyd' })
  const walked: (string | null | undefined)[] = []
  for (const key of ['j', 'j', 'j', 'j', 'k', 'k', 'k']) {
    await userEvent.keyboard(key)
    walked.push(document.activeElement?.textContent)
  }
  expect(walked).toEqual(['ada', 'bob', 'cyd', 'cyd', 'bob', 'ada', 'ada'])
})

it('shows a question that came as the only field of an object', async () => {
  fakeServer({ '/users': { data: [group('ada', { inputPreview: '{"question":"Where is **it**?"}' }), group('bob', { inputPreview: '{"a":"x","b":1}' })], total: 2 } })
  renderAt('/users', <GroupsPage kind="users" />)
  expect((await screen.findByRole('row', { name: /ada/ })).textContent).toContain('adaWhere is it?3')
  expect(screen.getByRole('row', { name: /bob/ }).textContent).toContain('{"a":"x","b":1}')
})
