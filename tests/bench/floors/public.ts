// Floors of the operations that a visitor runs: only what is verified, and no giver who stays unnamed.
import { type Floor, STAGES, ancestorsOf, answer, areaOf, id, instant, json, key, kindOf, latest, list, page, percentOf, texts } from './floor.ts'

/** What a server knows of itself, without asking its database. */
const hub = (fields: Record<string, string>) => json('', '', fields)
const FEED = `'0.0'`
const today = `(now() at time zone 'Asia/Ho_Chi_Minh')::date`
const named = (columns: string) => `(select ${json('party', columns)} from party where party.id = t.party_id and not t.anonymous)`

export const SearchAreas: Floor = {
  values: ({ search }) => [search],
  text: answer({
    areas: page({
      from: '(select area.*, named.rank from areas_named($1) named join area on area.id = named.id) t', where: 'true', orderBy: 't.rank, t.name collate "vi-x-icu", t.id',
      node: json('t', 'kind fullName', {
        ...id('Area', 't'), ...texts('t', 'validTo'), isLiving: 't.valid_to is null', ancestors: ancestorsOf('t'),
        successors: list(json('change', 'effectiveOn basis', { area: areaOf('change.to_id') }), 'area_succession change where change.from_id = t.id', 'change.effective_on, change.to_id'),
      }),
    }),
  }),
}

const succession = (from: string, to: string) =>
  list(json('change', 'transfer effectiveOn basis', { area: areaOf(`change.${to}`, 'fullName', false) }), `area_succession change where change.${from} = area.id`, `change.effective_on, change.${to}`)

/** What verified pledges for an area and all below it come to, added up as one asks. */
const totalsIn = (path: string) => list(
  json('', '', { kind: json('kind', 'code'), quantities: json('', '', texts('total', 'promised received')) }),
  `(select line.kind_code, sum(line.promised) as promised, sum(line.received) as received
    from pledge join pledge_line line on line.pledge_id = pledge.id
    where pledge.state = 'VERIFIED' and pledge.area_path <@ ${path} group by line.kind_code) total
   join support_kind kind on kind.code = total.kind_code`, 'kind.ordinal')

export const SeeArea: Floor = {
  values: (variables) => [key(variables.id)],
  text: answer({
    area: `(select ${json('area', 'kind code fullName validFrom validTo historyComplete', {
      ...id('Area', 'area'), isDemonstration: 'area.is_demo', ancestors: ancestorsOf('area', true),
      children: `(select json_build_object('nodes', coalesce(json_agg(${json('child', 'fullName kind', { ...id('Area', 'child'), totals: totalsIn('child.path') })} order by child.n) filter (where child.n <= 50), '[]'), 'totalCount', count(*))
        from (select below.*, row_number() over (order by below.name collate "vi-x-icu", below.id) as n from area_place place join area below on below.id = place.area_id
          where place.parent_id = area.id and ${today} between place.valid_from and coalesce(place.valid_to, 'infinity')) child)`,
      predecessors: succession('to_id', 'from_id'), successors: succession('from_id', 'to_id'),
      households: `(select json_build_object('value', case when label ~ '^\\d+$' then label::int end, 'label', label) from public_household_count(area.id) label)`,
      needs: list(json('need', 'urgency', { kind: json('kind', 'code name unitName'), ...texts('need', 'quantity allocated received open') }),
        `(select kind_code, sum(quantity) as quantity, sum(allocated) as allocated, sum(received) as received, sum(quantity) - sum(allocated) as open, max(urgency) as urgency
          from need where need.area_path <@ area.path and verified_at is not null and withdrawn_at is null group by kind_code) need
         join support_kind kind on kind.code = need.kind_code`, 'kind.ordinal'),
      pledges: page({
        from: 'pledge t', where: `t.area_path <@ area.path and t.state = 'VERIFIED'`, orderBy: 't.registered_at desc, t.id desc', count: true,
        node: json('t', 'anonymous expectedOn', {
          ...id('Pledge', 't'), party: named('name kind'),
          lines: list(json('', '', { kind: json('kind', 'code name'), quantities: json('', '', texts('line', STAGES)) }),
            'pledge_line line join support_kind kind on kind.code = line.kind_code where line.pledge_id = t.id', 'line.ordinal'),
        }),
      }),
    })} from area where area.id = $1)`,
    hub: hub({ feedCursor: FEED }),
  }),
}

