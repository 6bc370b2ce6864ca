// What a giver did in a year, in SQL: of verified pledges, by kind and by hamlet, from the movements of that year. Read with the giver's rights.
import { BOUNDS, isWithin } from '../../../../common/bounds.ts'
import type { Bind } from '../../graphql/read.ts'
import { invalid } from '../../platform/failure.ts'
import { unitPrice } from '../pledges/queries.ts'

/** @throws InvalidInput */
export function checkYear(year: number): void {
  // A year is written without a separator.
  if (!Number.isInteger(year) || !isWithin(BigInt(year), BOUNDS.year)) throw invalid('year', 'BAD_YEAR', `Năm phải từ ${BOUNDS.year.least} đến ${BOUNDS.year.most}.`, `The year must be from ${BOUNDS.year.least} to ${BOUNDS.year.most}.`)
}

const newYear = (year: string) => `make_timestamptz(${year}, 1, 1, 0, 0, 0, 'Asia/Ho_Chi_Minh')`

/** The year of one of the viewer's own parties; no row for another's. */
export const yearSql = (bind: Bind, partyId: string, year: number) => `(
  select party.id as party_id, party.name, party.is_demo, given.year, ${newYear('given.year')} as starts_at, ${newYear('given.year + 1')} as ends_at
  from party cross join (select ${bind(year)}::int as year) given
  where party.id = ${bind(partyId)}::uuid and party.id = any ((select viewer_parties())::uuid[]))`

const within = (year: string, instant: string) => `${instant} >= ${year}.starts_at and ${instant} < ${year}.ends_at`
/** From the giver's pledges down: their index is the only one by giver. */
const FACTS = 'pledge join pledge_line line on line.pledge_id = pledge.id join line_fact fact on fact.line_id = line.id'
const STAGES = ['promised', 'allocated', 'dispatched', 'received', 'settled']

/** By kind: what moved in the year, what it was worth by the price of the promise's day, and what did not arrive of what was handed over in it. */
export const kindsSql = (year: string) => `(
  select kind.code as kind_code, kind.ordinal, kind.unit <> 'VND' as is_estimate, ${STAGES.map((stage) => `coalesce(moved.${stage}, 0)::bigint as ${stage}`).join(', ')},
         coalesce(moved.promised_value, 0)::bigint as promised_value, coalesce(moved.received_value, 0)::bigint as received_value,
         coalesce(handed.missing, 0)::bigint as missing, coalesce(handed.unanswered, 0)::bigint as unanswered
  from support_kind kind
  left join (
    select line.kind_code, ${STAGES.map((stage) => `sum(fact.amount) filter (where fact.stage = '${stage.toUpperCase()}') as ${stage}`).join(', ')},
           sum(fact.amount * price.cost) filter (where fact.stage = 'PROMISED') as promised_value, sum(fact.amount * price.cost) filter (where fact.stage = 'RECEIVED') as received_value
    from ${FACTS} cross join lateral (select ${unitPrice('line')} as cost) price
    where pledge.party_id = ${year}.party_id and pledge.state = 'VERIFIED' and ${within(year, 'fact.at')}
    group by line.kind_code) moved on moved.kind_code = kind.code
  left join (
    select allocation.kind_code, sum(delivery.quantity - delivery.received) filter (where delivery.answer is not null) as missing, sum(delivery.quantity) filter (where delivery.answer is null) as unanswered
    from delivery join allocation on allocation.id = delivery.allocation_id
    where delivery.party_id = ${year}.party_id and ${within(year, 'delivery.dispatched_at')}
    group by allocation.kind_code) handed on handed.kind_code = kind.code
  where moved.kind_code is not null or handed.kind_code is not null)`

/** By hamlet and kind: what was handed over in the year, and what of it came to how many households. */
export const placesSql = (year: string) => `(
  select delivery.area_id, allocation.kind_code, sum(delivery.quantity)::bigint as dispatched, sum(delivery.received)::bigint as received,
         count(distinct delivery.household_id) filter (where delivery.received > 0)::int as households
  from delivery join allocation on allocation.id = delivery.allocation_id
  where delivery.party_id = ${year}.party_id and ${within(year, 'delivery.dispatched_at')}
  group by delivery.area_id, allocation.kind_code)`

