-- What Prisma cannot say: folding, quantities kept by facts, append-only tables, roles, row-level security, public views.

-- ── search ──────────────────────────────────────────────────────────────────────────────────────────────────────────

-- 'Hải Hoà', 'HẢI HÒA' and 'hai hoa' fold to the same text (twin: server/src/features/areas/fold.ts).
create function fold_vi(text) returns text language sql immutable strict parallel safe as $$
  select btrim(regexp_replace(
    lower(translate(regexp_replace(normalize($1, NFD), '[\u0300-\u036f''’‘ʼ`´]', '', 'g'), 'Đđ', 'dd') collate "C"),
    '[^0-9a-z\u00a1-\u1fff\u2070-\u2fff\u3001-\U0010ffff]+', ' ', 'g'))
$$;

-- ── the viewer: settings of the transaction, always set with set_config(…, true) ────────────────────────────────────

create function viewer_account() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('app.account', true), '')::uuid $$;
create function viewer_person() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('app.person', true), '')::uuid $$;
create function viewer_offices() returns ltree[] language sql stable parallel safe as
  $$ select string_to_array(coalesce(current_setting('app.offices', true), ''), ',')::ltree[] $$;
create function viewer_parties() returns uuid[] language sql stable parallel safe as
  $$ select string_to_array(coalesce(current_setting('app.parties', true), ''), ',')::uuid[] $$;
create function viewer_households() returns uuid[] language sql stable parallel safe as
  $$ select string_to_array(coalesce(current_setting('app.households', true), ''), ',')::uuid[] $$;
create function viewer_pledges() returns uuid[] language sql stable parallel safe as
  $$ select string_to_array(coalesce(current_setting('app.pledges', true), ''), ',')::uuid[] $$;

-- ── area paths: a row that hangs on an area carries its path, so that a subtree is one index condition ──────────────

create function set_area_path() returns trigger language plpgsql as $$
begin
  select path into strict new.area_path from area where id = new.area_id;
  return new;
end $$;

do $$
declare t text;
begin
  foreach t in array array['household','need','pledge','allocation','delivery','receipt','outcome','task','event'] loop
    execute format('create trigger area_path before insert or update of area_id on %I for each row execute function set_area_path()', t);
  end loop;
end $$;

-- ── quantities: sums of line_fact, never written by hand ────────────────────────────────────────────────────────────

alter table pledge_line
  add constraint line_promised_positive     check (promised >= 0),
  add constraint line_allocated_within      check (allocated between 0 and promised),
  add constraint line_dispatched_within     check (dispatched between 0 and allocated),
  add constraint line_received_within       check (received between 0 and dispatched),
  add constraint line_settled_within        check (settled between 0 and received);
alter table allocation
  add constraint allocation_not_negative    check (allocated >= 0),
  add constraint allocation_dispatched_within check (dispatched between 0 and allocated),
  add constraint allocation_received_within check (received between 0 and dispatched),
  add constraint allocation_settled_within  check (settled between 0 and received);
alter table need
  add constraint need_quantity_positive     check (quantity > 0),
  add constraint need_allocated_within      check (allocated between 0 and quantity),
  add constraint need_received_within       check (received between 0 and allocated),
  add constraint need_urgency_known         check (urgency between 1 and 3);
alter table delivery
  add constraint delivery_quantity_positive check (quantity > 0),
  add constraint delivery_received_within   check (received between 0 and quantity);
alter table line_fact
  add constraint fact_moves                 check (amount <> 0),
  add constraint fact_names_allocation      check ((stage = 'PROMISED') = (allocation_id is null));
alter table outcome
  add constraint outcome_quantity_positive  check (quantity > 0);
alter table receipt
  add constraint receipt_proxy_is_witnessed check (channel <> 'PROXY' or (account_id is not null and person_id is not null and witness_name is not null)),
  add constraint receipt_slip_is_named      check (channel <> 'SLIP' or slip_id is not null),
  add constraint receipt_answer_fits        check (case answer when 'FULL' then received > 0 when 'SHORT' then received > 0 else received = 0 end);
