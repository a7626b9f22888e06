import type { ObservationRow } from '../api/types'
import { lazyPage } from '../ui/lazyPage'
import './compare.css'

/** Comparing brings a library along that nobody else needs: it is loaded when somebody compares. */
export const ComparePage = lazyPage<{ left: string; right: string }>('the comparison', () => import('./ComparePage'))

export const ObservationDiff = lazyPage<{ left: ObservationRow; right: ObservationRow; onClose: () => void }>('the comparison', () => import('./ObservationDiff'))

export const TextDiff = lazyPage<{ title: string; left: unknown; right: unknown }>('the comparison', () => import('./TextDiff').then(({ TextDiff }) => ({ default: TextDiff })))
