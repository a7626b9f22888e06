import { expect, it } from 'vitest'
import { at, traceRow } from '../test/fixtures'
import { idleBefore, inOrder, slowestOf, sum } from './turns'

const turns = inOrder([
  traceRow('late', { timestamp: at(400_000), latencyMs: null, totalCost: null }),
  traceRow('first', { timestamp: at(0), latencyMs: 2000, totalCost: 0.5 }),
  traceRow('second', { timestamp: at(10_000), latencyMs: 1000, totalCost: 0.25 }),
])

it('reads oldest first', () => expect(turns.map((turn) => turn.id)).toEqual(['first', 'second', 'late']))

it('mentions only long rests', () => expect(turns.map((_, index) => idleBefore(turns, index))).toEqual([null, null, 389_000]))

it('points out the slowest turn where there is another', () => {
  expect(slowestOf(turns)?.id).toBe('first')
  expect(slowestOf(turns.slice(1))).toBeNull()
})

it('adds up what is known', () => expect(sum(turns, 'totalCost')).toBe(0.75))

it('knows nothing of nothing', () => expect(sum([], 'totalTokens')).toBeNull())
