// Floors of the operations of those who signed in: $1 is always what gives them the right, the paths of their offices or their account.
import type { Viewer as Asking } from '../../../server/src/access/viewer.ts'
import { REASONS } from '../../../server/src/features/matching/rules.ts'
import { type PledgeState, isAllowedIn } from '../../../server/src/features/pledges/rules.ts'
import { type Floor, ancestorsOf, answer, areaOf, id, instant, json, key, kindOf, latest, list, page, percentOf, texts } from './floor.ts'

const withOffices = (...names: string[]) => (variables: any, viewer: Asking) => [viewer.offices, ...names.map((name) => (/^(from|to|search)$/.test(name) ? variables[name] : key(variables[name])))]
const ofOffice = (row: string) => `${row}.area_path <@ any ($1::ltree[])`
const within = (row: string) => `${row}.area_path <@ (select path from area where id = $2)`
const FOUR = 'allocated dispatched received settled'
const today = `(now() at time zone 'Asia/Ho_Chi_Minh')::date`
const code = (row: string) => `'Hộ ' || substring(${row}.code from '\\d+$')`
const household = (where: string, columns: string, fields: Record<string, string> = {}) =>
  `(select ${json('home', columns, { ...fields, displayCode: code('home') })} from household home where home.id = ${where} and ${ofOffice('home')})`
const pledge = (pledgeId: string) => `(select json_build_object('id', 'Pledge:' || given.id, 'party',
    (select json_build_object('name', name) from party where party.id = given.party_id and (not given.anonymous or ${ofOffice('given')})))
  from pledge given where given.id = ${pledgeId} and (given.state = 'VERIFIED' or ${ofOffice('given')}))`
const nameOf = (account: string) => `(select person.display_name from account join person on person.id = account.person_id where account.id = ${account})`
const allowed = (sql: string) => `json_build_object('allowed', ${sql})`
const reasonsOf = (codes: string) => `(select coalesce(json_agg(json_build_object('code', reason, 'text', ${wordsOf('reason', (name) => REASONS[name].sentence.vi)}) order by nth), '[]')
  from unnest(${codes}) with ordinality as r(reason, nth))`
function wordsOf(sql: string, word: (name: keyof typeof REASONS) => string): string {
  return `case ${sql} ${(Object.keys(REASONS) as (keyof typeof REASONS)[]).map((name) => `when '${name}' then '${word(name).replaceAll("'", "''")}'`).join(' ')} end`
}

// ── accounts ────────────────────────────────────────────────────────────────────────────────────────────────────────

const rolesOf = (account: string, more: Record<string, string>, area: string) => list(
  json('held', 'role', { ...id('RoleGrant', 'held'), area, partyId: `'Party:' || held.party_id`, householdId: `'Household:' || held.household_id`, ...more }),
  `role_grant held where held.account_id = ${account} and held.revoked_at is null`, 'held.granted_at, held.id')

export const Viewer: Floor = {
  values: (_variables, viewer) => [viewer.accountId, viewer.sessionId],
  text: answer({
    viewer: `(select ${json('', '', {
      account: json('account', 'login mustChangePassword', { ...id('Account', 'account'), displayName: 'person.display_name', isDemonstration: 'account.is_demo' }),
      roles: rolesOf('account.id', { grantedAt: instant('held.granted_at') }, areaOf('held.area_id', 'kind fullName')),
      sessions: list(json('session', 'userAgent', {
        ...id('Session', 'session'), createdAt: instant('session.created_at'), lastSeenAt: instant('session.last_seen_at'), expiresAt: instant('session.expires_at'), isCurrent: 'session.id = $2',
      }), 'session where session.account_id = account.id and session.revoked_at is null and session.expires_at > now()', 'session.last_seen_at desc, session.id'),
    })} from account join person on person.id = account.person_id where account.id = $1)`,
  }),
}

export const ListRightsChanges: Floor = {
  values: withOffices(),
  text: answer({
    rightsChanges: page({
      from: 'rights_change t', where: ofOffice('t'), orderBy: 't.at desc, t.id desc',
      node: json('t', 'kind role personName byName', { ...id('RightsChange', 't'), at: instant('t.at'), area: areaOf('t.area_id') }),
    }),
  }),
}

