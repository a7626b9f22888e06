import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Facets } from '../api/types'
import { fakeServer, renderAt } from '../test/server'
import { useFilters } from '../traces/filters'
import { QueryBar } from './QueryBar'
import { completions } from './completion'
import { format, parse } from './language'
import { settled } from './useDraft'

describe('the query language', () => {
  it('reads words, quoted values and free text', () => {
    expect(parse('name:"answer question" cracked user:ada@x.org has:error level:warning  jug')).toEqual({
      name: ['answer question'],
      userId: ['ada@x.org'],
      hasError: ['true'],
      level: ['WARNING'],
      search: ['cracked jug'],
    })
  })

  it('takes words that it does not know for text', () => {
    expect(parse('https://x.org note:this')).toEqual({ search: ['https://x.org note:this'] })
  })

  it.each([
    { name: ['a "b" \\ c'], tag: ['x', 'y z'], search: ['plain text'] },
    { search: ['name:x is text'] },
    { search: ['two  blanks'] },
    { type: ['TOOL'], hasError: ['true'], environment: ['prod'], from: ['2026-01-01T00:00:00Z'] },
    { sessionId: ['ends with \\'] },
    { latency: ['>2s', '<9s'], cost: ['0.1..0.5'], score: ['answer quality<0.5', 'tone=curt'] },
  ])('writes what it would read again: %o', (query) => {
    expect(parse(format(query))).toEqual(query)
  })

  it('takes a word again and again, but for the ends of the time', () => {
    expect(parse('score:a<1 score:b score:a<1 from:-1h from:-7d')).toEqual({ score: ['a<1', 'b'], from: ['-7d'] })
  })

  it('does not filter by a value that is still being typed', () => {
    expect([settled('jug model:gp'), settled('jug model:gpt '), settled('cracked ju')]).toEqual(['jug ', 'jug model:gpt ', 'cracked ju'])
  })
})

const facets = { name: [{ value: 'answer question', count: 7 }, { value: 'reindex', count: 2 }], level: [{ value: 'ERROR', count: 1 }] } as unknown as Facets

describe('completion', () => {
  const labels = (text: string, caret = text.length) => completions(text, caret, facets).map(({ label }) => label)

  it('offers words, and then what the store knows', () => {
    expect(labels('')).toContain('score:')
    expect(labels('latency:>')).toEqual(['>1s', '>5s', '>30s'])
    expect(labels('jug na')).toEqual(['name:'])
    expect(labels('name:')).toEqual(['answer question', 'reindex'])
    expect(labels('level:e')).toEqual(['error'])
    expect(labels('has:')).toEqual(['error'])
  })

  it('puts the choice where the caret is, quoted if need be', () => {
    expect(completions('name:ans tag:x', 8, facets)[0]).toMatchObject({ text: 'name:"answer question" tag:x', caret: 23 })
  })
})

function Bar() {
  const filters = useFilters()
  return (
    <>
      <QueryBar filters={filters} />
      <button type="button" onClick={() => filters.set('level', 'ERROR')}>
        facet
      </button>
      <button type="button" onClick={() => filters.toggle('score', 'tone=curt')}>
        score
      </button>
      <button type="button" onClick={filters.clear}>
        clear
      </button>
    </>
  )
}

describe('the query bar', () => {
  beforeEach(() => {
    fakeServer({ '/facets': facets })
  })
  const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Search traces' })

  it('is filled by completing and writes the address', async () => {
    const { history } = renderAt('/traces', <Bar />)
    await userEvent.click(field())
    await userEvent.keyboard('na{ArrowDown}{Enter}')
    expect(field().value).toBe('name:')
    expect(await screen.findByRole('option', { name: /answer question/ })).toBeTruthy()
    await userEvent.keyboard('{ArrowDown}{Enter}jug')
    await waitFor(() => expect(history.at(-1)).toBe('/traces?search=jug&name=answer+question'))
    expect(field().value).toBe('name:"answer question" jug')
  })

  it('is emptied when the filters are, whatever it ended with', async () => {
    renderAt('/traces', <Bar />)
    await userEvent.type(field(), 'env:batch{Enter}')
    expect(field().value).toBe('env:batch')
    await userEvent.click(screen.getByRole('button', { name: 'clear' }))
    await waitFor(() => expect(field().value).toBe(''))
  })

  it('holds several conditions on scores, and lets each go by itself', async () => {
    const { history } = renderAt('/traces?score=tone%3Dcurt', <Bar />)
    await userEvent.type(field(), ' score:groundedness<0.5 ')
    await waitFor(() => expect(history.at(-1)).toBe('/traces?score=tone%3Dcurt&score=groundedness%3C0.5'))
    await userEvent.click(screen.getByRole('button', { name: 'score' }))
    await waitFor(() => expect(field().value).toBe('score:groundedness<0.5'))
    await userEvent.click(screen.getByRole('button', { name: 'score' }))
    await waitFor(() => expect(field().value).toBe('score:groundedness<0.5 score:tone=curt'))
  })

  it('follows what the facets set', async () => {
    renderAt('/traces?name=reindex', <Bar />)
    expect(field().value).toBe('name:reindex')
    await userEvent.click(screen.getByRole('button', { name: 'facet' }))
    await waitFor(() => expect(field().value).toBe('name:reindex level:error'))
  })
})
