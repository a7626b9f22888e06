import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { fakeServer, renderAt } from '../test/server'
import { PagesNav } from './PagesNav'

function onScreen(narrow: boolean) {
  fakeServer({})
  vi.stubGlobal('matchMedia', () => ({ matches: narrow, addEventListener: () => {}, removeEventListener: () => {} }))
}

const current = () => screen.getAllByRole('link').filter((link) => link.hasAttribute('aria-current')).map((link) => link.textContent)

it.each([
  ['/project/p/sessions/s', 'Sessions'],
  ['/trace/1', 'Traces'],
  ['/compare/1/2', 'Traces'],
  ['/users/ada', 'Users'],
])('%s belongs to %s', (path, title) => {
  onScreen(false)
  renderAt(path, <PagesNav />)
  expect(current()).toEqual([title])
})

it('is a button that names the page where there is no room, and a menu behind it', async () => {
  onScreen(true)
  const { history } = renderAt('/sessions/s', <PagesNav />)
  const nav = screen.getByRole('navigation', { name: 'Pages' })
  const button = within(nav).getByRole('button', { name: 'Pages, now Sessions' })
  expect([button.getAttribute('aria-expanded'), screen.queryAllByRole('link')]).toEqual(['false', []])
  await userEvent.click(button)
  expect(screen.getAllByRole('link')).toHaveLength(8)
  expect(document.activeElement?.textContent).toBe('Traces')
  expect(current()).toEqual(['Sessions'])
  await userEvent.keyboard('{Escape}')
  expect([document.activeElement, screen.queryAllByRole('link')]).toEqual([button, []])
  await userEvent.click(button)
  await userEvent.click(screen.getByRole('link', { name: 'Health' }))
  expect([history.at(-1), screen.queryAllByRole('link')]).toEqual(['/health', []])
  expect(screen.getByRole('button', { name: 'Pages, now Health' })).toBeTruthy()
})

it('says where it leads even where no page is', () => {
  onScreen(true)
  renderAt('/nowhere', <PagesNav />)
  expect(screen.getByRole('button', { name: 'Pages' })).toBeTruthy()
})
