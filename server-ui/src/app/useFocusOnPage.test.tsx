import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useRef } from 'react'
import { beforeEach, expect, it } from 'vitest'
import { Link, Route } from 'wouter'
import { fakeServer, renderAt } from '../test/server'
import { useFocusOnPage } from './useFocusOnPage'

function Site() {
  const main = useRef<HTMLElement>(null)
  useFocusOnPage(main)
  return (
    <>
      <Link href="/b">menu</Link>
      <main ref={main} tabIndex={-1}>
        <Route path="/a">
          <Link href="/b">row</Link> <Link href="/a?more=1">same page</Link>
        </Route>
        <Route path="/b">the other page</Route>
      </main>
    </>
  )
}

beforeEach(() => {
  fakeServer({})
  renderAt('/a', <Site />)
})

it.each([
  ['row', 'MAIN', 'because the link is gone'],
  ['menu', 'A', 'which stays where it is'],
  ['same page', 'A', 'since the page is the same'],
])('after %s the focus is on %s, %s', async (link, focused) => {
  await userEvent.click(screen.getByRole('link', { name: link }))
  expect(document.activeElement?.tagName).toBe(focused)
})
