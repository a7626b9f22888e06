import { useLocation } from 'wouter'
import { useKeys } from './keyboard'

const entriesAtStart = window.history.length

/** Back to the page in here that the reader comes from; whoever came by a link goes elsewhere, and does not leave. */
export function backOr(elsewhere: () => void): void {
  if (window.history.length > entriesAtStart) window.history.back()
  else elsewhere()
}

/** Escape leads back, or to a list. */
export function useEscape(list: string): void {
  const [, navigate] = useLocation()
  useKeys({ Escape: () => backOr(() => navigate(list)) })
}
