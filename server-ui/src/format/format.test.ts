import { describe, expect, it } from 'vitest'
import { ago, bytes, compact, cost, duration, moment, plural, tick } from './format'

describe('duration', () => {
  it.each([
    [null, '–'],
    [0, '0 ms'],
    [0.84, '840 µs'],
    [12.4, '12 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [1240, '1.24 s'],
    [12_340, '12.3 s'],
    [59_960, '1 m 00 s'],
    [125_000, '2 m 05 s'],
    [3_725_000, '1 h 02 m'],
    [172_799_000, '47 h 59 m'],
    [172_800_000, '2 d 00 h'],
    [539_940_000, '6 d 05 h'],
  ])('%s ms reads %s', (ms, text) => expect(duration(ms)).toBe(text))
})

describe('cost', () => {
  it.each([
    [null, '–'],
    [0, '$0'],
    [0.0000001, '<$0.000001'],
    [0.000123, '$0.000123'],
    [0.0042, '$0.0042'],
    [0.25, '$0.25'],
    [12.345, '$12.35'],
    [1234.5678, '$1,234.57'],
  ])('%s dollars reads %s', (dollars, text) => expect(cost(dollars)).toBe(text))
})

describe('bytes', () => {
  it.each([
    [null, '–'],
    [999, '999 B'],
    [1500, '1.5 kB'],
    [999_600, '1.0 MB'],
    [52_000_000, '52 MB'],
  ])('%s reads %s', (size, text) => expect(bytes(size)).toBe(text))
})

describe('moments', () => {
  const now = new Date('2026-03-04T12:00:00')
  it('shows the clock for today', () => expect(moment('2026-03-04T09:05:07', now)).toBe('09:05:07'))
  it('adds the day for earlier', () => expect(moment('2026-03-02T09:05:07', now)).toBe('2 Mar 09:05:07'))
  it('keeps what it cannot read', () => expect([moment('soon', now), tick('soon', 1)]).toEqual(['soon', 'soon']))
  it('is as exact on an axis as the axis', () => {
    expect(tick('2026-03-02T00:00:00', 86_400_000, now)).toBe('2 Mar')
    expect(tick('2025-03-02T00:00:00', 86_400_000, now)).toBe('2 Mar 2025')
    expect(tick('2026-03-02T09:05:00', 60_000, now)).toBe('2 Mar 09:05')
    expect(tick('2026-03-04T09:05:07', 5_000, now)).toBe('09:05:07')
  })
  it('counts back', () => expect(ago('2026-03-04T11:00:00', now)).toBe('1 h ago'))
})

it('counts in words', () => {
  expect([plural(1, 'trace'), plural(1200, 'trace'), compact(12_345)]).toEqual(['1 trace', '1,200 traces', '12.3K'])
})
