// What a household owes of its animal under a programme's rules, what may happen to an animal next, and whose it is: pure decisions.
import { BOUNDS } from '../../../../common/bounds.ts'
import { later, spoken } from '../../platform/day.ts'
import { type Failure, type Sentence, conflict, invalid } from '../../platform/failure.ts'
import { inEn, inVi, mustBeWithin } from '../../platform/number.ts'
import { foldVi } from '../areas/fold.ts'
import type { HouseholdStatus } from '../households/rules.ts'

export interface RotationRule {
  /** Which calf that counts is handed on: 1 the first, 2 the second. */
  returnOrdinal: number
  maleCalf: 'SOLD_FOR_FEMALE' | 'COUNTS' | 'SKIPPED'
  returnFromMonths: number
  returnByMonths: number
  keepMonths: number
}

export type AnimalSex = 'FEMALE' | 'MALE'
export type AnimalOwner = 'PROGRAMME' | 'HOUSEHOLD'
export type AnimalStatus = 'ALIVE' | 'DIED' | 'STOLEN' | 'SOLD'
export type AnimalEventKind = 'REGISTERED' | 'BORN' | 'BOUGHT' | 'VACCINATED' | 'ILL' | 'DIED' | 'STOLEN' | 'SOLD' | 'HANDED_ON' | 'OWNED'
/** What people record of an animal; it is registered and handed on by commands of their own. */
export type RecordedEventKind = Exclude<AnimalEventKind, 'REGISTERED' | 'HANDED_ON'>

/** Days are YYYY-MM-DD. */
export interface Standing {
  sex: AnimalSex
  bornOn: string
  owner: AnimalOwner
  status: AnimalStatus
  /** Since when it is with its household. */
  since: string
  /** When one of her calves was handed on and had arrived. */
  returnedOn: string | null
  /** It was handed on, and the next household has not answered yet. */
  isAwaited: boolean
  /** It came to its household as a gift or from another household; a calf that is still where it was born did not. */
  isPlaced: boolean
}

export interface Calf extends Pick<Standing, 'sex' | 'bornOn' | 'status' | 'since' | 'isAwaited'> {
  id: string
  tag: string
  /** The male in whose place it was bought. */
  standsForId: string | null
}

/** A month to find the next household for an animal that was bought, however old it is. Our own choice. */
const HAND_ON_BOUGHT_WITHIN = { months: 1 }
/** No animal that programmes lend bears earlier: a lower figure is a slip of the pen. */
const DAM_FROM_MONTHS = 12

const latest = (...days: string[]) => days.reduce((a, b) => (a > b ? a : b))
const inOrder = (a: Calf, b: Calf) => (a.bornOn === b.bornOn ? (a.tag < b.tag ? -1 : 1) : a.bornOn < b.bornOn ? -1 : 1)

/** The calf that is to be handed on, or was sold for the one that will be; when it is lost, the next stands in. Undefined before it is born. */
export function dueCalf(rule: RotationRule, offspring: readonly Calf[]): Calf | undefined {
  const counting = offspring
    .filter((calf) => calf.standsForId === null && (calf.sex === 'FEMALE' || rule.maleCalf !== 'SKIPPED'))
    .sort(inOrder)
    .slice(rule.returnOrdinal - 1)
  for (const calf of counting) {
    if (calf.status === 'ALIVE') return calf
    if (calf.status !== 'SOLD' || !mustBeSold(rule, calf)) continue
    const bought = offspring.find(({ standsForId }) => standsForId === calf.id)
    if (!bought) return calf
    if (bought.status === 'ALIVE') return bought
  }
  return undefined
}

const mustBeSold = (rule: RotationRule, calf: Calf) => calf.sex === 'MALE' && rule.maleCalf === 'SOLD_FOR_FEMALE'

export type DutyState = 'AWAITS_BIRTH' | 'SELL_MALE' | 'BUY_FEMALE' | 'GROWING' | 'DUE' | 'OVERDUE' | 'AWAITS_ANSWER' | 'DONE' | 'EXCUSED'

