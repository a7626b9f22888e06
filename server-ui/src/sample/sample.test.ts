import { describe, expect, it } from 'vitest'
import { chunksOf } from '../import/chunks'
import { moved } from './sample'
import text from './sample.otlp.json?raw'

describe('the sample', () => {
  it('is three traces, every span marked as sample', () => {
    const { spans, traceIds } = chunksOf(text)
    expect([spans, traceIds.length]).toEqual([40, 3])
    expect(text.match(/"langfuse.environment", "value": \{ "stringValue": "sample" \}/g)).toHaveLength(spans)
  })

  it('is moved in time, span for span and first tokens with them', () => {
    const later = moved(text, 86_400_000)
    expect(text).toContain('1767258300000000000')
    expect(later).toContain('1767344700000000000')
    expect(later).not.toContain('2026-01-01T')
    expect(moved(later, -86_400_000)).toBe(text)
  })
})
