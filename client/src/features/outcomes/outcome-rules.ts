// Which outcomes a kind of support can have, and what must be said of each: pure.
import type { Family } from '../desk/support.tsx'

export const outcomeKinds = {
  CAPITAL: ['CAPITAL_USED', 'CAPITAL_MISUSED'],
  LIVESTOCK: ['LIVESTOCK_ALIVE', 'LIVESTOCK_BORN', 'LIVESTOCK_HANDED_ON', 'LIVESTOCK_DIED'],
  TRAINING: ['COURSE_FINISHED', 'CERTIFICATE_ISSUED'],
} as const satisfies Record<Family, readonly string[]>

export type RecordedKind = (typeof outcomeKinds)[Family][number]

export interface Asks {
  cause: boolean
  witness: boolean
  toHousehold: boolean
}

/** What went wrong needs its cause, a death a witness too; what is handed on needs whom it went to. */
export function asks(kind: RecordedKind): Asks {
  return {
    cause: kind === 'LIVESTOCK_DIED' || kind === 'CAPITAL_MISUSED',
    witness: kind === 'LIVESTOCK_DIED',
    toHousehold: kind === 'LIVESTOCK_HANDED_ON',
  }
}
