import { render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { Conversation } from './Conversation'
import { normalize } from './normalize'

const show = (input: unknown, output: unknown) =>
  render(<Conversation conversation={normalize(input, output)} label="Conversation" />)

describe('Conversation', () => {
  it('lists messages by role in order', () => {
    show([{ role: 'user', content: 'Why?' }], { role: 'assistant', content: 'Because.' })
    expect(screen.getAllByRole('listitem').map((item) => item.getAttribute('aria-label'))).toEqual(['User', 'Assistant'])
  })

  it('puts a result onto the card of its call', () => {
    show(
      [
        { role: 'assistant', tool_calls: [{ id: 'c1', function: { name: 'weather', arguments: '{"city":"Paris"}' } }] },
        { role: 'tool', tool_call_id: 'c1', content: 'rain' },
      ],
      null,
    )
    const card = screen.getByRole('region', { name: 'Tool call weather' })
    expect(within(card).getByRole('term').textContent).toBe('city')
    expect(within(card).getByText('Paris')).toBeTruthy()
    expect(within(card).getByText('rain')).toBeTruthy()
    expect(screen.getAllByRole('listitem')).toHaveLength(1)
  })

  it('folds long system prompts and reasoning', () => {
    const prompt = 'Always answer politely. '.repeat(30)
    const { container } = show([{ role: 'system', content: prompt }], {
      content: [{ type: 'thinking', thinking: prompt }],
      role: 'assistant',
    })
    const folds = [...container.querySelectorAll('details')]
    expect(folds.map((fold) => fold.open)).toEqual([false, false])
    expect(folds.map((fold) => fold.querySelector('summary')?.firstChild?.textContent)).toEqual(['System', 'Reasoning'])
  })

  it('shows the newest messages of a long conversation first', async () => {
    show(
      Array.from({ length: 40 }, (_, index) => ({ role: 'user', content: `message ${index}` })),
      null,
    )
    expect(screen.queryByText('message 3')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Show 16 earlier messages' }))
    expect(screen.getByText('message 3')).toBeTruthy()
  })
})
