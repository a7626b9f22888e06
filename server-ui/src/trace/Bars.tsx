import type { CSSProperties } from 'react'
import { duration } from '../format/format'
import type { Scale } from './scale'
import type { TreeNode } from './tree'

/** More bars than this in one folded row would only paint over each other. */
const DRAWN = 120

interface Props {
  nodes: TreeNode[]
  scale: Scale
  running: boolean
}

/** Where in the shown time the observations of a row lie; a tick marks the first token. */
export function Bars({ nodes, scale, running }: Props) {
  return (
    <span className="bars" aria-hidden>
      {nodes.slice(0, DRAWN).map((node) => (
        <Bar key={node.observation.id} node={node} scale={scale} running={running} />
      ))}
    </span>
  )
}

function Bar({ node: { observation, startMs, endMs }, scale, running }: { node: TreeNode; scale: Scale; running: boolean }) {
  const event = observation.type === 'EVENT'
  const open = endMs === null && !event && running
  const end = endMs ?? (open ? scale.endMs : startMs)
  const left = scale.share(startMs)
  const right = scale.share(end)
  if (right < 0 || left > 100) return null
  const firstToken = observation.completionStartTime === null ? null : Date.parse(observation.completionStartTime)
  const from = Math.max(left, -1)
  return (
    <>
      <span className="bar" data-open={open} data-event={event} style={{ left: `${from}%`, width: `${Math.max(0, Math.min(right, 101) - from)}%`, '--at': event ? from / 100 : undefined } as CSSProperties} />
      {firstToken !== null && end > startMs && (
        <span
          className="first-token"
          title={`First token after ${duration(firstToken - startMs)}`}
          style={{ left: `${Math.min(right, scale.share(firstToken))}%` }}
        />
      )}
    </>
  )
}
