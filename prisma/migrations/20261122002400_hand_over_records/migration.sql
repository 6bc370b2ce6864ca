-- A hand-over may follow a decision of the Fund's board; its number stands on the record that both sides sign.
-- AlterTable
ALTER TABLE "delivery" ADD COLUMN "decision_no" TEXT NOT NULL DEFAULT '';

create or replace view open.delivery as select * from public.delivery where false;
