import type { ReactNode } from 'react'

/** One figure of a list of facts, with its name. */
export function Fact({ name, value, title }: { name: string; value: ReactNode; title?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="numeric" title={title}>
        {value}
      </dd>
    </div>
  )
}