alter table role_grant
  add constraint grant_has_its_scope check (case role
    when 'DONOR' then party_id is not null
    when 'HOUSEHOLD' then household_id is not null
    when 'ADMIN' then true
    else area_id is not null end);

create function start_at_zero() returns trigger language plpgsql as $$
begin
  new.allocated := 0; new.received := 0;
  if tg_table_name <> 'need' then new.dispatched := 0; new.settled := 0; end if;
  if tg_table_name = 'pledge_line' then new.promised := 0; end if;
  return new;
end $$;
create trigger start_at_zero before insert on pledge_line for each row execute function start_at_zero();
create trigger start_at_zero before insert on allocation for each row execute function start_at_zero();
create trigger start_at_zero before insert on need for each row execute function start_at_zero();

-- Locks go line → allocation → need; every command that locks does it in the same order.
create function apply_line_fact() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update pledge_line set
    promised   = promised   + case new.stage when 'PROMISED'   then new.amount else 0 end,
    allocated  = allocated  + case new.stage when 'ALLOCATED'  then new.amount else 0 end,
    dispatched = dispatched + case new.stage when 'DISPATCHED' then new.amount else 0 end,
    received   = received   + case new.stage when 'RECEIVED'   then new.amount else 0 end,
    settled    = settled    + case new.stage when 'SETTLED'    then new.amount else 0 end
  where id = new.line_id;
  if new.allocation_id is not null then
    update allocation set
      allocated  = allocated  + case new.stage when 'ALLOCATED'  then new.amount else 0 end,
      dispatched = dispatched + case new.stage when 'DISPATCHED' then new.amount else 0 end,
      received   = received   + case new.stage when 'RECEIVED'   then new.amount else 0 end,
      settled    = settled    + case new.stage when 'SETTLED'    then new.amount else 0 end
    where id = new.allocation_id and line_id = new.line_id;
    if not found then raise exception 'fact of another line''s allocation' using errcode = '23514', constraint = 'fact_names_allocation'; end if;
    if new.stage in ('ALLOCATED', 'RECEIVED') then
      update need set
        allocated = need.allocated + case new.stage when 'ALLOCATED' then new.amount else 0 end,
        received  = need.received  + case new.stage when 'RECEIVED'  then new.amount else 0 end
      from allocation where allocation.id = new.allocation_id and need.id = allocation.need_id;
    end if;
  end if;
  return null;
end $$;
create trigger apply_line_fact after insert on line_fact for each row execute function apply_line_fact();

-- One person can never stand on both sides of a hand-over.
create function receipt_has_two_sides() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.person_id is not null and exists (
    select 1 from delivery where id = new.delivery_id and new.person_id in (dispatcher_person_id, witness_person_id)
  ) then
    raise exception 'one person on both sides of a hand-over' using errcode = '23514', constraint = 'receipt_two_sides';
  end if;
  return new;
end $$;
create trigger receipt_has_two_sides before insert on receipt for each row execute function receipt_has_two_sides();

-- The household's latest recognised status stands on its row.
create function keep_household_status() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update household set status = (
    select status from household_status where household_id = new.household_id order by effective_on desc, recorded_at desc limit 1
  ) where id = new.household_id;
  return null;
end $$;
create trigger keep_household_status after insert on household_status for each row execute function keep_household_status();

-- ── append-only ─────────────────────────────────────────────────────────────────────────────────────────────────────

create function forbid_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = '42501';
end $$;
do $$
declare t text;
begin
  foreach t in array array['household_status','pledge_step','line_fact','receipt','outcome','event'] loop
    execute format('create trigger append_only before update or delete on %I for each row execute function forbid_change()', t);
    execute format('create trigger never_truncated before truncate on %I for each statement execute function forbid_change()', t);
  end loop;
end $$;

-- ── wake-ups: NOTIFY only wakes, readers find what is new by cursor ─────────────────────────────────────────────────

