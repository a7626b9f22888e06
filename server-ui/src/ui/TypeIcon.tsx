import {
  Bot,
  Box,
  FileSearch,
  Gauge,
  type LucideIcon,
  Link2,
  ShieldCheck,
  Sparkles,
  Waypoints,
  Wrench,
  Zap,
} from 'lucide-react'
import type { ObservationType } from '../api/types'

const icons: Record<ObservationType, LucideIcon> = {
  SPAN: Box,
  GENERATION: Sparkles,
  EVENT: Zap,
  EMBEDDING: Waypoints,
  AGENT: Bot,
  TOOL: Wrench,
  CHAIN: Link2,
  RETRIEVER: FileSearch,
  EVALUATOR: Gauge,
  GUARDRAIL: ShieldCheck,
}

export function TypeIcon({ type }: { type: ObservationType }) {
  const Icon = icons[type] ?? Box
  return (
    <span className="type-icon" data-type={type} title={type.toLowerCase()}>
      <Icon size={12} strokeWidth={2.25} aria-hidden />
    </span>
  )
}
