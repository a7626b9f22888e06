import { type ComponentType, Suspense, lazy } from 'react'
import { Loading } from './Notice'

/** A page that is fetched when somebody opens it. */
export function lazyPage<P extends object>(what: string, load: () => Promise<{ default: ComponentType<P> }>): ComponentType<P> {
  const Page = lazy(load)
  // React's own type of a lazy component forgets its properties.
  const Typed = Page as unknown as ComponentType<P>
  return function LazyPage(properties: P) {
    return (
      <Suspense fallback={<Loading what={what} />}>
        <Typed {...properties} />
      </Suspense>
    )
  }
}
