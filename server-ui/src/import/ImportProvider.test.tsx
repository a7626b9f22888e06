import { fireEvent, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { Link } from 'wouter'
import { fakeServer, renderAt } from '../test/server'
import { ImportProvider } from './ImportProvider'

const drop = (text: string) => {
  const file = new File([text], 'traces.json')
  file.text = () => Promise.resolve(text)
  fireEvent.drop(document.body, { dataTransfer: { files: [file], types: ['Files'] } })
}
const request = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 't9', spanId: 's' }] }] }] })

describe('dropping a file', () => {
  it('stores its traces and leads to them', async () => {
    fakeServer({ '/api/public/otel/v1/traces': {} })
    renderAt('/traces', <ImportProvider>page</ImportProvider>)
    drop(request)
    expect((await screen.findByText('1 span in 1 trace taken in.')).textContent).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Open it' }).getAttribute('href')).toBe('/traces/t9')
  })

  it('tells of it until the reader goes on to another page', async () => {
    fakeServer({ '/api/public/otel/v1/traces': {} })
    renderAt('/traces', <ImportProvider><Link href="/health">Health</Link></ImportProvider>)
    drop(request)
    await screen.findByRole('status')
    await userEvent.click(screen.getByRole('link', { name: 'Health' }))
    expect(screen.queryByRole('status')).toBeNull()
  })

  it('that holds something else says why not', async () => {
    fakeServer({})
    renderAt('/traces', <ImportProvider>page</ImportProvider>)
    drop('hello')
    expect((await screen.findByRole('alert')).textContent).toContain('traces.json was not taken in. It is not JSON.')
  })

  it('shows what the server says against it, in part or in whole', async () => {
    fakeServer({ '/api/public/otel/v1/traces': { partialSuccess: { rejectedSpans: '1', errorMessage: 'bad span id' } } })
    renderAt('/traces', <ImportProvider>page</ImportProvider>)
    drop(request)
    expect((await screen.findByRole('alert')).textContent).toContain('bad span id')
  })
})
