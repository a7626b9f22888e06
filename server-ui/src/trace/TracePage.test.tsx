import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ObservationRow } from '../api/types'
import { at, observation, traceBody } from '../test/fixtures'
import { fakeServer, renderAt } from '../test/server'
import { TracePage } from './TracePage'

const body = (row: ObservationRow, input: unknown, output: unknown) => ({ ...row, input, output, metadata: { key: 'kept' } })

const agent = observation('agent', { type: 'AGENT', name: 'answer-question', endTime: at(3000) })
const failed = observation('tool', {
  type: 'TOOL',
  name: 'refund_quote',
  parentObservationId: 'agent',
  startTime: at(1200),
  endTime: at(1500),
  level: 'ERROR',
  statusMessage: 'no answer within 300 ms',
})
const answer = observation('answer', {
  type: 'GENERATION',
  name: 'answer',
  parentObservationId: 'agent',
  startTime: at(1600),
  endTime: at(2900),
  totalTokens: 645,
  model: 'extractive-1',
})

let observations: ObservationRow[]
let answers: Record<string, unknown>
let server: ReturnType<typeof fakeServer>

beforeEach(() => {
  observations = [agent, failed, answer]
  answers = {
    '/traces/t1': () => ({ trace: traceBody('t1', { name: 'answer-question', tags: ['beta'], userId: 'ada' }), observations }),
    '/traces/t1/observations/answer': body(answer, [{ role: 'user', content: 'Why?' }], { role: 'assistant', content: 'Because.' }),
    '/traces/t1/observations/agent': body(agent, 'Why?', 'Because.'),
    '/traces/t1/observations/tool': body(failed, { order: 1 }, null),
  }
  server = fakeServer(answers)
})

const items = () => screen.getAllByRole('treeitem').map((item) => item.getAttribute('aria-label'))

describe('a trace', () => {
  it('is a tree in order of start, with times, tokens and errors in its names', async () => {
    renderAt('/traces/t1', <TracePage id="t1" />)
    await screen.findByRole('tree')
    expect(items()).toEqual([
      'answer-question, agent, 3.00 s, starts at 0 ms, 645 tokens',
      'refund_quote, tool, 300 ms, starts at 1.20 s, error',
      'answer, generation, 1.30 s, starts at 1.60 s, 645 tokens',
    ])
  })

  it('opens on the conversation of its main generation', async () => {
    renderAt('/traces/t1', <TracePage id="t1" />)
    const conversation = await screen.findByRole('group', { name: 'Conversation' })
    expect(within(conversation).getAllByRole('listitem').map((item) => item.getAttribute('aria-label'))).toEqual(['User', 'Assistant'])
    expect(screen.getByRole('tab', { selected: true }).textContent).toBe('Conversation')
  })

  it('says what went wrong before anything else', async () => {
    const { history } = renderAt('/traces/t1', <TracePage id="t1" />)
    const problems = await screen.findByRole('list', { name: 'Errors and warnings' })
    expect(problems.textContent).toContain('no answer within 300 ms')
    await userEvent.click(within(problems).getByRole('button', { name: 'refund_quote' }))
    expect(history.at(-1)).toBe('/traces/t1?observation=tool')
    expect((await screen.findByRole('note', { name: 'Status message' })).textContent).toBe('no answer within 300 ms')
  })

  it('that is a single call shows its model, tokens and parameters without being asked', async () => {
    observations = [{ ...answer, parentObservationId: null, usage: { input: 600, output: 45 }, modelParameters: { temperature: 0.2 } }]
    renderAt('/traces/t1', <TracePage id="t1" />)
    await screen.findByRole('group', { name: 'Conversation' })
    expect(screen.getByRole('region', { name: 'Whole trace' }).textContent).toContain('Modelextractive-1Tokens645 (600 input, 45 output)temperature0.2')
  })

  it('of which no step has arrived says so, whichever way it is looked at', async () => {
    observations = []
    renderAt('/traces/t1?pane=timeline', <TracePage id="t1" />)
    expect(await screen.findByText('No observation of this trace has arrived.')).toBeTruthy()
    expect(screen.queryByRole('tree')).toBeNull()
  })

  it('of many levels keeps room for its names, and numbers what is deep', async () => {
    observations = Array.from({ length: 60 }, (_, level) => observation(`l${level}`, { parentObservationId: level === 0 ? null : `l${level - 1}`, startTime: at(level) }))
    renderAt('/traces/t1?observation=l59', <TracePage id="t1" />)
    await screen.findByRole('tree')
    const shown = (level: number) => {
      const item = screen.getByRole('treeitem', { name: new RegExp(`^l${level},`) })
      return [item.getAttribute('aria-level'), item.querySelector<HTMLElement>('.tree-guides')?.style.width, item.querySelector('.tree-depth')?.textContent]
    }
    expect([shown(9), shown(59)]).toEqual([
      ['10', '144px', undefined],
      ['60', '144px', '59'],
    ])
  })

  it('grows while it runs', async () => {
    renderAt('/traces/t1', <TracePage id="t1" />)
    await screen.findByRole('tree')
    observations = [...observations, observation('late', { name: 'late', parentObservationId: 'agent', startTime: at(2950) })]
    server.announce('t1')
    await waitFor(() => expect(items()).toHaveLength(4))
  })

  it('that is not there says so, and opens when it arrives', async () => {
    renderAt('/traces/other', <TracePage id="other" />)
    expect(await screen.findByRole('heading', { name: 'This trace is not here' })).toBeTruthy()
    answers['/traces/other'] = { trace: traceBody('other', { name: 'here at last' }), observations: [] }
    server.announce('other')
    expect(await screen.findByRole('heading', { name: 'here at last' })).toBeTruthy()
  })
})

