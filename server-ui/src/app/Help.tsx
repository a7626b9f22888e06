import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'

const KEYS: [string[], string][] = [
  [['Ctrl', 'k'], 'command palette: ids, names, pages, actions'],
  [['j', 'k'], 'next, previous'],
  [['Enter'], 'open the trace under the cursor'],
  [['J', 'K'], 'in a trace: the next, the previous of the list'],
  [['/'], 'search: words, or name: user: session: level: model: tag: env: latency:>2s score:quality<0.5 has:error …'],
  [['c'], 'compare the trace under the cursor with another'],
  [['e'], 'next error'],
  [['p'], 'pause or resume live updates'],
  [['←', '→'], 'close, open in the tree'],
  [['*'], 'open everything in the tree'],
  [['+', '-', '0'], 'zoom in, out, all of the timeline'],
  [['<', '>'], 'move along the timeline'],
  [['f'], 'fit the selected step into the timeline'],
  [['Ctrl', 'wheel'], 'zoom around the pointer'],
  [['Esc'], 'back to the whole trace, then to the list'],
  [['t'], 'theme: system, light, dark'],
  [['?'], 'this help'],
]

export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open) dialog.current?.showModal?.()
    else dialog.current?.close?.()
  }, [open])

  return (
    <dialog ref={dialog} className="sheet" aria-labelledby="help-title" onClose={onClose}>
      <header>
        <h2 id="help-title">Keyboard</h2>
        <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
          <X size={16} aria-hidden />
        </button>
      </header>
      <dl className="keys">
        {KEYS.map(([keys, meaning]) => (
          <div key={meaning} style={{ display: 'contents' }}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="faint" style={{ marginTop: 16 }}>
        Third-party licences of this page: <a href="/third-party.txt">third-party.txt</a>
      </p>
    </dialog>
  )
}
