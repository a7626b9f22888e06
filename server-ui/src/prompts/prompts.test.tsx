import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import type { PromptVersion } from '../api/types'
import { at, promptVersion } from '../test/fixtures'
import { fakeServer, renderAt } from '../test/server'
import PromptPage from './PromptPage'
import PromptsPage from './PromptsPage'
import { piecesOf } from './pieces'

const summary = { name: 'help/answer', type: 'chat', versions: [1, 2], labels: ['production', 'latest'], tags: ['shop'], lastUpdatedAt: at(0) }
const meta = { page: 1, limit: 50, totalItems: 1, totalPages: 1 }

function version(number: number, labels: string[]): PromptVersion {
  const content = `Answer {{customer}} ${number === 1 ? 'briefly' : 'kindly'}.`
  return promptVersion({ name: summary.name, version: number, type: 'chat', prompt: [{ role: 'system', content }, { type: 'placeholder', name: 'history' }], config: number === 2 ? { model: 'gpt-4o' } : {}, labels })
}

beforeEach(() => {
  fakeServer({
    '/api/public/v2/prompts': { data: [summary], meta },
    '/api/public/v2/prompts/help%2Fanswer': (query: URLSearchParams) => (query.get('version') === '1' ? version(1, ['production']) : version(2, ['latest'])),
  })
})

it('lists prompts, and leads to each by its whole name', async () => {
  renderAt('/prompts', <PromptsPage />)
  const row = await screen.findByRole('row', { name: /help\/answer/ })
  expect(within(row).getByRole('link').getAttribute('href')).toBe('/prompts/help%2Fanswer')
  expect(row.textContent).toContain('productionlatest#shop')
})

it('opens the newest version, with its variables and placeholders', async () => {
  renderAt('/prompts/x', <PromptPage name="help/answer" />)
  expect((await screen.findByRole('listitem', { name: 'system' })).textContent).toContain('Answer {{customer}} kindly.')
  expect(screen.getByRole('listitem', { name: 'placeholder' }).textContent).toContain('history')
  expect(screen.getByText('{{customer}}').tagName).toBe('MARK')
  expect(within(screen.getByRole('navigation', { name: 'Versions' })).getByRole('button', { name: /Version 1.*production/ })).toBeTruthy()
})

it('holds another version against it', async () => {
  const { history } = renderAt('/prompts/x', <PromptPage name="help/answer" />)
  await userEvent.click(await screen.findByRole('button', { name: 'Compare with version 1' }))
  const diff = await screen.findByRole('region', { name: 'Prompt, compared' })
  await waitFor(() => expect([diff.querySelector('del')?.textContent, diff.querySelector('ins')?.textContent]).toEqual(['briefly', 'kindly']))
  expect(history.at(-1)).toBe('/prompts/x?compare=1')
})

it('labels a version', async () => {
  renderAt('/prompts/x', <PromptPage name="help/answer" />)
  const button = await screen.findByRole('button', { name: 'make it production' })
  const sent = vi.fn((_url: string, _init?: RequestInit) => Promise.resolve(Response.json(version(2, ['production']))))
  vi.stubGlobal('fetch', sent)
  await userEvent.click(button)
  await waitFor(() => expect(sent.mock.calls[0]?.[0]).toBe('/api/public/v2/prompts/help%2Fanswer/versions/2'))
  expect(sent.mock.calls[0]?.[1]).toMatchObject({ method: 'PATCH', body: '{"newLabels":["production"]}' })
})

it('writes a new version from the one that is read', async () => {
  const { history } = renderAt('/prompts/x', <PromptPage name="help/answer" />)
  await userEvent.click(await screen.findByRole('button', { name: 'New version' }))
  const text = await screen.findByRole('textbox', { name: 'Text of message 1' })
  await userEvent.type(text, ' Be brief.')
  const config = screen.getByRole('textbox', { name: 'Config, as JSON' })
  await userEvent.clear(config)
  await userEvent.type(config, '{{')
  const save = screen.getByRole('button', { name: 'Save as a new version' })
  await userEvent.click(save)
  expect((await screen.findByRole('alert')).textContent).toContain('The config is not JSON')
  await userEvent.clear(config)

  const server = globalThis.fetch
  const sent: unknown[] = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    if (init.method !== 'POST') return server(url, init)
    sent.push(JSON.parse(String(init.body)))
    return Promise.resolve(Response.json(version(3, [])))
  })
  await userEvent.click(save)
  await waitFor(() => expect(history.at(-1)).toBe('/prompts/x?version=3'))
  expect(sent).toEqual([{ name: 'help/answer', type: 'chat', prompt: [{ role: 'system', content: 'Answer {{customer}} kindly. Be brief.' }, { type: 'placeholder', name: 'history' }], config: {}, labels: [] }])
})

it.each([
  ['plain', ['plain']],
  ['{{a}}', ['[{{a}}]']],
  ['x {{ a }} y @@@langfusePrompt:name=b|label=c@@@', ['x ', '[{{ a }}]', ' y ', '[@@@langfusePrompt:name=b|label=c@@@]']],
  ['{{not closed', ['{{not closed']],
])('%s has its variables marked', (text, expected) => {
  expect(piecesOf(text).map((piece) => (piece.variable ? `[${piece.text}]` : piece.text))).toEqual(expected)
})
