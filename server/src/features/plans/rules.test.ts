// The arithmetic of a review, on the figures of Móng Cái, quarter I/2024.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Check, type Printed, agrees, checkPrinted, leftToReach, percentOf, printedPercent } from './rules.ts'

describe('a percentage', () => {
  it.each([
    [3, 6, 1, 50], [1, 6, 1, 16.7], [2, 7, 1, 28.6], [1, 7, 1, 14.3], [12, 57, 1, 21.1], [40, 57, 1, 70.2], [57, 29_694, 2, 0.19],
    [1, 1, 0, 100], [0, 15, 1, 0], [1, 8, 0, 13], [1, 200, 1, 0.5], [1, 400, 1, 0.3],
  ])('of %i in %i with %i decimals is %d', (n, N, decimals, percent) => {
    expect(percentOf(n, N, decimals)).toBe(percent)
  })

  it('of nothing is none', () => {
    expect(percentOf(0, 0)).toBeNull()
  })

  it('is at most half a step from n/N', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 2 }), (N, n, decimals) => {
      expect(Math.abs(percentOf(n, N, decimals)! - (n / N) * 100)).toBeLessThanOrEqual(0.5 / 10 ** decimals + 1e-9)
    }))
  })
})

describe('a printed percentage', () => {
  it.each([['16%', 16, 0], ['28,6 %', 28.6, 1], ['0,19%', 0.19, 2], ['100', 100, 0]])('%s is %d with %i decimals', (text, value, decimals) => {
    expect(printedPercent(text)).toEqual({ value, decimals })
  })
  it.each(['', 'khoảng 16%', '1.6.2', '-3%'])('%j is none', (text) => {
    expect(printedPercent(text)).toBeNull()
  })
  it.each<[string, number, number, boolean]>([
    ['50%', 3, 6, true], ['16%', 1, 6, false], ['17%', 1, 6, true], ['14%', 2, 7, false], ['29%', 2, 7, true], ['14%', 1, 7, true],
    ['21%', 12, 57, true], ['70%', 40, 57, true], ['0,19%', 57, 29_694, true], ['0,2%', 57, 29_694, true], ['0%', 0, 0, false],
  ])('%s for %i of %i agrees: %s', (text, n, N, whether) => {
    expect(agrees(text, n, N)).toBe(whether)
  })
})

describe('a printed figure beside the register', () => {
  const printed = (numerator: number, denominator: number, percent: string): Printed => ({ numerator, denominator, percent })
  it.each<[Check, Printed | null, { escaped: number; had: number }]>([
    ['AGREES', printed(3, 6, '50%'), { escaped: 3, had: 6 }],
    ['PERCENT_DIFFERS', printed(2, 7, '14%'), { escaped: 2, had: 7 }],
    ['COUNTS_DIFFER', printed(2, 7, '29%'), { escaped: 2, had: 6 }],
    ['COUNTS_DIFFER', printed(2, 7, '29%'), { escaped: 1, had: 7 }],
    ['NOT_PRINTED', null, { escaped: 0, had: 15 }],
  ])('is %s', (check, figure, register) => {
    expect(checkPrinted(figure, register)).toBe(check)
  })
})

describe('what is left of a target', () => {
  it.each([[40, 12, 28], [40, 40, 0], [40, 45, 0]])('of %i with %i reached is %i', (target, reached, left) => {
    expect(leftToReach(target, reached)).toBe(left)
  })
})
