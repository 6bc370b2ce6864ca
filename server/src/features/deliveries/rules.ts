// What may be handed over, whose word counts on what arrived, and who may close it: pure decisions.
import { later } from '../../platform/day.ts'
import { conflict, invalid } from '../../platform/failure.ts'
import { inEn, inVi } from '../../platform/number.ts'
import { lengthOf, textIn } from '../../platform/text.ts'
import { type Someone, isSamePerson } from '../identity/names.ts'

export type ReceiptAnswer = 'FULL' | 'SHORT' | 'WRONG' | 'NOT_RECEIVED'
export type ReceiptTask = 'SHORT_DELIVERY' | 'WRONG_ITEM' | 'NOT_RECEIVED'

export const MAX_NOTE = 500
export const MAX_DECISION_NO = 60
const MAX_REASON = 200
const MAX_NAME = 80
const MAX_PLACE = 160
/** A giver says within so many days what it handed over: later, nobody remembers. Our own choice. */
export const SAY_WITHIN_DAYS = 60

/** Text as it is stored. @throws InvalidInput when it is too long */
export const noteIn = (text: string | null | undefined, field: string): string => textIn(field, text, 'note', MAX_NOTE)

/** Why something is undone, as it is stored. @throws InvalidInput */
export function reasonIn(text: string): string {
  const reason = textIn('reason', text, 'reason', MAX_REASON)
  if (lengthOf(reason) < 3) throw invalid('reason', 'REASON_NEEDED', 'Hãy ghi lý do (từ 3 ký tự).', 'Give a reason (3 characters or more).')
  return reason
}

/** A witness's name as it is stored. @throws InvalidInput */
export function witnessIn(name: string | null | undefined, field: string): string {
  const witness = textIn(field, name, 'name')
  if (lengthOf(witness) < 2 || lengthOf(witness) > MAX_NAME) {
    throw invalid(field, 'WITNESS_NEEDED', `Hãy ghi họ tên người làm chứng (2–${MAX_NAME} ký tự).`, `Give the name of the witness (2–${MAX_NAME} characters).`)
  }
  return witness
}

export interface Dispatching {
  allocated: bigint
  dispatched: bigint
  quantity: bigint
  dispatcher: Someone
  /** Who came to the door, where that was another. */
  deliverer?: Someone | undefined
  witness: Someone
}

/** Whether this much may be handed over before this witness. @throws InvalidInput, Conflict */
export function checkDispatch({ allocated, dispatched, quantity, dispatcher, deliverer = dispatcher, witness }: Dispatching): void {
  if (quantity < 1n) throw invalid('quantity', 'BAD_QUANTITY', 'Số lượng giao phải từ 1 trở lên.', 'Hand over at least 1.')
  const left = allocated - dispatched
  if (left === 0n) throw conflict('ALREADY_HANDED_OVER', 'Phần này đã giao hết rồi.', 'All of this allocation has been handed over already.')
  if (quantity > left) {
    throw conflict('MORE_THAN_ALLOCATED', `Phần này chỉ còn ${inVi(left)} chưa giao. Hãy tải lại rồi ghi lại số lượng.`,
      `Only ${inEn(left)} of this allocation is still to be handed over. Reload and enter the quantity again.`)
  }
  checkWitness(witness, [dispatcher, deliverer])
}

/** The witness is a third person. @throws InvalidInput */
export function checkWitness(witness: Someone, handing: readonly Someone[]): void {
  if (!handing.some((someone) => isSamePerson(witness, someone))) return
  throw witness.personId === null
    ? invalid('witnessName', 'WITNESS_IS_DISPATCHER', 'Người làm chứng trùng họ tên với người giao. Hãy mời một người thứ ba; nếu đúng là hai người trùng tên, hãy ghi thêm số giấy tờ của người làm chứng.',
      'The witness has the name of the one who hands over. Ask a third person; if these are two people of one name, add the number of the witness\'s identity card.')
    : invalid('witnessId', 'WITNESS_IS_DISPATCHER', 'Người làm chứng phải là người khác, không phải người giao. Hãy mời một người thứ ba.',
      'The witness must be someone else than the one who hands over. Ask a third person.')
}

