-- Revolving livestock: rules of rotation as data, animals that facts alone move, hand-overs with two sides, and who waits for the next.
-- CreateEnum
CREATE TYPE "MaleCalfPolicy" AS ENUM ('SOLD_FOR_FEMALE', 'COUNTS', 'SKIPPED');

-- CreateEnum
CREATE TYPE "AnimalSex" AS ENUM ('FEMALE', 'MALE');

-- CreateEnum
CREATE TYPE "AnimalOwner" AS ENUM ('PROGRAMME', 'HOUSEHOLD');

-- CreateEnum
CREATE TYPE "AnimalStatus" AS ENUM ('ALIVE', 'DIED', 'STOLEN', 'SOLD');

-- CreateEnum
CREATE TYPE "AnimalEventKind" AS ENUM ('REGISTERED', 'BORN', 'BOUGHT', 'VACCINATED', 'ILL', 'DIED', 'STOLEN', 'SOLD', 'HANDED_ON', 'OWNED');

-- CreateEnum
CREATE TYPE "HandoverAnswer" AS ENUM ('RECEIVED', 'NOT_RECEIVED');

-- CreateTable
CREATE TABLE "rotation_rule" (
    "code" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "kind_code" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "source_en" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "note_en" TEXT NOT NULL DEFAULT '',
    "return_ordinal" INTEGER NOT NULL,
    "male_calf" "MaleCalfPolicy" NOT NULL,
    "return_from_months" INTEGER NOT NULL,
    "return_by_months" INTEGER NOT NULL,
    "keep_months" INTEGER NOT NULL,

    CONSTRAINT "rotation_rule_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "herd" (
    "id" UUID NOT NULL,
    "rule_code" TEXT NOT NULL,
    "pledge_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "started_on" DATE NOT NULL,

    CONSTRAINT "herd_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "animal" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "herd_id" UUID NOT NULL,
    "tag" TEXT NOT NULL,
    "sex" "AnimalSex" NOT NULL,
    "born_on" DATE NOT NULL,
    "dam_id" UUID,
    "stands_for_id" UUID,
    "owner" "AnimalOwner" NOT NULL,
    "household_id" UUID NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "recipient_code" TEXT NOT NULL DEFAULT '',
    "rule_code" TEXT NOT NULL DEFAULT '',
    "pledge_id" UUID,
    "party_id" UUID,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "status" "AnimalStatus" NOT NULL DEFAULT 'ALIVE',
    "since" DATE NOT NULL,
    "returned_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "animal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "animal_event" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "animal_id" UUID NOT NULL,
    "kind" "AnimalEventKind" NOT NULL,
    "happened_on" DATE NOT NULL,
    "price" BIGINT,
    "cause" TEXT,
    "witness_name" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "handover_id" UUID,
    "recorded_by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "household_id" UUID,
    "area_path" ltree,
    "pledge_id" UUID,
    "party_id" UUID,

    CONSTRAINT "animal_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "animal_handover" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "animal_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "pledge_id" UUID,
    "party_id" UUID,
    "handed_on" DATE NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "witness_name" TEXT NOT NULL,
    "handed_by" UUID NOT NULL,
    "handed_by_person_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answer" "HandoverAnswer",
    "channel" "ReceiptChannel",
    "answered_at" TIMESTAMPTZ(3),
    "answered_by" UUID,
    "answer_witness" TEXT,

    CONSTRAINT "animal_handover_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "herd_queue_entry" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "rule_code" TEXT NOT NULL,
    "household_id" UUID NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "left_at" TIMESTAMPTZ(3),
    "left_because" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "herd_queue_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "herd_area_gist" ON "herd" USING GIST ("area_path");

-- CreateIndex
CREATE INDEX "animal_area_gist" ON "animal" USING GIST ("area_path");

-- CreateIndex
CREATE INDEX "animal_herd_id_idx" ON "animal"("herd_id");

-- CreateIndex
CREATE INDEX "animal_dam_id_idx" ON "animal"("dam_id");

-- CreateIndex
CREATE INDEX "animal_household_id_idx" ON "animal"("household_id");

-- CreateIndex
CREATE UNIQUE INDEX "animal_rule_code_tag_key" ON "animal"("rule_code", "tag");

-- CreateIndex
CREATE INDEX "animal_event_animal_id_idx" ON "animal_event"("animal_id");

-- CreateIndex
CREATE INDEX "animal_event_area_gist" ON "animal_event" USING GIST ("area_path");

-- CreateIndex
CREATE INDEX "animal_handover_animal_id_idx" ON "animal_handover"("animal_id");

-- CreateIndex
CREATE INDEX "animal_handover_household_id_idx" ON "animal_handover"("household_id");

-- CreateIndex
CREATE INDEX "animal_handover_area_gist" ON "animal_handover" USING GIST ("area_path");

-- CreateIndex
CREATE INDEX "herd_queue_entry_area_gist" ON "herd_queue_entry" USING GIST ("area_path");

-- CreateIndex
CREATE INDEX "herd_queue_entry_household_id_idx" ON "herd_queue_entry"("household_id");

-- AddForeignKey
ALTER TABLE "rotation_rule" ADD CONSTRAINT "rotation_rule_kind_code_fkey" FOREIGN KEY ("kind_code") REFERENCES "support_kind"("code") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "herd" ADD CONSTRAINT "herd_id_fkey" FOREIGN KEY ("id") REFERENCES "allocation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "herd" ADD CONSTRAINT "herd_rule_code_fkey" FOREIGN KEY ("rule_code") REFERENCES "rotation_rule"("code") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "herd" ADD CONSTRAINT "herd_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "animal" ADD CONSTRAINT "animal_herd_id_fkey" FOREIGN KEY ("herd_id") REFERENCES "herd"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "animal" ADD CONSTRAINT "animal_dam_id_fkey" FOREIGN KEY ("dam_id") REFERENCES "animal"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "animal" ADD CONSTRAINT "animal_stands_for_id_fkey" FOREIGN KEY ("stands_for_id") REFERENCES "animal"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "animal" ADD CONSTRAINT "animal_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "animal" ADD CONSTRAINT "animal_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "animal_event" ADD CONSTRAINT "animal_event_animal_id_fkey" FOREIGN KEY ("animal_id") REFERENCES "animal"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "animal_event" ADD CONSTRAINT "animal_event_handover_id_fkey" FOREIGN KEY ("handover_id") REFERENCES "animal_handover"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "animal_handover" ADD CONSTRAINT "animal_handover_animal_id_fkey" FOREIGN KEY ("animal_id") REFERENCES "animal"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "animal_handover" ADD CONSTRAINT "animal_handover_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "animal_handover" ADD CONSTRAINT "animal_handover_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "herd_queue_entry" ADD CONSTRAINT "herd_queue_entry_rule_code_fkey" FOREIGN KEY ("rule_code") REFERENCES "rotation_rule"("code") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "herd_queue_entry" ADD CONSTRAINT "herd_queue_entry_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "herd_queue_entry" ADD CONSTRAINT "herd_queue_entry_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;


-- ── what must hold ──────────────────────────────────────────────────────────────────────────────────────────────────

alter table rotation_rule
  add constraint rule_ordinal_positive check (return_ordinal >= 1),
  add constraint rule_months_in_order  check (0 <= return_from_months and return_from_months <= return_by_months),
  add constraint rule_keep_not_negative check (keep_months >= 0);
alter table animal
  add constraint animal_has_one_origin   check (dam_id is null or stands_for_id is null),
  add constraint animal_born_before_here check (born_on <= since),
  add constraint animal_tag_written      check (tag <> '');
alter table animal_event
  add constraint event_death_is_witnessed check (kind <> 'DIED' or (cause is not null and witness_name is not null)),
  add constraint event_theft_is_witnessed check (kind <> 'STOLEN' or witness_name is not null),
  add constraint event_trade_has_price    check ((kind in ('SOLD', 'BOUGHT')) = (price is not null) and coalesce(price, 1) > 0),
  add constraint event_of_its_hand_over   check ((kind = 'HANDED_ON') = (handover_id is not null));
alter table animal_handover
  add constraint handover_answer_is_whole  check ((answer is null) = (channel is null) and (answer is null) = (answered_at is null)),
  add constraint handover_proxy_is_witnessed check (channel is distinct from 'PROXY' or (answered_by is not null and answer_witness is not null));

create unique index animal_bought_once   on animal (stands_for_id) where stands_for_id is not null;
create unique index animal_event_begins  on animal_event (animal_id) where kind in ('REGISTERED', 'BORN', 'BOUGHT');
create unique index animal_event_ends    on animal_event (animal_id) where kind in ('DIED', 'STOLEN', 'SOLD');
create unique index animal_event_owned   on animal_event (animal_id) where kind = 'OWNED';
create unique index animal_event_arrived on animal_event (handover_id) where handover_id is not null;
create unique index handover_awaits_once on animal_handover (animal_id) where answer is null;
create unique index queue_waits_once     on herd_queue_entry (rule_code, household_id) where left_at is null;

create trigger area_path before insert or update of area_id on herd for each row execute function set_area_path();
create trigger area_path before insert or update of area_id on herd_queue_entry for each row execute function set_area_path();

-- Whatever a writer says of them: place and code are the household's, rights the herd's, the generation that of the dam and one more.
create function place_animal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select area_id, area_path, 'Hộ ' || substring(code from '\d+$') into strict new.area_id, new.area_path, new.recipient_code
  from household where id = new.household_id;
  select rule_code, pledge_id, party_id into strict new.rule_code, new.pledge_id, new.party_id from herd where id = new.herd_id;
  new.generation := coalesce((select generation + 1 from animal where id = new.dam_id), (select generation from animal where id = new.stands_for_id), 1);
  return new;
end $$;
create trigger place before insert or update of household_id on animal for each row execute function place_animal();

create function place_handover() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select area_id, area_path into strict new.area_id, new.area_path from household where id = new.household_id;
  select pledge_id, party_id into strict new.pledge_id, new.party_id from animal where id = new.animal_id;
  return new;
end $$;
create trigger place before insert on animal_handover for each row execute function place_handover();

create function place_animal_event() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select household_id, area_path, pledge_id, party_id into strict new.household_id, new.area_path, new.pledge_id, new.party_id
  from animal where id = new.animal_id;
  if new.kind = 'HANDED_ON' then
    select household_id, area_path into strict new.household_id, new.area_path
    from animal_handover where id = new.handover_id and animal_id = new.animal_id and answer = 'RECEIVED';
  end if;
  return new;
end $$;
create trigger place before insert on animal_event for each row execute function place_animal_event();

-- ── facts move animals ──────────────────────────────────────────────────────────────────────────────────────────────

create function apply_animal_event() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
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
end $$;
create trigger apply_animal_event after insert on animal_event for each row execute function apply_animal_event();

create trigger append_only before update or delete on animal_event for each row execute function forbid_change();
create trigger never_truncated before truncate on animal_event for each statement execute function forbid_change();

-- One person can never stand on both sides, and an answer is given once.
create function handover_has_two_sides() returns trigger language plpgsql as $$
begin
  if old.answer is not null then raise exception 'answered already' using errcode = '23514', constraint = 'handover_answered_once'; end if;
  if new.channel <> 'SLIP' and new.handed_by_person_id is not distinct from viewer_person() then
    raise exception 'one person on both sides of a hand-over' using errcode = '23514', constraint = 'handover_two_sides';
  end if;
  return new;
end $$;
create trigger two_sides before update on animal_handover for each row execute function handover_has_two_sides();

-- A household that moves takes its animals and its place in the queue along.
create function take_animals_along() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update animal set household_id = new.id where household_id = new.id;
  update herd_queue_entry set area_id = new.area_id where household_id = new.id and left_at is null;
  return null;
end $$;
create trigger animals_along after update of area_id on household for each row when (old.area_id <> new.area_id) execute function take_animals_along();

revoke all on function place_animal(), place_handover(), place_animal_event(), apply_animal_event(), take_animals_along() from public;

-- ── names: a household may not read persons, but knows who came to its door ─────────────────────────────────────────

create function animal_handed_by(of_handover uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select person.display_name from animal_handover handover join person on person.id = handover.handed_by_person_id
  where handover.id = $1 and (handover.area_path <@ any (viewer_offices()) or handover.household_id = any (viewer_households()))
$$;
revoke all on function animal_handed_by(uuid) from public;
grant execute on function animal_handed_by(uuid) to chungtay_app;
create function open.animal_handed_by(uuid) returns text language sql immutable as 'select null::text';

-- ── who may read and write ──────────────────────────────────────────────────────────────────────────────────────────

do $$
declare t text;
begin
  foreach t in array array['rotation_rule','herd','animal','animal_event','animal_handover','herd_queue_entry'] loop
    execute format('alter table %I enable row level security', t);
  end loop;
  foreach t in array array['herd','animal','animal_event','animal_handover','herd_queue_entry'] loop
    execute format('create view open.%I as select * from public.%I where false', t, t);
  end loop;
end $$;
create view open.rotation_rule as select * from public.rotation_rule;
grant select on open.rotation_rule, open.herd, open.animal, open.animal_event, open.animal_handover, open.herd_queue_entry to chungtay_public;
create trigger changed after insert or update or delete or truncate on rotation_rule for each statement execute function change_everywhere();

grant select on rotation_rule, herd, animal, animal_event, animal_handover, herd_queue_entry to chungtay_app;
grant insert on herd, animal, animal_event, animal_handover, herd_queue_entry to chungtay_app;
grant update (version) on animal to chungtay_app;
grant update (answer, channel, answered_at, answered_by, answer_witness) on animal_handover to chungtay_app;
grant update (left_at, left_because) on herd_queue_entry to chungtay_app;

create policy visible on rotation_rule for select to chungtay_app using (true);
create policy visible on herd for select to chungtay_app using ((herd.area_path <@ any ((select viewer_offices())::ltree[]) or herd.household_id = any ((select viewer_households())::uuid[]) or herd.party_id = any ((select viewer_parties())::uuid[]) or herd.pledge_id = any ((select viewer_pledges())::uuid[])));
create policy visible on animal for select to chungtay_app using ((animal.area_path <@ any ((select viewer_offices())::ltree[]) or animal.household_id = any ((select viewer_households())::uuid[]) or animal.party_id = any ((select viewer_parties())::uuid[]) or animal.pledge_id = any ((select viewer_pledges())::uuid[])));
create policy visible on animal_event for select to chungtay_app using ((animal_event.area_path <@ any ((select viewer_offices())::ltree[]) or animal_event.household_id = any ((select viewer_households())::uuid[]) or animal_event.party_id = any ((select viewer_parties())::uuid[]) or animal_event.pledge_id = any ((select viewer_pledges())::uuid[])));
create policy visible on animal_handover for select to chungtay_app using ((animal_handover.area_path <@ any ((select viewer_offices())::ltree[]) or animal_handover.household_id = any ((select viewer_households())::uuid[]) or animal_handover.party_id = any ((select viewer_parties())::uuid[]) or animal_handover.pledge_id = any ((select viewer_pledges())::uuid[])));
create policy visible on herd_queue_entry for select to chungtay_app using ((herd_queue_entry.area_path <@ any ((select viewer_offices())::ltree[]) or herd_queue_entry.household_id = any ((select viewer_households())::uuid[])));

create policy written on herd for insert to chungtay_app with check (area_path <@ any ((select viewer_offices())::ltree[]));
create policy written on animal for insert to chungtay_app with check (area_path <@ any ((select viewer_offices())::ltree[]));
create policy changed on animal for update to chungtay_app using (area_path <@ any ((select viewer_offices())::ltree[]));
create policy written on animal_event for insert to chungtay_app with check (
  area_path <@ any ((select viewer_offices())::ltree[]) or (kind = 'HANDED_ON' and household_id = any ((select viewer_households())::uuid[])));
create policy written on animal_handover for insert to chungtay_app with check (
  answer is null and handed_by_person_id = viewer_person() and area_path <@ any ((select viewer_offices())::ltree[]));
create policy answered on animal_handover for update to chungtay_app using (
  area_path <@ any ((select viewer_offices())::ltree[]) or household_id = any ((select viewer_households())::uuid[]));
create policy written on herd_queue_entry for insert to chungtay_app with check (area_path <@ any ((select viewer_offices())::ltree[]));
create policy changed on herd_queue_entry for update to chungtay_app using (area_path <@ any ((select viewer_offices())::ltree[]));
