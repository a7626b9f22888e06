import { expect, it } from 'vitest'
import { normalize } from './normalize'

const KEYS = ['role', 'content', 'parts', 'type', 'text', 'messages', 'tool_calls', 'function', 'name', 'arguments', 'input', 'output', 'id']
  .concat(['choices', 'message', 'kwargs', 'data', 'image_url', 'source', 'summary', 'tools', 'response', 'contents', 'config'])
  .concat(['functionCall', 'functionResponse', 'toolUse', 'generations', 'candidates', 'inlineData', 'system', 'finish_reason'])
const SCALARS = [null, '', 'user', 'assistant', 'tool', 'text', 'tool_use', 'tool_result', 'function_call', 'image', 'thinking', '{"a":', '[1]', 7, true]

/** A small generator with a fixed seed per case, so that a failure can be repeated. */
function random(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 1
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function value(next: (below: number) => number, depth: number): unknown {
  const kind = depth === 0 ? 0 : next(4)
  if (kind <= 1) return SCALARS[next(SCALARS.length)]
  const children = Array.from({ length: next(4) }, () => value(next, depth - 1))
  return kind === 2 ? children : Object.fromEntries(children.map((child) => [KEYS[next(KEYS.length)], child]))
}

it('reads twenty thousand malformed recordings without failing or losing a whole side', () => {
  for (let seed = 1; seed <= 20_000; seed++) {
    const next = random(seed)
    const [input, output] = [value(next, 5), value(next, 5)]
    const { messages, chat } = normalize(input, output)
    expect(messages.every((message) => message.parts.length > 0)).toBe(true)
    if (!chat && input !== null && input !== '') expect(messages.some((message) => message.side === 'input')).toBe(true)
  }
})
