// Capital that is lent without interest and goes round: complete once all of it is paid back and lent on to other households.
import { inEn, inVi } from '../../../platform/number.ts'
import { CAPITAL_SAYS } from './capital.ts'
import { type Family, complete, following, restOf, sumOf, waiting } from './family.ts'
import { toAnother } from './to-another.ts'

export const REVOLVING: Family = {
  says: {
    ...CAPITAL_SAYS,
    CAPITAL_PAID_BACK: { most: restOf('CAPITAL_PAID_BACK') },
    CAPITAL_LENT_ON: { most: following('CAPITAL_PAID_BACK', 'CAPITAL_LENT_ON'), asks: ['toHouseholdId'], check: toAnother },
  },
  completion({ received, settled, before }) {
    const owed = received - sumOf(before, 'CAPITAL_PAID_BACK')
    const idle = received - sumOf(before, 'CAPITAL_LENT_ON')
    // What has come back needs no more looking after.
    if (owed > 0n && sumOf(before, 'CAPITAL_USED', 'CAPITAL_MISUSED') < received) return waiting('Chờ kiểm tra việc dùng vốn đúng mục đích.', 'Waiting to see that it was used for its purpose.')
    if (owed > 0n) return waiting(`Hộ còn hoàn lại ${inVi(owed)} đồng.`, `VND ${inEn(owed)} is still to be paid back.`)
    if (idle > 0n) return waiting(`Đã hoàn đủ; còn ${inVi(idle)} đồng chờ chuyển cho hộ khác.`, `Paid back in full; VND ${inEn(idle)} is still to be lent on.`)
    if (settled < received) return waiting('Đã hoàn đủ và chuyển cho hộ khác; chờ quyết toán.', 'Paid back and lent on; waiting to be settled.')
    return complete('Đã hoàn đủ, chuyển tiếp cho hộ khác và quyết toán xong.', 'Paid back in full, lent on to other households, and settled.')
  },
}
