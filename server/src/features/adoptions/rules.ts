// Who may stand by an area, for how long, and what may become of it: pure decisions.
import { later, spoken } from '../../platform/day.ts'
import { conflict, invalid } from '../../platform/failure.ts'
import { optionalPhoneIn } from '../../platform/phone.ts'
import { TEXTS, lengthOf, textIn } from '../../platform/text.ts'

export type AdoptionState = 'PROPOSED' | 'ACTIVE' | 'DECLINED' | 'ENDED'
export type AdoptionAction = 'accept' | 'decline' | 'renew' | 'end'

/** Days in which the office answers a proposal. Our own choice. */
export const ACCEPT_WITHIN_DAYS = 5
const MAX_YEARS = 5

export interface Period {
  /** Days, both inclusive. */
  from: string
  until: string
}

export interface AdoptionInput extends Period {
  statement: string
  contactName: string
  contactPhone?: string | null | undefined
}

/** What is stored of a proposal. @throws InvalidInput that names the field */
export function checkAdoption(input: AdoptionInput, today: string): { statement: string; contactName: string; contactPhone: string | null } {
  const contact = contactIn(input)
  if (input.from < today || input.from > later(today, { months: 12 })) {
    throw invalid('from', 'BAD_DAY', `Ngày bắt đầu phải từ ${spoken(today)} và trong vòng một năm tới.`, `The first day must be from ${today} on and within a year.`)
  }
  checkEnd(input)
  return { statement: statementIn(input.statement), ...contact }
}

export function checkEnd({ from, until }: Period): void {
  const last = later(from, { months: 12 * MAX_YEARS })
  if (until <= from || until > last) {
    throw invalid('until', 'BAD_PERIOD', `Ngày kết thúc phải sau ngày bắt đầu và không quá ${MAX_YEARS} năm (đến ${spoken(last)}).`, `The last day must be after the first and within ${MAX_YEARS} years (until ${last}).`)
  }
}

/** What the giver says it will do, as it is stored. @throws InvalidInput */
export function statementIn(text: string): string {
  const statement = textIn('statement', text, 'note')
  if (lengthOf(statement) < 10) {
    throw invalid('statement', 'BAD_STATEMENT', `Hãy viết vài lời về việc sẽ làm (10–${TEXTS.note.most} ký tự).`, `Say in a few words what you will do (10–${TEXTS.note.most} characters).`)
  }
  return statement
}

function contactIn({ contactName, contactPhone }: AdoptionInput): { contactName: string; contactPhone: string | null } {
  const name = textIn('contactName', contactName, 'name')
  if (lengthOf(name) < 2 || lengthOf(name) > 80) {
    throw invalid('contactName', 'BAD_NAME', 'Hãy ghi họ tên người liên hệ (2–80 ký tự).', 'Give the name of your contact person (2–80 characters).')
  }
  return { contactName: name, contactPhone: optionalPhoneIn('contactPhone', contactPhone) }
}

/** Why it is declined or ended, which the other side reads. @throws InvalidInput when nothing is said */
export function reasonIn(text: string): string {
  const reason = textIn('reason', text, 'reason')
  if (lengthOf(reason) < 2) {
    throw invalid('reason', 'REASON_NEEDED', `Hãy ghi lý do (2–${TEXTS.reason.most} ký tự); bên kia sẽ đọc.`, `Give the reason (2–${TEXTS.reason.most} characters); the other side reads it.`)
  }
  return reason
}

/** What stands in a state, as far as the rules ask. */
export interface Standing {
  state: AdoptionState
  wasAccepted: boolean
  /** Another period that follows it has been proposed or accepted. */
  isRenewed: boolean
}

const STATE_NAMES: Record<AdoptionState, [vi: string, en: string]> = {
  PROPOSED: ['đang chờ Mặt trận đồng ý', 'waiting for the Front'],
  ACTIVE: ['đang có hiệu lực', 'active'],
  DECLINED: ['đã bị từ chối', 'declined'],
  ENDED: ['đã kết thúc', 'ended'],
}

export function isAllowedIn({ state, wasAccepted, isRenewed }: Standing, action: AdoptionAction): boolean {
  switch (action) {
    case 'accept':
    case 'decline':
      return state === 'PROPOSED'
    case 'end':
      return state === 'PROPOSED' || state === 'ACTIVE'
    case 'renew':
      return wasAccepted && !isRenewed
  }
}

/** @throws Conflict when the state does not allow it */
export function checkAllowed(standing: Standing, action: AdoptionAction): void {
  if (isAllowedIn(standing, action)) return
  if (action === 'renew' && standing.isRenewed) {
    throw conflict('RENEWED_ALREADY', 'Đỡ đầu này đã có giai đoạn tiếp theo.', 'This adoption has its next period already.')
  }
  const [vi, en] = STATE_NAMES[standing.state]
  throw conflict('STATE_FORBIDS', `Đỡ đầu này ${vi}, nên không làm được việc đó. Hãy tải lại trang.`, `This adoption is ${en}, so that cannot be done. Reload the page.`)
}

/** The period that continues another: from the day after it, or from today where that has passed. */
export function nextPeriod(lastDay: string, until: string, today: string): Period {
  const after = later(lastDay, { days: 1 })
  const period = { from: after > today ? after : today, until }
  checkEnd(period)
  return period
}
