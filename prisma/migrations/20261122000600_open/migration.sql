-- What everyone may see, as views: visitors are read for by a role that has these and no table.

do $$
begin
  create role chungtay_public nologin nosuperuser nobypassrls nocreatedb nocreaterole;
exception when duplicate_object or unique_violation then null;
end $$;

-- The views bear their tables' names and come first in the role's search_path, so that one statement serves both walls.
create schema open;
grant usage on schema open, public to chungtay_public;

-- Facts about the country and the rules, and what verified pledges come to: whole.
do $$
declare t text;
begin
  foreach t in array array['area','area_place','area_succession','poverty_standard','deprivation_indicator','poverty_cause','support_kind','plan','plan_target',
    'roll_up','roll_up_delta'] loop
    execute format('create view open.%I as select * from public.%I', t, t);
  end loop;
end $$;

-- Households and what hangs on them, people, offices: nothing.
do $$
declare t text;
begin
  foreach t in array array['household','household_status','household_deprivation','need','person','party_contact','pledge_step','line_fact',
    'allocation','delivery','receipt','outcome','task','printed_figure'] loop
    execute format('create view open.%I as select * from public.%I where false', t, t);
  end loop;
end $$;
create view open.account as select id, person_id from public.account where false;

-- Verified pledges without their code and words, and without the giver who stays unnamed.
create view open.pledge as
  select id, null::text as code, case when not anonymous then party_id end as party_id, anonymous, area_id, area_path, expected_on,
         null::text as message, state, registered_at, verified_at, version, is_demo
  from public.pledge where state = 'VERIFIED';

create view open.pledge_line as
  select pledge_line.* from public.pledge_line
  where exists (select from public.pledge where pledge.id = pledge_line.pledge_id and pledge.state = 'VERIFIED');

create view open.party as
  select party.* from public.party
  where exists (select from public.pledge where pledge.party_id = party.id and pledge.state = 'VERIFIED' and not pledge.anonymous);

-- What happened, by place, kind and quantity.
create view open.event as
  select id, xid, at, type, audience, area_id, area_path, pledge_id,
         (select pledge.party_id from public.pledge where pledge.id = event.pledge_id and not pledge.anonymous) as party_id,
         null::uuid as household_id, line_id, null::uuid as allocation_id, null::uuid as delivery_id, null::uuid as outcome_id,
         null::uuid as need_id, null::uuid as task_id, kind_code, quantity, null::uuid as actor_id
  from public.event where audience = 'PUBLIC';

create view open.public_need as select * from public.public_need;

-- Names of people: none.
create function open.handed_over_by(uuid) returns text language sql immutable as 'select null::text';
create function open.confirmed_by_proxy(uuid) returns text language sql immutable as 'select null::text';

grant select on all tables in schema open to chungtay_public;
grant execute on function public_household_count(text) to chungtay_public;

-- A field that is never null came out null: the statement is given up, and the resolvers say what is wrong.
create function never_null(anyelement) returns anyelement language plpgsql as $$
begin
  raise exception 'null in an answer where none may be' using errcode = 'CT001';
end $$;
