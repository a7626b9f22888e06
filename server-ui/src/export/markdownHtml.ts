import { createElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { SafeMarkdown } from '../markdown/SafeMarkdown'

/** Text as the viewer shows it, as markup for a file: by the same rules, so nothing in it can run or be fetched unasked. */
export function markdownHtml(text: string): string {
  const host = document.createElement('div')
  const root = createRoot(host)
  flushSync(() => root.render(createElement(SafeMarkdown, { text: text.replaceAll('\0', '\uFFFD') })))
  const html = host.innerHTML
  root.unmount()
  return html
}