describe('an observation', () => {
  it('is opened by its address', async () => {
    renderAt('/traces/t1?observation=answer', <TracePage id="t1" />)
    expect(await screen.findByText('Because.')).toBeTruthy()
    expect(screen.getByRole('treeitem', { selected: true }).getAttribute('aria-label')).toContain('answer, generation')
    expect(screen.getByText('extractive-1')).toBeTruthy()
  })

  it('shows input and output when it is no conversation', async () => {
    renderAt('/traces/t1?observation=tool', <TracePage id="t1" />)
    const input = await screen.findByRole('region', { name: 'Input' })
    expect(input.textContent).toContain('order: 1')
    expect(screen.queryByRole('tab', { name: 'Conversation' })).toBeNull()
  })

  it('keeps the chosen tab in the address', async () => {
    const { history } = renderAt('/traces/t1?observation=answer', <TracePage id="t1" />)
    await userEvent.click(await screen.findByRole('tab', { name: 'Metadata' }))
    expect(history.at(-1)).toBe('/traces/t1?observation=answer&view=metadata')
    expect(screen.getByText('"kept"')).toBeTruthy()
  })

  it('with a heavy body is fetched on request only', async () => {
    observations = [{ ...answer, inputBytes: 52_000_000, parentObservationId: null }]
    renderAt('/traces/t1?observation=answer', <TracePage id="t1" />)
    expect((await screen.findByText(/are large: 52 MB/)).textContent).toBeTruthy()
    expect(screen.queryByText('Because.')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Load them' }))
    expect(await screen.findByText('Because.')).toBeTruthy()
  })

  it('that is missing is said, and the trace shown', async () => {
    renderAt('/traces/t1?observation=gone', <TracePage id="t1" />)
    expect((await screen.findByText(/is not part of this trace/)).textContent).toContain('gone')
  })
})

describe('the tree by keyboard', () => {
  it('walks, closes and opens', async () => {
    const { history } = renderAt('/traces/t1', <TracePage id="t1" />)
    const [root] = await screen.findAllByRole('treeitem')
    root?.focus()
    await userEvent.keyboard('{ArrowDown}')
    expect(history.at(-1)).toBe('/traces/t1?observation=tool')
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}')
    expect(items()).toHaveLength(1)
    await userEvent.keyboard('{ArrowRight}')
    expect(items()).toHaveLength(3)
  })

  it('finds errors with e and lets go with Escape', async () => {
    const { history } = renderAt('/traces/t1', <TracePage id="t1" />)
    await screen.findByRole('tree')
    await userEvent.keyboard('e')
    expect(history.at(-1)).toBe('/traces/t1?observation=tool')
    await userEvent.keyboard('{Escape}')
    expect(history.at(-1)).toBe('/traces/t1')
  })

  it('moves the border with the arrow keys', async () => {
    renderAt('/traces/t1', <TracePage id="t1" />)
    const border = await screen.findByRole('separator', { name: 'Width of the tree' })
    fireEvent.keyDown(border, { key: 'ArrowRight' })
    expect(border.getAttribute('aria-valuenow')).toBe('48')
    fireEvent.doubleClick(border)
    expect(border.getAttribute('aria-valuenow')).toBe('46')
  })

  it('has one stop for the tab key', async () => {
    renderAt('/traces/t1', <TracePage id="t1" />)
    const tree = await screen.findByRole('tree')
    expect(tree.querySelectorAll('[tabindex="0"]')).toHaveLength(1)
  })
})

