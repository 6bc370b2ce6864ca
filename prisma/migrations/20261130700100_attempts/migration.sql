-- How often one may try, counted by the database's clock: for all processes one count, which a restart does not forgive. Only what is let
-- through is counted, so that nothing lengthens a wait. Where the total from everywhere is full, networks that are not known have less to try
-- (`strange`); who is known, and who has not tried, notices nothing.

-- CreateIndex
CREATE INDEX "rate_limit_expire_idx" ON "rate_limit"("expire");

-- How many milliseconds to wait; null for none.
create function attempt_wait(keys text[], allowed int[], total text, flood int, strange int[], known text) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  this_ms constant bigint := extract(epoch from clock_timestamp()) * 1000;
  flooded_until bigint;
begin
  if total is not null then
    select expire into flooded_until from rate_limit where key = total and expire > this_ms and points >= flood
      and not exists (select from rate_limit where key = known and expire > this_ms);
  end if;
  if flooded_until is null then
    return (select max(expire) - this_ms from unnest(keys, allowed) asked (of_key, most) join rate_limit on key = of_key where expire > this_ms and points >= most);
  end if;
  return (select max(case when most = 0 then flooded_until else expire end) - this_ms
          from unnest(keys, strange) asked (of_key, most) left join rate_limit on key = of_key and expire > this_ms where most = 0 or points >= most);
end $$;

-- Counts `times` attempts under each key, or says how long to wait. Attempts under one key go one after the other, so that none slips
-- through beside another.
create function count_attempt(keys text[], allowed int[], seconds int[], total text, flood int, total_seconds int, strange int[], known text, times int) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  this_ms bigint;
  wait_ms bigint;
begin
  perform pg_advisory_xact_lock(hashtext('count_attempt'), lock) from (select distinct hashtext(key) as lock from unnest(keys || total) key where key is not null order by 1) locks;
  wait_ms := attempt_wait(keys, allowed, total, flood, strange, known);
  if wait_ms is not null then return wait_ms; end if;
  this_ms := extract(epoch from clock_timestamp()) * 1000;
  insert into rate_limit as counted (key, points, expire)
    select key, times, this_ms + lasting::bigint * 1000 from unnest(keys || total, seconds || total_seconds) tried (key, lasting) where key is not null order by key
  on conflict (key) do update set
    points = case when counted.expire <= this_ms then excluded.points else counted.points + excluded.points end,
    expire = case when counted.expire <= this_ms then excluded.expire else counted.expire end;
  -- One in a hundred sweeps up what has ended.
  if random() < 0.01 then
    delete from rate_limit where key in (select key from rate_limit where expire < this_ms limit 500 for update skip locked);
  end if;
  return null;
end $$;

-- What was right was no guess. From then on the network is known.
create function forgive_attempt(keys text[], known text, known_seconds int) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  update rate_limit set points = greatest(0, points - 1) from (select key from rate_limit where key = any (keys) order by key for update) mine where rate_limit.key = mine.key;
  perform remember_network(known, known_seconds);
end $$;

-- A network is written down again once half its time has passed.
create function remember_network(known text, seconds int) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  this_ms constant bigint := extract(epoch from clock_timestamp()) * 1000;
begin
  if known is null or exists (select from rate_limit where key = known and expire > this_ms + seconds::bigint * 500) then return; end if;
  insert into rate_limit (key, points, expire) values (known, 1, this_ms + seconds::bigint * 1000) on conflict (key) do update set expire = excluded.expire;
end $$;

-- The pledge of a follow code, or how long to wait. A long code is never refused, whatever was guessed in its network: it cannot be guessed.
-- A short one of before waits with a network that has guessed wrong too often. Of a code that was garbled there are several readings.
drop function follow_pledge(text, text, int, int);
create function follow_pledge(readings text[], keys text[], allowed int[], seconds int[], total text, flood int, total_seconds int, strange int[], known text, known_seconds int,
  out pledge_id uuid, out wait_ms bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  is_short boolean;
begin
  select follow_code.pledge_id, length(code) < 20 into pledge_id, is_short from follow_code where code = any (readings) limit 1;
  if pledge_id is null then
    wait_ms := count_attempt(keys, allowed, seconds, total, flood, total_seconds, strange, known, cardinality(readings));
    return;
  end if;
  if is_short then
    wait_ms := attempt_wait(keys, allowed, total, flood, strange, known);
    if wait_ms is not null then
      pledge_id := null;
      return;
    end if;
  end if;
  perform remember_network(known, known_seconds);
end $$;

revoke all on function attempt_wait(text[], int[], text, int, int[], text), count_attempt(text[], int[], int[], text, int, int, int[], text, int), forgive_attempt(text[], text, int),
  remember_network(text, int), follow_pledge(text[], text[], int[], int[], text, int, int, int[], text, int) from public;
grant execute on function count_attempt(text[], int[], int[], text, int, int, int[], text, int), forgive_attempt(text[], text, int) to chungtay_gate;
grant execute on function follow_pledge(text[], text[], int[], int[], text, int, int, int[], text, int) to chungtay_app;
revoke insert, update, delete on rate_limit from chungtay_gate;

-- ── devices that have signed in ─────────────────────────────────────────────────────────────────────────────────────

-- A browser that has signed in to an account has a count of its own there: guesses made elsewhere never shut it out. It opens nothing.
-- CreateTable
CREATE TABLE "known_device" (
    "account_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "known_device_pkey" PRIMARY KEY ("account_id","token_hash")
);

-- AddForeignKey
ALTER TABLE "known_device" ADD CONSTRAINT "known_device_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

grant select, insert, update, delete on known_device to chungtay_gate;
alter table known_device enable row level security;
create policy gate on known_device for all to chungtay_gate using (true) with check (true);
