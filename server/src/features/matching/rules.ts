// Which line suits which need, how well, and why: pure decisions. Every suggestion prints its reasons.
import { conflict, invalid } from '../../platform/failure.ts'
import type { Sentence } from '../../platform/failure.ts'
import { openOf } from '../pledges/rules.ts'
import { inEn, inVi } from '../../platform/number.ts'

export type ReasonCode =
  | 'IN_TARGET_HAMLET' | 'IN_TARGET_AREA' | 'URGENT' | 'THIS_SEASON' | 'ANSWERS_CAUSE' | 'ANSWERS_DEPRIVATION' | 'POOR' | 'NEVER_HELPED' | 'LONG_WAITING'
  | 'COVERS_WHOLE' | 'HAS_SAME_KIND' | 'OUTSIDE_TARGET' | 'LEAST_SERVED_HAMLET' | 'ANSWERS_WISH' | 'NEAR_WORK'

/** Weight and words of each reason. Weights are points on one scale; they decide the order, the office decides the match. */
export const REASONS: Record<ReasonCode, { weight: number; sentence: Sentence }> = {
  IN_TARGET_HAMLET: { weight: 30, sentence: { vi: 'Đúng thôn mà người cam kết chọn', en: 'In the very hamlet that the giver chose' } },
  IN_TARGET_AREA: { weight: 15, sentence: { vi: 'Trong địa bàn mà người cam kết chọn', en: 'Within the area that the giver chose' } },
  URGENT: { weight: 25, sentence: { vi: 'Nhu cầu gấp', en: 'The need is urgent' } },
  THIS_SEASON: { weight: 10, sentence: { vi: 'Cần trong vụ này', en: 'Needed this season' } },
  ANSWERS_CAUSE: { weight: 15, sentence: { vi: 'Đúng nguyên nhân nghèo của hộ', en: "Answers the household's cause of poverty" } },
  ANSWERS_DEPRIVATION: { weight: 10, sentence: { vi: 'Giảm một chiều thiếu hụt của hộ', en: "Eases one of the household's deprivations" } },
  ANSWERS_WISH: { weight: 12, sentence: { vi: 'Đúng nghề hoặc nông sản mà hộ nêu', en: 'The very skill or produce that the household speaks of' } },
  NEAR_WORK: { weight: 10, sentence: { vi: 'Nơi làm ở ngay trong xã của hộ', en: "The work is in the household's own commune" } },
  POOR: { weight: 10, sentence: { vi: 'Hộ nghèo', en: 'The household is poor' } },
  NEVER_HELPED: { weight: 12, sentence: { vi: 'Hộ chưa được ghép hỗ trợ nào', en: 'The household has been allotted nothing yet' } },
  LONG_WAITING: { weight: 8, sentence: { vi: 'Đã chờ hơn 90 ngày', en: 'Waiting for more than 90 days' } },
  COVERS_WHOLE: { weight: 5, sentence: { vi: 'Đủ cho toàn bộ nhu cầu', en: 'Covers the whole need' } },
  LEAST_SERVED_HAMLET: { weight: 8, sentence: { vi: 'Thôn mới được đáp ứng chưa tới một phần tư nhu cầu loại này', en: 'Less than a quarter of the hamlet\'s needs of this kind are met' } },
  OUTSIDE_TARGET: { weight: -10, sentence: { vi: 'Lưu ý: ngoài địa bàn mà người cam kết chọn, cần người ấy đồng ý', en: 'Careful: outside the area that the giver chose, who must agree' } },
  HAS_SAME_KIND: { weight: -40, sentence: { vi: 'Lưu ý: hộ đã được ghép cùng loại trong 24 tháng qua', en: 'Careful: the household was allotted the same kind within 24 months' } },
}

/** What the database knows of a need beside a line. */
export interface Candidate {
  needId: string
  needOpen: bigint
  lineOpen: bigint
  isTargetHamlet: boolean
  urgency: number
  answersCause: boolean
  answersDeprivation: boolean
  isPoor: boolean
  allocationsBefore: number
  sameKindRecently: boolean
  waitingDays: number
  /** Only a batch that lets gifts leave their area knows of such. */
  isOutsideTarget?: boolean
  isLeastServedHamlet?: boolean
  /** By the terms of a line that has any. */
  answersWish?: boolean
  isNearWork?: boolean
}

export interface Suggestion {
  needId: string
  quantity: bigint
  score: number
  reasons: ReasonCode[]
}

