-- One province of a data set at scale: its households and their needs, what was promised to it, and what became of that.
-- Settings: scale.province (its id), scale.base (where its numbers of matches begin). What is drawn first stands in work tables, so that
-- every row is written once, with its sums.

-- ── households and needs ────────────────────────────────────────────────────────────────────────────────────────────

create temp table drawn_household on commit drop as
select number.n, pg_temp.id('household', number.n) as id, hamlet.id as area_id, hamlet.path as area_path, hamlet.commune_id, hamlet.province_id,
       hamlet.code || '-' || digits as code, 'Hộ ' || digits as recipient_code,
       (case when standing < 0.42 then 'POOR' when standing < 0.9 then 'NEAR_POOR' when standing < 0.96 then 'NEWLY_ESCAPED' else 'LEFT' end)::"HouseholdStatus" as status
from hamlet, generate_series(1, hamlet.households) i,
     lateral (select (hamlet.households_before + i)::bigint as n, lpad(i::text, greatest(3, length(i::text)), '0') as digits) number,
     lateral (select pg_temp.draw(number.n, 'standing') as standing) drawn
where hamlet.province_id = current_setting('scale.province');
analyze drawn_household;

insert into household (id, code, area_id, area_path, head_name, members, causes, wish, status, created_at, is_demo)
select id, code, area_id, area_path, 'Hộ mẫu ' || lpad(n::text, 7, '0'), 1 + floor(pg_temp.draw(n, 'members') * 7)::int,
       (array['LACK_CAPITAL', 'LACK_TOOLS', 'LACK_SKILLS', 'LACK_KNOWLEDGE', 'LACK_LAND', 'LACK_LABOUR', 'ILLNESS', 'OTHER'])[first : first + extra],
       'Mong có việc làm ổn định.', status, '2025-12-20', true
from drawn_household,
     lateral (select 1 + floor(power(pg_temp.draw(n, 'cause'), 1.5) * 8)::int as first, floor(pg_temp.draw(n, 'second cause') * 2)::int as extra) cause
order by n;

-- Whoever is off the list stood on that of the year before.
insert into household_status (id, household_id, status, standard_id, decision_no, decided_on, effective_on, list_year, recorded_at)
select pg_temp.id('status ' || year, n), id, recognised, 'MDP_2022_2025', format('MAU-%s/QD-UBND', year), make_date(year, 12, 20), make_date(year, 12, 31), year, make_date(year, 12, 31)
from drawn_household,
     lateral (values (2024, case when status in ('NEWLY_ESCAPED', 'LEFT') then case when pg_temp.draw(n, 'standing before') < 0.5 then 'POOR' else 'NEAR_POOR' end end::"HouseholdStatus"),
                     (2025, status)) list (year, recognised)
where recognised is not null
order by year, n;

-- Half of those on the list need something, a quarter of these two things. A need is met from pledges to one level of area alone
-- (`target`), as few pledges name the very hamlet.
create temp table drawn_need on commit drop as
select number.n, pg_temp.id('need', number.n) as id, household.id as household_id, household.recipient_code, household.area_id, household.area_path, kind, raised_at,
       case when pg_temp.draw(number.n, 'verified') < 0.9 then raised_at + interval '3 days' end as verified_at,
       1 + floor(pg_temp.draw(number.n, 'urgency') * 3)::int as urgency,
       case when level < 0.25 then household.province_id when level < 0.8 then household.commune_id else household.area_id end as target,
       case kind when 'CASH_CAPITAL' then (2 + floor(18 * power(how_much, 2))::bigint) * 1000000 when 'COW' then 1 when 'BUFFALO' then 1 when 'GOAT' then 2 + floor(4 * how_much)
                 when 'PIG' then 2 + floor(3 * how_much) when 'POULTRY' then 50 + 10 * floor(10 * how_much) else 1 end::bigint as quantity
from drawn_household household,
     generate_series(0, case when status = 'LEFT' or pg_temp.draw(household.n, 'needs something') > 0.55 then -1 when pg_temp.draw(household.n, 'needs two things') < 0.25 then 1 else 0 end) nth,
     lateral (select household.n * 2 + nth as n) number,
     lateral (select pg_temp.draw(number.n, 'kind') as what, pg_temp.draw(number.n, 'how much') as how_much, pg_temp.draw(number.n, 'level') as level,
                     pg_temp.until() - interval '1 day' * (10 + floor(pg_temp.draw(number.n, 'raised') * 310)) as raised_at) drawn,
     lateral (select case when what < 0.46 then 'CASH_CAPITAL' when what < 0.56 then 'COW' when what < 0.59 then 'BUFFALO' when what < 0.67 then 'GOAT' when what < 0.74 then 'PIG'
                          when what < 0.82 then 'POULTRY' when what < 0.92 then 'VOCATIONAL_TRAINING' else 'TECH_TRANSFER' end as kind) support;

