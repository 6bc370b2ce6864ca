-- The whole database but for its rows, printed by `npm run generate` with PostgreSQL 18. To be read: it makes no database.

-- ── extensions ─────────────────────────────────────────────────────────────────────────────────────────────────────────

create extension ltree;

create extension pg_trgm;

-- ── schemas ────────────────────────────────────────────────────────────────────────────────────────────────────────────

create schema open;
grant usage on schema open to chungtay_public;

-- ── types ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

create type "AdoptionState" as enum ('PROPOSED', 'ACTIVE', 'DECLINED', 'ENDED');

create type "AnimalEventKind" as enum ('REGISTERED', 'BORN', 'BOUGHT', 'VACCINATED', 'ILL', 'DIED', 'STOLEN', 'SOLD', 'HANDED_ON', 'OWNED');

create type "AnimalOwner" as enum ('PROGRAMME', 'HOUSEHOLD');

create type "AnimalSex" as enum ('FEMALE', 'MALE');

create type "AnimalStatus" as enum ('ALIVE', 'DIED', 'STOLEN', 'SOLD');

create type "AreaKind" as enum ('PROVINCE', 'DISTRICT', 'COMMUNE', 'HAMLET');

create type "AreaTransfer" as enum ('FULL', 'PARTIAL');

create type "ConsentPurpose" as enum ('MATCHING');

create type "EventAudience" as enum ('PUBLIC', 'PARTIES', 'OFFICE', 'RIGHTS');

create type "EventType" as enum ('PLEDGE_MADE', 'PLEDGE_VERIFIED', 'PLEDGE_DECLINED', 'PLEDGE_AMENDED', 'PLEDGE_WITHDRAWN', 'PLEDGE_LAPSED', 'LINE_ALLOCATED', 'ALLOCATION_RELEASED', 'DELIVERY_DISPATCHED', 'RECEIPT_CONFIRMED', 'ALLOCATION_SETTLED', 'OUTCOME_RECORDED', 'NEED_RAISED', 'HOUSEHOLD_STATUS_RECORDED', 'TASK_OPENED', 'TASK_CLOSED', 'ADOPTION_PROPOSED', 'ADOPTION_ACCEPTED', 'ADOPTION_DECLINED', 'ADOPTION_ENDED', 'TASK_ESCALATED', 'DELIVERY_TAKEN_BACK', 'ANIMAL_HANDED_ON', 'MATCHING_ANSWERED', 'GUARD_OVERRIDDEN', 'CONSENT_RECORDED', 'RIGHTS_CHANGED');

create type "HandoverAnswer" as enum ('RECEIVED', 'NOT_RECEIVED', 'ILL', 'WRONG');

create type "HouseholdStatus" as enum ('POOR', 'NEAR_POOR', 'NEWLY_ESCAPED', 'LEFT', 'RELAPSED');

create type "MaleCalfPolicy" as enum ('SOLD_FOR_FEMALE', 'COUNTS', 'SKIPPED');

create type "MatchingMethod" as enum ('GREEDY', 'OPTIMAL');

create type "OutcomeKind" as enum ('CAPITAL_USED', 'CAPITAL_MISUSED', 'LIVESTOCK_ALIVE', 'LIVESTOCK_BORN', 'LIVESTOCK_HANDED_ON', 'LIVESTOCK_DIED', 'COURSE_FINISHED', 'CERTIFICATE_ISSUED', 'LEFT_POVERTY', 'RELAPSED', 'CAPITAL_PAID_BACK', 'CAPITAL_LENT_ON', 'CREDIT_GRANTED', 'CREDIT_REFUSED', 'CREDIT_PURPOSE_CHECKED', 'JOB_STARTED', 'JOB_KEPT', 'JOB_LOST', 'PRODUCE_BOUGHT', 'PRODUCE_PAID', 'GOODS_IN_USE', 'COMPLETION_SIGNED', 'WORK_DONE', 'JOB_INTERVIEWED', 'JOB_NOT_TAKEN', 'WORKS_IN_USE', 'CAPITAL_WRITTEN_OFF');

create type "PartyKind" as enum ('PERSON', 'BUSINESS', 'COOPERATIVE', 'BANK', 'ORGANISATION', 'OVERSEAS', 'FOREIGN', 'HOUSEHOLD');

create type "PledgeState" as enum ('REGISTERED', 'VERIFIED', 'DECLINED', 'WITHDRAWN', 'LAPSED');

create type "PledgeStep" as enum ('REGISTERED', 'VERIFIED', 'DECLINED', 'AMENDED', 'WITHDRAWN', 'LAPSED');

create type "ProposalState" as enum ('OPEN', 'ACCEPTED', 'DECLINED', 'EXPIRED');

create type "ReceiptAnswer" as enum ('FULL', 'SHORT', 'WRONG', 'NOT_RECEIVED');

create type "ReceiptChannel" as enum ('SLIP', 'ACCOUNT', 'PROXY');

create type "RightsChangeKind" as enum ('GRANTED', 'REVOKED', 'PASSWORD_RESET', 'DISABLED', 'ENABLED');

create type "Role" as enum ('DONOR', 'HOUSEHOLD', 'HAMLET_HEAD', 'COMMUNE_OFFICER', 'PROVINCE_OFFICER', 'ADMIN');

create type "Stage" as enum ('PROMISED', 'ALLOCATED', 'DISPATCHED', 'RECEIVED', 'SETTLED');

create type "SupportFamily" as enum ('CAPITAL', 'LIVESTOCK', 'TRAINING', 'REVOLVING', 'CREDIT', 'JOB', 'OFFTAKE', 'GOODS', 'WORKS', 'LABOUR');

create type "TaskKind" as enum ('VERIFY_PLEDGE', 'NOT_RECEIVED', 'WRONG_ITEM', 'SHORT_DELIVERY', 'UNCONFIRMED', 'ACCEPT_ADOPTION', 'ANIMAL_ILL');

-- ── functions ──────────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE OR REPLACE FUNCTION public.add_purchase()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update purchase_agreement set
    bought = bought + case new.kind when 'PRODUCE_BOUGHT' then new.quantity else 0 end,
    value = value + case new.kind when 'PRODUCE_BOUGHT' then worth(new.quantity, new.unit_price) else 0 end,
    paid = paid + case new.kind when 'PRODUCE_PAID' then new.quantity else 0 end
  where line_id = new.line_id;
  return null;
end $function$;
revoke all on function add_purchase() from public;

CREATE OR REPLACE FUNCTION public.adoption_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (select from after where accepted_at is not null) then perform tell_change(''); end if;
  return null;
end $function$;
revoke all on function adoption_changed() from public;

CREATE OR REPLACE FUNCTION public.and_above(ltree)
 RETURNS SETOF text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select ltree2text(subpath($1, 0, level)) from generate_series(0, nlevel($1)) level $function$;

