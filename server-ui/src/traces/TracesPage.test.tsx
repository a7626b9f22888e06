import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Facets, TraceRow } from '../api/types'
import { at, traceRow } from '../test/fixtures'
import { fakeServer, renderAt } from '../test/server'
import { TracesPage } from './TracesPage'

const noFacets: Facets = { name: [], level: [], environment: [], userId: [], sessionId: [], model: [], tag: [], type: [], score: [] }

const health = { receivedSpans: 0, storedSpans: 0, rejectedRequests: 2, lastRejections: [{ at: at(0), reason: 'Invalid content type', count: 2 }] }

let rows: TraceRow[]
let asked: URLSearchParams[]
let server: ReturnType<typeof fakeServer>

beforeEach(() => {
  rows = [
    traceRow('t2', { name: 'second', timestamp: at(2000), errorCount: 1, level: 'ERROR' }),
    traceRow('t1', { name: 'first', timestamp: at(1000) }),
  ]
  asked = []
  server = fakeServer({
    '/traces': (query: URLSearchParams) => {
      asked.push(query)
      return { data: rows, nextCursor: null, total: rows.length }
    },
    '/facets': { ...noFacets, userId: [{ value: 'ada', count: 2 }] },
    '/info': { version: '0.1.0', requireKeys: false, health },
  })
})

const names = () => screen.getAllByRole('link').map((link) => link.textContent)
const arrive = (id: string, given: Partial<TraceRow>) => {
  rows = [traceRow(id, given), ...rows.filter((row) => row.id !== id)].sort((a, b) => (a.timestamp < b.timestamp ? 1 : -1))
  server.announce(id)
}

describe('the list', () => {
  it('is one step away from whoever walks with the Tab key, however many filters there are', async () => {
    renderAt('/traces', <TracesPage />)
    await userEvent.click(await screen.findByRole('button', { name: 'Skip the filters' }))
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Trace list' }))
  })

  it('shows traces newest first with what they asked, answered and took', async () => {
    renderAt('/traces', <TracesPage />)
    const [, row] = await screen.findAllByRole('row')
    expect(within(row as HTMLElement).getByRole('link').getAttribute('href')).toBe('/traces/t2')
    expect((row as HTMLElement).textContent).toMatch(/second.*1 error.*Why is the sky blue\?.*→.*Rayleigh scattering\..*1\.24 s.*812 tok.*\$0\.0042/)
    expect(names()).toEqual(['second', 'first'])
  })

  it('says that there are more than the server counted', async () => {
    server = fakeServer({
      '/traces': { data: rows, nextCursor: 'more', total: 10_000, totalIsExact: false },
      '/facets': noFacets,
      '/info': { version: '0.1.0', requireKeys: false, health },
    })
    renderAt('/traces', <TracesPage />)
    await waitFor(() => expect(screen.getAllByRole('status').map((status) => status.textContent)).toContain('10,000+ traces'))
  })

  it('takes a new trace in while the reader is at the top', async () => {
    renderAt('/traces', <TracesPage />)
    await screen.findByText('second')
    arrive('t3', { name: 'third', timestamp: at(3000) })
    await waitFor(() => expect(names()).toEqual(['third', 'second', 'first']))
  })

  it('lets new traces wait while paused, until they are asked for', async () => {
    renderAt('/traces', <TracesPage />)
    await userEvent.click(await screen.findByRole('button', { name: 'Pause' }))
    arrive('t3', { name: 'third', timestamp: at(3000) })
    const show = await screen.findByRole('button', { name: '1 new · show' })
    expect(names()).toEqual(['second', 'first'])
    await userEvent.click(show)
    expect(names()).toEqual(['third', 'second', 'first'])
  })

  it('changes a known trace where it stands, even while paused', async () => {
    renderAt('/traces', <TracesPage />)
    await userEvent.click(await screen.findByRole('button', { name: 'Pause' }))
    arrive('t1', { name: 'first, finished', timestamp: at(1000) })
    await waitFor(() => expect(names()).toEqual(['second', 'first, finished']))
  })
})

describe('filters', () => {
  it('come from the address', async () => {
    renderAt('/traces?userId=ada&hasError=true', <TracesPage />)
    expect((await screen.findByRole('button', { name: /Has an error/ })).getAttribute('aria-pressed')).toBe('true')
    expect(asked[0]?.toString()).toBe('userId=ada&hasError=true&limit=50')
  })

  it('are set by a facet and cleared again', async () => {
    const { history } = renderAt('/traces', <TracesPage />)
    await userEvent.click(await screen.findByRole('button', { name: /^ada/ }))
    expect(history.at(-1)).toBe('/traces?userId=ada')
    await userEvent.click(await screen.findByRole('button', { name: 'Clear filters' }))
    expect(history.at(-1)).toBe('/traces')
  })

  it('include the search box, reached with a slash', async () => {
    const { history } = renderAt('/traces', <TracesPage />)
    await screen.findByText('second')
    await userEvent.keyboard('/')
    await userEvent.keyboard('refund')
    await waitFor(() => expect(history.at(-1)).toBe('/traces?search=refund'))
    await waitFor(() => expect(asked.at(-1)?.get('search')).toBe('refund'))
  })

  it('say when nothing matches', async () => {
    rows = []
    renderAt('/traces?search=nothing', <TracesPage />)
    expect(await screen.findByRole('heading', { name: 'No trace matches' })).toBeTruthy()
  })
})

describe('the keyboard', () => {
  it('moves with j and k and opens with Enter', async () => {
    const { history } = renderAt('/traces', <TracesPage />)
    await screen.findByText('second')
    for (const key of ['j', 'j', 'k', 'j', 'Enter']) fireEvent.keyDown(document.body, { key })
    await waitFor(() => expect(history.at(-1)).toBe('/traces/t1'))
  })

  it('leaves Enter to the control that has the focus', async () => {
    const { history } = renderAt('/traces', <TracesPage />)
    await screen.findByText('second')
    await userEvent.keyboard('j')
    screen.getByRole('button', { name: 'Pause' }).focus()
    await userEvent.keyboard('{Enter}')
    expect(screen.getByRole('button', { name: 'Resume' })).toBeTruthy()
    expect(history).toEqual(['/traces'])
  })

  it('jumps to the next error with e', async () => {
    const { history } = renderAt('/traces', <TracesPage />)
    await screen.findByText('second')
    fireEvent.keyDown(document.body, { key: 'e' })
    fireEvent.keyDown(document.body, { key: 'Enter' })
    await waitFor(() => expect(history.at(-1)).toBe('/traces/t2'))
  })
})

describe('the empty server', () => {
  it('teaches, and notices the first trace', async () => {
    rows = []
    renderAt('/', <TracesPage />)
    expect(await screen.findByText('Listening on', { exact: false })).toBeTruthy()
    expect(screen.getByRole('group', { name: 'Environment variables' }).textContent).toContain(`LANGFUSE_BASE_URL=${window.location.origin}`)
    expect((await screen.findByText(/2 requests turned away/)).textContent).toContain('Invalid content type')
    arrive('t9', { name: 'hello' })
    expect((await screen.findByRole('link', { name: 'Open it' })).getAttribute('href')).toBe('/traces/t9')
    await userEvent.click(screen.getByRole('button', { name: 'All traces' }))
    expect(names()).toEqual(['hello'])
  })
})
