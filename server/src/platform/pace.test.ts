// An allowance and what becomes of it, by a clock that the test turns.
import { expect, test } from 'vitest'
import { createPaces } from './pace.ts'

test('a burst is let through, then as much as comes back with time, for each name by itself', () => {
  let now = 0
  const paces = createPaces({ burst: 10, perSecond: 2 }, () => now)
  const spent = (name: string, times: number, cost = 1) => Array.from({ length: times }, () => paces.spend(name, cost)).filter(Boolean).length
  expect(spent('a', 50)).toBe(10)
  expect(spent('b', 50, 4)).toBe(2)
  now += 1_500
  expect(spent('a', 50)).toBe(3)
  now += 3_600_000
  expect(spent('a', 50)).toBe(10)
})

test('whoever has rested is forgotten, and nobody else', () => {
  let now = 0
  const paces = createPaces({ burst: 10, perSecond: 2 }, () => now)
  paces.spend('a', 2)
  paces.spend('b', 10)
  now += 1_000
  paces.sweep()
  expect(paces.size()).toBe(1)
  expect(paces.spend('b', 3)).toBe(false)
})