CREATE OR REPLACE FUNCTION public.animal_handed_by(of_handover uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select person.display_name from animal_handover handover join person on person.id = handover.handed_by_person_id
  where handover.id = $1 and (handover.area_path <@ any (viewer_offices()) or handover.household_id = any (viewer_households()))
$function$;
revoke all on function animal_handed_by(uuid) from public;
grant execute on function animal_handed_by(uuid) to chungtay_app;

CREATE OR REPLACE FUNCTION public.animal_is_placed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update animal set is_placed = true where id = new.animal_id;
  return null;
end $function$;
revoke all on function animal_is_placed() from public;

CREATE OR REPLACE FUNCTION public.answer_matching_run(of_run uuid, best jsonb, proposals jsonb)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  run matching_run;
begin
  update matching_run set optimal = best, ended_at = clock_timestamp() where id = of_run and ended_at is null returning * into run;
  if not found then
    return false;
  end if;
  if best is not null then
    perform pg_advisory_xact_lock(hashtext('matching_run'), hashtext(ltree2text(subpath(run.area_path, 0, 1))));
    update matching_proposal set state = 'EXPIRED' where run_id = of_run and method = 'GREEDY' and state = 'OPEN';
    insert into matching_proposal (run_id, method, ordinal, line_id, need_id, household_id, area_id, kind_code, quantity, reasons, state)
    select of_run, 'OPTIMAL', p.ordinal, p.line, p.need, need.household_id, need.area_id, need.kind_code, p.quantity, p.reasons,
           case when exists (select from matching_run newer where newer.run_at > run.run_at and newer.area_path @> need.area_path) then 'EXPIRED' else 'OPEN' end::"ProposalState"
    from jsonb_to_recordset(proposals) as p(ordinal int, line uuid, need uuid, quantity bigint, reasons text[])
    join need on need.id = p.need;
  end if;
  insert into event (type, audience, area_id, actor_id) values ('MATCHING_ANSWERED', 'OFFICE', run.area_id, run.run_by);
  return true;
end $function$;
revoke all on function answer_matching_run(uuid,jsonb,jsonb) from public;
grant execute on function answer_matching_run(uuid,jsonb,jsonb) to chungtay_app;

CREATE OR REPLACE FUNCTION public.apply_animal_event()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.kind in ('DIED', 'STOLEN', 'SOLD') then
    update animal set status = new.kind::text::"AnimalStatus" where id = new.animal_id;
  elsif new.kind = 'OWNED' then
    update animal set owner = 'HOUSEHOLD' where id = new.animal_id;
  elsif new.kind = 'HANDED_ON' then
    update animal set household_id = new.household_id, owner = 'PROGRAMME', since = new.happened_on where id = new.animal_id and status = 'ALIVE';
    if not found then raise exception 'only a living animal is handed on' using errcode = '23514', constraint = 'handed_on_alive'; end if;
    update animal mother set returned_on = new.happened_on
    from animal handed left join animal sold on sold.id = handed.stands_for_id
    where handed.id = new.animal_id and mother.id = coalesce(handed.dam_id, sold.dam_id) and mother.returned_on is null;
    update herd_queue_entry set left_at = now()
    from animal where animal.id = new.animal_id and herd_queue_entry.rule_code = animal.rule_code
      and herd_queue_entry.household_id = new.household_id and herd_queue_entry.left_at is null;
  end if;
  return null;
end $function$;
revoke all on function apply_animal_event() from public;

CREATE OR REPLACE FUNCTION public.apply_line_fact()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  line record;
  need_of_it uuid;
begin
  -- What comes back is true as long as the line is locked: a pledge whose state changes locks its lines, and tells them.
  update pledge_line set
    promised   = promised   + case new.stage when 'PROMISED'   then new.amount else 0 end,
    allocated  = allocated  + case new.stage when 'ALLOCATED'  then new.amount else 0 end,
    dispatched = dispatched + case new.stage when 'DISPATCHED' then new.amount else 0 end,
    received   = received   + case new.stage when 'RECEIVED'   then new.amount else 0 end,
    settled    = settled    + case new.stage when 'SETTLED'    then new.amount else 0 end
  where id = new.line_id
  returning kind_code, area_path, state into line;
  if line.state = 'VERIFIED' and is_possible(new.amount) then
    insert into roll_up_delta values (
      line.area_path, month_in_viet_nam(new.at), line.kind_code, 0,
      case new.stage when 'PROMISED'   then new.amount else 0 end,
      case new.stage when 'ALLOCATED'  then new.amount else 0 end,
      case new.stage when 'DISPATCHED' then new.amount else 0 end,
      case new.stage when 'RECEIVED'   then new.amount else 0 end,
      case new.stage when 'SETTLED'    then new.amount else 0 end);
  end if;
  if new.allocation_id is not null then
    update allocation set
      allocated  = allocated  + case new.stage when 'ALLOCATED'  then new.amount else 0 end,
      dispatched = dispatched + case new.stage when 'DISPATCHED' then new.amount else 0 end,
      received   = received   + case new.stage when 'RECEIVED'   then new.amount else 0 end,
      settled    = settled    + case new.stage when 'SETTLED'    then new.amount else 0 end
    where id = new.allocation_id and line_id = new.line_id
    returning need_id into need_of_it;
    if not found then raise exception 'fact of another line''s allocation' using errcode = '23514', constraint = 'fact_names_allocation'; end if;
    if new.stage in ('ALLOCATED', 'RECEIVED') then
      update need set
        allocated = allocated + case new.stage when 'ALLOCATED' then new.amount else 0 end,
        received  = received  + case new.stage when 'RECEIVED'  then new.amount else 0 end
      where id = need_of_it;
    end if;
  end if;
  return null;
end $function$;
revoke all on function apply_line_fact() from public;

CREATE OR REPLACE FUNCTION public.areas_named(said text, of_kind "AreaKind" DEFAULT NULL::"AreaKind", is_living boolean DEFAULT NULL::boolean, below ltree DEFAULT NULL::ltree)
 RETURNS TABLE(id text, rank real)
 LANGUAGE plpgsql
 STABLE PARALLEL SAFE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  asked text := fold_place(said);
  words text[] := (string_to_array(asked, ' '))[greatest(array_length(string_to_array(asked, ' '), 1) - 59, 1):];
  count int := coalesce(array_length(words, 1), 0);
  kinds bigint := kind_words(words);
  whole bigint := (1::bigint << count) - 1;
  last bigint := 1::bigint << greatest(count, 1) - 1;
  spelt text := case when normalize(said, NFD) ~ '[\u0300-\u036fĐđ]' then spell_vi(said) end;
  phrases text[];
  bits_of bigint[];
  found_ids text[];
  found_costs int[];
  found_before boolean[];
  best int;
  head bigint;
  elsewhere bigint; -- words after the best name that are not where it lies
  is_whole boolean;
begin
  if asked = '' then return; end if;
  select array_agg(array_to_string(words[i:j], ' ')), array_agg((1::bigint << j) - (1::bigint << i - 1)) into phrases, bits_of
  from generate_series(1, count) i, generate_series(i, least(i + 6, count)) j;

  with phrase as materialized (
    select name, bits, (bits & -bits) - 1 as before from unnest(phrases, bits_of) phrase (name, bits)),
  stands as materialized (
    select area.id, area.lies_in, phrase.bits, phrase.before, whole & ~phrase.bits & ~phrase.before as after, phrase.name <> all (area.names) as is_former
    from area, lateral unnest(area.names || area.former_names) called join phrase on phrase.name = called
    where (area.names && phrases or area.former_names && phrases)
      and (of_kind is null or area.kind = of_kind) and (is_living is null or (area.valid_to is null) = is_living)
      and (below is null or (area.path <@ below and area.path <> below))),
  lying as (
    select stands.*, around,
      -- The last word may still be being typed.
      case when last & after & ~around = 0 then 0 else coalesce((
        select bit_or(phrase.bits) from unnest(lies_in) lie join phrase on phrase.bits & last <> 0 and phrase.bits & ~after = 0 and starts_with(lie, phrase.name)), 0) end as typed
    from stands, lateral (
      select coalesce(bit_or(phrase.bits), 0) as around from unnest(stands.lies_in) lie join phrase on phrase.name = lie and phrase.bits & stands.bits = 0) there),
  weighed as (
    select lying.id, is_former, before, bits, after & ~around & ~typed & ~kinds as loose, 3 * words_weigh(after & ~around & ~typed, kinds) / 2 + case when typed = 0 then 0 else 1 end
      + words_weigh(before & ~around, kinds) + words_weigh(before & around, kinds) / 2 as cost
    from lying),
  named as (
    select distinct on (weighed.id) weighed.id, cost, is_former, before, bits, loose from weighed order by weighed.id, cost, is_former, bits desc)
  select array_agg(named.id), array_agg(cost), array_agg(is_former), coalesce(min(cost), 1000), (array_agg(before order by cost, before))[1], coalesce((array_agg(loose order by cost, before))[1], 0), coalesce(bool_or(bits = whole), false)
  into found_ids, found_costs, found_before, best, head, elsewhere, is_whole
  from named;

  if best = 0 and not is_whole then
    is_whole := false; -- every word is explained, and no name has them all
  else
    is_whole := exists (select from area where area.search like '%' || asked || '%');
  end if;
  return query
  select ranked.id, (ranked.base
    + case when ranked.base >= 3000 or spelt is null or strpos(spelt, spell_vi(area.name)) > 0 then 0 else 50 end
    + case when area.valid_to is null then 0 else 10 end
    + case area.kind when 'PROVINCE' then 0 when 'DISTRICT' then 2 when 'COMMUNE' then 4 else 6 end)::real
  from (
    select listed.id, min(listed.base) as base
    from (
      select each.id, each.cost * 200 + case when each.is_former then 100 else 0 end + case when each.cost < 10 then 0 else 10000 end as base
      from unnest(found_ids, found_costs, found_before) each (id, cost, is_former)
      where each.cost < best + 10 and (each.cost < 10 or not is_whole)
      union all
      select area.id, case
          when starts_with(area.search, '|' || asked) then 3000
          when strpos(area.search, '|' || asked) > 0 then 4000
          when strpos(area.search, ' ' || asked) > 0 then 5000
          else 6000 end
      from area
      where is_whole and area.search like '%' || asked || '%'
        and (of_kind is null or area.kind = of_kind) and (is_living is null or (area.valid_to is null) = is_living)
        and (below is null or (area.path <@ below and area.path <> below))) listed
    group by listed.id) ranked
  join area on area.id = ranked.id;

  if best = 0 then return; end if;
  -- A district of before is no area here: the communes that lay in it are, where it explains more than any name does.
  return query
  with lay as (
    select area.id, area.valid_to, coalesce((
      select bit_or(phrase.bits) from unnest(area.lies_in) lie join unnest(phrases, bits_of) phrase (name, bits) on phrase.name = lie), 0) as around
    from area
    where area.kind = 'COMMUNE' and area.lies_in && phrases
      and (of_kind is null or area.kind = of_kind) and (is_living is null or (area.valid_to is null) = is_living)
      and (below is null or (area.path <@ below and area.path <> below))),
  explained as (
    select lay.id, lay.valid_to, words_weigh(whole & ~around, kinds) as cost, around & elsewhere <> 0 as goes_on from lay)
  select explained.id, (case when explained.cost < 10 then explained.cost * 200 + 100 else 9000 end + case when explained.valid_to is null then 0 else 10 end)::real
  from explained
  -- "Lê Lợi, Quận 1": a street there, rather than a commune of that name elsewhere.
  where (explained.cost + 1 < best or (goes_on and explained.cost <= best + 10)) and explained.cost = (select min(each.cost) from explained each)
    and (explained.cost = 0 or not is_whole)
    -- These are listed already.
    and not exists (select from unnest(found_ids, found_costs) each (id, cost) where each.id = explained.id and each.cost < best + 10 and (each.cost < 10 or not is_whole))
    and not (is_whole and exists (select from area where area.id = explained.id and area.search like '%' || asked || '%'));
  if found or best < 10 or is_whole then return; end if;
  -- A slip of the keyboard in what stands before the places that are known.
  if coalesce(head, 0) = 0 then head := whole; end if;
  asked := array_to_string(words[:bit_count(head::bit(64))::int], ' ');
  return query
  select nearly.id, (10050 + nearly.cost * 200)::real
  from (
    select area.id, (2 * words_weigh(head, kinds) * (1 - word_similarity(asked, area.search)))::int
      + 3 * words_weigh(whole & ~head & ~coalesce((
          select bit_or((1::bigint << j) - (1::bigint << i - 1))
          from generate_series(bit_count(head::bit(64))::int + 1, count) i, generate_series(i, least(i + 6, count)) j
          where array_to_string(words[i:j], ' ') = any (area.lies_in)), 0), kinds) / 2 as cost
    from area
    where area.search %> asked and area.id <> all (coalesce(found_ids, '{}'))
      and not exists ( -- a number after "thôn", "khu phố" or "phường" is no slip
        select from generate_series(2, bit_count(head::bit(64))::int) i
        where words[i] ~ '^\d+$' and kinds >> i - 2 & 1 = 1 and area.search !~ ('\m' || words[i] || '\M'))
      and (of_kind is null or area.kind = of_kind) and (is_living is null or (area.valid_to is null) = is_living)
      and (below is null or (area.path <@ below and area.path <> below))) nearly
  where nearly.cost < best;
end $function$;

CREATE OR REPLACE FUNCTION public.attempt_wait(keys text[], allowed integer[], total text, flood integer, strange integer[], known text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  this_ms constant bigint := extract(epoch from clock_timestamp()) * 1000;
  flooded_until bigint;
begin
  if total is not null then
    select expire into flooded_until from rate_limit where key = total and expire > this_ms and points >= flood
      and not exists (select from rate_limit where key = known and expire > this_ms);
  end if;
  if flooded_until is null then
    return (select max(expire) - this_ms from unnest(keys, allowed) asked (of_key, most) join rate_limit on key = of_key where expire > this_ms and points >= most);
  end if;
  return (select max(case when most = 0 then flooded_until else expire end) - this_ms
          from unnest(keys, strange) asked (of_key, most) left join rate_limit on key = of_key and expire > this_ms where most = 0 or points >= most);
end $function$;
revoke all on function attempt_wait(text[],integer[],text,integer,integer[],text) from public;

CREATE OR REPLACE FUNCTION public.await_animal()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update animal set is_awaited = new.answer is null where id = new.animal_id;
  return null;
end $function$;
revoke all on function await_animal() from public;

CREATE OR REPLACE FUNCTION public.change_everywhere()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform tell_change('');
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.check_need_totals()
 RETURNS TABLE(area_path text, kind_code text, quantity numeric, allocated numeric, received numeric, urgency_1 bigint, urgency_2 bigint, urgency_3 bigint)
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with due as (
    select area_path, kind_code, quantity, allocated, received, (urgency = 1)::int as urgency_1, (urgency = 2)::int as urgency_2, (urgency = 3)::int as urgency_3
    from need where verified_at is not null and withdrawn_at is null and quantity <= 100000000
    union all
    select area_path, kind_code, -quantity, -allocated, -received, -urgency_1, -urgency_2, -urgency_3 from need_total_delta),
  wanted as (
    select above as area_path, kind_code, -sum(quantity) as quantity, -sum(allocated) as allocated, -sum(received) as received,
           -sum(urgency_1) as urgency_1, -sum(urgency_2) as urgency_2, -sum(urgency_3) as urgency_3
    from due, and_above(area_path) above group by above, kind_code)
  select area_path, kind_code, sum(quantity), sum(allocated), sum(received), sum(urgency_1)::bigint, sum(urgency_2)::bigint, sum(urgency_3)::bigint
  from (select * from need_total union all select * from wanted) difference
  group by area_path, kind_code
  having (sum(quantity), sum(allocated), sum(received), sum(urgency_1), sum(urgency_2), sum(urgency_3)) <> (0, 0, 0, 0, 0, 0)
$function$;
revoke all on function check_need_totals() from public;

CREATE OR REPLACE FUNCTION public.check_roll_ups()
 RETURNS TABLE(area_path text, period date, kind_code text, pledges bigint, promised numeric, allocated numeric, dispatched numeric, received numeric, settled numeric)
 LANGUAGE sql
 STABLE
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with due as (
    select area_path, period, kind_code, sum(pledges) as pledges,
           sum(promised) as promised, sum(allocated) as allocated, sum(dispatched) as dispatched, sum(received) as received, sum(settled) as settled
    from counted where state = 'VERIFIED' group by area_path, period, kind_code
    union all
    select area_path, period, kind_code, -pledges, -promised, -allocated, -dispatched, -received, -settled from roll_up_delta),
  wanted as (
    select above, coalesce(period, '-infinity') as period, kind_code, -sum(pledges) as pledges,
           -sum(promised) as promised, -sum(allocated) as allocated, -sum(dispatched) as dispatched, -sum(received) as received, -sum(settled) as settled
    from due, and_above(area_path) above
    group by grouping sets ((above, period, kind_code), (above, kind_code)))
  select area_path, period, kind_code, sum(pledges), sum(promised), sum(allocated), sum(dispatched), sum(received), sum(settled)
  from (select * from roll_up union all select * from wanted) difference
  group by area_path, period, kind_code
  having (sum(pledges), sum(promised), sum(allocated), sum(dispatched), sum(received), sum(settled)) <> (0, 0, 0, 0, 0, 0)
$function$;
revoke all on function check_roll_ups() from public;

CREATE OR REPLACE FUNCTION public.close_answered_adoption_task(of_adoption uuid)
 RETURNS uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  update task set closed_at = now(), closed_by = viewer_account()
  from adoption
  where adoption.id = $1 and adoption.state <> 'PROPOSED' and task.adoption_id = adoption.id and task.closed_at is null
  returning task.id
$function$;
revoke all on function close_answered_adoption_task(uuid) from public;
grant execute on function close_answered_adoption_task(uuid) to chungtay_app;

CREATE OR REPLACE FUNCTION public.close_answered_handover_task(of_handover uuid)
 RETURNS uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  update task set closed_at = now()
  from animal_handover handover
  where handover.id = $1 and handover.answer is not null
    and task.animal_handover_id = handover.id and task.kind = 'UNCONFIRMED' and task.closed_at is null
  returning task.id
$function$;
revoke all on function close_answered_handover_task(uuid) from public;
grant execute on function close_answered_handover_task(uuid) to chungtay_app;

CREATE OR REPLACE FUNCTION public.close_answered_task(of_delivery uuid)
 RETURNS uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  update task set closed_at = now()
  from delivery
  where delivery.id = $1 and delivery.answer is not null
    and task.delivery_id = delivery.id and task.kind = 'UNCONFIRMED' and task.closed_at is null
  returning task.id
$function$;
revoke all on function close_answered_task(uuid) from public;
grant execute on function close_answered_task(uuid) to chungtay_app;

CREATE OR REPLACE FUNCTION public.confirmed_by_proxy(of_receipt uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select person.display_name from receipt join person on person.id = receipt.person_id
  where receipt.id = $1 and receipt.channel = 'PROXY'
    and (receipt.area_path <@ any (viewer_offices()) or receipt.household_id = any (viewer_households()))
$function$;
revoke all on function confirmed_by_proxy(uuid) from public;
grant execute on function confirmed_by_proxy(uuid) to chungtay_app;

CREATE OR REPLACE FUNCTION public.count_attempt(keys text[], allowed integer[], seconds integer[], total text, flood integer, total_seconds integer, strange integer[], known text, times integer)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  this_ms bigint;
  wait_ms bigint;
begin
  perform pg_advisory_xact_lock(hashtext('count_attempt'), lock) from (select distinct hashtext(key) as lock from unnest(keys || total) key where key is not null order by 1) locks;
  wait_ms := attempt_wait(keys, allowed, total, flood, strange, known);
  if wait_ms is not null then return wait_ms; end if;
  this_ms := extract(epoch from clock_timestamp()) * 1000;
  insert into rate_limit as counted (key, points, expire)
    select key, times, this_ms + lasting::bigint * 1000 from unnest(keys || total, seconds || total_seconds) tried (key, lasting) where key is not null order by key
  on conflict (key) do update set
    points = case when counted.expire <= this_ms then excluded.points else counted.points + excluded.points end,
    expire = case when counted.expire <= this_ms then excluded.expire else counted.expire end;
  -- One in a hundred sweeps up what has ended.
  if random() < 0.01 then
    delete from rate_limit where key in (select key from rate_limit where expire < this_ms limit 500 for update skip locked);
  end if;
  return null;
end $function$;
revoke all on function count_attempt(text[],integer[],integer[],text,integer,integer,integer[],text,integer) from public;
grant execute on function count_attempt(text[],integer[],integer[],text,integer,integer,integer[],text,integer) to chungtay_gate;

CREATE OR REPLACE FUNCTION public.count_herd(of_herd uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  -- Those who count one herd wait for each other, and then see what the others wrote.
  perform from herd where id = of_herd for update;
  update herd set
    founders = (select count(*) from animal where herd_id = of_herd and generation = 1),
    living = (select count(*) from animal where herd_id = of_herd and status = 'ALIVE'),
    households = (select count(distinct fact.household_id) from animal_event fact join animal on animal.id = fact.animal_id
                  where animal.herd_id = of_herd and fact.kind in ('REGISTERED', 'HANDED_ON'))
  where id = of_herd;
end $function$;
revoke all on function count_herd(uuid) from public;

CREATE OR REPLACE FUNCTION public.count_herd_again()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform count_herd(herd_id) from animal where id = new.animal_id;
  return null;
end $function$;
revoke all on function count_herd_again() from public;

CREATE OR REPLACE FUNCTION public.count_pledge()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  sign constant int := case new.state when 'VERIFIED' then 1 else -1 end;
begin
  perform from pledge_line where pledge_id = new.id order by id for update;
  insert into roll_up_delta
  select area_path, period, kind_code, sign * sum(pledges),
         sign * sum(promised), sign * sum(allocated), sign * sum(dispatched), sign * sum(received), sign * sum(settled)
  from counted where pledge_id = new.id
  group by area_path, period, kind_code;
  return null;
end $function$;
revoke all on function count_pledge() from public;

CREATE OR REPLACE FUNCTION public.end_due_adoptions()
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with ended as (
    update adoption set state = 'ENDED', ended_on = ends_on, version = version + 1
    where state = 'ACTIVE' and ends_on < today_in_viet_nam()
    returning id, area_id, party_id, kind_code),
  told as (
    insert into event (type, audience, area_id, party_id, adoption_id, kind_code)
    select 'ADOPTION_ENDED', 'PUBLIC', area_id, party_id, id, kind_code from ended)
  select count(*)::int from ended
$function$;
revoke all on function end_due_adoptions() from public;
grant execute on function end_due_adoptions() to chungtay_app;

CREATE OR REPLACE FUNCTION public.enter_family()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  new.mother_id := coalesce(new.dam_id, (select dam_id from animal where id = new.stands_for_id));
  new.is_placed := coalesce(new.dam_id, new.stands_for_id) is null;
  new.is_awaited := false;
  return new;
end $function$;
revoke all on function enter_family() from public;

CREATE OR REPLACE FUNCTION public.escalate_silent_tasks(due date)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with silent as (
    -- Another process that is at the same task has it; by the time it lets go, the task has a new day.
    select id, area_path, assignee_id, due_on, opened_at from task
    where closed_at is null and due_on < today_in_viet_nam()
    for update skip locked),
  risen as (
    select silent.*, officer_above(area_path, assignee_id) as to_id from silent),
  moved as (
    update task set assignee_id = risen.to_id, due_on = $1
    from risen
    where task.id = risen.id and risen.to_id is not null
    returning task.id, task.area_id, task.pledge_id, task.delivery_id, task.adoption_id, risen.assignee_id as from_id, risen.to_id, risen.due_on, risen.opened_at),
  said as (
    insert into task_escalation (task_id, due_on, area_id, from_id, to_id, silent_since)
    select id, due_on, area_id, from_id, to_id,
           coalesce((select max(earlier.at) from task_escalation earlier where earlier.task_id = moved.id), opened_at)
    from moved),
  told as (
    insert into event (type, audience, area_id, pledge_id, delivery_id, adoption_id, task_id)
    select 'TASK_ESCALATED', 'OFFICE', area_id, pledge_id, delivery_id, adoption_id, id from moved)
  select count(*)::int from moved
$function$;
revoke all on function escalate_silent_tasks(date) from public;
grant execute on function escalate_silent_tasks(date) to chungtay_app;

CREATE OR REPLACE FUNCTION public.feed_head(OUT head text, OUT pending boolean)
 RETURNS record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select pg_snapshot_xmin(pg_current_snapshot())::text,
         exists (select 1 from event where xid >= pg_snapshot_xmin(pg_current_snapshot()))
$function$;
revoke all on function feed_head() from public;
grant execute on function feed_head() to chungtay_app;

CREATE OR REPLACE FUNCTION public.feed_since(after text, most integer)
 RETURNS TABLE(head text, pending boolean, cursor text, id text, audience text, path text, "pledgeId" uuid, "partyId" uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with at as (select * from feed_head())
  select at.head, at.pending, event.xid::text || '.' || event.id, event.id::text, event.audience::text, event.area_path::text,
         event.pledge_id, event.party_id
  from at
  left join lateral (
    select * from event
    where (event.xid, event.id) > (split_part($1, '.', 1)::xid8, split_part($1, '.', 2)::bigint) and event.xid < at.head::xid8
    order by event.xid, event.id limit $2) event on true
  order by event.xid, event.id
$function$;
revoke all on function feed_since(text,integer) from public;
grant execute on function feed_since(text,integer) to chungtay_app;

CREATE OR REPLACE FUNCTION public.fold_need_totals(most integer DEFAULT NULL::integer)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select pg_advisory_xact_lock(hashtext('need_total'));
  with gone as (
    delete from need_total_delta where ctid = any (array(select ctid from need_total_delta limit $1)) returning *),
  moved as (
    insert into need_total
    select above, kind_code, sum(quantity), sum(allocated), sum(received), sum(urgency_1), sum(urgency_2), sum(urgency_3)
    from gone, and_above(area_path) above
    group by above, kind_code
    on conflict (area_path, kind_code) do update set
      quantity  = need_total.quantity  + excluded.quantity,
      allocated = need_total.allocated + excluded.allocated,
      received  = need_total.received  + excluded.received,
      urgency_1 = need_total.urgency_1 + excluded.urgency_1,
      urgency_2 = need_total.urgency_2 + excluded.urgency_2,
      urgency_3 = need_total.urgency_3 + excluded.urgency_3)
  select count(*)::int from gone
$function$;
revoke all on function fold_need_totals(integer) from public;
grant execute on function fold_need_totals(integer) to chungtay_app;

CREATE OR REPLACE FUNCTION public.fold_place(text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
declare
  folded text := ' ' || fold_vi($1) || ' ';
begin
  folded := regexp_replace(folded, ' viet ?nam (?=$)', ' ');
  folded := regexp_replace(folded, ' (tp|tx|tt)(?=[a-z0-9]{2})', ' \1 ', 'g');
  folded := regexp_replace(folded, ' (p|q)(?=\d{1,2} )', ' \1 ', 'g');
  folded := regexp_replace(folded, ' 0+(?=\d{1,2} )', ' ', 'g');
  folded := regexp_replace(folded, ' ward (?=\d)', ' phuong ', 'g');
  folded := regexp_replace(folded, ' district (?=\d)', ' quan ', 'g');
  folded := regexp_replace(folded, ' (h|k|l|m|s|t|v|qu)y(?= )', ' \1i', 'g');
  folded := regexp_replace(folded, ' p (?=[^ ])', ' phuong ', 'g');
  folded := regexp_replace(folded, ' q (?=[^ ])', ' quan ', 'g');
  folded := regexp_replace(folded, ' h (?=[^ ])', ' huyen ', 'g');
  folded := regexp_replace(folded, ' x (?=[^ ])', ' xa ', 'g');
  folded := regexp_replace(folded, ' t (?=[^ ])', ' tinh ', 'g');
  folded := regexp_replace(folded, ' tp (?=[^ ])', ' thanh pho ', 'g');
  folded := regexp_replace(folded, ' tx (?=[^ ])', ' thi xa ', 'g');
  folded := regexp_replace(folded, ' tt (?=[^ ])', ' thi tran ', 'g');
  folded := regexp_replace(folded, ' dk (?=[^ ])', ' dac khu ', 'g');
  folded := regexp_replace(folded, ' kp (?=[^ ])', ' khu pho ', 'g');
  folded := regexp_replace(folded, ' tdp (?=[^ ])', ' to dan pho ', 'g');
  return btrim(folded);
end $function$;

CREATE OR REPLACE FUNCTION public.fold_roll_ups(most integer DEFAULT NULL::integer)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select pg_advisory_xact_lock(hashtext('roll_up'));
  with gone as (
    delete from roll_up_delta where ctid = any (array(select ctid from roll_up_delta limit $1)) returning *),
  moved as (
    insert into roll_up
    select above, coalesce(period, '-infinity'), kind_code,
           sum(pledges), sum(promised), sum(allocated), sum(dispatched), sum(received), sum(settled)
    from gone, and_above(area_path) above
    group by grouping sets ((above, period, kind_code), (above, kind_code))
    on conflict (area_path, period, kind_code) do update set
      pledges    = roll_up.pledges    + excluded.pledges,
      promised   = roll_up.promised   + excluded.promised,
      allocated  = roll_up.allocated  + excluded.allocated,
      dispatched = roll_up.dispatched + excluded.dispatched,
      received   = roll_up.received   + excluded.received,
      settled    = roll_up.settled    + excluded.settled)
  select count(*)::int from gone
$function$;
revoke all on function fold_roll_ups(integer) from public;
grant execute on function fold_roll_ups(integer) to chungtay_app;

CREATE OR REPLACE FUNCTION public.fold_vi(text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select btrim(regexp_replace(
    lower(translate(regexp_replace(normalize(regexp_replace(regexp_replace($1 collate "und-x-icu",
      '(?<![[:alnum:]''’‘‛ʼʹ`´′\uff07])([bcdđghklmnprstvxBCDĐGHKLMNPRSTVX])[''’‘‛ʼʹ`´′\uff07] +(?=[[:alpha:]])', '\1', 'g'),
      '[''’‘‛ʼʹ`´′\uff07\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]', '', 'g'), NFKD),
      '[\u0300-\u036f]', '', 'g'), 'ĐđÐðƉɖ', 'dddddd') collate "und-x-icu"),
    '[^0-9a-z\u00a1-\u1fff\u2070-\u2fff\u3001-\U0010ffff]+|[\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u3001-\u3003\u3008-\u3011]+', ' ', 'g'))
$function$;

CREATE OR REPLACE FUNCTION public.follow_pledge(readings text[], keys text[], allowed integer[], seconds integer[], total text, flood integer, total_seconds integer, strange integer[], known text, known_seconds integer, OUT pledge_id uuid, OUT wait_ms bigint)
 RETURNS record
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  is_short boolean;
begin
  select follow_code.pledge_id, length(code) < 20 into pledge_id, is_short from follow_code where code = any (readings) limit 1;
  if pledge_id is null then
    wait_ms := count_attempt(keys, allowed, seconds, total, flood, total_seconds, strange, known, cardinality(readings));
    return;
  end if;
  if is_short then
    wait_ms := attempt_wait(keys, allowed, total, flood, strange, known);
    if wait_ms is not null then
      pledge_id := null;
      return;
    end if;
  end if;
  perform remember_network(known, known_seconds);
end $function$;
revoke all on function follow_pledge(text[],text[],integer[],integer[],text,integer,integer,integer[],text,integer) from public;
grant execute on function follow_pledge(text[],text[],integer[],integer[],text,integer,integer,integer[],text,integer) to chungtay_app;

CREATE OR REPLACE FUNCTION public.forbid_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% is append-only', tg_table_name using errcode = '42501';
end $function$;

CREATE OR REPLACE FUNCTION public.forgive_attempt(keys text[], known text, known_seconds integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update rate_limit set points = greatest(0, points - 1) from (select key from rate_limit where key = any (keys) order by key for update) mine where rate_limit.key = mine.key;
  perform remember_network(known, known_seconds);
end $function$;
revoke all on function forgive_attempt(text[],text,integer) from public;
grant execute on function forgive_attempt(text[],text,integer) to chungtay_gate;

CREATE OR REPLACE FUNCTION public.gift_is_for_another()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (
    select from household_party own join pledge_line line on line.party_id = own.party_id join need on need.household_id = own.household_id
    where line.id = new.line_id and need.id = new.need_id
  ) then
    raise exception 'a household''s own gift' using errcode = '23514', constraint = 'allocation_own_gift';
  end if;
  return new;
end $function$;
revoke all on function gift_is_for_another() from public;

CREATE OR REPLACE FUNCTION public.handed_animal(of_handover uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select jsonb_build_object('tag', animal.tag, 'sex', animal.sex, 'bornOn', animal.born_on, 'kind', rotation_rule.kind_code)
  from animal_handover handover join animal on animal.id = handover.animal_id join rotation_rule on rotation_rule.code = animal.rule_code
  where handover.id = $1 and (handover.area_path <@ any (viewer_offices()) or handover.household_id = any (viewer_households()))
$function$;
revoke all on function handed_animal(uuid) from public;
grant execute on function handed_animal(uuid) to chungtay_app;

CREATE OR REPLACE FUNCTION public.handed_over_by(of_delivery uuid)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce(nullif(delivery.deliverer_name, ''), person.display_name)
  from delivery join person on person.id = delivery.dispatcher_person_id
  where delivery.id = $1 and (delivery.area_path <@ any (viewer_offices()) or delivery.household_id = any (viewer_households()))
$function$;
revoke all on function handed_over_by(uuid) from public;
grant execute on function handed_over_by(uuid) to chungtay_app;

CREATE OR REPLACE FUNCTION public.handover_has_two_sides()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.answer is not null then raise exception 'answered already' using errcode = '23514', constraint = 'handover_answered_once'; end if;
  if new.channel <> 'SLIP' and new.handed_by_person_id is not distinct from viewer_person() then
    raise exception 'one person on both sides of a hand-over' using errcode = '23514', constraint = 'handover_two_sides';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.household_counts_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  province text;
  done text := coalesce(current_setting('app.counted', true), '');
begin
  foreach province in array array[ltree2text(subpath(new.area_path, 0, 1)), case when tg_op = 'UPDATE' then ltree2text(subpath(old.area_path, 0, 1)) end] loop
    continue when province is null or province = any (string_to_array(done, ','));
    perform publish_household_counts(province);
    done := concat_ws(',', nullif(done, ''), province);
  end loop;
  perform set_config('app.counted', done, true);
  return null;
end $function$;
revoke all on function household_counts_changed() from public;

CREATE OR REPLACE FUNCTION public.is_listed("HouseholdStatus")
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select $1 in ('POOR', 'NEAR_POOR', 'RELAPSED') $function$;

CREATE OR REPLACE FUNCTION public.is_possible(amount bigint)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select amount between -1000000000000 and 1000000000000 $function$;

CREATE OR REPLACE FUNCTION public.job_outcome_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform tell_change((select string_agg(distinct household.area_path::text, ',')
    from after join household on household.id = after.household_id where after.kind in ('JOB_STARTED', 'JOB_KEPT', 'JOB_LOST')));
  return null;
end $function$;
revoke all on function job_outcome_added() from public;

CREATE OR REPLACE FUNCTION public.job_target(place ltree, year integer, OUT listed integer, OUT kept integer)
 RETURNS record
 LANGUAGE sql
 STABLE
AS $function$
  select count(*)::int,
         count(*) filter (where exists (
           select from outcome where household_id = household.id and kind in ('JOB_STARTED', 'JOB_KEPT', 'JOB_LOST') and observed_on < make_date($2 + 1, 1, 1)
           group by allocation_id
           having min(observed_on) filter (where kind = 'JOB_KEPT') >= make_date($2, 1, 1)
              and sum(case kind when 'JOB_STARTED' then quantity when 'JOB_LOST' then -quantity else 0 end) > 0))::int
  from household
  where area_path <@ $1
    and (is_listed((select status from household_status where household_id = household.id and effective_on <= make_date($2, 1, 1)
                    order by effective_on desc, recorded_at desc limit 1))
      or exists (select from household_status where household_id = household.id and is_listed(status)
                 and effective_on between make_date($2, 1, 1) and make_date($2, 12, 31)))
$function$;

CREATE OR REPLACE FUNCTION public.keep_household_status()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update household set status = (
    select status from household_status where household_id = new.household_id order by effective_on desc, recorded_at desc limit 1
  ) where id = new.household_id;
  return null;
end $function$;
revoke all on function keep_household_status() from public;

CREATE OR REPLACE FUNCTION public.keep_rights()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a pledge keeps its area and its giver' using errcode = '42501';
end $function$;

CREATE OR REPLACE FUNCTION public.kind_words(words text[])
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select coalesce(bit_or(1::bigint << i - 1), 0)
  from generate_subscripts(words, 1) i
  where words[i] in ('phuong', 'xa', 'quan', 'huyen', 'tinh', 'thon', 'ban', 'ap', 'khom', 'buon', 'to', 'khu', 'ward', 'commune', 'district', 'city', 'province', 'town')
     or words[i] || ' ' || words[i + 1] in ('thanh pho', 'thi xa', 'thi tran', 'dac khu', 'dan pho')
     or words[i - 1] || ' ' || words[i] in ('thanh pho', 'thi xa', 'thi tran', 'dac khu', 'dan pho', 'khu pho')
$function$;

CREATE OR REPLACE FUNCTION public.line_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform tell_change((select string_agg(distinct pledge.area_path::text, ',')
    from after join pledge on pledge.id = after.pledge_id where pledge.state = 'VERIFIED'));
  return null;
end $function$;
revoke all on function line_changed() from public;

CREATE OR REPLACE FUNCTION public.looked_into(of_delivery uuid, OUT since timestamp with time zone, OUT by_day date)
 RETURNS record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select min(opened_at), min(due_on) from task where delivery_id = of_delivery and closed_at is null and kind in ('SHORT_DELIVERY', 'WRONG_ITEM', 'NOT_RECEIVED')
$function$;
revoke all on function looked_into(uuid) from public;
grant execute on function looked_into(uuid) to chungtay_app;

CREATE OR REPLACE FUNCTION public.makes_hamlet_at(path ltree)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select nlevel(path) = 3 and (path <@ any ((select viewer_offices())::ltree[]) or viewer_administers())
$function$;
revoke all on function makes_hamlet_at(ltree) from public;
grant execute on function makes_hamlet_at(ltree) to chungtay_app;

CREATE OR REPLACE FUNCTION public.month_in_viet_nam(timestamp with time zone)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select date_trunc('month', $1 at time zone 'Asia/Ho_Chi_Minh')::date $function$;

CREATE OR REPLACE FUNCTION public.name_area()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.names = '{}' then
    new.names := array_remove(array(select distinct fold_place(name) from unnest(array[new.full_name, new.name]) name where name !~ '^\s*\d*\s*$'), '');
    select names || former_names || lies_in into new.lies_in from public.area
      where nlevel(new.path) > 1 and id = ltree2text(subpath(new.path, -2, 1));
    new.lies_in := coalesce(new.lies_in, '{}');
  end if;
  new.search := '|' || array_to_string(new.names || fold_vi(new.code) || new.former_names, '|') || '|';
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.need_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  places text;
begin
  with moved as (
    insert into need_total_delta
    select area_path, kind_code, sum(quantity), sum(allocated), sum(received),
           count(*) filter (where urgency = 1), count(*) filter (where urgency = 2), count(*) filter (where urgency = 3)
    from after where verified_at is not null and withdrawn_at is null and quantity <= 100000000
    group by area_path, kind_code
    returning area_path)
  select string_agg(distinct area_path::text, ',') into places from moved;
  perform tell_change(places);
  return null;
end $function$;
revoke all on function need_added() from public;

CREATE OR REPLACE FUNCTION public.need_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  places text;
begin
  with moved as (
    insert into need_total_delta
    select area_path, kind_code, sum(sign * quantity), sum(sign * allocated), sum(sign * received),
           sum(sign * (urgency = 1)::int), sum(sign * (urgency = 2)::int), sum(sign * (urgency = 3)::int)
    from (
      select -1 as sign, area_path, kind_code, quantity, allocated, received, urgency from before where verified_at is not null and withdrawn_at is null and quantity <= 100000000
      union all
      select 1, area_path, kind_code, quantity, allocated, received, urgency from after where verified_at is not null and withdrawn_at is null and quantity <= 100000000) step
    group by area_path, kind_code
    having (sum(sign * quantity), sum(sign * allocated), sum(sign * received),
            sum(sign * (urgency = 1)::int), sum(sign * (urgency = 2)::int), sum(sign * (urgency = 3)::int)) <> (0, 0, 0, 0, 0, 0)
    returning area_path)
  select string_agg(distinct area_path::text, ',') into places from moved;
  perform tell_change(places);
  return null;
end $function$;
revoke all on function need_changed() from public;

CREATE OR REPLACE FUNCTION public.needs_in(area ltree)
 RETURNS TABLE(kind_code text, quantity bigint, allocated bigint, received bigint, urgency integer, ordinal integer, code text, family "SupportFamily", name text, name_en text, unit text, unit_name text, unit_name_en text, typical_cost bigint, answers text[])
 LANGUAGE sql
 STABLE
AS $function$
  select part.kind_code, quantity, allocated, received, urgency, kind.ordinal,
         kind.code, kind.family, kind.name, kind.name_en, kind.unit, kind.unit_name, kind.unit_name_en, kind.typical_cost, kind.answers
  from (
    select kind_code, quantity, allocated, received, case when urgency_3 > 0 then 3 when urgency_2 > 0 then 2 else 1 end as urgency
    from need_total
    where area_path = ltree2text($1) and urgency_1 + urgency_2 + urgency_3 > 0 and not exists (select from need_total_delta)
    union all
    select kind_code, quantity, allocated, received, urgency
    from (
      select kind_code, sum(quantity)::bigint as quantity, sum(allocated)::bigint as allocated, sum(received)::bigint as received,
             case when sum(urgency_3) > 0 then 3 when sum(urgency_2) > 0 then 2 else 1 end as urgency
      from (
        select kind_code, quantity, allocated, received, urgency_1, urgency_2, urgency_3 from need_total where area_path = ltree2text($1)
        union all
        select kind_code, quantity, allocated, received, urgency_1, urgency_2, urgency_3 from need_total_delta where area_path <@ $1) moved
      group by kind_code
      having sum(urgency_1 + urgency_2 + urgency_3) > 0) summed
    where exists (select from need_total_delta)) part
  left join support_kind kind on kind.code = part.kind_code
$function$;

CREATE OR REPLACE FUNCTION public.never_null(anyelement)
 RETURNS anyelement
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'null in an answer where none may be' using errcode = 'CT001';
end $function$;

CREATE OR REPLACE FUNCTION public.new_transfer_code()
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  alphabet constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  made text;
begin
  loop
    with random as (select uuid_send(gen_random_uuid()) as bytes),
    -- Bytes 6 and 8 of a random UUID are not random.
    digit as (select nth, get_byte(bytes, (array[0, 1, 2, 3, 4, 5, 9])[nth]) & 31 as value from random, generate_series(1, 7) nth)
    select 'VNN' || string_agg(substr(alphabet, value + 1, 1), '' order by nth) || substr(alphabet, (sum((nth + 1) * value) % 31)::int + 1, 1) into made from digit;
    if not exists (select from pledge where transfer_code = made) and not exists (select from follow_code where code = made) then return made; end if;
  end loop;
end $function$;
revoke all on function new_transfer_code() from public;
grant execute on function new_transfer_code() to chungtay_app;

CREATE OR REPLACE FUNCTION public.next_household_number(prefix text)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select coalesce(max(rest::int), 0) + 1 from household, substr(code, length(prefix) + 2) rest
  where starts_with(code, prefix || '-') and rest ~ '^\d{1,6}$'
$function$;
revoke all on function next_household_number(text) from public;
grant execute on function next_household_number(text) to chungtay_app;

CREATE OR REPLACE FUNCTION public.office_holders(ltree)
 RETURNS TABLE(account_id uuid, person_id uuid, display_name text, role "Role", area_id text, level integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select account.id, person.id, person.display_name, role_grant.role, area.id, nlevel(area.path)
  from role_grant
  join account on account.id = role_grant.account_id and account.disabled_at is null
  join person on person.id = account.person_id
  join area on area.id = role_grant.area_id and (area.path @> $1 or area.path <@ $1)
  where role_grant.role in ('HAMLET_HEAD', 'COMMUNE_OFFICER', 'PROVINCE_OFFICER') and role_grant.revoked_at is null
    and $1 <@ any (viewer_offices())
$function$;
revoke all on function office_holders(ltree) from public;
grant execute on function office_holders(ltree) to chungtay_app;

CREATE OR REPLACE FUNCTION public.office_rank("Role")
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select case $1 when 'HAMLET_HEAD' then 1 when 'COMMUNE_OFFICER' then 2 when 'PROVINCE_OFFICER' then 3 else 0 end $function$;

CREATE OR REPLACE FUNCTION public.officer_above(ltree, silent uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select account.id
  from role_grant
  join account on account.id = role_grant.account_id and account.disabled_at is null
  join area on area.id = role_grant.area_id and area.path @> $1
  where role_grant.role in ('COMMUNE_OFFICER', 'PROVINCE_OFFICER') and role_grant.revoked_at is null
    and account.id is distinct from $2
    and office_rank(role_grant.role) > coalesce((
      select max(office_rank(held.role)) from role_grant held
      join account holder on holder.id = held.account_id and holder.disabled_at is null
      join area place on place.id = held.area_id and place.path @> $1
      where held.account_id = $2 and held.revoked_at is null), 0)
  order by office_rank(role_grant.role), nlevel(area.path) desc, role_grant.granted_at, role_grant.id
  limit 1
$function$;
revoke all on function officer_above(ltree,uuid) from public;

CREATE OR REPLACE FUNCTION public.officer_for(ltree)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select account.id
  from role_grant
  join account on account.id = role_grant.account_id and account.disabled_at is null
  join area on area.id = role_grant.area_id and area.path @> $1
  where role_grant.role in ('COMMUNE_OFFICER', 'PROVINCE_OFFICER') and role_grant.revoked_at is null
  order by role_grant.role = 'COMMUNE_OFFICER' desc, nlevel(area.path) desc, role_grant.granted_at, role_grant.id
  limit 1
$function$;
revoke all on function officer_for(ltree) from public;
grant execute on function officer_for(ltree) to chungtay_app;

CREATE OR REPLACE FUNCTION open.animal_handed_by(uuid)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$select null::text$function$;

CREATE OR REPLACE FUNCTION open.confirmed_by_proxy(uuid)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$select null::text$function$;

CREATE OR REPLACE FUNCTION open.handed_animal(uuid)
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$select null::jsonb$function$;

CREATE OR REPLACE FUNCTION open.handed_over_by(uuid)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$select null::text$function$;

CREATE OR REPLACE FUNCTION open.looked_into(of_delivery uuid, OUT since timestamp with time zone, OUT by_day date)
 RETURNS record
 LANGUAGE sql
 IMMUTABLE
AS $function$select null::timestamptz, null::date$function$;

CREATE OR REPLACE FUNCTION public.open_unanswered_handover_tasks(before date, due date)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with opened as (
    insert into task (kind, area_id, pledge_id, animal_handover_id, assignee_id, due_on)
    select 'UNCONFIRMED', handover.area_id, handover.pledge_id, handover.id, officer_for(handover.area_path), $2
    from animal_handover handover
    where handover.answer is null and (handover.recorded_at at time zone 'Asia/Ho_Chi_Minh')::date < $1
      and not exists (select 1 from task where task.animal_handover_id = handover.id and task.kind = 'UNCONFIRMED')
    on conflict do nothing
    returning id, area_id, pledge_id),
  told as (
    insert into event (type, audience, area_id, pledge_id, task_id)
    select 'TASK_OPENED', 'OFFICE', area_id, pledge_id, id from opened)
  select count(*)::int from opened
$function$;
revoke all on function open_unanswered_handover_tasks(date,date) from public;
grant execute on function open_unanswered_handover_tasks(date,date) to chungtay_app;

CREATE OR REPLACE FUNCTION public.open_unconfirmed_tasks(due date)
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with opened as (
    insert into task (kind, area_id, pledge_id, delivery_id, assignee_id, due_on)
    select 'UNCONFIRMED', delivery.area_id, delivery.pledge_id, delivery.id, officer_for(delivery.area_path), $1
    from delivery
    where delivery.answer is null and delivery.confirm_by < today_in_viet_nam()
      and not exists (select 1 from task where task.delivery_id = delivery.id and task.kind = 'UNCONFIRMED')
    on conflict do nothing
    returning id, area_id, pledge_id, delivery_id),
  told as (
    insert into event (type, audience, area_id, pledge_id, delivery_id, task_id)
    select 'TASK_OPENED', 'OFFICE', area_id, pledge_id, delivery_id, id from opened)
  select count(*)::int from opened
$function$;
revoke all on function open_unconfirmed_tasks(date) from public;
grant execute on function open_unconfirmed_tasks(date) to chungtay_app;

CREATE OR REPLACE FUNCTION public.outcome_told_by("AnimalEventKind")
 RETURNS "OutcomeKind"
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select case $1 when 'BORN' then 'LIVESTOCK_BORN' when 'DIED' then 'LIVESTOCK_DIED' when 'STOLEN' then 'LIVESTOCK_DIED' end::"OutcomeKind"
$function$;
revoke all on function outcome_told_by("AnimalEventKind") from public;

CREATE OR REPLACE FUNCTION public.party_is_known(of_party uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  offices ltree[] := viewer_offices();
  followed uuid[] := viewer_pledges();
begin
  return exists (select from pledge where pledge.party_id = of_party
                 and (pledge.area_path <@ any (offices) or (not pledge.anonymous and (pledge.state = 'VERIFIED' or pledge.id = any (followed)))))
      or exists (select from adoption where adoption.party_id = of_party
                 and (adoption.area_path <@ any (offices) or (not adoption.anonymous and adoption.accepted_at is not null)));
end $function$;
revoke all on function party_is_known(uuid) from public;
grant execute on function party_is_known(uuid) to chungtay_app;

CREATE OR REPLACE FUNCTION public.party_pledges_here(of_party uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  offices ltree[] := viewer_offices();
begin
  return exists (select from pledge where pledge.party_id = of_party and pledge.area_path <@ any (offices));
end $function$;
revoke all on function party_pledges_here(uuid) from public;
grant execute on function party_pledges_here(uuid) to chungtay_app;

CREATE OR REPLACE FUNCTION public.pass_state_on()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform from pledge_line where pledge_id = new.id order by id for update;
  update pledge_line set state = new.state where pledge_id = new.id;
  return null;
end $function$;
revoke all on function pass_state_on() from public;

CREATE OR REPLACE FUNCTION public.place_animal()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  select area_id, area_path, 'Hộ ' || substring(code from '\d+$') into strict new.area_id, new.area_path, new.recipient_code
  from household where id = new.household_id;
  select rule_code, pledge_id, party_id into strict new.rule_code, new.pledge_id, new.party_id from herd where id = new.herd_id;
  new.generation := coalesce((select generation + 1 from animal where id = new.dam_id), (select generation from animal where id = new.stands_for_id), 1);
  return new;
end $function$;
revoke all on function place_animal() from public;

CREATE OR REPLACE FUNCTION public.place_animal_event()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  select household_id, area_path, pledge_id, party_id into strict new.household_id, new.area_path, new.pledge_id, new.party_id
  from animal where id = new.animal_id;
  if new.kind = 'HANDED_ON' then
    select household_id, area_path into strict new.household_id, new.area_path
    from animal_handover where id = new.handover_id and animal_id = new.animal_id and answer in ('RECEIVED', 'ILL');
  end if;
  return new;
end $function$;
revoke all on function place_animal_event() from public;

CREATE OR REPLACE FUNCTION public.place_handover()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  select area_id, area_path into strict new.area_id, new.area_path from household where id = new.household_id;
  select pledge_id, party_id, household_id into strict new.pledge_id, new.party_id, new.from_household_id from animal where id = new.animal_id;
  return new;
end $function$;
revoke all on function place_handover() from public;

CREATE OR REPLACE FUNCTION public.pledge_added()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform tell_change((select string_agg(distinct area_path::text, ',') from after where state = 'VERIFIED'));
  return null;
end $function$;
revoke all on function pledge_added() from public;

CREATE OR REPLACE FUNCTION public.pledge_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform tell_change((select string_agg(distinct area_path::text, ',') from (
    select area_path from before where state = 'VERIFIED' union select area_path from after where state = 'VERIFIED') seen));
  return null;
end $function$;
revoke all on function pledge_changed() from public;

CREATE OR REPLACE FUNCTION public.public_household_count(area text)
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select case when published.area_id is not null then coalesce(published.households::text, '≥ ' || small_count())
              when area.valid_to is not null then '–'
              else '< ' || small_count() end
  from area left join published_household_count published on published.area_id = area.id
  where area.id = $1
$function$;
revoke all on function public_household_count(text) from public;
grant execute on function public_household_count(text) to chungtay_app;
grant execute on function public_household_count(text) to chungtay_public;

CREATE OR REPLACE FUNCTION public.public_job_target(area text, year integer, OUT households text, OUT kept text, OUT is_reached boolean)
 RETURNS SETOF record
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with known as (
    select target.*, small_count() as k,
           case when $2 = extract(year from today_in_viet_nam()) then public_household_count(area.id) else '–' end as households
    from area, job_target(area.path, $2) target
    where area.id = $1),
  shown as (
    select *, households ~ '^\d+$' as is_counted, kept >= k and households ~ '^\d+$' and listed - kept not between 1 and k - 1 as is_shown
    from known)
  select households, case when kept < k then '< ' || k when is_shown then kept::text else '≥ ' || k end,
         case when is_shown then kept * 5 >= listed when kept < k and is_counted and households::int > (k - 1) * 5 then false end
  from shown
$function$;
revoke all on function public_job_target(text,integer) from public;
grant execute on function public_job_target(text,integer) to chungtay_app;
grant execute on function public_job_target(text,integer) to chungtay_public;

CREATE OR REPLACE FUNCTION public.publish_household_counts(province text)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  k constant int := small_count();
  root constant ltree := province::ltree;
begin
  -- One at a time: whoever waited sees what the other has counted.
  perform pg_advisory_xact_lock(hashtext('published_household_count'), hashtext(province));
  delete from published_household_count using area where area.id = published_household_count.area_id and area.path <@ root;

  insert into published_household_count (area_id, households)
  with recursive
  -- Paths as text: ltree cannot be hashed before PostgreSQL 17.
  place as materialized (
    select area.id as area_id, path::text, case when path <> root then subpath(path, 0, -1)::text end as parent, valid_to is not null as has_ended
    from area where path <@ root),
  listed as materialized (
    select area_path::text as path, area_path, count(*)::int as n from household where area_path <@ root and is_listed(status) group by area_path),
  total as materialized (
    select subpath(area_path, 0, level)::text as path, sum(n)::int as n
    from listed, generate_series(nlevel(root), nlevel(area_path)) level group by 1),
  cell as materialized (
    select place.path, place.parent, coalesce(total.n, 0) as n, place.area_id, place.parent is not null and place.has_ended as shows_nothing
    from place left join total on total.path = place.path
    where place.parent is null or place.parent in (select path from total where n >= k)
    union all
    select listed.path || '.own', listed.path, listed.n, null, true
    from listed join total on total.path = listed.path and total.n >= k
    where listed.path in (select parent from place where parent is not null)),
  measured as materialized (
    select above.path, above.parent, above.n, above.area_id, above.shows_nothing,
           bool_or(below.n >= k and below.path not in (select parent from cell where parent is not null)) as is_unbounded,
           (k - 1) * count(*) filter (where below.n < k) as most
    from cell below
    cross join generate_series(nlevel(root), nlevel(below.path::ltree)) level
    join cell above on above.path = subpath(below.path::ltree, 0, level)::text
    group by above.path, above.parent, above.n, above.area_id, above.shows_nothing),
  classed as materialized (
    select *, n < k as is_small, n >= k and not is_unbounded and n >= most - 1 as is_tight from measured),
  ranked as materialized (
    select *,
           bool_or(is_small or is_tight) over (partition by parent) as has_sensitive,
           row_number() over (partition by parent, is_small or is_tight order by shows_nothing desc, is_unbounded desc, path) as turn
    from classed),
  decided as (
    select path, area_id, n, is_tight as is_withheld from ranked where parent is null and not is_small
    union all
    select child.path, child.area_id, child.n, child.is_tight or (child.turn = 1 and (child.has_sensitive or decided.is_withheld))
    from decided join ranked child on child.parent = decided.path where not child.is_small)
  select area_id, case when not is_withheld then n end from decided where area_id is not null;
end $function$;
revoke all on function publish_household_counts(text) from public;

CREATE OR REPLACE FUNCTION public.receipt_has_two_sides()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.person_id is not null and exists (
    select 1 from delivery where id = new.delivery_id and (
      new.person_id in (dispatcher_person_id, witness_person_id)
      or exists (
        select 1 from role_grant join account on account.id = role_grant.account_id
        where account.person_id = new.person_id and role_grant.party_id = delivery.party_id and role_grant.revoked_at is null))
  ) then
    raise exception 'one person on both sides of a hand-over' using errcode = '23514', constraint = 'receipt_two_sides';
  end if;
  return new;
end $function$;
revoke all on function receipt_has_two_sides() from public;

CREATE OR REPLACE FUNCTION public.record_rights_change(what text, of_grant uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  with changed as (
    insert into rights_change (kind, role, area_id, area_path, party_id, account_id, person_name, by_id, by_name)
    select $1::"RightsChangeKind", held.role, area.id, area.path, held.party_id, held.account_id, person.display_name, viewer_account(),
           (select display_name from person join account on account.person_id = person.id where account.id = viewer_account())
    from role_grant held
      join account on account.id = held.account_id join person on person.id = account.person_id
      left join household on household.id = held.household_id left join area on area.id = coalesce(held.area_id, household.area_id)
    where held.id = $2
    returning *)
  insert into event (type, audience, area_id, actor_id, rights_change_id)
  select 'RIGHTS_CHANGED', 'RIGHTS', area_id, by_id, id from changed where area_id is not null
$function$;
revoke all on function record_rights_change(text,uuid) from public;
grant execute on function record_rights_change(text,uuid) to chungtay_gate;

CREATE OR REPLACE FUNCTION public.recount_need_totals()
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select pg_advisory_xact_lock(hashtext('need_total'));
  lock table need_total_delta in exclusive mode;
  delete from need_total;
  delete from need_total_delta;
  insert into need_total_delta
  select area_path, kind_code, sum(quantity), sum(allocated), sum(received),
         count(*) filter (where urgency = 1), count(*) filter (where urgency = 2), count(*) filter (where urgency = 3)
  from need where verified_at is not null and withdrawn_at is null and quantity <= 100000000
  group by area_path, kind_code;
  select fold_need_totals();
  analyze need_total;
$function$;
revoke all on function recount_need_totals() from public;

CREATE OR REPLACE FUNCTION public.recount_roll_ups()
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'public', 'pg_temp'
AS $function$
  select pg_advisory_xact_lock(hashtext('roll_up'));
  lock table roll_up_delta in exclusive mode;
  delete from roll_up;
  delete from roll_up_delta;
  insert into roll_up_delta
  select area_path, period, kind_code, sum(pledges), sum(promised), sum(allocated), sum(dispatched), sum(received), sum(settled)
  from counted where state = 'VERIFIED'
  group by area_path, period, kind_code;
  select fold_roll_ups();
  analyze roll_up;
$function$;
revoke all on function recount_roll_ups() from public;

CREATE OR REPLACE FUNCTION public.remember_network(known text, seconds integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  this_ms constant bigint := extract(epoch from clock_timestamp()) * 1000;
begin
  if known is null or exists (select from rate_limit where key = known and expire > this_ms + seconds::bigint * 500) then return; end if;
  insert into rate_limit (key, points, expire) values (known, 1, this_ms + seconds::bigint * 1000) on conflict (key) do update set expire = excluded.expire;
end $function$;
revoke all on function remember_network(text,integer) from public;

CREATE OR REPLACE FUNCTION public.review_day(plan text, period_to date)
 RETURNS date
 LANGUAGE sql
 STABLE
AS $function$ select least(period_to, area.valid_to) from plan join area on area.id = plan.area_id where plan.id = $1 $function$;

CREATE OR REPLACE FUNCTION public.review_households(plan text, period_from date, period_to date)
 RETURNS TABLE(household_id uuid, unit_id text, at_baseline "HouseholdStatus", at_start "HouseholdStatus", at_end "HouseholdStatus")
 LANGUAGE sql
 STABLE
AS $function$
  select household.id, case when place.path <> above.path then ltree2text(subpath(place.path, nlevel(above.path), 1)) end,
         status_on(household.id, plan.baseline_on), status_on(household.id, $2 - 1), status_on(household.id, $3)
  from plan
  cross join review_day(plan.id, $3) as on_day
  join area_place above on above.area_id = plan.area_id and on_day between above.valid_from and coalesce(above.valid_to, 'infinity')
  join area_place place on place.path <@ above.path and on_day between place.valid_from and coalesce(place.valid_to, 'infinity')
  join household on household.area_id = place.area_id
  where plan.id = $1
$function$;

CREATE OR REPLACE FUNCTION public.review_rows(plan text, period_from date, period_to date)
 RETURNS TABLE(plan_id text, period_from date, period_to date, kind text, ordinal integer, unit_id text, had_at_baseline integer, escaped_since_baseline integer, had integer, escaped integer, worsened integer, joined integer, remaining integer, printed_numerator integer, printed_denominator integer, printed_percent text)
 LANGUAGE sql
 STABLE
AS $function$
  with tally as (
    select unit_id, grouping(unit_id) = 1 as is_total,
           count(*) filter (where at_baseline = 'NEAR_POOR')::int as had_at_baseline,
           count(*) filter (where at_baseline = 'NEAR_POOR' and at_end in ('LEFT', 'NEWLY_ESCAPED'))::int as escaped_since_baseline,
           count(*) filter (where at_start = 'NEAR_POOR')::int as had,
           count(*) filter (where at_start = 'NEAR_POOR' and at_end in ('LEFT', 'NEWLY_ESCAPED'))::int as escaped,
           count(*) filter (where at_start = 'NEAR_POOR' and is_listed(at_end) and at_end <> 'NEAR_POOR')::int as worsened,
           count(*) filter (where at_start is distinct from 'NEAR_POOR' and at_end = 'NEAR_POOR')::int as joined,
           count(*) filter (where at_end = 'NEAR_POOR')::int as remaining
    from review_households($1, $2, $3)
    where 'NEAR_POOR' in (at_baseline, at_start, at_end)
    group by grouping sets (unit_id, ())),
  printed as (
    select case when figure.area_id <> plan.area_id then figure.area_id end as unit_id, figure.area_id = plan.area_id as is_total,
           figure.ordinal, figure.numerator, figure.denominator, figure.percent
    from printed_figure figure join plan on plan.id = figure.plan_id where plan.id = $1 and figure.period_end = $3)
  select $1, $2, $3,
         case when coalesce(tally.is_total, printed.is_total) then 'TOTAL' when coalesce(tally.unit_id, printed.unit_id) is null then 'OTHER' else 'UNIT' end,
         printed.ordinal, coalesce(tally.unit_id, printed.unit_id),
         coalesce(had_at_baseline, 0), coalesce(escaped_since_baseline, 0), coalesce(had, 0), coalesce(escaped, 0), coalesce(worsened, 0),
         coalesce(joined, 0), coalesce(remaining, 0), printed.numerator, printed.denominator, printed.percent
  from tally full join printed on printed.is_total = tally.is_total and coalesce(printed.unit_id, '') = coalesce(tally.unit_id, '')
$function$;

CREATE OR REPLACE FUNCTION public.set_area_path()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  select path into strict new.area_path from area where id = new.area_id;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.small_count()
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select 5 $function$;

CREATE OR REPLACE FUNCTION public.spell_vi(text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select regexp_replace(lower(normalize($1, NFD) collate "und-x-icu"), '([\u0300\u0301\u0303\u0309\u0323])([a-z\u0302\u0306\u031b]+)', '\2\1', 'g')
$function$;

CREATE OR REPLACE FUNCTION public.start_at_zero()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.allocated := 0; new.received := 0;
  if tg_table_name <> 'need' then new.dispatched := 0; new.settled := 0; end if;
  if tg_table_name = 'pledge_line' then new.promised := 0; end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION public.status_on(household uuid, day date)
 RETURNS "HouseholdStatus"
 LANGUAGE sql
 STABLE
AS $function$
  select status from household_status where household_id = $1 and effective_on <= $2 order by effective_on desc, recorded_at desc limit 1
$function$;

CREATE OR REPLACE FUNCTION public.status_recognised()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform tell_change((select string_agg(distinct household.area_path::text, ',') from after join household on household.id = after.household_id));
  return null;
end $function$;
revoke all on function status_recognised() from public;

CREATE OR REPLACE FUNCTION public.stays_possible()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  raise exception 'beyond what is possible' using errcode = '23514', constraint = tg_name;
end $function$;

CREATE OR REPLACE FUNCTION public.take_animals_along()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  update animal set household_id = new.id where household_id = new.id;
  update herd_queue_entry set area_id = new.area_id where household_id = new.id and left_at is null;
  return null;
end $function$;
revoke all on function take_animals_along() from public;

CREATE OR REPLACE FUNCTION public.take_lines_rights()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  select area_path, party_id, pledge_id into new.area_path, new.party_id, new.pledge_id from pledge_line where id = new.line_id;
  return new;
end $function$;
revoke all on function take_lines_rights() from public;

CREATE OR REPLACE FUNCTION public.take_pledges_giver()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if new.code !~ '^[0-9A-HJKMNP-TV-Z]{20}$' then
    raise exception 'a follow code has twenty characters' using errcode = '23514', constraint = 'follow_code_is_long';
  end if;
  select party_id into new.party_id from pledge where id = new.pledge_id;
  return new;
end $function$;
revoke all on function take_pledges_giver() from public;

CREATE OR REPLACE FUNCTION public.take_pledges_rights()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  select area_path, party_id into new.area_path, new.party_id from pledge where id = new.pledge_id;
  return new;
end $function$;
revoke all on function take_pledges_rights() from public;

CREATE OR REPLACE FUNCTION public.take_pledges_state()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  select area_path, party_id, state into new.area_path, new.party_id, new.state from pledge where id = new.pledge_id;
  return new;
end $function$;
revoke all on function take_pledges_state() from public;

CREATE OR REPLACE FUNCTION public.take_words()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  said text;
begin
  if tg_table_name = 'job_post' then
    said := array_to_string(new.skills_wanted || new.skills_taught, ' ');
  else
    said := new.product;
  end if;
  select ' ' || fold_vi(concat_ws(' ', said, detail)) into new.search from pledge_line where id = new.line_id;
  return new;
end $function$;
revoke all on function take_words() from public;

CREATE OR REPLACE FUNCTION public.tell_animal_handed_on()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  handover animal_handover; gift allocation; reached uuid;
begin
  select * into strict handover from animal_handover where id = new.handover_id;
  select allocation.* into strict gift from animal join allocation on allocation.id = animal.herd_id where animal.id = new.animal_id;
  -- An office may have noted it by hand, before there was a book.
  select id into reached from outcome
  where allocation_id = gift.id and kind = 'LIVESTOCK_HANDED_ON' and to_household_id = handover.household_id and observed_on = handover.handed_on limit 1;
  if reached is null then
    insert into outcome (kind, allocation_id, line_id, pledge_id, party_id, household_id, area_id, quantity, observed_on, to_household_id, recorded_by, recorded_at, is_further_on)
    values ('LIVESTOCK_HANDED_ON', gift.id, gift.line_id, gift.pledge_id, gift.party_id, gift.household_id, gift.area_id, 1, handover.handed_on, handover.household_id, handover.handed_by,
      new.recorded_at, coalesce(handover.from_household_id <> gift.household_id, false))
    returning id into reached;
  end if;
  insert into event (type, audience, at, area_id, pledge_id, party_id, household_id, line_id, allocation_id, outcome_id, kind_code, quantity, actor_id)
  values ('ANIMAL_HANDED_ON', 'PUBLIC', new.recorded_at, handover.area_id, gift.pledge_id, gift.party_id, handover.household_id, gift.line_id, gift.id, reached, gift.kind_code, 1, new.recorded_by);
  if handover.answer = 'ILL' then
    insert into animal_event (animal_id, kind, happened_on, recorded_by) values (new.animal_id, 'ILL', today_in_viet_nam(), new.recorded_by);
  end if;
  return null;
end $function$;
revoke all on function tell_animal_handed_on() from public;

CREATE OR REPLACE FUNCTION public.tell_change(places text)
 RETURNS void
 LANGUAGE sql
AS $function$
  select pg_notify('chungtay_changed', case when length(places) < 7000 then places else '' end) where places is not null
$function$;

CREATE OR REPLACE FUNCTION public.tell_of_animal()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
declare
  kept animal; noted uuid;
begin
  select * into strict kept from animal where id = new.animal_id;
  -- An office may have noted it by hand, before there was a book.
  if (select coalesce(sum(quantity), 0) from outcome where allocation_id = kept.herd_id and kind = outcome_told_by(new.kind) and observed_on = new.happened_on)
    >= (select count(*) from animal_event fact join animal on animal.id = fact.animal_id
        where animal.herd_id = kept.herd_id and outcome_told_by(fact.kind) = outcome_told_by(new.kind) and fact.happened_on = new.happened_on) then
    return null;
  end if;
  noted := write_outcome_of(new);
  insert into event (type, audience, at, area_id, pledge_id, party_id, household_id, line_id, allocation_id, outcome_id, kind_code, quantity, actor_id)
  select 'OUTCOME_RECORDED', 'PUBLIC', new.recorded_at, kept.area_id, gift.pledge_id, gift.party_id, new.household_id, gift.line_id, gift.id, noted, gift.kind_code, 1, new.recorded_by
  from allocation gift where gift.id = kept.herd_id;
  return null;
end $function$;
revoke all on function tell_of_animal() from public;

CREATE OR REPLACE FUNCTION public.terms_changed()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  perform tell_change((select string_agg(distinct line.area_path::text, ',') from after join pledge_line line on line.id = after.line_id where line.state = 'VERIFIED'));
  return null;
end $function$;
revoke all on function terms_changed() from public;

CREATE OR REPLACE FUNCTION public.today_in_viet_nam()
 RETURNS date
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select (now() at time zone 'Asia/Ho_Chi_Minh')::date $function$;

CREATE OR REPLACE FUNCTION public.transfer_code_opens_nothing()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
begin
  if exists (select from follow_code where code = new.transfer_code) then
    raise exception 'this transfer code is a follow code' using errcode = '23505', constraint = 'pledge_transfer_code_opens_nothing';
  end if;
  return new;
end $function$;
revoke all on function transfer_code_opens_nothing() from public;

CREATE OR REPLACE FUNCTION public.viewer_account()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('app.account', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION public.viewer_administers()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(current_setting('app.administers', true), '') = 'yes' $function$;

CREATE OR REPLACE FUNCTION public.viewer_households()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select string_to_array(coalesce(current_setting('app.households', true), ''), ',')::uuid[] $function$;

CREATE OR REPLACE FUNCTION public.viewer_offices()
 RETURNS ltree[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select string_to_array(coalesce(current_setting('app.offices', true), ''), ',')::ltree[] $function$;

CREATE OR REPLACE FUNCTION public.viewer_parties()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select string_to_array(coalesce(current_setting('app.parties', true), ''), ',')::uuid[] $function$;

CREATE OR REPLACE FUNCTION public.viewer_person()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('app.person', true), '')::uuid $function$;

CREATE OR REPLACE FUNCTION public.viewer_pledges()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select string_to_array(coalesce(current_setting('app.pledges', true), ''), ',')::uuid[] $function$;

CREATE OR REPLACE FUNCTION public.wake_feed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('chungtay_event', '');
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.wake_rights()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('chungtay_rights', case tg_table_name when 'session' then to_jsonb(new) ->> 'account_id' else new.id::text end);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION public.words_weigh(bits bigint, kinds bigint)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
AS $function$
  select 10 * bit_count((bits & ~kinds)::bit(64))::int + 2 * bit_count((bits & kinds)::bit(64))::int
$function$;

CREATE OR REPLACE FUNCTION public.worth(quantity bigint, price bigint)
 RETURNS numeric
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select case when is_possible(quantity) and is_possible(price) then quantity::numeric * price else 0 end $function$;

CREATE OR REPLACE FUNCTION public.write_outcome_of(fact animal_event)
 RETURNS uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  insert into outcome (kind, allocation_id, line_id, pledge_id, party_id, household_id, area_id, quantity, observed_on, cause, witness_name, recorded_by, recorded_at, is_further_on)
  select outcome_told_by(fact.kind), gift.id, gift.line_id, gift.pledge_id, gift.party_id, gift.household_id, gift.area_id, 1, fact.happened_on,
         case when fact.household_id = gift.household_id then coalesce(fact.cause, case fact.kind when 'STOLEN' then 'mất trộm' end) end,
         case when fact.household_id = gift.household_id then fact.witness_name end,
         fact.recorded_by, fact.recorded_at, fact.household_id <> gift.household_id
  from animal join allocation gift on gift.id = animal.herd_id
  where animal.id = fact.animal_id
  returning id
$function$;
revoke all on function write_outcome_of(animal_event) from public;

-- ── tables ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

create table account (
  id uuid default gen_random_uuid() not null,
  person_id uuid not null,
  login text not null,
  password_hash text not null,
  must_change_password boolean default false not null,
  rights_version integer default 1 not null,
  disabled_at timestamp(3) with time zone,
  created_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  is_demo boolean default false not null
);
alter table account add constraint account_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table account add constraint account_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX account_login_key ON public.account USING btree (login);
CREATE UNIQUE INDEX account_person_id_key ON public.account USING btree (person_id);
CREATE TRIGGER wake_rights AFTER UPDATE OF rights_version, disabled_at ON public.account FOR EACH ROW EXECUTE FUNCTION wake_rights();
alter table account enable row level security;
create policy gate on account for all to chungtay_gate using (true) with check (true);
create policy visible on account for select to chungtay_app using (((id = viewer_account()) OR (cardinality(viewer_offices()) > 0)));
grant insert, select, update on account to chungtay_gate;
grant select (id, person_id) on account to chungtay_app;

create table adoption (
  id uuid default gen_random_uuid() not null,
  party_id uuid not null,
  anonymous boolean not null,
  area_id text not null,
  area_path ltree,
  kind_code text,
  statement text not null,
  starts_on date not null,
  ends_on date not null,
  contact_name text not null,
  contact_phone text,
  officer_name text,
  state "AdoptionState" default 'PROPOSED'::"AdoptionState" not null,
  reason text,
  continues_id uuid,
  proposed_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  accepted_at timestamp(3) with time zone,
  ended_on date,
  version integer default 1 not null
);
alter table adoption add constraint adoption_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table adoption add constraint adoption_continues_id_fkey FOREIGN KEY (continues_id) REFERENCES adoption(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table adoption add constraint adoption_ends_once CHECK (((state = 'ENDED'::"AdoptionState") = (ended_on IS NOT NULL)));
alter table adoption add constraint adoption_has_a_period CHECK ((ends_on >= starts_on));
alter table adoption add constraint adoption_has_two_persons CHECK (((state <> 'ACTIVE'::"AdoptionState") OR ((accepted_at IS NOT NULL) AND (officer_name IS NOT NULL))));
alter table adoption add constraint adoption_kind_code_fkey FOREIGN KEY (kind_code) REFERENCES support_kind(code) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table adoption add constraint adoption_party_id_fkey FOREIGN KEY (party_id) REFERENCES party(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table adoption add constraint adoption_pkey PRIMARY KEY (id);
CREATE INDEX adoption_area_gist ON public.adoption USING gist (area_path);
CREATE INDEX adoption_area_id_idx ON public.adoption USING btree (area_id);
CREATE INDEX adoption_continues_id_idx ON public.adoption USING btree (continues_id);
CREATE INDEX adoption_party_id_idx ON public.adoption USING btree (party_id);
CREATE TRIGGER added AFTER INSERT ON public.adoption REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION adoption_changed();
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.adoption FOR EACH ROW EXECUTE FUNCTION set_area_path();
CREATE TRIGGER changed AFTER UPDATE ON public.adoption REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION adoption_changed();
alter table adoption enable row level security;
create policy changed on adoption for update to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[]))));
create policy visible on adoption for select to chungtay_app using (((accepted_at IS NOT NULL) OR (area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[]))));
create policy written on adoption for insert to chungtay_app with check (((state = 'PROPOSED'::"AdoptionState") AND (accepted_at IS NULL) AND (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[]))));
grant insert, select on adoption to chungtay_app;
grant update (accepted_at, ended_on, officer_name, reason, state, version) on adoption to chungtay_app;

create table allocation (
  id uuid default gen_random_uuid() not null,
  line_id uuid not null,
  need_id uuid not null,
  pledge_id uuid not null,
  party_id uuid not null,
  household_id uuid not null,
  recipient_code text not null,
  area_id text not null,
  area_path ltree,
  kind_code text not null,
  allocated bigint default 0 not null,
  dispatched bigint default 0 not null,
  received bigint default 0 not null,
  settled bigint default 0 not null,
  reasons text[],
  decided_by uuid not null,
  decided_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  version integer default 1 not null,
  accepted_at timestamp(3) with time zone,
  overridden text[],
  override_reason text
);
alter table allocation add constraint allocation_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table allocation add constraint allocation_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table allocation add constraint allocation_dispatched_within CHECK (((dispatched >= 0) AND (dispatched <= allocated)));
alter table allocation add constraint allocation_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table allocation add constraint allocation_kind_code_fkey FOREIGN KEY (kind_code) REFERENCES support_kind(code) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table allocation add constraint allocation_line_id_fkey FOREIGN KEY (line_id) REFERENCES pledge_line(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table allocation add constraint allocation_need_id_fkey FOREIGN KEY (need_id) REFERENCES need(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table allocation add constraint allocation_not_negative CHECK ((allocated >= 0));
alter table allocation add constraint allocation_overridden_with_reason CHECK (((override_reason IS NOT NULL) = (cardinality(COALESCE(overridden, '{}'::text[])) > 0)));
alter table allocation add constraint allocation_party_id_fkey FOREIGN KEY (party_id) REFERENCES party(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table allocation add constraint allocation_pkey PRIMARY KEY (id);
alter table allocation add constraint allocation_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table allocation add constraint allocation_received_within CHECK (((received >= 0) AND (received <= dispatched)));
alter table allocation add constraint allocation_settled_within CHECK (((settled >= 0) AND (settled <= received)));
CREATE INDEX allocation_area_gist ON public.allocation USING gist (area_path);
CREATE INDEX allocation_household_id_idx ON public.allocation USING btree (household_id);
CREATE INDEX allocation_line_id_idx ON public.allocation USING btree (line_id);
CREATE INDEX allocation_need_id_idx ON public.allocation USING btree (need_id);
CREATE INDEX allocation_party_id_idx ON public.allocation USING btree (party_id);
CREATE INDEX allocation_pledge_id_idx ON public.allocation USING btree (pledge_id);
CREATE TRIGGER allocation_possible BEFORE UPDATE OF allocated ON public.allocation FOR EACH ROW WHEN (((new.allocated > '1000000000000'::bigint) AND (new.allocated > old.allocated))) EXECUTE FUNCTION stays_possible();
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.allocation FOR EACH ROW EXECUTE FUNCTION set_area_path();
CREATE TRIGGER gift_is_for_another BEFORE INSERT OR UPDATE OF line_id, need_id ON public.allocation FOR EACH ROW EXECUTE FUNCTION gift_is_for_another();
CREATE TRIGGER start_at_zero BEFORE INSERT ON public.allocation FOR EACH ROW EXECUTE FUNCTION start_at_zero();
alter table allocation enable row level security;
create policy changed on allocation for update to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])))) with check (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[]))));
create policy visible on allocation for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[]))));
create policy written on allocation for insert to chungtay_app with check ((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])));
grant insert, select on allocation to chungtay_app;
grant update (accepted_at, version) on allocation to chungtay_app;

create table animal (
  id uuid default gen_random_uuid() not null,
  herd_id uuid not null,
  tag text not null,
  sex "AnimalSex" not null,
  born_on date not null,
  dam_id uuid,
  stands_for_id uuid,
  owner "AnimalOwner" not null,
  household_id uuid not null,
  area_id text not null,
  area_path ltree,
  recipient_code text default ''::text not null,
  rule_code text default ''::text not null,
  pledge_id uuid,
  party_id uuid,
  generation integer default 1 not null,
  status "AnimalStatus" default 'ALIVE'::"AnimalStatus" not null,
  since date not null,
  returned_on date,
  version integer default 1 not null,
  is_awaited boolean default false not null,
  is_placed boolean default false not null,
  mother_id uuid
);
alter table animal add constraint animal_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table animal add constraint animal_born_before_here CHECK ((born_on <= since));
alter table animal add constraint animal_dam_id_fkey FOREIGN KEY (dam_id) REFERENCES animal(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table animal add constraint animal_has_one_origin CHECK (((dam_id IS NULL) OR (stands_for_id IS NULL)));
alter table animal add constraint animal_herd_id_fkey FOREIGN KEY (herd_id) REFERENCES herd(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table animal add constraint animal_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table animal add constraint animal_mother_id_fkey FOREIGN KEY (mother_id) REFERENCES animal(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table animal add constraint animal_pkey PRIMARY KEY (id);
alter table animal add constraint animal_stands_for_id_fkey FOREIGN KEY (stands_for_id) REFERENCES animal(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table animal add constraint animal_tag_written CHECK ((tag <> ''::text));
CREATE INDEX animal_area_gist ON public.animal USING gist (area_path);
CREATE INDEX animal_dam_id_idx ON public.animal USING btree (dam_id);
CREATE INDEX animal_herd_id_idx ON public.animal USING btree (herd_id);
CREATE INDEX animal_household_id_idx ON public.animal USING btree (household_id);
CREATE INDEX animal_mother_id_idx ON public.animal USING btree (mother_id);
CREATE UNIQUE INDEX animal_bought_once ON public.animal USING btree (stands_for_id) WHERE (stands_for_id IS NOT NULL);
CREATE UNIQUE INDEX animal_rule_code_tag_key ON public.animal USING btree (rule_code, tag);
CREATE TRIGGER family BEFORE INSERT ON public.animal FOR EACH ROW EXECUTE FUNCTION enter_family();
CREATE TRIGGER place BEFORE INSERT OR UPDATE OF household_id ON public.animal FOR EACH ROW EXECUTE FUNCTION place_animal();
alter table animal enable row level security;
create policy changed on animal for update to chungtay_app using ((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])));
create policy visible on animal for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[]))));
create policy written on animal for insert to chungtay_app with check ((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])));
grant insert, select on animal to chungtay_app;
grant update (version) on animal to chungtay_app;

