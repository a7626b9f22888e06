import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { JsonView } from './JsonView'
import { pathOf } from './path'

describe('JsonView', () => {
  it('shows an object and folds it away', async () => {
    render(<JsonView value={{ city: 'Paris', degrees: 15 }} label="output" />)
    expect(screen.getByText('"Paris"')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'value, 2 keys' }))
    expect(screen.queryByText('"Paris"')).toBeNull()
    expect(screen.getByText('2 keys')).toBeTruthy()
  })

  it('shows the head of a long string, then all of it', async () => {
    render(<JsonView value={`${'x'.repeat(9000)}end`} label="output" />)
    expect(screen.queryByText(/end$/)).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: /show all \(9.0 kB\)/ }))
    expect(screen.getByText(/end$/)).toBeTruthy()
  })

  it('draws only what is in view of a list of many thousands', async () => {
    vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(400)
    vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(400)
    render(<JsonView value={Array.from({ length: 9_000 }, (_, index) => `item ${index}`)} label="input" />)
    expect(screen.getByText('"item 3"')).toBeTruthy()
    expect(screen.queryByText('"item 8000"')).toBeNull()
    expect(document.querySelectorAll('.json-line').length).toBeLessThan(200)
  })

  it('narrows down to what contains a text, keys and values alike', async () => {
    const value = { ...Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`key ${index}`, { deep: [index, 'same'] }])), last: { deeper: { deepest: `${'x'.repeat(9000)}Needle` } } }
    render(<JsonView value={value} label="output" />)
    await userEvent.type(screen.getByRole('searchbox', { name: 'Search in output' }), 'needle')
    expect(await screen.findByText('1 match')).toBeTruthy()
    expect(screen.getByText('Needle').tagName).toBe('MARK')
    expect(screen.queryByText(/key 0/)).toBeNull()
    await userEvent.clear(screen.getByRole('searchbox'))
    await userEvent.type(screen.getByRole('searchbox'), 'key 89')
    await waitFor(() => expect(screen.getByText('key 89').tagName).toBe('MARK'))
    expect(screen.getByText('89')).toBeTruthy()
    await userEvent.clear(screen.getByRole('searchbox'))
    await userEvent.type(screen.getByRole('searchbox'), 'absent')
    expect(await screen.findByText('Nothing contains “absent”')).toBeTruthy()
  })

  it('copies an entry as it is', async () => {
    const user = userEvent.setup()
    render(<JsonView value={{ text: 'two\nlines' }} label="output" />)
    await user.click(screen.getByRole('button', { name: 'Copy value of $.text' }))
    expect(await navigator.clipboard.readText()).toBe('two\nlines')
  })

  it('says when there is nothing', () => {
    render(<JsonView value={null} label="input" />)
    expect(screen.getByText('No input')).toBeTruthy()
  })
})

it('writes paths that can be pasted', () => {
  expect(pathOf(pathOf(pathOf('$', 'messages'), 0), 'content type')).toBe('$.messages[0]["content type"]')
})
