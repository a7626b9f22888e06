import { expect, it } from 'vitest'
import { snippets } from './snippets'

const server = { baseUrl: 'http://localhost:4000', version: '1.2.3', requiredKey: null }

it('carry this address and version', () => {
  const { maven, environment, curl } = snippets(server)
  expect(maven).toContain('<version>1.2.3</version>')
  expect(environment).toContain('LANGFUSE_BASE_URL=http://localhost:4000')
  expect(curl).toContain('curl -sS http://localhost:4000/api/public/otel/v1/traces')
})

it('name the key where keys are checked', () => {
  const { environment, curl } = snippets({ ...server, requiredKey: 'pk-mine' })
  expect(environment).toContain('LANGFUSE_PUBLIC_KEY=pk-mine\nexport LANGFUSE_SECRET_KEY=<its secret key>')
  expect(curl).toContain('-u "$LANGFUSE_PUBLIC_KEY:$LANGFUSE_SECRET_KEY"')
})
