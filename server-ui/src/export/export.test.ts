import { describe, expect, it } from 'vitest'
import { chunksOf } from '../import/chunks'
import { at, observation, traceBody, traceRow } from '../test/fixtures'
import { csvOf } from './csv'
import { fileName } from './download'
import type { FullTrace } from './full'
import { htmlOf } from './html'
import { markdownOfTrace } from './markdown'
import { otlpOf } from './otlp'

const attack = `</pre><script>document.title=1</script><img src=x onerror="alert('1')">\0\u202Eabc`

function full(given: Partial<FullTrace['trace']> = {}): FullTrace {
  const generation = {
    ...observation('b'.repeat(16), { type: 'GENERATION', name: attack, parentObservationId: 'a'.repeat(16), model: 'm-1', usage: { input: 3 }, statusMessage: attack, level: 'ERROR' }),
    input: [{ role: 'user', content: attack }],
    output: { role: 'assistant', content: 'Because.' },
    metadata: { note: { deep: 1 }, resourceAttributes: { 'service.name': 'desk' }, scope: { name: 'custom', version: '2', attributes: {} }, attributes: { 'http.status': 200, flag: true } },
  }
  const root = { ...observation('a'.repeat(16), { name: 'root' }), input: 'Why?', output: 'Because.', metadata: {} }
  return { trace: traceBody('t1', { name: attack, input: 'Why?', output: 'Because.', tags: ['x'], ...given }), observations: [root, generation], original: {} }
}

