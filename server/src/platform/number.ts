// Whole numbers as people write them: 1.000.000 in Vietnamese, 1,000,000 in English. A formatter takes a hundred times as long to make as to use.
import { type Bound, isWithin } from '../../../common/bounds.ts'
import { invalid } from './failure.ts'

const vi = new Intl.NumberFormat('vi-VN')
const en = new Intl.NumberFormat('en-GB')

export const inVi = (count: number | bigint): string => vi.format(count)
export const inEn = (count: number | bigint): string => en.format(count)

/** @param what it is, at the beginning of a sentence. @throws InvalidInput when the number is not within its bound */
export function mustBeWithin(value: number | bigint, bound: Bound, field: string, code: string, what: { vi: string; en: string }): void {
  if (isWithin(BigInt(value), bound)) return
  throw invalid(field, code, `${what.vi} phải từ ${inVi(bound.least)} đến ${inVi(bound.most)}.`, `${what.en} must be from ${inEn(bound.least)} to ${inEn(bound.most)}.`)
}

/** How much of something, in its unit. @throws InvalidInput */
export const mustBeQuantity = (value: bigint, bound: Bound, field = 'quantity'): void =>
  mustBeWithin(value, bound, field, 'BAD_QUANTITY', { vi: 'Số lượng', en: 'The quantity' })
