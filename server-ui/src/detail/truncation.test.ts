import { expect, it } from 'vitest'
import { truncationIn } from './truncation'

it.each([
  ['nothing missing <b>', null],
  ['abc<truncated: 1,200 of 5,000 characters not recorded>', 'Not all of it was recorded: 1,200 of 5,000 characters are missing; LANGFUSE_MAX_VALUE_BYTES of the program sets how much it keeps.'],
  ['a<truncated: the server refused the size; 7 of 8 characters not recorded>', 'Not all of it was recorded: 7 of 8 characters are missing; the server it was sent to refused the size.'],
  ['["<3 more elements not recorded>","<truncated>"]', 'Not all of it was recorded: 3 more elements are missing, and there is more of that kind; LANGFUSE_MAX_VALUE_BYTES of the program sets how much it keeps.'],
])('%s', (text, expected) => {
  expect(truncationIn(text)).toBe(expected)
})
