import { CircleHelp, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { Link } from 'wouter'
import { api } from '../api/client'
import { infoQuery } from '../api/queries'
import { useConnected } from '../live/live'
import { PaletteHost } from '../palette/PaletteHost'
import { useKeys } from '../ui/keyboard'
import { useClippedTitles } from '../ui/useClippedTitles'
import { Help } from './Help'
import { PagesNav } from './PagesNav'
import { useTheme } from './theme'
import { useFocusOnPage } from './useFocusOnPage'
import './shell.css'

const themeIcons = { system: Monitor, light: Sun, dark: Moon }

export function Shell({ children }: { children: ReactNode }) {
  const [help, setHelp] = useState(false)
  const [theme, nextTheme, setTheme] = useTheme()
  const ThemeIcon = themeIcons[theme]
  const main = useRef<HTMLElement>(null)
  useFocusOnPage(main)
  useClippedTitles()
  useKeys({ '?': () => setHelp(true), t: nextTheme })

  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to content
      </a>
      <header className="top">
        <Link className="brand" href="/" aria-label="Langfuse4j, all traces">
          <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden>
            <rect width="24" height="24" rx="6" fill="var(--accent)" />
            <path d="M5 7.2h9M8 12h11M8 16.8h6" stroke="var(--on-accent)" strokeWidth="2.4" strokeLinecap="round" />
          </svg>
          Langfuse4j
        </Link>
        <PagesNav />
        <Connection />
        <PaletteHost onTheme={setTheme} onHelp={() => setHelp(true)} />
        <button type="button" className="icon-button" aria-label={`Theme: ${theme}`} title={`Theme: ${theme}`} onClick={nextTheme}>
          <ThemeIcon size={16} aria-hidden />
        </button>
        <SignOut />
        <button type="button" className="icon-button" aria-label="Keyboard help" title="Keyboard help" onClick={() => setHelp(true)}>
          <CircleHelp size={16} aria-hidden />
        </button>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {children}
      </main>
      <Help open={help} onClose={() => setHelp(false)} />
    </div>
  )
}

function SignOut() {
  const client = useQueryClient()
  const { data } = useQuery(infoQuery)
  if (!data?.requireKeys) return null
  return (
    <button type="button" className="icon-button" aria-label="Sign out" title={`Sign out of ${data.projectName}`} onClick={() => void api.signOut().then(() => client.resetQueries())}>
      <LogOut size={16} aria-hidden />
    </button>
  )
}

function Connection() {
  const connected = useConnected()
  const text = connected ? 'Live' : 'Reconnecting'
  const title = connected ? 'New traces appear by themselves' : 'The server does not answer right now'
  return (
    <span className="connection" data-connected={connected} title={title}>
      <span className="dot" aria-hidden />
      {text}
    </span>
  )
}
