import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { Link, useLocation } from 'wouter'
import { promptsQuery } from '../api/queries'
import type { PromptSummary } from '../api/types'
import { ago, count } from '../format/format'
import { ListPage } from '../ui/ListPage'
import { ErrorNotice, Loading, Notice } from '../ui/Notice'
import { useParam } from '../ui/useParam'
import { Snippet } from '../ui/Snippet'
import { usePage } from '../ui/usePage'
import { PromptEditor } from './PromptEditor'
import './prompts.css'

/** Every prompt that programs fetch from here. */
export default function PromptsPage() {
  const [page, setPage] = usePage()
  const [adding, setAdding] = useParam('new')
  const [, navigate] = useLocation()
  const { data, error, refetch } = useQuery(promptsQuery(page))
  if (adding === '1') {
    return (
      <div className="table-page">
        <PromptEditor base={null} onDone={({ name }) => navigate(`/prompts/${encodeURIComponent(name)}`)} onCancel={() => setAdding(null)} />
      </div>
    )
  }
  if (!data) return error ? <ErrorNotice error={error} what="the prompts" retry={() => void refetch()} /> : <Loading what="the prompts" />
  if (data.meta.totalItems === 0) return <NoPrompts onAdd={() => setAdding('1')} />
  return (
    <ListPage title="Prompts" page={page} size={data.meta.limit} total={data.meta.totalItems} onPage={setPage} tools={<NewPrompt onAdd={() => setAdding('1')} />}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Kind</th>
          <th scope="col" className="number">
            Versions
          </th>
          <th scope="col" className="optional">
            Labels
          </th>
          <th scope="col" className="optional">
            Tags
          </th>
          <th scope="col" className="number">
            Changed
          </th>
        </tr>
      </thead>
      <tbody>
        {data.data.map((prompt) => (
          <Row key={prompt.name} prompt={prompt} />
        ))}
      </tbody>
    </ListPage>
  )
}

function Row({ prompt: { name, type, versions, labels, tags, lastUpdatedAt } }: { prompt: PromptSummary }) {
  return (
    <tr>
      <th scope="row">
        <Link href={`/prompts/${encodeURIComponent(name)}`}>{name}</Link>
      </th>
      <td className="soft">{type}</td>
      <td className="number numeric">{count(versions.length)}</td>
      <td className="optional">
        <span className="chips">
          {labels.map((label) => (
            <span key={label} className="chip" data-label={label}>
              {label}
            </span>
          ))}
        </span>
      </td>
      <td className="optional">
        <span className="chips">
          {tags.map((tag) => (
            <span key={tag} className="chip">
              #{tag}
            </span>
          ))}
        </span>
      </td>
      <td className="number numeric soft" title={lastUpdatedAt}>
        {ago(lastUpdatedAt)}
      </td>
    </tr>
  )
}

function NewPrompt({ onAdd }: { onAdd: () => void }) {
  return (
    <button type="button" className="button" onClick={onAdd}>
      <Plus size={13} aria-hidden /> New prompt
    </button>
  )
}

function NoPrompts({ onAdd }: { onAdd: () => void }) {
  return (
    <Notice title="No prompt is kept here yet" actions={<NewPrompt onAdd={onAdd} />}>
      <p>
        Keep a prompt on the server and change it without a release. A program asks for it by name and gets the version labelled{' '}
        <code>production</code>. Write the first one here, or create it with any of Langfuse&apos;s SDKs or with curl:
      </p>
      <Snippet label="curl command" code={`curl ${window.location.origin}/api/public/v2/prompts \\
  -H 'Content-Type: application/json' \\
  -d '{"name": "greeting", "prompt": "Say hello to {{name}}.", "labels": ["production"]}'`} />
    </Notice>
  )
}
