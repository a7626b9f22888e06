import { render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { SafeMarkdown } from './SafeMarkdown'

describe('SafeMarkdown', () => {
  it('formats', () => {
    render(<SafeMarkdown text={'**bold** and `code`\n\n- one\n- two'} />)
    expect(screen.getByText('bold').tagName).toBe('STRONG')
    expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['one', 'two'])
  })

  it('shows raw HTML as text', () => {
    const { container } = render(<SafeMarkdown text={'<img src=x onerror=alert(1)> <script>alert(1)</script> <b>b</b>'} />)
    expect(container.querySelector('img, script, b, iframe')).toBeNull()
    expect(container.textContent).toContain('<script>')
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', ' java\nscript:alert(1)'])('makes no link of %s', (target) => {
    const { container } = render(<SafeMarkdown text={`[click](${target})`} />)
    expect(container.querySelector('a')).toBeNull()
  })

  it('opens links apart, without a referrer', () => {
    render(<SafeMarkdown text="[docs](https://example.org/)" />)
    const link = screen.getByRole('link', { name: 'docs' })
    expect(link.getAttribute('rel')).toContain('noopener')
    expect(link.getAttribute('target')).toBe('_blank')
  })

  it('loads no picture from another host, but shows an inline one', () => {
    const { container } = render(
      <SafeMarkdown text={'![spy](https://example.org/a.png) ![dot](data:image/png;base64,AAAA)'} />,
    )
    expect([...container.querySelectorAll('img')].map((image) => image.alt)).toEqual(['dot'])
    expect(container.textContent).toContain('https://example.org/a.png')
  })

  it('leaves very long text unformatted', () => {
    const { container } = render(<SafeMarkdown text={'**b** '.repeat(20_000)} />)
    expect(container.querySelector('strong')).toBeNull()
  })
})
