import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { traceBody } from '../test/fixtures'
import { TraceLabels } from './TraceLabels'

const tags = (howMany: number) => Array.from({ length: howMany }, (_, index) => `tag-${index}`)
const labels = () => screen.queryAllByRole('link').map(({ textContent }) => textContent)

it('folds tags that would push the trace away, and shows them when asked', async () => {
  render(<TraceLabels trace={traceBody('t1', { tags: tags(9) })} />)
  expect(labels()).toEqual(['#tag-0', '#tag-1', '#tag-2', '#tag-3', '#tag-4', '#tag-5'])
  await userEvent.click(screen.getByRole('button', { name: '3 more tags' }))
  expect([labels().length, screen.queryByRole('button')]).toEqual([9, null])
})

it('does not fold a single one away', () => {
  render(<TraceLabels trace={traceBody('t1', { tags: tags(7) })} />)
  expect([labels().length, screen.queryByRole('button')]).toEqual([7, null])
})

it('says all of a label that may be cut', () => {
  const long = 'x'.repeat(300)
  const { container } = render(<TraceLabels trace={traceBody('t1', { tags: [long], userId: long, sessionId: long, environment: long, release: long, version: long })} />)
  const chips = [...container.querySelectorAll('.chip')]
  expect(chips.map((chip) => chip.matches('.clip') || chip.querySelector('.clip') !== null)).toEqual([true, true, true, true, true, true])
  expect(chips.map((chip) => chip.getAttribute('title'))).toEqual([`User ${long}`, `The whole session ${long}`, long, `release ${long}`, `version ${long}`, `Traces with the tag ${long}`])
})
