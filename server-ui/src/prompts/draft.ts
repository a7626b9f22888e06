import { isFields } from '../conversation/model'
import type { PromptDraft, PromptVersion } from '../api/types'

/** A message of a chat, or a place for messages that the program gives. */
export interface DraftMessage {
  role: string
  content: string
}

export const ROLES = ['system', 'user', 'assistant', 'placeholder'] as const

/** What the form holds: everything is text until it is sent. */
export interface Draft {
  name: string
  type: 'text' | 'chat'
  text: string
  messages: DraftMessage[]
  config: string
  labels: string
  commitMessage: string
}

export const EMPTY: Draft = { name: '', type: 'text', text: '', messages: [{ role: 'system', content: '' }, { role: 'user', content: '' }], config: '{}', labels: '', commitMessage: '' }

/** A draft that begins with what a version says. Messages that the form could not give back as they are: null. */
export function draftOf({ name, type, prompt, config }: PromptVersion): Draft | null {
  const base = { ...EMPTY, name, type, config: JSON.stringify(config ?? {}, null, 2) }
  if (type === 'text') return typeof prompt === 'string' ? { ...base, text: prompt } : null
  const messages = Array.isArray(prompt) ? prompt.map(messageOf) : [null]
  return messages.every((message) => message !== null) ? { ...base, messages } : null
}

function messageOf(message: unknown): DraftMessage | null {
  if (!isFields(message)) return null
  if (message.type === 'placeholder') return { role: 'placeholder', content: String(message.name) }
  const plain = Object.keys(message).every((key) => key === 'role' || key === 'content' || key === 'type')
  return plain && typeof message.role === 'string' && typeof message.content === 'string' ? { role: message.role, content: message.content } : null
}

/** What the server takes. Throws where the config is not JSON. */
export function requestOf({ name, type, text, messages, config, labels, commitMessage }: Draft): PromptDraft {
  return {
    name: name.trim(),
    type,
    prompt: type === 'text' ? text : messages.map(({ role, content }) => (role === 'placeholder' ? { type: 'placeholder', name: content.trim() } : { role, content })),
    config: config.trim() === '' ? {} : (JSON.parse(config) as unknown),
    labels: labels.split(/[\s,]+/).filter((label) => label !== ''),
    ...(commitMessage.trim() === '' ? {} : { commitMessage: commitMessage.trim() }),
  }
}