export function suggest(candidate: Candidate): Suggestion {
  const reasons: ReasonCode[] = []
  reasons.push(candidate.isOutsideTarget ? 'OUTSIDE_TARGET' : candidate.isTargetHamlet ? 'IN_TARGET_HAMLET' : 'IN_TARGET_AREA')
  if (candidate.urgency >= 3) reasons.push('URGENT')
  else if (candidate.urgency === 2) reasons.push('THIS_SEASON')
  if (candidate.answersCause) reasons.push('ANSWERS_CAUSE')
  if (candidate.answersDeprivation) reasons.push('ANSWERS_DEPRIVATION')
  if (candidate.answersWish) reasons.push('ANSWERS_WISH')
  if (candidate.isNearWork) reasons.push('NEAR_WORK')
  if (candidate.isPoor) reasons.push('POOR')
  if (candidate.allocationsBefore === 0) reasons.push('NEVER_HELPED')
  if (candidate.waitingDays > 90) reasons.push('LONG_WAITING')
  if (candidate.isLeastServedHamlet) reasons.push('LEAST_SERVED_HAMLET')
  if (candidate.lineOpen >= candidate.needOpen) reasons.push('COVERS_WHOLE')
  if (candidate.sameKindRecently) reasons.push('HAS_SAME_KIND')
  const quantity = candidate.lineOpen < candidate.needOpen ? candidate.lineOpen : candidate.needOpen
  return { needId: candidate.needId, quantity, score: reasons.reduce((sum, code) => sum + REASONS[code].weight, 0), reasons }
}

/** Best first; equal scores keep one order, so that two officers see the same list. */
export const rank = (candidates: Candidate[]): Suggestion[] =>
  candidates
    .filter((candidate) => candidate.needOpen > 0n && candidate.lineOpen > 0n)
    .map(suggest)
    .sort((a, b) => b.score - a.score || (a.needId < b.needId ? -1 : 1))

export interface Joining {
  line: { promised: bigint; allocated: bigint; kindCode: string }
  need: { householdId: string; quantity: bigint; allocated: bigint; kindCode: string; isVerified: boolean; isWithdrawn: boolean; areaPath: string }
  pledge: {
    state: string
    areaPath: string
    /** The household whose own gift it is, where one gives. */
    householdId: string | null
  }
  quantity: bigint
}

/** Who took what was there before, for the refusal. */
export interface First {
  name: string
  quantity: bigint
  at: string
}

/** Whether a line may be joined to a need. @throws InvalidInput, Conflict (which says who was first) */
export function checkJoining({ line, need, pledge, quantity }: Joining, firstOnLine: First | null, firstOnNeed: First | null): void {
  if (quantity < 1n) throw invalid('quantity', 'BAD_QUANTITY', 'Số lượng ghép phải từ 1 trở lên.', 'Allocate at least 1.')
  if (pledge.state !== 'VERIFIED') {
    throw conflict('NOT_VERIFIED', 'Cam kết chưa được xác minh (hoặc đã kết thúc), nên chưa thể ghép.', 'The pledge has not been verified, or has ended; it cannot be matched.')
  }
  if (line.kindCode !== need.kindCode) throw conflict('OTHER_KIND', 'Khoản cam kết và nhu cầu khác loại nhau.', 'The line and the need are of different kinds.')
  if (!need.isVerified || need.isWithdrawn) {
    throw conflict('NEED_NOT_OPEN', 'Nhu cầu này chưa được xác minh hoặc đã rút.', 'This need has not been verified, or was withdrawn.')
  }
  if (pledge.householdId === need.householdId) {
    throw conflict('OWN_GIFT', 'Món quà này do chính hộ này cho, nên không ghép cho hộ được. Hãy chọn hộ khác.', 'This gift is from the household itself and cannot come back to it. Choose another household.')
  }
  if (need.areaPath !== pledge.areaPath && !need.areaPath.startsWith(`${pledge.areaPath}.`)) {
    throw conflict('OUTSIDE_TARGET', 'Hộ này nằm ngoài địa bàn mà người cam kết chọn.', 'This household lies outside the area that the giver chose.')
  }
  const lineOpen = openOf(line)
  if (quantity > lineOpen) {
    const [vi, en] = wordsOf(firstOnLine)
    throw conflict('LINE_EXHAUSTED', `Khoản cam kết chỉ còn ${inVi(lineOpen)}.${vi} Hãy tải lại rồi chọn lại.`,
      `Only ${inEn(lineOpen)} of this line is left.${en} Reload and choose again.`)
  }
  const needOpen = need.quantity - need.allocated
  if (quantity > needOpen) {
    const [vi, en] = wordsOf(firstOnNeed)
    throw conflict('NEED_MET', `Nhu cầu này chỉ còn thiếu ${inVi(needOpen)}.${vi} Hãy tải lại rồi chọn lại.`,
      `This need lacks only ${inEn(needOpen)}.${en} Reload and choose again.`)
  }
}

const wordsOf = (first: First | null): [vi: string, en: string] =>
  first
    ? [` ${first.name} đã ghép ${inVi(first.quantity)} lúc ${first.at}.`, ` ${first.name} allocated ${inEn(first.quantity)} at ${first.at}.`]
    : ['', '']
