import address from './sample.otlp.json?url'

/** The sample's own clock: its last span ends here. Its times are moved so that it has just happened. */
const ENDS_AT = Date.parse('2026-01-01T09:05:00.000Z')

/** Loads the sample, a file of its own in the bundle. Its ids never change: loading it twice gives nothing twice. */
export async function sampleText(now: number = Date.now()): Promise<string> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`The sample could not be loaded (${response.status}).`)
  return moved(await response.text(), now - ENDS_AT)
}

export function moved(text: string, byMs: number): string {
  return text
    .replace(/("(?:startTimeUnixNano|endTimeUnixNano)"\s*:\s*")(\d+)\d{6}"/g, (_, start: string, ms: string) => `${start}${Number(ms) + byMs}000000"`)
    .replace(/\\"(\d{4}-\d\d-\d\dT[\d:.]+Z)\\"/g, (_, iso: string) => `\\"${new Date(Date.parse(iso) + byMs).toISOString()}\\"`)
}