/** The number on a witness's identity card, as it is stored: 9 or 12 digits, or a passport's; empty where none was asked for. @throws InvalidInput */
export function documentIn(typed: string | null | undefined, field: string): string {
  const number = textIn(field, (typed ?? '').normalize('NFKC'), 'code').toUpperCase().replaceAll(/[\s.-]/g, '')
  if (number === '' || (/^(\d{9}|\d{12}|[A-Z]{1,2}\d{6,8})$/.test(number) && !/^(.)\1+$/.test(number))) return number
  throw invalid(field, 'BAD_DOCUMENT', 'Số giấy tờ chưa đúng: căn cước có 12 chữ số, chứng minh nhân dân cũ có 9, hộ chiếu có chữ cái đầu và 7 chữ số.',
    'This is no number of an identity card: 12 digits, 9 on an old one, or a passport\'s letter and 7 digits.')
}

/** Where it was handed over, as it is stored. @throws InvalidInput */
export function placeIn(text: string, field: string): string {
  const place = textIn(field, text, 'line', MAX_PLACE)
  if (lengthOf(place) < 2) throw invalid(field, 'PLACE_NEEDED', `Hãy ghi nơi trao (2–${MAX_PLACE} ký tự).`, `Say where it was handed over (2–${MAX_PLACE} characters).`)
  return place
}

/** Who came to the door for the giver; empty when the giver came. @throws InvalidInput */
export function delivererIn(name: string | null | undefined, field: string): string {
  const deliverer = textIn(field, name, 'name')
  if (deliverer !== '' && (lengthOf(deliverer) < 2 || lengthOf(deliverer) > MAX_NAME)) throw invalid(field, 'NAME_NEEDED', `Hãy ghi họ tên người trao (2–${MAX_NAME} ký tự).`, `Give the name of who handed it over (2–${MAX_NAME} characters).`)
  return deliverer
}

/** The day on which something was handed over, said later. @throws InvalidInput */
export function checkHandedOverOn(day: string, today: string, field: string): void {
  if (day > today) throw invalid(field, 'DAY_AHEAD', 'Ngày trao chưa đến. Hãy ghi sau khi đã trao.', 'This day is still to come. Record it once it was handed over.')
  if (day < later(today, { days: -SAY_WITHIN_DAYS })) {
    throw invalid(field, 'DAY_LONG_AGO', `Chỉ ghi được việc trao trong ${SAY_WITHIN_DAYS} ngày qua. Hãy báo cán bộ Mặt trận xã.`,
      `Only what was handed over in the last ${SAY_WITHIN_DAYS} days can be recorded. Tell the commune's Front officer.`)
  }
}

/** The giver never hands over to a household that it speaks for. @throws Conflict */
export function checkGiver(giver: { households: readonly string[] }, allocation: { householdId: string }): void {
  if (giver.households.includes(allocation.householdId)) {
    throw conflict('BOTH_SIDES', 'Ông/bà đứng tên cho hộ nhận, nên không thể ghi việc trao. Hãy nhờ cán bộ Mặt trận xã giao.',
      'You speak for the household that receives this, so you cannot record handing it over. Ask the commune\'s Front officer to do so.')
  }
}

export interface Receiving {
  /** Of the delivery, without what was taken back of it. */
  quantity: bigint
  /** The latest answer to it; null when there is none. */
  answered: ReceiptAnswer | null
  /** What that answer confirmed. */
  received: bigint
  /** Of the allocation, with all its deliveries. */
  allocation: { received: bigint; settled: bigint }
}

/** How much of a delivery an answer confirms. @throws InvalidInput, Conflict */
export function receivedBy(answer: ReceiptAnswer, said: bigint | null, { quantity, answered, received, allocation }: Receiving): bigint {
  if (answered === 'FULL') {
    throw conflict('ALREADY_CONFIRMED', 'Lần giao này đã được xác nhận nhận đủ, nên không sửa được nữa. Nếu nhầm, hãy báo cán bộ Mặt trận xã.',
      'This delivery has been confirmed in full and cannot be changed. If that was a mistake, tell the commune\'s Front officer.')
  }
  if (quantity === 0n) {
    throw conflict('TAKEN_BACK', 'Lần giao này đã được thu về hết để giao lại, nên không cần trả lời nữa.', 'All of this delivery has been taken back to be handed over again: it needs no answer any more.')
  }
  const confirmed = answer === 'FULL' ? quantity : answer === 'SHORT' ? partOf(quantity, said) : 0n
  if (answer !== 'SHORT' && said !== null && said !== confirmed) {
    throw invalid('received', 'ANSWER_AND_QUANTITY_DIFFER', `Câu trả lời này nghĩa là đã nhận ${inVi(confirmed)}. Hãy chọn "nhận thiếu" nếu số nhận được là số khác.`,
      `This answer means that ${inEn(confirmed)} arrived. Choose SHORT if it was another number.`)
  }
  const after = allocation.received - received + confirmed
  if (after < allocation.settled) {
    throw conflict('ALREADY_SETTLED', `Đã quyết toán ${inVi(allocation.settled)}, nên số đã nhận không thể giảm xuống ${inVi(after)}. Hãy báo cán bộ Mặt trận xã.`,
      `${inEn(allocation.settled)} has been settled, so what was received cannot fall to ${inEn(after)}. Tell the commune's Front officer.`)
  }
  return confirmed
}

