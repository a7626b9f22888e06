import { describe, expect, it } from 'vitest'
import { AT_ONCE, NOTHING_OPENED, linesOf } from './lines'
import { searchIn } from './search'

const shape = (value: unknown, opened = NOTHING_OPENED, text?: string) => linesOf(value, opened, text === undefined ? null : searchIn(value, text)).map(({ kind, path }) => `${kind} ${path}`)

describe('lines', () => {
  it('are what a printed value has', () => {
    expect(shape({ a: [1, {}], b: null })).toEqual(['open $', 'open $.a', 'scalar $.a[0]', 'scalar $.a[1]', 'end $.a', 'scalar $.b', 'end $'])
  })

  it('are fewer below what is closed, and more below what is opened', () => {
    const deep = { a: { b: { c: { d: 1 } } } }
    expect(shape(deep)).toContain('closed $.a.b.c')
    expect(shape(deep, { open: new Map([['$.a.b.c', true], ['$', true]]), shown: new Map() })).toContain('scalar $.a.b.c.d')
    expect(shape(deep, { open: new Map([['$', false]]), shown: new Map() })).toEqual(['closed $'])
  })

  it('of a search lead to what is found', () => {
    expect(shape({ x: { y: { z: { deep: 'needle' } } }, other: 1 }, NOTHING_OPENED, 'needle')).toEqual(['open $', 'open $.x', 'open $.x.y', 'open $.x.y.z', 'scalar $.x.y.z.deep', 'end $.x.y.z', 'end $.x.y', 'end $.x', 'end $'])
  })

  it('end where a list has more than anybody reads', () => {
    const lines = linesOf(Array.from({ length: AT_ONCE + 5 }), NOTHING_OPENED, null)
    expect(lines.slice(-2).map(({ kind, size }) => [kind, size])).toEqual([['more', 5], ['end', AT_ONCE + 5]])
  })

  it('of a value as deep as parsers allow do not exhaust the stack', () => {
    const deep = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000)) as unknown
    expect(shape(deep)).toHaveLength(7)
  })
})
