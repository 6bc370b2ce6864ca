-- What of a promise to buy produce was bought, paid, and at what price: each purchase says its price, and the agreement keeps the sums.
-- AlterTable
ALTER TABLE "outcome" ADD COLUMN "unit_price" BIGINT;

-- AlterTable
ALTER TABLE "purchase_agreement" ADD COLUMN "bought" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN "paid" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN "value" BIGINT NOT NULL DEFAULT 0;

alter table outcome
  add constraint outcome_price_positive check (unit_price > 0);
-- Whatever the app may let through: nothing is bought under the floor price.
alter table purchase_agreement
  add constraint purchase_agreement_keeps_floor check (value >= bought * floor_price),
  add constraint purchase_agreement_pays_bought check (0 <= paid and paid <= bought);

alter policy written on purchase_agreement with check (
  exists (select 1 from pledge_line where pledge_line.id = line_id and pledge_line.party_id = any ((select viewer_parties())::uuid[]))
  and (bought, paid, value) = (0, 0, 0));

create function add_purchase() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update purchase_agreement set
    bought = bought + case new.kind when 'PRODUCE_BOUGHT' then new.quantity else 0 end,
    value = value + case new.kind when 'PRODUCE_BOUGHT' then new.quantity * new.unit_price else 0 end,
    paid = paid + case new.kind when 'PRODUCE_PAID' then new.quantity else 0 end
  where line_id = new.line_id;
  return null;
end $$;
revoke all on function add_purchase() from public;
create trigger add_purchase after insert on outcome for each row when (new.kind in ('PRODUCE_BOUGHT', 'PRODUCE_PAID')) execute function add_purchase();

create or replace view open.outcome as select * from public.outcome where false;
create or replace view open.purchase_agreement as
  select purchase_agreement.* from public.purchase_agreement
  where exists (select from public.pledge_line where pledge_line.id = purchase_agreement.line_id and pledge_line.state = 'VERIFIED');

-- Kept answers.
create function agreement_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform tell_change((select string_agg(distinct line.area_path::text, ',') from after join pledge_line line on line.id = after.line_id where line.state = 'VERIFIED'));
  return null;
end $$;
revoke all on function agreement_changed() from public;
create trigger changed after update on purchase_agreement referencing new table as after for each statement execute function agreement_changed();
