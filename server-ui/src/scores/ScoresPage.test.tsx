import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { at, traceRow } from '../test/fixtures'
import { fakeServer, renderAt } from '../test/server'
import ScoresPage from './ScoresPage'

const score = (id: string, given: object) => ({ id, observationId: null, sessionId: null, traceId: 't/1', name: 'quality', dataType: 'NUMERIC', value: 0.5, stringValue: null, comment: null, source: 'API', metadata: null, timestamp: at(0), ...given })

it('lists what was judged, leads to it, and narrows by name and by whom', async () => {
  const asked: string[] = []
  fakeServer({
    '/traces': { data: [traceRow('t/1', { name: 'answer', inputPreview: 'Why is it cold?' })], nextCursor: null, total: 1, totalIsExact: true },
    '/facets': { score: [{ value: 'quality', count: 2 }] },
    '/api/public/v2/scores': (query: URLSearchParams) => {
      asked.push(query.toString())
      const data = [score('1', { observationId: 'o1', comment: 'vague' }), score('2', { name: 'thumbs', dataType: 'BOOLEAN', value: 0, traceId: null, sessionId: 's1', source: 'ANNOTATION' })]
      return { data, meta: { page: 1, limit: 50, totalItems: data.length, totalPages: 1 } }
    },
  })
  renderAt('/scores', <ScoresPage />)
  const row = await screen.findByRole('row', { name: /^quality 0.5 a step of answer Why is it cold\? vague/ })
  expect(within(row).getByRole('link', { name: 'a step of answer' }).getAttribute('href')).toBe('/traces/t%2F1?observation=o1')
  expect(within(screen.getByRole('row', { name: /thumbs no/ })).getByRole('link').getAttribute('href')).toBe('/sessions/s1')
  await userEvent.click(screen.getByRole('button', { name: 'Readers' }))
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Name' }), await screen.findByRole('option', { name: 'quality' }))
  expect(asked.at(-1)).toBe('name=quality&source=ANNOTATION&page=1&limit=50')
})

it('teaches where nothing is judged', async () => {
  fakeServer({ '/api/public/v2/scores': { data: [], meta: { page: 1, limit: 50, totalItems: 0, totalPages: 0 } } })
  renderAt('/scores', <ScoresPage />)
  expect(await screen.findByRole('heading', { name: 'Nothing is judged yet' })).toBeTruthy()
})
