-- A household says itself what became of what it received, by its slip or its account; and whether what was built for it is in use.
alter type "OutcomeKind" add value 'WORKS_IN_USE';

-- AlterTable
ALTER TABLE "outcome" ADD COLUMN "by_household" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "slip_id" UUID,
ALTER COLUMN "recorded_by" DROP NOT NULL;

-- AddForeignKey
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_slip_id_fkey" FOREIGN KEY ("slip_id") REFERENCES "slip"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Somebody has said it: an account or a slip, and a slip is a household's.
alter table outcome add constraint outcome_has_speaker check (num_nonnulls(recorded_by, slip_id) = 1 and (by_household or slip_id is null));

create or replace view open.outcome as select * from public.outcome where false;

alter policy written on outcome with check (
  (by_household and household_id = any ((select viewer_households())::uuid[]))
  or (not by_household and area_path <@ any ((select viewer_offices())::ltree[])));
