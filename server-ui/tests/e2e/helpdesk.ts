import type { Step } from './otlp'

const SYSTEM = `You answer customers of a shop that sells kitchen appliances. Use only the passages you are given and the
results of the tools. Say plainly when something is not covered. Offer the next step in one sentence, and never promise a
date that a tool did not return.`

const QUESTION = 'The blender from order 1042 arrived with a cracked jug. Can I get my money back?'

const PASSAGES = [
  { id: 'returns-03', title: 'Damaged on arrival', score: 0.871, text: 'Goods that arrive damaged are refunded in full, including shipping, when the damage is reported within 14 days of delivery.' },
  { id: 'returns-01', title: 'Returns in general', score: 0.742, text: 'Unused goods can be returned within 30 days. The buyer pays for the return shipment unless the goods are faulty.' },
  { id: 'refunds-02', title: 'How refunds are paid', score: 0.693, text: 'Refunds go back to the original means of payment and take five working days.' },
]

const messages = [
  { role: 'system', content: SYSTEM },
  { role: 'user', content: QUESTION },
]

const call = (id: string, name: string, args: object) => ({
  id,
  type: 'function',
  function: { name, arguments: JSON.stringify(args) },
})

const calls = {
  role: 'assistant',
  content: null,
  tool_calls: [call('call_a1', 'order_status', { order: 1042 }), call('call_b2', 'refund_quote', { order: 1042, reason: 'damaged' })],
}

const STATUS = { order: 1042, delivered: '2026-11-18', item: 'Blender B-20', price: 89.9 }
const QUOTE = { order: 1042, amount: 94.85, includes: ['goods', 'shipping'], reference: 'R-7731' }

const ANSWER = `Yes. It arrived **three days ago**, well inside the 14 days for damaged goods, so you get the full amount back:

- **€94.85**, shipping included
- paid to the card you used, within **five working days**

Your reference is \`R-7731\`. Shall I send you the return label?`

const TOOLS = [
  { type: 'function', function: { name: 'order_status', description: 'What was ordered and when it arrived', parameters: { type: 'object', properties: { order: { type: 'integer' } } } } },
  { type: 'function', function: { name: 'refund_quote', description: 'What a refund would amount to', parameters: { type: 'object', properties: { order: { type: 'integer' }, reason: { type: 'string' } } } } },
]

/** An agent that retrieves, calls tools, meets one error, recovers, and streams its answer. */
export const brokenBlender: Step = {
  name: 'answer-question',
  type: 'agent',
  start: 0,
  end: 3120,
  input: QUESTION,
  output: ANSWER,
  children: [
    {
      name: 'retrieve',
      type: 'retriever',
      start: 14,
      end: 236,
      input: { query: QUESTION, k: 3 },
      output: PASSAGES,
      children: [
        { name: 'embed', type: 'embedding', start: 20, end: 118, input: QUESTION, model: 'all-minilm-l6-v2', usage: { input: 19 }, cost: { input: 0 } },
      ],
    },
    {
      name: 'plan',
      type: 'generation',
      start: 248,
      end: 1130,
      model: 'extractive-1',
      parameters: { temperature: 0.2, max_tokens: 512 },
      input: { messages, tools: TOOLS },
      output: calls,
      usage: { input: 412, output: 58 },
      cost: { input: 0.00103, output: 0.00058 },
    },
    { name: 'order_status', type: 'tool', start: 1142, end: 1204, input: { order: 1042 }, output: STATUS },
    {
      name: 'refund_quote',
      type: 'tool',
      start: 1210,
      end: 1515,
      input: { order: 1042, reason: 'damaged' },
      level: 'ERROR',
      statusMessage: 'RefundServiceException: no answer within 300 ms',
    },
    { name: 'refund_quote', type: 'tool', start: 1570, end: 1688, input: { order: 1042, reason: 'damaged' }, output: QUOTE },
    {
      name: 'answer',
      type: 'generation',
      start: 1704,
      end: 3096,
      firstToken: 2071,
      model: 'extractive-1',
      parameters: { temperature: 0.2, max_tokens: 512 },
      input: {
        messages: [
          ...messages,
          calls,
          { role: 'tool', tool_call_id: 'call_a1', content: JSON.stringify(STATUS) },
          { role: 'tool', tool_call_id: 'call_b2', content: JSON.stringify(QUOTE) },
        ],
        tools: TOOLS,
      },
      output: { role: 'assistant', content: ANSWER },
      usage: { input: 182, input_cached_tokens: 384, output: 79 },
      cost: { input: 0.00142, output: 0.00079 },
    },
  ],
}

/** A short turn: one retrieval, one generation. */
export function turn(question: string, answer: string, ms = 900): Step {
  return {
    name: 'answer-question',
    type: 'agent',
    start: 0,
    end: ms,
    input: question,
    output: answer,
    children: [
      { name: 'retrieve', type: 'retriever', start: 5, end: 60, input: { query: question }, output: PASSAGES.slice(0, 1) },
      {
        name: 'answer',
        type: 'generation',
        start: 70,
        end: ms - 8,
        firstToken: 70 + ms / 5,
        model: 'extractive-1',
        input: [{ role: 'system', content: SYSTEM }, { role: 'user', content: question }],
        output: { role: 'assistant', content: answer },
        usage: { input: 180 + question.length, output: 20 + Math.round(answer.length / 4) },
        cost: { input: 0.0004, output: 0.00031 },
      },
    ],
  }
}

/** One step repeated many times, which the tree folds. */
export const reindex: Step = {
  name: 'reindex-articles',
  type: 'chain',
  start: 0,
  end: 5400,
  input: { articles: 52 },
  output: { indexed: 52 },
  children: [
    { name: 'load', type: 'span', start: 4, end: 180 },
    ...Array.from({ length: 52 }, (_, index) => ({
      name: 'embed',
      type: 'embedding',
      start: 200 + index * 96,
      end: 200 + index * 96 + 60 + ((index * 37) % 30),
      input: `Article ${index + 1}`,
      model: 'all-minilm-l6-v2',
      usage: { input: 96 + ((index * 13) % 40) },
    })),
    { name: 'swap', type: 'event', start: 5390, end: 5390 },
  ],
}

/** Fails outright. */
export const overloaded: Step = {
  name: 'summarise-ticket',
  type: 'chain',
  start: 0,
  end: 640,
  input: 'Ticket 8812: "Where is my espresso machine?" (14 messages)',
  level: 'ERROR',
  statusMessage: 'The provider answered 429: rate limit reached',
  children: [
    {
      name: 'summarise',
      type: 'generation',
      start: 6,
      end: 630,
      model: 'extractive-1',
      input: [{ role: 'user', content: 'Summarise ticket 8812.' }],
      level: 'ERROR',
      statusMessage: 'HTTP 429 from the provider: rate limit reached, retry after 20 s',
    },
  ],
}
