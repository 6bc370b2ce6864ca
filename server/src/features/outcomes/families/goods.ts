// Goods: complete once the household has confirmed all of them, or what is missing was closed by settling the rest.
import { inEn, inVi } from '../../../platform/number.ts'
import { type Family, complete, waiting } from './family.ts'

export const GOODS: Family = {
  says: {
    GOODS_IN_USE: { most: (_day, { received }) => received }, // seen again on any visit
  },
  asks: [{ yes: 'GOODS_IN_USE' }],
  completion({ dispatched, received, settled }) {
    const missing = dispatched - received
    if (missing === 0n) return complete('Hộ đã xác nhận nhận đủ.', 'The household has confirmed all of it.')
    return settled < received
      ? waiting(`Hộ nhận thiếu ${inVi(missing)}; chờ làm rõ và quyết toán.`, `${inEn(missing)} did not come; waiting for the reason, and to be settled.`)
      : complete(`Hộ nhận thiếu ${inVi(missing)}; đã quyết toán phần đã nhận.`, `${inEn(missing)} did not come; what came is settled.`)
  },
}
