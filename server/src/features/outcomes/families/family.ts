// The shape of a family's rule, and the sums that families share: what may be said of a gift, how much of it on a day, and when it is complete.
import type { OutcomeKind } from '../../../generated/prisma/enums.ts'
import type { Sentence } from '../../../platform/failure.ts'

/** Those that people record; LEFT_POVERTY and RELAPSED follow from a recognised status. */
export type RecordedKind = Exclude<OutcomeKind, 'LEFT_POVERTY' | 'RELAPSED'>

export interface Recorded {
  kind: OutcomeKind
  quantity: bigint
  observedOn: string
  /** It was seen with a household that an animal went on to, not with the one that received the gift. */
  isFurtherOn?: boolean
}

export interface Saying extends Recorded {
  kind: RecordedKind
  cause: string | null
  witnessName: string | null
  toHouseholdId: string | null
  /** VND a unit. */
  unitPrice?: bigint | null
}

/** What is known of the allocation that an outcome is of. */
export interface Ground {
  received: bigint
  householdId: string
  before: Recorded[]
  /** VND a unit, under which nothing is bought. */
  floorPrice?: bigint | null
}

/** What is known of an allocation that was handed over in full, and of which something came. */
export interface Standing extends Omit<Ground, 'householdId'> {
  dispatched: bigint
  settled: bigint
  firstReceivedOn: string
}

export interface Completion {
  isComplete: boolean
  says: Sentence
}

export interface Says {
  /** What must be said with it. */
  asks?: readonly ('cause' | 'witnessName' | 'toHouseholdId')[]
  /** A price a unit is said with it, and with nothing else. */
  isPriced?: true
  /** Told to both sides and the offices, not to everyone. */
  isPrivate?: true
  /** Where a book is kept of what came, the book says it and nobody else. */
  isOfBook?: true
  /** The most that can be said of it on a day, so that it agrees with what is recorded before and after that day. */
  most(day: string, ground: Pick<Ground, 'received' | 'before'>): bigint
  /** Whatever else it takes. @throws InvalidInput, Conflict */
  check?(saying: Saying, ground: Ground): void
}

/** What a household is asked about what it received: it says yes, how many, or no. */
export interface Question {
  yes: RecordedKind
  /** What no means; nothing is recorded where it means "not yet". */
  no?: RecordedKind
}

export interface Family {
  says: Partial<Record<RecordedKind, Says>>
  /** What the household itself may say, in the order in which it is asked: what nobody knows better, and never a check of itself. */
  asks?: readonly Question[]
  completion(standing: Standing): Completion
}

export const complete = (vi: string, en: string): Completion => ({ isComplete: true, says: { vi, en } })
export const waiting = (vi: string, en: string): Completion => ({ isComplete: false, says: { vi, en } })

export const sumOf = (before: Recorded[], ...kinds: OutcomeKind[]) =>
  before.reduce((sum, outcome) => (kinds.includes(outcome.kind) ? sum + outcome.quantity : sum), 0n)

export const until = (before: Recorded[], day: string) => before.filter((outcome) => outcome.observedOn <= day)

/** The least that is left from a day on: what is taken on a day must not be missed on a later one. */
export const leastFrom = (day: string, before: Recorded[], left: (on: string) => bigint) =>
  [day, ...before.map((outcome) => outcome.observedOn).filter((other) => other > day)].map(left).reduce((least, value) => (value < least ? value : least))

/** Of what was received, what none of these kinds has been said of. */
export const restOf = (...kinds: RecordedKind[]): Says['most'] => (_day, { received, before }) => received - sumOf(before, ...kinds)

/** Each second follows a first: on no day have there been more of them. */
export const following = (first: RecordedKind, second: RecordedKind): Says['most'] => (day, { before }) =>
  leastFrom(day, before, (on) => sumOf(until(before, on), first) - sumOf(until(before, on), second))
