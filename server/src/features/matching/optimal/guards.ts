// Which needs a batch leaves out, and why: what the guards refuse never reaches the solver.
import { later } from '../../../platform/day.ts'
import type { Sentence } from '../../../platform/failure.ts'
import { type Batch, type Guards, type Need, pointsOf } from './batch.ts'

export type Refusal = 'SAME_KIND_RECENTLY' | 'HOUSE_RECENTLY' | 'DECLINED_RECENTLY' | 'NOT_LISTED' | 'ANOTHER_NEED_FIRST'

export const REFUSALS: Record<Refusal, Sentence> = {
  SAME_KIND_RECENTLY: { vi: 'Hộ đã được ghép cùng loại trong thời hạn quy định', en: 'The household was allotted the same kind within the set time' },
  HOUSE_RECENTLY: { vi: 'Hộ đã được hỗ trợ nhà trong thời hạn quy định', en: 'The household was given a house within the set time' },
  DECLINED_RECENTLY: { vi: 'Hộ đã từ chối loại hỗ trợ này', en: 'The household declined this kind of support' },
  NOT_LISTED: { vi: 'Hộ không còn trong danh sách được hỗ trợ', en: 'The household is no longer on the list' },
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
  const points = new Map(batch.needs.map((need) => [need, pointsOf(need, weights, day)]))
  // The household's weightiest need takes its one place of the kind; of equals the first by id, so that order does not matter.
  const byPoints = batch.needs.filter((need) => need.open > 0).sort((a, b) => points.get(b)! - points.get(a)! || (a.id < b.id ? -1 : 1))
  for (const need of byPoints) {
    const places = placesOf(need, guards)
    const refusal = refusalOf(need, guards, day) ?? (places.some((place) => taken.has(place)) ? 'ANOTHER_NEED_FIRST' : undefined)
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
export function refusalOf(need: Need, guards: Guards, day: string): Refusal | undefined {
  const within = (on: string | null, months: number) => on !== null && months > 0 && on > later(day, { months: -months })
  if (guards.listedOnly && !need.isListed) return 'NOT_LISTED'
  if (within(need.declinedOn, guards.consentMonths)) return 'DECLINED_RECENTLY'
  if (within(need.sameKindOn, guards.sameKindMonths)) return 'SAME_KIND_RECENTLY'
  if (need.isHouse && within(need.houseOn, guards.houseYears * 12)) return 'HOUSE_RECENTLY'
}

/** What a household can have once in a batch. */
const placesOf = (need: Need, guards: Guards): string[] => [
  ...(guards.sameKindMonths > 0 ? [`${need.household} ${need.kind}`] : []),
  ...(guards.houseYears > 0 && need.isHouse ? [`${need.household} house`] : []),
]
