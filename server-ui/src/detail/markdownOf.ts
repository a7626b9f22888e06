import type { Conversation, Message, Part } from '../conversation/model'

const titles = { system: 'System', user: 'User', assistant: 'Assistant', tool: 'Tool' }

/** A conversation as Markdown, to be pasted into an issue or a chat. */
export function markdownOf({ messages }: Conversation): string {
  return messages.map(section).join('\n\n')
}

function section({ role, name, parts }: Message): string {
  return [`### ${titles[role]}${name ? ` (${name})` : ''}`, ...parts.map(text)].join('\n\n')
}

function text(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'reasoning':
      return part.text.replace(/^/gm, '> ')
    case 'tool-call':
      return [`**Calls \`${part.name}\`**`, fenced(part.arguments), ...(part.result ? ['**Result**', fenced(part.result.content)] : [])].join('\n\n')
    case 'tool-result':
      return [`**Result of \`${part.name ?? 'tool'}\`**`, fenced(part.content)].join('\n\n')
    case 'image':
      return `_[image: ${part.description}]_`
    case 'file':
      return `_[${part.name ?? part.mediaType}]_`
    case 'json':
      return fenced(part.value)
  }
}

/** Fenced with more backticks than the value itself contains. */
export function fenced(value: unknown): string {
  const body = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${typeof value === 'string' ? '' : 'json'}\n${body}\n${fence}`
}
