// What may be said to have become of a gift, and when it is complete: pure decisions.
import type { Sentence } from '../../platform/failure.ts'
import { conflict, invalid } from '../../platform/failure.ts'
import { later, spoken } from '../../platform/day.ts'
import { MAX_QUANTITY } from '../pledges/rules.ts'
import { inEn, inVi } from '../../platform/number.ts'

export type Family = 'CAPITAL' | 'LIVESTOCK' | 'TRAINING'
/** Those that people record; LEFT_POVERTY and RELAPSED follow from a recognised status. */
export type RecordedKind =
  | 'CAPITAL_USED' | 'CAPITAL_MISUSED' | 'LIVESTOCK_ALIVE' | 'LIVESTOCK_BORN' | 'LIVESTOCK_DIED' | 'LIVESTOCK_HANDED_ON' | 'COURSE_FINISHED' | 'CERTIFICATE_ISSUED'
export type OutcomeKind = RecordedKind | 'LEFT_POVERTY' | 'RELAPSED'

export const KINDS_OF: Record<Family, readonly RecordedKind[]> = {
  CAPITAL: ['CAPITAL_USED', 'CAPITAL_MISUSED'],
  LIVESTOCK: ['LIVESTOCK_ALIVE', 'LIVESTOCK_BORN', 'LIVESTOCK_DIED', 'LIVESTOCK_HANDED_ON'],
  TRAINING: ['COURSE_FINISHED', 'CERTIFICATE_ISSUED'],
}

/** The first offspring stays at least this long with its mother's household (the Red Cross cow bank: 6 to 12 months). */
export const HAND_ON_AFTER_MONTHS = 6
/** Livestock seen alive this long after it came has taken root. */
export const ALIVE_AFTER_MONTHS = 12

export interface Recorded {
  kind: OutcomeKind
  quantity: bigint
  observedOn: string
}

export interface Saying extends Recorded {
  kind: RecordedKind
  cause: string | null
  witnessName: string | null
  toHouseholdId: string | null
}

/** What is known of the allocation that the outcome is of. */
export interface Ground {
  family: Family
  received: bigint
  /** The day of the first receipt; null when nothing was received. */
  firstReceivedOn: string | null
  householdId: string
  before: Recorded[]
}

const sumOf = (before: Recorded[], kind: OutcomeKind) => before.reduce((sum, outcome) => (outcome.kind === kind ? sum + outcome.quantity : sum), 0n)
const until = (before: Recorded[], day: string) => before.filter((outcome) => outcome.observedOn <= day)

/** Head that should be there: what came and was born, less what died and was handed on. */
export const livingOf = ({ received, before }: Pick<Ground, 'received' | 'before'>) =>
  received + sumOf(before, 'LIVESTOCK_BORN') - sumOf(before, 'LIVESTOCK_DIED') - sumOf(before, 'LIVESTOCK_HANDED_ON')

