import { turn } from './helpdesk'
import { newTraceId, post, send, spansOf } from './otlp'

/** What was asked, what was expected, what two versions of a prompt answered, and how correct that was. */
const QUESTIONS = [
  ['Do you deliver to Norway?', 'Yes, in five to eight working days.', 'Yes, in five to eight working days.', 'Yes, in five to eight working days.', 1, 1],
  ['Is the jug dishwasher safe?', 'The jug is, the base is not.', 'Yes.', 'The jug is, the base is not.', 0.2, 1],
  ['Who pays for returns?', 'The buyer, unless the goods are faulty.', 'The buyer, unless the goods are faulty.', 'We pay for every return.', 1, 0.1],
  ['How loud is the B-20?', '68 dB.', 'It is the quietest of our blenders.', 'The B-20 runs at 68 dB.', 0.4, 0.9],
] as const

/** A dataset of four questions, and two runs over it of which the second is better but for one answer. */
export async function twoRuns(url: string): Promise<void> {
  const api = `${url}/api/public`
  await post(`${api}/v2/datasets`, { name: 'shop/policies', description: 'What customers ask about delivery, returns and blenders' })
  for (const [run, column, score] of [['prompt-v1', 2, 4], ['prompt-v2', 3, 5]] as const) {
    for (const [index, question] of QUESTIONS.entries()) {
      const id = newTraceId()
      const at = new Date(Date.now() - (10 - column) * 60_000)
      await post(`${api}/dataset-items`, { datasetName: 'shop/policies', id: `policy-${index}`, input: { question: question[0] }, expectedOutput: question[1] })
      await send(url, spansOf(turn(question[0], question[column], 400 + 300 * index + 200 * column), { at, id, tags: ['experiment'] }))
      await post(`${api}/dataset-run-items`, { runName: run, datasetItemId: `policy-${index}`, traceId: id })
      await post(`${api}/scores`, { traceId: id, name: 'correctness', value: question[score], dataType: 'NUMERIC' })
    }
  }
}
