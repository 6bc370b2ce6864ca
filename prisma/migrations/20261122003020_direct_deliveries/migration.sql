-- What a giver hands over to a household directly: said by the giver, with place, day and witness; counted when the household says so.

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN "deliverer_name" TEXT NOT NULL DEFAULT '',
ADD COLUMN "handed_over_on" DATE,
ADD COLUMN "is_direct" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "place" TEXT NOT NULL DEFAULT '';

alter table delivery
  add constraint delivery_direct_says_where_and_when check (not is_direct or (place <> '' and handed_over_on is not null)),
  add constraint delivery_is_not_in_the_future check (handed_over_on <= (dispatched_at at time zone 'Asia/Ho_Chi_Minh')::date);

create or replace view open.delivery as select * from public.delivery where false;

-- Who came to the door may be another than who recorded it.
create or replace function handed_over_by(of_delivery uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(nullif(delivery.deliverer_name, ''), person.display_name)
  from delivery join person on person.id = delivery.dispatcher_person_id
  where delivery.id = $1 and (delivery.area_path <@ any (viewer_offices()) or delivery.household_id = any (viewer_households()))
$$;

-- ── the giver writes what it hands over itself, never to a household that it speaks for ─────────────────────────────

alter policy written on delivery with check (
  area_path <@ any ((select viewer_offices())::ltree[])
  or (is_direct and dispatcher_person_id = viewer_person() and exists (select 1 from allocation where allocation.id = allocation_id
      and allocation.party_id = any ((select viewer_parties())::uuid[]) and allocation.household_id <> all ((select viewer_households())::uuid[]))));

-- The giver locks what it hands over of, and changes nothing of it.
alter policy changed on allocation
  using (area_path <@ any ((select viewer_offices())::ltree[]) or household_id = any ((select viewer_households())::uuid[])
    or party_id = any ((select viewer_parties())::uuid[]))
  with check (area_path <@ any ((select viewer_offices())::ltree[]) or household_id = any ((select viewer_households())::uuid[]));

alter policy written on line_fact with check (
  exists (select 1 from pledge_line where pledge_line.id = line_id)
  and case stage
    when 'PROMISED' then exists (select 1 from pledge_line join pledge on pledge.id = pledge_line.pledge_id where pledge_line.id = line_id
      and (pledge.party_id = any ((select viewer_parties())::uuid[]) or pledge.area_path <@ any ((select viewer_offices())::ltree[])))
    when 'RECEIVED' then exists (select 1 from allocation where allocation.id = allocation_id
      and (allocation.area_path <@ any ((select viewer_offices())::ltree[]) or allocation.household_id = any ((select viewer_households())::uuid[])))
    when 'ALLOCATED' then exists (select 1 from allocation where allocation.id = allocation_id
      and (allocation.area_path <@ any ((select viewer_offices())::ltree[]) or (amount < 0 and allocation.household_id = any ((select viewer_households())::uuid[]))))
    when 'DISPATCHED' then exists (select 1 from allocation where allocation.id = allocation_id
      and (allocation.area_path <@ any ((select viewer_offices())::ltree[])
        or (allocation.party_id = any ((select viewer_parties())::uuid[]) and allocation.household_id <> all ((select viewer_households())::uuid[])
          and exists (select 1 from delivery where delivery.id = delivery_id and delivery.is_direct))))
    else exists (select 1 from allocation where allocation.id = allocation_id
      and allocation.area_path <@ any ((select viewer_offices())::ltree[]))
  end);

-- One person can never stand on both sides of a hand-over: not who handed over, not who witnessed it, not who acts for the giver.
create or replace function receipt_has_two_sides() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.person_id is not null and exists (
    select 1 from delivery where id = new.delivery_id and (
      new.person_id in (dispatcher_person_id, witness_person_id)
      or exists (
        select 1 from role_grant join account on account.id = role_grant.account_id
        where account.person_id = new.person_id and role_grant.party_id = delivery.party_id and role_grant.revoked_at is null))
  ) then
    raise exception 'one person on both sides of a hand-over' using errcode = '23514', constraint = 'receipt_two_sides';
  end if;
  return new;
end $$;
