import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { Performance, PerformanceReport } from '../api/types'
import { fakeServer, renderAt } from '../test/server'
import DashboardPage from './DashboardPage'
import { filled } from './filled'
import { highest, linear, logarithmic, pathOf } from './scale'

const part: Performance = { count: 12, errors: 3, inputTokens: 800, outputTokens: 200, totalTokens: 1000, totalCost: 0.42, p50Ms: 120, p95Ms: 2400 }
const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 10, minute)).toISOString()
const report: PerformanceReport = {
  from: at(2), to: at(40), stepMs: 60_000, buckets: [{ ...part, at: at(5) }], total: part, names: [{ ...part, name: 'answer question' }, { ...part, name: '' }], models: [],
}

it('knows every interval, also those in which nothing happened', () => {
  const all = filled(report)
  expect([all.length, all[0]?.at, all[3]?.count, all[4]?.count]).toEqual([39, at(2), 12, 0])
  expect(filled({ ...report, from: at(39), buckets: [] })).toHaveLength(30)
})

it('breaks a line where nothing is known, and shows a lone value', () => {
  expect(pathOf([null, 50, 100, null, 25], (value) => value / 100)).toBe('M1.5 50L2.5 0M4 75H5')
})

it('is as high as its highest pile or line', () => {
  const bar = { name: 'a', kind: 'bar' as const, colour: '', values: [1, 5, null] }
  expect(highest([bar, { ...bar, values: [4, 1, 2] }, { ...bar, kind: 'line', values: [null, 3, 5.5] }], 3)).toBe(6)
})

it('gives equal factors equal distances where it is asked to', () => {
  const line = { name: 'a', kind: 'line' as const, colour: '', values: [null, 10, 1000] }
  const scale = logarithmic([line])
  expect([scale.bottom, scale.middle, scale.top]).toEqual([10, 100, 1000])
  expect([10, 100, 1000, 0].map((value) => Number(scale.share(value).toFixed(6)))).toEqual([0, 0.5, 1, 0])
  expect(logarithmic([{ ...line, values: [990, 1000] }]).bottom).toBe(100)
  expect(logarithmic([{ ...line, values: [null, 0] }])).toMatchObject({ top: 0, bottom: 0 })
  expect(linear([line], 3).share(500)).toBe(0.5)
})

it('shows what it took, and leads to the traces', async () => {
  fakeServer({ '/performance': report })
  renderAt('/dashboard', <DashboardPage />)
  const row = await screen.findByRole('row', { name: /answer question/ })
  expect(row.textContent).toBe('answer question123120 ms2.40 s800200$0.42')
  expect(within(row).getByRole('link').getAttribute('href')).toBe('/traces?name=answer%20question')
  expect(within(screen.getByRole('row', { name: /^unnamed/ })).queryByRole('link')).toBeNull()
  expect(screen.getByText('25 %')).toBeTruthy()
  expect(screen.getByRole('img', { name: 'Traces: 12; at most 12' })).toBeTruthy()
})

it('says how to begin while there is nothing to count, and that nothing is in a time that was chosen', async () => {
  const nothing: PerformanceReport = { ...report, buckets: [], total: { ...part, count: 0, errors: 0, totalTokens: null, totalCost: null, p50Ms: null, p95Ms: null }, names: [] }
  fakeServer({ '/performance': nothing })
  const { unmount } = renderAt('/dashboard', <DashboardPage />)
  expect((await screen.findByRole('link', { name: 'How to send the first one' })).getAttribute('href')).toBe('/traces')
  expect(screen.queryByRole('img')).toBeNull()
  unmount()
  renderAt('/dashboard?from=-1h', <DashboardPage />)
  expect(await screen.findByText('No trace in this time.')).toBeTruthy()
})
