import { useMutation, useQueryClient } from '@tanstack/react-query'
import { MessageSquare, MessageSquareText, ThumbsDown, ThumbsUp } from 'lucide-react'
import { useState } from 'react'
import { api } from '../api/client'
import { traceQuery } from '../api/queries'
import type { Score } from '../api/types'
import { Popover } from '../ui/Popover'
import { Toast } from '../ui/Toast'
import { VERDICT } from './words'
import './scores.css'

interface Props {
  traceId: string
  /** null for the whole trace. */
  observationId: string | null
  scores: Score[]
}

/** Thumbs and a note for what is being read, kept as a score. A second press takes the verdict back. */
export function Verdict({ traceId, observationId, scores }: Props) {
  const client = useQueryClient()
  const own = scores.find((score) => score.name === VERDICT && score.source === 'ANNOTATION' && score.observationId === observationId)
  const given = own ? own.value === 1 : null
  const change = useMutation({
    mutationFn: ({ value, comment }: { value: boolean | null; comment: string }) =>
      value === null ? (own ? api.deleteScore(own.id) : Promise.resolve()) : api.annotate({ traceId, observationId, name: VERDICT, value, comment }),
    onSettled: () => client.invalidateQueries({ queryKey: traceQuery(traceId).queryKey, exact: true }),
  })
  const comment = own?.comment ?? ''
  const judge = (value: boolean) => change.mutate({ value: given === value ? null : value, comment })
  const Note = comment === '' ? MessageSquare : MessageSquareText
  return (
    <span className="verdict-buttons" role="group" aria-label="Your verdict">
      <Thumb good pressed={given === true} onPress={() => judge(true)} />
      <Thumb good={false} pressed={given === false} onPress={() => judge(false)} />
      {given !== null && (
        <Popover label={comment === '' ? 'Add a note' : 'Change the note'} title={comment || 'Add a note'} className="icon-button" button={<Note size={14} aria-hidden />}>
          {(close) => (
            <NoteForm
              note={comment}
              onSave={(text) => {
                change.mutate({ value: given, comment: text })
                close()
              }}
              onCancel={close}
            />
          )}
        </Popover>
      )}
      {change.error && (
        <Toast kind="error" onClose={change.reset}>
          Could not keep the verdict: {change.error.message}
        </Toast>
      )}
    </span>
  )
}

function Thumb({ good, pressed, onPress }: { good: boolean; pressed: boolean; onPress: () => void }) {
  const Icon = good ? ThumbsUp : ThumbsDown
  const label = good ? 'Good' : 'Bad'
  return (
    <button type="button" className="icon-button" aria-label={label} title={pressed ? `${label}. Press again to take it back` : label} aria-pressed={pressed} data-mood={good ? 'good' : 'bad'} onClick={onPress}>
      <Icon size={14} aria-hidden />
    </button>
  )
}

function NoteForm({ note, onSave, onCancel }: { note: string; onSave: (text: string) => void; onCancel: () => void }) {
  const [text, setText] = useState(note)
  return (
    <form
      className="verdict-form"
      onSubmit={(event) => {
        event.preventDefault()
        onSave(text.trim())
      }}
    >
      <textarea aria-label="Note" maxLength={10_000} placeholder="Why?" value={text} onChange={(event) => setText(event.target.value)} />
      <div>
        <button type="button" className="button" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="button" data-kind="primary">
          Save
        </button>
      </div>
    </form>
  )
}
