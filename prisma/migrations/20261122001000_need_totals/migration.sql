-- What all households of an area lack, kept for every area: as totals of pledges are, sums and a tail that is folded into them.

-- Verified needs that were not withdrawn. `urgency_3`: how many of them are urgent. An area stands here by its path, the nation as ''.
-- CreateTable
CREATE TABLE "need_total" (
    "area_path" TEXT COLLATE "C" NOT NULL,
    "kind_code" TEXT NOT NULL,
    "quantity" BIGINT NOT NULL,
    "allocated" BIGINT NOT NULL,
    "received" BIGINT NOT NULL,
    "urgency_1" INTEGER NOT NULL,
    "urgency_2" INTEGER NOT NULL,
    "urgency_3" INTEGER NOT NULL,

    CONSTRAINT "need_total_pkey" PRIMARY KEY ("area_path","kind_code")
);

-- CreateTable
CREATE TABLE "need_total_delta" (
    "area_path" ltree NOT NULL,
    "kind_code" TEXT NOT NULL,
    "quantity" BIGINT NOT NULL,
    "allocated" BIGINT NOT NULL,
    "received" BIGINT NOT NULL,
    "urgency_1" INTEGER NOT NULL,
    "urgency_2" INTEGER NOT NULL,
    "urgency_3" INTEGER NOT NULL
);

alter table need_total set (fillfactor = 70);
alter table need_total_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

alter table need_total enable row level security;
alter table need_total_delta enable row level security;
create policy visible on need_total for select to chungtay_app using (true);
create policy visible on need_total_delta for select to chungtay_app using (true);
grant select on need_total, need_total_delta to chungtay_app;
create view open.need_total as select * from public.need_total;
create view open.need_total_delta as select * from public.need_total_delta;
grant select on open.need_total, open.need_total_delta to chungtay_public;

-- What everyone may know of the needs of an area and all below it: by kind, exact at any moment. Read with the reader's rights.
-- Mostly the tail is empty, and the sums alone are the answer. Each comes with what is known of its kind.
create function needs_in(area ltree)
returns table (kind_code text, quantity bigint, allocated bigint, received bigint, urgency int, ordinal int,
  code text, family "SupportFamily", name text, name_en text, unit text, unit_name text, unit_name_en text, typical_cost bigint, answers text[])
language sql stable as $$
  select part.kind_code, quantity, allocated, received, urgency, kind.ordinal,
         kind.code, kind.family, kind.name, kind.name_en, kind.unit, kind.unit_name, kind.unit_name_en, kind.typical_cost, kind.answers
  from (
    select kind_code, quantity, allocated, received, case when urgency_3 > 0 then 3 when urgency_2 > 0 then 2 else 1 end as urgency
    from need_total
    where area_path = ltree2text($1) and urgency_1 + urgency_2 + urgency_3 > 0 and not exists (select from need_total_delta)
    union all
    select kind_code, sum(quantity)::bigint, sum(allocated)::bigint, sum(received)::bigint,
           case when sum(urgency_3) > 0 then 3 when sum(urgency_2) > 0 then 2 else 1 end
    from (
      select kind_code, quantity, allocated, received, urgency_1, urgency_2, urgency_3 from need_total where area_path = ltree2text($1)
      union all
      select kind_code, quantity, allocated, received, urgency_1, urgency_2, urgency_3 from need_total_delta where area_path <@ $1) moved
    where exists (select from need_total_delta)
    group by kind_code
    having sum(urgency_1 + urgency_2 + urgency_3) > 0) part
  left join support_kind kind on kind.code = part.kind_code
$$;

-- ── writing: what a statement changes of the needs that count goes into the tail, and is told ────────────────────────

create or replace function need_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  places text;
begin
  with moved as (
    insert into need_total_delta
    select area_path, kind_code, sum(sign * quantity), sum(sign * allocated), sum(sign * received),
           sum(sign * (urgency = 1)::int), sum(sign * (urgency = 2)::int), sum(sign * (urgency = 3)::int)
    from (
      select -1 as sign, area_path, kind_code, quantity, allocated, received, urgency from before where verified_at is not null and withdrawn_at is null
      union all
      select 1, area_path, kind_code, quantity, allocated, received, urgency from after where verified_at is not null and withdrawn_at is null) step
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
    from after where verified_at is not null and withdrawn_at is null
    group by area_path, kind_code
    returning area_path)
  select string_agg(distinct area_path::text, ',') into places from moved;
  perform tell_change(places);
  return null;
end $$;

-- ── folding, counting anew, checking: as for roll_up ────────────────────────────────────────────────────────────────

create function fold_need_totals(most int default null) returns int language sql security definer set search_path = public, pg_temp as $$
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
$$;
revoke all on function fold_need_totals(int) from public;
grant execute on function fold_need_totals(int) to chungtay_app;

create function check_need_totals()
returns table (area_path text, kind_code text, quantity numeric, allocated numeric, received numeric, urgency_1 bigint, urgency_2 bigint, urgency_3 bigint)
language sql stable set search_path = public, pg_temp as $$
  with due as (
    select area_path, kind_code, quantity, allocated, received, (urgency = 1)::int as urgency_1, (urgency = 2)::int as urgency_2, (urgency = 3)::int as urgency_3
    from need where verified_at is not null and withdrawn_at is null
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
revoke all on function check_need_totals() from public;

create function recount_need_totals() returns void language sql set search_path = public, pg_temp as $$
  select pg_advisory_xact_lock(hashtext('need_total'));
  lock table need_total_delta in exclusive mode;
  delete from need_total;
  delete from need_total_delta;
  insert into need_total_delta
  select area_path, kind_code, sum(quantity), sum(allocated), sum(received),
         count(*) filter (where urgency = 1), count(*) filter (where urgency = 2), count(*) filter (where urgency = 3)
  from need where verified_at is not null and withdrawn_at is null
  group by area_path, kind_code;
  select fold_need_totals();
  analyze need_total;
$$;
revoke all on function recount_need_totals() from public;

-- Every need is read where it lies: the view that added them up for each reader has no reader left.
drop view open.public_need;
drop view public_need;

select recount_need_totals();