describe('the page to read offline', () => {
  const html = htmlOf(full())
  const page = new DOMParser().parseFromString(html, 'text/html')

  it('runs and fetches nothing, whatever was recorded', () => {
    expect(page.querySelectorAll('script, img, link, iframe, a, [onerror]')).toHaveLength(0)
    expect(page.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content')).toContain("default-src 'none'")
    expect(html).not.toMatch(/https?:|url\(|@import/)
  })

  it('reads like the viewer, and calls nobody for pictures', () => {
    const output = 'It is **done**.\n\n![spy](https://example.org/x.png) [x](javascript:alert(1))\n\n| a | b |\n|---|---|\n| 1 | 2 |'
    const { trace } = full({ output })
    const told = new DOMParser().parseFromString(htmlOf({ trace, observations: [], original: {} }), 'text/html')
    expect(told.querySelector('article strong')?.textContent).toBe('done')
    expect(told.querySelectorAll('article td')).toHaveLength(2)
    expect(told.querySelectorAll('article img, article a')).toHaveLength(0)
    expect(told.querySelector('article .blocked-image')?.textContent).toContain('https://example.org/x.png')
  })

  it('shows the conversation and every step with its bodies', () => {
    expect(page.querySelector('h1')?.textContent).toContain("onerror=\"alert('1')\"")
    expect([...page.querySelectorAll('article')].map((article) => article.getAttribute('data-role'))).toEqual(['user', 'assistant'])
    expect([...page.querySelectorAll('.step > summary i')].map((type) => type.textContent)).toEqual(['span', 'generation'])
    expect(page.querySelector('.step[data-level="ERROR"] .status')?.textContent).toContain('<script>')
  })
})

describe('its waterfall', () => {
  const steps = [
    { ...observation('a', { name: 'root', type: 'AGENT', startTime: at(0), endTime: at(1000) }), input: null, output: null, metadata: null },
    { ...observation('b', { name: 'ask', type: 'GENERATION', parentObservationId: 'a', startTime: at(250), endTime: at(1000) }), input: null, output: null, metadata: null },
    { ...observation('c', { name: 'fail', type: 'TOOL', parentObservationId: 'b', startTime: at(500), endTime: at(750), level: 'ERROR' }), input: null, output: null, metadata: null },
    { ...observation('d', { name: null, type: 'EVENT', parentObservationId: 'a', startTime: at(1000), endTime: null }), input: null, output: null, metadata: null },
  ]
  const html = htmlOf({ trace: full().trace, observations: steps, original: {} })
  const page = new DOMParser().parseFromString(html, 'text/html')
  const style = page.querySelector('style')?.textContent ?? ''

  it('has the colours of the viewer: one for each type, in both themes, and another for errors', () => {
    expect([...page.querySelectorAll('.step')].map((step) => [step.getAttribute('data-type'), step.getAttribute('data-level')])).toEqual([
      ['AGENT', 'DEFAULT'],
      ['GENERATION', 'DEFAULT'],
      ['TOOL', 'ERROR'],
      ['EVENT', 'DEFAULT'],
    ])
    for (const type of ['agent', 'generation', 'tool', 'retriever', 'guardrail']) {
      expect(style).toMatch(new RegExp(`--type-${type}: light-dark\\(#[0-9a-f]{6}, #[0-9a-f]{6}\\)`))
      expect(style).toContain(`[data-type='${type.toUpperCase()}']`)
    }
    expect(style).toMatch(/\.step\[data-level='ERROR'\] \.bar \{ background: var\(--error\)/)
    expect(style).not.toContain('@font-face')
  })

  it('draws all steps on one axis, however deep they are', () => {
    expect([...page.querySelectorAll('.axis span')].map((end) => end.textContent)).toEqual(['0', '1.00 s'])
    expect([...page.querySelectorAll<HTMLElement>('.bar')].map((bar) => bar.getAttribute('style'))).toEqual([
      'margin-left:min(0.00%, 100% - 3px);width:100.00%',
      'margin-left:min(25.00%, 100% - 3px);width:75.00%',
      'margin-left:min(50.00%, 100% - 3px);width:25.00%',
      'margin-left:calc((100% - 8px) * 1.0000)',
    ])
    expect(page.querySelectorAll('summary[style]')).toHaveLength(0)
    expect([...page.querySelectorAll('summary b')].map((name) => name.textContent)).toEqual(['root', 'ask', 'fail', 'event'])
  })
})

describe('OTLP', () => {
  const { resourceSpans } = otlpOf(full())

  it('keeps resource, scope and the attributes of the span, beside those of Langfuse', () => {
    expect(resourceSpans.map(({ resource }) => resource.attributes)).toEqual([[], [{ key: 'service.name', value: { stringValue: 'desk' } }]])
    const { scope, spans } = resourceSpans[1]?.scopeSpans[0] ?? { spans: [] }
    expect(scope).toEqual({ name: 'custom', version: '2', attributes: [] })
    const [span] = spans as { attributes: { key: string; value: unknown }[]; startTimeUnixNano: string; parentSpanId: string; status: unknown }[]
    expect(span?.parentSpanId).toBe('a'.repeat(16))
    expect(span?.startTimeUnixNano).toBe(`${Date.parse(at(0))}000000`)
    expect(span?.status).toEqual({ code: 2, message: attack })
    expect(Object.fromEntries(span?.attributes.map(({ key, value }) => [key, value]) ?? [])).toMatchObject({
      'http.status': { intValue: '200' },
      flag: { boolValue: true },
      'langfuse.observation.type': { stringValue: 'generation' },
      'langfuse.observation.usage_details': { stringValue: '{"input":3}' },
      'langfuse.observation.metadata.note': { stringValue: '{"deep":1}' },
      'langfuse.trace.tags': { arrayValue: { values: [{ stringValue: 'x' }] } },
    })
  })

  it('is what the import takes', () => {
    const { spans, chunks, traceIds } = chunksOf(JSON.stringify({ resourceSpans }))
    expect({ spans, chunks: chunks.length, traceIds }).toEqual({ spans: 2, chunks: 1, traceIds: ['t1'] })
    expect(JSON.parse(chunks[0]?.body ?? '')).toEqual({ resourceSpans })
  })
})

describe('an imported file', () => {
  const request = (count: number) => JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: Array.from({ length: count }, (_, id) => ({ traceId: 't', spanId: String(id) })) }] }] })

  it('may hold a request per line, and goes out in parts', () => {
    const { chunks, spans } = chunksOf(`${request(600)}\n${request(500)}\n`)
    expect([spans, ...chunks.map((chunk) => chunk.spans)]).toEqual([1100, 500, 500, 100])
  })

  it('that is something else is refused with the reason', () => {
    expect(() => chunksOf('%PDF-1.7')).toThrow('It is not JSON.')
    expect(() => chunksOf('{"data":[]}')).toThrow('an object with "resourceSpans" is expected')
    expect(() => chunksOf('{"resourceSpans":[]}')).toThrow('There are no spans in it.')
  })
})

describe('CSV', () => {
  it('quotes what needs it and computes nothing', () => {
    const lines = csvOf([traceRow('t1', { name: '=HYPERLINK("x")', inputPreview: 'one,\ntwo', totalCost: -1 })]).split('\r\n')
    expect(lines[0]).toMatch(/^\uFEFFtimestamp,id,name,/)
    expect(lines[1]).toContain(`,"'=HYPERLINK(""x"")",`)
    expect(lines[1]).toContain('"one,\ntwo"')
    expect(lines[1]).toContain(',-1,')
  })
})

describe('Markdown and names', () => {
  it('begin with which trace it was', () => {
    expect(markdownOfTrace(full({ name: 'desk' }))).toMatch(/^# desk\n\n- Trace: `t1`\n/)
    expect(fileName('a/../b "ü"', '0123456789', 'json')).toBe('a-b-u-01234567.json')
  })
})