export interface Duty {
  state: DutyState
  calfId: string | null
  /** From when, and by when, the calf is handed on. */
  from: string | null
  by: string | null
  /** From when the mother may be the household's own. */
  ownedFrom: string | null
  says: Sentence
}

/** What the household owes that keeps this mother; null where nobody owes anything: of a male, of a calf where it was born, of a cow of one's own. */
export function dutyOf(rule: RotationRule, mother: Standing, offspring: readonly Calf[], today: string): Duty | null {
  if (mother.sex === 'MALE' || !mother.isPlaced || (mother.owner === 'HOUSEHOLD' && mother.returnedOn === null)) return null
  const calf = dueCalf(rule, offspring)
  const duty = (state: DutyState, vi: string, en: string, window?: Window): Duty => ({
    state, calfId: state === 'DONE' ? null : calf?.id ?? null, from: window?.from ?? null, by: window?.by ?? null,
    ownedFrom: mother.returnedOn && ownedFrom(rule, mother), says: { vi, en },
  })
  if (mother.returnedOn) {
    const [vi, en] = [`Đã trao con giống cho hộ khác ngày ${spoken(mother.returnedOn)}`, `Handed an animal on to another household on ${mother.returnedOn}`]
    if (mother.owner === 'HOUSEHOLD') return duty('DONE', `${vi}; con mẹ thuộc về hộ.`, `${en}; the mother is the household's own.`)
    const day = ownedFrom(rule, mother)!
    return duty('DONE', `${vi}; con mẹ có thể thuộc về hộ từ ${spoken(day)}.`, `${en}; the mother may be the household's own from ${day} on.`)
  }
  if (!calf) {
    if (mother.status !== 'ALIVE') {
      return duty('EXCUSED', 'Con mẹ không còn, đã ghi nguyên nhân; hộ không phải trao gì.', 'The mother is gone, and the cause is recorded; the household owes nothing.')
    }
    return duty('AWAITS_BIRTH', `Chờ ${nthInVi(rule)} ra đời.`, `Waiting for the ${nthInEn(rule)} to be born.`)
  }
  if (calf.status === 'SOLD') return duty('BUY_FEMALE', `Đã bán bê đực ${calf.tag}: cần mua một bê cái để trao cho hộ kế tiếp.`, `The male calf ${calf.tag} was sold: a female is to be bought for the next household.`)
  if (calf.isAwaited) return duty('AWAITS_ANSWER', `Đã trao ${calf.tag}; chờ hộ nhận xác nhận.`, `${calf.tag} was handed on; waiting for the next household to confirm it.`)
  const window = windowOf(rule, calf)
  if (mustBeSold(rule, calf)) {
    return duty('SELL_MALE', `${calf.tag} là bê đực: bán và mua một bê cái để trao cho hộ kế tiếp.`, `${calf.tag} is a male: it is sold, and a female bought for the next household.`, window)
  }
  if (today < window.from) return duty('GROWING', `${calf.tag} đủ tuổi để trao từ ${spoken(window.from)}.`, `${calf.tag} is old enough to be handed on from ${window.from} on.`, window)
  if (today <= window.by) return duty('DUE', `${calf.tag} cần được trao cho hộ kế tiếp trước ngày ${spoken(window.by)}.`, `${calf.tag} is to be handed on to the next household by ${window.by}.`, window)
  return duty('OVERDUE', `${calf.tag} lẽ ra đã được trao trước ngày ${spoken(window.by)}.`, `${calf.tag} should have been handed on by ${window.by}.`, window)
}

interface Window {
  from: string
  by: string
}

function windowOf(rule: RotationRule, calf: Calf): Window {
  const [from, by] = [later(calf.bornOn, { months: rule.returnFromMonths }), later(calf.bornOn, { months: rule.returnByMonths })]
  return calf.standsForId === null ? { from, by } : { from: latest(from, calf.since), by: latest(by, later(calf.since, HAND_ON_BOUGHT_WITHIN)) }
}

