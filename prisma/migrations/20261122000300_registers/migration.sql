-- The registers: what everyone may know of how many households are poor, and the review of a plan under the areas of then.

-- A household placed in its hamlet takes its needs along.
grant update (area_id) on need to chungtay_app;

-- The next number for a household code that begins with the prefix; codes are kept through moves, so all areas are looked at.
create function next_household_number(prefix text) returns int language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(max(rest::int), 0) + 1 from household, substr(code, length(prefix) + 2) rest
  where starts_with(code, prefix || '-') and rest ~ '^\d{1,6}$'
$$;
revoke all on function next_household_number(text) from public;
grant execute on function next_household_number(text) to chungtay_app;

-- ── public counts: a number below k is never published, and none can be computed from those that are ─────────────────

-- CreateTable
-- Areas with k households or more; null where the number is withheld to protect a smaller one. All other areas have fewer than k.
CREATE TABLE "published_household_count" (
    "area_id" TEXT NOT NULL,
    "households" INTEGER,

    CONSTRAINT "published_household_count_pkey" PRIMARY KEY ("area_id")
);

-- AddForeignKey
ALTER TABLE "published_household_count" ADD CONSTRAINT "published_household_count_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Nobody but the functions below reads or writes it.
alter table published_household_count enable row level security;

-- The setting k, out of the app's reach. The owner changes it with: create or replace function small_count() … select 10 …;
-- and then publishes anew with: select publish_household_counts(id) from area where nlevel(path) = 1;
create function small_count() returns int language sql immutable parallel safe as $$ select 5 $$;

-- Poor, near-poor, or back in poverty: the households that the hub is about.
create function is_listed("HouseholdStatus") returns boolean language sql immutable parallel safe as
  $$ select $1 in ('POOR', 'NEAR_POOR', 'RELAPSED') $$;

-- Chooses what is published of one province. Cells are the areas right below an area of k or more, and the households that hang on
-- that area itself. Which cells are withheld follows from which cells are small, hardly ever from how small:
--   small  fewer than k, none included: "< k"
--   tight  made of small cells alone and so near the most they could hold that its number would give theirs away: withheld
--   other cells are published, but of the children of an area that has a small or tight child, or is itself withheld, one other
--   child is withheld, too, so that a number taken from one place can always be put in another: rather one that shows
--   nothing (no area, an ended area), then one that is unbounded (holds a cell of k or more without children), then the first.
-- So for whatever in an area of 1 to k-1 there is a second number that fits everything published: it can go one down (or up), and
-- another withheld cell one up (or down), each with a path of withheld cells down to a small cell or an unbounded one.
create function publish_household_counts(province text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;
revoke all on function publish_household_counts(text) from public;

-- At commit, once per province touched.
create function household_counts_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;
create constraint trigger counts_changed after insert on household deferrable initially deferred for each row
  when (new.status is not null) execute function household_counts_changed();
create constraint trigger counts_moved after update on household deferrable initially deferred for each row
  when ((old.status, old.area_path) is distinct from (new.status, new.area_path)) execute function household_counts_changed();

-- What everyone may know: '13', '< 5', '≥ 5' where withheld, '–' for an ended area that has none.
create function public_household_count(area text) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select case when published.area_id is not null then coalesce(published.households::text, '≥ ' || small_count())
              when area.valid_to is not null then '–'
              else '< ' || small_count() end
  from area left join published_household_count published on published.area_id = area.id
  where area.id = $1
$$;
revoke all on function public_household_count(text) from public;
grant execute on function public_household_count(text) to chungtay_app;

-- ── reviews: from the register, as the viewer may read it ───────────────────────────────────────────────────────────

-- The status that was in force on a day.
create function status_on(household uuid, day date) returns "HouseholdStatus" language sql stable as $$
  select status from household_status where household_id = $1 and effective_on <= $2 order by effective_on desc, recorded_at desc limit 1
$$;

-- The day whose areas a review goes by: its last, or the last of the plan's area.
create function review_day(plan text, period_to date) returns date language sql stable as
  $$ select least(period_to, area.valid_to) from plan join area on area.id = plan.area_id where plan.id = $1 $$;

-- The households of a plan's area, each under the unit right below that area in which it lay on that day (null: no unit is known).
create function review_households(plan text, period_from date, period_to date)
returns table (household_id uuid, unit_id text, at_baseline "HouseholdStatus", at_start "HouseholdStatus", at_end "HouseholdStatus")
language sql stable as $$
  select household.id, case when place.path <> above.path then ltree2text(subpath(place.path, nlevel(above.path), 1)) end,
         status_on(household.id, plan.baseline_on), status_on(household.id, $2 - 1), status_on(household.id, $3)
  from plan
  cross join review_day(plan.id, $3) as on_day
  join area_place above on above.area_id = plan.area_id and on_day between above.valid_from and coalesce(above.valid_to, 'infinity')
  join area_place place on place.path <@ above.path and on_day between place.valid_from and coalesce(place.valid_to, 'infinity')
  join household on household.area_id = place.area_id
  where plan.id = $1
$$;

-- One row per unit that has households or a printed figure, one for those in no unit, and the total.
create function review_rows(plan text, period_from date, period_to date)
returns table (plan_id text, period_from date, period_to date, kind text, ordinal int, unit_id text, had_at_baseline int, escaped_since_baseline int,
  had int, escaped int, worsened int, joined int, remaining int, printed_numerator int, printed_denominator int, printed_percent text)
language sql stable as $$
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
$$;