export const SeeTotals: Floor = {
  values: ({ area }) => [key(area)],
  text: answer({
    totals: list(json('total', 'pledges', { kind: json('kind', 'code name family unit'), quantities: json('', '', texts('total', `${STAGES} open shortfall`)) }),
      `(select line.kind_code, count(distinct pledge.id) as pledges, ${STAGES.split(' ').map((stage) => `sum(line.${stage}) as ${stage}`).join(', ')},
               sum(line.promised) - sum(line.allocated) as open, greatest(0, sum(line.dispatched) - sum(line.received)) as shortfall
        from pledge join pledge_line line on line.pledge_id = pledge.id
        where pledge.state = 'VERIFIED' and pledge.area_path <@ (select path from area where id = $1) group by line.kind_code) total
       join support_kind kind on kind.code = total.kind_code`, 'kind.ordinal'),
    hub: hub({ isDemonstration: 'true', contact: `''`, feedCursor: FEED }),
  }),
}

export const SeeRotationRules: Floor = {
  values: () => [],
  text: answer({
    rotationRules: list(json('rule', 'code name source note returnOrdinal maleCalf returnFromMonths returnByMonths keepMonths', { kind: kindOf('rule.kind_code', 'code') }), 'rotation_rule rule', 'rule.ordinal'),
  }),
}

export const ListPledges: Floor = {
  values: ({ area }) => [key(area)],
  text: answer({
    pledges: page({
      from: 'pledge t', where: `t.area_path <@ (select path from area where id = $1) and t.state = 'VERIFIED'`, orderBy: 't.registered_at desc, t.id desc', count: true, edges: true,
      node: json('t', 'state version', {
        ...id('Pledge', 't'), registeredAt: instant('t.registered_at'), party: named('name'), area: areaOf('t.area_id', 'fullName', false),
        lines: list(json('', '', { kind: json('kind', 'name'), quantities: json('', '', { promised: 'line.promised::text', open: '(line.promised - line.allocated)::text' }) }),
          'pledge_line line join support_kind kind on kind.code = line.kind_code where line.pledge_id = t.id', 'line.ordinal'),
      }),
    }),
  }),
}

const targetsOf = (plan: string, more: Record<string, string> = {}) => list(
  json('target', 'dueOn numerator denominator cumulative printed', { percent: percentOf('target.numerator', 'target.denominator'), ...more }),
  `plan_target target where target.plan_id = ${plan}.id`, 'target.due_on, target.area_id')

export const ListPlans: Floor = {
  values: ({ area }) => [key(area)],
  text: answer({
    plans: page({
      from: 'plan t', orderBy: 't.issued_on desc, t.id desc',
      where: `exists (with recursive land(id) as (
          select below.area_id from area_place above join area_place below on below.path <@ above.path where above.area_id = t.area_id
          union select to_id from area_succession join land on land.id = from_id)
        select from area here, land join area on area.id = land.id where here.id = $1 and (area.path <@ here.path or area.path @> here.path))`,
      node: json('t', 'number title titleEn issuer issuedOn baselineOn', {
        ...id('Plan', 't'), area: areaOf('t.area_id', 'fullName validTo'),
        standard: `(select json_build_object('code', id, 'name', name) from poverty_standard where poverty_standard.id = t.standard_id)`,
        targets: targetsOf('t', { area: `json_build_object('id', 'Area:' || target.area_id)` }),
      }),
    }),
  }),
}

export const SeePlan: Floor = {
  values: (variables) => [key(variables.id)],
  text: answer({
    plan: `(select ${json('plan', 'number title titleEn issuer issuedOn baselineOn', {
      ...id('Plan', 'plan'), area: areaOf('plan.area_id'), targets: targetsOf('plan'),
      standard: `(select json_build_object('code', id, 'name', name, 'legalBasis', legal_basis) from poverty_standard where poverty_standard.id = plan.standard_id)`,
    })} from plan where plan.id = $1)`,
  }),
}

export const SeePovertyStandards: Floor = {
  values: () => [],
  text: answer({
    povertyStandards: list(json('standard', 'name nameEn legalBasis appliesFrom appliesTo', {
      code: 'standard.id', indicators: list(json('indicator', 'code name nameEn'), 'deprivation_indicator indicator where indicator.standard_id = standard.id', 'indicator.ordinal'),
    }), 'poverty_standard standard', 'standard.applies_from, standard.id'),
    povertyCauses: list(json('cause', 'code name nameEn'), 'poverty_cause cause', 'cause.ordinal'),
  }),
}

export const SeeSupportKinds: Floor = {
  values: () => [],
  text: answer({ supportKinds: list(json('kind', 'code family name nameEn unit unitName unitNameEn answers', texts('kind', 'typicalCost')), 'support_kind kind', 'kind.ordinal') }),
}

const event = (more: Record<string, string>) => json('t', '', {
  __typename: `replace(initcap(replace(t.type::text, '_', ' ')), ' ', '')`, ...id('Event', 't'), cursor: `t.xid::text || '.' || t.id`, at: instant('t.at'),
  area: areaOf('t.area_id', 'fullName', false), ...more,
})

