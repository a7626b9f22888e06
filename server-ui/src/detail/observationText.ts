import type { ObservationBody } from '../api/types'
import { type Fields, isFields } from '../conversation/model'
import { normalize } from '../conversation/normalize'
import { cost, count, duration } from '../format/format'
import { stepName } from '../format/names'
import { fenced, markdownOf } from './markdownOf'

/** An observation in words that can be pasted somewhere else: run again, rebuilt, or read. */
export const COPIES = {
  curl: (body: ObservationBody, baseUrl: string) => (body.type === 'GENERATION' ? curlAgain(body) : curlRead(body, baseUrl)),
  Java: (body: ObservationBody) => (body.type === 'GENERATION' ? javaAgain(body) : javaObserve(body)),
  Markdown: (body: ObservationBody) => markdown(body),
} as const

/** The call as an OpenAI-compatible API takes it: what was recorded of it, in the order of a request. */
export function requestOf({ model, modelParameters, input }: ObservationBody): Fields {
  const parameters = isFields(modelParameters) ? modelParameters : {}
  if (isFields(input) && Array.isArray(input.messages)) return { model, ...parameters, ...input }
  const messages = Array.isArray(input) && input.every((item) => isFields(item) && 'role' in item) ? input : [{ role: 'user', content: text(input) }]
  return { model, ...parameters, messages }
}

/** JSON has no line that is only JSON, so the document ends where it should, and a quoted one expands nothing. */
function curlAgain(body: ObservationBody): string {
  return `curl -sS "\${OPENAI_BASE_URL:-https://api.openai.com/v1}/chat/completions" \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  -H 'Content-Type: application/json' \\
  -d @- <<'JSON'
${JSON.stringify(requestOf(body), null, 2)}
JSON
`
}

function curlRead({ id }: ObservationBody, baseUrl: string): string {
  return `curl -sS '${baseUrl}/api/public/observations/${encodeURIComponent(id)}'\n`
}

/** More than this does not fit into one constant of a class file. */
const CONSTANT = 60_000

function javaAgain(body: ObservationBody): string {
  const request = JSON.stringify(requestOf(body), null, 2)
  const [given, more] = request.length > CONSTANT ? ['Files.readString(Path.of("request.json"))', 'import java.nio.file.*;\n'] : [block(request), '']
  return `import java.net.URI;
import java.net.http.*;
${more}
String body = ${given};
var request = HttpRequest.newBuilder(URI.create("https://api.openai.com/v1/chat/completions"))
    .header("Authorization", "Bearer " + System.getenv("OPENAI_API_KEY"))
    .header("Content-Type", "application/json")
    .POST(HttpRequest.BodyPublishers.ofString(body))
    .build();
var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
System.out.println(response.body());
`
}

function javaObserve({ name, type, input, output }: ObservationBody): string {
  const lines = [input === null ? '' : `    o.input(${literal(input)});\n`, output === null ? '' : `    o.output(${literal(output)});\n`]
  return `Langfuse langfuse = Langfuse.get();
langfuse.run(${quoted(stepName({ name, type }))}, ObservationType.${type}, o -> {
${lines.join('')}});
`
}

function literal(value: unknown): string {
  return typeof value === 'string' && !value.includes('\n') ? quoted(value) : block(typeof value === 'string' ? value : JSON.stringify(value, null, 2))
}

/** A text block; blanks at the ends of lines, which Java would drop, are written as escapes. */
function block(value: string): string {
  const escaped = javaEscaped(value).replaceAll('"""', '\\"""').replace(/[ \t]+$/gm, (blanks) => blanks.replaceAll(' ', '\\s').replaceAll('\t', '\\t'))
  return `"""\n${escaped.replace(/^/gm, '    ')}\\\n    """`
}

function quoted(value: string): string {
  return `"${javaEscaped(value).replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}

function javaEscaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\r', '\\r').replace(/[\0-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}

function markdown(body: ObservationBody): string {
  const { type, latencyMs, model, totalTokens, totalCost, statusMessage } = body
  const facts = [
    type.toLowerCase(),
    latencyMs === null ? null : duration(latencyMs),
    model,
    totalTokens === null ? null : `${count(totalTokens)} tokens`,
    totalCost === null ? null : cost(totalCost),
  ].filter((fact) => fact !== null)
  const conversation = normalize(body.input, body.output)
  const told = conversation.chat ? markdownOf(conversation) : `### Input\n\n${fenced(body.input)}\n\n### Output\n\n${fenced(body.output)}`
  return `## ${stepName(body)}\n\n${facts.join(' · ')}\n\n${statusMessage ? `${fenced(statusMessage)}\n\n` : ''}${told}\n`
}