const nthInVi = ({ returnOrdinal, maleCalf }: RotationRule) => `${maleCalf === 'SKIPPED' ? 'con cái' : 'con'} thứ ${inVi(returnOrdinal)}`
const nthInEn = ({ returnOrdinal, maleCalf }: RotationRule) => `${['first', 'second', 'third'][returnOrdinal - 1] ?? `${inEn(returnOrdinal)}th`}${maleCalf === 'SKIPPED' ? ' female' : ''} calf`

/** From when a mother may be the household's own: once a calf was handed on, and no sooner than the household vowed to keep her. */
export const ownedFrom = (rule: RotationRule, { since, returnedOn }: Pick<Standing, 'since' | 'returnedOn'>): string | null =>
  returnedOn && latest(returnedOn, later(since, { months: rule.keepMonths }))

/** Whose a calf is from birth: the programme's when it is the one to be handed on. */
export const ownerAtBirth = (rule: RotationRule, mother: Standing, before: readonly Calf[], calf: Calf): AnimalOwner =>
  mother.owner === 'PROGRAMME' && mother.isPlaced && mother.returnedOn === null && dueCalf(rule, [...before, calf])?.id === calf.id ? 'PROGRAMME' : 'HOUSEHOLD'

// ── what may happen ─────────────────────────────────────────────────────────────────────────────────────────────────

export interface Saying {
  kind: RecordedEventKind
  happenedOn: string
  cause: string | null
  witnessName: string | null
  price: bigint | null
}

/** @throws InvalidInput, Conflict when it cannot have happened to this animal; `duty` is that of the household for the animal's mother. */
export function checkEvent(saying: Saying, animal: Standing & { id: string; soldOn: string | null }, rule: RotationRule, duty: Duty | null, today: string): void {
  const { kind, happenedOn } = saying
  if (animal.isAwaited) throw conflict('AWAITS_ANSWER', 'Con này đang được trao cho hộ khác; hãy chờ hộ đó xác nhận.', 'It is being handed on to another household; wait for its answer.')
  if (kind === 'BOUGHT' ? animal.status !== 'SOLD' : animal.status !== 'ALIVE') throw gone(kind, animal.status)
  checkDay(happenedOn, latest(animal.since, animal.soldOn ?? animal.since), today)
  if (kind === 'SOLD' || kind === 'BOUGHT') {
    if (saying.price === null) throw invalid('price', 'PRICE_NEEDED', 'Hãy ghi giá tiền (đồng).', 'Give the price (VND).')
    mustBeWithin(saying.price, BOUNDS.animalPrice, 'price', 'BAD_PRICE', { vi: 'Giá tiền (đồng)', en: 'The price (VND)' })
  } else if (saying.price !== null) throw invalid('price', 'NO_PRICE', 'Chỉ ghi giá khi bán hoặc mua.', 'Only a sale or a purchase has a price.')
  switch (kind) {
    case 'BORN':
      if (animal.sex === 'MALE') throw conflict('NO_DAM', 'Con đực không đẻ. Hãy chọn con mẹ.', 'A male does not give birth. Choose the mother.')
      if (happenedOn < later(animal.bornOn, { months: DAM_FROM_MONTHS })) {
        throw invalid('happenedOn', 'TOO_YOUNG', `Con mẹ mới sinh ngày ${spoken(animal.bornOn)}, chưa thể đẻ vào ngày này.`, `The mother was born on ${animal.bornOn} and cannot have given birth by then.`)
      }
      return
    case 'DIED':
      if (!saying.cause) throw invalid('cause', 'CAUSE_NEEDED', 'Hãy ghi nguyên nhân.', 'Say what the cause was.')
      if (!saying.witnessName) throw witnessNeeded()
      return
    case 'STOLEN':
      if (!saying.witnessName) throw witnessNeeded()
      return
    case 'SOLD':
      if (animal.owner === 'PROGRAMME' && !(duty?.state === 'SELL_MALE' && duty.calfId === animal.id)) {
        throw conflict('NOT_FOR_SALE', 'Con này còn của chương trình, hộ không được bán.', "It is still the programme's, and the household may not sell it.")
      }
      return
    case 'BOUGHT':
      if (duty?.state !== 'BUY_FEMALE' || duty.calfId !== animal.id) {
        throw conflict('NOTHING_TO_BUY', 'Chỉ mua bê cái thay cho bê đực phải trao mà đã bán, mỗi con một lần.', 'A female is bought only for the male that was due and was sold, and only once.')
      }
      return
    case 'OWNED': {
      if (animal.owner === 'HOUSEHOLD') throw conflict('OWNED_ALREADY', 'Con này đã thuộc về hộ.', "It is the household's own already.")
      const from = ownedFrom(rule, animal)
      if (!from) throw conflict('DUTY_OPEN', 'Hộ chưa trao con giống cho hộ khác, nên con mẹ chưa thuộc về hộ.', 'No calf has been handed on yet, so the mother is not the household\'s own.')
      if (happenedOn < from) throw invalid('happenedOn', 'TOO_SOON', `Con mẹ thuộc về hộ sớm nhất từ ${spoken(from)}.`, `The mother can be the household's own from ${from} on.`)
    }
  }
}

