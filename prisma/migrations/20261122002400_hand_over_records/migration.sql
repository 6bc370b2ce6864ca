-- A hand-over may follow a decision of the Fund's board; its number stands on the record that both sides sign.
-- AlterTable
ALTER TABLE "delivery" ADD COLUMN "decision_no" TEXT NOT NULL DEFAULT '';

create or replace view open.delivery as select * from public.delivery where false;

-- A household says of what is matched for it that it takes it, or lets it go before it is handed over.
-- AlterTable
ALTER TABLE "allocation" ADD COLUMN "accepted_at" TIMESTAMPTZ(3);

create or replace view open.allocation as select * from public.allocation where false;
grant update (accepted_at) on allocation to chungtay_app;

alter policy written on line_fact with check (
  exists (select 1 from pledge_line where pledge_line.id = line_id)
  and case stage
    when 'PROMISED' then exists (select 1 from pledge_line join pledge on pledge.id = pledge_line.pledge_id where pledge_line.id = line_id
      and (pledge.party_id = any ((select viewer_parties())::uuid[]) or pledge.area_path <@ any ((select viewer_offices())::ltree[])))
    when 'RECEIVED' then exists (select 1 from allocation where allocation.id = allocation_id
      and (allocation.area_path <@ any ((select viewer_offices())::ltree[]) or allocation.household_id = any ((select viewer_households())::uuid[])))
    when 'ALLOCATED' then exists (select 1 from allocation where allocation.id = allocation_id
      and (allocation.area_path <@ any ((select viewer_offices())::ltree[]) or (amount < 0 and allocation.household_id = any ((select viewer_households())::uuid[]))))
    else exists (select 1 from allocation where allocation.id = allocation_id
      and allocation.area_path <@ any ((select viewer_offices())::ltree[]))
  end);