create table animal_event (
  id uuid default gen_random_uuid() not null,
  animal_id uuid not null,
  kind "AnimalEventKind" not null,
  happened_on date not null,
  price bigint,
  cause text,
  witness_name text,
  note text default ''::text not null,
  handover_id uuid,
  recorded_by uuid,
  recorded_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  household_id uuid,
  area_path ltree,
  pledge_id uuid,
  party_id uuid
);
alter table animal_event add constraint animal_event_animal_id_fkey FOREIGN KEY (animal_id) REFERENCES animal(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table animal_event add constraint animal_event_handover_id_fkey FOREIGN KEY (handover_id) REFERENCES animal_handover(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table animal_event add constraint animal_event_pkey PRIMARY KEY (id);
alter table animal_event add constraint event_death_is_witnessed CHECK (((kind <> 'DIED'::"AnimalEventKind") OR ((cause IS NOT NULL) AND (witness_name IS NOT NULL))));
alter table animal_event add constraint event_of_its_hand_over CHECK (((kind = 'HANDED_ON'::"AnimalEventKind") = (handover_id IS NOT NULL)));
alter table animal_event add constraint event_price_possible CHECK ((price <= 500000000));
alter table animal_event add constraint event_theft_is_witnessed CHECK (((kind <> 'STOLEN'::"AnimalEventKind") OR (witness_name IS NOT NULL)));
alter table animal_event add constraint event_trade_has_price CHECK ((((kind = ANY (ARRAY['SOLD'::"AnimalEventKind", 'BOUGHT'::"AnimalEventKind"])) = (price IS NOT NULL)) AND (COALESCE(price, (1)::bigint) > 0)));
CREATE INDEX animal_event_animal_id_idx ON public.animal_event USING btree (animal_id);
CREATE INDEX animal_event_area_gist ON public.animal_event USING gist (area_path);
CREATE UNIQUE INDEX animal_event_arrived ON public.animal_event USING btree (handover_id) WHERE (handover_id IS NOT NULL);
CREATE UNIQUE INDEX animal_event_begins ON public.animal_event USING btree (animal_id) WHERE (kind = ANY (ARRAY['REGISTERED'::"AnimalEventKind", 'BORN'::"AnimalEventKind", 'BOUGHT'::"AnimalEventKind"]));
CREATE UNIQUE INDEX animal_event_ends ON public.animal_event USING btree (animal_id) WHERE (kind = ANY (ARRAY['DIED'::"AnimalEventKind", 'STOLEN'::"AnimalEventKind", 'SOLD'::"AnimalEventKind"]));
CREATE UNIQUE INDEX animal_event_owned ON public.animal_event USING btree (animal_id) WHERE (kind = 'OWNED'::"AnimalEventKind");
CREATE TRIGGER animal_is_placed AFTER INSERT ON public.animal_event FOR EACH ROW WHEN ((new.kind = 'HANDED_ON'::"AnimalEventKind")) EXECUTE FUNCTION animal_is_placed();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.animal_event FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER apply_animal_event AFTER INSERT ON public.animal_event FOR EACH ROW EXECUTE FUNCTION apply_animal_event();
CREATE TRIGGER counted AFTER INSERT ON public.animal_event FOR EACH ROW WHEN ((new.kind = ANY (ARRAY['REGISTERED'::"AnimalEventKind", 'BORN'::"AnimalEventKind", 'BOUGHT'::"AnimalEventKind", 'DIED'::"AnimalEventKind", 'STOLEN'::"AnimalEventKind", 'SOLD'::"AnimalEventKind", 'HANDED_ON'::"AnimalEventKind"]))) EXECUTE FUNCTION count_herd_again();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON public.animal_event FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
CREATE TRIGGER place BEFORE INSERT ON public.animal_event FOR EACH ROW EXECUTE FUNCTION place_animal_event();
CREATE TRIGGER tell_animal_handed_on AFTER INSERT ON public.animal_event FOR EACH ROW WHEN ((new.kind = 'HANDED_ON'::"AnimalEventKind")) EXECUTE FUNCTION tell_animal_handed_on();
CREATE TRIGGER tell_of_animal AFTER INSERT ON public.animal_event FOR EACH ROW WHEN ((new.kind = ANY (ARRAY['BORN'::"AnimalEventKind", 'DIED'::"AnimalEventKind", 'STOLEN'::"AnimalEventKind"]))) EXECUTE FUNCTION tell_of_animal();
alter table animal_event enable row level security;
create policy visible on animal_event for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[]))));
create policy written on animal_event for insert to chungtay_app with check (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR ((kind = 'HANDED_ON'::"AnimalEventKind") AND (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])))));
grant insert, select on animal_event to chungtay_app;

