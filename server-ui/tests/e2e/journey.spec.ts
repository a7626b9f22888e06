import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { brokenBlender, overloaded, reindex, turn } from './helpdesk'
import { newTraceId, send, spansOf } from './otlp'
import { Server, expect, expectAccessible, photograph, picture, skipWithoutBrowser, test } from './viewer'

const ada = { user: 'ada@example.org', session: 'chat-2041', tags: ['helpdesk', 'refund'] }
const traceId = newTraceId()
const NAMES = /^(hello-from-curl|answer-question|reindex-articles|summarise-ticket)$/

skipWithoutBrowser()
test.describe.configure({ mode: 'serial' })
const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)
const links = (page: Page) => page.getByRole('table', { name: 'Traces' }).getByRole('link', { name: NAMES })

async function drop(page: Page, name: string, text: string) {
  await page.evaluate(
    ([file, content]) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([content ?? ''], file ?? ''))
      window.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    },
    [name, text],
  )
}

test('somebody curious loads the sample into an empty server', async ({ page, allowed }) => {
  const empty = await Server.start()
  allowed.push(empty.url)
  try {
    await page.goto(empty.url)
    await page.getByRole('button', { name: 'Load sample data' }).click()
    await expect(page.getByText('40 spans in 3 traces taken in.')).toBeVisible()
    await expectAccessible(page)
    await photograph(page, 'sample')
    await page.getByRole('button', { name: 'All traces' }).click()
    await expect(page.getByRole('row', { name: /sample/ })).toHaveCount(3)
  } finally {
    await empty.stop()
  }
})

test('a newcomer pastes the command from the empty page and sees the first trace arrive', async ({ page, server }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Waiting for the first trace' })).toBeVisible()
  await expect(page.getByText('Listening on')).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'welcome')

  await fetch(`${server.url}/api/public/otel/v1/traces`, { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } })
  await expect(page.getByText('1 request turned away')).toBeVisible()

  const command = await page.getByRole('group', { name: 'curl command' }).textContent()
  execFileSync('sh', ['-c', command ?? 'false'])
  await expect(page.getByText('It arrived: hello-from-curl')).toBeVisible()
  await page.getByRole('link', { name: 'Open it' }).click()
  await expect(page.getByRole('treeitem', { name: /^hello-from-curl, span, 250 ms/ })).toBeVisible()
  await expect(page.getByRole('listitem', { name: 'User' })).toContainText('Is anybody there?')
})

test('someone debugging watches traces arrive, searches and narrows them down', async ({ page, server }) => {
  await page.goto('/traces')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await expect(links(page)).toHaveText(['hello-from-curl'])

  await send(server.url, spansOf(reindex, { at: ago(200), environment: 'batch' }))
  await send(server.url, spansOf(overloaded, { at: ago(160), user: 'support-bot' }))
  const norway = turn('Do you deliver to Norway?', 'Yes, in five to eight working days. Duties are included in the price.')
  await send(server.url, spansOf(norway, { ...ada, at: ago(90), tags: ['helpdesk'] }))
  await send(server.url, spansOf(brokenBlender, { ...ada, at: ago(20), id: traceId }))
  await expect(links(page)).toHaveCount(5)

  await page.getByRole('button', { name: 'Pause' }).click()
  await send(server.url, spansOf(turn('Which blender is the quietest?', 'The B-20, at 68 dB.', 700), { at: ago(1), user: 'grace@example.org', session: 'chat-2042' }))
  await expect(page.getByRole('button', { name: '1 new · show' })).toBeVisible()
  await expect(links(page)).toHaveCount(5)
  await page.getByRole('button', { name: '1 new · show' }).click()
  await expect(links(page)).toHaveCount(6)
  await page.getByRole('button', { name: 'Resume' }).click()

  const row = page.getByRole('row', { name: /cracked jug/ })
  await expect(row).toContainText('1 error')
  await expect(row).toContainText('3.12 s')
  await expect(row).toContainText('$0.00382')
  await expectAccessible(page)
  await photograph(page, 'traces')

  await page.keyboard.press('/')
  await page.keyboard.type('cracked jug')
  await expect(page).toHaveURL(/search=cracked\+jug/)
  await expect(links(page)).toHaveText(['answer-question'])
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('button', { name: 'Has an error' }).click()
  await expect(links(page)).toHaveText(['answer-question', 'summarise-ticket'])
  await page.goBack()
  await expect(links(page)).toHaveCount(6)
})