export const Accounts: Floor = {
  values: ({ search }) => [search],
  text: answer({
    accounts: page({
      from: '(select account.*, person.display_name from account join person on person.id = account.person_id) t',
      where: `strpos(fold_vi(t.display_name || ' ' || t.login), fold_vi($1::text)) > 0`, orderBy: 't.display_name collate "vi-x-icu", t.id', count: true,
      node: json('t', 'displayName login mustChangePassword', {
        ...id('Account', 't'), isDisabled: 't.disabled_at is not null', isDemonstration: 't.is_demo', createdAt: instant('t.created_at'), roles: rolesOf('t.id', {}, areaOf('held.area_id')),
      }),
    }),
  }),
}

// ── the register ────────────────────────────────────────────────────────────────────────────────────────────────────

export const ListHouseholds: Floor = {
  values: withOffices('area'),
  text: answer({
    households: page({
      from: 'household t', where: `${ofOffice('t')} and ${within('t')}`, orderBy: 't.code collate "C", t.id', count: true,
      node: json('t', 'code headName status members', {
        ...id('Household', 't'), displayCode: code('t'), isDemonstration: 't.is_demo', area: areaOf('t.area_id'),
        needs: list(json('', '', { ...id('Need', 'need'), kind: kindOf('need.kind_code', 'code name'), open: '(need.quantity - need.allocated)::text' }),
          'need where need.household_id = t.id and need.withdrawn_at is null', 'need.urgency desc, need.raised_at, need.id'),
      }),
    }),
  }),
}

const need = (row: string) => ({
  ...id('Need', row), ...texts(row, 'quantity allocated'), open: `(${row}.quantity - ${row}.allocated)::text`, kind: kindOf(`${row}.kind_code`, 'code name unitName'),
  raisedAt: instant(`${row}.raised_at`), verifiedAt: instant(`${row}.verified_at`),
})
const isOpen = (row: string) => `${row}.withdrawn_at is null and ${row}.allocated < ${row}.quantity`

export const ListNeeds: Floor = {
  values: withOffices('area'),
  text: answer({
    needs: page({
      from: 'need t', where: `${ofOffice('t')} and ${within('t')} and t.withdrawn_at is null and t.verified_at is not null and t.allocated < t.quantity`,
      orderBy: 't.urgency desc, t.raised_at, t.id', count: true,
      node: json('t', 'detail urgency version', {
        ...need('t'), area: areaOf('t.area_id'), household: household('t.household_id', 'headName status', id('Household', 'home')),
        viewerCan: json('', '', { verify: allowed('t.verified_at is null') }),
      }),
    }),
  }),
}

export const SeeHousehold: Floor = {
  values: withOffices('id'),
  text: answer({
    household: `(select ${json('t', 'code headName phone members wish status version', {
      ...id('Household', 't'), displayCode: code('t'), isDemonstration: 't.is_demo',
      area: `(select ${json('place', 'fullName', { ...id('Area', 'place'), ancestors: ancestorsOf('place', true) })} from area place where place.id = t.area_id)`,
      causes: list(json('cause', 'code name'), 'poverty_cause cause where cause.code = any (t.causes)', 'cause.ordinal'),
      statusHistory: list(json('fact', 'status decisionNo decidedOn effectiveOn listYear', {
        recordedAt: instant('fact.recorded_at'), standard: `(select json_build_object('code', id, 'name', name) from poverty_standard where poverty_standard.id = fact.standard_id)`,
      }), 'household_status fact where fact.household_id = t.id', 'fact.effective_on desc, fact.recorded_at desc'),
      deprivations: list(json('lack', 'recordedOn', { indicator: json('indicator', 'code name'), standard: `json_build_object('code', lack.standard_id)` }),
        'household_deprivation lack join deprivation_indicator indicator on indicator.standard_id = lack.standard_id and indicator.code = lack.indicator_code where lack.household_id = t.id',
        'lack.standard_id desc, indicator.ordinal'),
      needs: list(json('need', 'detail urgency version', {
        ...need('need'), ...texts('need', 'received'), viewerCan: json('', '', { verify: allowed(`${isOpen('need')} and need.verified_at is null`), withdraw: allowed(isOpen('need')) }),
      }), 'need where need.household_id = t.id and need.withdrawn_at is null', 'need.urgency desc, need.raised_at, need.id'),
      consents: list(json('said', 'purpose given witnessName', {
        at: instant('said.at'), isOwnWord: `said.channel <> 'PROXY'`, recordedBy: '(select display_name from person where person.id = said.person_id)',
      }), 'consent said where said.household_id = t.id', 'said.at desc, said.id'),
      viewerCan: json('', '', { update: allowed('true'), recordStatus: allowed('true'), raiseNeed: allowed(`t.status is distinct from 'LEFT'`) }),
    })} from household t where t.id = $2 and ${ofOffice('t')})`,
  }),
}