describe('the timeline', () => {
  it('fits a step on a double click and shows everything again with 0', async () => {
    renderAt('/traces/t1?pane=timeline', <TracePage id="t1" />)
    await userEvent.dblClick(await screen.findByRole('treeitem', { name: /^refund_quote/ }))
    expect(await screen.findByText('324 ms shown')).toBeTruthy()
    await userEvent.keyboard('0')
    expect(await screen.findByText('Double-click a step to fit it')).toBeTruthy()
  })

  it('offers to compress idle time, and only then does', async () => {
    const { history } = renderAt('/traces/t1?pane=timeline', <TracePage id="t1" />)
    await userEvent.click(await screen.findByRole('button', { name: 'idle 47 % · compress' }))
    expect(history.at(-1)).toBe('/traces/t1?pane=timeline&compress=1')
    expect(screen.getByRole('button', { name: 'idle 47 % · compressed' }).getAttribute('aria-pressed')).toBe('true')
  })
})

describe('the table', () => {
  const names = () => screen.getAllByRole('row').slice(1).map((row) => within(row).getByRole('button').textContent)

  it('sorts by self time and selects a step', async () => {
    const { history } = renderAt('/traces/t1?pane=table', <TracePage id="t1" />)
    await screen.findByRole('table', { name: 'All steps' })
    await userEvent.click(screen.getByRole('button', { name: 'Self' }))
    expect(names()).toEqual(['answer-question', 'answer', 'refund_quote'])
    expect(screen.getByRole('columnheader', { name: 'Self' }).getAttribute('aria-sort')).toBe('descending')
    await userEvent.click(within(screen.getByRole('table', { name: 'All steps' })).getByRole('button', { name: 'refund_quote' }))
    expect(history.at(-1)).toBe('/traces/t1?pane=table&sort=-self&observation=tool')
  })

  it('walks with j and k and finds errors with e', async () => {
    const { history } = renderAt('/traces/t1?pane=table', <TracePage id="t1" />)
    await screen.findByRole('table', { name: 'All steps' })
    await userEvent.keyboard('jjk')
    expect(history.at(-1)).toBe('/traces/t1?pane=table&observation=agent')
    await userEvent.keyboard('e')
    expect(history.at(-1)).toBe('/traces/t1?pane=table&observation=tool')
  })
})

describe('heat', () => {
  it('is off until asked for', async () => {
    renderAt('/traces/t1', <TracePage id="t1" />)
    const tree = await screen.findByRole('tree')
    expect(tree.querySelectorAll('[data-heat]')).toHaveLength(0)
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Heat' }), 'tokens')
    expect([...tree.querySelectorAll('[data-heat]')].map((cell) => cell.getAttribute('data-heat'))).toEqual(['0', '0', '4'])
  })
})
