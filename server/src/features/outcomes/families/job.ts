// Jobs, from the referral on: complete once whoever was taken on is seen at work twelve months later, or what was lost or refused is recorded with its cause.
import { later, spoken } from '../../../platform/day.ts'
import { conflict } from '../../../platform/failure.ts'
import { type Family, type Ground, type Recorded, type Saying, complete, leastFrom, restOf, sumOf, until, waiting } from './family.ts'

/** Months after the start at which somebody looks whether the job is kept; the last one completes it. */
export const MILESTONES = [3, 6, 12] as const
const [FIRST, , LAST] = MILESTONES

type Known = Pick<Ground, 'received' | 'before'>

const startsIn = (before: Recorded[]) => before.filter((outcome) => outcome.kind === 'JOB_STARTED').map((outcome) => outcome.observedOn).sort()
const atWorkOn = (day: string, before: Recorded[]) => sumOf(until(before, day), 'JOB_STARTED') - sumOf(until(before, day), 'JOB_LOST')
/** Posts that had been held for three months by a day, were none of them lost. */
const lastingBy = (day: string, before: Recorded[]) => sumOf(before.filter((outcome) => later(outcome.observedOn, { months: FIRST }) <= day), 'JOB_STARTED')

function kept(day: string, { before }: Known): bigint {
  const [atWork, lasting] = [atWorkOn(day, before), lastingBy(day, before)]
  return atWork < lasting ? atWork : lasting
}

/** A later count of those at work stands; on its own day a job may have been lost after it. */
function lost(day: string, { before }: Known): bigint {
  const counted = (on: string) => before.reduce((most, outcome) =>
    outcome.kind === 'JOB_KEPT' && outcome.observedOn === on && on > day && outcome.quantity > most ? outcome.quantity : most, 0n)
  return leastFrom(day, before, (on) => atWorkOn(on, before) - counted(on))
}

function checkKept({ observedOn }: Saying, { before }: Ground): void {
  const [first] = startsIn(before)
  const lasting = first && later(first, { months: FIRST })
  if (lasting && observedOn < lasting) {
    throw conflict('TOO_EARLY', `Việc làm được tính là giữ được khi đủ ${FIRST} tháng: từ ${spoken(lasting)}.`, `A job counts as kept after ${FIRST} months: from ${lasting} on.`)
  }
}

/** Each referral ends in a start or in none. */
const decided = restOf('JOB_STARTED', 'JOB_NOT_TAKEN')

export const JOB: Family = {
  says: {
    JOB_INTERVIEWED: { most: restOf('JOB_INTERVIEWED') },
    JOB_STARTED: { most: decided },
    JOB_NOT_TAKEN: { most: decided, asks: ['cause'], isPrivate: true },
    JOB_KEPT: { most: kept, check: checkKept },
    JOB_LOST: { most: lost, asks: ['cause'], isPrivate: true },
  },
  asks: [{ yes: 'JOB_STARTED' }, { yes: 'JOB_KEPT', no: 'JOB_LOST' }],
  completion({ received, before }) {
    const started = sumOf(before, 'JOB_STARTED')
    if (started + sumOf(before, 'JOB_NOT_TAKEN') < received) {
      return sumOf(before, 'JOB_INTERVIEWED') > 0n
        ? waiting('Đã phỏng vấn; chờ bắt đầu làm việc.', 'Interviewed; waiting for the job to start.')
        : waiting('Đã giới thiệu; chờ phỏng vấn, bắt đầu làm việc.', 'Referred; waiting for an interview, and for the job to start.')
    }
    if (started === 0n) return complete('Không được nhận vào làm, hoặc không nhận việc; đã ghi lý do.', 'The post was not taken; the reason is recorded.')
    const lastStart = startsIn(before).at(-1)!
    const reached = (months: number) => before.filter((outcome) => outcome.kind === 'JOB_KEPT' && outcome.observedOn >= later(lastStart, { months }))
    const accounted = ({ quantity, observedOn }: Recorded) => quantity + sumOf(until(before, observedOn), 'JOB_LOST') >= started
    const last = reached(LAST).find(accounted)
    if (last) return complete(`Giữ được việc đủ ${LAST} tháng.`, `Kept for ${LAST} months.`)
    if (sumOf(before, 'JOB_LOST') === started) return complete('Không còn giữ được việc; đã ghi nguyên nhân.', 'The job was lost; the cause is recorded.')
    const next = MILESTONES.find((months) => reached(months).length === 0) ?? LAST
    const on = later(lastStart, { months: next })
    return waiting(`Đã đi làm; xem còn giữ việc ở mốc ${next} tháng (${spoken(on)}).`, `At work; to be seen again at ${next} months, on ${on}.`)
  },
}
