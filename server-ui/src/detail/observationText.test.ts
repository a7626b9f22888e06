import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { ObservationBody } from '../api/types'
import { observation } from '../test/fixtures'
import { COPIES, requestOf } from './observationText'

const body = (given: Partial<ObservationBody>): ObservationBody => ({ ...observation('o1'), input: null, output: null, metadata: null, ...given })
const nasty = `it's "$HOME" \`id\` $(id) \\u0041 JSON\nJSON\n""" \u202E`
const generation = body({ type: 'GENERATION', model: 'm-1', modelParameters: { temperature: 0 }, input: [{ role: 'user', content: nasty }], output: 'fine' })

describe('the request', () => {
  it('is rebuilt from messages, from a whole request, or from a text', () => {
    expect(requestOf(generation)).toEqual({ model: 'm-1', temperature: 0, messages: [{ role: 'user', content: nasty }] })
    expect(requestOf(body({ model: 'm', input: { messages: [], tools: [1] } }))).toEqual({ model: 'm', messages: [], tools: [1] })
    expect(requestOf(body({ model: 'm', input: 'Why?' })).messages).toEqual([{ role: 'user', content: 'Why?' }])
  })
})

describe('curl', () => {
  it('sends exactly that through a shell, whatever is in it', () => {
    const sent = execFileSync('sh', ['-c', COPIES.curl(generation, '').replace(/^curl[\s\S]*?-d @-/, 'cat')]).toString()
    expect(JSON.parse(sent)).toEqual(requestOf(generation))
  })

  it('reads what is no model call from this server', () => {
    expect(COPIES.curl(body({ type: 'TOOL' }), 'http://localhost:3000')).toBe("curl -sS 'http://localhost:3000/api/public/observations/o1'\n")
  })
})

describe('Java', () => {
  it('observes again what is no model call', () => {
    expect(COPIES.Java(body({ type: 'TOOL', name: 'a "b"', input: { q: 'x\\y' }, output: nasty }))).toBe(`Langfuse langfuse = Langfuse.get();
langfuse.run("a \\"b\\"", ObservationType.TOOL, o -> {
    o.input("""
    {
      "q": "x\\\\\\\\y"
    }\\
    """);
    o.output("""
    it's "$HOME" \`id\` $(id) \\\\u0041 JSON
    JSON
    \\""" \\u202e\\
    """);
});
`)
  })

  it('keeps a request out of the source that is too long for it', () => {
    expect(COPIES.Java({ ...generation, input: 'x'.repeat(70_000) })).toContain('Files.readString(Path.of("request.json"))')
  })
})

describe('Markdown', () => {
  it('heads the conversation with what it was', () => {
    expect(COPIES.Markdown({ ...generation, name: 'answer', latencyMs: 1300, totalTokens: 12 })).toMatch(/^## answer\n\ngeneration · 1.30 s · m-1 · 12 tokens\n\n### User\n/)
    expect(COPIES.Markdown(body({ type: 'TOOL', name: 'find', input: { a: 1 }, output: 'x', statusMessage: 'late' }))).toContain('```\nlate\n```\n\n### Input\n\n```json\n')
  })
})
