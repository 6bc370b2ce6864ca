// What holds for households: which recognised status may follow which, what a need may ask for, how a code is minted.
import { BOUNDS, MOST_WORTH, neededOf } from '../../../../common/bounds.ts'
import { spoken } from '../../platform/day.ts'
import { conflict, invalid } from '../../platform/failure.ts'
import { mustBeQuantity, mustBeWithin } from '../../platform/number.ts'
import { lengthOf } from '../../platform/text.ts'

export type HouseholdStatus = 'POOR' | 'NEAR_POOR' | 'NEWLY_ESCAPED' | 'LEFT' | 'RELAPSED'

// ── statuses ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A status may be recognised anew by the list of another year, except LEFT: who has left is on no list. */
const MAY_FOLLOW: Record<HouseholdStatus | 'NONE', readonly HouseholdStatus[]> = {
  NONE: ['POOR', 'NEAR_POOR', 'NEWLY_ESCAPED'],
  POOR: ['POOR', 'NEAR_POOR', 'NEWLY_ESCAPED', 'LEFT'],
  NEAR_POOR: ['POOR', 'NEAR_POOR', 'NEWLY_ESCAPED', 'LEFT'],
  NEWLY_ESCAPED: ['NEWLY_ESCAPED', 'LEFT', 'RELAPSED'],
  LEFT: ['RELAPSED'],
  RELAPSED: ['POOR', 'NEAR_POOR', 'NEWLY_ESCAPED', 'LEFT', 'RELAPSED'],
}

export const STATUS_NAMES: Record<HouseholdStatus, [vi: string, en: string]> = {
  POOR: ['hộ nghèo', 'poor'],
  NEAR_POOR: ['hộ cận nghèo', 'near-poor'],
  NEWLY_ESCAPED: ['hộ mới thoát nghèo', 'newly escaped'],
  LEFT: ['đã ra khỏi danh sách', 'off the list'],
  RELAPSED: ['tái nghèo', 'relapsed'],
}

export const mayFollow = (previous: HouseholdStatus | null, next: HouseholdStatus) => MAY_FOLLOW[previous ?? 'NONE'].includes(next)

/** It is on no list of the poor, or left it lately. */
export const hasEscaped = (status: HouseholdStatus | null) => status === 'LEFT' || status === 'NEWLY_ESCAPED'

/** What the step means for those who helped; null when the household stays on its side of the line. */
export function outcomeOf(previous: HouseholdStatus | null, next: HouseholdStatus): 'LEFT_POVERTY' | 'RELAPSED' | null {
  if (previous !== null && !hasEscaped(previous) && hasEscaped(next)) return 'LEFT_POVERTY'
  return hasEscaped(previous) && next === 'RELAPSED' ? 'RELAPSED' : null
}

export interface Standard {
  id: string
  name: string
  nameEn: string
  /** YYYY-MM-DD, both inclusive; null: it goes on. */
  appliesFrom: string
  appliesTo: string | null
}

/** A decision that recognises a status; days as YYYY-MM-DD. */
export interface Recognition {
  status: HouseholdStatus
  decisionNo: string
  decidedOn: string
  effectiveOn: string
  listYear: number
}

/** @throws InvalidInput, Conflict when the household's latest recognised status does not allow the next. */
export function checkRecognition(next: Recognition, standard: Standard, latest: Pick<Recognition, 'status' | 'effectiveOn' | 'decisionNo'> | null, today: string): void {
  if (lengthOf(next.decisionNo) < 3 || lengthOf(next.decisionNo) > 60) {
    throw invalid('decisionNo', 'BAD_DECISION', 'Hãy ghi số quyết định (3–60 ký tự), ví dụ 12/QĐ-UBND.', 'Give the number of the decision (3–60 characters), for instance 12/QĐ-UBND.')
  }
  if (next.decidedOn > today) throw invalid('decidedOn', 'BAD_DAY', 'Ngày ký quyết định không thể ở tương lai.', 'A decision cannot be dated in the future.')
  if (Math.abs(next.listYear - Number(next.effectiveOn.slice(0, 4))) > 1) {
    throw invalid('listYear', 'BAD_YEAR', 'Năm của danh sách phải gần với ngày hiệu lực (chênh nhau không quá một năm).', 'The year of the list must be within one year of the day it takes effect.')
  }
  if (next.effectiveOn < standard.appliesFrom || (standard.appliesTo !== null && next.effectiveOn > standard.appliesTo)) {
    throw invalid('standardId', 'STANDARD_DOES_NOT_APPLY',
      `${standard.name} áp dụng từ ${spoken(standard.appliesFrom)}${standard.appliesTo ? ` đến ${spoken(standard.appliesTo)}` : ''}, không áp dụng vào ngày ${spoken(next.effectiveOn)}. Hãy chọn chuẩn của ngày đó.`,
      `${standard.nameEn} applies from ${standard.appliesFrom}${standard.appliesTo ? ` to ${standard.appliesTo}` : ''}, not on ${next.effectiveOn}. Choose the standard of that day.`)
  }
  if (latest && next.effectiveOn < latest.effectiveOn) {
    throw conflict('LATER_STATUS_KNOWN', `Hộ này đã có quyết định hiệu lực từ ${spoken(latest.effectiveOn)}; không ghi thêm quyết định trước ngày đó.`,
      `A decision in force from ${latest.effectiveOn} is already recorded; an earlier one cannot be added.`)
  }
  if (latest && next.status === latest.status && next.decisionNo === latest.decisionNo) {
    throw conflict('ALREADY_RECORDED', `Quyết định ${latest.decisionNo} đã được ghi cho hộ này.`, `Decision ${latest.decisionNo} is already recorded for this household.`)
  }
  if (!mayFollow(latest?.status ?? null, next.status)) {
    const [vi, en] = latest ? STATUS_NAMES[latest.status] : ['chưa được công nhận', 'not recognised yet']
    throw conflict('STATUS_CANNOT_FOLLOW', `Hộ này đang là “${vi}”, nên không thể ghi “${STATUS_NAMES[next.status][0]}”. Hãy kiểm tra lại quyết định.`,
      `This household is “${en}”, which “${STATUS_NAMES[next.status][1]}” cannot follow. Check the decision.`)
  }
}

