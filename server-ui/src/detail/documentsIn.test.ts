import { expect, it } from 'vitest'
import { documentsIn } from './documentsIn'

it.each([
  ['LangChain', [{ page_content: 'Refunds take a week.', metadata: { source: 'refunds.md', score: 0.8 } }]],
  ['LangChain4j', [{ score: 0.8, embedded: { text: 'Refunds take a week.', metadata: { file_name: 'refunds.md' } } }]],
  ['Spring AI', { documents: [{ id: 'refunds.md', text: 'Refunds take a week.', score: 0.8, metadata: {} }] }],
  ['plain', [{ title: 'refunds.md', text: 'Refunds take a week.', score: 0.8 }]],
])('reads documents of %s', (_, output) => {
  expect(documentsIn(output)).toEqual([
    expect.objectContaining({ title: 'refunds.md', text: 'Refunds take a week.', score: 0.8 }),
  ])
})

it.each([[null], ['text'], [[]], [[1, 2]], [{ a: 1 }], [[{ text: 'one' }, 'two']]])('%j holds no documents', (output) => {
  expect(documentsIn(output)).toBeNull()
})
