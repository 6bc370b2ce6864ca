// Which needs a batch leaves out, and why: what the guards refuse never reaches the solver.
import { later } from '../../../platform/day.ts'
import { type Sentence, conflict, invalid } from '../../../platform/failure.ts'
import { textIn } from '../../../platform/text.ts'
import { type Batch, type Guards, type Need, pointsOf } from './batch.ts'

export type Refusal = 'CONSENT_REVOKED' | 'NO_CONSENT' | 'SAME_KIND_RECENTLY' | 'HOUSE_RECENTLY' | 'DECLINED_RECENTLY' | 'NOT_LISTED' | 'OWN_GIFT' | 'ANOTHER_NEED_FIRST'

export const REFUSALS: Record<Refusal, Sentence> = {
  CONSENT_REVOKED: { vi: 'Hộ không cho ghép hỗ trợ', en: 'The household does not allow that it is matched' },
  NO_CONSENT: { vi: 'Chưa có lời đồng ý của hộ cho ghép hỗ trợ', en: 'The household has not yet said that it may be matched' },
  SAME_KIND_RECENTLY: { vi: 'Hộ đã được ghép cùng loại trong thời hạn quy định', en: 'The household was allotted the same kind within the set time' },
  HOUSE_RECENTLY: { vi: 'Hộ đã được hỗ trợ nhà trong thời hạn quy định', en: 'The household was given a house within the set time' },
  DECLINED_RECENTLY: { vi: 'Hộ đã từ chối loại hỗ trợ này', en: 'The household declined this kind of support' },
  NOT_LISTED: { vi: 'Hộ không còn trong danh sách được hỗ trợ', en: 'The household is no longer on the list' },
  OWN_GIFT: { vi: 'Chính hộ cũng đang cho loại này (hãy ghép từng khoản, với quà của người khác)', en: "The household gives this kind itself (match it line by line, with another's gift)" },
  ANOTHER_NEED_FIRST: { vi: 'Một nhu cầu khác của hộ được xét trước trong đợt này', en: 'Another need of the household goes first in this batch' },
}

export interface Refused {
  need: string
  refusal: Refusal
}

/** Splits the open needs of a batch into those that may be met and those that may not. */
export function guard(batch: Batch): { eligible: Need[]; refused: Refused[] } {
  const { day, guards, weights } = batch
  const eligible: Need[] = []
  const refused: Refused[] = []
  const taken = new Set<string>()
  // A gift that has climbed into an area is one with all others there, so no pair can be left out: the household's need is.
  const giving = new Set(batch.lines.filter(({ household, open }) => household && open > 0).map(({ household, kind }) => `${household} ${kind}`))
  const points = new Map(batch.needs.map((need) => [need, pointsOf(need, weights, day)]))
  // The household's weightiest need takes its one place of the kind; of equals the first by id, so that order does not matter.
  const byPoints = batch.needs.filter((need) => need.open > 0).sort((a, b) => points.get(b)! - points.get(a)! || (a.id < b.id ? -1 : 1))
  for (const need of byPoints) {
    const places = placesOf(need, guards)
    const refusal = refusalsOf(need, guards, day)[0]
      ?? (giving.has(`${need.household} ${need.kind}`) ? 'OWN_GIFT' : places.some((place) => taken.has(place)) ? 'ANOTHER_NEED_FIRST' : undefined)
    if (refusal) {
      refused.push({ need: need.id, refusal })
      continue
    }
    for (const place of places) taken.add(place)
    eligible.push(need)
  }
  return { eligible, refused }
}

/** Why a need may not be met on a day, whatever else is in the batch. */
export function refusalsOf(need: Need, guards: Guards, day: string): Refusal[] {
  const within = (on: string | null, months: number) => on !== null && months > 0 && on > later(day, { months: -months })
  const refusals: [Refusal, boolean][] = [
    ['CONSENT_REVOKED', need.consents === false],
    ['NO_CONSENT', guards.consentNeeded && need.consents === null],
    ['NOT_LISTED', guards.listedOnly && !need.isListed],
    ['DECLINED_RECENTLY', within(need.declinedOn, guards.consentMonths)],
    ['SAME_KIND_RECENTLY', within(need.sameKindOn, guards.sameKindMonths)],
    ['HOUSE_RECENTLY', need.isHouse && within(need.houseOn, guards.houseYears * 12)],
  ]
  return refusals.filter(([, refuses]) => refuses).map(([refusal]) => refusal)
}

/** No reason of an office stands above the household's own word. */
const STANDS_ALWAYS = new Set<Refusal>(['CONSENT_REVOKED', 'NO_CONSENT'])

/**
 * Whether a need that guards forbid may be met all the same: by who has the right to pass them over, and with a reason. Gives what is to be
 * kept of it; nothing where no guard was in the way.
 * @throws Conflict, InvalidInput
 */
export function checkGuards(refusals: Refusal[], reason: string | null | undefined, mayOverride: boolean): { overridden: Refusal[]; overrideReason: string } | null {
  if (refusals.length === 0) return null
  const firm = refusals.find((refusal) => STANDS_ALWAYS.has(refusal)) ?? (mayOverride ? undefined : refusals[0])
  if (firm) throw conflict(firm, `${REFUSALS[firm].vi}.`, `${REFUSALS[firm].en}.`)
  const overrideReason = textIn('overrideReason', reason, 'reason')
  if (!overrideReason) {
    const said = (language: 'vi' | 'en') => refusals.map((refusal) => `${REFUSALS[refusal][language]}.`).join(' ')
    throw invalid('overrideReason', refusals[0]!, `${said('vi')} Nếu vẫn ghép, hãy ghi lý do (tối đa 500 ký tự).`, `${said('en')} To allocate all the same, give the reason, in 500 characters at most.`)
  }
  return { overridden: refusals, overrideReason }
}

/** What a household can have once in a batch. */
const placesOf = (need: Need, guards: Guards): string[] => [
  ...(guards.sameKindMonths > 0 ? [`${need.household} ${need.kind}`] : []),
  ...(guards.houseYears > 0 && need.isHouse ? [`${need.household} house`] : []),
]
