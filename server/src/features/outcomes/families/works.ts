// Houses, latrines, water: complete once the completion record of each is signed before a witness.
import { inEn, inVi } from '../../../platform/number.ts'
import { type Family, complete, restOf, sumOf, waiting } from './family.ts'

export const WORKS: Family = {
  says: {
    COMPLETION_SIGNED: { most: restOf('COMPLETION_SIGNED'), asks: ['witnessName'] },
    WORKS_IN_USE: { most: (_day, { received }) => received }, // the house is lived in, the water runs: seen again on any visit
  },
  asks: [{ yes: 'WORKS_IN_USE' }],
  completion({ received, before }) {
    const unsigned = received - sumOf(before, 'COMPLETION_SIGNED')
    if (unsigned > 0n) return waiting(`Chờ ký biên bản nghiệm thu ${inVi(unsigned)} công trình.`, `Waiting for the completion record of ${inEn(unsigned)}.`)
    return complete('Đã ký biên bản nghiệm thu.', 'The completion record is signed.')
  },
}