create function wake_feed() returns trigger language plpgsql as $$
begin
  perform pg_notify('chungtay_event', '');
  return null;
end $$;
create trigger wake_feed after insert on event for each statement execute function wake_feed();

create function wake_rights() returns trigger language plpgsql as $$
begin
  perform pg_notify('chungtay_rights', case tg_table_name when 'session' then to_jsonb(new) ->> 'account_id' else new.id::text end);
  return null;
end $$;
create trigger wake_rights after update of revoked_at on session for each row
  when (new.revoked_at is not null) execute function wake_rights();
create trigger wake_rights after update of rights_version, disabled_at on account for each row execute function wake_rights();

-- ── roles: the app owns nothing and bypasses nothing; sign-in has a door of its own ─────────────────────────────────

do $$
declare r text;
begin
  foreach r in array array['chungtay_app', 'chungtay_gate'] loop
    begin
      execute format('create role %I nologin nosuperuser nobypassrls nocreatedb nocreaterole', r);
    exception when duplicate_object or unique_violation then null;
    end;
  end loop;
end $$;
revoke all on schema public from public;
grant usage on schema public to chungtay_app, chungtay_gate;

grant select on area, area_place, area_succession, poverty_standard, deprivation_indicator, poverty_cause, support_kind,
  plan, plan_target, printed_figure, person, household, household_status, household_deprivation, need, party, party_contact,
  pledge, pledge_step, pledge_line, line_fact, allocation, delivery, receipt, outcome, task, event to chungtay_app;
grant select (id, person_id) on account to chungtay_app;
grant insert on household, household_status, household_deprivation, need, party, party_contact, pledge, pledge_step, pledge_line,
  line_fact, allocation, delivery, receipt, outcome, task, event to chungtay_app;
grant update (area_id, head_name, phone, members, causes, wish, version) on household to chungtay_app;
grant delete on household_deprivation to chungtay_app;
grant update (quantity, detail, urgency, verified_at, withdrawn_at, version) on need to chungtay_app;
grant update (name) on party to chungtay_app;
grant update (name, phone, email) on party_contact to chungtay_app;
grant update (state, verified_at, expected_on, message, version) on pledge to chungtay_app;
grant update (detail) on pledge_line to chungtay_app;
grant update (version) on allocation to chungtay_app;
grant update (answer, received, version) on delivery to chungtay_app;
grant update (assignee_id, due_on, closed_at, closed_by, closing_note) on task to chungtay_app;
grant select, insert, update (answer) on idempotency_key to chungtay_app;
grant usage on sequence line_fact_id_seq, pledge_step_id_seq, event_id_seq to chungtay_app;

grant select, insert, update on person, account, role_grant, session, slip to chungtay_gate;
grant select, insert, update, delete on rate_limit to chungtay_gate;
grant select, insert, update (answer) on idempotency_key to chungtay_gate;
grant select on area, party, household to chungtay_gate;
grant insert on party, party_contact to chungtay_gate;

do $$
declare t record;
begin
  for t in select tablename from pg_tables where schemaname = 'public' and tablename not in ('_prisma_migrations', 'loaded_data', 'rate_limit') loop
    execute format('alter table %I enable row level security', t.tablename);
  end loop;
end $$;

-- The gate knows who is asking and nothing of what they ask for.
create policy gate on person for all to chungtay_gate using (true) with check (true);
create policy gate on account for all to chungtay_gate using (true) with check (true);
create policy gate on role_grant for all to chungtay_gate using (true) with check (true);
create policy gate on session for all to chungtay_gate using (true) with check (true);
create policy gate on slip for all to chungtay_gate using (true) with check (true);
create policy gate on area for select to chungtay_gate using (true);
create policy gate on party for all to chungtay_gate using (true) with check (true);
create policy gate on party_contact for insert to chungtay_gate with check (true);
create policy gate on household for select to chungtay_gate using (true);
create policy own on idempotency_key for all to chungtay_app, chungtay_gate
  using (scope = coalesce(viewer_account()::text, 'visitor')) with check (scope = coalesce(viewer_account()::text, 'visitor'));

