// What the database knows of a batch: the open lines and verified needs of an area, as whoever asks may see them.
import type { Tx } from '../../access/hub.ts'
import type { Line, Need } from './optimal/batch.ts'
import { COMMUNE_OF_WORK, SKILLS_AND_PRODUCE, SPOKEN_OF, WITH_TERMS, wordsIn } from './queries.ts'

/** The best answer of a run is still to come. A hub that ended meanwhile will not bring it. */
export const isSolving = (run: string) => `(${run}.ended_at is null and ${run}.run_at > now() - interval '3 minutes')`

const OPEN_LINE = "line.state = 'VERIFIED' and line.allocated < line.promised and (line.area_path @> $1::ltree or line.area_path <@ $1::ltree)"

/** Lines of verified pledges whose area holds this one or lies in it. */
export const linesIn = (tx: Tx, areaPath: string) => tx.$queryRawUnsafe<Line[]>(`
  select line.id::text, line.kind_code as kind, line.area_path::text as area, (line.promised - line.allocated)::float8 as open,
         giver.household_id::text as household, ${COMMUNE_OF_WORK}::text as workplace, nullif(${SKILLS_AND_PRODUCE}, '{}') as terms
  from pledge_line line
  left join household_party giver on giver.party_id = line.party_id${WITH_TERMS}
  where ${OPEN_LINE} order by line.id`, areaPath)

export async function needsIn(tx: Tx, areaPath: string): Promise<Need[]> {
  const spoken = new Map((await spokenIn(tx, areaPath)).map(({ need, terms }) => [need, terms]))
  return (await needs(tx, 'need.area_path <@ $1::ltree', areaPath)).map((need) => (spoken.has(need.id) ? { ...need, speaksOf: spoken.get(need.id)! } : need))
}

/** What households say beside their open needs, where it names a skill or produce of a line: each text is folded once, and none of a kind without terms. */
const spokenIn = (tx: Tx, areaPath: string) => tx.$queryRawUnsafe<{ need: string; terms: string[] }[]>(`
  with named as (
    select distinct line.kind_code, term, ${wordsIn('term')} as words
    from pledge_line line${WITH_TERMS}
    cross join unnest(${SKILLS_AND_PRODUCE}) term
    where ${OPEN_LINE})
  select said.id::text as need, array_agg(named.term order by named.term) as terms
  from (
    select need.id, need.kind_code, ${wordsIn(SPOKEN_OF)} as words
    from need join household on household.id = need.household_id
    where need.area_path <@ $1::ltree and need.verified_at is not null and need.withdrawn_at is null and need.allocated < need.quantity
      and need.kind_code in (select kind_code from named)
    offset 0) said
  join named on named.kind_code = said.kind_code and strpos(said.words, named.words) > 0
  group by said.id`, areaPath)

/** One need, as it stands now. */
export const needNow = async (tx: Tx, id: string): Promise<Need | undefined> => (await needs(tx, 'need.id = $1::uuid', id))[0]

const dayOf = (at: string) => `to_char(${at} at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD')`

const needs = (tx: Tx, where: string, value: string) => tx.$queryRawUnsafe<Need[]>(`
  select need.id::text, need.household_id::text as household, need.kind_code as kind, need.area_path::text as area,
         need.quantity::float8 as quantity, (need.quantity - need.allocated)::float8 as open, need.urgency,
         (select count(distinct indicator_code)::int from household_deprivation d
          where d.household_id = household.id and d.indicator_code = any (kind.answers)) as deprivations,
         (select count(*)::int from unnest(household.causes) cause where cause = any (kind.answers)) as causes,
         coalesce(household.status = 'POOR', false) as "isPoor",
         coalesce(household.status <> 'LEFT', false) as "isListed",
         need.kind_code like 'HOUSE%' as "isHouse",
         ${dayOf('need.raised_at')} as "raisedOn",
         ${dayOf('earlier.any_kind')} as "supportedOn", ${dayOf('earlier.same_kind')} as "sameKindOn", ${dayOf('earlier.house')} as "houseOn",
         (select ${dayOf('max(decided_at)')} from matching_proposal proposal
          where proposal.household_id = household.id and proposal.kind_code = need.kind_code and declined_by_household) as "declinedOn",
         (select given from consent where consent.household_id = household.id and purpose = 'MATCHING' order by at desc limit 1) as "consents"
  from need
  join household on household.id = need.household_id
  join support_kind kind on kind.code = need.kind_code
  cross join lateral (
    select max(decided_at) as any_kind,
           max(decided_at) filter (where kind_code = need.kind_code and need_id <> need.id) as same_kind,
           max(decided_at) filter (where kind_code like 'HOUSE%' and need_id <> need.id) as house
    from allocation where allocation.household_id = household.id and allocation.allocated > 0) earlier
  where ${where} and need.verified_at is not null and need.withdrawn_at is null
  order by need.id`, value)
