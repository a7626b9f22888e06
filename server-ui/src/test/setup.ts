import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'

afterEach(cleanup)

// A busy machine is slow, not wrong: what is waited for may take longer than the default second.
configure({ asyncUtilTimeout: 10_000 })