-- ── who may see which rows: the same text as server/src/access/visibility.ts ────────────────────────────────────────

create policy visible on area for select to chungtay_app using (true);
create policy visible on area_place for select to chungtay_app using (true);
create policy visible on area_succession for select to chungtay_app using (true);
create policy visible on poverty_standard for select to chungtay_app using (true);
create policy visible on deprivation_indicator for select to chungtay_app using (true);
create policy visible on poverty_cause for select to chungtay_app using (true);
create policy visible on support_kind for select to chungtay_app using (true);
create policy visible on plan for select to chungtay_app using (true);
create policy visible on plan_target for select to chungtay_app using (true);
create policy visible on person for select to chungtay_app using ((person.id = viewer_person() or cardinality(viewer_offices()) > 0));
create policy visible on account for select to chungtay_app using ((account.id = viewer_account() or cardinality(viewer_offices()) > 0));
create policy visible on household for select to chungtay_app using ((household.area_path <@ any ((select viewer_offices())::ltree[]) or household.id = any ((select viewer_households())::uuid[])));
create policy visible on household_status for select to chungtay_app using (exists (select 1 from household where household.id = household_status.household_id and (household.area_path <@ any ((select viewer_offices())::ltree[]) or household.id = any ((select viewer_households())::uuid[]))));
create policy visible on household_deprivation for select to chungtay_app using (exists (select 1 from household where household.id = household_deprivation.household_id and (household.area_path <@ any ((select viewer_offices())::ltree[]) or household.id = any ((select viewer_households())::uuid[]))));
create policy visible on need for select to chungtay_app using ((need.area_path <@ any ((select viewer_offices())::ltree[]) or need.household_id = any ((select viewer_households())::uuid[])));
create policy visible on party for select to chungtay_app using ((party.id = any ((select viewer_parties())::uuid[]) or exists (select 1 from pledge where pledge.party_id = party.id and (pledge.area_path <@ any ((select viewer_offices())::ltree[]) or (not pledge.anonymous and (pledge.state = 'VERIFIED' or pledge.id = any ((select viewer_pledges())::uuid[])))))));
create policy visible on party_contact for select to chungtay_app using ((party_contact.party_id = any ((select viewer_parties())::uuid[]) or exists (select 1 from pledge where pledge.party_id = party_contact.party_id and pledge.area_path <@ any ((select viewer_offices())::ltree[]))));
create policy visible on pledge for select to chungtay_app using ((pledge.state = 'VERIFIED' or pledge.area_path <@ any ((select viewer_offices())::ltree[]) or pledge.party_id = any ((select viewer_parties())::uuid[]) or pledge.id = any ((select viewer_pledges())::uuid[])));
create policy visible on pledge_step for select to chungtay_app using (exists (select 1 from pledge where pledge.id = pledge_step.pledge_id and (pledge.party_id = any ((select viewer_parties())::uuid[]) or pledge.area_path <@ any ((select viewer_offices())::ltree[]) or pledge.id = any ((select viewer_pledges())::uuid[]))));
create policy visible on pledge_line for select to chungtay_app using (exists (select 1 from pledge where pledge.id = pledge_line.pledge_id and (pledge.state = 'VERIFIED' or pledge.area_path <@ any ((select viewer_offices())::ltree[]) or pledge.party_id = any ((select viewer_parties())::uuid[]) or pledge.id = any ((select viewer_pledges())::uuid[]))));
create policy visible on line_fact for select to chungtay_app using (exists (select 1 from pledge_line join pledge on pledge.id = pledge_line.pledge_id where pledge_line.id = line_fact.line_id and (pledge.party_id = any ((select viewer_parties())::uuid[]) or pledge.area_path <@ any ((select viewer_offices())::ltree[]) or pledge.id = any ((select viewer_pledges())::uuid[]))));
create policy visible on allocation for select to chungtay_app using ((allocation.area_path <@ any ((select viewer_offices())::ltree[]) or allocation.household_id = any ((select viewer_households())::uuid[]) or allocation.party_id = any ((select viewer_parties())::uuid[]) or allocation.pledge_id = any ((select viewer_pledges())::uuid[])));
create policy visible on delivery for select to chungtay_app using ((delivery.area_path <@ any ((select viewer_offices())::ltree[]) or delivery.household_id = any ((select viewer_households())::uuid[]) or delivery.party_id = any ((select viewer_parties())::uuid[]) or delivery.pledge_id = any ((select viewer_pledges())::uuid[])));
create policy visible on receipt for select to chungtay_app using ((receipt.area_path <@ any ((select viewer_offices())::ltree[]) or receipt.household_id = any ((select viewer_households())::uuid[]) or receipt.party_id = any ((select viewer_parties())::uuid[]) or receipt.pledge_id = any ((select viewer_pledges())::uuid[])));
create policy visible on outcome for select to chungtay_app using ((outcome.area_path <@ any ((select viewer_offices())::ltree[]) or outcome.household_id = any ((select viewer_households())::uuid[]) or outcome.party_id = any ((select viewer_parties())::uuid[]) or outcome.pledge_id = any ((select viewer_pledges())::uuid[])));
create policy visible on task for select to chungtay_app using (task.area_path <@ any ((select viewer_offices())::ltree[]));
create policy visible on printed_figure for select to chungtay_app using (exists (select 1 from plan join area on area.id = plan.area_id where plan.id = printed_figure.plan_id and area.path <@ any ((select viewer_offices())::ltree[])));
create policy visible on event for select to chungtay_app using ((event.audience = 'PUBLIC' or event.area_path <@ any ((select viewer_offices())::ltree[]) or (event.audience = 'PARTIES' and (event.party_id = any ((select viewer_parties())::uuid[]) or event.household_id = any ((select viewer_households())::uuid[]) or event.pledge_id = any ((select viewer_pledges())::uuid[])))));

