-- Every hamlet makes jobs for a fifth of its poor and near-poor households a year; only a job that was kept counts.

-- CreateIndex
CREATE INDEX "outcome_household_id_idx" ON "outcome"("household_id");

-- The households of a place that were on the list at some time of the year, and those of them with a job that was kept: in the place as it is today, and
-- of what the asker may read. A job counts once, in the year in which it was first seen to be kept (the rule of jobs says when that may be said), unless
-- all of it was lost again by the end of that year.
create function job_target(place ltree, year int, out listed int, out kept int) language sql stable as $$
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
$$;

-- What everyone may know: the households as they are published today, which say nothing of another year; how many of the year's have kept a job, unless
-- that number, or how many have not, is small; and whether that is a fifth, unless it would tell a small number. (Four of more than twenty are no fifth.)
create function public_job_target(area text, year int, out households text, out kept text, out is_reached boolean)
returns setof record language sql stable security definer set search_path = public, pg_temp as $$
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
$$;
revoke all on function public_job_target(text, int) from public;
grant execute on function public_job_target(text, int) to chungtay_app, chungtay_public;

-- Kept answers: what becomes of a job changes what its hamlet shows.
create function job_outcome_added() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform tell_change((select string_agg(distinct household.area_path::text, ',')
    from after join household on household.id = after.household_id where after.kind in ('JOB_STARTED', 'JOB_KEPT', 'JOB_LOST')));
  return null;
end $$;
revoke all on function job_outcome_added() from public;
create trigger job_outcome_added after insert on outcome referencing new table as after for each statement execute function job_outcome_added();

-- So does what a decision recognises of a household, even where its status stays what it was.
create function status_recognised() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform tell_change((select string_agg(distinct household.area_path::text, ',') from after join household on household.id = after.household_id));
  return null;
end $$;
revoke all on function status_recognised() from public;
create trigger status_recognised after insert on household_status referencing new table as after for each statement execute function status_recognised();
