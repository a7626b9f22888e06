import { expect, it } from 'vitest'
import { asked, withPage, written } from './parameters'

it('writes each value of a filter, and nothing that is not set', () => {
  expect(written({ tag: ['a b', 'c'], hasError: false, limit: 0, cursor: undefined, name: [] }).toString()).toBe('tag=a+b&tag=c&hasError=false&limit=0')
})

it('asks for the filters of an address, with instants for times counted back', () => {
  const { from, ...others } = asked('from=-1h&score=a%3C1&score=b&hasError=true&search=jug&sort=cost')
  expect(others).toEqual({ score: ['a<1', 'b'], hasError: true, search: 'jug', sort: 'cost', to: undefined })
  expect(Math.abs(Date.parse(from ?? '') - (Date.now() - 3_600_000))).toBeLessThan(60_000)
  expect(written(withPage('name=x', 'there')).toString()).toBe('name=x&limit=50&cursor=there')
})
