import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import type { Score } from '../api/types'
import { at } from '../test/fixtures'
import { renderAt } from '../test/server'
import { Verdict } from './Verdict'
import { difference, moodOf, scoreText } from './words'

function score(given: Partial<Score>): Score {
  return { id: 's1', observationId: null, name: 'thumbs', dataType: 'BOOLEAN', value: 1, stringValue: 'True', comment: null, source: 'ANNOTATION', metadata: {}, timestamp: at(0), ...given }
}

it.each([
  [score({}), 'yes', 'good'],
  [score({ value: 0 }), 'no', 'bad'],
  [score({ value: 0.25 }), '25 % yes', 'bad'],
  [score({ dataType: 'NUMERIC', value: 0.123456 }), '0.123', null],
  [score({ dataType: 'NUMERIC', value: 12 }), '12', null],
  [score({ dataType: 'NUMERIC', value: 123456.789 }), '123,457', null],
  [score({ dataType: 'NUMERIC', value: -99.96 }), '-100', null],
  [score({ dataType: 'NUMERIC', value: 1e300 }), '1.00e+300', null],
  [score({ dataType: 'CATEGORICAL', value: 0, stringValue: 'refund' }), 'refund', null],
  [score({ dataType: 'TEXT', value: null, stringValue: null }), '–', null],
])('%o reads %s', (given, text, mood) => {
  expect([scoreText(given), moodOf(given)]).toEqual([text, mood])
})

it.each([
  [0.3, '0.3'],
  [0.00666667, '0.0067'],
  [12.345, '12.3'],
  [1234.5, '1,235'],
])('a difference of %d reads %s', (value, text) => expect(difference(value)).toBe(text))

function requests() {
  const sent: [string, string, unknown][] = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    sent.push([init.method ?? 'GET', url, init.body === undefined ? null : JSON.parse(String(init.body))])
    return Promise.resolve(Response.json({ id: 's1' }))
  })
  vi.stubGlobal('EventSource', undefined)
  return sent
}

it('keeps a verdict as a score of the step', async () => {
  const sent = requests()
  renderAt('/', <Verdict traceId="t1" observationId="o1" scores={[score({ id: 'other', observationId: null })]} />)
  await userEvent.click(screen.getByRole('button', { name: 'Bad' }))
  await waitFor(() => expect(sent).toEqual([['POST', '/api/viewer/scores', { traceId: 't1', observationId: 'o1', name: 'thumbs', value: false, comment: '' }]]))
})

it('takes it back when pressed again, and keeps the note when it turns around', async () => {
  const sent = requests()
  renderAt('/', <Verdict traceId="t1" observationId={null} scores={[score({ comment: 'fine' })]} />)
  await userEvent.click(screen.getByRole('button', { name: 'Good' }))
  await userEvent.click(screen.getByRole('button', { name: 'Bad' }))
  await waitFor(() =>
    expect(sent).toEqual([
      ['DELETE', '/api/viewer/scores/s1', null],
      ['POST', '/api/viewer/scores', { traceId: 't1', observationId: null, name: 'thumbs', value: false, comment: 'fine' }],
    ]),
  )
})

it('adds a note to the verdict', async () => {
  const sent = requests()
  renderAt('/', <Verdict traceId="t1" observationId={null} scores={[score({})]} />)
  await userEvent.click(screen.getByRole('button', { name: 'Add a note' }))
  await userEvent.type(screen.getByRole('textbox', { name: 'Note' }), ' as promised ')
  await userEvent.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(sent[0]?.[2]).toMatchObject({ value: true, comment: 'as promised' }))
  expect(screen.queryByRole('textbox')).toBeNull()
})

it('has nothing to say where no value was kept', () => {
  const said = [{ dataType: 'NUMERIC' as const, stringValue: null }, { dataType: 'BOOLEAN' as const, stringValue: null }, { dataType: 'TEXT' as const, stringValue: 'why' }]
  expect(said.map((score) => [scoreText(score), moodOf(score)])).toEqual([['–', null], ['–', null], ['why', null]])
})