create table animal_handover (
  id uuid default gen_random_uuid() not null,
  animal_id uuid not null,
  household_id uuid not null,
  area_id text not null,
  area_path ltree,
  pledge_id uuid,
  party_id uuid,
  handed_on date not null,
  reason text default ''::text not null,
  witness_name text not null,
  handed_by uuid not null,
  handed_by_person_id uuid not null,
  recorded_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  answer "HandoverAnswer",
  channel "ReceiptChannel",
  answered_at timestamp(3) with time zone,
  answered_by uuid,
  answer_witness text,
  from_household_id uuid,
  witness_document text default ''::text not null,
  answer_witness_document text default ''::text not null
);
alter table animal_handover add constraint animal_handover_animal_id_fkey FOREIGN KEY (animal_id) REFERENCES animal(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table animal_handover add constraint animal_handover_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table animal_handover add constraint animal_handover_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table animal_handover add constraint animal_handover_pkey PRIMARY KEY (id);
alter table animal_handover add constraint handover_answer_is_whole CHECK ((((answer IS NULL) = (channel IS NULL)) AND ((answer IS NULL) = (answered_at IS NULL))));
alter table animal_handover add constraint handover_proxy_is_witnessed CHECK (((channel IS DISTINCT FROM 'PROXY'::"ReceiptChannel") OR ((answered_by IS NOT NULL) AND (answer_witness IS NOT NULL))));
CREATE INDEX animal_handover_animal_id_idx ON public.animal_handover USING btree (animal_id);
CREATE INDEX animal_handover_area_gist ON public.animal_handover USING gist (area_path);
CREATE INDEX animal_handover_from_household_id_idx ON public.animal_handover USING btree (from_household_id);
CREATE INDEX animal_handover_household_id_idx ON public.animal_handover USING btree (household_id);
CREATE INDEX handover_unanswered ON public.animal_handover USING btree (recorded_at) WHERE (answer IS NULL);
CREATE UNIQUE INDEX handover_awaits_once ON public.animal_handover USING btree (animal_id) WHERE (answer IS NULL);
CREATE TRIGGER await_animal AFTER INSERT OR UPDATE OF answer ON public.animal_handover FOR EACH ROW EXECUTE FUNCTION await_animal();
CREATE TRIGGER place BEFORE INSERT ON public.animal_handover FOR EACH ROW EXECUTE FUNCTION place_handover();
CREATE TRIGGER two_sides BEFORE UPDATE ON public.animal_handover FOR EACH ROW EXECUTE FUNCTION handover_has_two_sides();
alter table animal_handover enable row level security;
create policy answered on animal_handover for update to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[]))));
create policy visible on animal_handover for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])) OR (from_household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[]))));
create policy written on animal_handover for insert to chungtay_app with check (((answer IS NULL) AND (handed_by_person_id = viewer_person()) AND (area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[]))));
grant insert, select on animal_handover to chungtay_app;
grant update (answer, answer_witness, answer_witness_document, answered_at, answered_by, channel) on animal_handover to chungtay_app;