function partOf(quantity: bigint, said: bigint | null): bigint {
  if (said !== null && said > 0n && said < quantity) return said
  if (quantity === 1n) {
    throw invalid('received', 'BAD_QUANTITY', 'Lần giao này chỉ có 1: hãy chọn nhận đủ, sai, hoặc chưa nhận.', 'This delivery is of 1 alone: choose FULL, WRONG or NOT_RECEIVED.')
  }
  throw invalid('received', 'BAD_QUANTITY', `Nhận thiếu thì số nhận được phải từ 1 đến ${inVi(quantity - 1n)}.`, `For a short delivery, say how much arrived: 1 to ${inEn(quantity - 1n)}.`)
}

/** The follow-up that an answer calls for. */
export const TASK_AFTER: Readonly<Record<ReceiptAnswer, ReceiptTask | null>> = {
  FULL: null, SHORT: 'SHORT_DELIVERY', WRONG: 'WRONG_ITEM', NOT_RECEIVED: 'NOT_RECEIVED',
}

const bothSides = () =>
  conflict('BOTH_SIDES', 'Ông/bà đứng bên cho, đã giao hoặc đã làm chứng lần giao này, nên không thể xác nhận thay cho hộ. Hãy nhờ người khác, hoặc để hộ tự trả lời bằng phiếu.',
    'You act for the giver, handed this over or witnessed it, so you cannot confirm it for the household. Ask someone else, or let the household answer with its slip.')

interface Handed {
  dispatcherPersonId: string
  witnessPersonId: string | null
  /** That gives it, where a party does. */
  partyId?: string
}

/** Neither handed over, nor witnessed it, nor acts for the giver. */
export const maySpeak = (personId: string | null, { dispatcherPersonId, witnessPersonId, partyId }: Handed, parties: readonly string[] = []): boolean =>
  (personId === null || (personId !== dispatcherPersonId && personId !== witnessPersonId)) && (partyId === undefined || !parties.includes(partyId))

/** One person never stands on both sides. @param parties for which the person gives @throws Conflict */
export function checkSpeaker(personId: string | null, delivery: Handed, parties: readonly string[] = []): void {
  if (!maySpeak(personId, delivery, parties)) throw bothSides()
}

export interface Proxying extends Record<'proxy' | 'witness' | 'dispatcher' | 'handoverWitness', Someone> {
  /** Who came to the door, where that was another than who recorded it. */
  deliverer?: Someone
  /** The household itself has answered this delivery before. */
  hasHouseholdSpoken: boolean
}

/** Who may speak for a household, and before whom: neither who handed over nor who witnessed it. @throws InvalidInput, Conflict */
export function checkProxy({ proxy, witness, dispatcher, deliverer = dispatcher, handoverWitness, hasHouseholdSpoken }: Proxying): void {
  if (hasHouseholdSpoken) {
    throw conflict('HOUSEHOLD_HAS_SPOKEN', 'Hộ đã tự trả lời lần giao này, nên chỉ hộ mới sửa được câu trả lời. Hãy nhờ hộ mở lại phiếu.',
      'The household has answered this delivery itself, and only it can change its answer. Ask it to open its slip again.')
  }
  if ([dispatcher, deliverer, handoverWitness].some((someone) => isSamePerson(proxy, someone))) throw bothSides()
  if (isSamePerson(witness, proxy)) {
    throw invalid('witnessName', 'WITNESS_IS_PROXY', 'Người làm chứng phải là người khác, không phải người xác nhận thay. Nếu đúng là hai người trùng tên, hãy ghi thêm số giấy tờ của người làm chứng.',
      'The witness must be someone else than you. If these are two people of one name, add the number of the witness\'s identity card.')
  }
  checkWitness(witness, [dispatcher, deliverer])
}

