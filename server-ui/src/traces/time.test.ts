import { expect, it } from 'vitest'
import { fromLocalInput, instantOf, localInput, rangeOf } from './time'

const NOW = Date.parse('2026-03-01T12:00:00.000Z')

it.each([
  ['-15m', '2026-03-01T11:45:00.000Z'],
  ['-24h', '2026-02-28T12:00:00.000Z'],
  ['-2w', '2026-02-15T12:00:00.000Z'],
  ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
  ['-yesterday', '-yesterday'],
])('%s is %s', (text, instant) => {
  expect(instantOf(text, NOW)).toBe(instant)
})

it('asks the same for a few seconds, so that answers can be shared', () => {
  expect(instantOf('-1h', NOW + 4_999)).toBe(instantOf('-1h', NOW))
})

it('knows its own spans', () => {
  expect([rangeOf('-1h'), rangeOf('-2h'), rangeOf(null)]).toEqual(['1h', null, null])
})

it('gives back what a field for local times was given', () => {
  expect(fromLocalInput(localInput('2026-03-01T12:34:00.000Z'))).toBe('2026-03-01T12:34:00.000Z')
  expect([localInput(null), localInput('soon'), fromLocalInput('')]).toEqual(['', '', null])
})
