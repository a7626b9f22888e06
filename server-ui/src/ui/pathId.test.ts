import { expect, it } from 'vitest'
import { pathId } from './pathId'

it.each(['user:42', 'a/b?c#d', 'naïve', '100 % sure'])('finds %s again in its address', (id) => {
  expect(pathId(decodeURI(encodeURIComponent(id)))).toBe(id)
})
