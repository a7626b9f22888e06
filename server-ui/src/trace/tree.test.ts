import { describe, expect, it } from 'vitest'
import { at, observation } from '../test/fixtures'
import { revealing, rowsOf } from './rows'
import { type TreeNode, extentOf, pathTo, treeOf } from './tree'

const child = (id: string, parent: string, ms = 0, given = {}) =>
  observation(id, { parentObservationId: parent, startTime: at(ms), ...given })

function outline(nodes: TreeNode[]): unknown[] {
  return nodes.map(({ observation: { id }, children }) => (children.length === 0 ? id : [id, outline(children)]))
}

const lines = (nodes: TreeNode[], toggled = new Set<string>()) =>
  rowsOf(nodes, toggled).map((row) => `${'  '.repeat(row.depth)}${row.nodes[0].observation.name}${row.folded ? ` ×${row.nodes.length}` : ''}`)

describe('treeOf', () => {
  it('nests by parent and sorts by start', () => {
    const tree = treeOf([child('b', 'root', 20), child('a', 'root', 10), observation('root'), child('a1', 'a', 11)])
    expect(outline(tree)).toEqual([['root', [['a', ['a1']], 'b']]])
  })

  it('puts an observation whose parent is missing on top, marked', () => {
    const tree = treeOf([observation('root'), child('lost', 'nowhere', 5)])
    expect(tree.map(({ observation: { id }, orphan }) => [id, orphan])).toEqual([
      ['root', false],
      ['lost', true],
    ])
  })

  it('survives parents in a circle, losing none', () => {
    const tree = treeOf([child('a', 'b'), child('b', 'c'), child('c', 'a'), child('self', 'self')])
    expect(tree.flatMap((root) => pathsIn(root)).sort()).toEqual(['a', 'b', 'c', 'self'])
  })

  it('survives a chain of ten thousand', () => {
    const chain = Array.from({ length: 10_000 }, (_, index) =>
      index === 0 ? observation('0') : child(String(index), String(index - 1), index),
    )
    const tree = treeOf(chain)
    expect(rowsOf(tree, new Set())).toHaveLength(10_000)
  })

  it('sums tokens, cost and errors upwards', () => {
    const [root] = treeOf([
      observation('root'),
      child('g1', 'root', 1, { totalTokens: 10, totalCost: 0.25 }),
      child('g2', 'root', 2, { totalTokens: 5, level: 'ERROR' }),
    ])
    expect(root?.totals).toEqual({ tokens: 15, cost: 0.25, errors: 1 })
  })
})

function pathsIn(node: TreeNode): string[] {
  return [node.observation.id, ...node.children.flatMap(pathsIn)]
}

describe('rowsOf', () => {
  const many = Array.from({ length: 5 }, (_, index) => child(`r${index}`, 'root', index, { name: 'retrieve' }))
  const tree = treeOf([observation('root'), ...many, child('answer', 'root', 50), child('tool', 'answer', 60)])

  it('folds repeated siblings', () => {
    expect(lines(tree)).toEqual(['root', '  retrieve ×5', '  answer', '    tool'])
  })

  it('opens a fold', () => {
    expect(lines(tree, new Set(['fold:r0']))).toHaveLength(9)
  })

  it('closes an observation', () => {
    expect(lines(tree, new Set(['answer']))).toEqual(['root', '  retrieve ×5', '  answer'])
  })

  it('leaves three alike neighbours alone', () => {
    expect(lines(treeOf(many.slice(0, 3)))).toEqual(['retrieve', 'retrieve', 'retrieve'])
  })

  it('reveals an observation inside a fold and below a closed parent', () => {
    const toggled = revealing(tree, pathTo(tree, 'r3'), new Set(['root']))
    expect([...toggled]).toEqual(['fold:r0'])
  })

  it('knows position and size of each set', () => {
    expect(rowsOf(tree, new Set()).map((row) => [row.key, row.depth, row.position, row.setSize, row.expanded])).toEqual([
      ['root', 0, 1, 1, true],
      ['fold:r0', 1, 1, 2, false],
      ['answer', 1, 2, 2, true],
      ['tool', 2, 1, 1, null],
    ])
  })
})

describe('extentOf', () => {
  it('spans first start to last end', () => {
    const rows = [observation('a', { startTime: at(5), endTime: at(30) }), observation('b', { startTime: at(10), endTime: null })]
    expect(extentOf(rows)).toEqual({ startMs: Date.parse(at(5)), endMs: Date.parse(at(30)) })
  })
  it('reaches until now while something runs', () => {
    expect(extentOf([observation('open', { startTime: at(5), endTime: null })], Date.parse(at(90)))).toEqual({ startMs: Date.parse(at(5)), endMs: Date.parse(at(90)) })
  })
  it('is nothing without observations', () => expect(extentOf([])).toEqual({ startMs: 0, endMs: 0 }))
})
