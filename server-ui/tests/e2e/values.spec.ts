import { gzipSync } from 'node:zlib'
import { type Step, newTraceId, send, spansOf } from './otlp'
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
