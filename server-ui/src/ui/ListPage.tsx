import type { ReactNode } from 'react'
import { count } from '../format/format'
import { Pager } from './Pager'
import { useRowKeys } from './useRowKeys'
import { useTitle } from './useTitle'
import './table.css'

interface Props {
  title: string
  page: number
  size: number
  total: number
  onPage: (page: number) => void
  /** What narrows the list down. */
  tools?: ReactNode
  /** Head and body of the table. */
  children: ReactNode
}

/** A page that is one table below a heading, and the way to its other pages. */
export function ListPage({ title, page, size, total, onPage, tools, children }: Props) {
  useTitle(title)
  const table = useRowKeys()
  return (
    <div className="table-page">
      <header>
        <h1>{title}</h1>
        <span className="faint numeric">{count(total)}</span>
        {tools && (
          <>
            <span className="grow" />
            {tools}
          </>
        )}
      </header>
      <div ref={table} className="table-scroll" tabIndex={0} role="region" aria-label={title}>
        <table className="data-table">{children}</table>
      </div>
      <Pager page={page} size={size} total={total} onPage={onPage} />
    </div>
  )
}