// ── pledges and what becomes of them ────────────────────────────────────────────────────────────────────────────────

const STATES: PledgeState[] = ['REGISTERED', 'VERIFIED', 'DECLINED', 'WITHDRAWN', 'LAPSED']
const may = (action: 'verify' | 'decline' | 'lapse') => allowed(`t.state in (${STATES.filter((state) => isAllowedIn(state, action)).map((state) => `'${state}'`).join(', ')})`)
const outcomesOf = (where: string) => latest(json('t', 'kind observedOn', { ...id('Outcome', 't'), ...texts('t', 'quantity') }), `outcome where ${where}`, 'recorded_at desc, id desc', 10)

export const SeePledge: Floor = {
  values: withOffices('id'),
  text: answer({
    pledge: `(select ${json('t', 'state version transferCode message anonymous', {
      followCode: 'null',
      ...id('Pledge', 't'), isDemonstration: 't.is_demo',
      isLate: `t.expected_on < ${today} and exists (select from pledge_line line where line.pledge_id = t.id and line.dispatched < line.promised)`,
      party: `(select ${json('party', 'name kind', { contact: `(select ${json('contact', 'name phone email')} from party_contact contact where contact.party_id = party.id)` })} from party where party.id = t.party_id)`,
      lines: list(json('', '', {
        ...id('PledgeLine', 'line'), kind: `json_build_object('code', line.kind_code)`,
        quantities: json('', '', { ...texts('line', 'promised allocated'), open: '(line.promised - line.allocated)::text' }),
        allocations: `json_build_object('totalCount', (select count(*) from allocation where allocation.line_id = line.id), 'nodes', ${list(
          json('', '', { ...id('Allocation', 'allocation'), household: household('allocation.household_id', ''), reasons: reasonsOf('allocation.reasons') }),
          '(select * from allocation where allocation.line_id = line.id order by decided_at desc, id desc limit 10) allocation', 'allocation.decided_at desc, allocation.id desc')})`,
      }), 'pledge_line line where line.pledge_id = t.id', 'line.ordinal'),
      outcomes: outcomesOf('outcome.pledge_id = t.id'),
      viewerCan: json('', '', { verify: may('verify'), decline: may('decline'), amend: allowed('false'), withdraw: allowed('false'), lapse: may('lapse') }),
    })} from pledge t where t.id = $2 and ${ofOffice('t')})`,
  }),
}

export const ListAllocations: Floor = {
  values: withOffices('area'),
  text: answer({
    allocations: page({
      from: 'allocation t', where: `${ofOffice('t')} and ${within('t')}`, orderBy: 't.decided_at desc, t.id desc',
      node: json('t', 'recipientCode', {
        ...id('Allocation', 't'), kind: kindOf('t.kind_code', 'code name'), area: areaOf('t.area_id', 'fullName', false), quantities: json('', '', texts('t', FOUR)), pledge: pledge('t.pledge_id'),
        household: household('t.household_id', '', id('Household', 'home')), need: `(select json_build_object('id', 'Need:' || need.id, 'urgency', need.urgency) from need where need.id = t.need_id and ${ofOffice('need')})`,
      }),
    }),
  }),
}

export const SeeAllocation: Floor = {
  values: withOffices('id'),
  text: answer({
    allocation: `(select ${json('t', 'recipientCode overrideReason', {
      ...id('Allocation', 't'), overridden: `to_json(coalesce(t.overridden, '{}'))`, quantities: json('', '', texts('t', FOUR)), line: `(select json_build_object('id', 'PledgeLine:' || line.id, 'detail', line.detail) from pledge_line line where line.id = t.line_id)`,
      deliveries: `json_build_object('nodes', ${list(json('delivery', 'answer', {
        ...id('Delivery', 'delivery'), ...texts('delivery', 'quantity received'),
        receipts: list(json('receipt', 'answer channel', { received: 'receipt.received::text', at: instant('receipt.at') }), 'receipt where receipt.delivery_id = delivery.id', 'receipt.at desc, receipt.id'),
      }), '(select * from delivery where delivery.allocation_id = t.id order by dispatched_at desc, id desc limit 10) delivery', 'delivery.dispatched_at desc, delivery.id desc')})`,
      outcomes: outcomesOf('outcome.allocation_id = t.id'),
      completion: `json_build_object('isComplete', t.settled > 0, 'says', (select min(receipt.at) from receipt join delivery on delivery.id = receipt.delivery_id where delivery.allocation_id = t.id))`,
    })} from allocation t where t.id = $2 and ${ofOffice('t')})`,
  }),
}

