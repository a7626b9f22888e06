import { fireEvent, render, screen } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { useClippedTitles } from './useClippedTitles'

function Labels({ text }: { text: string }) {
  useClippedTitles()
  return (
    <>
      <span className="clip" data-testid="label">
        <b>{text}</b>
      </span>
      <a title="Traces of ada">
        <span className="clip" data-testid="spoken">
          {text}
        </span>
      </a>
    </>
  )
}

const titles = () =>
  ['label', 'spoken'].map((id) => {
    fireEvent.pointerOver(screen.getByTestId(id).firstElementChild ?? screen.getByTestId(id))
    return screen.getByTestId(id).getAttribute('title')
  })

it('tells all of a label that is cut, and of no other', () => {
  const room = vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(50)
  vi.spyOn(Element.prototype, 'scrollWidth', 'get').mockReturnValue(80)
  const { rerender } = render(<Labels text="com.example.Answer" />)
  expect(titles()).toEqual(['com.example.Answer', null])
  rerender(<Labels text="another" />)
  expect(titles()).toEqual(['another', null])
  room.mockReturnValue(100)
  expect(titles()).toEqual([null, null])
})
