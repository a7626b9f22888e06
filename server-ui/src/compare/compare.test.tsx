import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { duration } from '../format/format'
import { at, observation, traceBody } from '../test/fixtures'
import { fakeServer, renderAt } from '../test/server'
import { TracePage } from '../trace/TracePage'
import { changeOf } from './Deltas'
import { TextDiff } from './TextDiff'
import { changesBetween } from './changes'
import { ComparePage } from './lazy'
import { comparedSteps } from './steps'

const steps = [observation('a', { name: 'call' }), observation('b', { name: 'call', startTime: at(10), endTime: at(40) }), observation('c', { name: 'gone' })]
const text = (kind: string, left: unknown, right: unknown) =>
  changesBetween(left, right)
    ?.filter((change) => change.kind === kind)
    .map((change) => change.text)

describe('changes', () => {
  it('go word by word through texts and line by line through JSON', () => {
    expect([text('removed', 'a quick fox', 'a slow fox'), text('added', 'a quick fox', 'a slow fox')]).toEqual([['quick'], ['slow']])
    expect(text('added', { a: 1, b: 2 }, { a: 1, b: 3 })).toEqual(['  "b": 3\n'])
    expect(changesBetween(null, null)).toEqual([])
    expect(text('same', 'x', 'x')).toEqual(['x'])
  })

  it('are marked up, and never run', () => {
    const { container } = render(<TextDiff title="Output" left="<b>old</b>" right="<script>new</script>" />)
    expect(container.querySelectorAll('script, b')).toHaveLength(0)
    expect([...container.querySelectorAll('ins, del')].length).toBeGreaterThan(1)
  })

  it('of figures have a sign and a share', () => {
    expect([changeOf(100, 134, duration), changeOf(200, 100, duration), changeOf(5, 5, duration), changeOf(null, 5, duration), changeOf(0, 5, duration)]).toEqual([
      '+34 ms (+34 %)',
      '−100 ms (−50 %)',
      'same',
      '',
      '+5 ms',
    ])
  })
})

describe('steps of two traces', () => {
  it('are added up by name and type', () => {
    expect(comparedSteps(steps, [observation('d', { name: 'call', endTime: at(5) })])).toEqual([
      { name: 'call', type: 'SPAN', left: { count: 2, ms: 1030 }, right: { count: 1, ms: 5 } },
      { name: 'gone', type: 'SPAN', left: { count: 1, ms: 1000 }, right: { count: 0, ms: 0 } },
    ])
  })
})

describe('comparing', () => {
  it('two steps: the first is kept in the address while the second is chosen', async () => {
    const rows = [observation('a', { name: 'first', level: 'ERROR' }), observation('b', { name: 'second', startTime: at(1500), endTime: at(1600) })]
    fakeServer({
      '/traces/t1': { trace: traceBody('t1'), observations: rows },
      '/traces/t1/observations/a': { ...rows[0], input: 'same', output: 'late', metadata: null },
      '/traces/t1/observations/b': { ...rows[1], input: 'same', output: 'in time', metadata: null },
    })
    const { history } = renderAt('/traces/t1?observation=a', <TracePage id="t1" />)
    await userEvent.click(await screen.findByRole('button', { name: 'Compare with another step' }))
    await userEvent.click(screen.getByRole('treeitem', { name: /^second/ }))
    expect(history.at(-1)).toBe('/traces/t1?observation=b&compare=a')
    expect((await screen.findAllByRole('row')).slice(1).map(({ textContent }) => textContent)).toEqual(['Duration1.00 s100 ms−900 ms (−90 %)', 'Levelerrordefault'])
    const output = await screen.findByRole('region', { name: 'Output, compared' })
    expect(output.querySelector('del')?.textContent).toBe('late')
    expect(screen.getByRole('region', { name: 'Input, compared' }).textContent).toContain('the same')
  })

  it('two traces: figures, words and steps', async () => {
    fakeServer({
      '/traces/l': { trace: traceBody('l', { latencyMs: 1000, output: 'old' }), observations: steps },
      '/traces/r': { trace: traceBody('r', { latencyMs: 1500, output: 'new' }), observations: [] },
    })
    renderAt('/compare/l/r', <ComparePage left="l" right="r" />)
    expect((await screen.findByRole('row', { name: /^Duration/ })).textContent).toBe('Duration1.00 s1.50 s+500 ms (+50 %)')
    expect(screen.getByRole('row', { name: /gone/ }).textContent).toContain('only in the first')
  })
})
