import { expect, it } from 'vitest'
import { normalize } from '../conversation/normalize'
import { markdownOf } from './markdownOf'

it('writes roles, calls with their results, and fences that hold', () => {
  const input = [
    { role: 'user', content: 'Run it.' },
    { role: 'assistant', reasoning_content: 'First\nthen', tool_calls: [{ id: '1', function: { name: 'run', arguments: '{"a":1}' } }] },
    { role: 'tool', tool_call_id: '1', content: 'has ``` inside' },
  ]
  expect(markdownOf(normalize(input, { role: 'assistant', content: 'Done.' }))).toBe(
    [
      '### User',
      'Run it.',
      '### Assistant',
      '> First\n> then',
      '**Calls `run`**',
      '```json\n{\n  "a": 1\n}\n```',
      '**Result**',
      '````\nhas ``` inside\n````',
      '### Assistant',
      'Done.',
    ].join('\n\n'),
  )
})
