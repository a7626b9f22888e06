import { Suspense, lazy } from 'react'
import type { ObservationRow } from '../api/types'
import { Loading } from '../ui/Notice'
import './compare.css'

const Page = lazy(() => import('./ComparePage'))
const Diff = lazy(() => import('./ObservationDiff'))

/** Comparing brings a library along that nobody else needs: it is loaded when somebody compares. */
export function ComparePage(props: { left: string; right: string }) {
  return (
    <Suspense fallback={<Loading what="the comparison" />}>
      <Page {...props} />
    </Suspense>
  )
}

export function ObservationDiff(props: { left: ObservationRow; right: ObservationRow; onClose: () => void }) {
  return (
    <Suspense fallback={<Loading what="the comparison" />}>
      <Diff {...props} />
    </Suspense>
  )
}
