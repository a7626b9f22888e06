import type { Page } from '@playwright/test'
import { twoRuns } from './experiment'
import { brokenBlender, overloaded, turn } from './helpdesk'
import { newTraceId, post, send, spansOf } from './otlp'
import { expect, expectAccessible, photograph, skipWithoutBrowser, test } from './viewer'

/** The main jobs on a phone: by touch, on a page as wide as a hand. */
test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
skipWithoutBrowser()

const margaret = { user: 'margaret@example.org', session: 'chat:80/b', tags: ['helpdesk'] }
const slow = newTraceId()
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)
const rows = (page: Page) => page.getByRole('rowgroup', { name: 'Trace rows' }).getByRole('row')

/** Nothing is wider than the screen: what sticks out would have to be looked for. */
async function expectFits(page: Page) {
  const sticksOut = () =>
    page.evaluate(() => [document.documentElement, document.querySelector('main')].flatMap((box) => (box && box.scrollWidth > box.clientWidth ? [`${box.tagName} is ${box.scrollWidth} wide`] : [])))
  await expect.poll(sticksOut).toEqual([])
}

test.beforeAll(async ({ server }) => {
  await send(server.url, spansOf(turn('Is the blender dishwasher safe?', 'The jug is, the base is not.', 1200), { ...margaret, at: ago(50) }))
  await send(server.url, spansOf(brokenBlender, { ...margaret, at: ago(4), id: slow }))
  await send(server.url, spansOf(overloaded, { at: ago(3) }))
  await send(server.url, spansOf(turn('Which blender is the quietest?', 'The B-20, at 68 dB.', 700), { at: ago(1), user: 'grace@example.org' }))
  await post(`${server.url}/api/public/v2/prompts`, { name: 'greet', prompt: 'Greet {{name}}.', labels: ['production'] })
  await twoRuns(server.url)
})

test('somebody on call finds the slow trace, and what was slow in it', async ({ page }) => {
  await page.goto('/traces?userId=margaret%40example.org')
  await expect(rows(page).first()).toBeVisible()
  await expectFits(page)
  await page.getByRole('combobox', { name: 'Order' }).selectOption('slowest first')
  await expect(rows(page).first()).toContainText('3.12 s')
  await expectAccessible(page)
  await photograph(page, 'phone-slowest')
  await rows(page).first().getByRole('link', { name: 'answer-question' }).tap()

  await page.getByRole('button', { name: 'Table' }).tap()
  await page.getByRole('button', { name: 'Self', exact: true }).tap()
  const first = page.getByRole('table', { name: 'All steps' }).getByRole('row').nth(1)
  await expect(first).toContainText('1.39 s')
  await first.getByRole('button', { name: 'answer' }).tap()
  await expect(page.getByRole('heading', { name: 'answer', exact: true })).toBeInViewport()
  await expect(page.getByText('First token')).toBeInViewport()
  await expectFits(page)
  await page.getByRole('link', { name: 'All traces', exact: true }).tap()
  await expect(page).toHaveURL('/traces?userId=margaret%40example.org&sort=latency')
  await expect(rows(page).first()).toContainText('3.12 s')
})

test('somebody on call narrows down to what failed, and reads why', async ({ page }) => {
  await page.goto('/traces?userId=margaret%40example.org')
  await page.getByRole('button', { name: 'Filters', exact: true }).tap()
  await page.getByRole('button', { name: 'Has an error' }).tap()
  await page.getByRole('button', { name: 'Filters', exact: true }).tap()
  await expect(rows(page)).toHaveCount(1)
  await expectFits(page)
  await page.getByRole('row', { name: /cracked jug/ }).getByRole('link', { name: 'answer-question' }).tap()
  await page.getByRole('button', { name: '1 error' }).tap()
  await expect(page.getByRole('note', { name: 'Status message' })).toContainText('no answer within 300 ms')
  await expect(page.getByRole('note', { name: 'Status message' })).toBeInViewport()
  await expectFits(page)

  await page.getByRole('button', { name: /palette/i }).tap()
  await page.getByRole('combobox', { name: 'Trace id' }).fill('quietest')
  await page.getByRole('option', { name: /answer-question.*quietest/ }).first().tap()
  await expect(page.getByRole('listitem', { name: 'Assistant' })).toContainText('68 dB')
})