// ── the register ────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Circumstances {
  headName: string
  members: number
  causes: readonly string[]
}

/** @throws InvalidInput that names the field. */
export function checkCircumstances({ headName, members, causes }: Circumstances, knownCauses: ReadonlySet<string>): void {
  if (lengthOf(headName) < 2 || lengthOf(headName) > 80) throw invalid('headName', 'BAD_NAME', 'Hãy ghi họ tên chủ hộ (2–80 ký tự).', "Give the name of the head of household (2–80 characters).")
  mustBeWithin(members, BOUNDS.members, 'members', 'BAD_MEMBERS', { vi: 'Số nhân khẩu', en: 'The number of members' })
  if (causes.length > knownCauses.size || causes.some((cause) => !knownCauses.has(cause)) || new Set(causes).size !== causes.length) {
    throw invalid('causes', 'UNKNOWN_CAUSE', 'Hãy chọn nguyên nhân trong danh sách, mỗi nguyên nhân một lần.', 'Choose causes from the list, each once.')
  }
}

/** Of '06733-001-012' the part before the number. An ended area adds its last year ('194/2025'), for its code may live on elsewhere. */
export const codePrefix = (area: { code: string; validTo: string | null }) => (area.validTo === null ? area.code : `${area.code}/${area.validTo.slice(0, 4)}`)

/** '06733-001-012': the code of the area where it was registered, and its number there. */
export const householdCode = (prefix: string, number: number) => `${prefix}-${String(number).padStart(3, '0')}`

/** 'Hộ 012': what everyone beside the offices may know a household by. */
export const displayCode = (code: string) => `Hộ ${code.slice(code.lastIndexOf('-') + 1)}`

// ── needs ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Kind {
  unit: string
  /** VND a unit; 0 where it has no price. */
  typicalCost: bigint
}

/** @throws InvalidInput, Conflict */
export function checkNeedQuantity(quantity: bigint, kind: Kind, members: number): void {
  if (kind.typicalCost > MOST_WORTH) {
    throw conflict('NOT_FOR_ONE_HOUSEHOLD', 'Loại hỗ trợ này dành cho cả thôn, không ghi cho riêng một hộ.', 'This kind of support is for a whole hamlet, not for one household.')
  }
  mustBeQuantity(quantity, neededOf(kind, members))
}

/** Who may still be helped: everyone on the list, and the newly escaped. A need of a household not recognised yet waits for that. */
export function checkNeedOf(status: HouseholdStatus | null, step: 'raise' | 'verify'): void {
  if (status === 'LEFT') throw conflict('NOT_ON_LIST', 'Hộ này đã ra khỏi danh sách, nên không thêm nhu cầu hỗ trợ.', 'This household is off the list, so it has no needs here.')
  if (status === null && step === 'verify') {
    throw conflict('NOT_RECOGNISED', 'Hộ này chưa có quyết định công nhận. Hãy ghi quyết định trước khi xác minh nhu cầu.', 'This household is not recognised yet. Record the decision before verifying its need.')
  }
}

export interface NeedState {
  quantity: bigint
  allocated: bigint
  isVerified: boolean
  isWithdrawn: boolean
}

/** @throws Conflict */
export function checkVerifying(need: NeedState): void {
  checkStanding(need)
  if (need.isVerified) throw conflict('ALREADY_VERIFIED', 'Nhu cầu này đã được xác minh.', 'This need is already verified.')
}

/** What becomes of a need when what is still open of it is withdrawn: nothing that was allocated is touched. */
export function withdrawal(need: NeedState): { quantity: bigint; isWithdrawn: boolean } {
  checkStanding(need)
  if (need.allocated === need.quantity) {
    throw conflict('ALREADY_ALLOCATED', 'Nhu cầu này đã được ghép đủ, không còn phần nào để rút.', 'This need has been met in full; nothing is left to withdraw.')
  }
  return need.allocated === 0n ? { quantity: need.quantity, isWithdrawn: true } : { quantity: need.allocated, isWithdrawn: false }
}

function checkStanding(need: NeedState): void {
  if (need.isWithdrawn) throw conflict('WITHDRAWN', 'Nhu cầu này đã được rút.', 'This need has been withdrawn.')
}
