// Purchase of produce: complete once all that was taken is weighed as bought, and paid.
import { invalid } from '../../../platform/failure.ts'
import { inEn, inVi } from '../../../platform/number.ts'
import { type Family, type Ground, type Saying, complete, following, restOf, sumOf, waiting } from './family.ts'

function aboveFloor({ unitPrice }: Saying, { floorPrice }: Ground): void {
  if (unitPrice != null && floorPrice != null && unitPrice < floorPrice) {
    throw invalid('unitPrice', 'UNDER_FLOOR_PRICE', `Giá sàn đã cam kết là ${inVi(floorPrice)} đồng một kg, nên không ghi mua với giá thấp hơn.`,
      `The floor price promised is VND ${inEn(floorPrice)} a kg; nothing is bought for less.`)
  }
}

export const OFFTAKE: Family = {
  says: {
    PRODUCE_BOUGHT: { most: restOf('PRODUCE_BOUGHT'), isPriced: true, check: aboveFloor },
    PRODUCE_PAID: { most: following('PRODUCE_BOUGHT', 'PRODUCE_PAID') },
  },
  asks: [{ yes: 'PRODUCE_BOUGHT' }, { yes: 'PRODUCE_PAID' }],
  completion({ received, before }) {
    const bought = sumOf(before, 'PRODUCE_BOUGHT')
    const unpaid = bought - sumOf(before, 'PRODUCE_PAID')
    if (bought < received) return waiting(`Chờ thu mua ${inVi(received - bought)} kg còn lại.`, `${inEn(received - bought)} kg is still to be bought.`)
    if (unpaid > 0n) return waiting(`Đã mua; chờ trả tiền ${inVi(unpaid)} kg.`, `Bought; ${inEn(unpaid)} kg is still to be paid for.`)
    return complete('Đã mua và trả tiền đủ.', 'Bought, and paid in full.')
  },
}