-- ── pledges ─────────────────────────────────────────────────────────────────────────────────────────────────────────

create temp table drawn_pledge on commit drop as
with told as (
  select (pledges_before + nth)::bigint as n, commune.id as commune_id, commune.path as commune_path, province_id, hamlets, pg_temp.draw(pledges_before + nth, 'aim') as aim
  from commune, generate_series(1, commune.pledges) nth where province_id = current_setting('scale.province')
  union all
  select (current_setting('scale.pledges')::int + nth)::bigint, commune.id, commune.path, province_id, 1, 1
  from commune, generate_series(1, current_setting('scale.skewed_pledges')::int) nth where province_id = current_setting('scale.province') and id = current_setting('scale.skewed'))
select told.n, pg_temp.id('pledge', told.n) as id, giver.id as party_id, giver.kind as party_kind, registered_at, state,
       case when aim < 0.25 then told.province_id when aim < 0.8 then told.commune_id else hamlet.id end as area_id,
       case when aim < 0.25 then told.province_id::ltree when aim < 0.8 then commune_path else hamlet.path end as area_path,
       case when state <> 'REGISTERED' then registered_at + interval '1 day' * (0.5 + 3 * pg_temp.draw(told.n, 'decided')) end as decided_at
from told
join hamlet on hamlet.commune_id = told.commune_id and hamlet.nth = 1 + floor(pg_temp.draw(told.n, 'hamlet') * told.hamlets)::int
join giver on giver.n = 1 + floor(power(pg_temp.draw(told.n, 'giver'), 2) * current_setting('scale.parties')::int)::int,
lateral (select pg_temp.draw(told.n, 'state') as fate, pg_temp.until() - interval '1 day' * (365 * pg_temp.draw(told.n, 'registered')) as registered_at) drawn,
lateral (select (case when registered_at > pg_temp.until() - interval '4 days' or fate < 0.03 then 'REGISTERED' when fate < 0.94 then 'VERIFIED' when fate < 0.96 then 'DECLINED'
                      when fate < 0.98 then 'WITHDRAWN' else 'LAPSED' end)::"PledgeState" as state) decision;
analyze drawn_pledge;

-- Firms and the like give fifty times what a person gives; whoever cannot pay for the animal gives money.
create temp table drawn_line on commit drop as
select number.n, pg_temp.id('line', number.n) as id, pledge.id as pledge_id, pledge.party_id, pledge.area_id as target, pledge.area_path, pledge.state, pledge.registered_at, pledge.decided_at, nth as ordinal, kind.code as kind,
       case when kind.code = 'CASH_CAPITAL' then format('Vốn đợt %s (mẫu)', nth) else kind.name || ' (mẫu)' end as detail,
       least(round(worth::numeric / kind.typical_cost), case when kind.code = 'CASH_CAPITAL' then 1e12 else 10000 end)::bigint as quantity
from drawn_pledge pledge,
     generate_series(1, case when pg_temp.draw(pledge.n, 'lines') < 0.35 then 1 when pg_temp.draw(pledge.n, 'lines') < 0.75 then 2 when pg_temp.draw(pledge.n, 'lines') < 0.93 then 3 else 4 end) nth,
     lateral (select pledge.n * 4 + nth as n) number,
     lateral (select pg_temp.gift(pg_temp.draw(number.n, 'gift')) * case when pledge.party_kind in ('PERSON', 'OVERSEAS') then 1 else 50 end as worth, pg_temp.draw(number.n, 'given') as what) drawn,
     lateral (select case when what < 0.4 then 'CASH_CAPITAL' when what < 0.5 then 'COW' when what < 0.53 then 'BUFFALO' when what < 0.61 then 'GOAT' when what < 0.69 then 'PIG'
                          when what < 0.8 then 'POULTRY' when what < 0.89 then 'VOCATIONAL_TRAINING' else 'TECH_TRANSFER' end as wanted) wish,
     support_kind dear, support_kind kind
where dear.code = wanted and kind.code = case when worth >= dear.typical_cost then dear.code else 'CASH_CAPITAL' end;

