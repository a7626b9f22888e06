import { useMemo } from 'react'
import { duration, plural } from '../format/format'
import type { TreeNode } from '../trace/tree'
import { TypeIcon } from '../ui/TypeIcon'
import { DRAWN, type Flow, type FlowEdge, type FlowNode, flowOf } from './flow'
import './graph.css'

const WIDTH = 168
const HEIGHT = 40
const GAP_X = 28
const GAP_Y = 34
const MARGIN = 26

interface Props {
  roots: TreeNode[]
  selectedId: string | null
  onSelect: (id: string | null) => void
}

/** The trace as a graph of what led to what: one box for each kind of step, arrows back for loops. */
export default function FlowGraph({ roots, selectedId, onSelect }: Props) {
  const flow = useMemo(() => flowOf(roots), [roots])
  if (flow.nodes.length > DRAWN) {
    return <p className="flow-notice soft">{plural(flow.nodes.length, 'kind')} of steps are too many to draw; the tree and the table show them all.</p>
  }
  const width = MARGIN * 2 + flow.widest * (WIDTH + GAP_X) - GAP_X
  const height = MARGIN * 2 + flow.layers * (HEIGHT + GAP_Y) - GAP_Y
  const place = placing(flow)
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
            <Edge key={`${edge.kind} ${edge.from} ${edge.to}`} edge={edge} place={place} />
          ))}
        </svg>
        {flow.nodes.map((node) => (
          <Box key={node.key} node={node} at={place(node.key)} selectedId={selectedId} onSelect={onSelect} />
        ))}
      </div>
    </div>
  )
}

type Place = (key: string) => { x: number; y: number }

/** Layers from top to bottom, each in the middle. */
function placing({ nodes, widest }: Flow): Place {
  const sizes = new Map<number, number>()
  for (const { layer } of nodes) sizes.set(layer, (sizes.get(layer) ?? 0) + 1)
  const byKey = new Map(nodes.map((node) => [node.key, node]))
  return (key) => {
    const { layer = 0, place = 0 } = byKey.get(key) ?? {}
    const lead = ((widest - (sizes.get(layer) ?? 1)) * (WIDTH + GAP_X)) / 2
    return { x: MARGIN + lead + place * (WIDTH + GAP_X), y: MARGIN + layer * (HEIGHT + GAP_Y) }
  }
}

function Box({ node, at, selectedId, onSelect }: { node: FlowNode; at: { x: number; y: number }; selectedId: string | null; onSelect: (id: string) => void }) {
  const index = node.steps.findIndex(({ observation }) => observation.id === selectedId)
  const next = node.steps[(index + 1) % node.steps.length]
  const times = node.steps.length > 1 ? `, ${index >= 0 ? `${index + 1} of ` : ''}${node.steps.length} times` : ''
  return (
    <button
      type="button"
      className="flow-box"
      style={{ left: at.x, top: at.y, width: WIDTH, height: HEIGHT }}
      data-type={node.type}
      data-error={node.errors > 0}
      aria-pressed={index >= 0}
      aria-label={`${node.name}, ${node.type.toLowerCase()}${times}, ${duration(node.timeMs)}${node.errors > 0 ? `, ${plural(node.errors, 'error')}` : ''}`}
      title={node.steps.length > 1 ? 'Press again for the next of them' : undefined}
      onClick={() => next && onSelect(next.observation.id)}
    >
      <TypeIcon type={next?.observation.type ?? 'SPAN'} />
      <span className="flow-name">
        <span className="clip">{node.name}</span>
        <span className="faint numeric clip">
          {duration(node.timeMs)}
          {node.errors > 0 && <b className="flow-errors"> · {plural(node.errors, 'error')}</b>}
        </span>
      </span>
      {node.steps.length > 1 && <span className="times numeric">{index >= 0 ? `${index + 1}/${node.steps.length}` : `×${node.steps.length}`}</span>}
    </button>
  )
}

function Edge({ edge, place }: { edge: FlowEdge; place: Place }) {
  const path = edge.from === edge.to ? around(place(edge.from)) : edge.back ? backwards(place(edge.from), place(edge.to)) : forwards(place(edge.from), place(edge.to))
  return (
    <g data-kind={edge.kind} data-back={edge.back} className="flow-edge">
      <path d={path.d} markerEnd="url(#flow-arrow)" />
      {edge.count > 1 && (
        <text x={path.x} y={path.y}>
          ×{edge.count}
        </text>
      )}
    </g>
  )
}

interface Point {
  x: number
  y: number
}

function forwards(from: Point, to: Point) {
  const [x1, y1, x2, y2] = [from.x + WIDTH / 2, from.y + HEIGHT, to.x + WIDTH / 2, to.y - 1]
  const bend = Math.max(16, (y2 - y1) / 2)
  return { d: `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`, x: (x1 + x2) / 2 + 6, y: (y1 + y2) / 2 + 4 }
}

/** Out at the right side and in again at the right side of what happened before. */
function backwards(from: Point, to: Point) {
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x + WIDTH + 1, to.y + HEIGHT / 2]
  const out = Math.max(x1, x2) + 22
  return { d: `M${x1} ${y1}C${out} ${y1} ${out} ${y2} ${x2} ${y2}`, x: out - 8, y: (y1 + y2) / 2 + 4 }
}

function around({ x, y }: Point) {
  const [right, middle] = [x + WIDTH, y + HEIGHT / 2]
  return { d: `M${right} ${middle - 8}C${right + 24} ${middle - 20} ${right + 24} ${middle + 20} ${right + 1} ${middle + 8}`, x: right + 6, y: middle + 24 }
}
