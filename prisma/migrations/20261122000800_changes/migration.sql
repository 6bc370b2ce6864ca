-- What changes what everyone may see says so itself, at commit: the place, so that every process forgets the answers kept of it.
-- An empty message means: anything may have changed.

create function tell_change(places text) returns void language sql as $$
  select pg_notify('chungtay_changed', case when length(places) < 7000 then places else '' end) where places is not null
$$;

create function change_everywhere() returns trigger language plpgsql as $$
begin
  perform tell_change('');
  return null;
end $$;

-- Facts about the country and the rules, published counts and givers' names: seldom, and shown in many places.
do $$
declare t text;
begin
  foreach t in array array['area','area_place','area_succession','poverty_standard','deprivation_indicator','poverty_cause','support_kind','plan',
    'plan_target','published_household_count'] loop
    execute format('create trigger changed after insert or update or delete or truncate on %I for each statement execute function change_everywhere()', t);
  end loop;
end $$;
create trigger changed after update on party for each statement execute function change_everywhere();

-- Pledges that count, or did; registering one changes nothing that everyone may see.
create function pledge_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform tell_change((select string_agg(distinct area_path::text, ',') from (
    select area_path from before where state = 'VERIFIED' union select area_path from after where state = 'VERIFIED') seen));
  return null;
end $$;
create trigger changed after update on pledge referencing old table as before new table as after for each statement execute function pledge_changed();

-- Quantities of pledges that count.
create function line_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform tell_change((select string_agg(distinct pledge.area_path::text, ',')
    from after join pledge on pledge.id = after.pledge_id where pledge.state = 'VERIFIED'));
  return null;
end $$;
create trigger changed after update on pledge_line referencing new table as after for each statement execute function line_changed();

-- Needs that an officer has verified.
create function need_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform tell_change((select string_agg(distinct area_path::text, ',') from (
    select area_path from before where verified_at is not null union select area_path from after where verified_at is not null) seen));
  return null;
end $$;
create trigger changed after update on need referencing old table as before new table as after for each statement execute function need_changed();

-- One that is there verified from the first, as data loaded in bulk are.
create function pledge_added() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform tell_change((select string_agg(distinct area_path::text, ',') from after where state = 'VERIFIED'));
  return null;
end $$;
create trigger added after insert on pledge referencing new table as after for each statement execute function pledge_added();

create function need_added() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform tell_change((select string_agg(distinct area_path::text, ',') from after where verified_at is not null));
  return null;
end $$;
create trigger added after insert on need referencing new table as after for each statement execute function need_added();