test('a backend engineer opens a trace and finds the conversation, the slow step and the error', async ({ page }) => {
  await page.goto('/traces')
  await page.getByRole('row', { name: /cracked jug/ }).getByRole('link', { name: 'answer-question' }).click()
  await expect(page).toHaveURL(`/traces/${traceId}`)

  await expect(page.getByRole('treeitem')).toHaveCount(8)
  const names = await page.getByRole('treeitem').evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')))
  expect(names).toEqual([
    'answer-question, agent, 3.12 s, starts at 0 ms, 1134 tokens',
    'retrieve, retriever, 222 ms, starts at 14 ms, 19 tokens',
    'embed, embedding, 98 ms, starts at 20 ms, 19 tokens',
    'plan, generation, 882 ms, starts at 248 ms, 470 tokens',
    'order_status, tool, 62 ms, starts at 1.14 s',
    'refund_quote, tool, 305 ms, starts at 1.21 s, error',
    'refund_quote, tool, 118 ms, starts at 1.57 s',
    'answer, generation, 1.39 s, starts at 1.70 s, 645 tokens',
  ])
  const conversation = page.getByRole('group', { name: 'Conversation' })
  await expect(conversation.getByRole('listitem', { name: 'User' })).toContainText('arrived with a cracked jug')
  await expect(conversation.getByRole('region', { name: 'Tool call refund_quote' })).toContainText('R-7731')
  await expect(conversation.getByRole('listitem', { name: 'Assistant' }).last()).toContainText('within five working days')
  await expectAccessible(page)
  await photograph(page, 'trace')
  await page.setViewportSize({ width: 1280, height: 860 })
  await page.mouse.move(640, 860)
  await picture(page, 'trace')

  await page.keyboard.press('e')
  await expect(page.getByRole('note', { name: 'Status message' })).toContainText('no answer within 300 ms')
  await expect(page).toHaveURL(/observation=[0-9a-f]{16}/)
  const address = page.url()
  await page.keyboard.press('Escape')
  await page.goto(address)
  await expect(page.getByRole('treeitem', { selected: true })).toHaveAccessibleName(/refund_quote.*error/)

  const border = page.getByRole('separator', { name: 'Width of the tree' })
  const width = () => page.getByRole('tree').evaluate((tree) => tree.clientWidth)
  const wide = await width()
  await border.press('ArrowLeft')
  await border.press('ArrowLeft')
  await expect.poll(width).toBeLessThan(wide - 30)
  await border.dblclick()

  await page.getByRole('treeitem', { name: /^retrieve/ }).click()
  await expect(page.getByRole('list', { name: 'Retrieved documents' }).getByRole('listitem')).toHaveCount(3)
  await expectAccessible(page)
  await photograph(page, 'retrieve')
  await page.getByRole('treeitem', { name: /^answer, generation/ }).click()
  await expect(page.getByText('First token')).toBeVisible()
  await page.getByRole('tab', { name: 'Raw JSON' }).click()
  await expect(page.getByRole('group', { name: 'raw JSON' })).toContainText('extractive-1')
  await expectAccessible(page)
})

