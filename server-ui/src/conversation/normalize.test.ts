import { describe, expect, it } from 'vitest'
import type { Message, Part } from './model'
import { normalize } from './normalize'

const text = (value: string): Part => ({ kind: 'text', text: value })
const said = (role: Message['role'], side: Message['side'], ...parts: Part[]): Message => ({ role, name: null, parts, side })
const call = (id: string | null, name: string, args: unknown, content?: unknown, failed = false): Part => ({
  kind: 'tool-call',
  id,
  name,
  arguments: args,
  ...(content === undefined
    ? {}
    : { result: { kind: 'tool-result' as const, id, name: expect.toBeOneOf([null, name]) as string, content, failed } }),
})

const weatherAsked = [
  said('system', 'input', text('Be brief.')),
  said('user', 'input', text('Weather in Paris?')),
]
const weatherTold = [
  ...weatherAsked,
  said('assistant', 'input', call('c1', 'weather', { city: 'Paris' }, { degrees: 15 })),
  said('assistant', 'output', text('15 degrees.')),
]

describe('a request with a tool call and its answer', () => {
  it('is read from OpenAI chat completions', () => {
    const input = {
      model: 'gpt-4o',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: 'Weather in Paris?' }] },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Paris"}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: '{"degrees":15}' },
      ],
      tools: [{ type: 'function', function: { name: 'weather', description: 'Looks outside', parameters: { type: 'object' } } }],
    }
    const output = { choices: [{ index: 0, message: { role: 'assistant', content: '15 degrees.' }, finish_reason: 'stop' }] }
    expect(normalize(input, output)).toEqual({
      chat: true,
      messages: weatherTold,
      tools: [{ name: 'weather', description: 'Looks outside', parameters: { type: 'object' } }],
    })
  })

  it('is read from the Vercel SDK, whose calls are text inside the answer', () => {
    const calls = '[{"toolCallType":"function","toolCallId":"c1","toolName":"weather","args":"{\\"city\\":\\"Paris\\"}"}]'
    const output = JSON.stringify({ role: 'assistant', content: 'Looking.', tool_calls: calls })
    expect(normalize('[{"role":"user","content":"Weather in Paris?"}]', output).messages).toEqual([
      said('user', 'input', text('Weather in Paris?')),
      said('assistant', 'output', text('Looking.'), call('c1', 'weather', { city: 'Paris' })),
    ])
  })

  it('is read from OpenAI responses', () => {
    const input = {
      instructions: 'Be brief.',
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'Weather in Paris?' }] },
        { type: 'function_call', id: 'fc_9', call_id: 'c1', name: 'weather', arguments: '{"city":"Paris"}' },
        { type: 'function_call_output', call_id: 'c1', output: '{"degrees":15}' },
      ],
    }
    const output = {
      output: [
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'It is mild.' }] },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: '15 degrees.' }] },
      ],
    }
    expect(normalize(input, output).messages).toEqual([
      ...weatherTold.slice(0, 3),
      said('assistant', 'output', { kind: 'reasoning', text: 'It is mild.' }, text('15 degrees.')),
    ])
  })

  it('is read from Anthropic messages', () => {
    const input = {
      system: 'Be brief.',
      messages: [
        { role: 'user', content: 'Weather in Paris?' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'weather', input: { city: 'Paris' } }] },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 'c1', is_error: true, content: [{ type: 'text', text: 'no sensor' }] }],
        },
      ],
    }
    const output = {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Guess then.', signature: 'x' },
        { type: 'text', text: '15 degrees.' },
      ],
    }
    expect(normalize(input, output).messages).toEqual([
      ...weatherAsked,
      said('assistant', 'input', call('c1', 'weather', { city: 'Paris' }, 'no sensor', true)),
      said('assistant', 'output', { kind: 'reasoning', text: 'Guess then.' }, text('15 degrees.')),
    ])
  })

  it('is read from Gemini, whose calls have no ids', () => {
    const input = {
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Weather in Paris?' }] },
        { role: 'model', parts: [{ functionCall: { name: 'weather', args: { city: 'Paris' } } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'weather', response: { degrees: 15 } } }] },
      ],
    }
    const output = {
      candidates: [{ content: { role: 'model', parts: [{ text: 'Mild.', thought: true }, { text: '15 degrees.' }] } }],
    }
    expect(normalize(input, output).messages).toEqual([
      ...weatherAsked,
      said('assistant', 'input', call(null, 'weather', { city: 'Paris' }, { degrees: 15 })),
      said('assistant', 'output', { kind: 'reasoning', text: 'Mild.' }, text('15 degrees.')),
    ])
  })

  it('is read from Bedrock', () => {
    const input = {
      system: [{ text: 'Be brief.' }],
      messages: [
        { role: 'user', content: [{ text: 'Weather in Paris?' }] },
        { role: 'assistant', content: [{ toolUse: { toolUseId: 'c1', name: 'weather', input: { city: 'Paris' } } }] },
        { role: 'user', content: [{ toolResult: { toolUseId: 'c1', content: [{ json: { degrees: 15 } }] } }] },
      ],
    }
    const output = { output: { message: { role: 'assistant', content: [{ text: '15 degrees.' }] } } }
    expect(normalize(input, output).messages).toEqual(weatherTold)
  })

  it('is read from the GenAI conventions', () => {
    const input = [
      { role: 'system', parts: [{ type: 'text', content: 'Be brief.' }] },
      { role: 'user', parts: [{ type: 'text', content: 'Weather in Paris?' }] },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'c1', name: 'weather', arguments: { city: 'Paris' } }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c1', response: { degrees: 15 } }] },
    ]
    const output = [{ role: 'assistant', parts: [{ type: 'text', content: '15 degrees.' }], finish_reason: 'stop' }]
    expect(normalize(input, output).messages).toEqual(weatherTold)
  })

  it('is read from serialised LangChain messages', () => {
    const message = (kind: string, kwargs: object) => ({ lc: 1, type: 'constructor', id: ['langchain', 'schema', kind], kwargs })
    const input = [
      [
        message('SystemMessage', { content: 'Be brief.' }),
        message('HumanMessage', { content: 'Weather in Paris?' }),
        message('AIMessage', { content: '', tool_calls: [{ id: 'c1', name: 'weather', args: { city: 'Paris' } }] }),
        message('ToolMessage', { content: '{"degrees":15}', tool_call_id: 'c1' }),
      ],
    ]
    const output = { generations: [[{ text: '15 degrees.', message: message('AIMessage', { content: '15 degrees.' }) }]] }
    expect(normalize(input, output).messages).toEqual(weatherTold)
  })

  it('is read from LangChain4j messages', () => {
    const input = [
      { type: 'SYSTEM', text: 'Be brief.' },
      { type: 'USER', contents: [{ type: 'TEXT', text: 'Weather in Paris?' }] },
      { type: 'AI', toolExecutionRequests: [{ id: 'c1', name: 'weather', arguments: '{"city":"Paris"}' }] },
      { type: 'TOOL_EXECUTION_RESULT', id: 'c1', toolName: 'weather', text: '{"degrees":15}' },
    ]
    expect(normalize(input, { type: 'AI', text: '15 degrees.' }).messages).toEqual(weatherTold)
  })

  it('is read from Spring AI messages', () => {
    const input = [
      { messageType: 'SYSTEM', text: 'Be brief.' },
      { messageType: 'USER', text: 'Weather in Paris?' },
      { messageType: 'ASSISTANT', text: '', toolCalls: [{ id: 'c1', type: 'function', name: 'weather', arguments: '{"city":"Paris"}' }] },
      { messageType: 'TOOL', responses: [{ id: 'c1', name: 'weather', responseData: '{"degrees":15}' }] },
    ]
    expect(normalize(input, '15 degrees.').messages).toEqual(weatherTold)
  })
})

