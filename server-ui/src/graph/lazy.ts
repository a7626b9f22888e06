import { lazy } from 'react'

const load = () => import('./FlowGraph')

export const FlowGraph = lazy(load)

/** Fetches the code of the graph while the trace is still on its way. */
export function preloadGraph(): void {
  void load()
}