export const ListDeliveries: Floor = {
  values: withOffices('area'),
  text: answer({
    deliveries: page({
      from: 'delivery t', where: `${ofOffice('t')} and ${within('t')}`, orderBy: 't.dispatched_at desc, t.id desc',
      node: json('t', 'confirmBy answer witnessName note', {
        ...id('Delivery', 't'), ...texts('t', 'quantity received'), dispatchedAt: instant('t.dispatched_at'), isUnconfirmed: `t.answer is null and t.confirm_by < ${today}`,
        allocation: `(select ${json('given', 'recipientCode', {
          ...id('Allocation', 'given'), kind: kindOf('given.kind_code', 'name unitName'), area: areaOf('given.area_id', 'fullName', false), household: household('given.household_id', '', id('Household', 'home')),
        })} from allocation given where given.id = t.allocation_id)`,
        viewerCan: json('', '', { confirm: allowed('false') }),
      }),
    }),
  }),
}

export const SeeDelivery: Floor = {
  values: withOffices('id'),
  text: answer({
    delivery: `(select ${json('t', 'witnessName decisionNo place note confirmBy answer isDirect', {
      ...id('Delivery', 't'), ...texts('t', 'quantity received'), dispatchedAt: instant('t.dispatched_at'),
      handedOverOn: `coalesce(t.handed_over_on, (t.dispatched_at at time zone 'Asia/Ho_Chi_Minh')::date)`,
      dispatcherName: `coalesce(nullif(t.deliverer_name, ''), (select display_name from person where person.id = t.dispatcher_person_id))`,
      photos: list(json('photo', 'caption width height consentFrom', {
        ...id('DeliveryPhoto', 'photo'), address: `case when photo.removed_at is null then '/tai-ve/anh-giao-nhan/' || photo.id end`, addedAt: instant('photo.added_at'),
        addedByName: nameOf('photo.added_by'), removedAt: instant('photo.removed_at'), removalReason: `nullif(photo.removal_reason, '')`,
      }), 'delivery_photo photo where photo.delivery_id = t.id', 'photo.added_at, photo.id'),
      receipts: list(json('receipt', 'answer channel note witnessName', {
        ...id('Receipt', 'receipt'), received: 'receipt.received::text', at: instant('receipt.at'),
        proxyName: `(select display_name from person where receipt.channel = 'PROXY' and person.id = receipt.person_id)`,
      }), 'receipt where receipt.delivery_id = t.id', 'receipt.at desc, receipt.id'),
      allocation: `(select json_build_object('id', 'Allocation:' || given.id, 'quantities', ${json('', '', texts('given', FOUR))}) from allocation given where given.id = t.allocation_id)`,
    })} from delivery t where t.id = $2 and ${ofOffice('t')})`,
  }),
}

export const ListTasks: Floor = {
  values: withOffices('area'),
  text: answer({
    tasks: page({
      from: 'task t', where: `${ofOffice('t')} and ${within('t')}`, orderBy: 't.due_on, t.id',
      node: json('t', 'kind dueOn', {
        ...id('Task', 't'), isOverdue: `t.closed_at is null and t.due_on < ${today}`, openedAt: instant('t.opened_at'), closedAt: instant('t.closed_at'), closingNote: `nullif(t.closing_note, '')`,
        assigneeName: nameOf('t.assignee_id'),
        escalations: list(json('', '', {
          fromName: nameOf('risen.from_id'), toName: nameOf('risen.to_id'), silentSince: instant('risen.silent_since'), wasDueOn: 'risen.due_on::text', at: instant('risen.at'),
        }), 'task_escalation risen where risen.task_id = t.id', 'risen.due_on desc'),
        area: areaOf('t.area_id', 'fullName', false), pledge: pledge('t.pledge_id'),
        delivery: `(select json_build_object('id', 'Delivery:' || delivery.id, 'answer', delivery.answer, 'allocation', (select json_build_object('recipientCode', recipient_code) from allocation where allocation.id = delivery.allocation_id))
          from delivery where delivery.id = t.delivery_id and ${ofOffice('delivery')})`,
      }),
    }),
  }),
}

