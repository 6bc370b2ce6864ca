// Capital that is given: complete once it is seen to be used for its purpose, and settled.
import { type Family, complete, restOf, sumOf, waiting } from './family.ts'

const most = restOf('CAPITAL_USED', 'CAPITAL_MISUSED')

export const CAPITAL_SAYS = {
  CAPITAL_USED: { most },
  CAPITAL_MISUSED: { most, asks: ['cause'], isPrivate: true },
} satisfies Family['says']

export const CAPITAL: Family = {
  says: CAPITAL_SAYS,
  completion({ received, settled, before }) {
    if (sumOf(before, 'CAPITAL_USED', 'CAPITAL_MISUSED') < received) return waiting('Chờ kiểm tra việc dùng vốn đúng mục đích.', 'Waiting to see that it was used for its purpose.')
    if (settled < received) return waiting('Vốn đã dùng; chờ quyết toán.', 'Used; waiting to be settled.')
    return sumOf(before, 'CAPITAL_MISUSED') > 0n
      ? complete('Đã quyết toán; có phần dùng sai mục đích.', 'Settled; part of it was misused.')
      : complete('Đã dùng đúng mục đích và quyết toán xong.', 'Used for its purpose, and settled.')
  },
}
