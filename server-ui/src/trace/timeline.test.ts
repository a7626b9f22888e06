import { describe, expect, it } from 'vitest'
import { at, observation } from '../test/fixtures'
import { compressedAxis, gapsIn, idleShare, linearAxis } from './axis'
import { heatOf } from './heat'
import { fitted, panned, scaleOf, wholeOf, zoomed } from './scale'
import { selfMs } from './selfTime'
import { sortOf, sorted, stepsIn } from './steps'
import { extentOf, treeOf } from './tree'

const start = Date.parse(at(0))

/** A minute in which two steps ran for half a second each, and nothing in between. */
const observations = [
  observation('root', { endTime: at(60_000) }),
  observation('first', { parentObservationId: 'root', endTime: at(500), totalTokens: 100, totalCost: 0.1 }),
  observation('last', { parentObservationId: 'root', startTime: at(59_500), endTime: at(60_000), totalTokens: 30 }),
]
const roots = treeOf(observations)
const extent = extentOf(observations)
const gaps = gapsIn(roots, extent)

describe('the time axis', () => {
  it('counts as idle what no step without children fills', () => {
    expect(gaps).toEqual([{ startMs: start + 500, endMs: start + 59_500 }])
    expect(idleShare(gaps, extent)).toBeCloseTo(59 / 60)
  })

  it('cuts gaps short and nothing else', () => {
    const axis = compressedAxis(extent, gaps)
    expect(axis.length).toBeCloseTo(1030)
    expect([0, 500, 59_500, 60_000].map((ms) => axis.toUnits(start + ms))).toEqual([0, 500, 530, 1030])
    for (const ms of [0, 250, 500, 30_000, 59_750, 60_000]) expect(axis.toMs(axis.toUnits(start + ms))).toBeCloseTo(start + ms, 3)
  })

  it('leaves a trace without gaps as it is', () => {
    expect(compressedAxis(extent, []).length).toBe(60_000)
    expect(gapsIn(treeOf([observation('only')]), extentOf([observation('only')]))).toEqual([])
  })
})

describe('the window on the axis', () => {
  const axis = linearAxis(extent)

  it('fits a span with a margin, never past the ends', () => {
    const middle = scaleOf(extent, axis, fitted(start + 10_000, start + 20_000, axis))
    expect([middle.share(start + 10_000), middle.share(start + 20_000)].map(Math.round)).toEqual([4, 96])
    expect(fitted(start, start + 500, axis).from).toBe(0)
    expect(fitted(start, start + 60_000, axis)).toEqual(wholeOf(axis))
  })

  it('zooms around a point and comes back', () => {
    const near = zoomed(wholeOf(axis), 0.5, 0.25, axis)
    expect(near).toEqual({ from: 7_500, to: 37_500 })
    expect(zoomed(near, 2, 0.25, axis)).toEqual(wholeOf(axis))
    expect(zoomed(wholeOf(axis), 1e-12, 0, axis).to).toBeGreaterThan(0)
  })

  it('stops at both ends', () => {
    expect(panned({ from: 0, to: 6_000 }, -1, axis)).toEqual({ from: 0, to: 6_000 })
    expect(panned({ from: 0, to: 6_000 }, 100, axis)).toEqual({ from: 54_000, to: 60_000 })
  })
})

describe('self time', () => {
  it('is what no child covers, overlaps counted once', () => {
    const [parent] = treeOf([
      observation('p', { endTime: at(1000) }),
      observation('a', { parentObservationId: 'p', startTime: at(100), endTime: at(400) }),
      observation('b', { parentObservationId: 'p', startTime: at(300), endTime: at(500) }),
      observation('late', { parentObservationId: 'p', startTime: at(900), endTime: at(2000) }),
    ])
    expect(parent && selfMs(parent)).toBe(500)
  })

  it('is not known while it runs', () => {
    const [open] = treeOf([observation('open', { endTime: null })])
    expect(open && selfMs(open)).toBeNull()
  })
})

describe('steps', () => {
  const ids = (sort: string) => sorted(stepsIn(roots), sortOf(sort)).map(({ name }) => name)

  it('are sorted by any column, the unknown last', () => {
    expect(ids('start')).toEqual(['root', 'first', 'last'])
    expect(ids('-tokens')).toEqual(['first', 'last', 'root'])
    expect(ids('tokens')).toEqual(['last', 'first', 'root'])
    expect(ids('-self')).toEqual(['root', 'first', 'last'])
    expect(ids('nonsense')).toEqual(['root', 'first', 'last'])
  })

  it('are hot by their own share', () => {
    const [root] = roots
    const heat = (measure: 'time' | 'tokens' | 'cost') => [root, ...(root?.children ?? [])].map((node) => (node ? heatOf(roots, measure)([node]) : -1))
    expect(heat('tokens')).toEqual([0, 4, 2])
    expect(heat('cost')).toEqual([0, 4, 0])
    expect(heat('time')).toEqual([4, 0, 0])
  })
})