export const ListOfficeHolders: Floor = {
  values: withOffices('area'),
  text: answer({
    officeHolders: list(json('person', 'displayName', { role: 'held.role', personId: `'Person:' || person.id`, area: json('place', 'fullName') }),
      `area asked join area place on place.path @> asked.path or place.path <@ asked.path
       join role_grant held on held.area_id = place.id and held.revoked_at is null and held.role in ('HAMLET_HEAD', 'COMMUNE_OFFICER', 'PROVINCE_OFFICER')
       join account on account.id = held.account_id and account.disabled_at is null join person on person.id = account.person_id
       where asked.id = $2 and asked.path <@ any ($1::ltree[])`,
      'nlevel(place.path) desc, person.display_name collate "vi-x-icu", account.id'),
  }),
}

// ── matching ────────────────────────────────────────────────────────────────────────────────────────────────────────

const SUGGESTED: [keyof typeof REASONS, string][] = [
  ['IN_TARGET_HAMLET', 'need.area_id = pledge.area_id'], ['IN_TARGET_AREA', 'need.area_id <> pledge.area_id'], ['URGENT', 'need.urgency >= 3'], ['THIS_SEASON', 'need.urgency = 2'],
  ['ANSWERS_CAUSE', 'household.causes && kind.answers'],
  ['ANSWERS_DEPRIVATION', 'exists (select from household_deprivation lack where lack.household_id = household.id and lack.indicator_code = any (kind.answers))'],
  ['POOR', `household.status is not distinct from 'POOR'`], ['NEVER_HELPED', 'not exists (select from allocation where allocation.household_id = household.id and allocation.allocated > 0)'],
  ['LONG_WAITING', `extract(day from now() - need.raised_at) > 90`], ['COVERS_WHOLE', 'line.promised - line.allocated >= need.quantity - need.allocated'],
  ['HAS_SAME_KIND', `exists (select from allocation where allocation.household_id = household.id and allocation.kind_code = line.kind_code and allocation.allocated > 0
    and allocation.decided_at > now() - interval '24 months')`],
]

export const SuggestNeeds: Floor = {
  values: withOffices('line'),
  text: `with candidate as materialized (
      select need.id as need_id, least(need.quantity - need.allocated, line.promised - line.allocated) as quantity,
             array_remove(array[${SUGGESTED.map(([name, holds]) => `case when ${holds} then '${name}' end`).join(', ')}], null) as reasons
      from pledge_line line join pledge on pledge.id = line.pledge_id and pledge.state = 'VERIFIED' join support_kind kind on kind.code = line.kind_code
      join lateral (select * from need where need.kind_code = line.kind_code and need.area_path <@ pledge.area_path and need.verified_at is not null and need.withdrawn_at is null
        and need.allocated < need.quantity and ${ofOffice('need')} order by urgency desc, raised_at, id limit 500) need on true
      join household on household.id = need.household_id
      where line.id = $2 and line.allocated < line.promised),
    best as (select *, (select sum(${wordsOf('reason', (name) => String(REASONS[name].weight))}::int) from unnest(reasons) reason) as score from candidate order by score desc, need_id::text collate "C" limit 10)
    ${answer({
      suggestions: list(json('best', 'score', {
        quantity: 'best.quantity::text',
        reasons: `(select json_agg(json_build_object('code', reason, 'weight', ${wordsOf('reason', (name) => String(REASONS[name].weight))}::int, 'text', ${wordsOf('reason', (name) => REASONS[name].sentence.vi)}) order by nth)
          from unnest(best.reasons) with ordinality as r(reason, nth))`,
        need: `(select ${json('need', 'urgency', {
          ...id('Need', 'need'), quantity: 'need.quantity::text', open: '(need.quantity - need.allocated)::text', kind: `json_build_object('code', need.kind_code)`, area: areaOf('need.area_id', 'fullName', false),
          household: household('need.household_id', 'headName status wish', id('Household', 'home')),
        })} from need where need.id = best.need_id)`,
      }), 'best', 'best.score desc, best.need_id::text collate "C"'),
    })}`,
}

