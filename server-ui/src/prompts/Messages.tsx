import { Plus, Trash2 } from 'lucide-react'
import { type DraftMessage, ROLES } from './draft'

interface Props {
  messages: DraftMessage[]
  onChange: (messages: DraftMessage[]) => void
}

/** The messages of a chat, each with its role; a placeholder names what the program puts there. */
export function Messages({ messages, onChange }: Props) {
  const change = (at: number, changed: Partial<DraftMessage>) => onChange(messages.map((message, index) => (index === at ? { ...message, ...changed } : message)))
  return (
    <fieldset className="prompt-fields">
      <legend>Messages</legend>
      {messages.map((message, index) => {
        const which = `message ${index + 1}`
        const placeholder = message.role === 'placeholder'
        return (
          <div key={index} className="prompt-field">
            <select aria-label={`Role of ${which}`} value={message.role} onChange={(event) => change(index, { role: event.target.value })}>
              {[...new Set([...ROLES, message.role])].map((role) => (
                <option key={role}>{role}</option>
              ))}
            </select>
            <button type="button" className="icon-button" aria-label={`Remove ${which}`} disabled={messages.length === 1} onClick={() => onChange(messages.filter((_, at) => at !== index))}>
              <Trash2 size={14} aria-hidden />
            </button>
            <textarea
              dir="auto"
              required
              rows={placeholder ? 1 : Math.min(16, Math.max(3, message.content.split('\n').length + 1))}
              aria-label={placeholder ? `Name of ${which}` : `Text of ${which}`}
              placeholder={placeholder ? 'history' : 'Answer the customers of {{shop}}.'}
              value={message.content}
              onChange={(event) => change(index, { content: event.target.value })}
            />
          </div>
        )
      })}
      <button type="button" className="button" onClick={() => onChange([...messages, { role: 'user', content: '' }])}>
        <Plus size={13} aria-hidden /> Add a message
      </button>
    </fieldset>
  )
}
