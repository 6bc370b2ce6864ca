// The terms of a line as papers print them: where a post is and what it pays, what produce is bought when and for how much, and what has come of it.
import { spoken } from '../../platform/day.ts'
import { inEn, inVi } from '../../platform/number.ts'

type Language = 'vi' | 'en'

/** Whole numbers are decimal text, as JSON brings them; days are YYYY-MM-DD. */
export interface Terms {
  post: { area: string; skillsWanted: string[]; skillsTaught: string[]; wage: string; startsOn: string } | null
  agreement: ({ product: string; seasonFrom: string; seasonTo: string; floorPrice: string } & Purchases) | null
}

/** What of a promise to buy was bought, kg, for how much, and how much of it was paid for. */
export type Purchases = Record<'bought' | 'value' | 'paid', string>

/** As members of a JSON object. */
export const termsSql = (line: string) => `
  'post', (select json_build_object('area', area.full_name, 'skillsWanted', post.skills_wanted, 'skillsTaught', post.skills_taught, 'wage', post.wage::text, 'startsOn', post.starts_on::text)
    from job_post post join area on area.id = post.area_id where post.line_id = ${line}.id),
  'agreement', (select json_build_object('product', agreement.product, 'seasonFrom', agreement.season_from::text, 'seasonTo', agreement.season_to::text,
      'floorPrice', agreement.floor_price::text, 'bought', agreement.bought::text, 'value', agreement.value::text, 'paid', agreement.paid::text)
    from purchase_agreement agreement where agreement.line_id = ${line}.id)`

const WORDS = {
  vi: {
    figure: inVi, vnd: (amount: bigint) => `${inVi(amount)} đồng`, day: spoken,
    post: (area: string, wage: string, day: string) => `Làm tại ${area}, ${wage} một tháng, từ ${day}`,
    taught: (skills: string) => `Được dạy: ${skills}`, wanted: (skills: string) => `Cần biết: ${skills}`,
    agreement: (product: string, from: string, to: string, price: string) => `${product}, mùa từ ${from} đến ${to}, giá sàn ${price} một kg`,
    nothingBought: (promised: string) => `Chưa mua kg nào trên ${promised} kg đã hứa`,
    bought: (bought: string, promised: string, value: string, paid: string) => `Đã mua ${bought} trên ${promised} kg đã hứa, trị giá ${value}; đã trả tiền ${paid} kg`,
  },
  en: {
    figure: inEn, vnd: (amount: bigint) => `${inEn(amount)} VND`, day: (day: string) => day,
    post: (area: string, wage: string, day: string) => `Work in ${area}, ${wage} a month, from ${day}`,
    taught: (skills: string) => `Taught at work: ${skills}`, wanted: (skills: string) => `Needed: ${skills}`,
    agreement: (product: string, from: string, to: string, price: string) => `${product}, season from ${from} to ${to}, floor price ${price} a kg`,
    nothingBought: (promised: string) => `None of the ${promised} kg promised bought yet`,
    bought: (bought: string, promised: string, value: string, paid: string) => `${bought} of ${promised} kg promised bought, worth ${value}; ${paid} kg paid for`,
  },
}

/** Nothing of a line that has none. */
export function termsIn({ post, agreement }: Terms, language: Language): string[] {
  const { vnd, day, ...words } = WORDS[language]
  return [
    ...(post ? [words.post(post.area, vnd(BigInt(post.wage)), day(post.startsOn))] : []),
    ...(post?.skillsTaught.length ? [words.taught(post.skillsTaught.join(', '))] : []),
    ...(post?.skillsWanted.length ? [words.wanted(post.skillsWanted.join(', '))] : []),
    ...(agreement ? [words.agreement(agreement.product, day(agreement.seasonFrom), day(agreement.seasonTo), vnd(BigInt(agreement.floorPrice)))] : []),
  ]
}

/** What was bought beside what was promised. */
export function purchasesIn({ bought, value, paid }: Purchases, promised: string, language: Language): string {
  const { figure, vnd, ...words } = WORDS[language]
  const kg = (text: string) => figure(BigInt(text))
  return bought === '0' && paid === '0' ? words.nothingBought(kg(promised)) : words.bought(kg(bought), kg(promised), vnd(BigInt(value)), kg(paid))
}
