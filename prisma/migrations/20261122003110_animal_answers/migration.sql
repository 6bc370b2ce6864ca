-- What follows an animal's hand-over: both households know of it, silence and trouble become somebody's task, an arrival is told and is an outcome.
-- AlterTable
ALTER TABLE "animal_handover" ADD COLUMN "from_household_id" UUID;

-- AlterTable
ALTER TABLE "task" ADD COLUMN "animal_handover_id" UUID;

-- CreateIndex
CREATE INDEX "animal_handover_from_household_id_idx" ON "animal_handover"("from_household_id");

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_animal_handover_id_fkey" FOREIGN KEY ("animal_handover_id") REFERENCES "animal_handover"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- ── both households of a hand-over know of it ───────────────────────────────────────────────────────────────────────

alter table animal_handover disable trigger two_sides;
-- Of those made before: a mother stays where her calves were born.
update animal_handover set from_household_id = coalesce(mother.household_id, animal.household_id)
from animal left join animal sold on sold.id = animal.stands_for_id left join animal mother on mother.id = coalesce(animal.dam_id, sold.dam_id)
where animal.id = animal_handover.animal_id;
alter table animal_handover enable trigger two_sides;

create or replace function place_handover() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select area_id, area_path into strict new.area_id, new.area_path from household where id = new.household_id;
  select pledge_id, party_id, household_id into strict new.pledge_id, new.party_id, new.from_household_id from animal where id = new.animal_id;
  return new;
end $$;

alter policy visible on animal_handover using ((animal_handover.area_path <@ any ((select viewer_offices())::ltree[]) or animal_handover.household_id = any ((select viewer_households())::uuid[]) or animal_handover.from_household_id = any ((select viewer_households())::uuid[]) or animal_handover.party_id = any ((select viewer_parties())::uuid[]) or animal_handover.pledge_id = any ((select viewer_pledges())::uuid[])));
create or replace view open.animal_handover as select * from public.animal_handover where false;

-- What is coming, for those who are asked whether it came: the animal itself is still another household's.
create function handed_animal(of_handover uuid) returns jsonb language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_build_object('tag', animal.tag, 'sex', animal.sex, 'bornOn', animal.born_on, 'kind', rotation_rule.kind_code)
  from animal_handover handover join animal on animal.id = handover.animal_id join rotation_rule on rotation_rule.code = animal.rule_code
  where handover.id = $1 and (handover.area_path <@ any (viewer_offices()) or handover.household_id = any (viewer_households()))
$$;
revoke all on function handed_animal(uuid) from public;
grant execute on function handed_animal(uuid) to chungtay_app;
create function open.handed_animal(uuid) returns jsonb language sql immutable as 'select null::jsonb';

-- An animal that came ill has come.
create or replace function place_animal_event() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select household_id, area_path, pledge_id, party_id into strict new.household_id, new.area_path, new.pledge_id, new.party_id
  from animal where id = new.animal_id;
  if new.kind = 'HANDED_ON' then
    select household_id, area_path into strict new.household_id, new.area_path
    from animal_handover where id = new.handover_id and animal_id = new.animal_id and answer in ('RECEIVED', 'ILL');
  end if;
  return new;
end $$;

-- ── an arrival is told, and is an outcome of the gift: the household that says so may write neither ─────────────────

-- Offspring that nobody has noted as born is noted with it, so that what came, was born and went still adds up.
create function tell_animal_handed_on() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  handover animal_handover; gift allocation; born date; reached uuid;
begin
  select * into strict handover from animal_handover where id = new.handover_id;
  select allocation.* into strict gift from animal join allocation on allocation.id = animal.herd_id where animal.id = new.animal_id;
  select born_on into strict born from animal where id = new.animal_id;
  -- An office may have noted it by hand already.
  select id into reached from outcome
  where allocation_id = gift.id and kind = 'LIVESTOCK_HANDED_ON' and to_household_id = handover.household_id and observed_on = handover.handed_on limit 1;
  if reached is null then
    if (select coalesce(sum(quantity) filter (where kind = 'LIVESTOCK_BORN'), 0) - coalesce(sum(quantity) filter (where kind = 'LIVESTOCK_HANDED_ON'), 0) < 1
        from outcome where allocation_id = gift.id) then
      insert into outcome (kind, allocation_id, line_id, pledge_id, party_id, household_id, area_id, quantity, observed_on, recorded_by)
      values ('LIVESTOCK_BORN', gift.id, gift.line_id, gift.pledge_id, gift.party_id, gift.household_id, gift.area_id, 1, born, handover.handed_by);
    end if;
    insert into outcome (kind, allocation_id, line_id, pledge_id, party_id, household_id, area_id, quantity, observed_on, to_household_id, recorded_by)
    values ('LIVESTOCK_HANDED_ON', gift.id, gift.line_id, gift.pledge_id, gift.party_id, gift.household_id, gift.area_id, 1, handover.handed_on, handover.household_id, handover.handed_by)
    returning id into reached;
  end if;
  insert into event (type, audience, area_id, pledge_id, party_id, household_id, line_id, allocation_id, outcome_id, kind_code, quantity, actor_id)
  values ('ANIMAL_HANDED_ON', 'PUBLIC', handover.area_id, gift.pledge_id, gift.party_id, handover.household_id, gift.line_id, gift.id, reached, gift.kind_code, 1, new.recorded_by);
  if handover.answer = 'ILL' then
    insert into animal_event (animal_id, kind, happened_on, recorded_by) values (new.animal_id, 'ILL', today_in_viet_nam(), new.recorded_by);
  end if;
  return null;
end $$;
revoke all on function tell_animal_handed_on() from public;
-- After apply_animal_event, which has moved the animal by then.
create trigger tell_animal_handed_on after insert on animal_event for each row when (new.kind = 'HANDED_ON') execute function tell_animal_handed_on();

-- ── tasks ───────────────────────────────────────────────────────────────────────────────────────────────────────────

create or replace view open.task as select * from public.task where false;

create unique index task_of_handover_open_once on task (animal_handover_id, kind) where closed_at is null and animal_handover_id is not null;
create index handover_unanswered on animal_handover (recorded_at) where answer is null;

-- A task for each hand-over of before a day that nobody has answered, once each. Returns how many were opened.
create function open_unanswered_handover_tasks(before date, due date) returns int language sql security definer set search_path = public, pg_temp as $$
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
$$;
revoke all on function open_unanswered_handover_tasks(date, date) from public;
grant execute on function open_unanswered_handover_tasks(date, date) to chungtay_app;

-- Ends the task of a hand-over that has been answered after all: the household, who answers, may not touch tasks itself.
create function close_answered_handover_task(of_handover uuid) returns uuid language sql security definer set search_path = public, pg_temp as $$
  update task set closed_at = now()
  from animal_handover handover
  where handover.id = $1 and handover.answer is not null
    and task.animal_handover_id = handover.id and task.kind = 'UNCONFIRMED' and task.closed_at is null
  returning task.id
$$;
revoke all on function close_answered_handover_task(uuid) from public;
grant execute on function close_answered_handover_task(uuid) to chungtay_app;
