import { Bot, Settings2, User, Wrench } from 'lucide-react'
import { plural } from '../format/format'
import { JsonView } from '../json/JsonView'
import { LongText } from '../json/LongText'
import { SafeMarkdown } from '../markdown/SafeMarkdown'
import { CopyButton } from '../ui/CopyButton'
import { FileView } from './FileView'
import { type Message, type Part, parsed } from './model'
import { ToolCard, ToolResult } from './ToolCard'

const looks = {
  system: { icon: Settings2, label: 'System' },
  user: { icon: User, label: 'User' },
  assistant: { icon: Bot, label: 'Assistant' },
  tool: { icon: Wrench, label: 'Tool' },
}

export function MessageView({ message }: { message: Message }) {
  const { role, name, parts, side } = message
  const { icon: Icon, label } = looks[role]
  const text = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n\n')
  if (role === 'system') return <SystemPrompt text={text} parts={parts} />
  return (
    <li className="message" data-role={role} data-side={side} aria-label={`${label}${name ? ` ${name}` : ''}`}>
      <header>
        <span className="avatar" aria-hidden>
          <Icon size={13} />
        </span>
        <span className="role">{label}</span>
        {name && <span className="faint">{name}</span>}
        {side === 'output' && <span className="answer">output</span>}
        {text && <CopyButton text={text} label="Copy text" />}
      </header>
      <div className="parts">
        {parts.map((part, index) => (
          <PartView key={index} part={part} />
        ))}
      </div>
    </li>
  )
}

/** Rarely what the reader came for: one line until asked. */
function SystemPrompt({ text, parts }: { text: string; parts: Part[] }) {
  return (
    <li className="message" data-role="system" aria-label="System">
      {text && <Folded title="System" text={text} />}
      {parts
        .filter((part) => part.kind !== 'text')
        .map((part, index) => (
          <PartView key={index} part={part} />
        ))}
    </li>
  )
}

function PartView({ part }: { part: Part }) {
  switch (part.kind) {
    case 'text':
      return <Text text={part.text} />
    case 'reasoning':
      return <Folded title="Reasoning" text={part.text} />
    case 'tool-call':
      return <ToolCard call={part} />
    case 'tool-result':
      return <ToolResult result={part} />
    case 'image':
      return part.source === null ? (
        <PictureElsewhere address={part.description} />
      ) : (
        <img className="picture" src={part.source} alt={`Attached, ${part.description}`} />
      )
    case 'file':
      return <FileView file={part} />
    case 'json':
      return <JsonView value={part.value} label="content" />
  }
}

/** Nothing is fetched from another host unless the reader asks for it. */
function PictureElsewhere({ address }: { address: string }) {
  if (!/^https?:\/\//i.test(address)) return <p className="faint">[image: {address}]</p>
  return (
    <p className="faint">
      [image:{' '}
      <a href={address} target="_blank" rel="noopener noreferrer nofollow">
        {address}
      </a>
      ]
    </p>
  )
}

const LONG = 20_000

function Text({ text }: { text: string }) {
  const value = parsed(text)
  if (typeof value !== 'string') return <JsonView value={value} label="content" />
  return text.length > LONG ? <LongText text={text} className="plain-text" /> : <SafeMarkdown text={text} />
}

/** Long and rarely read: one line until asked for. Short ones are not worth a click. */
function Folded({ title, text }: { title: string; text: string }) {
  const words = text.trim().split(/\s+/).length
  return (
    <details className="fold" open={words <= 25}>
      <summary>
        <span className="role">{title}</span>
        {plural(words, 'word')}
        <span className="fold-hint">{text.slice(0, 160)}</span>
      </summary>
      <Text text={text} />
    </details>
  )
}