create table area (
  id text not null,
  kind "AreaKind" not null,
  code text not null,
  subtype text not null,
  name text not null,
  full_name text not null,
  name_en text,
  valid_from date not null,
  valid_to date,
  path ltree not null,
  history_complete boolean default true not null,
  search text not null,
  is_demo boolean default false not null,
  names text[] default '{}'::text[] not null,
  former_names text[] default '{}'::text[] not null,
  lies_in text[] default '{}'::text[] not null
);
alter table area add constraint area_pkey PRIMARY KEY (id);
CREATE INDEX area_former_names_gin ON public.area USING gin (former_names);
CREATE INDEX area_lies_in_gin ON public.area USING gin (lies_in);
CREATE INDEX area_names_gin ON public.area USING gin (names);
CREATE INDEX area_path_gist ON public.area USING gist (path);
CREATE INDEX area_search_trgm ON public.area USING gin (search gin_trgm_ops);
CREATE UNIQUE INDEX area_kind_code_valid_from_key ON public.area USING btree (kind, code, valid_from);
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.area FOR EACH STATEMENT EXECUTE FUNCTION change_everywhere();
CREATE TRIGGER names BEFORE INSERT ON public.area FOR EACH ROW EXECUTE FUNCTION name_area();
alter table area enable row level security;
create policy gate on area for select to chungtay_gate using (true);
create policy visible on area for select to chungtay_app using (true);
create policy written on area for insert to chungtay_app with check (((kind = 'HAMLET'::"AreaKind") AND (valid_to IS NULL) AND (NOT is_demo) AND makes_hamlet_at(path)));
grant insert, select on area to chungtay_app;
grant select on area to chungtay_gate;

create table area_decision (
  area_id text not null,
  effective_on date not null,
  decision_no text not null,
  decided_on date not null,
  issuer text not null,
  recorded_by uuid not null,
  recorded_at timestamp(3) with time zone default clock_timestamp() not null
);
alter table area_decision add constraint area_decision_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table area_decision add constraint area_decision_pkey PRIMARY KEY (area_id, effective_on);
alter table area_decision add constraint area_decision_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.area_decision FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.area_decision FOR EACH STATEMENT EXECUTE FUNCTION change_everywhere();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON public.area_decision FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
alter table area_decision enable row level security;
create policy visible on area_decision for select to chungtay_app using (true);
create policy written on area_decision for insert to chungtay_app with check (((recorded_by = viewer_account()) AND (EXISTS ( SELECT 1
   FROM area
  WHERE ((area.id = area_decision.area_id) AND (area.kind = 'HAMLET'::"AreaKind") AND makes_hamlet_at(area.path))))));
grant insert, select on area_decision to chungtay_app;

create table area_place (
  area_id text not null,
  parent_id text,
  path ltree not null,
  valid_from date not null,
  valid_to date
);
alter table area_place add constraint area_place_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table area_place add constraint area_place_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table area_place add constraint area_place_pkey PRIMARY KEY (area_id, valid_from);
CREATE INDEX area_place_parent_id_idx ON public.area_place USING btree (parent_id);
CREATE INDEX area_place_path_gist ON public.area_place USING gist (path);
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.area_place FOR EACH STATEMENT EXECUTE FUNCTION change_everywhere();
alter table area_place enable row level security;
create policy visible on area_place for select to chungtay_app using (true);
create policy written on area_place for insert to chungtay_app with check (((valid_to IS NULL) AND makes_hamlet_at(path)));
grant insert, select on area_place to chungtay_app;

create table area_succession (
  from_id text not null,
  to_id text not null,
  transfer "AreaTransfer" not null,
  effective_on date not null,
  basis text
);
alter table area_succession add constraint area_succession_from_id_fkey FOREIGN KEY (from_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table area_succession add constraint area_succession_pkey PRIMARY KEY (from_id, to_id, effective_on);
alter table area_succession add constraint area_succession_to_id_fkey FOREIGN KEY (to_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
CREATE INDEX area_succession_to_id_idx ON public.area_succession USING btree (to_id);
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.area_succession FOR EACH STATEMENT EXECUTE FUNCTION change_everywhere();
alter table area_succession enable row level security;
create policy visible on area_succession for select to chungtay_app using (true);
grant select on area_succession to chungtay_app;

create table consent (
  id uuid default gen_random_uuid() not null,
  household_id uuid not null,
  purpose "ConsentPurpose" not null,
  given boolean not null,
  channel "ReceiptChannel" not null,
  slip_id uuid,
  account_id uuid,
  person_id uuid,
  witness_name text,
  at timestamp(3) with time zone default clock_timestamp() not null
);
alter table consent add constraint consent_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table consent add constraint consent_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table consent add constraint consent_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table consent add constraint consent_pkey PRIMARY KEY (id);
alter table consent add constraint consent_proxy_is_witnessed CHECK (((channel <> 'PROXY'::"ReceiptChannel") OR ((account_id IS NOT NULL) AND (person_id IS NOT NULL) AND (witness_name IS NOT NULL))));
alter table consent add constraint consent_slip_id_fkey FOREIGN KEY (slip_id) REFERENCES slip(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table consent add constraint consent_slip_is_named CHECK (((channel <> 'SLIP'::"ReceiptChannel") OR (slip_id IS NOT NULL)));
CREATE INDEX consent_household_id_purpose_at_idx ON public.consent USING btree (household_id, purpose, at);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.consent FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON public.consent FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
alter table consent enable row level security;
create policy visible on consent for select to chungtay_app using ((EXISTS ( SELECT 1
   FROM household
  WHERE ((household.id = consent.household_id) AND ((household.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household.id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])))))));
create policy written on consent for insert to chungtay_app with check ((((channel = 'PROXY'::"ReceiptChannel") AND (person_id = viewer_person()) AND (EXISTS ( SELECT 1
   FROM household
  WHERE ((household.id = consent.household_id) AND (household.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])))))) OR ((channel <> 'PROXY'::"ReceiptChannel") AND (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])))));
grant insert, select on consent to chungtay_app;

create table delivery (
  id uuid default gen_random_uuid() not null,
  allocation_id uuid not null,
  pledge_id uuid not null,
  party_id uuid not null,
  household_id uuid not null,
  area_id text not null,
  area_path ltree,
  quantity bigint not null,
  note text default ''::text not null,
  witness_name text not null,
  witness_person_id uuid,
  dispatched_by uuid not null,
  dispatcher_person_id uuid not null,
  dispatched_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  confirm_by date not null,
  answer "ReceiptAnswer",
  received bigint default 0 not null,
  version integer default 1 not null,
  decision_no text default ''::text not null,
  deliverer_name text default ''::text not null,
  handed_over_on date,
  is_direct boolean default false not null,
  place text default ''::text not null,
  taken_back bigint default 0 not null,
  witness_document text default ''::text not null
);
alter table delivery add constraint delivery_allocation_id_fkey FOREIGN KEY (allocation_id) REFERENCES allocation(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table delivery add constraint delivery_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table delivery add constraint delivery_direct_says_where_and_when CHECK (((NOT is_direct) OR ((place <> ''::text) AND (handed_over_on IS NOT NULL))));
alter table delivery add constraint delivery_dispatched_by_fkey FOREIGN KEY (dispatched_by) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table delivery add constraint delivery_dispatcher_person_id_fkey FOREIGN KEY (dispatcher_person_id) REFERENCES person(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table delivery add constraint delivery_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table delivery add constraint delivery_is_not_in_the_future CHECK ((handed_over_on <= ((dispatched_at AT TIME ZONE 'Asia/Ho_Chi_Minh'::text))::date));
alter table delivery add constraint delivery_party_id_fkey FOREIGN KEY (party_id) REFERENCES party(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table delivery add constraint delivery_pkey PRIMARY KEY (id);
alter table delivery add constraint delivery_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table delivery add constraint delivery_quantity_positive CHECK ((quantity > 0));
alter table delivery add constraint delivery_quantity_possible CHECK ((quantity <= '1000000000000'::bigint));
alter table delivery add constraint delivery_received_within CHECK (((received >= 0) AND (received <= quantity)));
alter table delivery add constraint delivery_taken_back_within CHECK (((taken_back >= 0) AND (taken_back <= (quantity - received))));
alter table delivery add constraint delivery_witness_person_id_fkey FOREIGN KEY (witness_person_id) REFERENCES person(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
CREATE INDEX delivery_allocation_id_idx ON public.delivery USING btree (allocation_id);
CREATE INDEX delivery_area_gist ON public.delivery USING gist (area_path);
CREATE INDEX delivery_household_id_idx ON public.delivery USING btree (household_id);
CREATE INDEX delivery_party_id_idx ON public.delivery USING btree (party_id);
CREATE INDEX delivery_pledge_id_idx ON public.delivery USING btree (pledge_id);
CREATE INDEX delivery_unanswered ON public.delivery USING btree (confirm_by) WHERE (answer IS NULL);
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.delivery FOR EACH ROW EXECUTE FUNCTION set_area_path();
alter table delivery enable row level security;
create policy changed on delivery for update to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[]))));
create policy visible on delivery for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[]))));
create policy written on delivery for insert to chungtay_app with check (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (is_direct AND (dispatcher_person_id = viewer_person()) AND (EXISTS ( SELECT 1
   FROM allocation
  WHERE ((allocation.id = delivery.allocation_id) AND (allocation.party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) AND (allocation.household_id <> ALL (( SELECT viewer_households() AS viewer_households)::uuid[]))))))));
grant insert, select on delivery to chungtay_app;
grant update (answer, received, taken_back, version) on delivery to chungtay_app;

create table delivery_photo (
  id uuid default gen_random_uuid() not null,
  delivery_id uuid not null,
  household_id uuid not null,
  area_id text not null,
  area_path ltree,
  media_type text not null,
  width integer not null,
  height integer not null,
  caption text not null,
  consent_from text not null,
  bytes bytea,
  added_by uuid not null,
  added_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  removed_by uuid,
  removed_at timestamp(3) with time zone,
  removal_reason text default ''::text not null
);
alter table delivery_photo add constraint delivery_photo_added_by_fkey FOREIGN KEY (added_by) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table delivery_photo add constraint delivery_photo_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table delivery_photo add constraint delivery_photo_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table delivery_photo add constraint delivery_photo_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table delivery_photo add constraint delivery_photo_pkey PRIMARY KEY (id);
alter table delivery_photo add constraint delivery_photo_removed_by_fkey FOREIGN KEY (removed_by) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table delivery_photo add constraint photo_has_consent CHECK ((consent_from <> ''::text));
alter table delivery_photo add constraint photo_is_described CHECK ((caption <> ''::text));
alter table delivery_photo add constraint photo_is_erased_if_removed CHECK (((removed_at IS NULL) = (bytes IS NOT NULL)));
alter table delivery_photo add constraint photo_is_of_a_known_kind CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text])));
CREATE INDEX delivery_photo_delivery_id_idx ON public.delivery_photo USING btree (delivery_id);
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.delivery_photo FOR EACH ROW EXECUTE FUNCTION set_area_path();
alter table delivery_photo enable row level security;
create policy erased on delivery_photo for update to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])))) with check (((bytes IS NULL) AND (removed_at IS NOT NULL) AND ((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])))));
create policy visible on delivery_photo for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[]))));
create policy written on delivery_photo for insert to chungtay_app with check (((removed_at IS NULL) AND (added_by = viewer_account()) AND (EXISTS ( SELECT 1
   FROM delivery
  WHERE ((delivery.id = delivery_photo.delivery_id) AND (delivery.household_id = delivery_photo.household_id) AND (delivery.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])))))));
grant insert, select on delivery_photo to chungtay_app;
grant update (bytes, removal_reason, removed_at, removed_by) on delivery_photo to chungtay_app;

create table deprivation_indicator (
  standard_id text not null,
  code text not null,
  ordinal integer not null,
  name text not null,
  name_en text not null
);
alter table deprivation_indicator add constraint deprivation_indicator_pkey PRIMARY KEY (standard_id, code);
alter table deprivation_indicator add constraint deprivation_indicator_standard_id_fkey FOREIGN KEY (standard_id) REFERENCES poverty_standard(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.deprivation_indicator FOR EACH STATEMENT EXECUTE FUNCTION change_everywhere();
alter table deprivation_indicator enable row level security;
create policy visible on deprivation_indicator for select to chungtay_app using (true);
grant select on deprivation_indicator to chungtay_app;

create table event (
  id bigint default nextval('event_id_seq'::regclass) not null,
  xid xid8 default pg_current_xact_id() not null,
  at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  type "EventType" not null,
  audience "EventAudience" not null,
  area_id text not null,
  area_path ltree,
  pledge_id uuid,
  party_id uuid,
  household_id uuid,
  line_id uuid,
  allocation_id uuid,
  delivery_id uuid,
  outcome_id uuid,
  need_id uuid,
  task_id uuid,
  kind_code text,
  quantity bigint,
  actor_id uuid,
  adoption_id uuid,
  rights_change_id uuid
);
alter table event add constraint event_pkey PRIMARY KEY (id);
CREATE INDEX event_area_gist ON public.event USING gist (area_path);
CREATE INDEX event_pledge_id_idx ON public.event USING btree (pledge_id);
CREATE INDEX event_xid_id_idx ON public.event USING btree (xid, id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.event FOR EACH ROW EXECUTE FUNCTION set_area_path();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
CREATE TRIGGER wake_feed AFTER INSERT ON public.event FOR EACH STATEMENT EXECUTE FUNCTION wake_feed();
alter table event enable row level security;
create policy told on event for insert to chungtay_app with check (true);
create policy visible on event for select to chungtay_app using (((audience = 'PUBLIC'::"EventAudience") OR (area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR ((audience = 'PARTIES'::"EventAudience") AND ((party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])) OR (pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[])))) OR ((audience = 'RIGHTS'::"EventAudience") AND viewer_administers())));
grant insert, select on event to chungtay_app;

create table follow_code (
  pledge_id uuid not null,
  code text not null,
  party_id uuid
);
alter table follow_code add constraint follow_code_pkey PRIMARY KEY (pledge_id);
alter table follow_code add constraint follow_code_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
CREATE UNIQUE INDEX follow_code_code_key ON public.follow_code USING btree (code);
CREATE TRIGGER rights BEFORE INSERT ON public.follow_code FOR EACH ROW EXECUTE FUNCTION take_pledges_giver();
alter table follow_code enable row level security;
create policy visible on follow_code for select to chungtay_app using (((party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[]))));
create policy written on follow_code for insert to chungtay_app with check ((pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[])));
grant insert, select on follow_code to chungtay_app;

create table herd (
  id uuid not null,
  rule_code text not null,
  pledge_id uuid not null,
  party_id uuid not null,
  household_id uuid not null,
  area_id text not null,
  area_path ltree,
  started_on date not null,
  founders integer default 0 not null,
  households integer default 0 not null,
  living integer default 0 not null
);
alter table herd add constraint herd_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table herd add constraint herd_id_fkey FOREIGN KEY (id) REFERENCES allocation(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table herd add constraint herd_pkey PRIMARY KEY (id);
alter table herd add constraint herd_rule_code_fkey FOREIGN KEY (rule_code) REFERENCES rotation_rule(code) ON UPDATE RESTRICT ON DELETE RESTRICT;
CREATE INDEX herd_area_gist ON public.herd USING gist (area_path);
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.herd FOR EACH ROW EXECUTE FUNCTION set_area_path();
alter table herd enable row level security;
create policy visible on herd for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[]))));
create policy written on herd for insert to chungtay_app with check ((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])));
grant insert, select on herd to chungtay_app;

create table herd_queue_entry (
  id uuid default gen_random_uuid() not null,
  rule_code text not null,
  household_id uuid not null,
  area_id text not null,
  area_path ltree,
  joined_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  left_at timestamp(3) with time zone,
  left_because text default ''::text not null
);
alter table herd_queue_entry add constraint herd_queue_entry_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table herd_queue_entry add constraint herd_queue_entry_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table herd_queue_entry add constraint herd_queue_entry_pkey PRIMARY KEY (id);
alter table herd_queue_entry add constraint herd_queue_entry_rule_code_fkey FOREIGN KEY (rule_code) REFERENCES rotation_rule(code) ON UPDATE RESTRICT ON DELETE RESTRICT;
CREATE INDEX herd_queue_entry_area_gist ON public.herd_queue_entry USING gist (area_path);
CREATE INDEX herd_queue_entry_household_id_idx ON public.herd_queue_entry USING btree (household_id);
CREATE UNIQUE INDEX queue_waits_once ON public.herd_queue_entry USING btree (rule_code, household_id) WHERE (left_at IS NULL);
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.herd_queue_entry FOR EACH ROW EXECUTE FUNCTION set_area_path();
alter table herd_queue_entry enable row level security;
create policy changed on herd_queue_entry for update to chungtay_app using ((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])));
create policy visible on herd_queue_entry for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[]))));
create policy written on herd_queue_entry for insert to chungtay_app with check ((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])));
grant insert, select on herd_queue_entry to chungtay_app;
grant update (left_at, left_because) on herd_queue_entry to chungtay_app;

