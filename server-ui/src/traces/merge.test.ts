import { expect, it } from 'vitest'
import { at, traceRow } from '../test/fixtures'
import { type Pages, joined, refreshed, rowsOf, unseen } from './merge'
import { canonical } from './filters'

const page = (...ids: string[]) => ({
  data: ids.map((id) => traceRow(id, { timestamp: at(Number(id) * 1000) })),
  nextCursor: null,
  total: ids.length,
  totalIsExact: true,
})
const pages: Pages = { pages: [page('5', '4'), page('4', '3')], pageParams: [undefined, 'c'] }
const ids = (given: Pages) => rowsOf(given).map((row) => row.id)

it('shows a trace once, though pages overlap', () => expect(ids(pages)).toEqual(['5', '4', '3']))

it('knows what is new', () => expect(unseen(pages, page('6', '5').data).map((row) => row.id)).toEqual(['6']))

it('sorts what arrives late into its place', () => {
  expect(ids(joined(pages, page('6', '4.5')))).toEqual(['6', '5', '4.5', '4', '3'])
})

it('starts over where a burst would leave a gap', () => {
  const head = { ...page('99', '98'), nextCursor: 'more' }
  expect(joined(pages, head)).toEqual({ pages: [head], pageParams: [undefined] })
})

it('keeps no endless list while somebody only watches', () => {
  const many: Pages = { pages: [page(...Array.from({ length: 500 }, (_, index) => String(index + 1)))], pageParams: [undefined] }
  expect(ids(joined(many, page('501', '500')))).toEqual(['501', '500'])
})

it('refreshes rows without moving them', () => {
  const head = { ...page('6', '3'), total: 9, data: [traceRow('3', { name: 'done', timestamp: at(3000) })] }
  const result = refreshed(pages, head)
  expect(ids(result)).toEqual(['5', '4', '3'])
  expect([rowsOf(result).at(-1)?.name, result.pages[0]?.total]).toEqual(['done', 9])
})

it('writes equal filters equally and ignores the rest of the address', () => {
  const left = new URLSearchParams('tag=a&search=x&observation=1&userId=')
  const right = new URLSearchParams('search=x&tag=a')
  expect(canonical(left)).toBe('search=x&tag=a')
  expect(canonical(right)).toBe(canonical(left))
})
