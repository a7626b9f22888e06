import { fileOf, isSound, withFiles } from './files'
import { type Fields, type FilePart, type ImagePart, type Part, type ToolCallPart, type ToolResultPart, isFields, parsed, textOf } from './model'

/** The content of one message, in any provider's form. */
export function partsOf(content: unknown): Part[] {
  if (content === null || content === undefined || content === '') return []
  if (typeof content === 'string') return withFiles(content)
  if (Array.isArray(content)) return content.flatMap(partsOf)
  if (isFields(content)) return unfolded(partOf(content))
  return [{ kind: 'json', value: content }]
}

/** Text may refer to files that the server keeps. */
function unfolded(part: Part): Part[] {
  return part.kind === 'text' ? withFiles(part.text) : [part]
}

type Adapter = (part: Fields) => Part | null

function partOf(part: Fields): Part {
  const type = typeof part.type === 'string' ? part.type.toLowerCase() : ''
  const adapter = Object.hasOwn(byType, type) ? byType[type] : undefined
  return adapter?.(part) ?? byShape(part) ?? { kind: 'json', value: part }
}

const text: Adapter = (part) => {
  const nested = isFields(part.text) ? part.text.value : undefined
  const found = textOf(part.text, part.content, part.refusal, nested)
  return found === null ? null : { kind: 'text', text: found }
}

const reasoning: Adapter = (part) => {
  const summary = Array.isArray(part.summary)
    ? part.summary.map((item) => (isFields(item) ? textOf(item.text) : textOf(item)) ?? '').join('\n\n')
    : part.summary
  const found = textOf(part.thinking, part.reasoning, part.text, part.content, summary)
  return { kind: 'reasoning', text: found ?? 'The provider does not disclose this reasoning.' }
}

const call: Adapter = (part) => toolCall(part)
const result: Adapter = (part) => toolResult(part)
const image: Adapter = (part) => imageOf(part)
const file: Adapter = (part) => fileOf(part)

const byType: Record<string, Adapter> = {
  text,
  input_text: text,
  output_text: text,
  refusal: text,
  thinking: reasoning,
  redacted_thinking: reasoning,
  reasoning,
  tool_use: call,
  server_tool_use: call,
  tool_call: call,
  'tool-call': call,
  function_call: call,
  function: call,
  tool_result: result,
  tool_call_response: result,
  'tool-result': result,
  function_call_output: result,
  image_url: image,
  input_image: image,
  image,
  blob: image,
  uri: image,
  input_audio: file,
  audio: file,
  file,
  input_file: file,
  document: file,
}

/** Providers whose parts carry no type: Gemini and Bedrock. */
function byShape(part: Fields): Part | null {
  const functionCall = part.functionCall ?? part.function_call ?? part.toolUse
  if (isFields(functionCall)) return toolCall(functionCall)
  const response = part.functionResponse ?? part.function_response ?? part.toolResult
  if (isFields(response)) return toolResult(response)
  const inline = part.inlineData ?? part.inline_data
  if (isFields(inline)) return imageOf(inline)
  if (isFields(part.image)) return imageOf(part.image)
  const thought = part.reasoningContent
  if (isFields(thought)) return reasoning(isFields(thought.reasoningText) ? thought.reasoningText : {})
  if (typeof part.text === 'string') return part.thought === true ? reasoning(part) : { kind: 'text', text: part.text }
  return null
}

/** A tool call of any provider, also as an entry of OpenAI's `tool_calls` or LangChain4j's `toolExecutionRequests`. */
export function toolCall(call: Fields): ToolCallPart {
  const inner = isFields(call.function) ? call.function : call
  return {
    kind: 'tool-call',
    id: textOf(call.call_id, call.id, call.toolCallId, call.tool_call_id, call.toolUseId),
    name: textOf(inner.name, call.toolName, call.name) ?? 'tool',
    arguments: parsed(inner.arguments ?? inner.args ?? inner.input ?? inner.parameters ?? null),
  }
}

export function toolResult(result: Fields): ToolResultPart {
  const content = result.content ?? result.output ?? result.response ?? result.result ?? result.text ?? null
  return {
    kind: 'tool-result',
    id: textOf(result.tool_use_id, result.tool_call_id, result.call_id, result.toolCallId, result.toolUseId, result.id),
    name: textOf(result.name, result.toolName),
    content: simplified(content),
    failed: result.is_error === true || result.isError === true || result.status === 'error',
  }
}

/** `[{type: "text", text: "4"}]` says no more than `"4"`. */
function simplified(content: unknown): unknown {
  if (Array.isArray(content) && content.length === 1 && isFields(content[0])) {
    const only = content[0]
    if (typeof only.text === 'string') return parsed(only.text)
    if (only.json !== undefined) return only.json
  }
  return parsed(content)
}

function imageOf(part: Fields): ImagePart | FilePart {
  const link = isFields(part.image_url) ? part.image_url.url : part.image_url
  const source = isFields(part.source) ? part.source : {}
  const address = textOf(link, part.url, source.url, part.uri, part.image)
  const mediaType =
    textOf(part.mimeType, part.mime_type, part.mediaType, source.media_type) ?? `image/${textOf(part.format) ?? 'png'}`
  const [kept] = address === null ? [] : withFiles(address)
  if (kept?.kind === 'file') return kept
  if (isSound(mediaType)) return fileOf(part)
  const data = textOf(part.data, source.data, source.bytes, part.content)
  const uri = address ?? (data === null ? null : `data:${mediaType};base64,${data}`)
  const showable = uri !== null && /^data:image\/(png|jpe?g|gif|webp|avif);base64,[\w+/=\s]+$/i.test(uri)
  return {
    kind: 'image',
    source: showable ? uri : null,
    description: showable ? mediaType : describe(uri, mediaType),
  }
}

function describe(uri: string | null, mediaType: string): string {
  if (uri === null) return `${mediaType}, not included`
  return uri.startsWith('data:') ? `${mediaType}, ${uri.length} characters, not shown` : uri
}
