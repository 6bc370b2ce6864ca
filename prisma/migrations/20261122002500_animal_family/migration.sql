-- How an animal stands is kept on its row, as the facts move it, so that a herd of hundreds is read without asking of each what happened to it.
-- AlterTable
ALTER TABLE "animal" ADD COLUMN     "is_awaited" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "is_placed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "mother_id" UUID;

-- AddForeignKey
ALTER TABLE "animal" ADD CONSTRAINT "animal_mother_id_fkey" FOREIGN KEY ("mother_id") REFERENCES "animal"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- CreateIndex
CREATE INDEX "animal_mother_id_idx" ON "animal"("mother_id");

update animal set
  mother_id = coalesce(dam_id, (select sold.dam_id from animal sold where sold.id = animal.stands_for_id)),
  is_awaited = exists (select from animal_handover where animal_handover.animal_id = animal.id and answer is null),
  is_placed = coalesce(dam_id, stands_for_id) is null or exists (select from animal_event where animal_event.animal_id = animal.id and kind = 'HANDED_ON');

-- Whatever a writer says: the mother is the dam, or that of the male in whose place it was bought; who has none came with the gift to its household.
create function enter_family() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  new.mother_id := coalesce(new.dam_id, (select dam_id from animal where id = new.stands_for_id));
  new.is_placed := coalesce(new.dam_id, new.stands_for_id) is null;
  new.is_awaited := false;
  return new;
end $$;
create trigger family before insert on animal for each row execute function enter_family();

create function await_animal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update animal set is_awaited = new.answer is null where id = new.animal_id;
  return null;
end $$;
create trigger await_animal after insert or update of answer on animal_handover for each row execute function await_animal();

create function animal_is_placed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update animal set is_placed = true where id = new.animal_id;
  return null;
end $$;
create trigger animal_is_placed after insert on animal_event for each row when (new.kind = 'HANDED_ON') execute function animal_is_placed();
revoke all on function enter_family(), await_animal(), animal_is_placed() from public;

create or replace view open.animal as select * from public.animal where false;

-- ── what became of a herd, wherever its animals went: an office of one place does not see those of another, and the figures are the same for all ──

-- AlterTable
ALTER TABLE "herd" ADD COLUMN     "founders" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "households" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "living" INTEGER NOT NULL DEFAULT 0;

create function count_herd(of_herd uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Those who count one herd wait for each other, and then see what the others wrote.
  perform from herd where id = of_herd for update;
  update herd set
    founders = (select count(*) from animal where herd_id = of_herd and generation = 1),
    living = (select count(*) from animal where herd_id = of_herd and status = 'ALIVE'),
    households = (select count(distinct fact.household_id) from animal_event fact join animal on animal.id = fact.animal_id
                  where animal.herd_id = of_herd and fact.kind in ('REGISTERED', 'HANDED_ON'))
  where id = of_herd;
end $$;

create function count_herd_again() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform count_herd(herd_id) from animal where id = new.animal_id;
  return null;
end $$;
-- Its name puts it behind the trigger by which the fact moves its animal.
create trigger counted after insert on animal_event for each row
  when (new.kind in ('REGISTERED', 'BORN', 'BOUGHT', 'DIED', 'STOLEN', 'SOLD', 'HANDED_ON')) execute function count_herd_again();
revoke all on function count_herd(uuid), count_herd_again() from public;

select count_herd(id) from herd;
create or replace view open.herd as select * from public.herd where false;