/** Whether this much may have come back. @throws InvalidInput, Conflict */
export function checkTakingBack(back: bigint, delivery: { quantity: bigint; received: bigint; takenBack: bigint; answer: ReceiptAnswer | null }): void {
  if (back < 1n) throw invalid('quantity', 'BAD_QUANTITY', 'Số lượng thu về phải từ 1 trở lên.', 'Take back at least 1.')
  if (delivery.answer === null) {
    throw conflict('NOT_ANSWERED', 'Hộ chưa trả lời lần giao này. Hãy hỏi hộ trước: chỉ thu về phần hộ nói chưa nhận hoặc nhận sai.',
      'The household has not answered this delivery yet. Ask it first: only what it says did not arrive, or was wrong, is taken back.')
  }
  const missing = delivery.quantity - delivery.received - delivery.takenBack
  if (back > missing) {
    throw conflict('MORE_THAN_MISSING', `Theo lời hộ, lần giao này chỉ còn ${inVi(missing)} chưa tới và chưa thu về. Hãy tải lại rồi ghi lại số lượng.`,
      `By the household's word, only ${inEn(missing)} of this delivery is missing and not yet taken back. Reload and enter the quantity again.`)
  }
}

export interface Settling {
  received: bigint
  settled: bigint
  quantity: bigint
  settlerPersonId: string | null
  dispatcherPersonIds: string[]
}

/** Whether this person may close this much. @throws InvalidInput, Conflict */
export function checkSettlement({ received, settled, quantity, settlerPersonId, dispatcherPersonIds }: Settling): void {
  if (quantity < 1n) throw invalid('quantity', 'BAD_QUANTITY', 'Số lượng quyết toán phải từ 1 trở lên.', 'Settle at least 1.')
  if (settlerPersonId === null || dispatcherPersonIds.includes(settlerPersonId)) {
    throw conflict('MAKER_IS_CHECKER', 'Người đã giao không được tự quyết toán. Hãy nhờ một cán bộ khác kiểm tra và quyết toán.',
      'Whoever handed over cannot settle it, too. Ask another officer to check and settle.')
  }
  const left = received - settled
  if (quantity > left) {
    throw conflict('MORE_THAN_RECEIVED', `Chỉ còn ${inVi(left)} đã được hộ xác nhận mà chưa quyết toán. Phần hộ chưa xác nhận thì chưa quyết toán được.`,
      `Only ${inEn(left)} is confirmed by the household and not yet settled. What is not confirmed cannot be settled.`)
  }
}

// ── photos ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Of one hand-over. Our own choice: enough to prove it, too few for an album. */
const MOST_PHOTOS = 10
const MAX_CAPTION = 200

/** @throws Conflict when there are as many as there may be */
export function checkPhotos(already: number): void {
  if (already >= MOST_PHOTOS) {
    throw conflict('ENOUGH_PHOTOS', `Lần giao này đã có ${MOST_PHOTOS} ảnh. Hãy xóa bớt trước khi thêm.`, `This delivery has ${MOST_PHOTOS} photos already. Remove one before you add another.`)
  }
}

/** What a photo shows, as it is stored. @throws InvalidInput */
export function captionIn(text: string): string {
  const caption = textIn('caption', text, 'line', MAX_CAPTION)
  if (lengthOf(caption) < 5) throw invalid('caption', 'CAPTION_NEEDED', 'Hãy ghi ảnh chụp gì (từ 5 ký tự), để người không nhìn thấy ảnh cũng hiểu.', 'Say what the photo shows (5 characters or more), for those who cannot see it.')
  return caption
}

/** Who agreed to be pictured, as it is stored. @throws InvalidInput when nobody is said to have agreed */
export function consentIn(hasConsent: boolean, from: string): string {
  if (!hasConsent) {
    throw invalid('consent', 'CONSENT_NEEDED', 'Chỉ lưu ảnh khi những người trong ảnh đã đồng ý. Hãy hỏi họ rồi đánh dấu vào ô.', 'A photo is kept only if those pictured agree. Ask them, then tick the box.')
  }
  const names = textIn('consentFrom', from, 'name', MAX_CAPTION)
  if (lengthOf(names) < 2) throw invalid('consentFrom', 'CONSENT_FROM_NEEDED', 'Hãy ghi ai đã đồng ý, ví dụ: chủ hộ và hai con.', 'Say who agreed, for instance: the head of the household and two children.')
  return names
}

