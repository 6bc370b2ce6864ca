-- The live feed of a data set at scale: the latest of what happened, as the commands tell it.
-- Settings: scale.events (how many). Whatever was there before the data set happened after its end.

create temp table latest (
  at timestamptz, type "EventType", audience "EventAudience", area_id text, area_path ltree, pledge_id uuid, party_id uuid, actor_id uuid,
  household_id uuid, line_id uuid, allocation_id uuid, need_id uuid, kind_code text, quantity bigint, delivery_id uuid, outcome_id uuid) on commit drop;

insert into latest
select registered_at, 'PLEDGE_MADE', 'PARTIES', area_id, area_path, id, party_id
from pledge where registered_at <= pg_temp.until() order by registered_at desc, id limit current_setting('scale.events')::int;

insert into latest
select verified_at, 'PLEDGE_VERIFIED', 'PUBLIC', area_id, area_path, id, party_id, checker
from pledge join officer on officer.province_id = ltree2text(subpath(area_path, 0, 1))
where verified_at <= pg_temp.until() order by verified_at desc, id limit current_setting('scale.events')::int;

insert into latest
select decided_at, 'LINE_ALLOCATED', 'PUBLIC', area_id, area_path, pledge_id, party_id, decided_by, household_id, line_id, id, need_id, kind_code, allocated
from allocation where decided_at <= pg_temp.until() order by decided_at desc, id limit current_setting('scale.events')::int;

insert into latest
select delivery.dispatched_at, 'DELIVERY_DISPATCHED', 'PUBLIC', allocation.area_id, allocation.area_path, allocation.pledge_id, allocation.party_id, dispatched_by, allocation.household_id,
       line_id, allocation.id, need_id, kind_code, delivery.quantity, delivery.id
from delivery join allocation on allocation.id = allocation_id
where delivery.dispatched_at <= pg_temp.until() order by delivery.dispatched_at desc, delivery.id limit current_setting('scale.events')::int;

insert into latest
select receipt.at, 'RECEIPT_CONFIRMED', (case when receipt.received > 0 then 'PUBLIC' else 'PARTIES' end)::"EventAudience", allocation.area_id, allocation.area_path, allocation.pledge_id,
       allocation.party_id, null, allocation.household_id, line_id, allocation.id, need_id, kind_code, receipt.received, delivery.id
from receipt join delivery on delivery.id = delivery_id join allocation on allocation.id = allocation_id
where receipt.at <= pg_temp.until() order by receipt.at desc, receipt.id limit current_setting('scale.events')::int;

insert into latest
select line_fact.at, 'ALLOCATION_SETTLED', 'PUBLIC', area_id, allocation.area_path, allocation.pledge_id, allocation.party_id, actor_id, household_id, allocation.line_id, allocation.id, need_id, kind_code, amount
from line_fact join allocation on allocation.id = allocation_id
where stage = 'SETTLED' and line_fact.at <= pg_temp.until() order by line_fact.at desc, line_fact.id limit current_setting('scale.events')::int;

insert into latest
select recorded_at, 'OUTCOME_RECORDED', 'PUBLIC', allocation.area_id, allocation.area_path, allocation.pledge_id, allocation.party_id, recorded_by, allocation.household_id,
       allocation.line_id, allocation.id, need_id, kind_code, outcome.quantity, null, outcome.id
from outcome join allocation on allocation.id = allocation_id
where recorded_at <= pg_temp.until() order by recorded_at desc, outcome.id limit current_setting('scale.events')::int;

insert into event (at, type, audience, area_id, area_path, pledge_id, party_id, actor_id, household_id, line_id, allocation_id, need_id, kind_code, quantity, delivery_id, outcome_id)
select * from (
  select * from latest order by at desc, type, coalesce(outcome_id, delivery_id, allocation_id, pledge_id) limit current_setting('scale.events')::int) feed
order by at, type, coalesce(outcome_id, delivery_id, allocation_id, pledge_id);
