-- What was handed over and did not arrive goes back to be handed over again, or to someone else.

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN "taken_back" BIGINT NOT NULL DEFAULT 0;

alter table delivery add constraint delivery_taken_back_within check (taken_back between 0 and quantity - received);
grant update (taken_back) on delivery to chungtay_app;

create or replace view open.delivery as select * from public.delivery where false;