const witnessNeeded = () => invalid('witnessName', 'WITNESS_NEEDED', 'Hãy ghi tên người làm chứng.', 'Name the witness.')

const GONE: Record<AnimalStatus, [vi: string, en: string]> = {
  ALIVE: ['còn sống ở hộ', 'is with the household'], DIED: ['đã chết', 'has died'], STOLEN: ['đã bị mất trộm', 'was stolen'], SOLD: ['đã bán', 'was sold'],
}
function gone(kind: RecordedEventKind, status: AnimalStatus): Failure {
  if (kind === 'BOUGHT') return conflict('NOT_SOLD', 'Hãy ghi việc bán bê đực trước, rồi ghi việc mua bê cái.', 'Record the sale of the male first, then the purchase of the female.')
  return conflict('GONE', `Con này ${GONE[status][0]}, nên không ghi thêm được.`, `It ${GONE[status][1]}, so nothing more can be recorded of it.`)
}

function checkDay(day: string, first: string, today: string, field = 'happenedOn'): void {
  if (day < first || day > today) throw invalid(field, 'BAD_DAY', `Ngày phải từ ${spoken(first)} đến hôm nay.`, `The day must lie between ${first} and today.`)
}

export interface Newcomer {
  tag: string
  bornOn: string
}

/** An ear tag as it is stored. @throws InvalidInput */
export function tagIn(tag: string, field: string): string {
  const written = tag.trim().normalize('NFC').toUpperCase()
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ./-]{0,19}$/u.test(written)) throw invalid(field, 'BAD_TAG', 'Số tai gồm chữ, số, dấu gạch (1–20 ký tự).', 'A tag has letters, digits and dashes (1–20 characters).')
  return written
}

/** @throws InvalidInput, Conflict */
export function checkRegistration(
  animals: readonly Newcomer[], { family, kindCode, ruleKind, received, receivedOn, registered }:
  { family: string; kindCode: string; ruleKind: string; received: bigint; receivedOn: string | null; registered: number },
): asserts animals is readonly [Newcomer, ...Newcomer[]] {
  if (family !== 'LIVESTOCK') throw conflict('OTHER_FAMILY', 'Chỉ con giống mới vào sổ đàn.', 'Only livestock enters a herd.')
  if (kindCode !== ruleKind) throw invalid('rule', 'OTHER_KIND', 'Quy tắc luân chuyển này dành cho loại vật nuôi khác.', 'These rules of rotation are for another kind of animal.')
  if (receivedOn === null || received === 0n) throw conflict('NOTHING_RECEIVED', 'Hộ chưa xác nhận nhận con giống nào.', 'The household has not confirmed that any animal came.')
  if (animals.length === 0 || animals.length > 50) throw invalid('animals', 'BAD_COUNT', 'Mỗi lần ghi từ 1 đến 50 con.', 'Register 1 to 50 animals at a time.')
  const left = received - BigInt(registered)
  if (BigInt(animals.length) > left) {
    throw conflict('MORE_THAN_RECEIVED', `Hộ đã nhận ${inVi(received)} con, chỉ còn ${inVi(left)} con chưa ghi.`, `The household received ${inEn(received)}; only ${inEn(left)} are not registered yet.`)
  }
  if (new Set(animals.map(({ tag }) => tag)).size < animals.length) throw takenTag('animals')
  for (const [i, { bornOn }] of animals.entries()) {
    if (bornOn > receivedOn) throw invalid(`animals.${i}.bornOn`, 'BAD_DAY', `Ngày sinh phải trước ngày nhận (${spoken(receivedOn)}).`, `It was born before it came (${receivedOn}).`)
  }
}