/** @throws InvalidInput, Conflict */
export function checkOutcome(saying: Saying, ground: Ground, today: string): void {
  const { kind, quantity, observedOn } = saying
  if (!KINDS_OF[ground.family].includes(kind)) {
    throw invalid('kind', 'OTHER_FAMILY', 'Kết quả này không thuộc loại hỗ trợ đó.', 'This outcome does not belong to that kind of support.')
  }
  if (quantity < 1n) throw invalid('quantity', 'BAD_QUANTITY', 'Số lượng phải từ 1 trở lên.', 'The quantity must be at least 1.')
  if (ground.firstReceivedOn === null || ground.received === 0n) {
    throw conflict('NOTHING_RECEIVED', 'Hộ chưa xác nhận nhận được gì, nên chưa ghi kết quả được.', 'The household has not confirmed that anything came, so there is no outcome to record yet.')
  }
  if (observedOn > today || observedOn < ground.firstReceivedOn) {
    throw invalid('observedOn', 'BAD_DAY', `Ngày ghi nhận phải từ ${spoken(ground.firstReceivedOn)} (ngày hộ nhận) đến hôm nay.`,
      `The day must lie between ${ground.firstReceivedOn}, when the household received it, and today.`)
  }
  if ((kind === 'CAPITAL_MISUSED' || kind === 'LIVESTOCK_DIED') && !saying.cause?.trim()) {
    throw invalid('cause', 'CAUSE_NEEDED', 'Hãy ghi nguyên nhân.', 'Say what the cause was.')
  }
  if (kind === 'LIVESTOCK_DIED' && !saying.witnessName?.trim()) {
    throw invalid('witnessName', 'WITNESS_NEEDED', 'Hãy ghi tên người làm chứng.', 'Name the witness.')
  }
  if (kind === 'LIVESTOCK_HANDED_ON') checkHandingOn(saying, ground)
  const most = mostOf(kind, observedOn, ground)
  if (quantity > most) {
    const left = most < 0n ? 0n : most // below nothing when an answer was lowered after outcomes had been recorded
    throw conflict('MORE_THAN_THERE_IS', `Theo những gì đã ghi, ngày ${spoken(observedOn)} chỉ còn ${inVi(left)}. Hãy kiểm tra lại số lượng và ngày.`,
      `By what is recorded, only ${inEn(left)} were left on ${observedOn}. Check the quantity and the day.`)
  }
}

function checkHandingOn({ quantity, toHouseholdId, observedOn }: Saying, { householdId, before }: Ground): void {
  if (!toHouseholdId) throw invalid('toHouseholdId', 'RECEIVER_NEEDED', 'Hãy chọn hộ được nhận con giống.', 'Choose the household that receives the animal.')
  if (toHouseholdId === householdId) throw invalid('toHouseholdId', 'SAME_HOUSEHOLD', 'Con giống phải chuyển cho một hộ khác.', 'The animal must go to another household.')
  const grown = leastFrom(observedOn, before, (on) => grownBy(on, before) - sumOf(until(before, on), 'LIVESTOCK_HANDED_ON'))
  if (quantity > grown) {
    const next = before.filter((outcome) => outcome.kind === 'LIVESTOCK_BORN').map((birth) => grownOn(birth)).filter((day) => day > observedOn).sort()[0]
    throw conflict('TOO_YOUNG',
      `Con giống được chuyển giao khi đủ ${HAND_ON_AFTER_MONTHS} tháng tuổi; ngày ${spoken(observedOn)} mới có ${grown} con.${next ? ` Lứa sau đủ tuổi từ ${spoken(next)}.` : ''}`,
      `An animal is handed on once it is ${HAND_ON_AFTER_MONTHS} months old; on ${observedOn} there were ${grown}.${next ? ` The next are old enough from ${next} on.` : ''}`)
  }
}

const grownOn = (birth: Recorded) => later(birth.observedOn, { months: HAND_ON_AFTER_MONTHS })
/** Offspring old enough by a day to be handed on. */
const grownBy = (day: string, before: Recorded[]) => sumOf(before.filter((outcome) => grownOn(outcome) <= day), 'LIVESTOCK_BORN')

/** The least that is left from a day on: what is taken on a day must not be missed on a later one. */
const leastFrom = (day: string, before: Recorded[], left: (on: string) => bigint) =>
  [day, ...before.map((outcome) => outcome.observedOn).filter((other) => other > day)].map(left).reduce((least, value) => (value < least ? value : least))

