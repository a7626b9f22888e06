import { Server, expect, expectAccessible, photograph, skipWithoutBrowser, test } from './viewer'
import { newTraceId, send, spansOf } from './otlp'
import { brokenBlender } from './helpdesk'

skipWithoutBrowser()

const keys = { public: 'pk-lf-shop', secret: 'sk-lf-only-for-this-test' }
const authorization = `Basic ${Buffer.from(`${keys.public}:${keys.secret}`).toString('base64')}`
const environment = { LANGFUSE_INIT_PROJECT_PUBLIC_KEY: keys.public, LANGFUSE_INIT_PROJECT_SECRET_KEY: keys.secret }

test.use({ expected: [/status of 401/] })

test('a team shares one server, and only who has its keys looks in', async ({ page, allowed }) => {
  const server = await Server.start(['--require-keys'], environment)
  allowed.push(server.url)
  try {
    const id = newTraceId()
    await send(server.url, spansOf(brokenBlender, { at: new Date(Date.now() - 60_000), id }), { authorization })
    await fetch(`${server.url}/api/public/v2/prompts`, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: JSON.stringify({ name: 'greet', prompt: 'Hello {{name}}', labels: ['production'] }) })

    await page.goto(`${server.url}/traces`)
    await expect(page.getByRole('heading', { name: 'This server wants keys' })).toBeVisible()
    await expectAccessible(page)
    await photograph(page, 'sign-in')
    await page.getByLabel('Public key').fill(keys.public)
    await page.getByLabel('Secret key').fill('guessed')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert')).toHaveText('No project here has these keys.')
    await page.getByLabel('Secret key').fill(keys.secret)
    await page.getByRole('button', { name: 'Sign in' }).click()

    await expect(page.getByRole('link', { name: 'answer-question' })).toBeVisible()
    await expect(page.getByText('Live', { exact: true })).toBeVisible()
    await page.getByRole('link', { name: 'Prompts' }).click()
    await expect(page.getByRole('link', { name: 'greet' })).toBeVisible()
    await page.reload()
    await page.getByRole('link', { name: 'greet' }).click()
    await expect(page.getByRole('heading', { name: 'Version 1' })).toBeVisible()
    await page.goto(`${server.url}/traces/${id}`)
    await page.getByRole('group', { name: 'Your verdict' }).getByRole('button', { name: 'Good' }).click()
    await expect(page.getByRole('group', { name: 'Your verdict' }).getByRole('button', { name: 'Good' })).toHaveAttribute('aria-pressed', 'true')

    await page.getByRole('button', { name: 'Sign out' }).click()
    await expect(page.getByRole('heading', { name: 'This server wants keys' })).toBeVisible()
    await page.goto(`${server.url}/prompts`)
    await expect(page.getByRole('heading', { name: 'This server wants keys' })).toBeVisible()
  } finally {
    await server.stop()
  }
})
