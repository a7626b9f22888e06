import { expect, it } from 'vitest'
import type { PromptVersion } from '../api/types'
import { promptVersion } from '../test/fixtures'
import { EMPTY, draftOf, requestOf } from './draft'

const version = (type: 'text' | 'chat', prompt: unknown): PromptVersion => promptVersion({ name: 'help/answer', version: 3, type, prompt, config: { model: 'm' }, labels: ['production'], commitMessage: 'old' })

it.each([
  ['text', 'Say {{word}} \u202E'],
  ['chat', [{ role: 'system', content: 'Be brief.' }, { type: 'placeholder', name: 'history' }, { role: 'developer', content: '' }]],
] as const)('a draft of a %s begins as the version, and is sent as it', (type, prompt) => {
  const draft = draftOf(version(type, prompt))
  expect(draft && requestOf(draft)).toEqual({ name: 'help/answer', type, prompt, config: { model: 'm' }, labels: [] })
})

it('does not take apart what it could not put together again', () => {
  expect(draftOf(version('chat', [{ role: 'user', content: [{ type: 'text', text: 'x' }] }]))).toBeNull()
  expect(draftOf(version('chat', 'not a list'))).toBeNull()
})

it('reads labels however they are separated, and refuses a config that is not JSON', () => {
  expect(requestOf({ ...EMPTY, name: ' n ', text: 't', labels: 'a, b  c', commitMessage: ' why ', config: '' })).toEqual({ name: 'n', type: 'text', prompt: 't', config: {}, labels: ['a', 'b', 'c'], commitMessage: 'why' })
  expect(() => requestOf({ ...EMPTY, config: '{' })).toThrow(SyntaxError)
})
