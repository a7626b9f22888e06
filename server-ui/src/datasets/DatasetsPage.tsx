import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { ago } from '../format/format'
import { ListPage } from '../ui/ListPage'
import { ErrorNotice, Loading, Notice } from '../ui/Notice'
import { Snippet } from '../ui/Snippet'
import { usePage } from '../ui/usePage'
import { datasetsQuery } from './queries'
import { addItem } from './snippets'
import './datasets.css'

export default function DatasetsPage() {
  const [page, setPage] = usePage()
  const { data, error, refetch } = useQuery(datasetsQuery(page))
  if (!data) return error ? <ErrorNotice error={error} what="the datasets" retry={() => void refetch()} /> : <Loading what="the datasets" />
  if (data.meta.totalItems === 0) return <NoDatasets />
  return (
    <ListPage title="Datasets" page={page} size={data.meta.limit} total={data.meta.totalItems} onPage={setPage}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className="wide">
            Description
          </th>
          <th scope="col" className="number">
            Changed
          </th>
        </tr>
      </thead>
      <tbody>
        {data.data.map(({ id, name, description, updatedAt }) => (
          <tr key={id}>
            <th scope="row">
              <Link href={`/datasets/${encodeURIComponent(name)}`}>{name}</Link>
            </th>
            <td className="wide soft">
              <span className="clip">{description}</span>
            </td>
            <td className="number numeric soft" title={updatedAt}>
              {ago(updatedAt)}
            </td>
          </tr>
        ))}
      </tbody>
    </ListPage>
  )
}

function NoDatasets() {
  return (
    <Notice title="No dataset yet">
      <p>
        A dataset is a list of inputs with the answers you expect. Run your program over it before and after a change, and see here
        which answers became better or worse. Create the first one with any of Langfuse&apos;s SDKs, or with curl:
      </p>
      <Snippet label="curl command" code={`curl ${window.location.origin}/api/public/v2/datasets \\
  -H 'Content-Type: application/json' -d '{"name": "questions"}'
${addItem('questions')}`} />
    </Notice>
  )
}