test('a platform engineer finds where the time and the tokens went', async ({ page }) => {
  await page.goto(`/traces/${traceId}`)
  await page.getByRole('button', { name: 'Timeline' }).click()
  await page.getByRole('treeitem', { name: /^order_status/ }).dblclick()
  await expect(page.getByText('67 ms shown')).toBeVisible()
  const bar = page.getByRole('treeitem', { name: /^order_status/ }).locator('.bar')
  const row = page.getByRole('treeitem', { name: /^order_status/ }).locator('.bars')
  const part = async () => ((await bar.boundingBox())?.width ?? 0) / ((await row.boundingBox())?.width ?? 1)
  await expect.poll(part).toBeGreaterThan(0.85)
  await page.mouse.move(500, 500)
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, 300)
  await page.keyboard.up('Control')
  await expect(page.getByText('67 ms shown')).toHaveCount(0)
  await expect.poll(part).toBeLessThan(0.5)
  await expectAccessible(page)
  await photograph(page, 'timeline')
  await page.keyboard.press('0')
  await expect(page.getByText('Double-click a step to fit it')).toBeVisible()

  await page.getByRole('button', { name: 'Table' }).click()
  await page.getByRole('button', { name: 'Self', exact: true }).click()
  const first = page.getByRole('table', { name: 'All steps' }).getByRole('row').nth(1)
  await expect(first).toContainText('answer')
  await expect(first).toContainText('1.39 s')
  await page.getByRole('combobox', { name: 'Heat' }).selectOption('tokens')
  await expect(page).toHaveURL(/heat=tokens/)
  await expectAccessible(page)
  await photograph(page, 'table')
  await page.goto(`/traces/${traceId}?heat=time`)
  await expect(page.locator('[data-heat="4"]')).toHaveText(['1.39 s'])
  await expectAccessible(page)
  await photograph(page, 'heat')
})

test('someone shows a colleague this trace offline, and the colleague takes it in', async ({ page, allowed }) => {
  allowed.push('file://')
  await page.goto(`/traces/${traceId}`)
  const exported = async (name: RegExp) => {
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name }).click()])
    const path = test.info().outputPath(file.suggestedFilename())
    await file.saveAs(path)
    return { name: file.suggestedFilename(), path, text: readFileSync(path, 'utf8') }
  }
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expectAccessible(page)
  await photograph(page, 'export')
  await page.keyboard.press('Escape')

  expect((JSON.parse((await exported(/^Trace/)).text) as { observations: unknown[] }).observations).toHaveLength(8)
  expect((await exported(/^Conversation/)).text).toContain('The blender from order 1042')
  const html = await exported(/offline/)
  expect(html.name).toBe(`answer-question-${traceId.slice(0, 8)}.html`)
  const otlp = await exported(/^OpenTelemetry/)

  const copyId = newTraceId()
  await drop(page, 'copy.json', otlp.text.replaceAll(traceId, copyId).replaceAll('chat-2041', 'chat-copy'))
  await expect(page.getByText('8 spans in 1 trace taken in.')).toBeVisible()
  const names = () => page.getByRole('treeitem').evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')))
  const original = await names()
  await page.getByRole('link', { name: 'Open it' }).click()
  await expect(page).toHaveURL(`/traces/${copyId}`)
  await expect(page.getByRole('treeitem')).toHaveCount(8)
  expect(await names()).toEqual(original)
  await expect(page.getByText('$0.00382')).toBeVisible()
  await drop(page, 'holiday.json', '{"photos":[]}')
  await expect(page.getByRole('alert')).toContainText('holiday.json was not taken in. It is not OTLP')

  await page.goto(`file://${html.path}`)
  await expect(page.getByRole('heading', { name: 'answer-question' })).toBeVisible()
  const bars = await page.locator('.step').evaluateAll((steps) => steps.map((step) => [step.getAttribute('data-type') + (step.getAttribute('data-level') === 'ERROR' ? ', error' : ''), getComputedStyle(step.querySelector('.bar')!).backgroundColor] as const))
  const colours = new Map(bars)
  expect([...colours.keys()]).toEqual(['AGENT', 'RETRIEVER', 'EMBEDDING', 'GENERATION', 'TOOL', 'TOOL, error'])
  expect(new Set(colours.values()).size).toBe(6)
  await page.locator('summary', { hasText: 'refund_quote' }).last().click()
  await expect(page.locator('details[open]').last()).toContainText('R-7731')
  await expectAccessible(page)
  await photograph(page, 'offline')
})

