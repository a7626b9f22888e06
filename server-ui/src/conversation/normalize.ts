import { messagesIn } from './messages'
import {
  type Conversation,
  type Message,
  type Part,
  type ToolCallPart,
  type ToolDefinition,
  type ToolResultPart,
  isFields,
  parsed,
  textOf,
} from './model'

/**
 * Turns the input and output of an observation or a trace, in whatever form the application recorded them, into one
 * conversation: OpenAI chat and responses, Anthropic, Gemini, Bedrock, LangChain and LangChain4j, Spring AI, the
 * GenAI conventions' parts, and plain values. Nothing is dropped: what no adapter knows is kept as JSON.
 */
export function normalize(input: unknown, output: unknown): Conversation {
  const asked = messagesIn(input, 'input')
  const answered = messagesIn(output, 'output')
  const before = asked ?? plain(input, 'input')
  const after = withoutEcho(before, answered ?? plain(output, 'output'))
  return {
    messages: tied(joined([...before, ...after])).filter((message) => message.parts.length > 0),
    tools: toolsIn(parsed(input)),
    chat: asked !== null || answered !== null,
  }
}

/** Keys under which a lone question or answer is commonly kept; any single string field counts as well. */
function plain(given: unknown, side: Message['side']): Message[] {
  const value = parsed(given)
  if (value === null || value === undefined || value === '') return []
  const only = isFields(value) && Object.keys(value).length === 1 ? Object.values(value)[0] : undefined
  const text = textOf(value, only)
  const parts: Part[] = text === null ? [{ kind: 'json', value }] : [{ kind: 'text', text }]
  return [{ role: side === 'input' ? 'user' : 'assistant', name: null, parts, side }]
}

/** Graph frameworks answer with the whole state, the question included: show it once. */
function withoutEcho(before: Message[], after: Message[]): Message[] {
  if (before.length === 0 || after.length <= before.length) return after
  const echoed = before.every((message, index) => same(message, after[index]))
  return echoed ? after.slice(before.length) : after
}

function same(left: Message, right: Message | undefined): boolean {
  return right?.role === left.role && JSON.stringify(right.parts) === JSON.stringify(left.parts)
}

/** OpenAI's responses spread one turn over several items: reasoning, text, calls. Make them one message again. */
function joined(messages: Message[]): Message[] {
  return messages.reduce<Message[]>((turns, message) => {
    const last = turns.at(-1)
    const continues = last?.role === 'assistant' && message.role === 'assistant'
    if (!last || !continues || last.side !== message.side || last.name !== message.name) return [...turns, message]
    return [...turns.slice(0, -1), { ...last, parts: [...last.parts, ...message.parts] }]
  }, [])
}

/** Moves each tool result to the call that it answers, by id, else by name and order. */
function tied(messages: Message[]): Message[] {
  const open: ToolCallPart[] = []
  return messages.map((message) => ({
    ...message,
    parts: message.parts.flatMap((part): Part[] => {
      if (part.kind === 'tool-call') {
        const call = { ...part }
        open.push(call)
        return [call]
      }
      if (part.kind !== 'tool-result') return [part]
      const call = callOf(part, open)
      if (call === undefined) return [part]
      call.result = part
      return []
    }),
  }))
}

function callOf(result: ToolResultPart, calls: ToolCallPart[]): ToolCallPart | undefined {
  const waiting = calls.filter((call) => call.result === undefined)
  if (result.id !== null) {
    const exact = waiting.find((call) => call.id === result.id)
    if (exact) return exact
  }
  return waiting.find((call) => (call.id === null || result.id === null) && call.name === result.name)
}

function toolsIn(input: unknown): ToolDefinition[] {
  if (!isFields(input)) return []
  const config = isFields(input.config) ? input.config : {}
  const list = [input.tools, config.tools, input.toolDefinitions].find(Array.isArray) as unknown[] | undefined
  return (list ?? []).flatMap((tool): ToolDefinition[] => {
    if (!isFields(tool)) return []
    const declarations = tool.functionDeclarations ?? tool.function_declarations
    if (Array.isArray(declarations)) return toolsIn({ tools: declarations })
    const inner = isFields(tool.function) ? tool.function : tool
    const name = textOf(inner.name)
    if (name === null) return []
    const parameters = inner.parameters ?? inner.input_schema ?? inner.inputSchema ?? null
    return [{ name, description: textOf(inner.description), parameters }]
  })
}
