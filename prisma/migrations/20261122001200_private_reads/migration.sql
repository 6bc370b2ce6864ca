-- What private reads go by: an index for every way in which a policy lets a row be seen, and pledges followed by their code.

-- A policy is one or-condition; PostgreSQL joins the indexes of its parts, or reads the whole table where one part has none.

-- CreateIndex
CREATE INDEX "allocation_party_id_idx" ON "allocation"("party_id");

-- CreateIndex
CREATE INDEX "delivery_party_id_idx" ON "delivery"("party_id");

-- CreateIndex
CREATE INDEX "delivery_pledge_id_idx" ON "delivery"("pledge_id");

-- The pledge of a code, or, for a network that has guessed wrong too often, how long it must wait. Only wrong guesses are counted, and
-- one network's one after the other, so that none slips through beside another; a whole town may follow its pledges from one address.
create function follow_pledge(of_code text, guesser text, attempts int, seconds int, out pledge_id uuid, out wait_ms bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  this_ms bigint;
begin
  perform pg_advisory_xact_lock(hashtext('follow_pledge'), hashtext(guesser));
  this_ms := extract(epoch from clock_timestamp()) * 1000;
  select expire - this_ms into wait_ms from rate_limit where key = guesser and expire > this_ms and points >= attempts;
  if wait_ms is not null then return; end if;
  select id into pledge_id from pledge where code = of_code;
  if pledge_id is null then
    insert into rate_limit as counted (key, points, expire) values (guesser, 1, this_ms + seconds * 1000)
    on conflict (key) do update set
      points = case when counted.expire <= this_ms then 1 else counted.points + 1 end,
      expire = case when counted.expire <= this_ms then excluded.expire else counted.expire end;
  end if;
end $$;
revoke all on function follow_pledge(text, text, int, int) from public;
grant execute on function follow_pledge(text, text, int, int) to chungtay_app;
drop function pledge_by_code(text);
