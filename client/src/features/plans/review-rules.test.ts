// How a printed figure stands beside the register's, and which quarters a plan has.
import { describe, expect, test } from 'vitest'
import { quartersAfter } from './periods.ts'
import { flagOf } from './review-rules.ts'

describe('a flag', () => {
  const printed = { numerator: 1, denominator: 6, percent: '16%' }
  test('warns of a percentage that was cut off instead of rounded', () => {
    expect(flagOf({ kind: 'UNIT', check: 'PERCENT_DIFFERS', percent: 16.7, printed })).toMatchObject({ tone: 'warn', says: 'printedPercent', percent: '16%' })
  })
  test('is grave for a percentage of another number', () => {
    expect(flagOf({ kind: 'UNIT', check: 'PERCENT_DIFFERS', percent: 28.6, printed: { numerator: 2, denominator: 7, percent: '14%' } })).toMatchObject({ tone: 'danger' })
  })
  test('says the printed n/N where it is not the register\'s', () => {
    expect(flagOf({ kind: 'UNIT', check: 'COUNTS_DIFFER', percent: 20, printed })).toMatchObject({ tone: 'danger', says: 'printedCounts', counts: '1/6' })
  })
  test('tells households of no unit from a unit that the report leaves out', () => {
    expect(flagOf({ kind: 'OTHER', check: 'NOT_PRINTED', percent: 0, printed: null }).says).toBe('unnamed')
    expect(flagOf({ kind: 'UNIT', check: 'NOT_PRINTED', percent: 0, printed: null }).says).toBe('notPrinted')
  })
})

describe('the quarters of a plan', () => {
  test('begin after its baseline and end with the one of the last day', () => {
    expect(quartersAfter('2023-12-31', '2024-06-30').map(({ key, from, to }) => [key, from, to])).toEqual([
      ['2024-1', '2024-01-01', '2024-03-31'],
      ['2024-2', '2024-04-01', '2024-06-30'],
    ])
  })
  test('are never none', () => {
    expect(quartersAfter('2023-12-31', '2023-12-31').map(({ key }) => key)).toEqual(['2024-1'])
  })
  test('leave out the one in which the baseline lies', () => {
    expect(quartersAfter('2024-02-15', '2024-07-01').map(({ key }) => key)).toEqual(['2024-2', '2024-3'])
  })
})
