-- A task about a hand-over that stays silent for its time goes one office up, and says who had it until then.

-- CreateTable
CREATE TABLE "task_escalation" (
    "task_id" UUID NOT NULL,
    "due_on" DATE NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "from_id" UUID,
    "to_id" UUID NOT NULL,
    "silent_since" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "task_escalation_pkey" PRIMARY KEY ("task_id","due_on")
);

-- AddForeignKey
ALTER TABLE "task_escalation" ADD CONSTRAINT "task_escalation_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "task_escalation" ADD CONSTRAINT "task_escalation_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "task_escalation" ADD CONSTRAINT "task_escalation_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "task_escalation" ADD CONSTRAINT "task_escalation_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table task_escalation add constraint escalation_goes_to_another check (from_id is distinct from to_id);

create trigger area_path before insert or update of area_id on task_escalation for each row execute function set_area_path();
create trigger append_only before update or delete on task_escalation for each row execute function forbid_change();
create trigger never_truncated before truncate on task_escalation for each statement execute function forbid_change();

alter table task_escalation enable row level security;
grant select on task_escalation to chungtay_app;
create policy visible on task_escalation for select to chungtay_app using (task_escalation.area_path <@ any ((select viewer_offices())::ltree[]));

create view open.task_escalation as select * from public.task_escalation where false;
grant select on open.task_escalation to chungtay_public;

-- What is silent is looked for every hour.
create index task_silent on task (due_on) where closed_at is null and delivery_id is not null;

create function office_rank("Role") returns int language sql immutable parallel safe as
  $$ select case $1 when 'HAMLET_HEAD' then 1 when 'COMMUNE_OFFICER' then 2 when 'PROVINCE_OFFICER' then 3 else 0 end $$;

-- The account of the nearest officer over an area whose office stands above all that this account holds over it; null where there is none.
-- Who holds no office there any more, or has no account in use, is followed by the nearest officer of all.
create function officer_above(ltree, silent uuid) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
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
$$;
revoke all on function officer_above(ltree, uuid) from public;

-- Every open task about a hand-over whose day has passed goes one office up, where there is one, with a new day. Returns how many did.
create function escalate_silent_tasks(due date) returns int language sql security definer set search_path = public, pg_temp as $$
  with silent as (
    -- Another process that is at the same task has it; by the time it lets go, the task has a new day.
    select id, area_path, assignee_id, due_on, opened_at from task
    where closed_at is null and delivery_id is not null and due_on < today_in_viet_nam()
    for update skip locked),
  risen as (
    select silent.*, officer_above(area_path, assignee_id) as to_id from silent),
  moved as (
    update task set assignee_id = risen.to_id, due_on = $1
    from risen
    where task.id = risen.id and risen.to_id is not null
    returning task.id, task.area_id, task.pledge_id, task.delivery_id, risen.assignee_id as from_id, risen.to_id, risen.due_on, risen.opened_at),
  said as (
    insert into task_escalation (task_id, due_on, area_id, from_id, to_id, silent_since)
    select id, due_on, area_id, from_id, to_id,
           coalesce((select max(earlier.at) from task_escalation earlier where earlier.task_id = moved.id), opened_at)
    from moved),
  told as (
    insert into event (type, audience, area_id, pledge_id, delivery_id, task_id)
    select 'TASK_ESCALATED', 'OFFICE', area_id, pledge_id, delivery_id, id from moved)
  select count(*)::int from moved
$$;
revoke all on function escalate_silent_tasks(date) from public;
grant execute on function escalate_silent_tasks(date) to chungtay_app;
