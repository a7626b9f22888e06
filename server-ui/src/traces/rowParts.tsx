import type { TraceRow } from '../api/types'
import { isFields, parsed } from '../conversation/model'
import { plural } from '../format/format'
import { Level } from '../ui/Level'

/** What went wrong, or the level when nothing did. */
export function Problems({ trace: { errorCount, warningCount, level } }: { trace: TraceRow }) {
  if (errorCount > 0) return <Level level="ERROR" text={plural(errorCount, 'error')} />
  if (warningCount > 0) return <Level level="WARNING" text={plural(warningCount, 'warning')} />
  return <Level level={level} />
}

export function Labels({ trace: { tags, environment } }: { trace: TraceRow }) {
  return (
    <span className="labels">
      {environment && environment !== 'default' && <span className="chip clip" title={`Environment ${environment}`}>{environment}</span>}
      {tags.map((tag) => (
        <span key={tag} className="chip clip" title={tag}>
          #{tag}
        </span>
      ))}
    </span>
  )
}

/** What was asked and answered, in one line. */
export function Preview({ trace: { inputPreview, outputPreview } }: { trace: TraceRow }) {
  if (!inputPreview && !outputPreview) return <div className="preview faint">no input or output recorded</div>
  return (
    <div className="preview" dir="auto">
      <span className="asked clip">{unmarked(inputPreview) || '–'}</span>
      <span className="arrow" aria-label="answered with">
        →
      </span>
      <span className="answered clip">{unmarked(outputPreview) || '–'}</span>
    </div>
  )
}

/** One line of text has no room for Markdown's marks, nor for the name of an only field. */
export function unmarked(text: string | null): string | undefined {
  return text === null ? undefined : onlyField(text).replace(/\*\*|__|`+|^#+ /g, '')
}

function onlyField(text: string): string {
  const value = parsed(text)
  const fields = isFields(value) ? Object.values(value) : []
  return fields.length === 1 && typeof fields[0] === 'string' ? fields[0] : text
}
