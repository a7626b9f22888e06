import type { Flow, FlowEdge } from './flow'

/** How large boxes are and how far apart, in pixels. */
export interface Sizes {
  width: number
  height: number
  gapX: number
  gapY: number
  margin: number
}

export const ROOMY: Sizes = { width: 168, height: 40, gapX: 28, gapY: 34, margin: 26 }
/** Two boxes beside each other fit on a phone. */
export const TIGHT: Sizes = { width: 148, height: 40, gapX: 18, gapY: 30, margin: 20 }

interface Point {
  x: number
  y: number
}

/** A curve, and where its number stands. */
export interface Path extends Point {
  d: string
}

export interface Geometry {
  width: number
  height: number
  place: (key: string) => Point
  path: (edge: FlowEdge) => Path
}

/** Layers from top to bottom, each in the middle. */
export function geometryOf({ nodes, edges, layers, widest }: Flow, sizes: Sizes): Geometry {
  const inLayer = new Map<number, number>()
  for (const { layer } of nodes) inLayer.set(layer, (inLayer.get(layer) ?? 0) + 1)
  const byKey = new Map(nodes.map((node) => [node.key, node]))
  const [stepX, stepY] = [sizes.width + sizes.gapX, sizes.height + sizes.gapY]
  const place = (key: string) => {
    const { layer = 0, place: nth = 0 } = byKey.get(key) ?? {}
    const lead = ((widest - (inLayer.get(layer) ?? 1)) * stepX) / 2
    return { x: sizes.margin + lead + nth * stepX, y: sizes.margin + layer * stepY }
  }
  return {
    width: sizes.margin * 2 + widest * stepX - sizes.gapX + roomForLoops(edges),
    height: sizes.margin * 2 + layers * stepY - sizes.gapY,
    place,
    path: ({ from, to, back }) => {
      if (from === to) return around(place(from), sizes)
      return back ? backwards(place(from), place(to), sizes) : forwards(place(from), place(to), sizes)
    },
  }
}

/** What goes back does so at the right side, and how often stands beside it; as much room is left on the other side. */
function roomForLoops(edges: FlowEdge[]): number {
  const counts = edges.filter(({ from, to, back, count }) => (back || from === to) && count > 1).map(({ count }) => String(count).length)
  return counts.length === 0 ? 0 : 8 + 7 * Math.max(...counts)
}

function forwards(from: Point, to: Point, { width, height }: Sizes): Path {
  const [x1, y1, x2, y2] = [from.x + width / 2, from.y + height, to.x + width / 2, to.y - 1]
  const bend = Math.max(16, (y2 - y1) / 2)
  return { d: `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`, x: (x1 + x2) / 2 + 6, y: (y1 + y2) / 2 + 4 }
}

/** Out at the right side and in again at the right side of what happened before. */
function backwards(from: Point, to: Point, { width, height }: Sizes): Path {
  const [x1, y1, x2, y2] = [from.x + width, from.y + height / 2, to.x + width + 1, to.y + height / 2]
  const out = Math.max(x1, x2) + 22
  return { d: `M${x1} ${y1}C${out} ${y1} ${out} ${y2} ${x2} ${y2}`, x: out - 8, y: (y1 + y2) / 2 + 4 }
}

function around({ x, y }: Point, { width, height }: Sizes): Path {
  const [right, middle] = [x + width, y + height / 2]
  return { d: `M${right} ${middle - 8}C${right + 24} ${middle - 20} ${right + 24} ${middle + 20} ${right + 1} ${middle + 8}`, x: right + 6, y: middle + 24 }
}
