import { newTraceId, post, send, spansOf } from './otlp'
import { twoRuns } from './experiment'
import { brokenBlender, reindex, turn } from './helpdesk'
import { manyTraces } from '../budgets/seed'
import { shots } from './shots'
import { expect, expectAccessible, photograph, picture, skipWithoutBrowser, test } from './viewer'

const linus = { user: 'linus@example.org', session: 'chat:77/a', tags: ['helpdesk'] }
const judged = newTraceId()
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)

skipWithoutBrowser()

/** An ordinary afternoon at the help desk. */
const ASKED = [
  ['grace@example.org', 'Which blender is the quietest?', 'The **B-20**, at 68 dB. The B-10 is louder at 74 dB.', 900],
  ['ken@example.org', 'Can I still change the delivery address of order 1038?', 'Yes, until the parcel leaves us this evening. Shall I change it?', 2100],
  ['grace@example.org', 'And which of them crushes ice?', 'Both do. Use the pulse setting, and no more than eight cubes at once.', 1300],
  ['barbara@example.org', 'My invoice shows the wrong VAT number.', 'I have asked accounting for a corrected invoice; it arrives by email within two days.', 3400],
  ['ken@example.org', 'How long is the warranty on the espresso machine?', 'Three years from the day of delivery, parts and labour included.', 1100],
  ['donald@example.org', 'Is the toaster sold in Iceland?', 'I could not find that in our policies. A colleague will write to you.', 700],
] as const

test.beforeAll(async ({ server }) => {
  for (const [index, [user, question, answer, took]] of ASKED.entries()) {
    const id = newTraceId()
    await send(server.url, spansOf(turn(question, answer, took), { at: ago(8 + 7 * index), id, user, session: `chat-${user.split('@')[0]}`, tags: ['helpdesk'] }))
    await post(`${server.url}/api/public/scores`, { traceId: id, name: 'groundedness', value: Math.round(100 - index * 11) / 100, dataType: 'NUMERIC' })
  }
  await send(server.url, spansOf(brokenBlender, { ...linus, at: ago(4), id: judged }))
  await send(server.url, spansOf(turn('Is the blender dishwasher safe?', 'The jug is, the base is not.', 1200), { ...linus, at: ago(50) }))
  await send(server.url, spansOf(reindex, { at: ago(26 * 60), environment: 'batch' }))
})

test('somebody who reads a wrong answer judges it, and finds the verdict in the list', async ({ page, server }) => {
  await post(`${server.url}/api/public/scores`, { traceId: judged, name: 'groundedness', value: 0.43, comment: 'The reference number is in no passage.' })
  await page.goto(`/traces/${judged}`)
  const verdict = page.getByRole('group', { name: 'Your verdict' })
  await verdict.getByRole('button', { name: 'Bad' }).click()
  await expect(verdict.getByRole('button', { name: 'Bad' })).toHaveAttribute('aria-pressed', 'true')
  await verdict.getByRole('button', { name: 'Add a note' }).click()
  await page.keyboard.type('Promises a label that we do not send.')
  await expectAccessible(page)
  await verdict.getByRole('button', { name: 'Save' }).click()

  await page.getByRole('tab', { name: 'Scores 2' }).click()
  await expect(page.getByRole('list', { name: 'Scores' })).toContainText('Promises a label that we do not send.')
  await expect(page.getByRole('list', { name: 'Scores' })).toContainText('groundedness0.43')
  await expectAccessible(page)
  await photograph(page, 'scores')

  await page.goto('/traces?userId=linus%40example.org')
  await expect(page.getByRole('row', { name: /cracked jug/ })).toContainText('thumbs: no')
  await page.goto('/traces?tag=helpdesk')
  await expect(page.getByRole('row', { name: /thumbs: no/ })).toBeVisible()
  await picture(page, 'traces')
  await page.goto('/traces?userId=linus%40example.org')
  const stored = (await (await fetch(`${server.url}/api/public/v2/scores?name=thumbs&traceId=${judged}`)).json()) as { data: unknown[] }
  expect(stored.data).toMatchObject([{ source: 'ANNOTATION', value: 0, comment: 'Promises a label that we do not send.' }])

  await page.getByRole('row', { name: /cracked jug/ }).getByRole('link', { name: 'answer-question' }).click()
  await verdict.getByRole('button', { name: 'Bad' }).click()
  await expect(verdict.getByRole('button', { name: 'Bad' })).toHaveAttribute('aria-pressed', 'false')
})

