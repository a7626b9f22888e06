import { render } from '@testing-library/react'
import { expect, it } from 'vitest'
import { at, traceRow } from '../test/fixtures'
import { Running, progressOf } from './Running'

const silentFor = (ms: number) => Date.parse(at(ms))

it.each([
  [{ running: false }, 0, null],
  [{ running: true, latencyMs: 30_000 }, 40_000, 'running'],
  [{ running: true, latencyMs: null }, 3_599_000, 'running'],
  [{ running: true, latencyMs: 7_200_000 }, 7_300_000, 'running'],
  [{ running: true, latencyMs: 30_000 }, 3_700_000, 'unfinished'],
  // Of whose steps none has arrived, nothing is known to run.
  [{ running: true, observationCount: 0 }, 0, null],
])('%o after %d ms is %s', (given, later, expected) => {
  expect(progressOf(traceRow('t1', given), silentFor(later))).toBe(expected)
})

it('does not call running what fell silent long ago', () => {
  const { container } = render(<Running trace={traceRow('t1', { running: true })} />)
  expect(container.textContent).toBe('unfinished')
})
