import Markdown, { type MarkdownToJSX } from 'markdown-to-jsx'
import { memo } from 'react'
import './markdown.css'

/** Above this size Markdown is not worth the wait, and nobody reads it for its headings. */
const MARKDOWN_LIMIT = 100_000

/**
 * Text from a model or a user, formatted without trusting it: raw HTML stays text, links open apart and without a
 * referrer, pictures that would call another host become links.
 */
export const SafeMarkdown = memo(function SafeMarkdown({ text }: { text: string }) {
  if (text.length > MARKDOWN_LIMIT) return <div className="plain-text">{text}</div>
  return (
    <div className="markdown" dir="auto">
      <Markdown options={options}>{text}</Markdown>
    </div>
  )
})

const options: MarkdownToJSX.Options = {
  disableParsingRawHTML: true,
  forceBlock: true,
  overrides: {
    a: ({ href, children }: { href?: string; children?: React.ReactNode }) =>
      href && /^(https?:|mailto:)/i.test(href) ? (
        <a href={href} target="_blank" rel="noopener noreferrer nofollow">
          {children}
        </a>
      ) : (
        <span>{children}</span>
      ),
    img: ({ src, alt }: { src?: string; alt?: string }) =>
      src && /^data:image\/(png|jpe?g|gif|webp|avif);/i.test(src) ? (
        <img src={src} alt={alt ?? ''} />
      ) : (
        <span className="blocked-image">
          [{alt || 'image'}: {src ?? 'no address'}]
        </span>
      ),
    // A heading inside a message is not a heading of this page.
    ...Object.fromEntries(
      ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((tag) => [
        tag,
        ({ children }: { children?: React.ReactNode }) => <p className={`heading ${tag}`}>{children}</p>,
      ]),
    ),
    input: () => null,
  },
}
