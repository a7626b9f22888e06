import { type Fields, type Message, type Part, type Role, isFields, parsed, textOf } from './model'
import { partsOf, toolCall, toolResult } from './parts'

type Side = Message['side']

const roles: Record<string, Role> = {
  system: 'system',
  developer: 'system',
  systemmessage: 'system',
  user: 'user',
  human: 'user',
  humanmessage: 'user',
  usermessage: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  model: 'assistant',
  aimessage: 'assistant',
  aimessagechunk: 'assistant',
  assistantmessage: 'assistant',
  tool: 'tool',
  function: 'tool',
  toolmessage: 'tool',
  functionmessage: 'tool',
  tool_execution_result: 'tool',
  tool_response: 'tool',
}

/** Items of OpenAI's responses that stand between messages and have no role. */
const itemRoles: Record<string, Role> = {
  message: 'assistant',
  reasoning: 'assistant',
  function_call: 'assistant',
  function_call_output: 'tool',
}

function roleOf(fields: Fields): Role | null {
  const named = textOf(fields.role, fields.messageType, fields.author)?.toLowerCase()
  if (named !== undefined && Object.hasOwn(roles, named)) return roles[named] ?? null
  const type = textOf(fields.type)?.toLowerCase() ?? ''
  if (Object.hasOwn(itemRoles, type)) return itemRoles[type] ?? null
  const hasContent = ['content', 'text', 'contents', 'data', 'toolExecutionRequests'].some((key) => key in fields)
  return hasContent && type !== 'function' && Object.hasOwn(roles, type) ? (roles[type] ?? null) : null
}

/** One message in any known form, or null when the value is not a message. */
export function messageOf(value: unknown, side: Side): Message | null {
  if (!isFields(value)) return null
  const fields = unwrapped(value)
  const role = roleOf(fields)
  if (role === null) return null
  const parts = role === 'tool' ? toolParts(fields) : bodyParts(fields)
  return { role, name: role === 'tool' || fields.type === 'function_call' ? null : textOf(fields.name), parts, side }
}

/** LangChain wraps a message in `kwargs` with its class in `id`, or in `data`. */
function unwrapped(value: Fields): Fields {
  if (isFields(value.kwargs) && Array.isArray(value.id)) {
    return { ...value.kwargs, role: String(value.id.at(-1)) }
  }
  if (isFields(value.data) && typeof value.type === 'string') return { ...value.data, role: value.type }
  if (isFields(value.message) && !('role' in value)) return value.message
  return value
}

function bodyParts(fields: Fields): Part[] {
  const type = textOf(fields.type)?.toLowerCase()
  if (type === 'function_call' || type === 'reasoning') return partsOf(fields)
  const thought = textOf(fields.reasoning_content, fields.reasoning)
  const calls = [fields.tool_calls, fields.toolCalls, fields.toolExecutionRequests].map(parsed).find(Array.isArray) as unknown[] | undefined
  const body = partsOf(fields.content ?? fields.parts ?? fields.contents ?? fields.text ?? fields.textContent ?? fields.refusal)
  const inBody = new Set(body.flatMap((part) => (part.kind === 'tool-call' ? [part.id] : [])))
  return [
    ...(thought === null ? [] : [{ kind: 'reasoning', text: thought } as const]),
    ...body,
    ...(calls ?? []).filter(isFields).map(toolCall).filter((call) => call.id === null || !inBody.has(call.id)),
    ...(isFields(fields.function_call) ? [toolCall(fields.function_call)] : []),
  ]
}

function toolParts(fields: Fields): Part[] {
  const parts = partsOf(fields.parts ?? fields.content)
  if (parts.some((part) => part.kind === 'tool-result')) return parts
  if (Array.isArray(fields.responses)) {
    return fields.responses.filter(isFields).map((item) => toolResult({ ...item, content: item.responseData ?? item.content }))
  }
  return [toolResult({ ...fields, content: fields.content ?? fields.parts ?? fields.output ?? fields.text })]
}

/** All messages of a request or an answer; null when it holds none. */
export function messagesIn(given: unknown, side: Side): Message[] | null {
  const value = parsed(given)
  if (Array.isArray(value)) return listOf(value, side)
  if (!isFields(value)) return null
  return answerOf(value, side) ?? requestOf(value, side) ?? single(value, side)
}

function listOf(values: unknown[], side: Side): Message[] | null {
  const items = values.length === 1 && Array.isArray(values[0]) ? (values[0] as unknown[]) : values
  const messages = items.map((item) => messageOf(item, side))
  const found = messages.filter((message) => message !== null)
  if (found.length === 0) return null
  return messages.map(
    (message, index) => message ?? { role: fallbackRole(side), name: null, parts: partsOf(items[index]), side },
  )
}

function fallbackRole(side: Side): Role {
  return side === 'input' ? 'user' : 'assistant'
}

function single(value: Fields, side: Side): Message[] | null {
  const message = messageOf(value, side)
  return message === null ? null : [message]
}

/** Requests: OpenAI chat and responses, Anthropic, Gemini, and anything with `messages`. */
function requestOf(value: Fields, side: Side): Message[] | null {
  const list = [value.messages, value.contents, value.input, value.prompt, value.history].find(
    (candidate) => Array.isArray(candidate) && listOf(candidate, side) !== null,
  )
  const config = isFields(value.config) ? value.config : {}
  const system = [value.system, value.instructions, value.systemInstruction, value.system_instruction]
    .concat(config.systemInstruction, config.system_instruction)
    .find((candidate) => candidate !== undefined && candidate !== null)
  if (Array.isArray(list)) return [...systemMessage(system, side), ...(listOf(list, side) ?? [])]
  const question = textOf(value.contents, value.input, value.prompt)
  if (system === undefined || question === null) return null
  return [...systemMessage(system, side), { role: 'user', name: null, parts: partsOf(question), side }]
}

function systemMessage(system: unknown, side: Side): Message[] {
  const content = isFields(system) && 'parts' in system ? system.parts : system
  const parts = partsOf(content)
  return parts.length === 0 ? [] : [{ role: 'system', name: null, parts, side }]
}

/** Answers: OpenAI choices and output items, Gemini candidates, Bedrock, LangChain generations. */
function answerOf(value: Fields, side: Side): Message[] | null {
  const list = [value.choices, value.candidates, value.generations].find(Array.isArray) as unknown[] | undefined
  if (list) {
    const found = list.flat().flatMap((item) => choiceOf(item, side))
    return found.length === 0 ? null : found
  }
  if (Array.isArray(value.output)) return listOf(value.output, side)
  if (isFields(value.output) && isFields(value.output.message)) return single(value.output.message, side)
  if ('finish_reason' in value || 'finishReason' in value) {
    const found = choiceOf(value, side)
    return found.length === 0 ? null : found
  }
  return null
}

function choiceOf(item: unknown, side: Side): Message[] {
  if (!isFields(item)) return []
  const inner = [item.message, item.delta, item.content].find(isFields) ?? item
  const message = messageOf({ role: 'assistant', ...inner }, side)
  return message === null || message.parts.length === 0 ? [] : [message]
}
