import { useMemo } from 'react'
import { plural } from '../format/format'
import type { TreeNode } from '../trace/tree'
import { NARROW, useMedia } from '../ui/media'
import { FlowBox } from './FlowBox'
import { type Flow, type FlowEdge, flowOf } from './flow'
import { type Path, ROOMY, TIGHT, geometryOf } from './geometry'
import './graph.css'

interface Props {
  roots: TreeNode[]
  selectedId: string | null
  onSelect: (id: string | null) => void
}

/** The trace as a graph of what led to what: one box for each kind of step, arrows back for loops. */
export default function FlowGraph({ roots, selectedId, onSelect }: Props) {
  const flow = useMemo(() => flowOf(roots), [roots])
  if (typeof flow === 'number') {
    return <p className="flow-notice soft">{plural(flow, 'kind')} of steps are too many to draw; the tree and the table show them all.</p>
  }
  return <Drawing flow={flow} selectedId={selectedId} onSelect={onSelect} />
}

function Drawing({ flow, selectedId, onSelect }: { flow: Flow } & Omit<Props, 'roots'>) {
  const sizes = useMedia(NARROW) ? TIGHT : ROOMY
  const { width, height, place, path } = useMemo(() => geometryOf(flow, sizes), [flow, sizes])
  const box = (key: string) => ({ left: place(key).x, top: place(key).y, width: sizes.width, height: sizes.height })
  return (
    <div className="flow" role="group" aria-label="Graph of steps" tabIndex={0}>
      <div className="flow-canvas" style={{ width, height }}>
        <svg width={width} height={height} aria-hidden>
          <defs>
            <marker id="flow-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path d="M0 0L8 4L0 8z" className="flow-head" />
            </marker>
          </defs>
          {flow.edges.map((edge) => (
            <Edge key={`${edge.kind} ${edge.from} ${edge.to}`} edge={edge} path={path(edge)} />
          ))}
        </svg>
        {flow.nodes.map((node) => (
          <FlowBox key={node.key} node={node} style={box(node.key)} selectedId={selectedId} onSelect={onSelect} />
        ))}
      </div>
      <Legend edges={flow.edges} />
    </div>
  )
}

/** What the kinds of arrows mean, as far as they are drawn. */
function Legend({ edges }: { edges: FlowEdge[] }) {
  const drawn: [string, boolean, string][] = [
    ['into', false, 'began'],
    ['next', false, 'then'],
    ['next', true, 'again'],
  ]
  return (
    <p className="flow-legend faint">
      {drawn
        .filter(([kind, back]) => edges.some((edge) => edge.back === back && (back || edge.kind === kind)))
        .map(([kind, back, word]) => (
          <span key={word}>
            <svg width="26" height="8" aria-hidden>
              <g data-kind={kind} data-back={back} className="flow-edge">
                <path d="M0 4H24" markerEnd="url(#flow-arrow)" />
              </g>
            </svg>
            {word}
          </span>
        ))}
    </p>
  )
}

function Edge({ edge: { kind, back, count }, path }: { edge: FlowEdge; path: Path }) {
  return (
    <g data-kind={kind} data-back={back} className="flow-edge">
      <path d={path.d} markerEnd="url(#flow-arrow)" />
      {count > 1 && (
        <text x={path.x} y={path.y}>
          ×{count}
        </text>
      )}
    </g>
  )
}