export const SeeEvents: Floor = {
  values: ({ scope }) => [key(scope.area)],
  text: answer({
    events: page({
      from: 'event t', orderBy: 't.xid desc, t.id desc',
      where: `t.xid < pg_snapshot_xmin(pg_current_snapshot()) and t.audience = 'PUBLIC' and t.area_path <@ (select path from area where id = $1)`,
      node: `case t.type
        when 'PLEDGE_VERIFIED' then ${event({ pledge: `(select json_build_object('id', 'Pledge:' || pledge.id, 'party', (select json_build_object('name', name) from party where party.id = pledge.party_id and not pledge.anonymous))
          from pledge where pledge.id = t.pledge_id and pledge.state = 'VERIFIED')` })}
        when 'RECEIPT_CONFIRMED' then ${event({ quantity: 't.quantity::text', kind: kindOf('t.kind_code', 'name') })}
        else ${event({})} end`,
    }),
  }),
}

export const FollowPledge: Floor = {
  values: ({ code }) => [code],
  text: answer({
    pledgeByCode: `(select ${json('t', 'transferCode state anonymous expectedOn', {
      followCode: 'follow_code.code',
      ...id('Pledge', 't'), registeredAt: instant('t.registered_at'), verifiedAt: instant('t.verified_at'),
      isLate: `t.expected_on < ${today} and exists (select from pledge_line line where line.pledge_id = t.id and line.dispatched < line.promised)`,
      party: named('name'), area: `(select ${json('place', 'fullName', { ...id('Area', 'place'), ancestors: ancestorsOf('place') })} from area place where place.id = t.area_id)`,
      steps: list(json('step', 'step reason', { at: instant('step.at') }), 'pledge_step step where step.pledge_id = t.id', 'step.id'),
      lines: list(json('line', 'detail', {
        ...id('PledgeLine', 'line'), kind: json('kind', 'code name unitName'),
        quantities: json('', '', { ...texts('line', STAGES), shortfall: 'greatest(0, line.dispatched - line.received)::text' }),
        facts: list(json('fact', 'stage reason', { amount: 'fact.amount::text', at: instant('fact.at') }), 'line_fact fact where fact.line_id = line.id', 'fact.id'),
      }), 'pledge_line line join support_kind kind on kind.code = line.kind_code where line.pledge_id = t.id', 'line.ordinal'),
      allocations: `json_build_object('nodes', ${list(json('allocation', 'recipientCode', {
        ...id('Allocation', 'allocation'), decidedAt: instant('allocation.decided_at'), area: areaOf('allocation.area_id', 'fullName', false),
        kind: kindOf('allocation.kind_code', 'code name'), quantities: json('', '', texts('allocation', 'allocated dispatched received settled')),
        deliveries: latest(json('t', 'answer confirmBy', { ...id('Delivery', 't'), ...texts('t', 'quantity received'), dispatchedAt: instant('t.dispatched_at') }),
          'delivery where delivery.allocation_id = allocation.id', 'dispatched_at desc, id desc', 5),
        outcomes: latest(json('t', 'kind observedOn', { ...id('Outcome', 't'), ...texts('t', 'quantity') }), 'outcome where outcome.allocation_id = allocation.id', 'recorded_at desc, id desc', 10),
        completion: `json_build_object('isComplete', allocation.settled > 0, 'says', (select min(receipt.at) from receipt join delivery on delivery.id = receipt.delivery_id where delivery.allocation_id = allocation.id))`,
      }), '(select * from allocation where allocation.pledge_id = t.id order by decided_at desc, id desc limit 50) allocation', 'allocation.decided_at desc, allocation.id desc')})`,
    })} from pledge t join follow_code on follow_code.pledge_id = t.id where follow_code.code = $1)`,
    hub: hub({ feedCursor: FEED }),
  }),
}

/** Every need added up by hamlet and kind, set beside the average of the place. */
const gapsIn = `(
  with part as (
    select area_path, area_id, kind_code, sum(quantity)::bigint as quantity, sum(allocated)::bigint as allocated, sum(received)::bigint as received
    from need where area_path <@ (select path from area where id = $1) and nlevel(area_path) = 3 and verified_at is not null and withdrawn_at is null
    group by area_path, area_id, kind_code)
  select part.*, quantity - allocated as open, floor(100.0 * allocated / quantity)::int as met, floor(whole.met)::int as average,
         case when 100.0 * allocated / quantity < whole.met - 10 then 0 when 100.0 * allocated / quantity > whole.met + 10 then 2 else 1 end as level,
         area_path || kind_code as id
  from part join (select kind_code, 100.0 * sum(allocated) / sum(quantity) as met from part group by kind_code) whole using (kind_code))`

