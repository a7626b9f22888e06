import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { shots } from './shots'

/** After the journeys: one page with every picture that they took, each page in both themes and at both widths, to look through. */
export default function contactSheet(): void {
  if (!existsSync(shots)) return
  const pictures = readdirSync(shots).flatMap((file) => /^(.+)-(?:dark|light)-(?:390|1280)\.png$/.exec(file)?.[1] ?? [])
  const names = [...new Set(pictures)].sort()
  const sections = names.map((name) => {
    const row = ['light-1280', 'light-390', 'dark-1280', 'dark-390'].map((kind) => `<img loading="lazy" src="${name}-${kind}.png" alt="${name}, ${kind}">`)
    return `<h2>${name}</h2><div>${row.join('')}</div>`
  })
  const style = 'body{font:14px system-ui;margin:16px}div{display:flex;gap:8px;overflow-x:auto;align-items:start}img{height:422px;border:1px solid #999}'
  writeFileSync(`${shots}/index.html`, `<!doctype html><meta charset="utf-8"><title>Pages of the viewer</title><style>${style}</style>${sections.join('')}`)
  console.log(`${names.length} pages in two themes and two widths: ${shots}/index.html`)
}
