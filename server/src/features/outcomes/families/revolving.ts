// Capital that is lent without interest and goes round: complete once all of it is paid back and lent on to other households, or written off where that can never be.
import { inEn, inVi } from '../../../platform/number.ts'
import { CAPITAL_SAYS } from './capital.ts'
import { type Family, complete, following, restOf, sumOf, waiting } from './family.ts'
import { toAnother } from './to-another.ts'

/** Of what was lent, what is still owed. */
const owedOf = restOf('CAPITAL_PAID_BACK', 'CAPITAL_WRITTEN_OFF')

export const REVOLVING: Family = {
  says: {
    ...CAPITAL_SAYS,
    CAPITAL_PAID_BACK: { most: owedOf },
    CAPITAL_LENT_ON: { most: following('CAPITAL_PAID_BACK', 'CAPITAL_LENT_ON'), asks: ['toHouseholdId'], check: toAnother },
    CAPITAL_WRITTEN_OFF: { most: owedOf, asks: ['cause'], isPrivate: true },
  },
  completion({ received, settled, before }) {
    const [back, lost] = [sumOf(before, 'CAPITAL_PAID_BACK'), sumOf(before, 'CAPITAL_WRITTEN_OFF')]
    const owed = received - back - lost
    const idle = back - sumOf(before, 'CAPITAL_LENT_ON')
    // What has come back, or never will, needs no more looking after.
    if (owed > 0n && sumOf(before, 'CAPITAL_USED', 'CAPITAL_MISUSED') < received) return waiting('Chờ kiểm tra việc dùng vốn đúng mục đích.', 'Waiting to see that it was used for its purpose.')
    if (owed > 0n) return waiting(`Hộ còn hoàn lại ${inVi(owed)} đồng.`, `VND ${inEn(owed)} is still to be paid back.`)
    if (idle > 0n) return waiting(`Không còn nợ; còn ${inVi(idle)} đồng chờ chuyển cho hộ khác.`, `Nothing is owed; VND ${inEn(idle)} is still to be lent on.`)
    const ended = lost > 0n
      ? { vi: `Đã xóa nợ ${inVi(lost)} đồng không hoàn lại được`, en: `VND ${inEn(lost)} written off, as it could not be paid back` }
      : { vi: 'Đã hoàn đủ, chuyển tiếp cho hộ khác', en: 'Paid back in full, lent on to other households' }
    if (settled < received) return waiting(`${ended.vi}; chờ quyết toán.`, `${ended.en}; waiting to be settled.`)
    return complete(`${ended.vi} và quyết toán xong.`, `${ended.en}, and settled.`)
  },
}
