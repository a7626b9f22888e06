import { gzipSync } from 'node:zlib'
import { type Step, newTraceId, post, send, spansOf } from './otlp'
import { expect, expectAccessible, photograph, skipWithoutBrowser, test } from './viewer'

skipWithoutBrowser()

const at = () => new Date(Date.now() - 30_000)
const step = (input: unknown, output: unknown): Step => ({ name: 'call', type: 'generation', start: 0, end: 900, model: 'm-1', input, output })

test('values that are broken, strange or deep are shown as they came', async ({ page, server }) => {
  const id = newTraceId()
  const strange: [string, unknown][] = [
    ['broken JSON', '{"role": "user", "content": [1, 2'],
    ['NUL and controls', 'before\u0000after\u0007\u001b[31mred\u0085'],
    ['half a surrogate', 'lonely \ud83d and \udc00'],
    ['right to left', '\u202Etxt.exe\u202C שלום \u2066inside\u2069'],
    ['names of prototypes', '{"__proto__": {"polluted": 1}, "constructor": "x", "hasOwnProperty": null, "toString": 7}'],
    ['deep', '['.repeat(900) + '1' + ']'.repeat(900)],
    ['cut short', 'It was a dark and <truncated: 1,980 of 2,000 characters not recorded>'],
    ['numbers', '[1e999, -0, 12345678901234567890, 1e-400]'],
    ['Markdown bomb', '['.repeat(20_000) + '*'.repeat(20_000)],
  ]
  const children = strange.map(([name, value]) => ({ ...step(value, value), name }))
  await send(server.url, spansOf({ ...step('fine', 'fine'), name: 'strange things', type: 'agent', children }, { at: at(), id }))
  await page.goto(`/traces/${id}`)
  await expect(page.getByRole('treeitem')).toHaveCount(strange.length + 1)
  for (const [name] of strange) {
    await page.getByRole('treeitem', { name: new RegExp(`^${name}`) }).click()
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible()
    for (const tab of ['Input / Output', 'Raw JSON']) {
      await page.getByRole('tab', { name: tab }).click()
      await expect(page.getByRole('tabpanel')).not.toBeEmpty()
      await expect(page.getByText('could not be shown')).toHaveCount(0)
    }
  }
  expect(await page.evaluate(() => ({}) as Record<string, unknown>).then((plain) => plain.polluted)).toBeUndefined()
  await page.getByRole('treeitem', { name: /^cut short/ }).click()
  await page.getByRole('tab', { name: 'Input / Output' }).click()
  await expect(page.getByRole('region', { name: 'Output' }).getByRole('note')).toContainText('1,980 of 2,000 characters are missing')
  await page.getByRole('treeitem', { name: /^broken JSON/ }).click()
  await page.getByRole('tab', { name: 'Input / Output' }).click()
  await expect(page.getByRole('region', { name: 'Input' })).toContainText('{"role": "user", "content": [1, 2')
  await expectAccessible(page)
  await photograph(page, 'strange')
})

