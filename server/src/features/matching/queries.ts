// What the database knows of each need that a line could meet.
import type { Candidate } from './rules.ts'

/** Candidates weighed at most; more are cut by urgency and waiting time. */
const CANDIDATES = 500

/** Runs one statement as the viewer. */
type Ask = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>

/** What a line's terms say, joined to it: of a post with the place of the work, where that is a commune or within one; of a promise to buy. */
export const WITH_TERMS = `
    left join job_post post on post.line_id = line.id
    left join area workplace on workplace.id = post.area_id and nlevel(workplace.path) > 1
    left join purchase_agreement agreement on agreement.line_id = line.id`
export const COMMUNE_OF_WORK = 'subpath(workplace.path, 0, 2)'
export const SKILLS_AND_PRODUCE = 'array_remove(post.skills_wanted || post.skills_taught || agreement.product, null)'
export const SPOKEN_OF = "need.detail || ' ' || household.wish"

/** Whether a party is the household itself, giving. */
export const isOneself = (partyId: string, householdId: string) => `exists (select from household_party where party_id = ${partyId} and household_id = ${householdId})`

/** Its words without diacritics, each between two spaces: so that "rau" is not found in "trâu". */
export const wordsIn = (text: string) => `' ' || trim(regexp_replace(fold_vi(${text}), '[^a-z0-9]+', ' ', 'g')) || ' '`

/** Verified, open needs of the line's kind, within the pledge's target area and the viewer's offices, but for the giver's own. */
export async function candidatesFor(ask: Ask, lineId: string): Promise<Candidate[]> {
  const rows = await ask(`
    select need.id as "needId",
           need.quantity - need.allocated as "needOpen",
           line.promised - line.allocated as "lineOpen",
           need.area_id = pledge.area_id as "isTargetHamlet",
           need.urgency,
           household.causes && kind.answers as "answersCause",
           exists (select 1 from household_deprivation d where d.household_id = household.id and d.indicator_code = any (kind.answers)) as "answersDeprivation",
           exists (select from unnest(${SKILLS_AND_PRODUCE}) word where strpos(${wordsIn(SPOKEN_OF)}, ${wordsIn('word')}) > 0) as "answersWish",
           coalesce(need.area_path <@ ${COMMUNE_OF_WORK}, false) as "isNearWork",
           household.status = 'POOR' as "isPoor",
           (select count(*)::int from allocation where allocation.household_id = household.id and allocation.allocated > 0) as "allocationsBefore",
           exists (select 1 from allocation where allocation.household_id = household.id and allocation.kind_code = line.kind_code
                   and allocation.allocated > 0 and allocation.decided_at > now() - interval '24 months') as "sameKindRecently",
           extract(day from now() - need.raised_at)::int as "waitingDays"
    from pledge_line line
    join pledge on pledge.id = line.pledge_id and pledge.state = 'VERIFIED'
    join support_kind kind on kind.code = line.kind_code
    join need on need.kind_code = line.kind_code and need.area_path <@ pledge.area_path
      and need.verified_at is not null and need.withdrawn_at is null and need.allocated < need.quantity
    join household on household.id = need.household_id${WITH_TERMS}
    where line.id = $1::uuid and line.allocated < line.promised
      and need.area_path <@ any ((select viewer_offices())::ltree[]) and not ${isOneself('pledge.party_id', 'need.household_id')}
    order by need.urgency desc, need.raised_at, need.id
    limit ${CANDIDATES}`, [lineId])
  return rows.map((row) => ({ ...row, needOpen: BigInt(row.needOpen as string), lineOpen: BigInt(row.lineOpen as string) }) as Candidate)
}
