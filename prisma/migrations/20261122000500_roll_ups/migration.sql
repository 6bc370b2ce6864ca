-- Totals that cost the same for a hamlet and for the nation: sums kept for every area, by kind and month.
--
-- Whoever writes appends what changed to roll_up_delta, a tail without a row that two writers would share. Once a second
-- fold_roll_ups() moves the tail into roll_up, for the area and all above it. Sums plus tail, read in one statement, are exact at any moment.

-- An area stands here by its path, as it does on pledges; the nation is the empty path. `period` is the first day of a month in
-- Viet Nam; '-infinity' stands for all months together.
-- CreateTable
CREATE TABLE "roll_up" (
    "area_path" TEXT COLLATE "C" NOT NULL,
    "period" DATE NOT NULL,
    "kind_code" TEXT NOT NULL,
    "pledges" INTEGER NOT NULL,
    "promised" BIGINT NOT NULL,
    "allocated" BIGINT NOT NULL,
    "dispatched" BIGINT NOT NULL,
    "received" BIGINT NOT NULL,
    "settled" BIGINT NOT NULL,

    CONSTRAINT "roll_up_pkey" PRIMARY KEY ("area_path","period","kind_code")
);

-- CreateTable
CREATE TABLE "roll_up_delta" (
    "area_path" ltree NOT NULL,
    "period" DATE NOT NULL,
    "kind_code" TEXT NOT NULL,
    "pledges" INTEGER NOT NULL,
    "promised" BIGINT NOT NULL,
    "allocated" BIGINT NOT NULL,
    "dispatched" BIGINT NOT NULL,
    "received" BIGINT NOT NULL,
    "settled" BIGINT NOT NULL
);

-- ltree sorts an area right before all that is below it, so a subtree is a range of this index, and areas need no rank of their own.
-- CreateIndex
CREATE INDEX "roll_up_delta_area_path_idx" ON "roll_up_delta"("area_path");

-- Room for new versions of a row beside the old one; and the tail is swept by when it was written, not by how much there is.
alter table roll_up set (fillfactor = 70);
alter table roll_up_delta set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

alter table roll_up enable row level security;
alter table roll_up_delta enable row level security;
create policy visible on roll_up for select to chungtay_app using (true);
create policy visible on roll_up_delta for select to chungtay_app using (true);
grant select on roll_up, roll_up_delta to chungtay_app;

-- ── what is counted ─────────────────────────────────────────────────────────────────────────────────────────────────

create function month_in_viet_nam(timestamptz) returns date language sql immutable parallel safe as
  $$ select date_trunc('month', $1 at time zone 'Asia/Ho_Chi_Minh')::date $$;

-- Everything that totals are sums of: each fact in the month it happened, and each pledge, once a kind, in the month it was registered.
create view counted as
  select pledge_id, area_path, state, period, kind_code, pledges, promised, allocated, dispatched, received, settled
  from (
    select pledge_line.pledge_id, month_in_viet_nam(line_fact.at) as period, pledge_line.kind_code, 0 as pledges,
           case stage when 'PROMISED'   then amount else 0 end as promised,
           case stage when 'ALLOCATED'  then amount else 0 end as allocated,
           case stage when 'DISPATCHED' then amount else 0 end as dispatched,
           case stage when 'RECEIVED'   then amount else 0 end as received,
           case stage when 'SETTLED'    then amount else 0 end as settled
    from line_fact join pledge_line on pledge_line.id = line_fact.line_id
    union all
    select pledge.id, month_in_viet_nam(registered_at), line.kind_code, 1, 0, 0, 0, 0, 0
    from pledge cross join lateral (select distinct kind_code from pledge_line where pledge_id = pledge.id) line) moved
  join pledge on pledge.id = moved.pledge_id;

-- ── writing: every statement that moves what counts says by how much ────────────────────────────────────────────────

-- Locks go line → allocation → need; every command that locks does it in the same order.
create or replace function apply_line_fact() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  line record;
  need_of_it uuid;
begin
  update pledge_line set
    promised   = promised   + case new.stage when 'PROMISED'   then new.amount else 0 end,
    allocated  = allocated  + case new.stage when 'ALLOCATED'  then new.amount else 0 end,
    dispatched = dispatched + case new.stage when 'DISPATCHED' then new.amount else 0 end,
    received   = received   + case new.stage when 'RECEIVED'   then new.amount else 0 end,
    settled    = settled    + case new.stage when 'SETTLED'    then new.amount else 0 end
  where id = new.line_id
  returning pledge_id, kind_code into line;
  -- A statement of its own: what it reads of the pledge is true as long as the line is locked, and a pledge whose state changes locks its lines.
  insert into roll_up_delta
  select area_path, month_in_viet_nam(new.at), line.kind_code, 0,
         case new.stage when 'PROMISED'   then new.amount else 0 end,
         case new.stage when 'ALLOCATED'  then new.amount else 0 end,
         case new.stage when 'DISPATCHED' then new.amount else 0 end,
         case new.stage when 'RECEIVED'   then new.amount else 0 end,
         case new.stage when 'SETTLED'    then new.amount else 0 end
  from pledge where id = line.pledge_id and state = 'VERIFIED';
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

-- A pledge begins to count, or stops, with all that was ever moved of it.
create function count_pledge() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;
create trigger count_pledge after update of state on pledge for each row
  when (old.state <> new.state and 'VERIFIED' in (old.state, new.state)) execute function count_pledge();

-- A line comes with its pledge, or it would count without having been verified.
alter policy written on pledge_line with check (
  exists (select 1 from pledge where pledge.id = pledge_id and pledge.state = 'REGISTERED' and pledge.party_id = any ((select viewer_parties())::uuid[])));

-- ── folding, counting anew, checking ────────────────────────────────────────────────────────────────────────────────

-- An area and all above it, the nation included.
create function and_above(ltree) returns setof text language sql immutable parallel safe as
  $$ select ltree2text(subpath($1, 0, level)) from generate_series(0, nlevel($1)) level $$;

-- Moves what is in the tail into the sums. What one snapshot sees of the tail goes from it and comes into the sums at once, so
-- that every reader sees it on one side. One at a time. Moves so many rows or, without a number, all; returns how many it moved.
create function fold_roll_ups(most int default null) returns int language sql security definer set search_path = public, pg_temp as $$
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
$$;
revoke all on function fold_roll_ups(int) from public;
grant execute on function fold_roll_ups(int) to chungtay_app;

-- Where sums and tail are not what the facts come to, and by how much; no row at all when they are. For the owner.
create function check_roll_ups()
returns table (area_path text, period date, kind_code text, pledges bigint, promised numeric, allocated numeric, dispatched numeric, received numeric, settled numeric)
language sql stable set search_path = public, pg_temp as $$
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
$$;
revoke all on function check_roll_ups() from public;

-- Counts everything anew, as after rows were written past the triggers. Whoever writes waits, readers do not. For the owner.
create function recount_roll_ups() returns void language sql set search_path = public, pg_temp as $$
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
$$;
revoke all on function recount_roll_ups() from public;

select recount_roll_ups();
