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
      return [`**Calls \`${part.name}\`**`, code(part.arguments), ...(part.result ? ['**Result**', code(part.result.content)] : [])].join('\n\n')
    case 'tool-result':
      return [`**Result of \`${part.name ?? 'tool'}\`**`, code(part.content)].join('\n\n')
    case 'image':
      return `_[image: ${part.description}]_`
    case 'json':
      return code(part.value)
  }
}

/** Fenced with more backticks than the value itself contains. */
function code(value: unknown): string {
  const body = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  const longest = Math.max(2, ...[...body.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${typeof value === 'string' ? '' : 'json'}\n${body}\n${fence}`
}