export const SeeGaps: Floor = {
  values: ({ area }) => [key(area)],
  text: answer({
    gaps: page({
      from: `${gapsIn} t`, where: 'true', orderBy: 't.level, t.met, t.area_id, t.kind_code', count: true,
      node: json('t', 'met average', {
        area: areaOf('t.area_id'), kind: kindOf('t.kind_code', 'code name unitName'), ...texts('t', 'quantity allocated received open'),
        pledgedOpen: `(select coalesce(sum(line.promised - line.allocated), 0)::text from pledge join pledge_line line on line.pledge_id = pledge.id
          where pledge.area_id = t.area_id and pledge.place_3 = t.area_id and pledge.state = 'VERIFIED' and line.kind_code = t.kind_code)`,
        level: `(array['UNDER', 'EVEN', 'OVER'])[t.level + 1]`,
        activeParties: list(`json_build_object('isAdopting', active.is_adopting, 'party', (select ${json('party', 'name', id('Party', 'party'))} from party where party.id = active.party_id))`,
          `(select party_id, bool_or(is_adopting) as is_adopting from (
              select party_id, true as is_adopting from adoption where not anonymous and state = 'ACTIVE' and area_id = any (string_to_array(t.area_path::text, '.')) and coalesce(kind_code, t.kind_code) = t.kind_code
              union all
              select pledge.party_id, false from pledge join pledge_line line on line.pledge_id = pledge.id
              where pledge.place_3 = t.area_id and not anonymous and pledge.state = 'VERIFIED' and line.kind_code = t.kind_code and line.promised > 0) each
            group by party_id order by 2 desc, 1 limit 20) active`, 'active.is_adopting desc, active.party_id'),
        causes: `'[]'::json`,
      }),
    }),
  }),
}

export const ListAdoptions: Floor = {
  values: ({ area }) => [key(area)],
  text: answer({
    adoptions: page({
      from: 'adoption t', where: 't.area_path <@ (select path from area where id = $1) and t.accepted_at is not null', orderBy: 't.proposed_at desc, t.id desc', count: true,
      node: json('t', 'state version statement startsOn endsOn endedOn', {
        ...id('Adoption', 't'), contactName: 'null::text', contactPhone: 'null::text', officerName: 'null::text', reason: 'null::text',
        party: named('name'), area: areaOf('t.area_id', 'fullName', false), kind: kindOf('t.kind_code', 'code name'), progress: `'[]'::json`,
      }),
    }),
  }),
}

/** Posts and agreements in one list, joined to their lines and pledges. */
const openings = `(
  select line.id, line.detail, line.kind_code, line.promised, line.allocated, line.area_path, terms.*, pledge.id as pledge_id, pledge.anonymous, pledge.area_id, pledge.party_id, pledge.registered_at
  from (
    select line_id, search, area_id as work_id, skills_wanted, skills_taught, wage, starts_on, null as product, null::date as season_from, null::date as season_to, null::bigint as floor_price from job_post
    union all
    select line_id, search, null, null, null, null, null, product, season_from, season_to, floor_price from purchase_agreement where season_to >= ${today}) terms
  join pledge_line line on line.id = terms.line_id join pledge on pledge.id = line.pledge_id
  where line.state = 'VERIFIED' and line.allocated < line.promised)`
const here = '(select path from area where id = $1)'

export const SearchOpenings: Floor = {
  values: ({ area, search }) => [key(area), search ?? null],
  text: answer({
    openings: page({
      from: `${openings} t`, orderBy: 't.registered_at desc, t.id desc', count: true,
      where: `($2::text is null or t.search like '% ' || fold_vi($2) || '%') and (t.area_path <@ ${here} or t.area_path @> ${here}
        or exists (select from area work where work.id = t.work_id and (work.path <@ ${here} or work.path @> ${here})))`,
      node: json('t', 'detail', {
        ...id('PledgeLine', 't'), kind: kindOf('t.kind_code', 'code name unitName'), quantities: json('', '', { promised: 't.promised::text', open: '(t.promised - t.allocated)::text' }),
        post: `case when t.work_id is not null then ${json('t', 'skillsWanted skillsTaught startsOn', { area: areaOf('t.work_id'), wage: 't.wage::text' })} end`,
        agreement: `case when t.product is not null then ${json('t', 'product seasonFrom seasonTo', { floorPrice: 't.floor_price::text' })} end`,
        pledge: json('t', 'anonymous', {
          id: `'Pledge:' || t.pledge_id`, area: areaOf('t.area_id'),
          party: `(select ${json('party', 'name kind', id('Party', 'party'))} from party where party.id = t.party_id and not t.anonymous)`,
        }),
      }),
    }),
  }),
}
