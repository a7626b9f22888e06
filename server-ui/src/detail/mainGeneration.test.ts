import { expect, it } from 'vitest'
import { at, observation } from '../test/fixtures'
import { mainGeneration } from './mainGeneration'

const generation = (id: string, parent: string, endMs: number | null) =>
  observation(id, { type: 'GENERATION', parentObservationId: parent, endTime: endMs === null ? null : at(endMs) })

it('takes the last of the topmost generations', () => {
  const rows = [
    observation('agent'),
    generation('first', 'agent', 100),
    generation('last', 'agent', 300),
    generation('in a tool', 'last', 900),
    generation('unfinished', 'agent', null),
  ]
  expect(mainGeneration(rows)?.id).toBe('last')
})

it('is nothing without generations', () => expect(mainGeneration([observation('span')])).toBeNull())
