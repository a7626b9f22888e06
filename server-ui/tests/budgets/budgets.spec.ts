import type { Page } from '@playwright/test'
import { cpus, loadavg } from 'node:os'
import { expect, skipWithoutBrowser, test } from '../e2e/viewer'
import { manyTraces, wideTrace } from './seed'

const TRACES = Number(process.env.TRACES ?? 100_000)
const WIDE = 10_000

/** What was measured, its budget in milliseconds and the median of some runs. */
const measured: { what: string; budget: number; median: number; runs: number[] }[] = []

skipWithoutBrowser()

async function measure(what: string, budget: number, run: () => Promise<void>, times = 5, between = async () => {}): Promise<void> {
  const runs: number[] = []
  for (let index = 0; index < times; index++) {
    await between()
    const start = performance.now()
    await run()
    runs.push(performance.now() - start)
  }
  runs.sort((left, right) => left - right)
  const median = runs[Math.floor(runs.length / 2)] ?? 0
  measured.push({ what, budget, median, runs })
  console.log(`${what}: ${Math.round(median)} ms`)
}

const rows = (page: Page) => page.getByRole('table', { name: 'Traces' }).getByRole('row')

test('budgets', async ({ page, server }) => {
  const api = (path: string) => fetch(`${server.url}/api/viewer${path}`).then((response) => response.text())
  const seedStart = performance.now()
  await manyTraces(server.url, TRACES)
  const wide = await wideTrace(server.url, WIDE)
  console.log(`${TRACES} traces and one of ${WIDE} observations stored in ${Math.round((performance.now() - seedStart) / 1000)} s`)

  await measure('server: a page of the list', 100, async () => void (await api('/traces?limit=50')))
  await measure('server: a filtered page', 100, async () => void (await api('/traces?limit=50&userId=user-7&hasError=true')))
  await measure('server: facets', 300, async () => void (await api('/facets')))
  await measure('server: volume', 300, async () => void (await api('/volume?buckets=90')))
  await measure('server: dashboard', 300, async () => void (await api('/performance')))
  await measure('server: search for a rare word', 300, async () => void (await api('/traces?search=zebrafish')))

  await page.goto('/traces')
  await expect(rows(page).nth(1)).toBeVisible()
  await measure('list: open', 1000, async () => {
    await page.goto('/traces')
    await rows(page).nth(1).waitFor()
  })
  await measure(
    'list: narrow down by a facet',
    300,
    async () => {
      await page.getByRole('group', { name: 'User' }).getByRole('button').first().click()
      await page.waitForFunction(() => document.querySelector('.total')?.textContent !== '', undefined, { polling: 16 })
      await expect(page.getByRole('button', { name: 'Clear filters' })).toBeVisible()
      await rows(page).nth(1).waitFor()
    },
    5,
    async () => {
      await page.goto('/traces')
      await page.getByRole('group', { name: 'User' }).getByRole('button').first().waitFor()
    },
  )
  await measure(
    'list: search to the one match',
    800,
    async () => {
      await page.keyboard.type('zebrafish')
      await expect(page.getByText('1 trace', { exact: true })).toBeVisible()
    },
    3,
    async () => {
      await page.goto('/traces')
      await rows(page).nth(1).waitFor()
      await page.keyboard.press('/')
    },
  )
  await page.goto('/traces')
  await rows(page).nth(1).waitFor()
  await measure('list: the next page while scrolling', 300, async () => {
    const before = await page.locator('.trace-scroll').evaluate((list) => list.scrollHeight)
    await page.locator('.trace-scroll').evaluate((list) => list.scrollTo({ top: list.scrollHeight }))
    await page.waitForFunction((height) => (document.querySelector('.trace-scroll')?.scrollHeight ?? 0) > height, before, { polling: 16 })
  })
  await measure('dashboard: open', 1000, async () => {
    await page.goto('/dashboard')
    await page.getByRole('img', { name: /^Cost/ }).waitFor()
  })

  for (const [pane, first] of [
    ['tree', page.getByRole('treeitem').first()],
    ['timeline', page.getByRole('treeitem').first()],
    ['table', page.getByRole('table', { name: 'All steps' }).getByRole('row').nth(1)],
    ['graph', page.locator('.flow, .flow-notice')],
  ] as const) {
    await measure(`trace of ${WIDE}: open as ${pane}`, 1000, async () => {
      await page.goto(`/traces/${wide}?pane=${pane}`)
      await first.waitFor()
    })
  }
  await page.goto(`/traces/${wide}`)
  await page.getByRole('treeitem').first().waitFor()
  const blanks = await blankFrames(page)
  const transferred = await firstLoad(page, server.url)

  console.log(table())
  console.log(`Machine: ${cpus().length} CPUs, load ${loadavg().map((load) => load.toFixed(1)).join(', ')} (1, 5 and 15 minutes)`)
  console.log(`Frames without rows while scrolling through ${WIDE}: ${blanks.blank} of ${blanks.frames}`)
  console.log(`First load: ${Math.round(transferred / 1000)} kB compressed (budget 250 kB)`)
  // Had nothing been scrolled, nothing could have been blank.
  expect(blanks.frames).toBeGreaterThan(200)
  expect(blanks.end).toMatch(/^log, event, .*starts at 1 m 40 s$/)
  expect(blanks.blank).toBe(0)
  expect(transferred).toBeLessThan(250_000)
})

/**
 * Scrolls the tree from its beginning to its end, more than a screenful with every frame, and counts the frames in which
 * a place in it shows no row. What is seen in the callback of a frame is what that frame paints.
 */
async function blankFrames(page: Page): Promise<{ frames: number; blank: number; end: string }> {
  return page.evaluate(async () => {
    const scroller = document.querySelector('[role=tree]')?.parentElement
    if (!scroller) throw new Error('no tree')
    const box = scroller.getBoundingClientRect()
    const row = (share: number) => document.elementFromPoint(box.x + 40, box.y + box.height * share)?.closest('[role=treeitem]')
    let [frames, blank] = [0, 0]
    const most = scroller.scrollHeight - scroller.clientHeight
    const step = Math.max(200, most / 240)
    for (let top = step; top < most + step; top += step) {
      scroller.scrollTop = top
      await new Promise((resolve) => requestAnimationFrame(resolve))
      frames++
      if (![0.05, 0.5, 0.95].every(row)) blank++
    }
    return { frames, blank, end: row(0.95)?.getAttribute('aria-label') ?? '' }
  })
}

/** What the first page brings, without pictures and data: scripts, styles, the font. */
async function firstLoad(page: Page, url: string): Promise<number> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Network.setCacheDisabled', { cacheDisabled: true })
  const kinds = new Map<string, string>()
  let bytes = 0
  cdp.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type))
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (['Document', 'Script', 'Stylesheet'].includes(kinds.get(requestId) ?? '')) bytes += encodedDataLength
  })
  await page.goto(`${url}/traces`)
  await rows(page).nth(1).waitFor()
  return bytes
}

function table(): string {
  const lines = measured.map(({ what, budget, median, runs }) => {
    const spread = `${Math.round(runs[0] ?? 0)} to ${Math.round(runs.at(-1) ?? 0)}`
    return `| ${what.padEnd(38)} | ${String(Math.round(median)).padStart(7)} | ${spread.padStart(14)} | ${String(budget).padStart(6)} | ${median <= budget ? 'kept' : 'MISSED'} |`
  })
  return ['', `| ${'what'.padEnd(38)} | ${'median'} ms | ${'range'.padStart(14)} | ${'budget'} |      |`, ...lines, ''].join('\n')
}
