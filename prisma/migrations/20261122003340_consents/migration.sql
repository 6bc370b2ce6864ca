-- What a household allows, and no longer allows: each a statement of its own, by its slip, its account or an officer before a witness. The
-- latest one of a purpose holds; where there is none, nothing was ever asked, which is not a yes.
-- CreateEnum
CREATE TYPE "ConsentPurpose" AS ENUM ('MATCHING');

-- CreateTable
CREATE TABLE "consent" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "household_id" UUID NOT NULL,
    "purpose" "ConsentPurpose" NOT NULL,
    "given" BOOLEAN NOT NULL,
    "channel" "ReceiptChannel" NOT NULL,
    "slip_id" UUID,
    "account_id" UUID,
    "person_id" UUID,
    "witness_name" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "consent_household_id_purpose_at_idx" ON "consent"("household_id", "purpose", "at");

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_slip_id_fkey" FOREIGN KEY ("slip_id") REFERENCES "slip"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table consent
  add constraint consent_proxy_is_witnessed check (channel <> 'PROXY' or (account_id is not null and person_id is not null and witness_name is not null)),
  add constraint consent_slip_is_named      check (channel <> 'SLIP' or slip_id is not null);

create trigger append_only before update or delete on consent for each row execute function forbid_change();
create trigger never_truncated before truncate on consent for each statement execute function forbid_change();

grant select, insert on consent to chungtay_app;
alter table consent enable row level security;
create policy visible on consent for select to chungtay_app using (exists (select 1 from household where household.id = consent.household_id and (household.area_path <@ any ((select viewer_offices())::ltree[]) or household.id = any ((select viewer_households())::uuid[]))));
create policy written on consent for insert to chungtay_app with check (
  (channel = 'PROXY' and person_id = viewer_person()
    and exists (select 1 from household where household.id = household_id and household.area_path <@ any ((select viewer_offices())::ltree[])))
  or (channel <> 'PROXY' and household_id = any ((select viewer_households())::uuid[])));

create view open.consent as select * from public.consent where false;
grant select on open.consent to chungtay_public;
