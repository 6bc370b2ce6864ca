-- What lies beyond every bound is neither stored nor counted. The commands ask common/bounds.ts, by the unit; here stand the widest of its bounds (LARGEST).
--
-- An earlier hub took any number for an amendment, and for the price of an animal. Such a promise is taken back by facts of its own, so that
-- the line promises what it did before the slip; a price stays as it was recorded. The constraints are not validated: what could not be set right
-- stands, is shown as it is, and counts in no sum.

create function is_possible(amount bigint) returns boolean language sql immutable parallel safe as
  $$ select amount between -1000000000000 and 1000000000000 $$;

-- What a quantity comes to; 0 where either cannot be true. Numeric: it cannot overflow.
create function worth(quantity bigint, price bigint) returns numeric language sql immutable parallel safe as
  $$ select case when is_possible(quantity) and is_possible(price) then quantity::numeric * price else 0 end $$;

-- ── what is counted ─────────────────────────────────────────────────────────────────────────────────────────────────

create or replace view counted as
  select pledge_id, area_path, state, period, kind_code, pledges, promised, allocated, dispatched, received, settled
  from (
    select pledge_line.pledge_id, month_in_viet_nam(line_fact.at) as period, pledge_line.kind_code, 0 as pledges,
           case stage when 'PROMISED'   then amount else 0 end as promised,
           case stage when 'ALLOCATED'  then amount else 0 end as allocated,
           case stage when 'DISPATCHED' then amount else 0 end as dispatched,
           case stage when 'RECEIVED'   then amount else 0 end as received,
           case stage when 'SETTLED'    then amount else 0 end as settled
    from line_fact join pledge_line on pledge_line.id = line_fact.line_id
    where is_possible(line_fact.amount)
    union all
    select pledge.id, month_in_viet_nam(registered_at), line.kind_code, 1, 0, 0, 0, 0, 0
    from pledge cross join lateral (select distinct kind_code from pledge_line where pledge_id = pledge.id) line) moved
  join pledge on pledge.id = moved.pledge_id;

create or replace function apply_line_fact() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;

create or replace function need_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;

create or replace function need_added() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;

create or replace function check_need_totals()
returns table (area_path text, kind_code text, quantity numeric, allocated numeric, received numeric, urgency_1 bigint, urgency_2 bigint, urgency_3 bigint)
language sql stable set search_path = public, pg_temp as $$
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
$$;

create or replace function recount_need_totals() returns void language sql set search_path = public, pg_temp as $$
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
$$;

-- ── promises beyond their bounds, of an earlier hub ─────────────────────────────────────────────────────────────────

-- From the latest fact back: each that lifted the promise beyond what a line of its unit may promise is taken back, as far as nothing of it is allocated.
do $$
declare
  line record;
  slip record;
begin
  for line in
    select pledge_line.id, case kind.unit when 'VND' then 1000000000000 when 'kg' then 10000000 when 'plant' then 1000000 when 'm2' then 1000000 else 10000 end as most
    from pledge_line join support_kind kind on kind.code = pledge_line.kind_code
    where pledge_line.promised > case kind.unit when 'VND' then 1000000000000 when 'kg' then 10000000 when 'plant' then 1000000 when 'm2' then 1000000 else 10000 end
  loop
    for slip in select id, amount from line_fact where line_id = line.id and stage = 'PROMISED' and amount > 0 order by id desc loop
      exit when (select promised <= line.most from pledge_line where id = line.id);
      insert into line_fact (line_id, stage, amount, reason)
      select line.id, 'PROMISED', -least(slip.amount, promised - allocated),
             'Số này vượt quá mức có thể nên được đưa về như trước. This number was beyond what is possible and is taken back.'
      from pledge_line where id = line.id and promised > allocated;
    end loop;
  end loop;
end $$;

select recount_roll_ups();

-- ── purchases: products that cannot overflow ────────────────────────────────────────────────────────────────────────

create or replace function add_purchase() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update purchase_agreement set
    bought = bought + case new.kind when 'PRODUCE_BOUGHT' then new.quantity else 0 end,
    value = value + case new.kind when 'PRODUCE_BOUGHT' then worth(new.quantity, new.unit_price) else 0 end,
    paid = paid + case new.kind when 'PRODUCE_PAID' then new.quantity else 0 end
  where line_id = new.line_id;
  return null;
end $$;

alter table purchase_agreement
  drop constraint purchase_agreement_keeps_floor,
  add constraint purchase_agreement_keeps_floor check (value >= bought::numeric * floor_price) not valid;

-- ── the walls behind the commands ───────────────────────────────────────────────────────────────────────────────────

-- Taking back is always possible, or a promise beyond its bound could never be lowered.
alter table line_fact           add constraint fact_amount_possible          check (amount <= 1000000000000) not valid;
alter table need                add constraint need_quantity_possible        check (quantity <= 100000000) not valid;
alter table delivery            add constraint delivery_quantity_possible    check (quantity <= 1000000000000) not valid;
alter table outcome             add constraint outcome_quantity_possible     check (quantity <= 1000000000000) not valid,
                                add constraint outcome_price_possible        check (unit_price <= 10000000) not valid;
alter table matching_proposal   add constraint proposal_quantity_possible    check (quantity <= 1000000000000) not valid;
alter table job_post            add constraint post_wage_possible            check (wage between 1 and 200000000) not valid;
alter table purchase_agreement  add constraint agreement_price_possible      check (floor_price between 1 and 10000000) not valid;
alter table animal_event        add constraint event_price_possible          check (price <= 500000000) not valid;
alter table household           add constraint household_members_possible    check (members between 1 and 30) not valid;
alter table support_kind        add constraint kind_cost_possible            check (typical_cost between 0 and 1000000000000) not valid;
alter table support_price       add constraint support_price_cost_possible   check (cost <= 1000000000000) not valid;

-- Rows that change in other ways are refused only when the number itself becomes impossible: what was recorded before goes on.
create function stays_possible() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception 'beyond what is possible' using errcode = '23514', constraint = tg_name;
end $$;
create trigger line_promise_possible before update of promised on pledge_line for each row
  when (new.promised > 1000000000000 and new.promised > old.promised) execute function stays_possible();
create trigger allocation_possible before update of allocated on allocation for each row
  when (new.allocated > 1000000000000 and new.allocated > old.allocated) execute function stays_possible();

-- Where no row is beyond them, the constraints hold for what is there, too.
do $$
declare bound record;
begin
  for bound in select conrelid::regclass as of_table, conname from pg_constraint where contype = 'c' and not convalidated and connamespace = 'public'::regnamespace loop
    begin
      execute format('alter table %s validate constraint %I', bound.of_table, bound.conname);
    exception when check_violation then
      raise notice '% of % holds from now on: rows of before are beyond it', bound.conname, bound.of_table;
    end;
  end loop;
end $$;
