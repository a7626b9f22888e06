import { fireEvent, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { traceRow } from '../test/fixtures'
import { fakeServer, renderAt } from '../test/server'
import { PaletteHost } from './PaletteHost'
import { commandsFor, matching } from './commands'

const actions = { chooseTheme: vi.fn(), help: vi.fn(), loadSample: vi.fn(), pickFile: vi.fn() }
const labels = (text: string) => matching(text, commandsFor(null, actions), ['answer-question'], []).map(({ label }) => label)

describe('what the palette finds', () => {
  it('opens a trace by its id, with blanks around it', () => {
    expect(labels(` ${'AB'.repeat(16)} `)[0]).toBe(`Open trace ${'ab'.repeat(16)}`)
  })

  it('matches commands by any of their words, and offers to search', () => {
    expect(labels('dark theme')).toEqual(['Search for “dark theme”', 'Theme: dark'])
    expect(labels('question')).toEqual(['All named answer-question', 'Search for “question”'])
  })

  it('knows the ways to see the open trace', () => {
    expect(commandsFor('/traces/t1', actions).map(({ href }) => href)).toContain('/traces/t1?pane=timeline')
  })
})

describe('the palette', () => {
  it('opens with Ctrl-K, finds a trace on the server and goes there', async () => {
    HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
      this.open = true
    }
    fakeServer({ '/traces': { data: [traceRow('t7', { name: 'refund' })], nextCursor: null, total: 1 }, '/facets': { name: [] } })
    const { history } = renderAt('/health', <PaletteHost onTheme={actions.chooseTheme} onHelp={actions.help} />)
    await userEvent.keyboard('{Control>}k{/Control}')
    await userEvent.type(await screen.findByRole('combobox'), 'ref')
    expect((await screen.findByRole('option', { name: /^Traces refund/ })).getAttribute('aria-selected')).toBe('true')
    await userEvent.keyboard('{Enter}')
    expect(history.at(-1)).toBe('/traces/t7')
    expect(screen.queryByRole('combobox')).toBeNull()
  })

  it('keeps what is typed before it has been loaded, and from the shortcuts of the page', async () => {
    vi.resetModules()
    const { PaletteHost: Fresh } = await import('./PaletteHost')
    fakeServer({ '/facets': { name: [] } })
    renderAt('/health', <Fresh onTheme={actions.chooseTheme} onHelp={actions.help} />)
    fireEvent.keyDown(window, { key: 'k', ctrlKey: true })
    const field = screen.getByRole('textbox', { name: /^Trace id/ })
    expect([document.activeElement, screen.queryByRole('option')]).toEqual([field, null])
    fireEvent.change(field, { target: { value: 'dark theme' } })
    expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toContain('DoTheme: dark')
    expect(screen.getByRole<HTMLInputElement>('combobox').value).toBe('dark theme')
  })

  it('never opens what was found for less than what is typed', async () => {
    const rows = [traceRow('t7', { name: 'refund' }), traceRow('t8', { name: 'refuse' })]
    fakeServer({ '/traces': (query: URLSearchParams) => (query.get('search') === 'ref' ? { data: rows, nextCursor: null, total: 2 } : new Promise(() => {})), '/facets': { name: [] } })
    renderAt('/health', <PaletteHost onTheme={actions.chooseTheme} onHelp={actions.help} />)
    await userEvent.click(screen.getByRole('button', { name: 'Command palette' }))
    await userEvent.type(await screen.findByRole('combobox'), 'ref')
    expect(await screen.findByRole('option', { name: /^Traces refund/ })).toBeTruthy()
    await userEvent.type(screen.getByRole('combobox'), 'us')
    expect(screen.queryByRole('option', { name: /^Traces refund/ })).toBeNull()
    expect(screen.getByRole('option', { name: /^Traces refuse/ }).getAttribute('aria-selected')).toBe('true')
  })

  it('does what it offers', async () => {
    fakeServer({ '/facets': { name: [] } })
    renderAt('/health', <PaletteHost onTheme={actions.chooseTheme} onHelp={actions.help} />)
    await userEvent.click(screen.getByRole('button', { name: 'Command palette' }))
    await userEvent.type(await screen.findByRole('combobox'), 'theme d{ArrowDown}{Enter}')
    expect(actions.chooseTheme).toHaveBeenCalledWith('dark')
  })
})
