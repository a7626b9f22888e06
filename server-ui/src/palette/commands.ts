import type { TraceRow } from '../api/types'
import { THEMES, type Theme } from '../app/theme'

export interface Command {
  id: string
  group: 'Traces' | 'Go to' | 'Do'
  label: string
  hint?: string
  /** Where to go, or what to do. */
  href?: string
  run?: () => void
}

export interface Actions {
  chooseTheme: (theme: Theme) => void
  help: () => void
  loadSample: () => void
  pickFile: () => void
}

/** The trace whose page is open, if one is. */
export function commandsFor(tracePath: string | null, actions: Actions): Command[] {
  const panes = ['tree', 'timeline', 'table', 'graph']
  return [
    { id: 'traces', group: 'Go to', label: 'Traces', href: '/traces' },
    { id: 'errors', group: 'Go to', label: 'Traces with an error', href: '/traces?hasError=true' },
    { id: 'sessions', group: 'Go to', label: 'Sessions', href: '/sessions' },
    { id: 'users', group: 'Go to', label: 'Users', href: '/users' },
    { id: 'dashboard', group: 'Go to', label: 'Dashboard', href: '/dashboard' },
    { id: 'scores', group: 'Go to', label: 'Scores', href: '/scores' },
    { id: 'prompts', group: 'Go to', label: 'Prompts', href: '/prompts' },
    { id: 'datasets', group: 'Go to', label: 'Datasets and experiments', href: '/datasets' },
    { id: 'health', group: 'Go to', label: 'Health', href: '/health' },
    ...(tracePath === null ? [] : panes.map((pane): Command => ({ id: pane, group: 'Go to', label: `This trace as ${pane}`, href: `${tracePath}?pane=${pane}` }))),
    ...THEMES.map((theme): Command => ({ id: `theme-${theme}`, group: 'Do', label: `Theme: ${theme}`, run: () => actions.chooseTheme(theme) })),
    { id: 'import', group: 'Do', label: 'Import an OTLP-JSON file…', run: actions.pickFile },
    { id: 'sample', group: 'Do', label: 'Load sample data', run: actions.loadSample },
    { id: 'help', group: 'Do', label: 'Keyboard help', hint: '?', run: actions.help },
  ]
}

/** What fits the typed text: an id opens, a name found on the server opens, commands match by their words. */
export function matching(text: string, commands: Command[], names: string[], rows: TraceRow[]): Command[] {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const fits = (label: string) => words.every((word) => label.toLowerCase().includes(word))
  const known = commands.filter(({ label }) => fits(label))
  if (words.length === 0) return known
  return [
    ...idOf(text),
    ...rows.map((row): Command => ({ id: `trace-${row.id}`, group: 'Traces', label: row.name || row.id, hint: row.inputPreview?.slice(0, 80) ?? row.id, href: `/traces/${encodeURIComponent(row.id)}` })),
    ...names.filter(fits).slice(0, 5).map((name): Command => ({ id: `name-${name}`, group: 'Traces', label: `All named ${name}`, href: `/traces?name=${encodeURIComponent(name)}` })),
    { id: 'search', group: 'Traces', label: `Search for “${text.trim()}”`, href: `/traces?search=${encodeURIComponent(text.trim())}` },
    ...known,
  ]
}

function idOf(text: string): Command[] {
  const id = text.trim().toLowerCase()
  return /^[0-9a-f]{32}$/.test(id) ? [{ id: 'open', group: 'Traces', label: `Open trace ${id}`, href: `/traces/${id}` }] : []
}