create table household (
  id uuid default gen_random_uuid() not null,
  code text not null,
  area_id text not null,
  area_path ltree,
  head_name text not null,
  phone text,
  members integer not null,
  causes text[],
  wish text default ''::text not null,
  status "HouseholdStatus",
  version integer default 1 not null,
  created_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  is_demo boolean default false not null
);
alter table household add constraint counts_changed TRIGGER DEFERRABLE INITIALLY DEFERRED;
alter table household add constraint counts_moved TRIGGER DEFERRABLE INITIALLY DEFERRED;
alter table household add constraint household_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table household add constraint household_members_possible CHECK (((members >= 1) AND (members <= 30)));
alter table household add constraint household_pkey PRIMARY KEY (id);
CREATE INDEX household_area_gist ON public.household USING gist (area_path);
CREATE INDEX household_area_id_idx ON public.household USING btree (area_id);
CREATE UNIQUE INDEX household_code_key ON public.household USING btree (code);
CREATE CONSTRAINT TRIGGER counts_changed AFTER INSERT ON public.household DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.status IS NOT NULL)) EXECUTE FUNCTION household_counts_changed();
CREATE CONSTRAINT TRIGGER counts_moved AFTER UPDATE ON public.household DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.status IS DISTINCT FROM new.status) OR (old.area_path IS DISTINCT FROM new.area_path))) EXECUTE FUNCTION household_counts_changed();
CREATE TRIGGER animals_along AFTER UPDATE OF area_id ON public.household FOR EACH ROW WHEN ((old.area_id <> new.area_id)) EXECUTE FUNCTION take_animals_along();
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.household FOR EACH ROW EXECUTE FUNCTION set_area_path();
alter table household enable row level security;
create policy changed on household for update to chungtay_app using ((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])));
create policy gate on household for select to chungtay_gate using (true);
create policy visible on household for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[]))));
create policy written on household for insert to chungtay_app with check ((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])));
grant insert, select on household to chungtay_app;
grant select (id, is_demo) on household to chungtay_gate;
grant update (area_id, causes, head_name, members, phone, version, wish) on household to chungtay_app;

create table household_deprivation (
  household_id uuid not null,
  standard_id text not null,
  indicator_code text not null,
  recorded_on date not null
);
alter table household_deprivation add constraint household_deprivation_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table household_deprivation add constraint household_deprivation_pkey PRIMARY KEY (household_id, standard_id, indicator_code);
alter table household_deprivation add constraint household_deprivation_standard_id_indicator_code_fkey FOREIGN KEY (standard_id, indicator_code) REFERENCES deprivation_indicator(standard_id, code) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table household_deprivation enable row level security;
create policy removed on household_deprivation for delete to chungtay_app using ((EXISTS ( SELECT 1
   FROM household
  WHERE ((household.id = household_deprivation.household_id) AND (household.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[]))))));
create policy visible on household_deprivation for select to chungtay_app using ((EXISTS ( SELECT 1
   FROM household
  WHERE ((household.id = household_deprivation.household_id) AND ((household.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household.id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])))))));
create policy written on household_deprivation for insert to chungtay_app with check ((EXISTS ( SELECT 1
   FROM household
  WHERE ((household.id = household_deprivation.household_id) AND (household.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[]))))));
grant delete, insert, select on household_deprivation to chungtay_app;

create table household_party (
  household_id uuid not null,
  party_id uuid not null
);
alter table household_party add constraint household_party_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table household_party add constraint household_party_party_id_fkey FOREIGN KEY (party_id) REFERENCES party(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table household_party add constraint household_party_pkey PRIMARY KEY (household_id);
CREATE UNIQUE INDEX household_party_party_id_key ON public.household_party USING btree (party_id);
alter table household_party enable row level security;
create policy visible on household_party for select to chungtay_app using ((EXISTS ( SELECT 1
   FROM household
  WHERE ((household.id = household_party.household_id) AND ((household.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household.id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])))))));
create policy written on household_party for insert to chungtay_app with check (((household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])) AND (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[]))));
grant insert, select on household_party to chungtay_app;

create table household_status (
  id uuid default gen_random_uuid() not null,
  household_id uuid not null,
  status "HouseholdStatus" not null,
  standard_id text not null,
  decision_no text not null,
  decided_on date not null,
  effective_on date not null,
  list_year integer not null,
  recorded_by uuid,
  recorded_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null
);
alter table household_status add constraint household_status_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table household_status add constraint household_status_pkey PRIMARY KEY (id);
alter table household_status add constraint household_status_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table household_status add constraint household_status_standard_id_fkey FOREIGN KEY (standard_id) REFERENCES poverty_standard(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
CREATE INDEX household_status_household_id_effective_on_idx ON public.household_status USING btree (household_id, effective_on);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.household_status FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER keep_household_status AFTER INSERT ON public.household_status FOR EACH ROW EXECUTE FUNCTION keep_household_status();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON public.household_status FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
CREATE TRIGGER status_recognised AFTER INSERT ON public.household_status REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION status_recognised();
alter table household_status enable row level security;
create policy visible on household_status for select to chungtay_app using ((EXISTS ( SELECT 1
   FROM household
  WHERE ((household.id = household_status.household_id) AND ((household.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household.id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])))))));
create policy written on household_status for insert to chungtay_app with check ((EXISTS ( SELECT 1
   FROM household
  WHERE ((household.id = household_status.household_id) AND (household.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[]))))));
grant insert, select on household_status to chungtay_app;

create table idempotency_key (
  scope text not null,
  key text not null,
  operation text not null,
  request_hash bytea not null,
  answer jsonb,
  created_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null
);
alter table idempotency_key add constraint idempotency_key_pkey PRIMARY KEY (scope, key);
alter table idempotency_key enable row level security;
create policy own on idempotency_key for all to chungtay_app, chungtay_gate using ((scope = COALESCE((viewer_account())::text, 'visitor'::text))) with check ((scope = COALESCE((viewer_account())::text, 'visitor'::text)));
grant insert, select on idempotency_key to chungtay_app;
grant insert, select on idempotency_key to chungtay_gate;
grant update (answer) on idempotency_key to chungtay_app;
grant update (answer) on idempotency_key to chungtay_gate;

create table job_post (
  line_id uuid not null,
  area_id text not null,
  skills_wanted text[],
  skills_taught text[],
  wage bigint not null,
  starts_on date not null,
  search text default ''::text not null
);
alter table job_post add constraint job_post_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table job_post add constraint job_post_is_paid CHECK ((wage > 0));
alter table job_post add constraint job_post_line_id_fkey FOREIGN KEY (line_id) REFERENCES pledge_line(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table job_post add constraint job_post_pkey PRIMARY KEY (line_id);
alter table job_post add constraint post_wage_possible CHECK (((wage >= 1) AND (wage <= 200000000)));
CREATE INDEX job_post_area_id_idx ON public.job_post USING btree (area_id);
CREATE TRIGGER added AFTER INSERT ON public.job_post REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION terms_changed();
CREATE TRIGGER words BEFORE INSERT OR UPDATE OF search ON public.job_post FOR EACH ROW EXECUTE FUNCTION take_words();
alter table job_post enable row level security;
create policy visible on job_post for select to chungtay_app using ((EXISTS ( SELECT 1
   FROM pledge_line
  WHERE ((pledge_line.id = job_post.line_id) AND ((pledge_line.state = 'VERIFIED'::"PledgeState") OR (pledge_line.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (pledge_line.party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge_line.pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[])))))));
create policy written on job_post for insert to chungtay_app with check ((EXISTS ( SELECT 1
   FROM pledge_line
  WHERE ((pledge_line.id = job_post.line_id) AND (pledge_line.party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[]))))));
grant insert, select on job_post to chungtay_app;

create table known_device (
  account_id uuid not null,
  token_hash bytea not null,
  last_used_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null
);
alter table known_device add constraint known_device_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table known_device add constraint known_device_pkey PRIMARY KEY (account_id, token_hash);
alter table known_device enable row level security;
create policy gate on known_device for all to chungtay_gate using (true) with check (true);
grant delete, insert, select, update on known_device to chungtay_gate;

create table line_fact (
  id bigint default nextval('line_fact_id_seq'::regclass) not null,
  line_id uuid not null,
  stage "Stage" not null,
  amount bigint not null,
  allocation_id uuid,
  delivery_id uuid,
  actor_id uuid,
  reason text default ''::text not null,
  at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  area_path ltree,
  party_id uuid,
  pledge_id uuid
);
alter table line_fact add constraint fact_amount_possible CHECK ((amount <= '1000000000000'::bigint));
alter table line_fact add constraint fact_moves CHECK ((amount <> 0));
alter table line_fact add constraint fact_names_allocation CHECK (((stage = 'PROMISED'::"Stage") = (allocation_id IS NULL)));
alter table line_fact add constraint line_fact_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table line_fact add constraint line_fact_allocation_id_fkey FOREIGN KEY (allocation_id) REFERENCES allocation(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table line_fact add constraint line_fact_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table line_fact add constraint line_fact_line_id_fkey FOREIGN KEY (line_id) REFERENCES pledge_line(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table line_fact add constraint line_fact_pkey PRIMARY KEY (id);
CREATE INDEX line_fact_allocation_id_idx ON public.line_fact USING btree (allocation_id);
CREATE INDEX line_fact_line_id_idx ON public.line_fact USING btree (line_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.line_fact FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER apply_line_fact AFTER INSERT ON public.line_fact FOR EACH ROW EXECUTE FUNCTION apply_line_fact();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON public.line_fact FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
CREATE TRIGGER rights BEFORE INSERT ON public.line_fact FOR EACH ROW EXECUTE FUNCTION take_lines_rights();
alter table line_fact enable row level security;
create policy visible on line_fact for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[]))));
create policy written on line_fact for insert to chungtay_app with check (((EXISTS ( SELECT 1
   FROM pledge_line
  WHERE (pledge_line.id = line_fact.line_id))) AND
CASE stage
    WHEN 'PROMISED'::"Stage" THEN (EXISTS ( SELECT 1
       FROM (pledge_line
         JOIN pledge ON ((pledge.id = pledge_line.pledge_id)))
      WHERE ((pledge_line.id = line_fact.line_id) AND ((pledge.party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[]))))))
    WHEN 'RECEIVED'::"Stage" THEN (EXISTS ( SELECT 1
       FROM allocation
      WHERE ((allocation.id = line_fact.allocation_id) AND ((allocation.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (allocation.household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[]))))))
    WHEN 'ALLOCATED'::"Stage" THEN (EXISTS ( SELECT 1
       FROM allocation
      WHERE ((allocation.id = line_fact.allocation_id) AND ((allocation.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR ((line_fact.amount < 0) AND (allocation.household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])))))))
    WHEN 'DISPATCHED'::"Stage" THEN (EXISTS ( SELECT 1
       FROM allocation
      WHERE ((allocation.id = line_fact.allocation_id) AND ((allocation.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR ((allocation.party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) AND (allocation.household_id <> ALL (( SELECT viewer_households() AS viewer_households)::uuid[])) AND (EXISTS ( SELECT 1
               FROM delivery
              WHERE ((delivery.id = line_fact.delivery_id) AND delivery.is_direct))))))))
    ELSE (EXISTS ( SELECT 1
       FROM allocation
      WHERE ((allocation.id = line_fact.allocation_id) AND (allocation.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])))))
END));
grant insert, select on line_fact to chungtay_app;

create table loaded_data (
  name text not null,
  digest text not null,
  loaded_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null
);
alter table loaded_data add constraint loaded_data_pkey PRIMARY KEY (name);

create table matching_proposal (
  id uuid default gen_random_uuid() not null,
  run_id uuid not null,
  ordinal integer not null,
  line_id uuid not null,
  need_id uuid not null,
  household_id uuid not null,
  area_id text not null,
  area_path ltree,
  kind_code text not null,
  quantity bigint not null,
  reasons text[],
  state "ProposalState" default 'OPEN'::"ProposalState" not null,
  allocation_id uuid,
  decline_reason text,
  declined_by_household boolean default false not null,
  decided_by uuid,
  decided_at timestamp(3) with time zone,
  method "MatchingMethod" not null
);
alter table matching_proposal add constraint matching_proposal_allocation_id_fkey FOREIGN KEY (allocation_id) REFERENCES allocation(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table matching_proposal add constraint matching_proposal_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table matching_proposal add constraint matching_proposal_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table matching_proposal add constraint matching_proposal_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table matching_proposal add constraint matching_proposal_kind_code_fkey FOREIGN KEY (kind_code) REFERENCES support_kind(code) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table matching_proposal add constraint matching_proposal_line_id_fkey FOREIGN KEY (line_id) REFERENCES pledge_line(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table matching_proposal add constraint matching_proposal_need_id_fkey FOREIGN KEY (need_id) REFERENCES need(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table matching_proposal add constraint matching_proposal_pkey PRIMARY KEY (id);
alter table matching_proposal add constraint matching_proposal_run_id_fkey FOREIGN KEY (run_id) REFERENCES matching_run(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table matching_proposal add constraint proposal_accepted_with_allocation CHECK (((state = 'ACCEPTED'::"ProposalState") = (allocation_id IS NOT NULL)));
alter table matching_proposal add constraint proposal_decided_by_someone CHECK (((state = ANY (ARRAY['ACCEPTED'::"ProposalState", 'DECLINED'::"ProposalState"])) = (decided_by IS NOT NULL)));
alter table matching_proposal add constraint proposal_declined_with_reason CHECK (((state = 'DECLINED'::"ProposalState") = (decline_reason IS NOT NULL)));
alter table matching_proposal add constraint proposal_quantity_positive CHECK ((quantity > 0));
alter table matching_proposal add constraint proposal_quantity_possible CHECK ((quantity <= '1000000000000'::bigint));
CREATE INDEX matching_proposal_area_gist ON public.matching_proposal USING gist (area_path);
CREATE INDEX matching_proposal_household_id_idx ON public.matching_proposal USING btree (household_id);
CREATE UNIQUE INDEX matching_proposal_run_id_method_ordinal_key ON public.matching_proposal USING btree (run_id, method, ordinal);
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.matching_proposal FOR EACH ROW EXECUTE FUNCTION set_area_path();
alter table matching_proposal enable row level security;
create policy decided on matching_proposal for update to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) AND (state = 'OPEN'::"ProposalState"))) with check ((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])));
create policy visible on matching_proposal for select to chungtay_app using ((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])));
create policy written on matching_proposal for insert to chungtay_app with check (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) AND (state = 'OPEN'::"ProposalState")));
grant insert, select on matching_proposal to chungtay_app;
grant update (allocation_id, decided_at, decided_by, decline_reason, declined_by_household, state) on matching_proposal to chungtay_app;

create table matching_run (
  id uuid default gen_random_uuid() not null,
  area_id text not null,
  area_path ltree,
  day date not null,
  weights jsonb not null,
  guards jsonb not null,
  inputs jsonb not null,
  inputs_digest text not null,
  greedy jsonb not null,
  refused jsonb not null,
  run_by uuid not null,
  run_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  optimal jsonb,
  ended_at timestamp(3) with time zone
);
alter table matching_run add constraint matching_run_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table matching_run add constraint matching_run_pkey PRIMARY KEY (id);
alter table matching_run add constraint matching_run_run_by_fkey FOREIGN KEY (run_by) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table matching_run add constraint run_ends_with_its_answer CHECK (((optimal IS NULL) OR (ended_at IS NOT NULL)));
CREATE INDEX matching_run_area_gist ON public.matching_run USING gist (area_path);
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.matching_run FOR EACH ROW EXECUTE FUNCTION set_area_path();
alter table matching_run enable row level security;
create policy visible on matching_run for select to chungtay_app using ((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])));
create policy written on matching_run for insert to chungtay_app with check (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) AND (run_by = viewer_account())));
grant insert, select on matching_run to chungtay_app;

create table matching_setting (
  id uuid default gen_random_uuid() not null,
  area_id text not null,
  area_path ltree,
  version integer not null,
  weights jsonb,
  guards jsonb,
  returns_to integer,
  changed_by uuid not null,
  changed_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null
);
alter table matching_setting add constraint matching_setting_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table matching_setting add constraint matching_setting_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table matching_setting add constraint matching_setting_pkey PRIMARY KEY (id);
alter table matching_setting add constraint setting_counts_from_1 CHECK ((version > 0));
alter table matching_setting add constraint setting_returns_before CHECK (((returns_to >= 0) AND (returns_to < version)));
alter table matching_setting add constraint setting_whole_or_none CHECK (((weights IS NULL) = (guards IS NULL)));
CREATE INDEX matching_setting_area_gist ON public.matching_setting USING gist (area_path);
CREATE UNIQUE INDEX matching_setting_area_id_version_key ON public.matching_setting USING btree (area_id, version);
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.matching_setting FOR EACH ROW EXECUTE FUNCTION set_area_path();
alter table matching_setting enable row level security;
create policy visible on matching_setting for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (area_path @> ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[]))));
create policy written on matching_setting for insert to chungtay_app with check (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) AND (changed_by = viewer_account())));
grant insert, select on matching_setting to chungtay_app;

create table need (
  id uuid default gen_random_uuid() not null,
  household_id uuid not null,
  area_id text not null,
  area_path ltree,
  kind_code text not null,
  detail text default ''::text not null,
  quantity bigint not null,
  urgency integer default 2 not null,
  allocated bigint default 0 not null,
  received bigint default 0 not null,
  raised_by uuid,
  raised_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  verified_at timestamp(3) with time zone,
  withdrawn_at timestamp(3) with time zone,
  version integer default 1 not null
);
alter table need add constraint need_allocated_within CHECK (((allocated >= 0) AND (allocated <= quantity)));
alter table need add constraint need_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table need add constraint need_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table need add constraint need_kind_code_fkey FOREIGN KEY (kind_code) REFERENCES support_kind(code) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table need add constraint need_pkey PRIMARY KEY (id);
alter table need add constraint need_quantity_positive CHECK ((quantity > 0));
alter table need add constraint need_quantity_possible CHECK ((quantity <= 100000000));
alter table need add constraint need_raised_by_fkey FOREIGN KEY (raised_by) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table need add constraint need_received_within CHECK (((received >= 0) AND (received <= allocated)));
alter table need add constraint need_urgency_known CHECK (((urgency >= 1) AND (urgency <= 3)));
CREATE INDEX need_area_gist ON public.need USING gist (area_path);
CREATE INDEX need_household_id_idx ON public.need USING btree (household_id);
CREATE INDEX need_kind_code_idx ON public.need USING btree (kind_code);
CREATE TRIGGER added AFTER INSERT ON public.need REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION need_added();
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.need FOR EACH ROW EXECUTE FUNCTION set_area_path();
CREATE TRIGGER changed AFTER UPDATE ON public.need REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION need_changed();
CREATE TRIGGER start_at_zero BEFORE INSERT ON public.need FOR EACH ROW EXECUTE FUNCTION start_at_zero();
alter table need enable row level security;
create policy changed on need for update to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[]))));
create policy visible on need for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[]))));
create policy written on need for insert to chungtay_app with check (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[]))));
grant insert, select on need to chungtay_app;
grant update (area_id, detail, quantity, urgency, verified_at, version, withdrawn_at) on need to chungtay_app;

create table need_total (
  area_path text collate "C" not null,
  kind_code text not null,
  quantity bigint not null,
  allocated bigint not null,
  received bigint not null,
  urgency_1 integer not null,
  urgency_2 integer not null,
  urgency_3 integer not null
) with (fillfactor=70);
alter table need_total add constraint need_total_pkey PRIMARY KEY (area_path, kind_code);
alter table need_total enable row level security;
create policy visible on need_total for select to chungtay_app using (true);
grant select on need_total to chungtay_app;

create table need_total_delta (
  area_path ltree not null,
  kind_code text not null,
  quantity bigint not null,
  allocated bigint not null,
  received bigint not null,
  urgency_1 integer not null,
  urgency_2 integer not null,
  urgency_3 integer not null
) with (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=1000);
alter table need_total_delta enable row level security;
create policy visible on need_total_delta for select to chungtay_app using (true);
grant select on need_total_delta to chungtay_app;

create table outcome (
  id uuid default gen_random_uuid() not null,
  kind "OutcomeKind" not null,
  allocation_id uuid not null,
  line_id uuid not null,
  pledge_id uuid not null,
  party_id uuid not null,
  household_id uuid not null,
  area_id text not null,
  area_path ltree,
  quantity bigint not null,
  observed_on date not null,
  detail text default ''::text not null,
  cause text,
  witness_name text,
  to_household_id uuid,
  recorded_by uuid,
  recorded_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  unit_price bigint,
  by_household boolean default false not null,
  slip_id uuid,
  is_further_on boolean default false not null
);
alter table outcome add constraint outcome_allocation_id_fkey FOREIGN KEY (allocation_id) REFERENCES allocation(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table outcome add constraint outcome_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table outcome add constraint outcome_has_speaker CHECK (((num_nonnulls(recorded_by, slip_id) = 1) AND (by_household OR (slip_id IS NULL))));
alter table outcome add constraint outcome_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table outcome add constraint outcome_line_id_fkey FOREIGN KEY (line_id) REFERENCES pledge_line(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table outcome add constraint outcome_party_id_fkey FOREIGN KEY (party_id) REFERENCES party(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table outcome add constraint outcome_pkey PRIMARY KEY (id);
alter table outcome add constraint outcome_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table outcome add constraint outcome_price_positive CHECK ((unit_price > 0));
alter table outcome add constraint outcome_price_possible CHECK ((unit_price <= 10000000));
alter table outcome add constraint outcome_quantity_positive CHECK ((quantity > 0));
alter table outcome add constraint outcome_quantity_possible CHECK ((quantity <= '1000000000000'::bigint));
alter table outcome add constraint outcome_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table outcome add constraint outcome_slip_id_fkey FOREIGN KEY (slip_id) REFERENCES slip(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table outcome add constraint outcome_to_household_id_fkey FOREIGN KEY (to_household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
CREATE INDEX outcome_allocation_id_idx ON public.outcome USING btree (allocation_id);
CREATE INDEX outcome_area_gist ON public.outcome USING gist (area_path);
CREATE INDEX outcome_household_id_idx ON public.outcome USING btree (household_id);
CREATE INDEX outcome_pledge_id_idx ON public.outcome USING btree (pledge_id);
CREATE TRIGGER add_purchase AFTER INSERT ON public.outcome FOR EACH ROW WHEN ((new.kind = ANY (ARRAY['PRODUCE_BOUGHT'::"OutcomeKind", 'PRODUCE_PAID'::"OutcomeKind"]))) EXECUTE FUNCTION add_purchase();
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.outcome FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.outcome FOR EACH ROW EXECUTE FUNCTION set_area_path();
CREATE TRIGGER job_outcome_added AFTER INSERT ON public.outcome REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION job_outcome_added();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON public.outcome FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
alter table outcome enable row level security;
create policy visible on outcome for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[]))));
create policy written on outcome for insert to chungtay_app with check (((by_household AND (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[]))) OR ((NOT by_household) AND (area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])))));
grant insert, select on outcome to chungtay_app;

create table party (
  id uuid default gen_random_uuid() not null,
  kind "PartyKind" not null,
  name text not null,
  created_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  is_demo boolean default false not null
);
alter table party add constraint party_pkey PRIMARY KEY (id);
CREATE TRIGGER changed AFTER UPDATE ON public.party FOR EACH STATEMENT EXECUTE FUNCTION change_everywhere();
alter table party enable row level security;
create policy changed on party for update to chungtay_app using ((id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])));
create policy gate on party for all to chungtay_gate using (true) with check (true);
create policy visible on party for select to chungtay_app using (((id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR party_is_known(id)));
create policy written on party for insert to chungtay_app with check ((id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])));
grant insert, select on party to chungtay_app;
grant insert on party to chungtay_gate;
grant select (id) on party to chungtay_gate;
grant update (name) on party to chungtay_app;

