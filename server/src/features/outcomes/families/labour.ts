// Labour and expertise: complete once the work is done.
import { inEn, inVi } from '../../../platform/number.ts'
import { type Family, complete, restOf, sumOf, waiting } from './family.ts'

export const LABOUR: Family = {
  says: {
    WORK_DONE: { most: restOf('WORK_DONE') },
  },
  asks: [{ yes: 'WORK_DONE' }],
  completion({ received, before }) {
    const left = received - sumOf(before, 'WORK_DONE')
    if (left > 0n) return waiting(`Chờ ghi nhận đã làm: còn ${inVi(left)}.`, `Waiting for the work to be done: ${inEn(left)} left.`)
    return complete('Đã làm xong.', 'The work is done.')
  },
}
