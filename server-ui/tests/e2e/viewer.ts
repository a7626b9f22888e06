import AxeBuilder from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { shots } from './shots'

const JAR =
  process.env.LANGFUSE4J_JAR ?? fileURLToPath(new URL('../../../server/target/langfuse4j-server.jar', import.meta.url))
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** A server of one's own: the real jar on a free port, with an empty folder for its data. */
export class Server {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
    private readonly data: string,
  ) {}

  static async start(options: string[] = [], environment: Record<string, string> = {}): Promise<Server> {
    const data = mkdtempSync(join(tmpdir(), 'langfuse4j-viewer-'))
    const child = spawn('java', ['-jar', JAR, '--port', '0', '--data', data, ...options], { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] })
    const url = await readyUrl(child)
    return new Server(url, child, data)
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve))
    this.process.kill()
    await ended
    rmSync(this.data, { recursive: true, force: true })
  }
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const read = (chunk: Buffer) => {
      printed += chunk.toString()
      // With what follows it: a chunk may end in the middle of the address.
      const url = /ready at (http:\/\/[\w.:[\]]+)\s/.exec(printed)?.[1]
      if (url) resolve(url)
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${printed}`)))
  })
}

/** What keeps these tests from running here, if anything does. */
export const missing = [
  existsSync(CHROMIUM) ? null : `no Chromium at ${CHROMIUM} (set CHROMIUM)`,
  existsSync(JAR) ? null : `no ${JAR} (run mvn -pl server package)`,
].filter((reason) => reason !== null)

/** Every test fails on script errors, on requests to other hosts and on violations of the content security policy. */
export const test = base.extend<{ allowed: string[]; expected: RegExp[]; watched: undefined }, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start()
      await use(server)
      await server.stop()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  /** The hosts that a test's pages may talk to. */
  allowed: async ({ server }, use) => use([server.url]),
  /** Errors in the console that a test provokes. */
  expected: [[/404/], { option: true }],
  watched: [
    async ({ page, allowed, expected }, use) => {
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(String(error)))
      page.on('console', (message) => {
        if (message.type() === 'error' && !expected.some((pattern) => pattern.test(message.text()))) problems.push(message.text())
      })
      page.on('request', (request) => {
        if (!/^(data|blob):/.test(request.url()) && !allowed.some((url) => request.url().startsWith(url))) problems.push(`request to ${request.url()}`)
      })
      await use(undefined)
      expect(problems).toEqual([])
    },
    { auto: true },
  ],
})

/** In CI nothing is skipped; elsewhere the reason is seen. */
export function skipWithoutBrowser(): void {
  if (missing.length > 0 && process.env.CI) throw new Error(`CI has to run these tests: ${missing.join(', ')}`)
  if (missing.length > 0) console.warn(`Browser tests skipped: ${missing.join(', ')}`)
  test.skip(missing.length > 0, missing.join(', '))
}

/** A picture of the documentation. It changes only when asked for: it shows times and ids, which differ in every run. */
export async function picture(page: Page, name: string): Promise<void> {
  const path = process.env.UPDATE_PICTURES ? fileURLToPath(new URL(`../../../docs/${name}.png`, import.meta.url)) : `${shots}/${name}.png`
  await page.screenshot({ path })
}

/** The page as it stands, in both themes, narrow and wide; it is left as wide as it was. */
export async function photograph(page: Page, name: string) {
  const before = page.viewportSize()
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const [width, height] of [[390, 844], [1280, 800]] as const) {
      await page.setViewportSize({ width, height })
      await page.screenshot({ path: `${shots}/${name}-${colorScheme}-${width}.png` })
    }
  }
  if (before) await page.setViewportSize(before)
}

/** axe's rules for WCAG 2 A and AA, on the page as it stands, in both themes. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze()
    const found = violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
    expect(found).toEqual([])
  }
}

export { expect }
