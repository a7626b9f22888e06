import type { TreeNode } from './tree'
import type { Extent } from './tree'
import { duration } from '../format/format'

/** More bars than this in one folded row would only paint over each other. */
const DRAWN = 120

/** Where in the trace the observations of a row lie; a tick marks the first token. */
export function Bars({ nodes, extent, running }: { nodes: TreeNode[]; extent: Extent; running: boolean }) {
  const length = Math.max(extent.endMs - extent.startMs, 1)
  const share = (ms: number) => ((ms - extent.startMs) / length) * 100
  return (
    <span className="bars" aria-hidden>
      {nodes.slice(0, DRAWN).map(({ observation, startMs, endMs }) => {
        const open = endMs === null && observation.type !== 'EVENT' && running
        const end = endMs ?? (open ? extent.endMs : startMs)
        const firstToken = observation.completionStartTime === null ? null : Date.parse(observation.completionStartTime)
        return (
          <span
            key={observation.id}
            className="bar"
            data-open={open}
            data-event={observation.type === 'EVENT'}
            style={{ left: `${share(startMs)}%`, width: `${Math.max(0, share(end) - share(startMs))}%` }}
          >
            {firstToken !== null && end > startMs && (
              <span
                className="first-token"
                title={`First token after ${duration(firstToken - startMs)}`}
                style={{ left: `${Math.min(100, ((firstToken - startMs) / (end - startMs)) * 100)}%` }}
              />
            )}
          </span>
        )
      })}
    </span>
  )
}
