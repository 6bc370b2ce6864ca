-- What a household gives never comes back to it as its own gift.

create function gift_is_for_another() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (
    select from household_party own join pledge_line line on line.party_id = own.party_id join need on need.household_id = own.household_id
    where line.id = new.line_id and need.id = new.need_id
  ) then
    raise exception 'a household''s own gift' using errcode = '23514', constraint = 'allocation_own_gift';
  end if;
  return new;
end $$;
revoke all on function gift_is_for_another() from public;
create trigger gift_is_for_another before insert or update of line_id, need_id on allocation for each row execute function gift_is_for_another();
