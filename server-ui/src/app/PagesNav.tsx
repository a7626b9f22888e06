import { ChevronDown } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { PAGES_FOLDED, useMedia } from '../ui/media'
import { Popover } from '../ui/Popover'

const PAGES = [
  ['/traces', 'Traces'],
  ['/sessions', 'Sessions'],
  ['/users', 'Users'],
  ['/dashboard', 'Dashboard'],
  ['/scores', 'Scores'],
  ['/prompts', 'Prompts'],
  ['/datasets', 'Datasets'],
  ['/health', 'Health'],
] as const

/** The pages: beside each other where there is room, else behind a button that names where one is. */
export function PagesNav() {
  const [path] = useLocation()
  const folded = useMedia(PAGES_FOLDED)
  const section = sectionOf(path)
  const links = (onFollow?: () => void) =>
    PAGES.map(([href, title]) => (
      <Link key={href} href={href} aria-current={section === href ? (path === href ? 'page' : 'true') : undefined} onClick={onFollow}>
        {title}
      </Link>
    ))
  if (!folded) return <nav aria-label="Pages">{links()}</nav>
  const here = PAGES.find(([href]) => href === section)?.[1] ?? 'Pages'
  return (
    <nav aria-label="Pages">
      <Popover
        label={here === 'Pages' ? 'Pages' : `Pages, now ${here}`}
        title="Pages"
        className="pages-button"
        button={
          <>
            {here} <ChevronDown size={14} aria-hidden />
          </>
        }
      >
        {(close) => links(close)}
      </Popover>
    </nav>
  )
}

/** The page of which an address is a part: "/project/p/sessions/s" belongs to "/sessions". */
function sectionOf(path: string): string {
  const [first = ''] = path.replace(/^\/project\/[^/]*/, '').split('/').slice(1)
  return ['', 'trace', 'compare'].includes(first) ? '/traces' : `/${first}`
}
