-- Tasks for named persons: who is in charge, who holds which office, and deliveries that nobody has answered.

-- The day it is where the hub works; the server's own zone is UTC (twin: dayInVietNam in server/src/platform/day.ts).
create function today_in_viet_nam() returns date language sql stable parallel safe as
  $$ select (now() at time zone 'Asia/Ho_Chi_Minh')::date $$;

-- ── offices: role_grant is the gate's, so the app asks these ────────────────────────────────────────────────────────

-- The account of the officer in charge of an area: the nearest commune officer at or above it, else the nearest province officer.
create function officer_for(ltree) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select account.id
  from role_grant
  join account on account.id = role_grant.account_id and account.disabled_at is null
  join area on area.id = role_grant.area_id and area.path @> $1
  where role_grant.role in ('COMMUNE_OFFICER', 'PROVINCE_OFFICER') and role_grant.revoked_at is null
  order by role_grant.role = 'COMMUNE_OFFICER' desc, nlevel(area.path) desc, role_grant.granted_at, role_grant.id
  limit 1
$$;
revoke all on function officer_for(ltree) from public;
grant execute on function officer_for(ltree) to chungtay_app;

-- Who holds an office at an area, above it or below it; for those who hold one at it or above it themselves.
create function office_holders(ltree)
returns table (account_id uuid, person_id uuid, display_name text, role "Role", area_id text, level int)
language sql stable security definer set search_path = public, pg_temp as $$
  select account.id, person.id, person.display_name, role_grant.role, area.id, nlevel(area.path)
  from role_grant
  join account on account.id = role_grant.account_id and account.disabled_at is null
  join person on person.id = account.person_id
  join area on area.id = role_grant.area_id and (area.path @> $1 or area.path <@ $1)
  where role_grant.role in ('HAMLET_HEAD', 'COMMUNE_OFFICER', 'PROVINCE_OFFICER') and role_grant.revoked_at is null
    and $1 <@ any (viewer_offices())
$$;
revoke all on function office_holders(ltree) from public;
grant execute on function office_holders(ltree) to chungtay_app;

-- ── both sides of a hand-over by name: a household may not read persons, but knows who came to its door ─────────────

create function handed_over_by(of_delivery uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select person.display_name from delivery join person on person.id = delivery.dispatcher_person_id
  where delivery.id = $1 and (delivery.area_path <@ any (viewer_offices()) or delivery.household_id = any (viewer_households()))
$$;
revoke all on function handed_over_by(uuid) from public;
grant execute on function handed_over_by(uuid) to chungtay_app;

create function confirmed_by_proxy(of_receipt uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select person.display_name from receipt join person on person.id = receipt.person_id
  where receipt.id = $1 and receipt.channel = 'PROXY'
    and (receipt.area_path <@ any (viewer_offices()) or receipt.household_id = any (viewer_households()))
$$;
revoke all on function confirmed_by_proxy(uuid) from public;
grant execute on function confirmed_by_proxy(uuid) to chungtay_app;

-- ── tasks about deliveries ──────────────────────────────────────────────────────────────────────────────────────────

-- However often a household says the same, one open task says it.
create unique index task_open_once on task (delivery_id, kind) where closed_at is null;
create index task_of_delivery on task (delivery_id) where delivery_id is not null;
create index delivery_unanswered on delivery (confirm_by) where answer is null;

-- A task for each delivery whose day has passed without an answer, once each. Returns how many were opened.
create function open_unconfirmed_tasks(due date) returns int language sql security definer set search_path = public, pg_temp as $$
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
$$;
revoke all on function open_unconfirmed_tasks(date) from public;
grant execute on function open_unconfirmed_tasks(date) to chungtay_app;

-- Ends the task of a delivery that has been answered after all: the household, who answers, may not touch tasks itself.
create function close_answered_task(of_delivery uuid) returns uuid language sql security definer set search_path = public, pg_temp as $$
  update task set closed_at = now()
  from delivery
  where delivery.id = $1 and delivery.answer is not null
    and task.delivery_id = delivery.id and task.kind = 'UNCONFIRMED' and task.closed_at is null
  returning task.id
$$;
revoke all on function close_answered_task(uuid) from public;
grant execute on function close_answered_task(uuid) to chungtay_app;