test('half a screen, beside an editor, is enough for a trace', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 800 })
  for (const pane of ['tree', 'timeline', 'table']) {
    await page.goto(`/traces/${judged}?pane=${pane}`)
    const steps = page.getByRole('region', { name: 'Observations' })
    await expect(steps.getByText('refund_quote').first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'Pages, now Traces' })).toBeVisible()
    const within = async () => {
      const pane = (await steps.boundingBox())!
      const controls = await Promise.all((await steps.locator('.tree-tools :is(button, select)').all()).map((control) => control.boundingBox()))
      return controls.filter((box) => box !== null && box.x + box.width > pane.x + pane.width + 1)
    }
    await expect.poll(within, { message: pane }).toEqual([])
    // The name of a failed step has room beside its mark.
    const name = steps.locator('[data-level=ERROR] :is(.tree-name > .clip, .step-name > button)').first()
    await expect.poll(async () => (await name.boundingBox())?.width ?? 0, { message: pane }).toBeGreaterThan(40)
    await page.screenshot({ path: `${shots}/half-${pane}.png` })
  }
})

test('an architect sees how the agent went from step to step', async ({ page }) => {
  await page.goto(`/traces/${judged}`)
  await page.getByRole('button', { name: 'Graph' }).click()
  const quote = page.getByRole('button', { name: /^refund_quote, tool, 2 times/ })
  await quote.click()
  await expect(page.getByRole('button', { name: /^refund_quote, tool, 1 of 2 times/ })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('heading', { name: 'refund_quote' })).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'graph')
  await page.keyboard.press('e')
  await expect(page.getByRole('note', { name: 'Status message' })).toContainText('RefundServiceException')
})

test('whoever looks for what was slow narrows the time and sorts', async ({ page }) => {
  await page.goto('/traces?tag=helpdesk&userId=linus%40example.org')
  await page.getByRole('button', { name: /^Time:/ }).click()
  await photograph(page, 'range')
  await page.getByRole('button', { name: 'Last hour' }).click()
  await expect(page).toHaveURL(/from=-1h/)
  await expect(page.getByRole('combobox', { name: 'Search traces' })).toHaveValue('user:linus@example.org tag:helpdesk from:-1h')
  await page.getByRole('button', { name: 'Duration' }).click()
  await expect(page.getByRole('columnheader', { name: 'Duration' })).toHaveAttribute('aria-sort', 'descending')
  await expect(page.getByRole('row', { name: /cracked jug/ })).toHaveAttribute('aria-rowindex', '2')
  await expectAccessible(page)

  await page.goto('/traces')
  const total = page.locator('.total')
  await expect(total).toHaveText(/^\d+ traces$/)
  const before = Number.parseInt(await total.innerText())
  const chart = page.getByRole('img', { name: /with an error/ })
  const box = (await chart.boundingBox())!
  await page.mouse.move(box.x + box.width * 0.7, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 1, box.y + 10, { steps: 4 })
  await page.mouse.up()
  await expect(page).toHaveURL(/from=20.*to=20/)
  await expect.poll(async () => Number.parseInt(await total.innerText())).toBeLessThan(before)
})

