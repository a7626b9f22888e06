import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it } from 'vitest'
import type { DatasetItem, DatasetRun, TraceRow } from '../api/types'
import { at, datasetItem, datasetRun, runItem, traceRow } from '../test/fixtures'
import { fakeServer, renderAt } from '../test/server'
import DatasetPage, { chosenOf } from './DatasetPage'
import { type Answers, deltaOf, differing, totalsOf } from './comparison'
import { allOf } from './queries'

const item = (id: string, given: Partial<DatasetItem> = {}): DatasetItem => datasetItem(id, { input: { question: `question ${id}` }, expectedOutput: 'Yes.', ...given })
const run = (name: string, second: number): DatasetRun => datasetRun(name, { createdAt: at(second * 1000) })
const correct = (value: number) => [{ name: 'correct', dataType: 'NUMERIC' as const, value, stringValue: null, count: 1 }]
const trace = (id: string, value: number, given: Partial<TraceRow> = {}) => traceRow(id, { outputPreview: `answer ${id}`, latencyMs: 1000, totalCost: 0.01, scores: correct(value), ...given })

const answers = (...traces: [string, TraceRow | null][]): Answers =>
  new Map(traces.map(([itemId, found]) => [itemId, { ...runItem({ datasetItemId: itemId, traceId: found?.id ?? 'x' }), trace: found }]))

it('sums a run up over what it answered', () => {
  const totals = totalsOf(answers(['1', trace('a', 1)], ['2', trace('b', 0.5, { latencyMs: 3000, errorCount: 1 })], ['3', null]))
  expect(totals).toEqual({ answered: 3, errors: 1, meanMs: 2000, cost: 0.02, scores: new Map([['correct', 0.75]]) })
  expect(totalsOf(new Map())).toEqual({ answered: 0, errors: 0, meanMs: null, cost: null, scores: new Map() })
})

it('finds the items on which runs differ', () => {
  const [left, right] = [answers(['1', trace('a', 1)], ['2', trace('b', 1)]), answers(['1', trace('c', 1, { outputPreview: 'answer a' })], ['2', trace('d', 0)])]
  expect(differing([item('1'), item('2'), item('3')], [left, right]).map(({ id }) => id)).toEqual(['2'])
})

it('measures nothing against what is not there', () => {
  expect([deltaOf(1, 0.25), deltaOf(1, 1), deltaOf(null, 1), deltaOf(1, undefined)]).toEqual([0.75, null, null, null])
})

it('compares the two newest runs unless the address says otherwise', () => {
  const runs = [run('c,d', 3), run('a', 1), run('b', 2)]
  expect([chosenOf(null, runs), chosenOf('a,c%2Cd,gone', runs), chosenOf('', runs)]).toEqual([['b', 'c,d'], ['a', 'c,d'], []])
})

it('reads all pages of a list', async () => {
  const { data, total } = await allOf((page) => Promise.resolve({ data: [page], meta: { page, limit: 1, totalItems: 3, totalPages: 3 } }))
  expect([data, total]).toEqual([[1, 2, 3], 3])
})

const whole = <T,>(data: T[]) => ({ data, meta: { page: 1, limit: 100, totalItems: data.length, totalPages: 1 } })

beforeEach(() => {
  const link = (id: string, name: string) => ({ datasetItemId: id, datasetRunName: name, traceId: `${name}-${id}`, observationId: id === '1' ? 'o1' : null })
  fakeServer({
    '/api/public/v2/datasets/policies': { id: 'd1', name: 'policies', description: 'What customers ask', metadata: {}, createdAt: at(0), updatedAt: at(0) },
    '/api/public/dataset-items': whole([item('1'), item('2')]),
    '/api/public/datasets/policies/runs': whole([run('old', 1), run('new', 2)]),
    '/api/public/dataset-run-items': (query: URLSearchParams) => whole(['1', '2'].map((id) => link(id, query.get('runName') ?? ''))),
    '/traces': (query: URLSearchParams) => ({ data: query.getAll('id').map((id) => trace(id, id === 'new-2' ? 0.25 : 1, { outputPreview: id.endsWith('1') ? 'the same' : id })), nextCursor: null, total: 2 }),
  })
})

it('shows an experiment beside another, item by item, with what became worse', async () => {
  const { history } = renderAt('/datasets/policies', <DatasetPage name="policies" />)
  const row = await screen.findByRole('row', { name: /question 2/ })
  expect(row.textContent).toContain('expected Yes.')
  expect(within(row).getByText('worse by').parentElement?.textContent).toBe('worse by0.75')
  expect(within(screen.getByRole('row', { name: /question 1/ })).getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['/traces/old-1?observation=o1', '/traces/new-1?observation=o1'])
  expect(screen.getByRole('columnheader', { name: /^new.*0\.625/ })).toBeTruthy()
  await userEvent.click(screen.getByRole('checkbox', { name: 'Only the 1 item on which they differ' }))
  expect(screen.queryByRole('row', { name: /question 1/ })).toBeNull()
  expect(history.at(-1)).toBe('/datasets/policies?changed=1')
})

it('shows the items alone when no run is chosen', async () => {
  renderAt('/datasets/policies?runs=', <DatasetPage name="policies" />)
  expect(await screen.findByRole('columnheader', { name: 'Expected' })).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: /^old/ }))
  expect(await screen.findByRole('columnheader', { name: /^old/ })).toBeTruthy()
})
