import { useEffect, useState } from 'react'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]
const KEY = 'langfuse4j.theme'

/** The reader's choice, remembered by the browser; "system" follows the operating system. */
export function useTheme(): [Theme, () => void, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(stored)
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    try {
      localStorage.setItem(KEY, theme)
    } catch {
      // Storage may be forbidden; the choice then lasts as long as the page.
    }
  }, [theme])
  const next = () => setTheme((current) => THEMES[(THEMES.indexOf(current) + 1) % THEMES.length] ?? 'system')
  return [theme, next, setTheme]
}

function stored(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system'
  } catch {
    return 'system'
  }
}
