-- Adoptions: who stands by which area, or by one kind of what it lacks, from when until when.

-- CreateEnum
CREATE TYPE "AdoptionState" AS ENUM ('PROPOSED', 'ACTIVE', 'DECLINED', 'ENDED');

-- CreateTable
CREATE TABLE "adoption" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "party_id" UUID NOT NULL,
    "anonymous" BOOLEAN NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "kind_code" TEXT,
    "statement" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "contact_name" TEXT NOT NULL,
    "contact_phone" TEXT,
    "officer_name" TEXT,
    "state" "AdoptionState" NOT NULL DEFAULT 'PROPOSED',
    "reason" TEXT,
    "continues_id" UUID,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "accepted_at" TIMESTAMPTZ(3),
    "ended_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "adoption_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "task" ADD COLUMN "adoption_id" UUID;

-- AlterTable
ALTER TABLE "event" ADD COLUMN "adoption_id" UUID;

-- CreateIndex
CREATE INDEX "adoption_area_gist" ON "adoption" USING GIST ("area_path");

-- CreateIndex
CREATE INDEX "adoption_area_id_idx" ON "adoption"("area_id");

-- CreateIndex
CREATE INDEX "adoption_party_id_idx" ON "adoption"("party_id");

-- CreateIndex
CREATE INDEX "adoption_continues_id_idx" ON "adoption"("continues_id");

-- AddForeignKey
ALTER TABLE "adoption" ADD CONSTRAINT "adoption_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "adoption" ADD CONSTRAINT "adoption_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "adoption" ADD CONSTRAINT "adoption_kind_code_fkey" FOREIGN KEY ("kind_code") REFERENCES "support_kind"("code") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "adoption" ADD CONSTRAINT "adoption_continues_id_fkey" FOREIGN KEY ("continues_id") REFERENCES "adoption"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_adoption_id_fkey" FOREIGN KEY ("adoption_id") REFERENCES "adoption"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table adoption
  add constraint adoption_has_a_period    check (ends_on >= starts_on),
  add constraint adoption_has_two_persons check (state <> 'ACTIVE' or (accepted_at is not null and officer_name is not null)),
  add constraint adoption_ends_once       check ((state = 'ENDED') = (ended_on is not null));

create trigger area_path before insert or update of area_id on adoption for each row execute function set_area_path();

-- ── who sees, who writes ────────────────────────────────────────────────────────────────────────────────────────────

alter table adoption enable row level security;
grant select, insert, update (state, reason, officer_name, accepted_at, ended_on, version) on adoption to chungtay_app;

create policy visible on adoption for select to chungtay_app using ((adoption.accepted_at is not null or adoption.area_path <@ any ((select viewer_offices())::ltree[]) or adoption.party_id = any ((select viewer_parties())::uuid[])));
create policy written on adoption for insert to chungtay_app with check (
  state = 'PROPOSED' and accepted_at is null and party_id = any ((select viewer_parties())::uuid[]));
create policy changed on adoption for update to chungtay_app using (
  area_path <@ any ((select viewer_offices())::ltree[]) or party_id = any ((select viewer_parties())::uuid[]));

-- Who stands by an area in its own name is known by it, as who gives to it is.
alter policy visible on party using ((party.id = any ((select viewer_parties())::uuid[])
  or exists (select 1 from pledge where pledge.party_id = party.id
             and (pledge.area_path <@ any ((select viewer_offices())::ltree[])
               or (not pledge.anonymous and (pledge.state = 'VERIFIED' or pledge.id = any ((select viewer_pledges())::uuid[])))))
  or exists (select 1 from adoption where adoption.party_id = party.id
             and (adoption.area_path <@ any ((select viewer_offices())::ltree[]) or (not adoption.anonymous and adoption.accepted_at is not null)))));

create or replace view open.party as
  select party.* from public.party
  where exists (select from public.pledge where pledge.party_id = party.id and pledge.state = 'VERIFIED' and not pledge.anonymous)
     or exists (select from public.adoption where adoption.party_id = party.id and adoption.accepted_at is not null and not adoption.anonymous);

-- Without the persons on either side, and without the party that stays unnamed.
create view open.adoption as
  select id, case when not anonymous then party_id end as party_id, anonymous, area_id, area_path, kind_code, statement, starts_on, ends_on,
         null::text as contact_name, null::text as contact_phone, null::text as officer_name, state, null::text as reason, continues_id,
         proposed_at, accepted_at, ended_on, version
  from public.adoption where accepted_at is not null;
grant select on open.adoption to chungtay_public;

create or replace view open.task as select * from public.task where false;

create or replace view open.event as
  select id, xid, at, type, audience, area_id, area_path, pledge_id,
         (select pledge.party_id from public.pledge where pledge.id = event.pledge_id and not pledge.anonymous) as party_id,
         null::uuid as household_id, line_id, null::uuid as allocation_id, null::uuid as delivery_id, null::uuid as outcome_id,
         null::uuid as need_id, null::uuid as task_id, kind_code, quantity, null::uuid as actor_id, adoption_id
  from public.event where audience = 'PUBLIC';

-- ── the office's task ends with its answer, or when the giver takes the proposal back, who may not touch tasks itself ──

create function close_answered_adoption_task(of_adoption uuid) returns uuid language sql security definer set search_path = public, pg_temp as $$
  update task set closed_at = now(), closed_by = viewer_account()
  from adoption
  where adoption.id = $1 and adoption.state <> 'PROPOSED' and task.adoption_id = adoption.id and task.closed_at is null
  returning task.id
$$;
revoke all on function close_answered_adoption_task(uuid) from public;
grant execute on function close_answered_adoption_task(uuid) to chungtay_app;

-- ── kept answers: an adoption shows on the boards of all that lies below its area, and changes seldom ────────────────

create function adoption_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from after where accepted_at is not null) then perform tell_change(''); end if;
  return null;
end $$;
revoke all on function adoption_changed() from public;
create trigger added after insert on adoption referencing new table as after for each statement execute function adoption_changed();
create trigger changed after update on adoption referencing new table as after for each statement execute function adoption_changed();

-- ── time: what has run out has ended ────────────────────────────────────────────────────────────────────────────────

-- Returns how many it ended; for a timer.
create function end_due_adoptions() returns int language sql security definer set search_path = public, pg_temp as $$
  with ended as (
    update adoption set state = 'ENDED', ended_on = ends_on, version = version + 1
    where state = 'ACTIVE' and ends_on < today_in_viet_nam()
    returning id, area_id, party_id, kind_code),
  told as (
    insert into event (type, audience, area_id, party_id, adoption_id, kind_code)
    select 'ADOPTION_ENDED', 'PUBLIC', area_id, party_id, id, kind_code from ended)
  select count(*)::int from ended
$$;
revoke all on function end_due_adoptions() from public;
grant execute on function end_due_adoptions() to chungtay_app;
