import { describe, expect, it } from 'vitest'
import { at, observation } from '../test/fixtures'
import { treeOf } from '../trace/tree'
import { ROOMY, geometryOf } from './geometry'
import { type Flow, flowOf as flowOrCount, wavesOf } from './flow'

const step = (id: string, name: string, from: number, to: number, parent: string | null = 'root') =>
  observation(id, { name, parentObservationId: parent, startTime: at(from), endTime: at(to) })

/** What is drawn of a trace that can be drawn. */
function flowOf(roots: ReturnType<typeof treeOf>): Flow {
  const flow = flowOrCount(roots)
  if (typeof flow === 'number') throw new Error(`${flow} kinds`)
  return flow
}

function edges(...steps: ReturnType<typeof step>[]) {
  return flowOf(treeOf(steps)).edges.map(({ from, to, count, kind, back }) => `${from.slice(5)} ${kind === 'into' ? '⇢' : '→'} ${to.slice(5)}${count > 1 ? ` ×${count}` : ''}${back ? ' (back)' : ''}`)
}

const agent = step('root', 'agent', 0, 1000, null)

describe('the flow of a trace', () => {
  it('follows siblings in time, and leads into the first', () => {
    expect(edges(agent, step('a', 'plan', 0, 10), step('b', 'search', 20, 30), step('c', 'embed', 21, 25, 'b'))).toEqual(['plan → search', 'agent ⇢ plan', 'search ⇢ embed'])
  })

  it('goes back in a loop', () => {
    const flow = edges(agent, step('a', 'plan', 0, 10), step('b', 'tool', 20, 30), step('c', 'plan', 40, 50), step('d', 'tool', 60, 70), step('e', 'answer', 80, 90))
    expect(flow).toEqual(['plan → tool ×2', 'tool → plan (back)', 'tool → answer', 'agent ⇢ plan'])
  })

  it('fans out to what runs at once, one arrow for each kind', () => {
    const fan = [step('b', 'left', 20, 50), step('c', 'right', 25, 60), step('d', 'left', 30, 40)]
    expect(edges(agent, step('a', 'plan', 0, 10), ...fan, step('e', 'join', 70, 80))).toEqual(['plan → left', 'plan → right', 'left → join', 'right → join', 'agent ⇢ plan'])
  })

  it('stands below everything that leads to it, beside what has the same place', () => {
    const { nodes, layers, widest } = flowOf(treeOf([agent, step('a', 'left', 0, 50), step('b', 'right', 10, 50), step('c', 'join', 60, 70)]))
    expect(nodes.map(({ name, layer, place }) => [name, layer, place])).toEqual([
      ['agent', 0, 0],
      ['left', 1, 0],
      ['right', 1, 1],
      ['join', 2, 0],
    ])
    expect([layers, widest]).toEqual([3, 2])
  })

  it('is nothing of nothing, and one box of a thousand alike', () => {
    expect(flowOf([])).toEqual({ nodes: [], edges: [], layers: 0, widest: 1 })
    const many = Array.from({ length: 1000 }, (_, index) => step(`r${index}`, 'retrieve', 0, 10))
    expect(edges(agent, ...many)).toEqual(['agent ⇢ retrieve'])
  })

  it('takes names that count up for one kind once they are too many to draw', () => {
    const rounds = (count: number) => Array.from({ length: count }, (_, index) => step(`r${index}`, `round ${index}`, index * 10, index * 10 + 5))
    expect(flowOf(treeOf([agent, ...rounds(3)])).nodes.map(({ name }) => name)).toEqual(['agent', 'round 0', 'round 1', 'round 2'])
    const { nodes, edges: loops } = flowOf(treeOf([agent, ...rounds(500)]))
    expect(nodes.map(({ name, steps }) => [name, steps.length])).toEqual([['agent', 1], ['round #', 500]])
    expect(loops.map(({ from, to, count }) => [from, to, count])).toContainEqual(['SPAN round #', 'SPAN round #', 499])
  })

  it('is only counted when there are too many kinds all the same', () => {
    const words = Array.from({ length: 200 }, (_, index) => step(`w${index}`, `word ${String.fromCodePoint(0x4e00 + index)}`, index, index + 1))
    expect(flowOrCount(treeOf([agent, ...words]))).toBe(201)
  })
})

it('leaves room for how often a loop was gone through', () => {
  const loop = Array.from({ length: 12 }, (_, index) => step(`s${index}`, index % 2 === 0 ? 'plan' : 'act', index * 10, index * 10 + 5))
  const flow = flowOf(treeOf([agent, ...loop]))
  const { width, path } = geometryOf(flow, ROOMY)
  const loops = flow.edges.filter(({ back }) => back)
  expect(loops.map(({ count }) => count)).toEqual([5])
  for (const edge of loops) expect(path(edge).x + 7 * `×${edge.count}`.length).toBeLessThanOrEqual(width)
})

it('what has no end yet lasts no time', () => {
  const open = observation('x', { endTime: null })
  expect(wavesOf(treeOf([open, step('y', 'y', 0, 10, null)])).map((wave) => wave.length)).toEqual([1, 1])
})