-- ── who may write which rows: the second wall under the commands ────────────────────────────────────────────────────

create policy written on household for insert to chungtay_app with check (area_path <@ any ((select viewer_offices())::ltree[]));
create policy changed on household for update to chungtay_app using (area_path <@ any ((select viewer_offices())::ltree[]));
create policy written on household_status for insert to chungtay_app with check (
  exists (select 1 from household where household.id = household_id and household.area_path <@ any ((select viewer_offices())::ltree[])));
create policy written on household_deprivation for insert to chungtay_app with check (
  exists (select 1 from household where household.id = household_id and household.area_path <@ any ((select viewer_offices())::ltree[])));
create policy removed on household_deprivation for delete to chungtay_app using (
  exists (select 1 from household where household.id = household_id and household.area_path <@ any ((select viewer_offices())::ltree[])));
create policy written on need for insert to chungtay_app with check (
  area_path <@ any ((select viewer_offices())::ltree[]) or household_id = any ((select viewer_households())::uuid[]));
create policy changed on need for update to chungtay_app using (
  area_path <@ any ((select viewer_offices())::ltree[]) or household_id = any ((select viewer_households())::uuid[]));
create policy written on party for insert to chungtay_app with check (id = any ((select viewer_parties())::uuid[]));
create policy changed on party for update to chungtay_app using (id = any ((select viewer_parties())::uuid[]));
create policy written on party_contact for insert to chungtay_app with check (party_id = any ((select viewer_parties())::uuid[]));
create policy changed on party_contact for update to chungtay_app using (party_id = any ((select viewer_parties())::uuid[]));
create policy written on pledge for insert to chungtay_app with check (state = 'REGISTERED' and party_id = any ((select viewer_parties())::uuid[]));
create policy changed on pledge for update to chungtay_app using (
  party_id = any ((select viewer_parties())::uuid[]) or area_path <@ any ((select viewer_offices())::ltree[]));
