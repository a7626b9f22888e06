import type { Message, Part } from '../conversation/model'
import { compact, cost, duration } from '../format/format'
import { stepName } from '../format/names'
import { extentOf, type TreeNode, treeOf } from '../trace/tree'
import type { FullTrace } from './full'
import { markdownHtml } from './markdownHtml'
import { storyOf } from './story'
import tokens from '../app/tokens.css?raw'
import types from '../ui/types.css?raw'
import style from './page.css?raw'

/** Nothing may run or be fetched, wherever the file is opened: it is markup and its own style, and says so to the browser. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/** A trace as one file that needs neither this server nor a network. */
export function htmlOf(full: FullTrace): string {
  const { trace, observations } = full
  const name = trace.name || 'Unnamed trace'
  const bodies = new Map(observations.map((observation) => [observation.id, observation]))
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(name)}</title>
<style>${coloursOf(tokens)}
${types}
${style}</style>
</head>
<body>
<header><h1>${escaped(name)}</h1>${facts(full)}</header>
<main>
<section aria-label="Conversation"><h2>Conversation</h2>${storyOf(full).messages.map(message).join('')}</section>
<section aria-label="Steps"><h2>Steps</h2>${steps(observations, bodies)}</section>
</main>
<footer>Exported from Langfuse4j. Trace ${escaped(trace.id)}, started ${escaped(startOf(trace.timestamp))}.</footer>
</body>
</html>
`
}

/** The colours of the viewer, without the font that it brings along. */
function coloursOf(css: string): string {
  return css.replace(/@font-face \{[^}]*\}/, '').replace(/\/\*[^]*?\*\//g, '')
}

/** Readable wherever it is read: with its day and in universal time. */
function startOf(timestamp: string): string {
  const at = new Date(timestamp)
  return Number.isNaN(at.getTime()) ? timestamp : at.toUTCString()
}

function facts({ trace }: FullTrace): string {
  const known: [string, string | null][] = [
    ['Duration', duration(trace.latencyMs)],
    ['Tokens', compact(trace.totalTokens)],
    ['Cost', cost(trace.totalCost)],
    ['Observations', String(trace.observationCount)],
    ['Errors', trace.errorCount > 0 ? String(trace.errorCount) : null],
    ['User', trace.userId],
    ['Session', trace.sessionId],
    ['Tags', trace.tags.join(', ') || null],
  ]
  return `<dl>${known.flatMap(([key, value]) => (value === null ? [] : [`<div><dt>${key}</dt><dd>${escaped(value)}</dd></div>`])).join('')}</dl>`
}

function message({ role, name, parts }: Message): string {
  const title = `<h3>${role}${name ? ` · ${escaped(name)}` : ''}</h3>`
  return `<article data-role="${role}">${title}${parts.map(part).join('')}</article>`
}

function part(given: Part): string {
  switch (given.kind) {
    case 'text':
      return markdownHtml(given.text)
    case 'reasoning':
      return `<details><summary>Reasoning</summary><p dir="auto">${escaped(given.text)}</p></details>`
    case 'tool-call':
      return `<p>Calls <b>${escaped(given.name)}</b></p>${value(given.arguments)}${given.result ? value(given.result.content) : ''}`
    case 'tool-result':
      return `<p>Result of <b>${escaped(given.name ?? 'tool')}</b></p>${value(given.content)}`
    case 'image':
      return given.source?.startsWith('data:image/')
        ? `<img src="${escaped(given.source)}" alt="${escaped(given.description)}">`
        : `<p>[image: ${escaped(given.description)}]</p>`
    case 'file':
      return `<p>[${escaped(given.name ?? given.mediaType)}]</p>`
    case 'json':
      return value(given.value)
  }
}

type Bodies = Map<string, FullTrace['observations'][number]>

/** Written in reading order with the depth as an indent: nesting ten thousand elements would be too much for a browser. */
function steps(observations: FullTrace['observations'], bodies: Bodies): string {
  const { startMs, endMs } = extentOf(observations)
  const rows: string[] = []
  const stack = treeOf(observations)
    .map((node) => ({ node, depth: 0 }))
    .reverse()
  for (let top = stack.pop(); top; top = stack.pop()) {
    rows.push(step(top.node, top.depth, { startMs, length: Math.max(1, endMs - startMs) }, bodies))
    for (const node of [...top.node.children].reverse()) stack.push({ node, depth: top.depth + 1 })
  }
  const axis = `<p class="axis" aria-hidden="true"><span>0</span><span>${duration(endMs - startMs)}</span></p>`
  return `${axis}${rows.join('')}`
}

function step(node: TreeNode, depth: number, { startMs, length }: { startMs: number; length: number }, bodies: Bodies): string {
  const { observation } = node
  const body = bodies.get(observation.id)
  const left = ((node.startMs - startMs) / length) * 100
  const width = (((node.endMs ?? node.startMs) - node.startMs) / length) * 100
  const figures = [
    observation.type === 'EVENT' ? null : duration(observation.latencyMs),
    observation.totalTokens === null ? null : `${compact(observation.totalTokens)} tokens`,
    observation.totalCost === null ? null : cost(observation.totalCost),
    observation.model,
  ].filter((figure) => figure !== null)
  const indent = Math.min(depth, 12) * 16
  return `<details class="step" data-type="${escaped(observation.type)}" data-level="${escaped(observation.level)}"><summary><span class="name" style="padding-left:${indent}px"><b>${escaped(stepName(observation))}</b> <i>${escaped(observation.type.toLowerCase())}</i> <small>${escaped(figures.join(' · '))}</small></span>
${bar(observation.type === 'EVENT', left, width)}</summary>
${observation.statusMessage ? `<p class="status">${escaped(observation.statusMessage)}</p>` : ''}${block('Input', body?.input)}${block('Output', body?.output)}${block('Metadata', body?.metadata)}</details>`
}

/** An event has no length: it is a point, which must not stand outside of the axis at its end. */
function bar(event: boolean, left: number, width: number): string {
  if (event) return `<span class="bar" data-event style="margin-left:calc((100% - 8px) * ${(left / 100).toFixed(4)})"></span>`
  return `<span class="bar" style="margin-left:min(${left.toFixed(2)}%, 100% - 3px);width:${width.toFixed(2)}%"></span>`
}

function block(title: string, given: unknown): string {
  return given === null || given === undefined ? '' : `<h4>${title}</h4>${value(given)}`
}

function value(given: unknown): string {
  return `<pre dir="auto">${escaped(typeof given === 'string' ? given : JSON.stringify(given, null, 2))}</pre>`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '\0': '\uFFFD' }

export function escaped(text: string): string {
  return text.replace(/[&<>"'\0]/g, (character) => ENTITIES[character] ?? '')
}
