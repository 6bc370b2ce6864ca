// What a promise of posts, and one to buy produce, must say to be taken up by anyone: pure decisions.
import { BOUNDS } from '../../../../common/bounds.ts'
import { later, spoken } from '../../platform/day.ts'
import { invalid } from '../../platform/failure.ts'
import { mustBeWithin } from '../../platform/number.ts'

export interface PostInput {
  /** A Relay id: where the work is. */
  areaId: string
  skillsWanted?: readonly string[] | null | undefined
  skillsTaught?: readonly string[] | null | undefined
  /** VND a month. */
  wage: bigint
  /** YYYY-MM-DD */
  startsOn: string
}

export interface AgreementInput {
  product: string
  /** YYYY-MM-DD, both inclusive. */
  seasonFrom: string
  seasonTo: string
  /** VND a kg. */
  floorPrice: bigint
}

export interface TermsInput {
  kind: string
  post?: PostInput | null | undefined
  agreement?: AgreementInput | null | undefined
}

export const MAX_SKILLS = 5
const MAX_YEARS_AHEAD = 3

/** @param families of the kinds, by their codes. @throws InvalidInput that names the field. */
export function checkTerms(lines: readonly TermsInput[], families: ReadonlyMap<string, string>, today: string): void {
  for (const [i, { kind, post, agreement }] of lines.entries()) {
    const family = families.get(kind)
    if (family === 'JOB' && !post) {
      throw invalid(`lines.${i}.post`, 'TERMS_NEEDED', 'Hãy cho biết nơi làm, tiền công và ngày bắt đầu của việc làm.', 'Say where the work is, what it pays and when it starts.')
    }
    if (family === 'OFFTAKE' && !agreement) {
      throw invalid(`lines.${i}.agreement`, 'TERMS_NEEDED', 'Hãy cho biết mua nông sản gì, mùa vụ nào và giá sàn.', 'Say which produce is bought, in which season and at what floor price.')
    }
    if (family !== 'JOB' && post) throw invalid(`lines.${i}.post`, 'OTHER_FAMILY', 'Chỉ việc làm mới có nơi làm và tiền công.', 'Only jobs have a workplace and a wage.')
    if (family !== 'OFFTAKE' && agreement) throw invalid(`lines.${i}.agreement`, 'OTHER_FAMILY', 'Chỉ bao tiêu nông sản mới có mùa vụ và giá sàn.', 'Only a purchase of produce has a season and a floor price.')
    if (post) checkPost(post, `lines.${i}.post`, today)
    if (agreement) checkAgreement(agreement, `lines.${i}.agreement`, today)
  }
}

function checkPost(post: PostInput, field: string, today: string): void {
  for (const name of ['skillsWanted', 'skillsTaught'] as const) {
    const skills = skillsIn(post[name])
    if (skills.length > MAX_SKILLS || skills.some((skill) => skill.length < 2 || skill.length > 40)) {
      throw invalid(`${field}.${name}`, 'BAD_SKILLS', `Ghi tối đa ${MAX_SKILLS} nghề, mỗi nghề 2–40 ký tự.`, `Name up to ${MAX_SKILLS} skills of 2–40 characters each.`)
    }
  }
  mustBeWithin(post.wage, BOUNDS.wage, `${field}.wage`, 'BAD_WAGE', { vi: 'Tiền công một tháng (đồng)', en: 'The wage a month (VND)' })
  if (post.startsOn < today || post.startsOn > lastDay(today)) {
    throw invalid(`${field}.startsOn`, 'BAD_DAY', `Ngày bắt đầu làm phải từ ${spoken(today)} và trong vòng ${MAX_YEARS_AHEAD} năm tới.`, `The work must start from ${today} on and within ${MAX_YEARS_AHEAD} years.`)
  }
}

function checkAgreement({ product, seasonFrom, seasonTo, floorPrice }: AgreementInput, field: string, today: string): void {
  if (product.trim().length < 2 || product.trim().length > 60) {
    throw invalid(`${field}.product`, 'BAD_PRODUCT', 'Hãy ghi tên nông sản (2–60 ký tự), ví dụ khoai tây.', 'Name the produce (2–60 characters), for instance potatoes.')
  }
  if (seasonTo < today || seasonTo > lastDay(today)) {
    throw invalid(`${field}.seasonTo`, 'BAD_DAY', `Mùa vụ phải kết thúc từ ${spoken(today)} trở đi, trong vòng ${MAX_YEARS_AHEAD} năm tới.`, `The season must end on ${today} or later, within ${MAX_YEARS_AHEAD} years.`)
  }
  if (seasonFrom > seasonTo || seasonFrom < later(today, { months: -12 })) {
    throw invalid(`${field}.seasonFrom`, 'BAD_DAY', 'Ngày đầu mùa vụ phải trước ngày cuối, và không quá một năm trước hôm nay.', 'The season must begin before it ends, and not more than a year ago.')
  }
  mustBeWithin(floorPrice, BOUNDS.floorPrice, `${field}.floorPrice`, 'BAD_PRICE', { vi: 'Giá sàn một kg (đồng)', en: 'The floor price a kg (VND)' })
}

const lastDay = (today: string) => later(today, { months: 12 * MAX_YEARS_AHEAD })

/** Each skill once, however it is capitalised; as it is kept. */
export function skillsIn(typed: readonly string[] | null | undefined): string[] {
  const skills = (typed ?? []).map((skill) => skill.trim().replaceAll(/\s+/g, ' ').normalize('NFC')).filter((skill) => skill !== '')
  return [...new Map(skills.toReversed().map((skill) => [skill.toLocaleLowerCase('vi'), skill])).values()].toReversed()
}
