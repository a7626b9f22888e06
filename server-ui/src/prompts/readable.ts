/** A chat as one text: what changed in a message is then told by its words. */
export function readable(prompt: unknown): unknown {
  if (!Array.isArray(prompt)) return prompt
  return prompt
    .map((message: { type?: string; role?: string; name?: string; content?: unknown }) => {
      const placeholder = message.type === 'placeholder' || message.role === 'placeholder'
      const text = typeof message.content === 'string' ? message.content : ''
      return placeholder ? `‹${message.name ?? text}›` : `${message.role ?? 'message'}\n${text}`
    })
    .join('\n\n')
}
