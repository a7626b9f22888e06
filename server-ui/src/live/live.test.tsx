import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { TraceChange } from '../api/types'
import { LiveProvider, useConnected, useTraceChanges } from './live'

class Stream extends EventTarget {
  static readonly CLOSED = 2
  static opened: Stream[] = []
  readyState = 0
  onopen: (() => void) | null = null
  onerror: (() => void) | null = null
  close = vi.fn()

  constructor() {
    super()
    Stream.opened.push(this)
  }

  announce(id: string) {
    this.dispatchEvent(new MessageEvent('trace', { data: JSON.stringify({ id, timestamp: '' }) }))
  }
}

let heard: TraceChange[][]

function Listener() {
  useTraceChanges((changes) => heard.push(changes))
  return <p>{useConnected() ? 'connected' : 'not connected'}</p>
}

const stream = () => Stream.opened.at(-1) as Stream
const later = (ms: number) => act(() => vi.advanceTimersByTime(ms))

beforeEach(() => {
  heard = []
  Stream.opened = []
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Stream)
  render(
    <LiveProvider>
      <Listener />
    </LiveProvider>,
  )
})

afterEach(() => vi.useRealTimers())

it('bundles what happens close together, each trace once', () => {
  for (const id of ['a', 'b', 'a']) stream().announce(id)
  later(1000)
  expect(heard.map((changes) => changes.map((change) => change.id))).toEqual([['a', 'b']])
})

it('tells everybody to look again after a cut line', () => {
  act(() => stream().onopen?.())
  act(() => stream().onerror?.())
  expect(screen.getByText('not connected')).toBeTruthy()
  act(() => stream().onopen?.())
  later(1000)
  expect(heard).toEqual([[]])
  expect(screen.getByText('connected')).toBeTruthy()
})

it('connects anew when the browser has given up', () => {
  stream().readyState = Stream.CLOSED
  act(() => stream().onerror?.())
  later(5000)
  expect(Stream.opened).toHaveLength(2)
})
