import { expect, it } from 'vitest'
import { traceRow } from '../test/fixtures'
import { fakeServer } from '../test/server'
import { unchanged } from './unchanged'

const known = traceRow('t1')

it.each([
  ['is the same', { data: [{ ...known, tags: ['another'] }] }, true],
  ['grew', { data: [{ ...known, observationCount: 6 }] }, false],
  ['ended', { data: [{ ...known, running: true }] }, false],
  ['is gone', { data: [] }, false],
])('asks for one row, which %s', async (_, answer, expected) => {
  fakeServer({ '/traces': (query: URLSearchParams) => (query.get('id') === 't1' ? answer : null) })
  expect(await unchanged(known)).toBe(expected)
})

it('looks in full when it cannot tell', async () => {
  fakeServer({})
  expect(await unchanged(known)).toBe(false)
})
