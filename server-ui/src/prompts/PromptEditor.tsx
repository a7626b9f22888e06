import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../api/client'
import type { PromptVersion } from '../api/types'
import { TextDiff } from '../compare/lazy'
import { Segments } from '../ui/Segments'
import { Messages } from './Messages'
import { type Draft, EMPTY, draftOf, requestOf } from './draft'
import { readable } from './readable'

interface Props {
  /** The version to begin with; null for a new prompt. */
  base: PromptVersion | null
  onDone: (created: PromptVersion) => void
  onCancel: () => void
}

/** Writes a new version. What was there before stays: a version never changes. */
export function PromptEditor({ base, onDone, onCancel }: Props) {
  const client = useQueryClient()
  const [draft, setDraft] = useState<Draft | null>(() => (base === null ? EMPTY : draftOf(base)))
  const [compared, setCompared] = useState(false)
  const create = useMutation({
    mutationFn: (given: Draft) => api.createPrompt(requestOf(given)),
    onSuccess: async (created) => {
      await Promise.all([client.invalidateQueries({ queryKey: ['prompt', created.name] }), client.invalidateQueries({ queryKey: ['prompts'] })])
      onDone(created)
    },
  })
  if (draft === null) return <p className="soft">This version has messages with more than a role and a text. Write the next one through the API.</p>
  const change = (changed: Partial<Draft>) => setDraft({ ...draft, ...changed })
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate(draft)
  }
  return (
    <form className="prompt-editor" onSubmit={onSubmit}>
      <h2>{base === null ? 'New prompt' : `New version, from version ${base.version}`}</h2>
      {base === null && (
        <div className="prompt-head">
          <label>
            Name <input value={draft.name} required maxLength={200} placeholder="support/answer" onChange={(event) => change({ name: event.target.value })} />
          </label>
          <Segments label="Kind" options={['text', 'chat'] as const} selected={draft.type} onSelect={(type) => change({ type })} />
        </div>
      )}
      {draft.type === 'text' ? (
        <label>
          Prompt <textarea dir="auto" rows={12} required value={draft.text} placeholder="Summarise in {{language}}: {{text}}" onChange={(event) => change({ text: event.target.value })} />
        </label>
      ) : (
        <Messages messages={draft.messages} onChange={(messages) => change({ messages })} />
      )}
      <label>
        Config, as JSON <textarea className="mono" rows={4} spellCheck={false} value={draft.config} onChange={(event) => change({ config: event.target.value })} />
      </label>
      <div className="prompt-head">
        <label>
          Labels <input value={draft.labels} placeholder="staging production" onChange={(event) => change({ labels: event.target.value })} />
        </label>
        <label className="grow">
          What changed <input value={draft.commitMessage} maxLength={500} onChange={(event) => change({ commitMessage: event.target.value })} />
        </label>
      </div>
      {create.error && <p role="alert">{create.error instanceof SyntaxError ? `The config is not JSON: ${create.error.message}` : create.error.message}</p>}
      <div className="prompt-head">
        <button type="submit" className="button" data-kind="primary" disabled={create.isPending}>
          {base === null ? 'Create the prompt' : 'Save as a new version'}
        </button>
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
        {base !== null && (
          <button type="button" className="button" aria-pressed={compared} onClick={() => setCompared(!compared)}>
            What is different
          </button>
        )}
      </div>
      {compared && base !== null && <TextDiff title="Prompt" left={readable(base.prompt)} right={readable(draft.type === 'text' ? draft.text : draft.messages)} />}
    </form>
  )
}