test('fifty megabytes are fetched when asked for, shown in part, and can be saved', async ({ page, server }) => {
  test.slow()
  const id = newTraceId()
  const large = `begin ${'lorem ipsum dolor sit amet, '.repeat(1_850_000)}end`
  expect(large.length).toBeGreaterThan(50_000_000)
  const spans = spansOf({ ...step('short', large), name: 'large answer' }, { at: at(), id })
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'helpdesk' } }] }
  const response = await fetch(`${server.url}/api/public/otel/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync(JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'langfuse-sdk' }, spans }] }] }), { level: 1 }),
  })
  expect(response.status).toBe(200)
  await page.goto('/traces')
  await expect(page.getByRole('link', { name: 'large answer' })).toBeVisible()
  await page.getByRole('link', { name: 'large answer' }).click()
  await expect(page.getByText('Its input and output are large: 52 MB.')).toBeVisible()
  await photograph(page, 'large')
  await page.goto(`/traces/${id}?observation=${spans[0]?.spanId}`)
  await expect(page.getByText('Its input and output are large: 52 MB.')).toBeVisible()
  await page.getByRole('button', { name: 'Load them' }).click()
  await page.getByRole('tab', { name: 'Input / Output' }).click()
  const output = page.getByRole('region', { name: 'Output' })
  await expect(output.getByRole('button', { name: /show more \(52 MB\)/ })).toBeVisible({ timeout: 60_000 })
  expect(await output.evaluate((element) => element.textContent?.length ?? 0)).toBeLessThan(10_000)
  const [file] = await Promise.all([page.waitForEvent('download'), output.getByRole('button', { name: 'download' }).click()])
  expect((await file.createReadStream()).readableLength).toBeGreaterThanOrEqual(0)
  await output.getByRole('button', { name: /show more/ }).click()
  await expect.poll(() => output.evaluate((element) => element.textContent?.length ?? 0)).toBeGreaterThan(1_000_000)
})

test('a list of fifty thousand entries scrolls, and is searched', async ({ page, server }) => {
  const id = newTraceId()
  const rows = Array.from({ length: 50_000 }, (_, index) => ({ order: index, status: index === 43_210 ? 'misplaced' : 'sent' }))
  await send(server.url, spansOf({ ...step({ query: 'all orders' }, rows), name: 'list orders', type: 'tool' }, { at: at(), id }))
  await page.goto(`/traces/${id}?view=io`)
  await page.getByRole('treeitem', { name: /^list orders/ }).click()
  const output = page.getByRole('region', { name: 'Output', exact: true })
  await expect(output.getByText('"sent"').first()).toBeVisible()
  expect(await output.locator('.json-line').count()).toBeLessThan(300)
  const box = output.getByRole('region', { name: 'All of output' })
  await box.evaluate((element) => element.scrollTo({ top: element.scrollHeight / 2 }))
  await expect(output.getByText('"sent"').first()).toBeVisible()
  await photograph(page, 'json-long')
  await page.getByRole('searchbox', { name: 'Search in output' }).fill('misplaced')
  await expect(output.locator('mark')).toHaveText('misplaced')
  await expect(output.getByRole('button', { name: 'Copy path $[43210].status' })).toBeAttached()
  await expectAccessible(page)
})

test('traces of every shape are read without guessing: one call, two hundred levels, none, from right to left', async ({ page, server }) => {
  const long = `com.example.helpdesk.${'retrieval.augmented.generation.'.repeat(6)}CustomerSupport.answer`
  const one = newTraceId()
  const call: Step = { ...step([{ role: 'user', content: 'Hi' }], { role: 'assistant', content: 'Hello' }), name: long, usage: { input: 8, output: 9 }, cost: { input: 0, output: 0 }, parameters: { temperature: 0 } }
  await send(server.url, spansOf(call, { at: at(), id: one }))
  await page.goto(`/traces/${one}`)
  await expect(page.getByRole('region', { name: 'Whole trace' })).toContainText('Modelm-1Tokens17 (8 input, 9 output)Cost$0temperature0')
  await expectAccessible(page)
  await photograph(page, 'one-call')

  const deep = newTraceId()
  const nested = Array.from({ length: 200 }, (_, level) => 199 - level).reduce<Step | undefined>((below, level) => ({ name: `level ${level}`, type: 'chain', start: level, end: 1000 - level, children: below ? [below] : [] }), undefined)!
  const spans = spansOf({ ...nested, children: [...nested.children!, call] }, { at: at(), id: deep })
  const deepest = spans.find(({ name }) => name === 'level 199')!.spanId
  await send(server.url, spans)
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    for (const pane of ['tree', 'timeline']) {
      await page.goto(`/traces/${deep}?pane=${pane}&observation=${deepest}`)
      const last = page.getByRole('treeitem', { name: /^level 199,/ })
      await expect(last).toHaveAttribute('aria-selected', 'true')
      const name = last.locator('.tree-name > .clip')
      await expect(name).toHaveText('level 199')
      expect(await name.evaluate((clipped) => clipped.scrollWidth - clipped.clientWidth)).toBeLessThanOrEqual(0)
      const sticksOut = () => page.evaluate(() => [...document.querySelectorAll('main, .trace-header, .detail, .tree')].filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.className || box.tagName))
      await expect.poll(sticksOut, { message: `${pane} at ${width}` }).toEqual([])
    }
  }
  await photograph(page, 'deep')

  const none = newTraceId()
  const event = (type: string, body: object) => ({ id: newTraceId(), type, timestamp: new Date().toISOString(), body })
  await post(`${server.url}/api/public/ingestion`, { batch: [event('trace-create', { id: none, name: 'only a trace', input: 'Anybody?', output: 'Nobody.' })] })
  await page.goto(`/traces/${none}`)
  await expect(page.getByText('No observation of this trace has arrived.')).toBeVisible()
  await expect(page.getByText('running')).toHaveCount(0)

  const hebrew = newTraceId()
  await send(server.url, spansOf({ ...step([{ role: 'user', content: 'האם אפשר להחזיר?' }], { role: 'assistant', content: 'כן:\n\n```java\nlong a = 1;\n```' }), name: 'שיחה' }, { at: at(), id: hebrew, tags: ['עברית'] }))
  await page.goto(`/traces/${hebrew}`)
  const asked = page.getByRole('listitem', { name: 'User' }).getByText('להחזיר')
  await expect(asked).toHaveCSS('direction', 'rtl')
  await expect(page.getByText('long a = 1;')).toHaveCSS('direction', 'ltr')
  await photograph(page, 'right-to-left')
})
