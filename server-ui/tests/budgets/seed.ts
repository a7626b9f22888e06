import { type Step, newTraceId, send, spansOf, type Span } from '../e2e/otlp'

const NAMES = ['answer-question', 'summarise-ticket', 'route-request', 'translate', 'draft-reply']
const MODELS = ['gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4-5']
const WORDS = 'order lamp parcel refund delivery voltage switch ceiling invoice customer courier exchange colour dimmer shade cable return policy stock price'.split(' ')
const PER_REQUEST = 400
const MONTH_MS = 30 * 86_400_000

/** A repeatable sequence: every run measures the same data. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Traces of a month, of two steps each, with the mix of durations, errors and users of a small product. */
export async function manyTraces(url: string, count: number): Promise<void> {
  const next = random(7)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const sentence = (length: number) => Array.from({ length }, () => pick(WORDS)).join(' ')
  const start = Date.now() - MONTH_MS
  for (let from = 0; from < count; from += PER_REQUEST) {
    const spans: Span[] = []
    for (let index = from; index < Math.min(count, from + PER_REQUEST); index++) {
      const took = Math.round(50 + 4000 * next() ** 4 + (next() < 0.02 ? 30_000 : 0))
      const failed = next() < 0.03
      const question = index === Math.floor(count / 2) ? `a zebrafish ${sentence(8)}` : sentence(10)
      const model: Step = {
        name: 'generate', type: 'generation', start: 5, end: took - 5, model: pick(MODELS), usage: { input: 200 + Math.floor(next() * 2000), output: 20 + Math.floor(next() * 300) },
        input: [{ role: 'user', content: question }], output: sentence(30), ...(failed ? { level: 'ERROR', statusMessage: '503 overloaded' } : {}),
      }
      const root: Step = { name: pick(NAMES), type: 'agent', start: 0, end: took, input: question, output: sentence(25), children: [model] }
      spans.push(...spansOf(root, { at: new Date(start + (index / count) * MONTH_MS), user: `user-${Math.floor(next() * 500)}`, session: `session-${Math.floor(index / 4)}`, tags: [pick(['chat', 'email', 'batch'])] }))
    }
    await send(url, spans)
  }
}

/** One trace of very many steps: an agent's rounds, each with retrievals that fold and calls that do not. */
export async function wideTrace(url: string, observations: number): Promise<string> {
  const id = newTraceId()
  const rounds = Math.floor(observations / 10)
  const children: Step[] = Array.from({ length: rounds }, (_, round) => {
    const start = round * 100
    const step = (name: string, type: string, from: number, to: number): Step => ({ name, type, start: start + from, end: start + to })
    const found = Array.from({ length: 4 }, (_, index) => step(`fetch-${index}`, 'tool', 10 + index, 40))
    return { ...step(`round ${round}`, 'chain', 0, 98), children: [step('plan', 'generation', 0, 9), ...found, step('rank', 'span', 41, 45), step('check', 'guardrail', 46, 50), step('write', 'generation', 51, 90), step('log', 'event', 91, 91)] }
  })
  const spans = spansOf({ name: 'long-haul', type: 'agent', start: 0, end: rounds * 100, children }, { at: new Date(Date.now() - 60_000), id })
  for (let from = 0; from < spans.length; from += 2_000) await send(url, spans.slice(from, from + 2_000))
  return id
}
