// What is lacking where and who is there already, in SQL. Read with the reader's rights.

/** Percentage points from the area's average up to which a hamlet is served like the others. Our own choice. */
const EVEN_WITHIN = 10

/** The text of a path up to which all that lies below it sorts: no id has a character before '/' but the dot. */
const AFTER_ALL_BELOW = '/'

/** `path <@ place` for a column of text, by a range of its index. */
const within = (column: string, place: string) => `${column} >= ltree2text(${place}) and ${column} < ltree2text(${place}) || '${AFTER_ALL_BELOW}'`

/**
 * One row per hamlet at or below a path, and kind that it needs: what is needed, matched and received, and how that compares with the
 * whole place. The sums of the hamlets and what has been written since, seen at once: no household is read, so a province costs little.
 * Ids go back to the collation of the columns that they are looked up in, or no index would serve.
 */
export function gapsIn(place: string, kind: string | null): string {
  const ofKind = kind === null ? 'true' : `kind_code = ${kind}`
  const columns = 'kind_code, quantity, allocated, received, urgency_1 + urgency_2 + urgency_3 as needs'
  return `(
    with part as materialized (
      select area_path, kind_code, sum(quantity) as quantity, sum(allocated) as allocated, sum(received) as received
      from (
        select area_path, ${columns} from need_total where ${within('area_path', place)} and area_path like '%.%.%' and ${ofKind}
        union all
        select ltree2text(area_path), ${columns} from need_total_delta where area_path <@ ${place} and nlevel(area_path) = 3 and ${ofKind}) moved
      group by area_path, kind_code
      having sum(needs) > 0),
    whole as (select kind_code, 100.0 * sum(allocated) / sum(quantity) as met from part group by kind_code)
    select split_part(area_path, '.', 3) collate "default" as area_id, area_path::ltree, part.kind_code, quantity, allocated, received, quantity - allocated as open,
           floor(100.0 * allocated / quantity)::int as met, floor(whole.met)::int as average,
           case when 100.0 * allocated / quantity < whole.met - ${EVEN_WITHIN} then 0 when 100.0 * allocated / quantity > whole.met + ${EVEN_WITHIN} then 2 else 1 end as level
    from part join whole on whole.kind_code = part.kind_code)`
}

/** What verified pledges for a hamlet alone still offer of a kind. */
export const pledgedOpen = (gap: string) => `(
  select coalesce(sum(promised - allocated), 0)::text from (
    select promised, allocated from roll_up where area_path = ltree2text(${gap}.area_path) and period = '-infinity' and kind_code = ${gap}.kind_code
    union all
    select promised, allocated from roll_up_delta where area_path = ${gap}.area_path and kind_code = ${gap}.kind_code) counted)`

/** Who adopts a hamlet or what lies above it, and who gives to it, by their names; each once. */
export const activeAt = (gap: string, isNamed: (row: string) => string) => `(
  select party_id, bool_or(is_adopting) as is_adopting from (
    select party_id, true as is_adopting from adoption
    where area_id = any (string_to_array(ltree2text(${gap}.area_path), '.')) and state = 'ACTIVE' and (kind_code is null or kind_code = ${gap}.kind_code)
      and ${isNamed('adoption')}
    union all
    select pledge.party_id, false from pledge join pledge_line line on line.pledge_id = pledge.id
    where pledge.place_3 = ${gap}.area_id and pledge.state = 'VERIFIED' and line.kind_code = ${gap}.kind_code and line.promised > 0 and ${isNamed('pledge')}) active
  where party_id is not null group by party_id)`

/** Verified needs of a hamlet and kind by the causes of poverty of their households, in the viewer's offices alone. */
export const causesOf = (gap: string) => `(
  select cause as cause_code, sum(need.quantity) as quantity, sum(need.quantity - need.allocated) as open
  from household join need on need.household_id = household.id, unnest(household.causes) cause
  where household.area_id = ${gap}.area_id and need.kind_code = ${gap}.kind_code and need.verified_at is not null and need.withdrawn_at is null
    and household.area_path <@ any ((select viewer_offices())::ltree[])
  group by cause)`

/** What came of an adoption in its area and time, by kind: pledged to it and verified, handed over in it, and confirmed. For those who hold it. */
export const progressOf = (adoption: string, isHeld: string) => `(
  select kind_code, sum(promised) as promised, sum(dispatched) as dispatched, sum(received) as received from (
    select line.kind_code, line.promised, 0 as dispatched, 0 as received
    from pledge join pledge_line line on line.pledge_id = pledge.id
    where pledge.party_id = ${adoption}.party_id and pledge.state = 'VERIFIED' and pledge.area_path <@ ${adoption}.area_path
      and ${dayOf('pledge.registered_at')} between ${adoption}.starts_on and ${adoption}.ends_on
    union all
    select allocation.kind_code, 0, delivery.quantity, delivery.received
    from delivery join allocation on allocation.id = delivery.allocation_id
    where delivery.party_id = ${adoption}.party_id and delivery.area_path <@ ${adoption}.area_path
      and ${dayOf('delivery.dispatched_at')} between ${adoption}.starts_on and ${adoption}.ends_on) moved
  where ${isHeld} and (${adoption}.kind_code is null or ${adoption}.kind_code = moved.kind_code)
  group by kind_code)`

const dayOf = (instant: string) => `(${instant} at time zone 'Asia/Ho_Chi_Minh')::date`
