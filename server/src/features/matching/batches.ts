// What the database knows of a batch: the open lines and verified needs of an area, as whoever asks may see them.
import type { Tx } from '../../access/hub.ts'
import type { Line, Need } from './optimal/batch.ts'

/** The best answer of a run is still to come. A hub that ended meanwhile will not bring it. */
export const isSolving = (run: string) => `(${run}.ended_at is null and ${run}.run_at > now() - interval '3 minutes')`

/** Lines of verified pledges whose area holds this one or lies in it. */
export const linesIn = (tx: Tx, areaPath: string): Promise<Line[]> => tx.$queryRaw`
  select id::text, kind_code as kind, area_path::text as area, (promised - allocated)::float8 as open
  from pledge_line where state = 'VERIFIED' and allocated < promised and (area_path @> ${areaPath}::ltree or area_path <@ ${areaPath}::ltree) order by id`

export const needsIn = (tx: Tx, areaPath: string): Promise<Need[]> => needs(tx, 'need.area_path <@ $1::ltree', areaPath)

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
