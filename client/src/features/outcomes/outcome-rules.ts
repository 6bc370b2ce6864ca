// Which outcomes a kind of support can have, and what must be said of each: pure.
import type { Family } from '../areas/support-kind.ts'

export const outcomeKinds = {
  CAPITAL: ['CAPITAL_USED', 'CAPITAL_MISUSED'],
  REVOLVING: ['CAPITAL_USED', 'CAPITAL_PAID_BACK', 'CAPITAL_LENT_ON', 'CAPITAL_MISUSED', 'CAPITAL_WRITTEN_OFF'],
  CREDIT: ['CREDIT_GRANTED', 'CREDIT_PURPOSE_CHECKED', 'CREDIT_REFUSED'],
  LIVESTOCK: ['LIVESTOCK_ALIVE', 'LIVESTOCK_BORN', 'LIVESTOCK_HANDED_ON', 'LIVESTOCK_DIED'],
  TRAINING: ['COURSE_FINISHED', 'CERTIFICATE_ISSUED'],
  JOB: ['JOB_INTERVIEWED', 'JOB_STARTED', 'JOB_NOT_TAKEN', 'JOB_KEPT', 'JOB_LOST'],
  OFFTAKE: ['PRODUCE_BOUGHT', 'PRODUCE_PAID'],
  GOODS: ['GOODS_IN_USE'],
  WORKS: ['COMPLETION_SIGNED', 'WORKS_IN_USE'],
  LABOUR: ['WORK_DONE'],
} as const satisfies Record<Family, readonly string[]>

export type RecordedKind = (typeof outcomeKinds)[Family][number]

/** Of animals in a herd's book, these are entered there, and nowhere else. */
const ofBook: readonly RecordedKind[] = ['LIVESTOCK_BORN', 'LIVESTOCK_HANDED_ON', 'LIVESTOCK_DIED']

/** What can be recorded by hand. */
export const recordableOf = (family: Family, hasBook: boolean): readonly RecordedKind[] => outcomeKinds[family].filter((kind: RecordedKind) => !hasBook || !ofBook.includes(kind))

const wentWrong: readonly string[] = ['CAPITAL_MISUSED', 'CAPITAL_WRITTEN_OFF', 'CREDIT_REFUSED', 'LIVESTOCK_DIED', 'JOB_NOT_TAKEN', 'JOB_LOST'] satisfies RecordedKind[]

export const isSetback = (kind: string) => kind === 'RELAPSED' || wentWrong.includes(kind)

export interface Asks {
  cause: boolean
  witness: boolean
  toHousehold: boolean
  price: boolean
}

/** What went wrong needs its cause; a death and a completion record a witness; what goes round, whom it went to; what is bought, its price. */
export function asks(kind: RecordedKind): Asks {
  return {
    cause: wentWrong.includes(kind),
    witness: kind === 'LIVESTOCK_DIED' || kind === 'COMPLETION_SIGNED',
    toHousehold: kind === 'LIVESTOCK_HANDED_ON' || kind === 'CAPITAL_LENT_ON',
    price: kind === 'PRODUCE_BOUGHT',
  }
}