describe('plain values', () => {
  it('strings become question and answer, not a chat', () => {
    expect(normalize('Why?', 'Because.')).toEqual({
      chat: false,
      tools: [],
      messages: [said('user', 'input', text('Why?')), said('assistant', 'output', text('Because.'))],
    })
  })

  it('an object with a single text is that text', () => {
    expect(normalize({ user_query: 'Why?' }, null).messages).toEqual([said('user', 'input', text('Why?'))])
  })

  it('anything else is kept as JSON', () => {
    expect(normalize({ a: 1, b: 2 }, [1, 2]).messages).toEqual([
      said('user', 'input', { kind: 'json', value: { a: 1, b: 2 } }),
      said('assistant', 'output', { kind: 'json', value: [1, 2] }),
    ])
  })

  it('nothing is an empty conversation', () => {
    expect(normalize(null, undefined)).toEqual({ chat: false, tools: [], messages: [] })
  })

  it('broken JSON stays text', () => {
    expect(normalize('{"messages": [', null).messages).toEqual([said('user', 'input', text('{"messages": ['))])
  })
})

describe('oddities', () => {
  it('a state that repeats the question shows it once', () => {
    const question = { role: 'user', content: 'Why?' }
    const output = { messages: [question, { role: 'assistant', content: 'Because.' }] }
    expect(normalize({ messages: [question] }, output).messages).toEqual([
      said('user', 'input', text('Why?')),
      said('assistant', 'output', text('Because.')),
    ])
  })

  it('two calls of one tool without ids are tied in order', () => {
    const input = [
      { role: 'model', parts: [{ functionCall: { name: 'add', args: 1 } }, { functionCall: { name: 'add', args: 2 } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'add', response: 'one' } }, { functionResponse: { name: 'add', response: 'two' } }] },
    ]
    expect(normalize(input, null).messages).toEqual([
      said('assistant', 'input', call(null, 'add', 1, 'one'), call(null, 'add', 2, 'two')),
    ])
  })

  it('a result without its call stays visible', () => {
    const orphan = { kind: 'tool-result' as const, id: 'c9', name: null, content: 'lost', failed: false }
    expect(normalize([{ role: 'tool', tool_call_id: 'c9', content: 'lost' }], null).messages).toEqual([
      said('tool', 'input', orphan),
    ])
  })

  it('unknown parts are kept as JSON', () => {
    const part = { type: 'hologram', depth: 3 }
    expect(normalize([{ role: 'user', content: [part] }], null).messages).toEqual([
      said('user', 'input', { kind: 'json', value: part }),
    ])
  })

  it('a key named like an Object method is no message', () => {
    expect(normalize({ role: 'constructor', content: 'x' }, null).chat).toBe(false)
  })

  it.each([
    ['a data URI', { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }, 'data:image/png;base64,AAAA'],
    ['Anthropic base64', { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } }, 'data:image/png;base64,AAAA'],
    ['Gemini inline data', { inlineData: { mimeType: 'image/webp', data: 'AAAA' } }, 'data:image/webp;base64,AAAA'],
    ['a remote address, which is not fetched', { type: 'image_url', image_url: { url: 'https://example.org/a.png' } }, null],
    ['an SVG, which may carry script', { type: 'image_url', image_url: { url: 'data:image/svg+xml;base64,AAAA' } }, null],
  ])('an image from %s', (_, part, source) => {
    const [message] = normalize([{ role: 'user', content: [part] }], null).messages
    expect(message?.parts).toEqual([expect.objectContaining({ kind: 'image', source })])
  })
})
