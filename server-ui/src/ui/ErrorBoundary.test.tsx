import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { ErrorBoundary } from './ErrorBoundary'

it('shows what failed and lets the reader try again', async () => {
  vi.spyOn(console, 'error').mockReturnValue()
  let broken = true
  const View = () => {
    if (broken) throw new Error('too odd')
    return <p>shown</p>
  }
  render(
    <ErrorBoundary what="The conversation">
      <View />
    </ErrorBoundary>,
  )
  expect(screen.getByRole('alert').textContent).toContain('The conversation could not be shown: too odd')
  broken = false
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(screen.getByText('shown')).toBeTruthy()
})
