export type Role = 'system' | 'user' | 'assistant' | 'tool'

export interface TextPart {
  kind: 'text'
  text: string
}

export interface ReasoningPart {
  kind: 'reasoning'
  text: string
}

export interface ToolCallPart {
  kind: 'tool-call'
  id: string | null
  name: string
  arguments: unknown
  /** Filled in when the conversation also holds what the tool answered. */
  result?: ToolResultPart
}

export interface ToolResultPart {
  kind: 'tool-result'
  id: string | null
  name: string | null
  content: unknown
  failed: boolean
}

export interface ImagePart {
  kind: 'image'
  /** A data: URI that may be shown, or null when the picture lives elsewhere. */
  source: string | null
  description: string
}

/** A sound, a document, or anything whose bytes the server keeps apart. */
export interface FilePart {
  kind: 'file'
  mediaType: string
  name: string | null
  /** A data: URI; null when the bytes are elsewhere. */
  source: string | null
  /** By which the server knows the bytes; null when it has none. */
  id: string | null
}

/** Anything that no adapter recognised: shown as JSON, never dropped. */
export interface JsonPart {
  kind: 'json'
  value: unknown
}

export type Part = TextPart | ReasoningPart | ToolCallPart | ToolResultPart | ImagePart | FilePart | JsonPart

export interface Message {
  role: Role
  name: string | null
  parts: Part[]
  side: 'input' | 'output'
}

export interface ToolDefinition {
  name: string
  description: string | null
  parameters: unknown
}

export interface Conversation {
  messages: Message[]
  tools: ToolDefinition[]
  /** True when messages with roles were found, false for plain strings and objects. */
  chat: boolean
}

export type Fields = Record<string, unknown>

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function textOf(...candidates: unknown[]): string | null {
  for (const candidate of candidates) if (typeof candidate === 'string' && candidate !== '') return candidate
  return null
}

/** JSON text becomes its value; everything else, broken JSON included, stays as it is. */
export function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}