create table party_contact (
  party_id uuid not null,
  name text default ''::text not null,
  phone text,
  email text
);
alter table party_contact add constraint party_contact_party_id_fkey FOREIGN KEY (party_id) REFERENCES party(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table party_contact add constraint party_contact_pkey PRIMARY KEY (party_id);
alter table party_contact enable row level security;
create policy changed on party_contact for update to chungtay_app using ((party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])));
create policy gate on party_contact for insert to chungtay_gate with check (true);
create policy visible on party_contact for select to chungtay_app using (((party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR party_pledges_here(party_id)));
create policy written on party_contact for insert to chungtay_app with check ((party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])));
grant insert, select on party_contact to chungtay_app;
grant insert on party_contact to chungtay_gate;
grant update (email, name, phone) on party_contact to chungtay_app;

create table person (
  id uuid default gen_random_uuid() not null,
  display_name text not null,
  is_demo boolean default false not null
);
alter table person add constraint person_pkey PRIMARY KEY (id);
alter table person enable row level security;
create policy gate on person for all to chungtay_gate using (true) with check (true);
create policy visible on person for select to chungtay_app using (((id = viewer_person()) OR (cardinality(viewer_offices()) > 0)));
grant select on person to chungtay_app;
grant insert, select, update on person to chungtay_gate;

create table plan (
  id text not null,
  area_id text not null,
  number text not null,
  title text not null,
  title_en text not null,
  issuer text not null,
  issued_on date not null,
  standard_id text not null,
  baseline_on date not null,
  households_total integer
);
alter table plan add constraint plan_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table plan add constraint plan_pkey PRIMARY KEY (id);
alter table plan add constraint plan_standard_id_fkey FOREIGN KEY (standard_id) REFERENCES poverty_standard(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.plan FOR EACH STATEMENT EXECUTE FUNCTION change_everywhere();
alter table plan enable row level security;
create policy visible on plan for select to chungtay_app using (true);
grant select on plan to chungtay_app;

create table plan_target (
  plan_id text not null,
  due_on date not null,
  area_id text not null,
  indicator text not null,
  numerator integer not null,
  denominator integer not null,
  cumulative boolean not null,
  printed text default ''::text not null
);
alter table plan_target add constraint plan_target_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table plan_target add constraint plan_target_pkey PRIMARY KEY (plan_id, area_id, indicator, due_on);
alter table plan_target add constraint plan_target_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.plan_target FOR EACH STATEMENT EXECUTE FUNCTION change_everywhere();
alter table plan_target enable row level security;
create policy visible on plan_target for select to chungtay_app using (true);
grant select on plan_target to chungtay_app;

create table pledge (
  id uuid default gen_random_uuid() not null,
  transfer_code text default new_transfer_code() not null,
  party_id uuid not null,
  anonymous boolean not null,
  area_id text not null,
  area_path ltree,
  expected_on date not null,
  message text default ''::text not null,
  state "PledgeState" default 'REGISTERED'::"PledgeState" not null,
  registered_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  verified_at timestamp(3) with time zone,
  version integer default 1 not null,
  is_demo boolean default false not null,
  place_1 text collate "C" generated always as (
CASE
    WHEN (nlevel(area_path) > 0) THEN ltree2text(subpath(area_path, 0, 1))
    ELSE NULL::text
END) stored,
  place_2 text collate "C" generated always as (
CASE
    WHEN (nlevel(area_path) > 1) THEN ltree2text(subpath(area_path, 1, 1))
    ELSE NULL::text
END) stored,
  place_3 text collate "C" generated always as (
CASE
    WHEN (nlevel(area_path) > 2) THEN ltree2text(subpath(area_path, 2, 1))
    ELSE NULL::text
END) stored
);
alter table pledge add constraint pledge_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table pledge add constraint pledge_party_id_fkey FOREIGN KEY (party_id) REFERENCES party(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table pledge add constraint pledge_pkey PRIMARY KEY (id);
alter table pledge add constraint pledge_place_is_living CHECK ((nlevel(area_path) <= 3));
CREATE INDEX pledge_anywhere_idx ON public.pledge USING btree (((area_path IS NOT NULL)), registered_at DESC, id DESC);
CREATE INDEX pledge_area_gist ON public.pledge USING gist (area_path);
CREATE INDEX pledge_party_id_idx ON public.pledge USING btree (party_id);
CREATE INDEX pledge_place_1_idx ON public.pledge USING btree (place_1, registered_at DESC, id DESC);
CREATE INDEX pledge_place_2_idx ON public.pledge USING btree (place_2, registered_at DESC, id DESC);
CREATE INDEX pledge_place_3_idx ON public.pledge USING btree (place_3, registered_at DESC, id DESC);
CREATE UNIQUE INDEX pledge_transfer_code_key ON public.pledge USING btree (transfer_code);
CREATE TRIGGER added AFTER INSERT ON public.pledge REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION pledge_added();
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.pledge FOR EACH ROW EXECUTE FUNCTION set_area_path();
CREATE TRIGGER changed AFTER UPDATE ON public.pledge REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION pledge_changed();
CREATE TRIGGER count_pledge AFTER UPDATE OF state ON public.pledge FOR EACH ROW WHEN (((old.state <> new.state) AND (('VERIFIED'::"PledgeState" = old.state) OR ('VERIFIED'::"PledgeState" = new.state)))) EXECUTE FUNCTION count_pledge();
CREATE TRIGGER keep_rights BEFORE UPDATE OF area_id, area_path, party_id ON public.pledge FOR EACH ROW WHEN ((((old.area_id IS DISTINCT FROM new.area_id) OR (old.area_path IS DISTINCT FROM new.area_path)) OR (old.party_id IS DISTINCT FROM new.party_id))) EXECUTE FUNCTION keep_rights();
CREATE TRIGGER pass_state_on AFTER UPDATE OF state ON public.pledge FOR EACH ROW WHEN ((old.state <> new.state)) EXECUTE FUNCTION pass_state_on();
CREATE TRIGGER transfer_code_opens_nothing BEFORE INSERT OR UPDATE OF transfer_code ON public.pledge FOR EACH ROW EXECUTE FUNCTION transfer_code_opens_nothing();
alter table pledge enable row level security;
create policy changed on pledge for update to chungtay_app using (((party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[]))));
create policy visible on pledge for select to chungtay_app using (((state = 'VERIFIED'::"PledgeState") OR (area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[]))));
create policy written on pledge for insert to chungtay_app with check (((state = 'REGISTERED'::"PledgeState") AND (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[]))));
grant insert, select on pledge to chungtay_app;
grant update (expected_on, message, state, verified_at, version) on pledge to chungtay_app;

create table pledge_line (
  id uuid default gen_random_uuid() not null,
  pledge_id uuid not null,
  ordinal integer not null,
  kind_code text not null,
  detail text default ''::text not null,
  promised bigint default 0 not null,
  allocated bigint default 0 not null,
  dispatched bigint default 0 not null,
  received bigint default 0 not null,
  settled bigint default 0 not null,
  area_path ltree,
  party_id uuid,
  state "PledgeState"
);
alter table pledge_line add constraint line_allocated_within CHECK (((allocated >= 0) AND (allocated <= promised)));
alter table pledge_line add constraint line_dispatched_within CHECK (((dispatched >= 0) AND (dispatched <= allocated)));
alter table pledge_line add constraint line_promised_positive CHECK ((promised >= 0));
alter table pledge_line add constraint line_received_within CHECK (((received >= 0) AND (received <= dispatched)));
alter table pledge_line add constraint line_settled_within CHECK (((settled >= 0) AND (settled <= received)));
alter table pledge_line add constraint pledge_line_kind_code_fkey FOREIGN KEY (kind_code) REFERENCES support_kind(code) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table pledge_line add constraint pledge_line_pkey PRIMARY KEY (id);
alter table pledge_line add constraint pledge_line_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
CREATE INDEX pledge_line_kind_code_idx ON public.pledge_line USING btree (kind_code);
CREATE UNIQUE INDEX pledge_line_pledge_id_ordinal_key ON public.pledge_line USING btree (pledge_id, ordinal);
CREATE TRIGGER changed AFTER UPDATE ON public.pledge_line REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION line_changed();
CREATE TRIGGER line_promise_possible BEFORE UPDATE OF promised ON public.pledge_line FOR EACH ROW WHEN (((new.promised > '1000000000000'::bigint) AND (new.promised > old.promised))) EXECUTE FUNCTION stays_possible();
CREATE TRIGGER rights BEFORE INSERT OR UPDATE OF pledge_id, area_path, party_id, state ON public.pledge_line FOR EACH ROW EXECUTE FUNCTION take_pledges_state();
CREATE TRIGGER start_at_zero BEFORE INSERT ON public.pledge_line FOR EACH ROW EXECUTE FUNCTION start_at_zero();
alter table pledge_line enable row level security;
create policy changed on pledge_line for update to chungtay_app using ((EXISTS ( SELECT 1
   FROM pledge
  WHERE (pledge.id = pledge_line.pledge_id))));
create policy visible on pledge_line for select to chungtay_app using (((state = 'VERIFIED'::"PledgeState") OR (area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[]))));
create policy written on pledge_line for insert to chungtay_app with check ((EXISTS ( SELECT 1
   FROM pledge
  WHERE ((pledge.id = pledge_line.pledge_id) AND (pledge.state = 'REGISTERED'::"PledgeState") AND (pledge.party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[]))))));
grant insert, select on pledge_line to chungtay_app;
grant update (detail) on pledge_line to chungtay_app;

create table pledge_step (
  id bigint default nextval('pledge_step_id_seq'::regclass) not null,
  pledge_id uuid not null,
  step "PledgeStep" not null,
  reason text default ''::text not null,
  actor_id uuid,
  at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  area_path ltree,
  party_id uuid
);
alter table pledge_step add constraint pledge_step_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table pledge_step add constraint pledge_step_pkey PRIMARY KEY (id);
alter table pledge_step add constraint pledge_step_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
CREATE INDEX pledge_step_pledge_id_idx ON public.pledge_step USING btree (pledge_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.pledge_step FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON public.pledge_step FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
CREATE TRIGGER rights BEFORE INSERT ON public.pledge_step FOR EACH ROW EXECUTE FUNCTION take_pledges_rights();
alter table pledge_step enable row level security;
create policy visible on pledge_step for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[]))));
create policy written on pledge_step for insert to chungtay_app with check ((EXISTS ( SELECT 1
   FROM pledge
  WHERE ((pledge.id = pledge_step.pledge_id) AND ((pledge.party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])))))));
grant insert, select on pledge_step to chungtay_app;

create table poverty_cause (
  code text not null,
  ordinal integer not null,
  name text not null,
  name_en text not null
);
alter table poverty_cause add constraint poverty_cause_pkey PRIMARY KEY (code);
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.poverty_cause FOR EACH STATEMENT EXECUTE FUNCTION change_everywhere();
alter table poverty_cause enable row level security;
create policy visible on poverty_cause for select to chungtay_app using (true);
grant select on poverty_cause to chungtay_app;

create table poverty_standard (
  id text not null,
  name text not null,
  name_en text not null,
  legal_basis text not null,
  applies_from date not null,
  applies_to date
);
alter table poverty_standard add constraint poverty_standard_pkey PRIMARY KEY (id);
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.poverty_standard FOR EACH STATEMENT EXECUTE FUNCTION change_everywhere();
alter table poverty_standard enable row level security;
create policy visible on poverty_standard for select to chungtay_app using (true);
grant select on poverty_standard to chungtay_app;

create table printed_figure (
  plan_id text not null,
  period_end date not null,
  area_id text not null,
  ordinal integer not null,
  numerator integer not null,
  denominator integer not null,
  percent text not null
);
alter table printed_figure add constraint printed_figure_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table printed_figure add constraint printed_figure_pkey PRIMARY KEY (plan_id, period_end, area_id);
alter table printed_figure add constraint printed_figure_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES plan(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table printed_figure enable row level security;
create policy visible on printed_figure for select to chungtay_app using ((EXISTS ( SELECT 1
   FROM (plan
     JOIN area ON ((area.id = plan.area_id)))
  WHERE ((plan.id = printed_figure.plan_id) AND (area.path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[]))))));
grant select on printed_figure to chungtay_app;

create table published_household_count (
  area_id text not null,
  households integer
);
alter table published_household_count add constraint published_household_count_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table published_household_count add constraint published_household_count_pkey PRIMARY KEY (area_id);
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.published_household_count FOR EACH STATEMENT EXECUTE FUNCTION change_everywhere();
alter table published_household_count enable row level security;

create table purchase_agreement (
  line_id uuid not null,
  product text not null,
  season_from date not null,
  season_to date not null,
  floor_price bigint not null,
  bought bigint default 0 not null,
  paid bigint default 0 not null,
  value bigint default 0 not null,
  search text default ''::text not null
);
alter table purchase_agreement add constraint agreement_price_possible CHECK (((floor_price >= 1) AND (floor_price <= 10000000)));
alter table purchase_agreement add constraint purchase_agreement_has_a_floor CHECK ((floor_price > 0));
alter table purchase_agreement add constraint purchase_agreement_has_a_season CHECK ((season_to >= season_from));
alter table purchase_agreement add constraint purchase_agreement_keeps_floor CHECK (((value)::numeric >= ((bought)::numeric * (floor_price)::numeric)));
alter table purchase_agreement add constraint purchase_agreement_line_id_fkey FOREIGN KEY (line_id) REFERENCES pledge_line(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table purchase_agreement add constraint purchase_agreement_pays_bought CHECK (((0 <= paid) AND (paid <= bought)));
alter table purchase_agreement add constraint purchase_agreement_pkey PRIMARY KEY (line_id);
CREATE TRIGGER added AFTER INSERT ON public.purchase_agreement REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION terms_changed();
CREATE TRIGGER changed AFTER UPDATE ON public.purchase_agreement REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION terms_changed();
CREATE TRIGGER words BEFORE INSERT OR UPDATE OF search ON public.purchase_agreement FOR EACH ROW EXECUTE FUNCTION take_words();
alter table purchase_agreement enable row level security;
create policy visible on purchase_agreement for select to chungtay_app using ((EXISTS ( SELECT 1
   FROM pledge_line
  WHERE ((pledge_line.id = purchase_agreement.line_id) AND ((pledge_line.state = 'VERIFIED'::"PledgeState") OR (pledge_line.area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (pledge_line.party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge_line.pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[])))))));
create policy written on purchase_agreement for insert to chungtay_app with check (((EXISTS ( SELECT 1
   FROM pledge_line
  WHERE ((pledge_line.id = purchase_agreement.line_id) AND (pledge_line.party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[]))))) AND ((bought = 0) AND (paid = 0) AND (value = 0))));
grant insert, select on purchase_agreement to chungtay_app;

create table rate_limit (
  key character varying(255) not null,
  points integer default 0 not null,
  expire bigint
);
alter table rate_limit add constraint rate_limit_pkey PRIMARY KEY (key);
CREATE INDEX rate_limit_expire_idx ON public.rate_limit USING btree (expire);
grant select on rate_limit to chungtay_gate;

create table receipt (
  id uuid default gen_random_uuid() not null,
  delivery_id uuid not null,
  pledge_id uuid not null,
  party_id uuid not null,
  household_id uuid not null,
  area_id text not null,
  area_path ltree,
  answer "ReceiptAnswer" not null,
  received bigint not null,
  note text default ''::text not null,
  channel "ReceiptChannel" not null,
  slip_id uuid,
  account_id uuid,
  person_id uuid,
  witness_name text,
  at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  witness_document text default ''::text not null
);
alter table receipt add constraint receipt_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table receipt add constraint receipt_answer_fits CHECK (
CASE answer
    WHEN 'FULL'::"ReceiptAnswer" THEN (received > 0)
    WHEN 'SHORT'::"ReceiptAnswer" THEN (received > 0)
    ELSE (received = 0)
END);
alter table receipt add constraint receipt_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table receipt add constraint receipt_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table receipt add constraint receipt_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table receipt add constraint receipt_party_id_fkey FOREIGN KEY (party_id) REFERENCES party(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table receipt add constraint receipt_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table receipt add constraint receipt_pkey PRIMARY KEY (id);
alter table receipt add constraint receipt_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table receipt add constraint receipt_proxy_is_witnessed CHECK (((channel <> 'PROXY'::"ReceiptChannel") OR ((account_id IS NOT NULL) AND (person_id IS NOT NULL) AND (witness_name IS NOT NULL))));
alter table receipt add constraint receipt_slip_id_fkey FOREIGN KEY (slip_id) REFERENCES slip(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table receipt add constraint receipt_slip_is_named CHECK (((channel <> 'SLIP'::"ReceiptChannel") OR (slip_id IS NOT NULL)));
CREATE INDEX receipt_delivery_id_idx ON public.receipt USING btree (delivery_id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.receipt FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.receipt FOR EACH ROW EXECUTE FUNCTION set_area_path();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON public.receipt FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
CREATE TRIGGER receipt_has_two_sides BEFORE INSERT ON public.receipt FOR EACH ROW EXECUTE FUNCTION receipt_has_two_sides();
alter table receipt enable row level security;
create policy visible on receipt for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (pledge_id = ANY (( SELECT viewer_pledges() AS viewer_pledges)::uuid[]))));
create policy written on receipt for insert to chungtay_app with check ((((channel = 'PROXY'::"ReceiptChannel") AND (person_id = viewer_person()) AND (area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[]))) OR ((channel <> 'PROXY'::"ReceiptChannel") AND (household_id = ANY (( SELECT viewer_households() AS viewer_households)::uuid[])))));
grant insert, select on receipt to chungtay_app;

create table rights_change (
  id uuid default gen_random_uuid() not null,
  at timestamp(6) with time zone default clock_timestamp() not null,
  kind "RightsChangeKind" not null,
  role "Role" not null,
  area_id text,
  area_path ltree,
  party_id uuid,
  account_id uuid not null,
  person_name text not null,
  by_id uuid,
  by_name text
);
alter table rights_change add constraint rights_change_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table rights_change add constraint rights_change_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table rights_change add constraint rights_change_by_id_fkey FOREIGN KEY (by_id) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table rights_change add constraint rights_change_party_id_fkey FOREIGN KEY (party_id) REFERENCES party(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table rights_change add constraint rights_change_pkey PRIMARY KEY (id);
CREATE INDEX rights_change_area_gist ON public.rights_change USING gist (area_path);
CREATE INDEX rights_change_at_id_idx ON public.rights_change USING btree (at, id);
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.rights_change FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON public.rights_change FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
alter table rights_change enable row level security;
create policy visible on rights_change for select to chungtay_app using (((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])) OR (party_id = ANY (( SELECT viewer_parties() AS viewer_parties)::uuid[])) OR (account_id = viewer_account()) OR viewer_administers()));
grant select on rights_change to chungtay_app;

