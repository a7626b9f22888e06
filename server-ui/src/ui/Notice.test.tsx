import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { ApiError } from '../api/client'
import { ErrorNotice } from './Notice'

it.each([
  [0, 'The server does not answer'],
  [500, 'Could not load the traces'],
])('status %i says "%s" and can be tried again', async (status, title) => {
  const retry = vi.fn()
  render(<ErrorNotice error={new ApiError(status, 'as the server put it')} what="the traces" retry={retry} />)
  expect(screen.getByRole('heading').textContent).toBe(title)
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(retry).toHaveBeenCalledOnce()
})