test('a support engineer finds a customer and what was said', async ({ page }) => {
  await page.goto('/users')
  await expect(page.getByRole('row', { name: /linus@example\.org/ })).toContainText('2')
  await expectAccessible(page)
  await photograph(page, 'users')
  await page.getByRole('link', { name: 'linus@example.org' }).click()
  await expect(page.getByRole('heading', { name: 'linus@example.org' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Sessions' }).getByRole('row', { name: /chat:77\/a/ })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Latest traces' }).getByRole('link', { name: 'answer-question' })).toHaveCount(2)
  await expectAccessible(page)
  await photograph(page, 'user')
  await page.getByRole('link', { name: /^All 2 in the list/ }).click()
  await expect(page.getByRole('table', { name: 'Traces' }).getByRole('link', { name: 'answer-question' })).toHaveCount(2)

  await page.getByRole('link', { name: 'Sessions' }).click()
  await expectAccessible(page)
  await photograph(page, 'sessions')
  await page.getByRole('link', { name: 'chat:77/a' }).click()
  await expect(page.getByRole('heading', { name: 'chat:77/a' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Turns' })).toContainText('later')
})

test('a lead sees how much, how fast, how dear and how often wrong', async ({ page, server }) => {
  await manyTraces(server.url, 400)
  await page.goto('/dashboard')
  await expect(page.getByRole('img', { name: /^Traces: \d+; at most/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /extractive-1/ })).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'dashboard')
  await picture(page, 'dashboard')
  await page.getByRole('link', { name: 'reindex-articles' }).click()
  await expect(page).toHaveURL(/name=reindex-articles/)
})

test('somebody tuning a prompt compares its versions and makes one production', async ({ page, server }) => {
  const prompts = `${server.url}/api/public/v2/prompts`
  await page.goto('/prompts')
  await expect(page.getByRole('heading', { name: 'No prompt is kept here yet' })).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'no-prompts')
  const chat = (system: string) => ({ name: 'helpdesk/answer', type: 'chat', tags: ['helpdesk'], prompt: [{ role: 'system', content: system }, { type: 'placeholder', name: 'history' }, { role: 'user', content: '{{question}}' }] })
  await post(prompts, { ...chat('You answer customers of {{shop}}. Be brief.'), labels: ['production'], config: { model: 'gpt-4o-mini', temperature: 0.4 }, commitMessage: 'First version' })
  await post(prompts, { ...chat('You answer customers of {{shop}}. Use only these passages:\n\n{{passages}}'), config: { model: 'gpt-4o-mini', temperature: 0 }, commitMessage: 'Answer from the policies only' })
  await post(prompts, { name: 'summarise-ticket', prompt: 'Summarise in {{language}}:\n\n{{ticket}}', labels: ['production'] })

  await page.goto('/prompts')
  await expect(page.getByRole('row', { name: /helpdesk\/answer/ })).toContainText('production')
  await expectAccessible(page)
  await photograph(page, 'prompts')
  await page.getByRole('link', { name: 'helpdesk/answer' }).click()
  await expect(page.getByRole('heading', { name: 'Version 2' })).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'prompt')
  await page.getByRole('button', { name: 'Compare with version 1' }).click()
  await expect(page.getByRole('region', { name: 'Prompt, compared' }).locator('ins').first()).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'prompt-diff')
  await page.getByRole('button', { name: 'Compare with version 1' }).click()
  await page.getByRole('button', { name: 'make it production' }).click()
  await expect(page.getByRole('navigation', { name: 'Versions' }).getByRole('button', { name: /^Version 2.*production/ })).toBeVisible()
  const asked = async () => (await (await fetch(`${prompts}/helpdesk%2Fanswer`)).json()) as { version: number; prompt: unknown[]; labels: string[] }
  expect((await asked()).version).toBe(2)

  await page.getByRole('button', { name: 'New version' }).click()
  await page.getByRole('textbox', { name: 'Text of message 1' }).fill('You answer customers of {{shop}}. Say so when no passage helps:\n\n{{passages}}')
  await page.getByRole('textbox', { name: 'Labels' }).fill('production')
  await page.getByRole('textbox', { name: 'What changed' }).fill('Admit not knowing')
  await page.getByRole('button', { name: 'What is different' }).click()
  await expect(page.getByRole('region', { name: 'Prompt, compared' }).locator('ins').first()).toContainText('Say')
  await expectAccessible(page)
  await photograph(page, 'prompt-editor')
  await page.getByRole('button', { name: 'Save as a new version' }).click()
  await expect(page.getByRole('heading', { name: 'Version 3' })).toBeVisible()
  await expect(page.getByText('Admit not knowing')).toBeVisible()
  const third = await asked()
  expect(third).toMatchObject({ version: 3, labels: ['production', 'latest'] })
  expect(third.prompt[1]).toEqual({ type: 'placeholder', name: 'history' })

  await page.goto('/prompts')
  await page.getByRole('button', { name: 'New prompt' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('greet/customer')
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('Greet {{name}}.')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create the prompt' }).click()
  await expect(page).toHaveURL('/prompts/greet%2Fcustomer')
})

test('a reviewer walks through what was judged badly', async ({ page, server }) => {
  const id = newTraceId()
  const spans = spansOf(brokenBlender, { ...linus, at: ago(2), id })
  await send(server.url, spans)
  const answer = spans.find(({ name }) => name === 'answer')!
  await post(`${server.url}/api/public/scores`, { traceId: id, observationId: answer.spanId, name: 'tone', stringValue: 'curt', value: 'curt', dataType: 'CATEGORICAL' })
  await post(`${server.url}/api/public/scores`, { traceId: id, name: 'groundedness', value: 0.11, comment: 'Half of it is in no passage.' })
  await page.goto('/scores')
  await page.getByRole('combobox', { name: 'Name' }).selectOption('groundedness')
  await expect(page.getByRole('row', { name: /groundedness 0\.11 answer-question The blender .* Half of it/ })).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'all-scores')

  await page.goto('/traces')
  await expect(page.getByRole('link', { name: 'answer-question' }).first()).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('score:groundedness<0.2 latency:>1s score:tone=curt ')
  const rows = page.getByRole('rowgroup', { name: 'Trace rows' }).getByRole('row')
  await expect(rows).toHaveCount(1)
  await expect(page).toHaveURL(/score=groundedness%3C0\.2&score=tone%3Dcurt&latency=%3E1s/)
  await page.getByRole('group', { name: 'Duration' }).getByRole('button', { name: 'over 5s' }).click()
  await expect(page.getByRole('heading', { name: 'No trace matches' })).toBeVisible()
  await page.getByRole('group', { name: 'Duration' }).getByRole('button', { name: 'over 1s' }).click()
  await expect(rows).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expectAccessible(page)
  await photograph(page, 'score-filter')
  await rows.getByRole('link', { name: 'answer-question' }).click()
  await expect(page.getByRole('treeitem', { name: /^answer, generation/ })).toContainText('tone curt')
  await expectAccessible(page)
  await photograph(page, 'judged-step')
})

test('an evaluation engineer sees which answers an experiment made better, and which worse', async ({ page, server }) => {
  await page.goto('/datasets')
  await expect(page.getByRole('heading', { name: 'No dataset yet' })).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'no-datasets')
  await twoRuns(server.url)
  await page.goto('/datasets')
  await expectAccessible(page)
  await photograph(page, 'datasets')
  await page.getByRole('link', { name: 'shop/policies' }).click()
  await expect(page.getByRole('columnheader', { name: /^prompt-v2.*correctness 0\.75.*better by 0\.1/ })).toBeVisible()
  const worse = page.getByRole('row', { name: /Who pays for returns/ })
  await expect(worse).toContainText('worse by0.9')
  await expectAccessible(page)
  await photograph(page, 'experiment')
  await picture(page, 'experiment')
  await page.getByRole('checkbox', { name: 'Only the 3 items on which they differ' }).check()
  await expect(page.getByRole('row', { name: /Norway/ })).toHaveCount(0)
  await worse.getByRole('link', { name: 'We pay for every return.' }).click()
  await expect(page.getByRole('listitem', { name: 'Assistant' })).toContainText('We pay for every return.')
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL('/datasets/shop%2Fpolicies?changed=1')
})
