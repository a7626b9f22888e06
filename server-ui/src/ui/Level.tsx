import { Bug, CircleAlert, TriangleAlert } from 'lucide-react'
import type { Level as LevelName } from '../api/types'

const icons = { ERROR: CircleAlert, WARNING: TriangleAlert, DEBUG: Bug }

/** A level that is worth a word, with icon and text so that colour never speaks alone; DEFAULT shows nothing. */
export function Level({ level, text }: { level: LevelName; text?: string }) {
  if (level === 'DEFAULT') return null
  const Icon = icons[level]
  return (
    <span className="level" data-level={level}>
      <Icon size={12} aria-hidden />
      {text ?? level.charAt(0) + level.slice(1).toLowerCase()}
    </span>
  )
}
