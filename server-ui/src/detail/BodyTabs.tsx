import { useSearchParams } from 'wouter'
import { Conversation } from '../conversation/Conversation'
import type { Conversation as ConversationModel } from '../conversation/model'
import { JsonView } from '../json/JsonView'
import { CopyButton } from '../ui/CopyButton'
import { ErrorBoundary } from '../ui/ErrorBoundary'
import { type Tab, Tabs } from '../ui/Tabs'
import { InputOutput } from './InputOutput'
import { markdownOf } from './markdownOf'

type View = 'conversation' | 'io' | 'scores' | 'metadata' | 'raw'

interface Props {
  input: unknown
  output: unknown
  metadata: unknown
  raw: unknown
  conversation: ConversationModel
  retriever?: boolean
  /** Whether this kind of thing speaks at all: a tool's string is not an utterance. */
  talks?: boolean
  scores: { count: number; list: React.ReactNode }
  /** Its input and output have not been fetched. */
  pending?: boolean
  /** Said above the conversation when it is not the thing's own. */
  source?: React.ReactNode
}

/** The ways to read a body. The reader's choice stays in the address; without one, a chat opens as a chat. */
export function BodyTabs({ conversation, source, scores, talks = true, pending = false, ...body }: Props) {
  const [params, setParams] = useSearchParams()
  const tabs = tabsFor(talks && reads(conversation), scores.count)
  const wanted = params.get('view')
  const selected = (tabs.find((tab) => tab.key === wanted) ?? tabs[0])?.key ?? 'io'
  const select = (view: View) =>
    setParams(
      (current) => {
        const next = new URLSearchParams(current)
        next.set('view', view)
        return next
      },
      { replace: true },
    )
  return (
    <Tabs label="Ways to read it" tabs={tabs} selected={selected} onSelect={select}>
      <ErrorBoundary key={selected} what="This view">
        {selected === 'conversation' && (
          <>
            <div className="conversation-tools">
              {source}
              <CopyButton text={() => markdownOf(conversation)} label="Copy the conversation as Markdown">
                Markdown
              </CopyButton>
            </div>
            <Conversation conversation={conversation} label="Conversation" />
          </>
        )}
        {selected === 'io' && (pending ? <p className="soft">Not loaded yet.</p> : <InputOutput {...body} />)}
        {selected === 'scores' && scores.list}
        {selected === 'metadata' && <JsonView value={body.metadata} label="metadata" />}
        {selected === 'raw' && <Raw value={body.raw} />}
      </ErrorBoundary>
    </Tabs>
  )
}

/** Messages with roles, or a plain question and answer. */
function reads({ chat, messages }: ConversationModel): boolean {
  return chat || (messages.length > 0 && messages.every(({ parts }) => parts.every((part) => part.kind === 'text')))
}

function tabsFor(conversation: boolean, scores: number): Tab<View>[] {
  return [
    ...(conversation ? [{ key: 'conversation' as const, label: 'Conversation' }] : []),
    { key: 'io', label: 'Input / Output' },
    { key: 'scores', label: scores === 0 ? 'Scores' : `Scores ${scores}` },
    { key: 'metadata', label: 'Metadata' },
    { key: 'raw', label: 'Raw JSON' },
  ]
}

function Raw({ value }: { value: unknown }) {
  return (
    <>
      <div className="raw-tools">
        <CopyButton text={() => JSON.stringify(value, null, 2)} label="Copy all as JSON">
          Copy JSON
        </CopyButton>
      </div>
      <JsonView value={value} label="raw JSON" />
    </>
  )
}