// ── reviews ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const review = (fields: Record<string, string>) => `
  with asked as materialized (select plan.*, $3::date as period_from, $4::date as period_to from plan join area on area.id = plan.area_id where plan.id = $2 and area.path <@ any ($1::ltree[])),
  figures as materialized (select figure.* from asked, review_rows(asked.id, asked.period_from, asked.period_to) figure)
  ${answer({ review: `(select ${json('', '', fields)} from asked)` })}`
const rowOrder = 'figure.kind desc, figure.ordinal, (select name from area where area.id = figure.unit_id) collate "vi-x-icu"'
const printedAgrees = (text: string, n: string, N: string) => `(select (${percentOf(n, N, 0)}) = value or (decimals = 1 and (${percentOf(n, N)}) = value) or (decimals = 2 and (${percentOf(n, N, 2)}) = value)
  from (select replace(substring(${text} from '[\\d.,]+'), ',', '.')::numeric as value, coalesce(length(substring(${text} from '[.,](\\d+)')), 0) as decimals) printed)`
const figure = json('figure', 'kind had worsened joined remaining', {
  left: 'figure.escaped', percent: percentOf('figure.escaped', 'figure.had'), unit: areaOf('figure.unit_id', 'fullName validTo'),
  printed: `case when figure.printed_percent is not null then json_build_object('numerator', figure.printed_numerator, 'denominator', figure.printed_denominator, 'percent', figure.printed_percent) end`,
  check: `case when figure.printed_percent is null then 'NOT_PRINTED' when (figure.printed_numerator, figure.printed_denominator) <> (figure.escaped, figure.had) then 'COUNTS_DIFFER'
    when ${printedAgrees('figure.printed_percent', 'figure.printed_numerator', 'figure.printed_denominator')} then 'AGREES' else 'PERCENT_DIFFERS' end`,
})

export const SeeReview: Floor = {
  values: withOffices('plan', 'from', 'to'),
  text: review({
    from: 'asked.period_from::text', to: 'asked.period_to::text', householdsTotal: 'asked.households_total',
    atBaseline: `(select had_at_baseline from figures where kind = 'TOTAL')`, rate: `(select ${percentOf('had_at_baseline', 'asked.households_total', 2)} from figures where kind = 'TOTAL')`,
    plan: json('asked', 'number title issuer baselineOn', { ...id('Plan', 'asked'), area: areaOf('asked.area_id'), standard: `(select json_build_object('code', id, 'name', name) from poverty_standard where poverty_standard.id = asked.standard_id)` }),
    rows: list(figure, `figures figure where figure.kind <> 'TOTAL'`, rowOrder), total: `(select ${figure} from figures figure where figure.kind = 'TOTAL')`,
    silentUnits: list(json('unit', 'fullName', id('Area', 'unit')), `area_place place join area unit on unit.id = place.area_id where place.parent_id = asked.area_id
      and review_day(asked.id, asked.period_to) between place.valid_from and coalesce(place.valid_to, 'infinity') and place.area_id not in (select unit_id from figures where kind = 'UNIT')`, 'unit.name collate "vi-x-icu"'),
    targets: list(json('', '', {
      reached: 'aim.reached', leftToReach: 'greatest(0, aim.numerator - aim.reached)', agrees: `coalesce(${printedAgrees('aim.printed', 'aim.numerator', 'aim.denominator')}, false)`,
      target: json('aim', 'dueOn numerator denominator printed cumulative', { percent: percentOf('aim.numerator', 'aim.denominator') }),
    }), `(select target.*, case when target.cumulative then total.escaped_since_baseline else total.escaped end as reached from plan_target target, figures total
      where target.plan_id = asked.id and target.area_id = asked.area_id and target.indicator = 'NEAR_POOR_REDUCED' and total.kind = 'TOTAL') aim`, 'aim.due_on'),
  }),
}

export const SeeReviewHouseholds: Floor = {
  values: withOffices('plan', 'from', 'to'),
  text: review({
    rows: list(json('', '', {
      unit: areaOf('figure.unit_id'),
      households: page({
        from: 'household t', orderBy: 't.code collate "C", t.id', count: true,
        where: `t.id in (select it.household_id from review_households(asked.id, asked.period_from, asked.period_to) it where it.unit_id is not distinct from figure.unit_id
          and it.at_start = 'NEAR_POOR' and it.at_end in ('LEFT', 'NEWLY_ESCAPED')) and ${ofOffice('t')}`,
        node: json('t', 'headName status', {
          ...id('Household', 't'), displayCode: code('t'),
          statusHistory: list(json('fact', 'status decisionNo effectiveOn'), 'household_status fact where fact.household_id = t.id', 'fact.effective_on desc, fact.recorded_at desc'),
        }),
      }),
    }), `figures figure where figure.kind <> 'TOTAL'`, rowOrder),
  }),
}