test('a developer takes a call apart and takes it along', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(`/traces/${traceId}`)
  await page.getByRole('treeitem', { name: /^answer, generation/ }).click()
  await page.getByRole('button', { name: 'Copy as' }).click()
  await expectAccessible(page)
  await photograph(page, 'copy-as')
  await page.getByRole('menuitem', { name: /^curl/ }).click()
  await expect(page.getByText('curl copied')).toBeAttached()
  const command = await page.evaluate(() => navigator.clipboard.readText())
  const sent = JSON.parse(execFileSync('sh', ['-c', command.replace(/^curl[\s\S]*?-d @-/, 'cat')]).toString()) as { model: string; messages: unknown[] }
  expect(sent.model).toBe('extractive-1')
  expect(sent.messages.length).toBeGreaterThan(2)

  await page.getByRole('tab', { name: 'Raw JSON' }).click()
  await page.getByRole('searchbox', { name: 'Search in raw JSON' }).fill('r-7731')
  await expect(page.locator('mark').first()).toHaveText('R-7731')
  await expect(page.getByText(/^\d+ matches$/)).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'json-search')
})

test('an analyst takes the list along as a table', async ({ page }) => {
  await page.goto('/traces?environment=batch')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export the list as CSV' }).click()])
  const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n')
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain('reindex-articles')
})