-- ── who gets what: lines and needs of one target and kind are laid end to end; where two overlap, one meets the other ──

analyze drawn_need, drawn_line;
create temp table matched on commit drop as
with line as (
  select *, (sum(offered) over laid)::bigint - offered as at_from, (sum(offered) over laid)::bigint as at_to
  from (select *, case when pg_temp.draw(n, 'offered') < 0.7 then quantity else quantity / 2 end as offered from drawn_line where state = 'VERIFIED') verified
  where offered > 0 window laid as (partition by target, kind order by n)),
need as (
  select *, (sum(quantity) over laid)::bigint - quantity as at_from, (sum(quantity) over laid)::bigint as at_to
  from drawn_need where verified_at is not null and pg_temp.draw(n, 'considered') < 0.7 window laid as (partition by target, kind order by n)),
met as (
  select current_setting('scale.base')::bigint + row_number() over (order by line.n, need.n) as n,
         line.id as line_id, line.pledge_id, line.party_id, line.kind, need.id as need_id, need.household_id, need.recipient_code, need.area_id, need.area_path,
         need.urgency, need.area_id = line.target as is_target_hamlet, greatest(line.decided_at, need.verified_at) as possible_from,
         least(line.at_to, need.at_to) - greatest(line.at_from, need.at_from) as quantity
  from line join need using (target, kind) where line.at_from < need.at_to and need.at_from < line.at_to)
-- `offset 0`: computed once, not wherever it is named.
select met.*, pg_temp.id('allocation', n) as id, pg_temp.id('delivery', n) as delivery_id, decided_at, handed_over_at, handed_over, answered_at,
       case when answered_at is not null then answer end as answer, case when answered_at is not null then received else 0 end as received, settled_at,
       case when settled_at is not null then received else 0 end as settled, seen_at
from met,
     lateral (select possible_from + interval '20 days' * power(pg_temp.draw(n, 'allocated'), 2) as decided_at offset 0) decision,
     lateral (select pg_temp.by_end(decided_at + interval '25 days' * pg_temp.draw(n, 'handed over')) as handed_over_at offset 0) handing_over,
     lateral (select case when handed_over_at is null then 0 when pg_temp.draw(n, 'in part') < 0.06 and quantity > 1 then quantity / 2 else quantity end as handed_over offset 0) hand_over,
     lateral (select pg_temp.draw(n, 'answer') as said offset 0) word,
     lateral (select (case when said < 0.9 then 'FULL' when said < 0.94 then case when handed_over > 1 then 'SHORT' else 'FULL' end when said < 0.95 then 'WRONG'
                           when said < 0.96 then 'NOT_RECEIVED' end)::"ReceiptAnswer" as answer offset 0) answering,
     lateral (select case answer when 'FULL' then handed_over when 'SHORT' then handed_over - greatest(1, handed_over / 5) else 0 end as received offset 0) arrival,
     lateral (select case when said < 0.96 then pg_temp.by_end(handed_over_at + interval '6 days' * pg_temp.draw(n, 'answered')) end as answered_at offset 0) answered,
     lateral (select case when received > 0 and pg_temp.draw(n, 'settled') < 0.8 then pg_temp.by_end(answered_at + interval '40 days' * pg_temp.draw(n, 'settled when')) end as settled_at,
                     case when received > 0 and pg_temp.draw(n, 'seen') < 0.7 then pg_temp.by_end(answered_at + interval '1 day' * (20 + 200 * pg_temp.draw(n, 'seen when'))) end as seen_at) afterwards
where decided_at <= pg_temp.until();
analyze matched;

insert into need (id, household_id, area_id, area_path, kind_code, detail, quantity, urgency, allocated, received, raised_at, verified_at)
select drawn_need.id, household_id, area_id, area_path, drawn_need.kind, '', quantity, urgency, coalesce(met.allocated, 0), coalesce(met.received, 0), raised_at, verified_at
from drawn_need
left join (select need_id, sum(quantity) as allocated, sum(received) as received from matched group by need_id) met on met.need_id = drawn_need.id
order by n;

-- ── the pledges with their lines ────────────────────────────────────────────────────────────────────────────────────

insert into pledge (id, transfer_code, party_id, anonymous, area_id, area_path, expected_on, message, state, registered_at, verified_at, version, is_demo)
select id, pg_temp.transfer_code(n), party_id, pg_temp.draw(n, 'anonymous') < 0.2, area_id, area_path, registered_at::date + 10 + floor(pg_temp.draw(n, 'expected') * 80)::int,
       'Chung tay giúp bà con (mẫu).', state, registered_at, case when state = 'VERIFIED' then decided_at end, case when decided_at is null then 1 else 2 end, true
