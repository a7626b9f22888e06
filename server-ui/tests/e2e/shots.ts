import { fileURLToPath } from 'node:url'

/** Where the journeys leave their pictures. */
export const shots = fileURLToPath(new URL('../../test-results/screens', import.meta.url))
