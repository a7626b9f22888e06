import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { api } from '../api/client'
import type { PromptVersion } from '../api/types'
import { Popover } from '../ui/Popover'
import { Toast } from '../ui/Toast'

/** What programs can ask for instead of a number. A label given here is taken from the version that had it. */
export function Labels({ prompt: { name, version, labels } }: { prompt: PromptVersion }) {
  const client = useQueryClient()
  const add = useMutation({
    mutationFn: (label: string) => api.labelPrompt(name, version, [label]),
    onSettled: () => client.invalidateQueries({ queryKey: ['prompt', name] }),
  })
  return (
    <span className="chips">
      {labels.map((label) => (
        <span key={label} className="chip" data-label={label}>
          {label}
        </span>
      ))}
      {!labels.includes('production') && (
        <button type="button" className="chip chip-button" onClick={() => add.mutate('production')}>
          make it production
        </button>
      )}
      <Popover label="Add a label" className="chip chip-button" button={<Plus size={12} aria-hidden />}>
        {(close) => (
          <LabelForm
            onAdd={(label) => {
              add.mutate(label)
              close()
            }}
          />
        )}
      </Popover>
      {add.error && (
        <Toast kind="error" onClose={add.reset}>
          Could not set the label: {add.error.message}
        </Toast>
      )}
    </span>
  )
}

function LabelForm({ onAdd }: { onAdd: (label: string) => void }) {
  const [text, setText] = useState('')
  return (
    <form
      className="label-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (text !== '') onAdd(text)
      }}
    >
      <input aria-label="Label" placeholder="staging" pattern="[a-z0-9_.\-]+" title="Small letters, digits, and _ - ." maxLength={36} value={text} onChange={(event) => setText(event.target.value)} />
      <button type="submit" className="button" data-kind="primary">
        Add
      </button>
    </form>
  )
}