create policy written on pledge_step for insert to chungtay_app with check (
  exists (select 1 from pledge where pledge.id = pledge_id
          and (pledge.party_id = any ((select viewer_parties())::uuid[]) or pledge.area_path <@ any ((select viewer_offices())::ltree[]))));
create policy written on pledge_line for insert to chungtay_app with check (
  exists (select 1 from pledge where pledge.id = pledge_id and pledge.party_id = any ((select viewer_parties())::uuid[])));
create policy changed on pledge_line for update to chungtay_app using (
  exists (select 1 from pledge where pledge.id = pledge_id));
create policy written on line_fact for insert to chungtay_app with check (
  exists (select 1 from pledge_line where pledge_line.id = line_id)
  and case stage
    when 'PROMISED' then exists (select 1 from pledge_line join pledge on pledge.id = pledge_line.pledge_id where pledge_line.id = line_id
      and (pledge.party_id = any ((select viewer_parties())::uuid[]) or pledge.area_path <@ any ((select viewer_offices())::ltree[])))
    when 'RECEIVED' then exists (select 1 from allocation where allocation.id = allocation_id
      and (allocation.area_path <@ any ((select viewer_offices())::ltree[]) or allocation.household_id = any ((select viewer_households())::uuid[])))
    else exists (select 1 from allocation where allocation.id = allocation_id
      and allocation.area_path <@ any ((select viewer_offices())::ltree[]))
  end);
create policy written on allocation for insert to chungtay_app with check (area_path <@ any ((select viewer_offices())::ltree[]));
create policy changed on allocation for update to chungtay_app using (
  area_path <@ any ((select viewer_offices())::ltree[]) or household_id = any ((select viewer_households())::uuid[]));
create policy written on delivery for insert to chungtay_app with check (area_path <@ any ((select viewer_offices())::ltree[]));
create policy changed on delivery for update to chungtay_app using (
  area_path <@ any ((select viewer_offices())::ltree[]) or household_id = any ((select viewer_households())::uuid[]));
create policy written on receipt for insert to chungtay_app with check (
  (channel = 'PROXY' and person_id = viewer_person() and area_path <@ any ((select viewer_offices())::ltree[]))
  or (channel <> 'PROXY' and household_id = any ((select viewer_households())::uuid[])));
create policy written on outcome for insert to chungtay_app with check (area_path <@ any ((select viewer_offices())::ltree[]));
-- A task opens wherever something went wrong, so whoever may act may open one; only its office can read or close it.
create policy opened on task for insert to chungtay_app with check (closed_at is null);
create policy closed on task for update to chungtay_app using (
  area_path <@ any ((select viewer_offices())::ltree[]));
create policy told on event for insert to chungtay_app with check (true);

-- ── what everyone may know of an area's needs: by kind and quantity, never by household ─────────────────────────────

create view public_need with (security_barrier) as
  select need.area_id, need.area_path, need.kind_code,
         sum(need.quantity)::bigint as quantity, sum(need.allocated)::bigint as allocated, sum(need.received)::bigint as received,
         max(need.urgency) as urgency
  from need
  where need.verified_at is not null and need.withdrawn_at is null
  group by need.area_id, need.area_path, need.kind_code;
grant select on public_need to chungtay_app;

-- Whoever holds a pledge's code may follow it: the one way from the code to the pledge.
create function pledge_by_code(text) returns uuid language sql stable security definer set search_path = public, pg_temp as
  $$ select id from pledge where code = $1 $$;
revoke all on function pledge_by_code(text) from public;
grant execute on function pledge_by_code(text) to chungtay_app;

-- How far the feed can be read: below the oldest transaction still writing, or a late commit would be missed.
create function feed_head(out head text, out pending boolean) language sql stable security definer set search_path = public, pg_temp as $$
  select pg_snapshot_xmin(pg_current_snapshot())::text,
         exists (select 1 from event where xid >= pg_snapshot_xmin(pg_current_snapshot()))
$$;
revoke all on function feed_head() from public;
grant execute on function feed_head() to chungtay_app;