test('somebody reads one trace after the other, and goes back to where they were', async ({ page }) => {
  await page.goto('/traces?sessionId=chat-2041')
  await expect(links(page)).toHaveCount(2)
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/traces/${traceId}`)
  await expect(page.getByRole('button', { name: 'Previous trace' })).toBeDisabled()
  await page.getByRole('button', { name: 'Table' }).click()
  await page.keyboard.press('J')
  await expect(page).not.toHaveURL(new RegExp(traceId))
  await expect(page).toHaveURL(/pane=table/)
  await expect(page.getByRole('button', { name: 'Next trace' })).toBeDisabled()
  await expect(page.getByRole('table', { name: 'All steps' }).getByRole('row')).toHaveCount(4)
  await page.keyboard.press('j')
  await expect(page).toHaveURL(/observation=/)
  await page.keyboard.press('K')
  await expect(page).toHaveURL(`/traces/${traceId}?pane=table`)
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL('/traces?sessionId=chat-2041')
  await expect(page).toHaveTitle('Traces · Langfuse4j')
  await expect(page.locator('.trace-row[data-current=true]')).toHaveCount(1)
  // Whoever comes by a link has no list to go back to.
  await page.goto(`/traces/${traceId}`)
  await expect(page.getByRole('treeitem').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next trace' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL('/traces')
})

test('a trace that is still running grows under the eyes of its reader', async ({ page, server }) => {
  const id = newTraceId()
  const [root, ...children] = spansOf(turn('Is water damage covered?', 'Only by the extended warranty.'), { at: ago(2), id })
  if (!root) throw new Error('no root')
  await send(server.url, children.slice(0, 1))
  await page.goto(`/project/local/traces/${id}`)
  await expect(page.getByRole('treeitem')).toHaveCount(1)
  await expect(page.getByRole('treeitem', { name: /^retrieve.*parent missing/ })).toBeVisible()

  await send(server.url, [root, ...children.slice(1)])
  await expect(page.getByRole('treeitem')).toHaveCount(3)
  await expect(page.getByRole('treeitem', { name: /^retrieve(?!.*parent missing)/ })).toHaveAttribute('aria-level', '2')
})

test('ten thousand observations are walked from end to end', async ({ page, server }) => {
  test.slow()
  const id = newTraceId()
  const steps = Array.from({ length: 100 }, (_, outer) => ({
    name: `batch ${outer}`,
    type: 'chain',
    start: outer * 10,
    end: outer * 10 + 9,
    children: Array.from({ length: 99 }, (__, inner) => ({ name: `step ${outer}.${inner}`, type: 'span', start: outer * 10, end: outer * 10 + 9 })),
  }))
  const spans = spansOf({ name: 'ten-thousand', type: 'chain', start: 0, end: 1000, children: steps }, { at: ago(400), id })
  for (let from = 0; from < spans.length; from += 1000) await send(server.url, spans.slice(from, from + 1000))
  const started = Date.now()
  await page.goto(`/traces/${id}`)
  await expect(page.getByRole('treeitem').first()).toBeVisible()
  test.info().annotations.push({ type: 'opened after ms', description: String(Date.now() - started) })
  console.log(`10,001 observations: first rows after ${Date.now() - started} ms`)
  expect(await page.getByRole('treeitem').count()).toBeLessThan(120)
  await page.getByRole('treeitem').first().focus()
  await page.keyboard.press('End')
  await expect(page.getByRole('treeitem', { name: /^step 99\.\d+, span/ }).last()).toBeFocused()
})

test('a reader far down the list is not disturbed by a burst of new traces', async ({ page, server }) => {
  const start = Date.now()
  const burst = Array.from({ length: 180 }, (_, index) =>
    spansOf({ name: `load ${index}`, type: 'span', start: 0, end: 5 }, { at: new Date(start - 30_000 + index), environment: 'load' }),
  )
  await send(server.url, burst.flat())
  await page.goto('/traces?environment=load')
  await expect(page.getByText('180 traces', { exact: true })).toBeVisible()
  await expect(page.getByRole('link', { name: 'load 179' })).toBeVisible()
  const rows = page.getByRole('rowgroup', { name: 'Trace rows' })
  await expect(async () => {
    await rows.evaluate((element) => element.scrollTo({ top: element.scrollHeight }))
    await expect(page.getByRole('link', { name: 'load 0', exact: true })).toBeInViewport({ timeout: 200 })
  }).toPass()

  const before = await page.getByRole('link', { name: 'load 3', exact: true }).boundingBox()
  await page.waitForFunction(() => (history.state as { list?: { offset: number } } | null)?.list?.offset)
  await page.getByRole('link', { name: 'load 3', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'load 3' })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('link', { name: 'load 3', exact: true })).toBeInViewport()
  await expect.poll(() => page.getByRole('link', { name: 'load 3', exact: true }).boundingBox()).toEqual(before)

  await send(server.url, spansOf({ name: 'latecomer', type: 'span', start: 0, end: 5 }, { at: new Date(), environment: 'load' }))
  await expect(page.getByRole('button', { name: '1 new · show' })).toBeVisible()
  expect(await page.getByRole('link', { name: 'load 3', exact: true }).boundingBox()).toEqual(before)
  await page.getByRole('button', { name: '1 new · show' }).click()
  await expect(page.getByRole('link', { name: 'latecomer' })).toBeInViewport()
})

test('fifty-two alike steps are one row until asked for', async ({ page }) => {
  await page.goto('/traces?name=reindex-articles')
  await page.getByRole('link', { name: 'reindex-articles' }).click()
  await expect(page.getByRole('treeitem')).toHaveCount(4)
  await photograph(page, 'folded')
  await page.getByRole('treeitem', { name: /^embed, 52 times/ }).click()
  await expect(page.getByRole('treeitem')).toHaveCount(56)
})

test('a support engineer reads a session from its beginning', async ({ page }) => {
  await page.goto(`/trace/${traceId}`)
  await page.getByRole('link', { name: 'chat-2041' }).click()
  const turns = page.getByRole('list', { name: 'Turns' }).getByRole('listitem', { name: 'User' })
  await expect(turns).toHaveCount(2)
  await expect(turns.first()).toContainText('Norway')
  await expectAccessible(page)
  await photograph(page, 'session')
})

test('whoever knows what they want types it', async ({ page }) => {
  await page.goto('/health')
  // A key that is pressed before the page listens is lost.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Trace id' }).fill('cracked jug')
  await expect(page.getByRole('option', { name: /answer-question/ }).first()).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'palette')
  await page.getByRole('combobox', { name: 'Trace id' }).fill(traceId)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/traces/${traceId}`)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Trace id' }).fill('timeline')
  await page.getByRole('option', { name: /This trace as timeline/ }).click()
  await expect(page).toHaveURL(`/traces/${traceId}?pane=timeline`)
})

