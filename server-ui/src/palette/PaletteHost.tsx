import { Command } from 'lucide-react'
import { Suspense, lazy, useEffect, useRef, useState } from 'react'
import type { Theme } from '../app/theme'
import { useImport } from '../import/ImportProvider'
import { useSample } from '../sample/SampleButton'
import { EarlyField } from './EarlyField'
import './palette.css'

const Palette = lazy(() => import('./Palette'))

interface Props {
  onTheme: (theme: Theme) => void
  onHelp: () => void
}

/** The button and the keys that open the palette, which is loaded only then. */
export function PaletteHost({ onTheme, onHelp }: Props) {
  const [open, setOpen] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const [early, setEarly] = useState('')
  const take = useImport()
  const loadSample = useSample()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      if (!document.querySelector('dialog[open]')) setOpen(true)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  const close = () => {
    setEarly('')
    setOpen(false)
  }
  return (
    <>
      <button type="button" className="icon-button" aria-label="Command palette" title="Command palette (Ctrl K)" onClick={() => setOpen(true)}>
        <Command size={16} aria-hidden />
      </button>
      <input
        ref={file}
        type="file"
        hidden
        aria-label="OTLP-JSON file"
        accept=".json,.jsonl,.ndjson,application/json"
        onChange={(event) => {
          const [chosen] = event.target.files ?? []
          if (chosen) void take(chosen.name, () => chosen.text())
          event.target.value = ''
        }}
      />
      {open && (
        <Suspense fallback={<EarlyField onText={setEarly} onClose={close} />}>
          <Palette typed={early} actions={{ chooseTheme: onTheme, help: onHelp, loadSample, pickFile: () => file.current?.click() }} onClose={close} />
        </Suspense>
      )}
    </>
  )
}