export const takenTag = (field: string) =>
  invalid(field, 'TAG_TAKEN', 'Số tai này đã có trong chương trình. Hãy kiểm tra lại.', 'This tag is taken in the programme. Check it.')

// ── handing on ──────────────────────────────────────────────────────────────────────────────────────────────────────

export interface HandingOn {
  calfId: string
  on: string
  fromHouseholdId: string
  toHouseholdId: string
  /** That household has an animal of the programme already, or one on its way. */
  isProvided: boolean
  /** Whose turn it is; null when nobody waits. */
  nextHouseholdId: string | null
  reason: string
  witnessName: string
  handedByName: string
}

/** @throws InvalidInput, Conflict */
export function checkHandingOn(handing: HandingOn, duty: Duty | null, today: string): void {
  if (!duty || duty.calfId !== handing.calfId) {
    throw conflict('NOT_DUE', duty?.says.vi ?? 'Hộ này không phải trao con nào.', duty?.says.en ?? 'This household owes no animal.')
  }
  if (duty.state === 'AWAITS_ANSWER' || duty.state === 'SELL_MALE' || duty.state === 'BUY_FEMALE') throw conflict(duty.state, duty.says.vi, duty.says.en)
  if (handing.on < duty.from!) {
    throw conflict('TOO_YOUNG', `Con này đủ tuổi để trao từ ${spoken(duty.from!)}.`, `It is old enough to be handed on from ${duty.from!} on.`)
  }
  checkDay(handing.on, duty.from!, today, 'handedOn')
  if (handing.toHouseholdId === handing.fromHouseholdId) throw invalid('toHouseholdId', 'SAME_HOUSEHOLD', 'Con giống phải chuyển cho một hộ khác.', 'The animal must go to another household.')
  if (handing.isProvided) throw conflict('HAS_ONE_ALREADY', 'Hộ này đang giữ hoặc sắp nhận một con giống của chương trình.', 'This household has an animal of the programme, or is about to get one.')
  if (handing.toHouseholdId !== handing.nextHouseholdId && handing.reason.length < 3) {
    throw invalid('reason', 'OUT_OF_TURN', 'Hộ này chưa đến lượt. Hãy chọn hộ đứng đầu danh sách chờ, hoặc ghi lý do.', 'It is not this household\'s turn. Choose the first in the queue, or give a reason.')
  }
  if (foldVi(handing.witnessName) === foldVi(handing.handedByName)) {
    throw invalid('witnessName', 'WITNESS_IS_DISPATCHER', 'Người làm chứng phải là người khác, không phải người trao.', 'The witness must be someone else than the one who hands it on.')
  }
}

/** What the next household says: that it came, that it came ill, that another animal came, that nothing came. */
export type HandoverAnswer = 'RECEIVED' | 'ILL' | 'WRONG' | 'NOT_RECEIVED'

/** Whether the animal is with the next household from then on. */
export const hasArrived = (answer: HandoverAnswer) => answer === 'RECEIVED' || answer === 'ILL'

/** What an office has to do about an answer. */
export const TASK_AFTER_HANDOVER: Readonly<Partial<Record<HandoverAnswer, 'ANIMAL_ILL' | 'WRONG_ITEM' | 'NOT_RECEIVED'>>> =
  { ILL: 'ANIMAL_ILL', WRONG: 'WRONG_ITEM', NOT_RECEIVED: 'NOT_RECEIVED' }

/** Who comes first in a queue: the poorest, and among equals who has waited longest. */
export const QUEUE_RANK: Readonly<Record<HouseholdStatus, number>> = { POOR: 1, RELAPSED: 1, NEAR_POOR: 2, NEWLY_ESCAPED: 3, LEFT: 4 }
