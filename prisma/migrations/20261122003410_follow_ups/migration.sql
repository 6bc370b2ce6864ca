-- A giver may know that somebody looks into an answer to a hand-over of theirs, since when and until when; of the task itself it reads nothing.
create function looked_into(of_delivery uuid, out since timestamptz, out by_day date) language sql stable security definer set search_path = public, pg_temp as $$
  select min(opened_at), min(due_on) from task where delivery_id = of_delivery and closed_at is null and kind in ('SHORT_DELIVERY', 'WRONG_ITEM', 'NOT_RECEIVED')
$$;
revoke all on function looked_into(uuid) from public;
grant execute on function looked_into(uuid) to chungtay_app;
create function open.looked_into(of_delivery uuid, out since timestamptz, out by_day date) language sql immutable as 'select null::timestamptz, null::date';
