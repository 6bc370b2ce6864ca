-- What a herd's book says of births, losses and hand-overs is told as outcomes of its gift: in the same transaction, once, and wherever the animal is kept.
-- AlterTable
ALTER TABLE "outcome" ADD COLUMN "is_further_on" BOOLEAN NOT NULL DEFAULT false;

create or replace view open.outcome as select * from public.outcome where false;

-- A theft is a loss as a death is.
create function outcome_told_by("AnimalEventKind") returns "OutcomeKind" language sql immutable as $$
  select case $1 when 'BORN' then 'LIVESTOCK_BORN' when 'DIED' then 'LIVESTOCK_DIED' when 'STOLEN' then 'LIVESTOCK_DIED' end::"OutcomeKind"
$$;

-- The office that keeps an animal's book may not see its gift, which came to another place: so no writer of the book writes the outcome, the fact does.
-- Of an animal that went further on, cause and witness stay in the book: the outcome is for the household that received the gift to read, too.
create function write_outcome_of(fact animal_event) returns uuid language sql security definer set search_path = public, pg_temp as $$
  insert into outcome (kind, allocation_id, line_id, pledge_id, party_id, household_id, area_id, quantity, observed_on, cause, witness_name, recorded_by, recorded_at, is_further_on)
  select outcome_told_by(fact.kind), gift.id, gift.line_id, gift.pledge_id, gift.party_id, gift.household_id, gift.area_id, 1, fact.happened_on,
         case when fact.household_id = gift.household_id then coalesce(fact.cause, case fact.kind when 'STOLEN' then 'mất trộm' end) end,
         case when fact.household_id = gift.household_id then fact.witness_name end,
         fact.recorded_by, fact.recorded_at, fact.household_id <> gift.household_id
  from animal join allocation gift on gift.id = animal.herd_id
  where animal.id = fact.animal_id
  returning id
$$;

create function tell_of_animal() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kept animal; noted uuid;
begin
  select * into strict kept from animal where id = new.animal_id;
  -- An office may have noted it by hand, before there was a book.
  if (select coalesce(sum(quantity), 0) from outcome where allocation_id = kept.herd_id and kind = outcome_told_by(new.kind) and observed_on = new.happened_on)
    >= (select count(*) from animal_event fact join animal on animal.id = fact.animal_id
        where animal.herd_id = kept.herd_id and outcome_told_by(fact.kind) = outcome_told_by(new.kind) and fact.happened_on = new.happened_on) then
    return null;
  end if;
  noted := write_outcome_of(new);
  insert into event (type, audience, at, area_id, pledge_id, party_id, household_id, line_id, allocation_id, outcome_id, kind_code, quantity, actor_id)
  select 'OUTCOME_RECORDED', 'PUBLIC', new.recorded_at, kept.area_id, gift.pledge_id, gift.party_id, new.household_id, gift.line_id, gift.id, noted, gift.kind_code, 1, new.recorded_by
  from allocation gift where gift.id = kept.herd_id;
  return null;
end $$;
-- Its name puts it behind the trigger that counts the herd, at whose lock those wait who write in one herd.
create trigger tell_of_animal after insert on animal_event for each row when (new.kind in ('BORN', 'DIED', 'STOLEN')) execute function tell_of_animal();

-- A birth is told when it is entered; here only the hand-over is.
create or replace function tell_animal_handed_on() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  handover animal_handover; gift allocation; reached uuid;
begin
  select * into strict handover from animal_handover where id = new.handover_id;
  select allocation.* into strict gift from animal join allocation on allocation.id = animal.herd_id where animal.id = new.animal_id;
  -- An office may have noted it by hand, before there was a book.
  select id into reached from outcome
  where allocation_id = gift.id and kind = 'LIVESTOCK_HANDED_ON' and to_household_id = handover.household_id and observed_on = handover.handed_on limit 1;
  if reached is null then
    insert into outcome (kind, allocation_id, line_id, pledge_id, party_id, household_id, area_id, quantity, observed_on, to_household_id, recorded_by, recorded_at, is_further_on)
    values ('LIVESTOCK_HANDED_ON', gift.id, gift.line_id, gift.pledge_id, gift.party_id, gift.household_id, gift.area_id, 1, handover.handed_on, handover.household_id, handover.handed_by,
      new.recorded_at, coalesce(handover.from_household_id <> gift.household_id, false))
    returning id into reached;
  end if;
  insert into event (type, audience, at, area_id, pledge_id, party_id, household_id, line_id, allocation_id, outcome_id, kind_code, quantity, actor_id)
  values ('ANIMAL_HANDED_ON', 'PUBLIC', new.recorded_at, handover.area_id, gift.pledge_id, gift.party_id, handover.household_id, gift.line_id, gift.id, reached, gift.kind_code, 1, new.recorded_by);
  if handover.answer = 'ILL' then
    insert into animal_event (animal_id, kind, happened_on, recorded_by) values (new.animal_id, 'ILL', today_in_viet_nam(), new.recorded_by);
  end if;
  return null;
end $$;

revoke all on function outcome_told_by("AnimalEventKind"), write_outcome_of(animal_event), tell_of_animal() from public;

-- Of herds that were kept before: what nobody had noted, of a kind the first facts having been.
select write_outcome_of(book.fact)
from (
  select animal_event as fact, animal.herd_id, outcome_told_by(animal_event.kind) as told,
         row_number() over (partition by animal.herd_id, outcome_told_by(animal_event.kind) order by animal_event.happened_on, animal_event.recorded_at, animal_event.id) as nth
  from animal_event join animal on animal.id = animal_event.animal_id
  where outcome_told_by(animal_event.kind) is not null and animal_event.recorded_by is not null) book
where book.nth > (select coalesce(sum(outcome.quantity), 0) from outcome where outcome.allocation_id = book.herd_id and outcome.kind = book.told);
