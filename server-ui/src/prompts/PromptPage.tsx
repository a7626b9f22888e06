import { useQuery } from '@tanstack/react-query'
import { ChevronLeft } from 'lucide-react'
import { Link, useSearchParams } from 'wouter'
import { promptQuery, promptSummaryQuery } from '../api/queries'
import type { PromptSummary, PromptVersion } from '../api/types'
import { TextDiff } from '../compare/lazy'
import { CopyButton } from '../ui/CopyButton'
import { ErrorNotice, Loading, Missing } from '../ui/Notice'
import { useParam } from '../ui/useParam'
import { useTitle } from '../ui/useTitle'
import { PromptEditor } from './PromptEditor'
import { readable } from './readable'
import { Version } from './Version'
import { Versions } from './Versions'
import './prompts.css'

/** One prompt: its versions, what each says, and what changed between two of them. */
export default function PromptPage({ name }: { name: string }) {
  useTitle(name)
  const { data, error, isPending, refetch } = useQuery(promptSummaryQuery(name))
  if (isPending) return <Loading what="the prompt" />
  if (error) return <ErrorNotice error={error} what="the prompt" retry={() => void refetch()} />
  return data ? <Prompt prompt={data} /> : <NoSuchPrompt name={name} />
}

function Prompt({ prompt }: { prompt: PromptSummary }) {
  const versions = [...prompt.versions].sort((left, right) => right - left)
  const [wanted, setWanted] = useParam('version')
  const [compared, setCompared] = useParam('compare')
  const [editing, setEditing] = useParam('edit')
  const [, setSearch] = useSearchParams()
  const version = versions.find((known) => String(known) === wanted) ?? versions[0] ?? 1
  const before = versions.find((known) => String(known) === compared && known !== version) ?? null
  return (
    <div className="prompt-page">
      <header className="trace-title">
        <Link className="icon-button" href="/prompts" aria-label="All prompts">
          <ChevronLeft size={18} aria-hidden />
        </Link>
        <h1 className="clip">{prompt.name}</h1>
        <CopyButton text={prompt.name} label="Copy the name" />
        <span className="faint">{prompt.type}</span>
        <span className="chips">
          {prompt.tags.map((tag) => (
            <span key={tag} className="chip">
              #{tag}
            </span>
          ))}
        </span>
      </header>
      <Versions name={prompt.name} versions={versions} version={version} before={before} onVersion={(next) => setWanted(String(next))} onCompare={(next) => setCompared(next === null ? null : String(next))} />
      <div className="prompt-version">
        {editing === '1' ? (
          <Editing name={prompt.name} version={version} onClose={() => setEditing(null)} onDone={(created) => setSearch(new URLSearchParams({ version: String(created.version) }))} />
        ) : before === null ? (
          <Version name={prompt.name} version={version} onEdit={() => setEditing('1')} />
        ) : (
          <Difference name={prompt.name} before={before} version={version} />
        )}
      </div>
    </div>
  )
}

interface EditingProps {
  name: string
  version: number
  onDone: (created: PromptVersion) => void
  onClose: () => void
}

function Editing({ name, version, onDone, onClose }: EditingProps) {
  const { data, error, refetch } = useQuery(promptQuery(name, version))
  if (!data) return error ? <ErrorNotice error={error} what="this version" retry={() => void refetch()} /> : <Loading what="this version" />
  return <PromptEditor key={version} base={data} onDone={onDone} onCancel={onClose} />
}

function Difference({ name, before, version }: { name: string; before: number; version: number }) {
  const [left, right] = [useQuery(promptQuery(name, before)), useQuery(promptQuery(name, version))]
  const error = left.error ?? right.error
  if (error) return <ErrorNotice error={error} what="the versions" retry={() => void Promise.all([left.refetch(), right.refetch()])} />
  if (!left.data || !right.data) return <Loading what="the versions" />
  return (
    <>
      <h2>
        Version {before} → version {version}
      </h2>
      <TextDiff title="Prompt" left={readable(left.data.prompt)} right={readable(right.data.prompt)} />
      <TextDiff title="Config" left={left.data.config} right={right.data.config} />
    </>
  )
}

function NoSuchPrompt({ name }: { name: string }) {
  return (
    <Missing title="This prompt is not here" href="/prompts" link="All prompts">
      <p>
        No prompt is named <code>{name}</code>. Names are compared exactly, case included.
      </p>
    </Missing>
  )
}
