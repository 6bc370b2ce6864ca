// What a line of a pledge waits for: whose step it is, of how much, since when, until when, and whether it is late. Pure decisions.
import { later } from '../../platform/day.ts'
import { VERIFY_WITHIN_DAYS, type PledgeState } from '../pledges/rules.ts'
import type { ReceiptAnswer } from './rules.ts'

/** In the order in which a gift meets them. CONFIRM is the household's, all others are an office's; HAND_OVER is the giver's, too. */
export const STEPS = ['VERIFY', 'ALLOCATE', 'HAND_OVER', 'CONFIRM', 'LOOK_INTO', 'SETTLE'] as const
export type Step = (typeof STEPS)[number]

/** Days are YYYY-MM-DD. */
export interface LineStanding {
  state: PledgeState
  registeredOn: string
  verifiedOn: string | null
  /** When the giver said that it would be handed over. */
  expectedOn: string
  promised: bigint
  allocated: bigint
  received: bigint
  settled: bigint
  /** When something that had been matched came free again, last. */
  releasedOn: string | null
  allocations: { decidedOn: string; allocated: bigint; dispatched: bigint }[]
  deliveries: {
    quantity: bigint
    dispatchedOn: string
    confirmBy: string
    answer: ReceiptAnswer | null
    received: bigint
    answeredOn: string | null
    /** While an office looks into the answer. */
    lookedIntoSince: string | null
    lookedIntoBy: string | null
  }[]
}

export interface Waiting {
  step: Step
  quantity: bigint
  since: string
  /** Whole days from `since` to today. */
  days: number
  /** The last day; null where none is set. */
  by: string | null
  isLate: boolean
}

const DAY_MS = 86_400_000
const earliest = (days: (string | null)[]) => days.filter((day) => day !== null).sort()[0] ?? null
const latest = (days: (string | null)[]) => days.filter((day) => day !== null).sort().at(-1) ?? null
const sum = <Row>(rows: Row[], of: (row: Row) => bigint) => rows.reduce((total, row) => total + of(row), 0n)

/** Everything that someone has to do for a line now, the first step first; nothing once all of it is settled. */
export function waitingFor(line: LineStanding, today: string): Waiting[] {
  const { state, registeredOn, verifiedOn, expectedOn, promised, allocated, received, settled, releasedOn, allocations, deliveries } = line
  const waits: Waiting[] = []
  const wait = (step: Step, quantity: bigint, since: string | null, by: string | null) => {
    if (quantity <= 0n || since === null) return
    waits.push({ step, quantity, since, days: Math.max(0, Math.round((Date.parse(today) - Date.parse(since)) / DAY_MS)), by, isLate: by !== null && by < today })
  }
  if (state === 'REGISTERED') wait('VERIFY', promised, registeredOn, later(registeredOn, { days: VERIFY_WITHIN_DAYS }))
  if (state === 'VERIFIED') wait('ALLOCATE', promised - allocated, latest([verifiedOn, releasedOn]), expectedOn)

  const toHandOver = allocations.filter((allocation) => allocation.allocated > allocation.dispatched)
  wait('HAND_OVER', sum(toHandOver, (one) => one.allocated - one.dispatched), earliest(toHandOver.map(({ decidedOn }) => decidedOn)), expectedOn)

  const unanswered = deliveries.filter(({ answer }) => answer === null)
  wait('CONFIRM', sum(unanswered, ({ quantity }) => quantity), earliest(unanswered.map(({ dispatchedOn }) => dispatchedOn)), earliest(unanswered.map(({ confirmBy }) => confirmBy)))

  const lookedInto = deliveries.filter(({ lookedIntoSince }) => lookedIntoSince !== null)
  wait('LOOK_INTO', sum(lookedInto, (one) => one.quantity - one.received), earliest(lookedInto.map(({ lookedIntoSince }) => lookedIntoSince)), earliest(lookedInto.map(({ lookedIntoBy }) => lookedIntoBy)))

  wait('SETTLE', received - settled, latest(deliveries.filter((one) => one.received > 0n).map(({ answeredOn }) => answeredOn)), null)
  return waits
}
