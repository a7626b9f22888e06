import { markdownOf } from '../detail/markdownOf'
import { compact, cost, duration } from '../format/format'
import type { FullTrace } from './full'
import { storyOf } from './story'

/** The conversation of a trace under a heading that says which trace it was. */
export function markdownOfTrace(full: FullTrace): string {
  const { id, name, timestamp, latencyMs, totalTokens, totalCost, models, userId, sessionId } = full.trace
  const facts: [string, string | null][] = [
    ['Trace', `\`${id}\``],
    ['Started', timestamp],
    ['Duration', latencyMs === null ? null : duration(latencyMs)],
    ['Model', models.length > 0 ? models.join(', ') : null],
    ['Tokens', totalTokens === null ? null : compact(totalTokens)],
    ['Cost', totalCost === null ? null : cost(totalCost)],
    ['User', userId],
    ['Session', sessionId],
  ]
  const list = facts.filter(([, value]) => value !== null).map(([key, value]) => `- ${key}: ${value}`)
  return `# ${name || id}\n\n${list.join('\n')}\n\n${markdownOf(storyOf(full))}\n`
}