test('a support engineer reads a conversation on the way home, and judges it', async ({ page, server }) => {
  await page.goto('/sessions')
  await page.getByRole('link', { name: 'chat:80/b' }).tap()
  await expect(page.getByRole('list', { name: 'Turns' }).getByRole('listitem', { name: 'User' })).toHaveCount(2)
  await page.getByRole('button', { name: '3.12 s' }).tap()
  const turn = page.getByRole('list', { name: 'Turns' }).locator('> li').filter({ hasText: 'slowest' })
  await expect(turn).toBeInViewport()
  await expectFits(page)
  await photograph(page, 'phone-session')
  await turn.getByRole('link', { name: 'answer-question' }).tap()

  const conversation = page.getByRole('group', { name: 'Conversation' })
  await expect(conversation.getByRole('region', { name: 'Tool call refund_quote' })).toContainText('R-7731')
  await conversation.getByRole('listitem', { name: 'Assistant' }).last().scrollIntoViewIfNeeded()
  await expect(conversation.getByText('Your reference is')).toBeInViewport()
  await expectFits(page)
  const verdict = page.getByRole('group', { name: 'Your verdict' })
  await verdict.getByRole('button', { name: 'Bad' }).tap()
  await verdict.getByRole('button', { name: 'Add a note' }).tap()
  await page.getByRole('textbox').fill('Promises a label that we do not send.')
  await expectFits(page)
  await expectAccessible(page)
  await photograph(page, 'phone-verdict')
  await verdict.getByRole('button', { name: 'Save' }).tap()
  await page.getByRole('tab', { name: 'Scores 1' }).tap()
  await expect(page.getByRole('list', { name: 'Scores' })).toContainText('Promises a label')
  const stored = (await (await fetch(`${server.url}/api/public/v2/scores?name=thumbs&traceId=${slow}`)).json()) as { data: unknown[] }
  expect(stored.data).toMatchObject([{ source: 'ANNOTATION', value: 0 }])
})

test('an evaluation engineer compares two runs before the meeting', async ({ page }) => {
  await page.goto('/datasets')
  await page.getByRole('link', { name: 'shop/policies' }).tap()
  const better = page.getByRole('columnheader', { name: /^prompt-v2.*correctness 0\.75.*better by 0\.1/ })
  await expect(better).toBeInViewport({ ratio: 1 })
  await page.getByRole('checkbox', { name: 'Only the 3 items on which they differ' }).tap()
  const worse = page.getByRole('row', { name: /Who pays for returns/ })
  for (const answer of ['The buyer, unless the goods are faulty.', 'We pay for every return.']) {
    await expect(worse.getByRole('link', { name: answer })).toBeInViewport({ ratio: 1 })
  }
  await expectFits(page)
  await expectAccessible(page)
  await photograph(page, 'phone-runs')
  await worse.getByRole('link', { name: 'We pay for every return.' }).tap()
  await expect(page.getByRole('listitem', { name: 'Assistant' })).toContainText('We pay for every return.')
})

test('every page fits', async ({ page }) => {
  for (const path of ['/sessions', '/sessions/chat%3A80%2Fb', '/users', '/users/margaret%40example.org', '/dashboard', '/scores', '/prompts', '/prompts/greet', '/prompts?new=1', '/datasets', '/datasets/shop%2Fpolicies', '/health', `/compare/${slow}/${slow}`, `/traces/${slow}?pane=graph`, `/traces/${slow}?pane=timeline`, '/nowhere']) {
    await page.goto(path)
    await expect(page.locator('main h1, main h2').first()).toBeVisible()
    await expectFits(page)
    const where = page.getByRole('navigation', { name: 'Pages', exact: true }).getByRole('button')
    await expect(where).toHaveAccessibleName(path === '/nowhere' ? 'Pages' : /^Pages, now \w+$/)
  }
})

test('somebody on call goes from page to page with a thumb, or a keyboard', async ({ page }) => {
  await page.goto(`/traces/${slow}`)
  const menu = page.getByRole('navigation', { name: 'Pages', exact: true }).getByRole('button')
  await menu.tap()
  await expect(page.getByRole('navigation', { name: 'Pages', exact: true }).getByRole('link')).toHaveText(['Traces', 'Sessions', 'Users', 'Dashboard', 'Scores', 'Prompts', 'Datasets', 'Health'])
  for (const link of await page.getByRole('navigation', { name: 'Pages', exact: true }).getByRole('link').all()) {
    await expect(link).toBeInViewport({ ratio: 1 })
    expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(36)
  }
  await expectAccessible(page)
  await photograph(page, 'phone-menu')
  await menu.tap()
  await page.getByRole('link', { name: 'Dashboard' }).tap()
  await expect(page).toHaveURL('/dashboard')
  await expect(menu).toHaveAccessibleName('Pages, now Dashboard')
  await expect(page.getByRole('link', { name: 'Health' })).toHaveCount(0)
  await menu.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/sessions')
  await expectFits(page)
})
