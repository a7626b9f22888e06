import { TriangleAlert } from 'lucide-react'
import { Link } from 'wouter'
import type { ServerInfo } from '../api/types'
import { ago, plural } from '../format/format'

/** Somebody is sending and nothing appears: say what was wrong with the last request. */
export function Rejections({ health }: { health: ServerInfo['health'] }) {
  const [last] = [...health.lastRejections].sort((left, right) => (left.at < right.at ? 1 : -1))
  if (health.rejectedRequests === 0 || !last) return null
  return (
    <p className="rejected" role="status">
      <TriangleAlert size={15} aria-hidden />
      <span>
        {plural(health.rejectedRequests, 'request')} turned away. The last one, {ago(last.at)}: <strong>{last.reason}</strong>
      </span>
      <Link href="/health">Health</Link>
    </p>
  )
}