from drawn_pledge order by n;

insert into follow_code (pledge_id, code, party_id) select id, pg_temp.follow_code(n), party_id from drawn_pledge order by n;

insert into pledge_step (pledge_id, step, reason, actor_id, at, area_path, party_id)
select drawn_pledge.id, step, case when step in ('REGISTERED', 'VERIFIED') then '' else 'Dữ liệu mẫu' end, case when step in ('VERIFIED', 'DECLINED') then checker end, at, area_path, party_id
from drawn_pledge, officer, lateral (values ('REGISTERED'::"PledgeStep", registered_at), (state::text::"PledgeStep", decided_at)) taken (step, at)
where officer.province_id = current_setting('scale.province') and at is not null
order by at, n;

insert into pledge_line (id, pledge_id, ordinal, kind_code, detail, promised, allocated, dispatched, received, settled, area_path, party_id, state)
select drawn_line.id, drawn_line.pledge_id, ordinal, drawn_line.kind, detail, case when state in ('REGISTERED', 'VERIFIED') then quantity else 0 end,
       coalesce(met.allocated, 0), coalesce(met.dispatched, 0), coalesce(met.received, 0), coalesce(met.settled, 0),
       area_path, party_id, state
from drawn_line
left join (select line_id, sum(quantity) as allocated, sum(handed_over) as dispatched, sum(received) as received, sum(settled) as settled from matched group by line_id) met
  on met.line_id = drawn_line.id
order by n;

-- ── what became of them: allocations, deliveries, answers by slip, outcomes ─────────────────────────────────────────

insert into allocation (id, line_id, need_id, pledge_id, party_id, household_id, recipient_code, area_id, area_path, kind_code, allocated, dispatched, received, settled, reasons, decided_by, decided_at)
select id, line_id, need_id, pledge_id, party_id, household_id, recipient_code, area_id, area_path, kind, quantity, handed_over, received, settled,
       array[case when is_target_hamlet then 'IN_TARGET_HAMLET' else 'IN_TARGET_AREA' end] || case urgency when 3 then '{URGENT}' when 2 then '{THIS_SEASON}' else '{}' end::text[], maker, decided_at
from matched, officer where officer.province_id = current_setting('scale.province') order by n;

insert into delivery (id, allocation_id, pledge_id, party_id, household_id, area_id, area_path, quantity, witness_name, dispatched_by, dispatcher_person_id, dispatched_at, confirm_by, answer, received, version)
select delivery_id, id, pledge_id, party_id, household_id, area_id, area_path, handed_over, 'Người chứng mẫu', maker, maker, handed_over_at, handed_over_at::date + 7, answer, received,
       case when answer is null then 1 else 2 end
from matched, officer where officer.province_id = current_setting('scale.province') and handed_over_at is not null order by n;

-- Nobody knows what these slips say: the hashes are of nothing.
insert into slip (id, household_id, code_hmac, issued_by, issued_at, first_used_at)
select pg_temp.id('slip', household.n), household.id, sha256(uuid_send(pg_temp.id('slip code', household.n))), maker, first_answer - interval '7 days', first_answer
from (select household_id, min(answered_at) as first_answer from matched where answer is not null group by household_id) answered
join drawn_household household on household.id = answered.household_id, officer
where officer.province_id = current_setting('scale.province') order by household.n;

insert into receipt (id, delivery_id, pledge_id, party_id, household_id, area_id, area_path, answer, received, channel, slip_id, at)
select pg_temp.id('receipt', matched.n), delivery_id, pledge_id, party_id, household_id, matched.area_id, matched.area_path, answer, received, 'SLIP', pg_temp.id('slip', household.n), answered_at
from matched join drawn_household household on household.id = household_id where answer is not null order by matched.n;

insert into line_fact (line_id, stage, amount, allocation_id, delivery_id, actor_id, reason, at, area_path, party_id, pledge_id)
select moved.line_id, stage, amount, allocation_id, moved.delivery_id, case by when 'maker' then maker when 'checker' then checker end, reason, at,
       line.area_path, line.party_id, line.pledge_id
