import { renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useOneAtATime, useThrottled } from './pace'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('runs at once, then at most once per period, and never forgets the last request', () => {
  const job = vi.fn()
  const { result } = renderHook(() => useThrottled(job, 1000))
  result.current()
  vi.advanceTimersByTime(0)
  expect(job).toHaveBeenCalledTimes(1)
  for (let times = 0; times < 5; times++) result.current()
  vi.advanceTimersByTime(999)
  expect(job).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1)
  expect(job).toHaveBeenCalledTimes(2)
})

it('does not run after its component is gone', () => {
  const job = vi.fn()
  const { result, unmount } = renderHook(() => useThrottled(job, 1000))
  result.current()
  unmount()
  vi.advanceTimersByTime(5000)
  expect(job).not.toHaveBeenCalled()
})

it('never runs twice at once, and once more when asked for meanwhile', async () => {
  const finish: (() => void)[] = []
  const { result } = renderHook(() => useOneAtATime(() => new Promise<void>((resolve) => finish.push(resolve))))
  for (let times = 0; times < 3; times++) result.current()
  expect(finish).toHaveLength(1)
  finish[0]?.()
  await vi.waitFor(() => expect(finish).toHaveLength(2))
  finish[1]?.()
  await vi.advanceTimersByTimeAsync(10)
  expect(finish).toHaveLength(2)
})
