export const FORMATS = [
  { format: 'json', label: 'Trace', hint: '.json' },
  { format: 'otlp', label: 'OpenTelemetry', hint: '.otlp.json' },
  { format: 'markdown', label: 'Conversation', hint: '.md' },
  { format: 'html', label: 'Page to read offline', hint: '.html' },
] as const

export type TraceFormat = (typeof FORMATS)[number]['format']
