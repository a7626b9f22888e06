import { JsonView } from '../json/JsonView'
import { isFields } from '../conversation/model'
import { piecesOf } from './pieces'

/** What a prompt says, as it is kept: variables stand out, messages have their roles. */
export function PromptText({ prompt }: { prompt: unknown }) {
  if (typeof prompt === 'string') return <Words text={prompt} />
  if (!Array.isArray(prompt)) return <JsonView value={prompt} label="prompt" />
  return (
    <ol className="prompt-messages">
      {prompt.map((message: unknown, index) => (
        <li key={index} aria-label={roleOf(message)}>
          <h3>{roleOf(message)}</h3>
          <Message message={message} />
        </li>
      ))}
    </ol>
  )
}

function roleOf(message: unknown): string {
  if (!isFields(message)) return 'message'
  return message.type === 'placeholder' ? 'placeholder' : String(message.role ?? 'message')
}

function Message({ message }: { message: unknown }) {
  if (!isFields(message)) return <JsonView value={message} label="message" />
  if (message.type === 'placeholder') return <p className="soft">The messages given as {String(message.name)} go here.</p>
  return typeof message.content === 'string' ? <Words text={message.content} /> : <JsonView value={message.content} label="content" />
}

function Words({ text }: { text: string }) {
  return (
    <pre className="prompt-text" dir="auto" tabIndex={0}>
      {piecesOf(text).map(({ variable, text: piece }, index) => (variable ? <mark key={index}>{piece}</mark> : <span key={index}>{piece}</span>))}
    </pre>
  )
}
