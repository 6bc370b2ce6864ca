-- The relay's reading of the feed: whom each event may concern, and nothing of what it says.

-- Events after the cursor and below the head, in commit order, each with the head; the head alone when there are none.
-- With no cursor, the head alone: nothing before now is asked for.
create function feed_since(after text, most int)
returns table (head text, pending boolean, cursor text, id text, audience text, path text, "pledgeId" uuid, "partyId" uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  with at as (select * from feed_head())
  select at.head, at.pending, event.xid::text || '.' || event.id, event.id::text, event.audience::text, event.area_path::text,
         event.pledge_id, event.party_id
  from at
  left join lateral (
    select * from event
    where (event.xid, event.id) > (split_part($1, '.', 1)::xid8, split_part($1, '.', 2)::bigint) and event.xid < at.head::xid8
    order by event.xid, event.id limit $2) event on true
  order by event.xid, event.id
$$;
revoke all on function feed_since(text, int) from public;
grant execute on function feed_since(text, int) to chungtay_app;