/** How many hamlets, or households, something came to. */
export const reached = (year: string, what: 'area_id' | 'household_id') => `(
  select count(distinct delivery.${what})::int from delivery where delivery.party_id = ${year}.party_id and delivery.received > 0 and ${within(year, 'delivery.dispatched_at')})`

const seenIn = (year: string) => `outcome.observed_on between make_date(${year}.year, 1, 1) and make_date(${year}.year, 12, 31)`

/** Lines of posts and of purchases that moved in the year: what was promised in all, and what of it was bought in the year. */
export const linesOnTermsSql = (year: string) => `(
  select line.id, line.ordinal, line.kind_code, line.detail, line.promised, pledge.registered_at, purchases.*
  from pledge join pledge_line line on line.pledge_id = pledge.id cross join lateral (
    select coalesce(sum(outcome.quantity) filter (where outcome.kind = 'PRODUCE_BOUGHT'), 0)::bigint as bought,
           coalesce(sum(outcome.quantity * outcome.unit_price) filter (where outcome.kind = 'PRODUCE_BOUGHT'), 0)::bigint as value,
           coalesce(sum(outcome.quantity) filter (where outcome.kind = 'PRODUCE_PAID'), 0)::bigint as paid
    from outcome where outcome.pledge_id = pledge.id and outcome.line_id = line.id and ${seenIn(year)}) purchases
  where pledge.party_id = ${year}.party_id and pledge.state = 'VERIFIED'
    and (exists (select from job_post where line_id = line.id) or exists (select from purchase_agreement where line_id = line.id))
    and (purchases.bought > 0 or purchases.paid > 0 or exists (select from line_fact fact where fact.line_id = line.id and ${within(year, 'fact.at')})))`

/** What is seen again on each visit: the last word of the year counts, for each thing that was given. */
const SEEN_AGAIN = ['LIVESTOCK_ALIVE', 'JOB_KEPT', 'GOODS_IN_USE', 'WORKS_IN_USE']
/** What is said of a household, and not of a thing. */
const OF_HOUSEHOLD = ['LEFT_POVERTY', 'RELAPSED']
const listed = (kinds: string[]) => kinds.map((kind) => `'${kind}'`).join(', ')

/** What became of what was given, as it was seen in the year. */
export const outcomesSql = (year: string) => `(
  with said as (
    select outcome.kind, allocation.kind_code, outcome.allocation_id, outcome.household_id, outcome.quantity, outcome.observed_on, outcome.recorded_at
    from pledge join outcome on outcome.pledge_id = pledge.id join allocation on allocation.id = outcome.allocation_id
    where pledge.party_id = ${year}.party_id and ${seenIn(year)})
  select kind as outcome, kind_code, sum(quantity)::bigint as quantity from (
    select kind, kind_code, quantity from said where kind not in (${listed([...SEEN_AGAIN, ...OF_HOUSEHOLD])})
    union all
    (select distinct on (allocation_id, kind) kind, kind_code, quantity from said where kind in (${listed(SEEN_AGAIN)}) order by allocation_id, kind, observed_on desc, recorded_at desc)
    union all
    (select distinct on (household_id, kind) kind, null, 1 from said where kind in (${listed(OF_HOUSEHOLD)}))) counted
  group by kind, kind_code)`

/** In which something moved, or was seen to have become of it. */
export const yearsSql = (year: string) => `(
  select extract(year from fact.at at time zone 'Asia/Ho_Chi_Minh')::int as value from ${FACTS} where pledge.party_id = ${year}.party_id
  union
  select extract(year from outcome.observed_on)::int from pledge join outcome on outcome.pledge_id = pledge.id where pledge.party_id = ${year}.party_id)`
