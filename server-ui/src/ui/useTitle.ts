import { useEffect } from 'react'

const HOME = 'Langfuse4j'

/** What the browser's tab says, so that several can be told apart. */
export function useTitle(page: string): void {
  useEffect(() => {
    document.title = `${page} · ${HOME}`
    return () => {
      document.title = HOME
    }
  }, [page])
}
