// What a pledge may be and what may become of it: pure decisions.
import { promisedIn } from '../../../../common/bounds.ts'
import { conflict, invalid } from '../../platform/failure.ts'
import { later, spoken } from '../../platform/day.ts'
import { inEn, inVi, mustBeQuantity } from '../../platform/number.ts'
import { lengthOf } from '../../platform/text.ts'
import type { TermsInput } from './terms.ts'

export type PledgeState = 'REGISTERED' | 'VERIFIED' | 'DECLINED' | 'WITHDRAWN' | 'LAPSED'
export type PledgeAction = 'verify' | 'decline' | 'amend' | 'withdraw' | 'lapse'

/** Days in which the Front verifies a new pledge; a task with this due day opens with it. */
export const VERIFY_WITHIN_DAYS = 3

export interface LineInput extends TermsInput {
  quantity: bigint
  detail?: string | null | undefined
}

export interface PledgeInput {
  partyName: string
  expectedOn: string
  email?: string | null | undefined
  lines: LineInput[]
}

export const MAX_LINES = 10
const MAX_YEARS_AHEAD = 3

/** Checks a new pledge. @throws InvalidInput that names the field. */
export function checkPledge(input: PledgeInput, units: ReadonlyMap<string, string>, today: string): void {
  if (lengthOf(input.partyName) < 2) {
    throw invalid('party.name', 'BAD_NAME', 'Hãy ghi tên người hoặc đơn vị cam kết (2–200 ký tự).', 'Give the name of the person or organisation that pledges (2–200 characters).')
  }
  if (input.email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(input.email)) {
    throw invalid('party.email', 'BAD_EMAIL', 'Địa chỉ email chưa đúng, ví dụ ten@donvi.vn.', 'This e-mail address looks wrong; for instance name@example.org.')
  }
  if (input.expectedOn < today || input.expectedOn > later(today, { months: 12 * MAX_YEARS_AHEAD })) {
    throw invalid('expectedOn', 'BAD_DAY', `Ngày dự kiến phải từ ${spoken(today)} và trong vòng ${MAX_YEARS_AHEAD} năm tới.`, `The expected day must be from ${today} on and within ${MAX_YEARS_AHEAD} years.`)
  }
  if (input.lines.length === 0 || input.lines.length > MAX_LINES) {
    throw invalid('lines', 'BAD_LINES', `Một cam kết có từ 1 đến ${MAX_LINES} khoản.`, `A pledge has 1 to ${MAX_LINES} lines.`)
  }
  for (const [i, line] of input.lines.entries()) {
    const unit = units.get(line.kind)
    if (!unit) throw invalid(`lines.${i}.kind`, 'UNKNOWN_KIND', 'Hãy chọn một loại hỗ trợ trong danh sách.', 'Choose a kind of support from the list.')
    mustBeQuantity(line.quantity, promisedIn(unit), `lines.${i}.quantity`)
  }
}

const NEXT: Record<PledgeState, Partial<Record<PledgeAction, PledgeState>>> = {
  REGISTERED: { verify: 'VERIFIED', decline: 'DECLINED', amend: 'REGISTERED', withdraw: 'WITHDRAWN', lapse: 'LAPSED' },
  VERIFIED: { amend: 'VERIFIED', withdraw: 'WITHDRAWN', lapse: 'LAPSED' },
  DECLINED: {},
  WITHDRAWN: {},
  LAPSED: {},
}

const STATE_NAMES: Record<PledgeState, [vi: string, en: string]> = {
  REGISTERED: ['đang chờ xác minh', 'waiting to be verified'],
  VERIFIED: ['đã được xác minh', 'verified'],
  DECLINED: ['đã bị từ chối', 'declined'],
  WITHDRAWN: ['đã rút', 'withdrawn'],
  LAPSED: ['đã hết hạn', 'lapsed'],
}

export const isAllowedIn = (state: PledgeState, action: PledgeAction): boolean => NEXT[state][action] !== undefined

/** The state after an action. @throws Conflict when the state does not allow it. */
export function stateAfter(state: PledgeState, action: PledgeAction): PledgeState {
  const next = NEXT[state][action]
  if (next === undefined) {
    const [vi, en] = STATE_NAMES[state]
    throw conflict('STATE_FORBIDS', `Cam kết này ${vi}, nên không làm được việc đó nữa. Hãy tải lại trang.`, `This pledge is ${en}, so that can no longer be done. Reload the page.`)
  }
  return next
}

export interface LineQuantities {
  promised: bigint
  allocated: bigint
}

/** What is still open of a line: promised and not yet allocated. */
export const openOf = (line: LineQuantities): bigint => line.promised - line.allocated

/**
 * The movement that makes a line promise `wanted` from now on.
 * A verified pledge may only be lowered: what is added must be verified, too, so it is a new pledge.
 */
export function amendment(line: LineQuantities, wanted: bigint, state: PledgeState, field: string): bigint {
  if (wanted < line.allocated) {
    throw conflict('BELOW_ALLOCATED', `Đã ghép ${inVi(line.allocated)} cho hộ dân, nên không thể giảm xuống dưới số đó.`,
      `${inEn(line.allocated)} has been allocated to households, so it cannot go below that.`)
  }
  if (state === 'VERIFIED' && wanted > line.promised) {
    throw conflict('RAISE_NEEDS_NEW_PLEDGE', 'Cam kết đã xác minh chỉ có thể giảm. Muốn giúp thêm, xin tạo một cam kết mới để được xác minh.',
      'A verified pledge can only be lowered. To give more, make a new pledge, which is then verified.')
  }
  if (wanted === line.promised) throw invalid(field, 'NO_CHANGE', 'Số lượng mới giống số cũ.', 'The new quantity equals the old one.')
  return wanted - line.promised
}

/** Withdrawing or letting lapse takes back what is open; what households were allotted stands, and with it the pledge. */
export function takeBack(lines: LineQuantities[], state: PledgeState, action: 'withdraw' | 'lapse' | 'decline'): { movements: bigint[]; state: PledgeState } {
  const next = stateAfter(state, action)
  const movements = lines.map((line) => -openOf(line))
  if (movements.every((movement) => movement === 0n)) {
    throw conflict('NOTHING_OPEN', 'Cam kết này đã được ghép hết cho hộ dân, không còn gì để rút.', 'All of this pledge has been allocated; nothing is left to take back.')
  }
  return { movements, state: lines.some((line) => line.allocated > 0n) ? state : next }
}
