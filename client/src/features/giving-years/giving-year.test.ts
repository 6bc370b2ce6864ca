// What arrives in a year may have been promised the year before, and money is never added to an estimate.
import { expect, test } from 'vitest'
import { estimatesOf, stagesInYear } from './giving-year.ts'
import { yearIn } from './year-search.ts'

test('the longest bar is the largest quantity, whichever it is', () => {
  expect(stagesInYear({ promised: '2', allocated: '4', dispatched: '8', received: '8', settled: '0' }).map(({ share }) => share)).toEqual([0.25, 0.5, 1, 1, 0])
})

test('a year in which more was taken back than promised has no bar for it', () => {
  expect(stagesInYear({ promised: '-3', allocated: '0', dispatched: '0', received: '0', settled: '0' }).map(({ share }) => share)).toEqual([0, 0, 0, 0, 0])
})

test('money and estimates are added up apart, to the đồng', () => {
  const kinds = [
    { isEstimate: false, promisedValue: '9007199254740993', receivedValue: '1' }, { isEstimate: true, promisedValue: '15000000', receivedValue: '0' },
    { isEstimate: true, promisedValue: '3000000', receivedValue: '3000000' },
  ]
  expect(estimatesOf(kinds)).toEqual({ money: { promised: 9007199254740993n, received: 1n }, inKind: { promised: 18000000n, received: 3000000n } })
})

test('an address names a year that can be asked about, or none', () => {
  expect([{ nam: 2026 }, { nam: '2025' }, { nam: 'x' }, { nam: 1999 }, {}].map((search) => yearIn(search))).toEqual([{ nam: 2026 }, { nam: 2025 }, {}, {}, {}])
})
