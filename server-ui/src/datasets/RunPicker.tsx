import type { DatasetRun } from '../api/types'
import { ago } from '../format/format'

interface Props {
  runs: DatasetRun[]
  /** In the order in which they stand next to each other. */
  chosen: string[]
  onToggle: (run: string) => void
}

/** Which runs are held against each other; the first of them is what the others are measured by. */
export function RunPicker({ runs, chosen, onToggle }: Props) {
  return (
    <div className="run-picker" role="group" aria-label="Runs to compare">
      {runs.map(({ id, name, description, createdAt }) => {
        const at = chosen.indexOf(name)
        return (
          <button key={id} type="button" className="chip chip-button run-chip" aria-pressed={at >= 0} title={description ?? undefined} onClick={() => onToggle(name)}>
            <span className="clip">{name}</span>
            <span className="faint">{at === 0 && chosen.length > 1 ? 'baseline' : ago(createdAt)}</span>
          </button>
        )
      })}
    </div>
  )
}
