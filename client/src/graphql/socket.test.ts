// How long a page waits before it asks for the live connection again.
import { expect, test } from 'vitest'
import { waitAfter, waitBefore } from './socket.ts'

test('pages that lost the server together come back spread over three seconds', () => {
  expect([0, 0.25, 0.5, 1].map((chance) => waitBefore(0, chance))).toEqual([0, 750, 1_500, 3_000])
})

test('the span doubles with each attempt that fails, up to half a minute, and never ends', () => {
  expect([0, 1, 2, 3, 4, 50, 5_000].map((retry) => waitBefore(retry, 1))).toEqual([3_000, 6_000, 12_000, 24_000, 30_000, 30_000, 30_000])
})

test('the pages of one moment wait unalike', () => {
  const waits = Array.from({ length: 200 }, () => waitBefore(4))
  expect(new Set(waits).size).toBe(200)
  expect(Math.max(...waits)).toBeLessThanOrEqual(30_000)
})

test('a page that was told to slow down waits half a minute more than one that lost the server', () => {
  expect([0, 0.5, 1].map((chance) => waitAfter({ code: 4429, reason: 'Too many requests: try again in 30 s' }, 0, chance))).toEqual([30_000, 31_500, 33_000])
  expect([{ code: 1006 }, { code: 1013 }, null, new Error('lost')].map((end) => waitAfter(end, 0, 1))).toEqual([3_000, 3_000, 3_000, 3_000])
})