from (
  select id as line_id, 'PROMISED'::"Stage" as stage, quantity as amount, null::uuid as allocation_id, null::uuid as delivery_id, null as by, '' as reason, registered_at as at, n from drawn_line
  union all select id, 'PROMISED', -quantity, null, null, 'checker', 'Dữ liệu mẫu', decided_at, n from drawn_line where state in ('DECLINED', 'WITHDRAWN', 'LAPSED')
  union all select line_id, 'ALLOCATED', quantity, id, null, 'maker', '', decided_at, n from matched
  union all select line_id, 'DISPATCHED', handed_over, id, delivery_id, 'maker', '', handed_over_at, n from matched where handed_over_at is not null
  union all select line_id, 'RECEIVED', received, id, delivery_id, null, '', answered_at, n from matched where received > 0
  union all select line_id, 'SETTLED', settled, id, null, 'checker', '', settled_at, n from matched where settled > 0) moved join pledge_line line on line.id = moved.line_id, officer
where officer.province_id = current_setting('scale.province')
order by at, stage, n;

insert into outcome (id, kind, allocation_id, line_id, pledge_id, party_id, household_id, area_id, area_path, quantity, observed_on, detail, recorded_by, recorded_at)
select pg_temp.id('outcome ' || outcome, n), outcome::"OutcomeKind", id, line_id, pledge_id, party_id, household_id, area_id, area_path, received, seen_at::date, 'Ghi nhận khi thăm hộ (mẫu)', maker, seen_at
from matched join support_kind on support_kind.code = matched.kind, officer,
     lateral unnest(case family when 'CAPITAL' then '{CAPITAL_USED}' when 'LIVESTOCK' then '{LIVESTOCK_ALIVE}'
                                else case when pg_temp.draw(n, 'certified') < 0.6 then '{COURSE_FINISHED,CERTIFICATE_ISSUED}' else '{COURSE_FINISHED}' end end::text[]) outcome
where officer.province_id = current_setting('scale.province') and seen_at is not null
order by matched.seen_at, n, outcome;

-- ── what someone has to see to: new pledges, bad answers, silence ───────────────────────────────────────────────────

insert into task (id, kind, area_id, area_path, pledge_id, delivery_id, due_on, opened_at, closed_at, closed_by, closing_note)
select pg_temp.id('task', n), kind, area_id, area_path, pledge_id, delivery_id, opened_at::date + 3, opened_at, closed_at, case when closed_at is not null then checker end,
       case when closed_at is not null then 'Đã làm rõ với hộ (mẫu)' else '' end
from (
  select n, 'VERIFY_PLEDGE'::"TaskKind" as kind, area_id, area_path, id as pledge_id, null::uuid as delivery_id, registered_at as opened_at, null::timestamptz as closed_at
  from drawn_pledge where state = 'REGISTERED'
  union all
  select n, (case answer when 'SHORT' then 'SHORT_DELIVERY' when 'WRONG' then 'WRONG_ITEM' else 'NOT_RECEIVED' end)::"TaskKind", area_id, area_path, pledge_id, delivery_id, answered_at,
         pg_temp.by_end(answered_at + interval '3 days')
  from matched where answer in ('SHORT', 'WRONG', 'NOT_RECEIVED')
  union all
  select n, 'UNCONFIRMED', area_id, area_path, pledge_id, delivery_id, handed_over_at + interval '8 days', null
  from matched where handed_over_at + interval '8 days' <= pg_temp.until() and answer is null) called, officer
where officer.province_id = current_setting('scale.province')
order by opened_at, n;

-- ── who stands by which hamlet: one in five ─────────────────────────────────────────────────────────────────────────

insert into adoption (id, party_id, anonymous, area_id, area_path, statement, starts_on, ends_on, contact_name, officer_name, state, proposed_at, accepted_at)
select pg_temp.id('adoption', hamlet.n), giver.id, pg_temp.draw(hamlet.n, 'anonymous adoption') < 0.2, hamlet.id, hamlet.path, 'Đồng hành cùng bà con trong thôn (mẫu).',
       began::date, began::date + 730, 'Người liên hệ mẫu', 'Cán bộ mẫu', 'ACTIVE', began - interval '5 days', began
from hamlet
join giver on giver.n = 1 + floor(pg_temp.draw(hamlet.n, 'adopter') * current_setting('scale.parties')::int)::int,
     lateral (select date_trunc('day', pg_temp.until()) - interval '1 day' * floor(pg_temp.draw(hamlet.n, 'adopted since') * 300)::int as began) since
where hamlet.province_id = current_setting('scale.province') and pg_temp.draw(hamlet.n, 'adopted') < 0.2
order by hamlet.n;

drop table drawn_household, drawn_need, drawn_pledge, drawn_line, matched;
