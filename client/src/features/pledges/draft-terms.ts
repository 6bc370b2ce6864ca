// The terms of a line while they are being written: blank ones, what is amiss with them, and the API's input. Pure.
import type { Family } from '../areas/support-kind.ts'
import type { PledgeInput } from './pledge-draft.ts'

type LineInput = PledgeInput['lines'][number]

/** As typed: wages and prices are digits, skills stand between commas. */
export interface DraftPost {
  areaId: string
  areaName: string
  skillsWanted: string
  skillsTaught: string
  wage: string
  startsOn: string
}

export interface DraftAgreement {
  product: string
  seasonFrom: string
  seasonTo: string
  floorPrice: string
}

export interface DraftTerms {
  post?: DraftPost
  agreement?: DraftAgreement
}

export interface Place {
  id: string
  fullName: string
}

/** What must be asked of a line of a family, beside how much; the work is taken to be in the place that is helped. */
export function blankTerms(family: Family | undefined, place: Place): DraftTerms {
  if (family === 'JOB') return { post: { areaId: place.id, areaName: place.fullName, skillsWanted: '', skillsTaught: '', wage: '', startsOn: '' } }
  if (family === 'OFFTAKE') return { agreement: { product: '', seasonFrom: '', seasonTo: '', floorPrice: '' } }
  return {}
}

export type TermFault = 'noPlace' | 'noWage' | 'badStart' | 'noProduct' | 'badSeason' | 'badSeasonEnd' | 'noFloorPrice'

const isSum = (digits: string) => /^[1-9]\d*$/.test(digits)

/** Each with the control that it stands at, but for the kind. */
export function termFaultsOf({ post, agreement }: DraftTerms, today: string, last: string): { field: string; key: TermFault }[] {
  const isWithin = (day: string) => day >= today && day <= last
  return [
    ...(post && !post.areaId ? [{ field: 'areaId', key: 'noPlace' } as const] : []),
    ...(post && !isSum(post.wage) ? [{ field: 'wage', key: 'noWage' } as const] : []),
    ...(post && !isWithin(post.startsOn) ? [{ field: 'startsOn', key: 'badStart' } as const] : []),
    ...(agreement && agreement.product.trim().length < 2 ? [{ field: 'product', key: 'noProduct' } as const] : []),
    ...(agreement && (agreement.seasonFrom === '' || agreement.seasonFrom > agreement.seasonTo) ? [{ field: 'seasonFrom', key: 'badSeason' } as const] : []),
    ...(agreement && !isWithin(agreement.seasonTo) ? [{ field: 'seasonTo', key: 'badSeasonEnd' } as const] : []),
    ...(agreement && !isSum(agreement.floorPrice) ? [{ field: 'floorPrice', key: 'noFloorPrice' } as const] : []),
  ]
}

export const skillsOf = (typed: string): string[] => typed.split(/[,;]/).map((skill) => skill.trim()).filter((skill) => skill !== '')

export function termsInput({ post, agreement }: DraftTerms): Pick<LineInput, 'post' | 'agreement'> {
  return {
    ...(post && { post: { areaId: post.areaId, skillsWanted: skillsOf(post.skillsWanted), skillsTaught: skillsOf(post.skillsTaught), wage: post.wage, startsOn: post.startsOn } }),
    ...(agreement && { agreement: { ...agreement, product: agreement.product.trim() } }),
  }
}
