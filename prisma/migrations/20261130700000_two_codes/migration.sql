-- A pledge has two codes. The follow code opens: it stands in a table of its own, which only the giver and whoever holds the code can read.
-- The transfer code opens nothing, so that it may stand on papers and in the memo of a bank transfer. What was one code before stays to
-- follow by, and gets a fresh transfer code.

-- CreateTable
CREATE TABLE "follow_code" (
    "pledge_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "party_id" UUID,

    CONSTRAINT "follow_code_pkey" PRIMARY KEY ("pledge_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "follow_code_code_key" ON "follow_code"("code");

-- AddForeignKey
ALTER TABLE "follow_code" ADD CONSTRAINT "follow_code_pledge_id_fkey" FOREIGN KEY ("pledge_id") REFERENCES "pledge"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

insert into follow_code (pledge_id, code, party_id) select id, code, party_id from pledge;

-- From here on a follow code is long. The short ones of before stay, and none joins them: what a transfer code must not be is a closed list.
create function take_pledges_giver() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.code !~ '^[0-9A-HJKMNP-TV-Z]{20}$' then
    raise exception 'a follow code has twenty characters' using errcode = '23514', constraint = 'follow_code_is_long';
  end if;
  select party_id into new.party_id from pledge where id = new.pledge_id;
  return new;
end $$;
create trigger rights before insert on follow_code for each row execute function take_pledges_giver();

grant select, insert on follow_code to chungtay_app;
alter table follow_code enable row level security;
create policy visible on follow_code for select to chungtay_app using ((follow_code.party_id = any ((select viewer_parties())::uuid[]) or follow_code.pledge_id = any ((select viewer_pledges())::uuid[])));
create policy written on follow_code for insert to chungtay_app with check (pledge_id = any ((select viewer_pledges())::uuid[]));

create view open.follow_code as select * from public.follow_code where false;
grant select on open.follow_code to chungtay_public;

-- ── the transfer code ───────────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE "pledge" RENAME COLUMN "code" TO "transfer_code";
ALTER INDEX "pledge_code_key" RENAME TO "pledge_transfer_code_key";
alter view open.pledge rename column code to transfer_code;

-- VNN, seven random characters and a check character: their weighted sum modulo 31, which catches a wrong character (but 0 for Z) and a swap of neighbours.
create function new_transfer_code() returns text language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  alphabet constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  made text;
begin
  loop
    with random as (select uuid_send(gen_random_uuid()) as bytes),
    -- Bytes 6 and 8 of a random UUID are not random.
    digit as (select nth, get_byte(bytes, (array[0, 1, 2, 3, 4, 5, 9])[nth]) & 31 as value from random, generate_series(1, 7) nth)
    select 'VNN' || string_agg(substr(alphabet, value + 1, 1), '' order by nth) || substr(alphabet, (sum((nth + 1) * value) % 31)::int + 1, 1) into made from digit;
    if not exists (select from pledge where transfer_code = made) and not exists (select from follow_code where code = made) then return made; end if;
  end loop;
end $$;
revoke all on function take_pledges_giver(), new_transfer_code() from public;
grant execute on function new_transfer_code() to chungtay_app;

alter table pledge disable trigger user;
update pledge set transfer_code = new_transfer_code();
alter table pledge enable trigger user;
ALTER TABLE "pledge" ALTER COLUMN "transfer_code" SET DEFAULT new_transfer_code();

-- Whoever writes it, a transfer code opens nothing.
create function transfer_code_opens_nothing() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from follow_code where code = new.transfer_code) then
    raise exception 'this transfer code is a follow code' using errcode = '23505', constraint = 'pledge_transfer_code_opens_nothing';
  end if;
  return new;
end $$;
revoke all on function transfer_code_opens_nothing() from public;
create trigger transfer_code_opens_nothing before insert or update of transfer_code on pledge for each row execute function transfer_code_opens_nothing();

-- What a repetition is answered is read anew, so that no code that opens stands in the clear a second time.
update idempotency_key set answer = answer - 'code' where operation = 'makePledge';
