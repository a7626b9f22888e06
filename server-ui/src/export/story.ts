import type { Conversation } from '../conversation/model'
import { normalize } from '../conversation/normalize'
import { mainGeneration } from '../detail/mainGeneration'
import type { FullTrace } from './full'

/** The conversation that a trace served: its own, or the one that its main generation saw. */
export function storyOf({ trace, observations }: FullTrace): Conversation {
  const own = normalize(trace.input, trace.output)
  const main = mainGeneration(observations)
  const body = observations.find((observation) => observation.id === main?.id)
  if (own.chat || !body) return own
  const told = normalize(body.input, body.output)
  return told.chat ? told : own
}
