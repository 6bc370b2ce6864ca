-- Steps, lines and facts carry what decides who may see them, as allocations and deliveries do: to look it up in the pledge, under the
-- pledge's own policy each time, took as long as the rest of a read.
-- AlterTable
ALTER TABLE "pledge_step" ADD COLUMN "area_path" ltree,
ADD COLUMN "party_id" UUID;

-- AlterTable
ALTER TABLE "pledge_line" ADD COLUMN "area_path" ltree,
ADD COLUMN "party_id" UUID,
ADD COLUMN "state" "PledgeState";

-- AlterTable
ALTER TABLE "line_fact" ADD COLUMN "area_path" ltree,
ADD COLUMN "party_id" UUID,
ADD COLUMN "pledge_id" UUID;

alter table pledge_step disable trigger user;
alter table pledge_line disable trigger user;
alter table line_fact disable trigger user;
update pledge_step set area_path = pledge.area_path, party_id = pledge.party_id from pledge where pledge.id = pledge_id;
update pledge_line set area_path = pledge.area_path, party_id = pledge.party_id, state = pledge.state from pledge where pledge.id = pledge_id;
update line_fact set area_path = line.area_path, party_id = line.party_id, pledge_id = line.pledge_id from pledge_line line where line.id = line_id;
alter table pledge_step enable trigger user;
alter table pledge_line enable trigger user;
alter table line_fact enable trigger user;

-- Whatever a writer says of them, they are the pledge's own. A pledge's area and giver never change, its state does.
create function take_pledges_rights() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select area_path, party_id into new.area_path, new.party_id from pledge where id = new.pledge_id;
  return new;
end $$;
create trigger rights before insert on pledge_step for each row execute function take_pledges_rights();

create function take_pledges_state() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select area_path, party_id, state into new.area_path, new.party_id, new.state from pledge where id = new.pledge_id;
  return new;
end $$;
create trigger rights before insert or update of pledge_id, area_path, party_id, state on pledge_line for each row execute function take_pledges_state();

create function take_lines_rights() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select area_path, party_id, pledge_id into new.area_path, new.party_id, new.pledge_id from pledge_line where id = new.line_id;
  return new;
end $$;
create trigger rights before insert on line_fact for each row execute function take_lines_rights();

create function pass_state_on() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from pledge_line where pledge_id = new.id order by id for update;
  update pledge_line set state = new.state where pledge_id = new.id;
  return null;
end $$;
create trigger pass_state_on after update of state on pledge for each row when (old.state <> new.state) execute function pass_state_on();

create function keep_rights() returns trigger language plpgsql as $$
begin
  raise exception 'a pledge keeps its area and its giver' using errcode = '42501';
end $$;
create trigger keep_rights before update of area_id, area_path, party_id on pledge for each row
  when ((old.area_id, old.area_path, old.party_id) is distinct from (new.area_id, new.area_path, new.party_id)) execute function keep_rights();

revoke all on function take_pledges_rights(), take_pledges_state(), take_lines_rights(), pass_state_on() from public;

alter policy visible on pledge_step using ((pledge_step.area_path <@ any ((select viewer_offices())::ltree[]) or pledge_step.party_id = any ((select viewer_parties())::uuid[]) or pledge_step.pledge_id = any ((select viewer_pledges())::uuid[])));
alter policy visible on pledge_line using ((pledge_line.state = 'VERIFIED' or pledge_line.area_path <@ any ((select viewer_offices())::ltree[]) or pledge_line.party_id = any ((select viewer_parties())::uuid[]) or pledge_line.pledge_id = any ((select viewer_pledges())::uuid[])));
alter policy visible on line_fact using ((line_fact.area_path <@ any ((select viewer_offices())::ltree[]) or line_fact.party_id = any ((select viewer_parties())::uuid[]) or line_fact.pledge_id = any ((select viewer_pledges())::uuid[])));

create or replace view open.pledge_step as select * from public.pledge_step where false;
create or replace view open.line_fact as select * from public.line_fact where false;
create or replace view open.pledge_line as
  select id, pledge_id, ordinal, kind_code, detail, promised, allocated, dispatched, received, settled, area_path, null::uuid as party_id, state
  from public.pledge_line where state = 'VERIFIED';

-- The pledge of a code, or, for a network that has guessed wrong too often, how long it must wait. Only wrong guesses are counted, and
-- each stands alone, so that none slips through beside another; right ones go side by side, as when a whole town follows its pledges.
create or replace function follow_pledge(of_code text, guesser text, attempts int, seconds int, out pledge_id uuid, out wait_ms bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  this_ms bigint;
begin
  select id into pledge_id from pledge where code = of_code;
  if pledge_id is null then
    perform pg_advisory_xact_lock(hashtext('follow_pledge'), hashtext(guesser));
  else
    perform pg_advisory_xact_lock_shared(hashtext('follow_pledge'), hashtext(guesser));
  end if;
  this_ms := extract(epoch from clock_timestamp()) * 1000;
  select expire - this_ms into wait_ms from rate_limit where key = guesser and expire > this_ms and points >= attempts;
  if wait_ms is not null then
    pledge_id := null;
  elsif pledge_id is null then
    insert into rate_limit as counted (key, points, expire) values (guesser, 1, this_ms + seconds * 1000)
    on conflict (key) do update set
      points = case when counted.expire <= this_ms then 1 else counted.points + 1 end,
      expire = case when counted.expire <= this_ms then excluded.expire else counted.expire end;
  end if;
end $$;