/** The most that can be said of a kind on a day, so that it agrees with what is recorded before and after it. */
export function mostOf(kind: RecordedKind, day: string, { received, before }: Pick<Ground, 'received' | 'before'>): bigint {
  const livingOn = (on: string) => livingOf({ received, before: until(before, on) })
  /** A count stands; on its own day an animal may have gone after it. */
  const counted = (on: string) => before.reduce((most, outcome) =>
    outcome.kind === 'LIVESTOCK_ALIVE' && outcome.observedOn === on && on > day && outcome.quantity > most ? outcome.quantity : most, 0n)
  switch (kind) {
    case 'CAPITAL_USED':
    case 'CAPITAL_MISUSED':
      return received - sumOf(before, 'CAPITAL_USED') - sumOf(before, 'CAPITAL_MISUSED')
    case 'LIVESTOCK_BORN':
      return livingOn(day) > 0n ? MAX_QUANTITY.head : 0n // a birth needs a mother
    case 'LIVESTOCK_ALIVE':
      return livingOn(day)
    case 'LIVESTOCK_DIED':
    case 'LIVESTOCK_HANDED_ON':
      return leastFrom(day, before, (on) => livingOn(on) - counted(on))
    case 'COURSE_FINISHED':
      return received - sumOf(before, 'COURSE_FINISHED')
    case 'CERTIFICATE_ISSUED':
      return leastFrom(day, before, (on) => sumOf(until(before, on), 'COURSE_FINISHED') - sumOf(until(before, on), 'CERTIFICATE_ISSUED'))
  }
}

export interface Completion {
  isComplete: boolean
  says: Sentence
}

const complete = (vi: string, en: string): Completion => ({ isComplete: true, says: { vi, en } })
const waiting = (vi: string, en: string): Completion => ({ isComplete: false, says: { vi, en } })

/** The rule of completion of a family, applied to what is known. */
export function completionOf(
  { family, allocated, dispatched, received, settled, firstReceivedOn, before }: Omit<Ground, 'householdId'> & { allocated: bigint; dispatched: bigint; settled: bigint },
): Completion {
  if (allocated === 0n) return complete('Đã bỏ ghép, không còn gì phải theo dõi.', 'Released; nothing is left to follow.')
  if (received === 0n || firstReceivedOn === null) return waiting('Chờ hộ xác nhận đã nhận.', 'Waiting for the household to confirm receipt.')
  if (dispatched < allocated) {
    const left = allocated - dispatched
    return waiting(`Còn ${inVi(left)} chưa giao.`, `${inEn(left)} still to be handed over.`)
  }
  if (family === 'CAPITAL') {
    const used = sumOf(before, 'CAPITAL_USED')
    const misused = sumOf(before, 'CAPITAL_MISUSED')
    if (used + misused < received) return waiting('Chờ kiểm tra việc dùng vốn đúng mục đích.', 'Waiting to see that it was used for its purpose.')
    if (settled < received) return waiting('Vốn đã dùng; chờ quyết toán.', 'Used; waiting to be settled.')
    return misused > 0n ? complete('Đã quyết toán; có phần dùng sai mục đích.', 'Settled; part of it was misused.') : complete('Đã dùng đúng mục đích và quyết toán xong.', 'Used for its purpose, and settled.')
  }
  if (family === 'LIVESTOCK') {
    if (sumOf(before, 'LIVESTOCK_HANDED_ON') > 0n) return complete('Đã sinh sản và chuyển giao con giống cho hộ khác.', 'It has bred, and offspring was handed on to another household.')
    const rooted = later(firstReceivedOn, { months: ALIVE_AFTER_MONTHS })
    if (before.some((outcome) => outcome.kind === 'LIVESTOCK_ALIVE' && outcome.observedOn >= rooted)) return complete('Con giống sống khỏe sau 12 tháng.', 'Alive and well after 12 months.')
    if (livingOf({ received, before }) === 0n) return complete('Con giống đã chết, đã ghi nguyên nhân.', 'The animals died; the causes are recorded.')
    return waiting(`Theo dõi đến ${spoken(rooted)} hoặc đến khi chuyển giao con giống.`, `Followed until ${rooted}, or until offspring is handed on.`)
  }
  if (sumOf(before, 'COURSE_FINISHED') < received) return waiting('Chờ học xong khóa học.', 'Waiting for the course to be finished.')
  if (sumOf(before, 'CERTIFICATE_ISSUED') < received) return waiting('Đã học xong; chờ cấp chứng chỉ.', 'Finished; waiting for the certificate.')
  return complete('Đã học xong và có chứng chỉ.', 'Finished, with a certificate.')
}
