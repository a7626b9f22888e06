import { useState } from 'react'
import { plural } from '../format/format'
import { JsonView } from '../json/JsonView'
import { MessageView } from './MessageView'
import type { Conversation as ConversationModel } from './model'
import './conversation.css'

/** How many of the newest messages show at once; what came before waits behind a button. */
const SHOWN = 24

export function Conversation({ conversation, label }: { conversation: ConversationModel; label: string }) {
  const [all, setAll] = useState(false)
  const { messages, tools } = conversation
  const earlier = all ? 0 : Math.max(0, messages.length - SHOWN)
  return (
    <div className="conversation" role="group" aria-label={label}>
      {tools.length > 0 && (
        <details className="fold">
          <summary>
            {plural(tools.length, 'tool')} offered
            <span className="fold-hint">{tools.map((tool) => tool.name).join(', ')}</span>
          </summary>
          <JsonView value={tools} label="tool definitions" />
        </details>
      )}
      {earlier > 0 && (
        <button type="button" className="button" onClick={() => setAll(true)}>
          Show {plural(earlier, 'earlier message')}
        </button>
      )}
      <ol className="messages">
        {messages.slice(earlier).map((message, index) => (
          <MessageView key={earlier + index} message={message} />
        ))}
      </ol>
    </div>
  )
}
