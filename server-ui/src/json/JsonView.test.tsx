import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
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

  it('shows long lists in pieces', async () => {
    render(<JsonView value={Array.from({ length: 250 }, (_, index) => `item ${index}`)} label="input" />)
    expect(screen.queryByText('"item 240"')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: /150 more entries/ }))
    expect(screen.getByText('"item 240"')).toBeTruthy()
  })

  it('says when there is nothing', () => {
    render(<JsonView value={null} label="input" />)
    expect(screen.getByText('No input')).toBeTruthy()
  })
})

it('writes paths that can be pasted', () => {
  expect(pathOf(pathOf(pathOf('$', 'messages'), 0), 'content type')).toBe('$.messages[0]["content type"]')
})
