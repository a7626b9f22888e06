import { QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { vi } from 'vitest'
import { Router } from 'wouter'
import { memoryLocation } from 'wouter/memory-location'
import { createQueryClient } from '../api/queries'
import { LiveProvider } from '../live/live'

type Answer = unknown | ((query: URLSearchParams) => unknown)

/** Stands in for the server: answers by path below /api/viewer, and can announce changes. */
export function fakeServer(answers: Record<string, Answer>) {
  vi.stubGlobal('fetch', (url: string) => {
    const { pathname, searchParams } = new URL(url, 'http://viewer.test')
    const path = pathname.replace('/api/viewer', '')
    if (!(path in answers)) return Promise.resolve(Response.json({ message: `nothing at ${path}` }, { status: 404 }))
    const answer = answers[path]
    return Promise.resolve(typeof answer === 'function' ? answer(searchParams) : answer).then((given) => Response.json(given))
  })
  vi.stubGlobal('EventSource', FakeEventSource)
  // jsdom lays nothing out; the virtual lists need to believe in a height.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(1000)
  Element.prototype.scrollTo = () => {}
  return { announce: (id: string) => FakeEventSource.current?.announce(id) }
}

class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2
  static current: FakeEventSource | undefined
  onopen: (() => void) | null = null
  onerror: (() => void) | null = null

  constructor() {
    super()
    FakeEventSource.current = this
  }

  announce(id: string) {
    this.dispatchEvent(new MessageEvent('trace', { data: JSON.stringify({ id, timestamp: '' }) }))
  }

  close() {}
}

/** Renders a page at an address, with its own query cache; `history` is where it has been since. */
export function renderAt(path: string, page: ReactNode) {
  const location = memoryLocation({ path, record: true })
  const result = render(
    <QueryClientProvider client={createQueryClient()}>
      <LiveProvider>
        <Router hook={location.hook} searchHook={location.searchHook}>
          {page}
        </Router>
      </LiveProvider>
    </QueryClientProvider>,
  )
  return { ...result, history: location.history }
}