test('somebody tuning a prompt compares two calls, and two traces', async ({ page }) => {
  await page.goto(`/traces/${traceId}`)
  await page.getByRole('treeitem', { name: /^refund_quote.*error/ }).click()
  await page.getByRole('button', { name: 'Compare with another step' }).click()
  await page.getByRole('treeitem', { name: /^refund_quote, tool, 118 ms/ }).click()
  await expect(page.getByRole('region', { name: 'Output, compared' }).locator('ins')).toContainText('R-7731')
  await expect(page.getByRole('row', { name: /^Duration 305 ms 118 ms −187 ms/ })).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'diff-steps')
  await page.getByRole('button', { name: 'Stop comparing' }).click()
  await expect(page.getByRole('tab', { name: 'Input / Output' })).toBeVisible()

  await page.goto('/traces?sessionId=chat-2041')
  await expect(links(page)).toHaveCount(2)
  await page.keyboard.press('j')
  await page.keyboard.press('c')
  await expect(page.getByText('Choose the trace to compare it with')).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('j')
  await page.keyboard.press('c')
  await expect(page.getByRole('heading', { name: 'Two traces' })).toBeVisible()
  await expect(page.getByRole('row', { name: /refund_quote.*only in the first/ })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Input, compared' }).locator('del').first()).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'diff-traces')
})

test('whoever types a query sees the facets follow, and the other way round', async ({ page }) => {
  await page.goto('/traces')
  const bar = page.getByRole('combobox', { name: 'Search traces' })
  await expect(links(page).first()).toBeVisible()
  await page.keyboard.press('/')
  await expect(bar).toBeFocused()
  await page.keyboard.type('env:ba')
  await expect(page.getByRole('option', { name: /^batch/ })).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'query')
  await bar.press('ArrowDown')
  await bar.press('Enter')
  await expect(page).toHaveURL(/environment=batch/)
  await expect(page.getByRole('button', { name: /^batch/ })).toHaveAttribute('aria-pressed', 'true')
  await expect(links(page)).toHaveText(['reindex-articles'])
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(bar).toHaveValue('')
  await page.getByRole('button', { name: 'Has an error' }).click()
  await expect(bar).toHaveValue('has:error')
})

test('an operator sees what was stored and what was turned away', async ({ page }) => {
  await page.goto('/health')
  await expect(page.getByText(/turned away/)).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'health')
})

test('whoever is lost is told where to go', async ({ page }) => {
  await page.goto('/traces/ffffffffffffffffffffffffffffffff')
  await expect(page.getByRole('heading', { name: 'This trace is not here' })).toBeVisible()
  await page.goto('/sessions/nobody')
  await expect(page.getByRole('heading', { name: 'This session is not here' })).toBeVisible()
  await page.goto('/no/such/page')
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'no-such-page')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
  await expectAccessible(page)
  await photograph(page, 'help')
})

test('hostile content is shown, not run', async ({ page, server }) => {
  const attack = '<img src=x onerror="document.title=1"><script>document.title=2</script> [x](javascript:document.title=3) ![](https://example.org/spy.png) \u202Eabc'
  const id = newTraceId()
  const evil = { ...turn(attack, attack), name: attack }
  await send(server.url, spansOf(evil, { at: ago(1), id, user: attack, tags: [attack] }))
  await page.goto('/traces')
  await expect(page.getByRole('row', { name: /onerror/ }).first()).toBeVisible()
  await page.goto(`/traces/${id}`)
  const conversation = page.getByRole('group', { name: 'Conversation' })
  await expect(conversation).toContainText('<script>')
  await expect(conversation.locator('img, script, a')).toHaveCount(0)
  await expect(page).toHaveTitle(/^<img src=x/)

  const endless = `${attack} ${'W'.repeat(500)}`
  const wide = newTraceId()
  await send(server.url, spansOf({ ...evil, name: endless }, { at: ago(1), id: wide, user: endless, session: endless, tags: [endless, endless.slice(40)], environment: 'hostile' }))
  for (const path of ['/traces?environment=hostile', `/traces/${wide}`, '/sessions', '/users', `/users/${encodeURIComponent(endless)}`, `/sessions/${encodeURIComponent(endless)}`]) {
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      await page.goto(path)
      await expect(page.getByText(/W{20}/).filter({ visible: true }).first()).toBeVisible()
      const sticksOut = () =>
        page.evaluate(() => [...document.querySelectorAll('main, .facets, .trace-header, .table-scroll, .session-page, .detail, .tree')].flatMap((box) => (box.scrollWidth > box.clientWidth ? [`${box.className || box.tagName} is ${box.scrollWidth} wide`] : [])))
      await expect.poll(sticksOut, { message: `${path.slice(0, 40)} at ${width}`, timeout: 5_000 }).toEqual([])
    }
  }
})
