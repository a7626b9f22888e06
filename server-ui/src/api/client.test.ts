import { expect, it, vi } from 'vitest'
import { read } from './client'

it('asks for what is described, with names and values as an address writes them', async () => {
  const asked: string[] = []
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url)
    return Promise.resolve(Response.json({}))
  })
  await read('/api/public/v2/prompts/{promptName}', { promptName: 'shop/answer?', query: { version: 3, resolve: false } })
  await read('/api/viewer/traces/{traceId}/observations/{observationId}', { traceId: 'a b', observationId: '../c' })
  await read('/api/viewer/info', {})
  expect(asked).toEqual(['/api/public/v2/prompts/shop%2Fanswer%3F?version=3&resolve=false', '/api/viewer/traces/a%20b/observations/..%2Fc', '/api/viewer/info'])
})

/** Held by the compiler: a line that compiles after all is an error. */
export const refused = [
  // @ts-expect-error a parameter that the server does not know
  () => read('/api/public/v2/prompts', { query: { nmae: 'x' } }),
  // @ts-expect-error a parameter that is required
  () => read('/api/public/dataset-run-items', { query: { datasetId: 'd' } }),
  // @ts-expect-error an address without the name that it needs
  () => read('/api/public/v2/datasets/{name}', {}),
  // @ts-expect-error an address that is not there
  () => read('/api/public/v9/prompts', {}),
]