create table role_grant (
  id uuid default gen_random_uuid() not null,
  account_id uuid not null,
  role "Role" not null,
  area_id text,
  party_id uuid,
  household_id uuid,
  granted_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  granted_by uuid,
  revoked_at timestamp(3) with time zone
);
alter table role_grant add constraint grant_has_its_scope CHECK (
CASE role
    WHEN 'DONOR'::"Role" THEN (party_id IS NOT NULL)
    WHEN 'HOUSEHOLD'::"Role" THEN (household_id IS NOT NULL)
    WHEN 'ADMIN'::"Role" THEN true
    ELSE (area_id IS NOT NULL)
END);
alter table role_grant add constraint role_grant_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table role_grant add constraint role_grant_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table role_grant add constraint role_grant_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table role_grant add constraint role_grant_party_id_fkey FOREIGN KEY (party_id) REFERENCES party(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table role_grant add constraint role_grant_pkey PRIMARY KEY (id);
CREATE INDEX role_grant_account_id_idx ON public.role_grant USING btree (account_id);
alter table role_grant enable row level security;
create policy gate on role_grant for all to chungtay_gate using (true) with check (true);
grant insert, select, update on role_grant to chungtay_gate;

create table roll_up (
  area_path text collate "C" not null,
  period date not null,
  kind_code text not null,
  pledges integer not null,
  promised bigint not null,
  allocated bigint not null,
  dispatched bigint not null,
  received bigint not null,
  settled bigint not null
) with (fillfactor=70);
alter table roll_up add constraint roll_up_pkey PRIMARY KEY (area_path, period, kind_code);
alter table roll_up enable row level security;
create policy visible on roll_up for select to chungtay_app using (true);
grant select on roll_up to chungtay_app;

create table roll_up_delta (
  area_path ltree not null,
  period date not null,
  kind_code text not null,
  pledges integer not null,
  promised bigint not null,
  allocated bigint not null,
  dispatched bigint not null,
  received bigint not null,
  settled bigint not null
) with (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=1000);
CREATE INDEX roll_up_delta_area_path_idx ON public.roll_up_delta USING btree (area_path);
alter table roll_up_delta enable row level security;
create policy visible on roll_up_delta for select to chungtay_app using (true);
grant select on roll_up_delta to chungtay_app;

create table rotation_rule (
  code text not null,
  ordinal integer not null,
  name text not null,
  name_en text not null,
  kind_code text not null,
  source text not null,
  source_en text not null,
  note text default ''::text not null,
  note_en text default ''::text not null,
  return_ordinal integer not null,
  male_calf "MaleCalfPolicy" not null,
  return_from_months integer not null,
  return_by_months integer not null,
  keep_months integer not null
);
alter table rotation_rule add constraint rotation_rule_kind_code_fkey FOREIGN KEY (kind_code) REFERENCES support_kind(code) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table rotation_rule add constraint rotation_rule_pkey PRIMARY KEY (code);
alter table rotation_rule add constraint rule_keep_not_negative CHECK ((keep_months >= 0));
alter table rotation_rule add constraint rule_months_in_order CHECK (((0 <= return_from_months) AND (return_from_months <= return_by_months)));
alter table rotation_rule add constraint rule_ordinal_positive CHECK ((return_ordinal >= 1));
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.rotation_rule FOR EACH STATEMENT EXECUTE FUNCTION change_everywhere();
alter table rotation_rule enable row level security;
create policy visible on rotation_rule for select to chungtay_app using (true);
grant select on rotation_rule to chungtay_app;

create table session (
  id uuid default gen_random_uuid() not null,
  account_id uuid not null,
  token_hash bytea not null,
  created_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  last_seen_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  expires_at timestamp(3) with time zone not null,
  revoked_at timestamp(3) with time zone,
  user_agent text default ''::text not null
);
alter table session add constraint session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table session add constraint session_pkey PRIMARY KEY (id);
CREATE INDEX session_account_id_idx ON public.session USING btree (account_id);
CREATE UNIQUE INDEX session_token_hash_key ON public.session USING btree (token_hash);
CREATE TRIGGER wake_rights AFTER UPDATE OF revoked_at ON public.session FOR EACH ROW WHEN ((new.revoked_at IS NOT NULL)) EXECUTE FUNCTION wake_rights();
alter table session enable row level security;
create policy gate on session for all to chungtay_gate using (true) with check (true);
grant delete, insert, select, update on session to chungtay_gate;

create table slip (
  id uuid default gen_random_uuid() not null,
  household_id uuid not null,
  code_hmac bytea not null,
  pin_hash text,
  device_hash bytea,
  issued_by uuid not null,
  issued_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  first_used_at timestamp(3) with time zone,
  revoked_at timestamp(3) with time zone
);
alter table slip add constraint slip_household_id_fkey FOREIGN KEY (household_id) REFERENCES household(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table slip add constraint slip_issued_by_fkey FOREIGN KEY (issued_by) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table slip add constraint slip_pkey PRIMARY KEY (id);
CREATE INDEX slip_household_id_idx ON public.slip USING btree (household_id);
CREATE UNIQUE INDEX slip_code_hmac_key ON public.slip USING btree (code_hmac);
alter table slip enable row level security;
create policy gate on slip for all to chungtay_gate using (true) with check (true);
grant insert, select, update on slip to chungtay_gate;

create table support_kind (
  code text not null,
  family "SupportFamily" not null,
  ordinal integer not null,
  name text not null,
  name_en text not null,
  unit text not null,
  unit_name text not null,
  unit_name_en text not null,
  typical_cost bigint not null,
  answers text[]
);
alter table support_kind add constraint kind_cost_possible CHECK (((typical_cost >= 0) AND (typical_cost <= '1000000000000'::bigint)));
alter table support_kind add constraint support_kind_pkey PRIMARY KEY (code);
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.support_kind FOR EACH STATEMENT EXECUTE FUNCTION change_everywhere();
alter table support_kind enable row level security;
create policy visible on support_kind for select to chungtay_app using (true);
grant select on support_kind to chungtay_app;

create table support_price (
  kind_code text not null,
  applies_from date not null,
  cost bigint not null
);
alter table support_price add constraint support_price_cost_positive CHECK ((cost > 0));
alter table support_price add constraint support_price_cost_possible CHECK ((cost <= '1000000000000'::bigint));
alter table support_price add constraint support_price_kind_code_fkey FOREIGN KEY (kind_code) REFERENCES support_kind(code) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table support_price add constraint support_price_pkey PRIMARY KEY (kind_code, applies_from);
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.support_price FOR EACH STATEMENT EXECUTE FUNCTION change_everywhere();
alter table support_price enable row level security;
create policy visible on support_price for select to chungtay_app using (true);
grant select on support_price to chungtay_app;

create table task (
  id uuid default gen_random_uuid() not null,
  kind "TaskKind" not null,
  area_id text not null,
  area_path ltree,
  pledge_id uuid,
  delivery_id uuid,
  assignee_id uuid,
  due_on date not null,
  opened_at timestamp(3) with time zone default CURRENT_TIMESTAMP not null,
  closed_at timestamp(3) with time zone,
  closed_by uuid,
  closing_note text default ''::text not null,
  adoption_id uuid,
  animal_handover_id uuid
);
alter table task add constraint task_adoption_id_fkey FOREIGN KEY (adoption_id) REFERENCES adoption(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table task add constraint task_animal_handover_id_fkey FOREIGN KEY (animal_handover_id) REFERENCES animal_handover(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table task add constraint task_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table task add constraint task_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table task add constraint task_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table task add constraint task_delivery_id_fkey FOREIGN KEY (delivery_id) REFERENCES delivery(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table task add constraint task_pkey PRIMARY KEY (id);
alter table task add constraint task_pledge_id_fkey FOREIGN KEY (pledge_id) REFERENCES pledge(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
CREATE INDEX task_area_gist ON public.task USING gist (area_path);
CREATE INDEX task_of_delivery ON public.task USING btree (delivery_id) WHERE (delivery_id IS NOT NULL);
CREATE INDEX task_silent ON public.task USING btree (due_on) WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX task_of_handover_open_once ON public.task USING btree (animal_handover_id, kind) WHERE ((closed_at IS NULL) AND (animal_handover_id IS NOT NULL));
CREATE UNIQUE INDEX task_open_once ON public.task USING btree (delivery_id, kind) WHERE (closed_at IS NULL);
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.task FOR EACH ROW EXECUTE FUNCTION set_area_path();
alter table task enable row level security;
create policy closed on task for update to chungtay_app using ((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])));
create policy opened on task for insert to chungtay_app with check ((closed_at IS NULL));
create policy visible on task for select to chungtay_app using ((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])));
grant insert, select on task to chungtay_app;
grant update (assignee_id, closed_at, closed_by, closing_note, due_on) on task to chungtay_app;

create table task_escalation (
  task_id uuid not null,
  due_on date not null,
  area_id text not null,
  area_path ltree,
  from_id uuid,
  to_id uuid not null,
  silent_since timestamp(3) with time zone not null,
  at timestamp(3) with time zone default CURRENT_TIMESTAMP not null
);
alter table task_escalation add constraint escalation_goes_to_another CHECK ((from_id IS DISTINCT FROM to_id));
alter table task_escalation add constraint task_escalation_area_id_fkey FOREIGN KEY (area_id) REFERENCES area(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table task_escalation add constraint task_escalation_from_id_fkey FOREIGN KEY (from_id) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table task_escalation add constraint task_escalation_pkey PRIMARY KEY (task_id, due_on);
alter table task_escalation add constraint task_escalation_task_id_fkey FOREIGN KEY (task_id) REFERENCES task(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
alter table task_escalation add constraint task_escalation_to_id_fkey FOREIGN KEY (to_id) REFERENCES account(id) ON UPDATE RESTRICT ON DELETE RESTRICT;
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.task_escalation FOR EACH ROW EXECUTE FUNCTION forbid_change();
CREATE TRIGGER area_path BEFORE INSERT OR UPDATE OF area_id ON public.task_escalation FOR EACH ROW EXECUTE FUNCTION set_area_path();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON public.task_escalation FOR EACH STATEMENT EXECUTE FUNCTION forbid_change();
alter table task_escalation enable row level security;
create policy visible on task_escalation for select to chungtay_app using ((area_path <@ ANY (( SELECT viewer_offices() AS viewer_offices)::ltree[])));
grant select on task_escalation to chungtay_app;

-- ── views ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

create view counted as
 SELECT moved.pledge_id,
    pledge.area_path,
    pledge.state,
    moved.period,
    moved.kind_code,
    moved.pledges,
    moved.promised,
    moved.allocated,
    moved.dispatched,
    moved.received,
    moved.settled
   FROM ( SELECT pledge_line.pledge_id,
            month_in_viet_nam(line_fact.at) AS period,
            pledge_line.kind_code,
            0 AS pledges,
                CASE line_fact.stage
                    WHEN 'PROMISED'::"Stage" THEN line_fact.amount
                    ELSE 0::bigint
                END AS promised,
                CASE line_fact.stage
                    WHEN 'ALLOCATED'::"Stage" THEN line_fact.amount
                    ELSE 0::bigint
                END AS allocated,
                CASE line_fact.stage
                    WHEN 'DISPATCHED'::"Stage" THEN line_fact.amount
                    ELSE 0::bigint
                END AS dispatched,
                CASE line_fact.stage
                    WHEN 'RECEIVED'::"Stage" THEN line_fact.amount
                    ELSE 0::bigint
                END AS received,
                CASE line_fact.stage
                    WHEN 'SETTLED'::"Stage" THEN line_fact.amount
                    ELSE 0::bigint
                END AS settled
           FROM line_fact
             JOIN pledge_line ON pledge_line.id = line_fact.line_id
          WHERE is_possible(line_fact.amount)
        UNION ALL
         SELECT pledge_1.id,
            month_in_viet_nam(pledge_1.registered_at) AS month_in_viet_nam,
            line.kind_code,
            1,
            0,
            0,
            0,
            0,
            0
           FROM pledge pledge_1
             CROSS JOIN LATERAL ( SELECT DISTINCT pledge_line.kind_code
                   FROM pledge_line
                  WHERE pledge_line.pledge_id = pledge_1.id) line) moved
     JOIN pledge ON pledge.id = moved.pledge_id;

create view open.account as
 SELECT id,
    person_id
   FROM account
  WHERE false;
grant select on open.account to chungtay_public;

create view open.adoption as
 SELECT id,
        CASE
            WHEN NOT anonymous THEN party_id
            ELSE NULL::uuid
        END AS party_id,
    anonymous,
    area_id,
    area_path,
    kind_code,
    statement,
    starts_on,
    ends_on,
    NULL::text AS contact_name,
    NULL::text AS contact_phone,
    NULL::text AS officer_name,
    state,
    NULL::text AS reason,
    continues_id,
    proposed_at,
    accepted_at,
    ended_on,
    version
   FROM adoption
  WHERE accepted_at IS NOT NULL;
grant select on open.adoption to chungtay_public;

create view open.allocation as
 SELECT id,
    line_id,
    need_id,
    pledge_id,
    party_id,
    household_id,
    recipient_code,
    area_id,
    area_path,
    kind_code,
    allocated,
    dispatched,
    received,
    settled,
    reasons,
    decided_by,
    decided_at,
    version,
    accepted_at,
    overridden,
    override_reason
   FROM allocation
  WHERE false;
grant select on open.allocation to chungtay_public;

create view open.animal as
 SELECT id,
    herd_id,
    tag,
    sex,
    born_on,
    dam_id,
    stands_for_id,
    owner,
    household_id,
    area_id,
    area_path,
    recipient_code,
    rule_code,
    pledge_id,
    party_id,
    generation,
    status,
    since,
    returned_on,
    version,
    is_awaited,
    is_placed,
    mother_id
   FROM animal
  WHERE false;
grant select on open.animal to chungtay_public;

create view open.animal_event as
 SELECT id,
    animal_id,
    kind,
    happened_on,
    price,
    cause,
    witness_name,
    note,
    handover_id,
    recorded_by,
    recorded_at,
    household_id,
    area_path,
    pledge_id,
    party_id
   FROM animal_event
  WHERE false;
grant select on open.animal_event to chungtay_public;

create view open.animal_handover as
 SELECT id,
    animal_id,
    household_id,
    area_id,
    area_path,
    pledge_id,
    party_id,
    handed_on,
    reason,
    witness_name,
    handed_by,
    handed_by_person_id,
    recorded_at,
    answer,
    channel,
    answered_at,
    answered_by,
    answer_witness,
    from_household_id,
    witness_document,
    answer_witness_document
   FROM animal_handover
  WHERE false;
grant select on open.animal_handover to chungtay_public;

create view open.area as
 SELECT id,
    kind,
    code,
    subtype,
    name,
    full_name,
    name_en,
    valid_from,
    valid_to,
    path,
    history_complete,
    search,
    is_demo,
    names,
    former_names,
    lies_in
   FROM area;
grant select on open.area to chungtay_public;

create view open.area_decision as
 SELECT area_id,
    effective_on,
    decision_no,
    decided_on,
    issuer,
    recorded_by,
    recorded_at
   FROM area_decision;
grant select on open.area_decision to chungtay_public;

create view open.area_place as
 SELECT area_id,
    parent_id,
    path,
    valid_from,
    valid_to
   FROM area_place;
grant select on open.area_place to chungtay_public;

create view open.area_succession as
 SELECT from_id,
    to_id,
    transfer,
    effective_on,
    basis
   FROM area_succession;
grant select on open.area_succession to chungtay_public;

create view open.consent as
 SELECT id,
    household_id,
    purpose,
    given,
    channel,
    slip_id,
    account_id,
    person_id,
    witness_name,
    at
   FROM consent
  WHERE false;
grant select on open.consent to chungtay_public;

create view open.delivery as
 SELECT id,
    allocation_id,
    pledge_id,
    party_id,
    household_id,
    area_id,
    area_path,
    quantity,
    note,
    witness_name,
    witness_person_id,
    dispatched_by,
    dispatcher_person_id,
    dispatched_at,
    confirm_by,
    answer,
    received,
    version,
    decision_no,
    deliverer_name,
    handed_over_on,
    is_direct,
    place,
    taken_back,
    witness_document
   FROM delivery
  WHERE false;
grant select on open.delivery to chungtay_public;

create view open.delivery_photo as
 SELECT id,
    delivery_id,
    household_id,
    area_id,
    area_path,
    media_type,
    width,
    height,
    caption,
    consent_from,
    bytes,
    added_by,
    added_at,
    removed_by,
    removed_at,
    removal_reason
   FROM delivery_photo
  WHERE false;
grant select on open.delivery_photo to chungtay_public;

create view open.deprivation_indicator as
 SELECT standard_id,
    code,
    ordinal,
    name,
    name_en
   FROM deprivation_indicator;
grant select on open.deprivation_indicator to chungtay_public;

create view open.event as
 SELECT id,
    xid,
    at,
    type,
    audience,
    area_id,
    area_path,
    pledge_id,
    ( SELECT pledge.party_id
           FROM pledge
          WHERE pledge.id = event.pledge_id AND NOT pledge.anonymous) AS party_id,
    NULL::uuid AS household_id,
    line_id,
    NULL::uuid AS allocation_id,
    NULL::uuid AS delivery_id,
    NULL::uuid AS outcome_id,
    NULL::uuid AS need_id,
    NULL::uuid AS task_id,
    kind_code,
    quantity,
    NULL::uuid AS actor_id,
    adoption_id,
    NULL::uuid AS rights_change_id
   FROM event
  WHERE audience = 'PUBLIC'::"EventAudience";
grant select on open.event to chungtay_public;

create view open.follow_code as
 SELECT pledge_id,
    code,
    party_id
   FROM follow_code
  WHERE false;
grant select on open.follow_code to chungtay_public;

create view open.herd as
 SELECT id,
    rule_code,
    pledge_id,
    party_id,
    household_id,
    area_id,
    area_path,
    started_on,
    founders,
    households,
    living
   FROM herd
  WHERE false;
grant select on open.herd to chungtay_public;

create view open.herd_queue_entry as
 SELECT id,
    rule_code,
    household_id,
    area_id,
    area_path,
    joined_at,
    left_at,
    left_because
   FROM herd_queue_entry
  WHERE false;
grant select on open.herd_queue_entry to chungtay_public;

create view open.household as
 SELECT id,
    code,
    area_id,
    area_path,
    head_name,
    phone,
    members,
    causes,
    wish,
    status,
    version,
    created_at,
    is_demo
   FROM household
  WHERE false;
grant select on open.household to chungtay_public;

create view open.household_deprivation as
 SELECT household_id,
    standard_id,
    indicator_code,
    recorded_on
   FROM household_deprivation
  WHERE false;
grant select on open.household_deprivation to chungtay_public;

create view open.household_party as
 SELECT household_id,
    party_id
   FROM household_party
  WHERE false;
grant select on open.household_party to chungtay_public;

create view open.household_status as
 SELECT id,
    household_id,
    status,
    standard_id,
    decision_no,
    decided_on,
    effective_on,
    list_year,
    recorded_by,
    recorded_at
   FROM household_status
  WHERE false;
grant select on open.household_status to chungtay_public;

create view open.job_post as
 SELECT line_id,
    area_id,
    skills_wanted,
    skills_taught,
    wage,
    starts_on,
    search
   FROM job_post
  WHERE (EXISTS ( SELECT
           FROM pledge_line
          WHERE pledge_line.id = job_post.line_id AND pledge_line.state = 'VERIFIED'::"PledgeState"));
grant select on open.job_post to chungtay_public;

create view open.line_fact as
 SELECT id,
    line_id,
    stage,
    amount,
    allocation_id,
    delivery_id,
    actor_id,
    reason,
    at,
    area_path,
    party_id,
    pledge_id
   FROM line_fact
  WHERE false;
grant select on open.line_fact to chungtay_public;

create view open.matching_proposal as
 SELECT id,
    run_id,
    ordinal,
    line_id,
    need_id,
    household_id,
    area_id,
    area_path,
    kind_code,
    quantity,
    reasons,
    state,
    allocation_id,
    decline_reason,
    declined_by_household,
    decided_by,
    decided_at,
    method
   FROM matching_proposal
  WHERE false;
grant select on open.matching_proposal to chungtay_public;

create view open.matching_run as
 SELECT id,
    area_id,
    area_path,
    day,
    weights,
    guards,
    inputs,
    inputs_digest,
    greedy,
    refused,
    run_by,
    run_at,
    optimal,
    ended_at
   FROM matching_run
  WHERE false;
grant select on open.matching_run to chungtay_public;

create view open.matching_setting as
 SELECT id,
    area_id,
    area_path,
    version,
    weights,
    guards,
    returns_to,
    changed_by,
    changed_at
   FROM matching_setting
  WHERE false;
grant select on open.matching_setting to chungtay_public;

create view open.need as
 SELECT id,
    household_id,
    area_id,
    area_path,
    kind_code,
    detail,
    quantity,
    urgency,
    allocated,
    received,
    raised_by,
    raised_at,
    verified_at,
    withdrawn_at,
    version
   FROM need
  WHERE false;
grant select on open.need to chungtay_public;

create view open.need_total as
 SELECT area_path,
    kind_code,
    quantity,
    allocated,
    received,
    urgency_1,
    urgency_2,
    urgency_3
   FROM need_total;
grant select on open.need_total to chungtay_public;

create view open.need_total_delta as
 SELECT area_path,
    kind_code,
    quantity,
    allocated,
    received,
    urgency_1,
    urgency_2,
    urgency_3
   FROM need_total_delta;
grant select on open.need_total_delta to chungtay_public;

create view open.outcome as
 SELECT id,
    kind,
    allocation_id,
    line_id,
    pledge_id,
    party_id,
    household_id,
    area_id,
    area_path,
    quantity,
    observed_on,
    detail,
    cause,
    witness_name,
    to_household_id,
    recorded_by,
    recorded_at,
    unit_price,
    by_household,
    slip_id,
    is_further_on
   FROM outcome
  WHERE false;
grant select on open.outcome to chungtay_public;

create view open.party as
 SELECT id,
    kind,
    name,
    created_at,
    is_demo
   FROM party
  WHERE (EXISTS ( SELECT
           FROM pledge
          WHERE pledge.party_id = party.id AND pledge.state = 'VERIFIED'::"PledgeState" AND NOT pledge.anonymous)) OR (EXISTS ( SELECT
           FROM adoption
          WHERE adoption.party_id = party.id AND adoption.accepted_at IS NOT NULL AND NOT adoption.anonymous));
grant select on open.party to chungtay_public;

create view open.party_contact as
 SELECT party_id,
    name,
    phone,
    email
   FROM party_contact
  WHERE false;
grant select on open.party_contact to chungtay_public;

create view open.person as
 SELECT id,
    display_name,
    is_demo
   FROM person
  WHERE false;
grant select on open.person to chungtay_public;

create view open.plan as
 SELECT id,
    area_id,
    number,
    title,
    title_en,
    issuer,
    issued_on,
    standard_id,
    baseline_on,
    households_total
   FROM plan;
grant select on open.plan to chungtay_public;

create view open.plan_target as
 SELECT plan_id,
    due_on,
    area_id,
    indicator,
    numerator,
    denominator,
    cumulative,
    printed
   FROM plan_target;
grant select on open.plan_target to chungtay_public;

create view open.pledge as
 SELECT id,
    NULL::text AS transfer_code,
        CASE
            WHEN NOT anonymous THEN party_id
            ELSE NULL::uuid
        END AS party_id,
    anonymous,
    area_id,
    area_path,
    expected_on,
    NULL::text AS message,
    state,
    registered_at,
    verified_at,
    version,
    is_demo,
    place_1,
    place_2,
    place_3
   FROM pledge
  WHERE state = 'VERIFIED'::"PledgeState";
grant select on open.pledge to chungtay_public;

create view open.pledge_line as
 SELECT id,
    pledge_id,
    ordinal,
    kind_code,
    detail,
    promised,
    allocated,
    dispatched,
    received,
    settled,
    area_path,
    NULL::uuid AS party_id,
    state
   FROM pledge_line
  WHERE state = 'VERIFIED'::"PledgeState";
grant select on open.pledge_line to chungtay_public;

create view open.pledge_step as
 SELECT id,
    pledge_id,
    step,
    reason,
    actor_id,
    at,
    area_path,
    party_id
   FROM pledge_step
  WHERE false;
grant select on open.pledge_step to chungtay_public;

create view open.poverty_cause as
 SELECT code,
    ordinal,
    name,
    name_en
   FROM poverty_cause;
grant select on open.poverty_cause to chungtay_public;

create view open.poverty_standard as
 SELECT id,
    name,
    name_en,
    legal_basis,
    applies_from,
    applies_to
   FROM poverty_standard;
grant select on open.poverty_standard to chungtay_public;

create view open.printed_figure as
 SELECT plan_id,
    period_end,
    area_id,
    ordinal,
    numerator,
    denominator,
    percent
   FROM printed_figure
  WHERE false;
grant select on open.printed_figure to chungtay_public;

create view open.purchase_agreement as
 SELECT line_id,
    product,
    season_from,
    season_to,
    floor_price,
    bought,
    paid,
    value,
    search
   FROM purchase_agreement
  WHERE (EXISTS ( SELECT
           FROM pledge_line
          WHERE pledge_line.id = purchase_agreement.line_id AND pledge_line.state = 'VERIFIED'::"PledgeState"));
grant select on open.purchase_agreement to chungtay_public;

create view open.receipt as
 SELECT id,
    delivery_id,
    pledge_id,
    party_id,
    household_id,
    area_id,
    area_path,
    answer,
    received,
    note,
    channel,
    slip_id,
    account_id,
    person_id,
    witness_name,
    at,
    witness_document
   FROM receipt
  WHERE false;
grant select on open.receipt to chungtay_public;

create view open.rights_change as
 SELECT id,
    at,
    kind,
    role,
    area_id,
    area_path,
    party_id,
    account_id,
    person_name,
    by_id,
    by_name
   FROM rights_change
  WHERE false;
grant select on open.rights_change to chungtay_public;

create view open.roll_up as
 SELECT area_path,
    period,
    kind_code,
    pledges,
    promised,
    allocated,
    dispatched,
    received,
    settled
   FROM roll_up;
grant select on open.roll_up to chungtay_public;

create view open.roll_up_delta as
 SELECT area_path,
    period,
    kind_code,
    pledges,
    promised,
    allocated,
    dispatched,
    received,
    settled
   FROM roll_up_delta;
grant select on open.roll_up_delta to chungtay_public;

create view open.rotation_rule as
 SELECT code,
    ordinal,
    name,
    name_en,
    kind_code,
    source,
    source_en,
    note,
    note_en,
    return_ordinal,
    male_calf,
    return_from_months,
    return_by_months,
    keep_months
   FROM rotation_rule;
grant select on open.rotation_rule to chungtay_public;

create view open.support_kind as
 SELECT code,
    family,
    ordinal,
    name,
    name_en,
    unit,
    unit_name,
    unit_name_en,
    typical_cost,
    answers
   FROM support_kind;
grant select on open.support_kind to chungtay_public;

create view open.support_price as
 SELECT kind_code,
    applies_from,
    cost
   FROM support_price;
grant select on open.support_price to chungtay_public;

create view open.task as
 SELECT id,
    kind,
    area_id,
    area_path,
    pledge_id,
    delivery_id,
    assignee_id,
    due_on,
    opened_at,
    closed_at,
    closed_by,
    closing_note,
    adoption_id,
    animal_handover_id
   FROM task
  WHERE false;
grant select on open.task to chungtay_public;

create view open.task_escalation as
 SELECT task_id,
    due_on,
    area_id,
    area_path,
    from_id,
    to_id,
    silent_since,
    at
   FROM task_escalation
  WHERE false;
grant select on open.task_escalation to chungtay_public;
