// Floor of a giver's year: the giver's pledges, hand-overs and outcomes of the year, each read once.
import type { Viewer } from '../../../server/src/access/viewer.ts'
import { type Floor, STAGES, answer, areaOf, id, json, key, kindOf, list, texts } from './floor.ts'

const inYear = (instant: string) => `${instant} >= make_timestamptz($3::int, 1, 1, 0, 0, 0, 'Asia/Ho_Chi_Minh') and ${instant} < make_timestamptz($3::int + 1, 1, 1, 0, 0, 0, 'Asia/Ho_Chi_Minh')`
const facts = 'pledge join pledge_line line on line.pledge_id = pledge.id join line_fact fact on fact.line_id = line.id'
const ofStage = (stage: string, sum: string) => `coalesce(sum(${sum}) filter (where fact.stage = '${stage.toUpperCase()}'), 0)::bigint`
const price = `coalesce((select cost from support_price where kind_code = line.kind_code and applies_from <= (pledge.registered_at at time zone 'Asia/Ho_Chi_Minh')::date order by applies_from desc limit 1), kind.typical_cost)`

const kinds = `(
  select moved.*, coalesce(handed.missing, 0)::bigint as missing, coalesce(handed.unanswered, 0)::bigint as unanswered from (
    select kind.code, kind.ordinal, kind.unit <> 'VND' as is_estimate, ${STAGES.split(' ').map((stage) => `${ofStage(stage, 'fact.amount')} as ${stage}`).join(', ')},
           ${ofStage('promised', `fact.amount * ${price}`)} as promised_value, ${ofStage('received', `fact.amount * ${price}`)} as received_value
    from ${facts} join support_kind kind on kind.code = line.kind_code
    where pledge.party_id = $2 and pledge.state = 'VERIFIED' and ${inYear('fact.at')} group by kind.code) moved
  left join (
    select allocation.kind_code as code, sum(delivery.quantity - delivery.received) filter (where delivery.answer is not null) as missing, sum(delivery.quantity) filter (where delivery.answer is null) as unanswered
    from delivery join allocation on allocation.id = delivery.allocation_id where delivery.party_id = $2 and ${inYear('delivery.dispatched_at')} group by 1) handed using (code))`

const places = `(
  select delivery.area_id, allocation.kind_code, sum(delivery.quantity)::bigint as dispatched, sum(delivery.received)::bigint as received,
         count(distinct delivery.household_id) filter (where delivery.received > 0)::int as households
  from delivery join allocation on allocation.id = delivery.allocation_id where delivery.party_id = $2 and ${inYear('delivery.dispatched_at')} group by 1, 2 order by 5 desc, 1, 2 limit 500)`

const again = `('LIVESTOCK_ALIVE', 'JOB_KEPT', 'GOODS_IN_USE', 'WORKS_IN_USE')`
const outcomes = `(
  select said.kind as outcome, case when said.kind not in ('LEFT_POVERTY', 'RELAPSED') then said.kind_code end as kind_code,
         (case when said.kind in ('LEFT_POVERTY', 'RELAPSED') then count(distinct said.household_id) when said.kind in ${again} then sum(said.quantity) filter (where said.nth = 1) else sum(said.quantity) end)::bigint as quantity
  from (select outcome.kind, outcome.household_id, outcome.quantity, allocation.kind_code,
               row_number() over (partition by outcome.allocation_id, outcome.kind order by outcome.observed_on desc, outcome.recorded_at desc) as nth
        from pledge join outcome on outcome.pledge_id = pledge.id join allocation on allocation.id = outcome.allocation_id
        where pledge.party_id = $2 and extract(year from outcome.observed_on) = $3::int) said
  group by 1, 2, said.kind)`

const reached = (what: string) => `(select count(distinct ${what})::int from delivery where party_id = $2 and received > 0 and ${inYear('dispatched_at')})`

export const SeeGivingYear: Floor = {
  values: ({ party, year }, viewer: Viewer) => [viewer.parties, key(party), year],
  text: answer({
    givingYear: `(select json_build_object('party', ${json('giver', 'name', id('Party', 'giver'))}, 'year', $3::int,
      'years', (select coalesce(json_agg(year order by year desc), '[]') from (select extract(year from fact.at at time zone 'Asia/Ho_Chi_Minh')::int as year from ${facts} where pledge.party_id = $2
        union select extract(year from outcome.observed_on)::int from pledge join outcome on outcome.pledge_id = pledge.id where pledge.party_id = $2) moved),
      'hamlets', ${reached('area_id')}, 'households', ${reached('household_id')},
      'kinds', ${list(json('t', 'isEstimate', { kind: kindOf('t.code', 'code name unitName'), ...texts('t', `${STAGES} missing unanswered promisedValue receivedValue`) }), `${kinds} t`, 't.ordinal')},
      'places', ${list(json('t', 'households', { area: areaOf('t.area_id'), kind: kindOf('t.kind_code', 'code'), ...texts('t', 'dispatched received') }), `${places} t`, 't.households desc, t.area_id, t.kind_code')},
      'outcomes', ${list(json('t', 'outcome', { kind: kindOf('t.kind_code', 'code'), ...texts('t', 'quantity') }), `${outcomes} t`, 't.outcome, t.kind_code')})
      from party giver where giver.id = $2 and giver.id = any ($1::uuid[]))`,
  }),
}
