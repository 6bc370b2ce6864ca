-- A fact reads from its line, which it locks anyway, whether and where it counts: nothing is looked up in the pledge.

-- Locks go line → allocation → need; every command that locks does it in the same order.
create or replace function apply_line_fact() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  line record;
  need_of_it uuid;
begin
  -- What comes back is true as long as the line is locked: a pledge whose state changes locks its lines, and tells them.
  update pledge_line set
    promised   = promised   + case new.stage when 'PROMISED'   then new.amount else 0 end,
    allocated  = allocated  + case new.stage when 'ALLOCATED'  then new.amount else 0 end,
    dispatched = dispatched + case new.stage when 'DISPATCHED' then new.amount else 0 end,
    received   = received   + case new.stage when 'RECEIVED'   then new.amount else 0 end,
    settled    = settled    + case new.stage when 'SETTLED'    then new.amount else 0 end
  where id = new.line_id
  returning kind_code, area_path, state into line;
  if line.state = 'VERIFIED' then
    insert into roll_up_delta values (
      line.area_path, month_in_viet_nam(new.at), line.kind_code, 0,
      case new.stage when 'PROMISED'   then new.amount else 0 end,
      case new.stage when 'ALLOCATED'  then new.amount else 0 end,
      case new.stage when 'DISPATCHED' then new.amount else 0 end,
      case new.stage when 'RECEIVED'   then new.amount else 0 end,
      case new.stage when 'SETTLED'    then new.amount else 0 end);
  end if;
  if new.allocation_id is not null then
    update allocation set
      allocated  = allocated  + case new.stage when 'ALLOCATED'  then new.amount else 0 end,
      dispatched = dispatched + case new.stage when 'DISPATCHED' then new.amount else 0 end,
      received   = received   + case new.stage when 'RECEIVED'   then new.amount else 0 end,
      settled    = settled    + case new.stage when 'SETTLED'    then new.amount else 0 end
    where id = new.allocation_id and line_id = new.line_id
    returning need_id into need_of_it;
    if not found then raise exception 'fact of another line''s allocation' using errcode = '23514', constraint = 'fact_names_allocation'; end if;
    if new.stage in ('ALLOCATED', 'RECEIVED') then
      update need set
        allocated = allocated + case new.stage when 'ALLOCATED' then new.amount else 0 end,
        received  = received  + case new.stage when 'RECEIVED'  then new.amount else 0 end
      where id = need_of_it;
    end if;
  end if;
  return null;
end $$;
