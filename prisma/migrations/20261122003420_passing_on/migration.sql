-- A household that has left poverty passes help on, as a party of its own. Which household a party is, only its office and it itself may know.
-- CreateTable
CREATE TABLE "household_party" (
    "household_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,

    CONSTRAINT "household_party_pkey" PRIMARY KEY ("household_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "household_party_party_id_key" ON "household_party"("party_id");

-- AddForeignKey
ALTER TABLE "household_party" ADD CONSTRAINT "household_party_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "household_party" ADD CONSTRAINT "household_party_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table household_party enable row level security;
grant select, insert on household_party to chungtay_app;
create policy visible on household_party for select to chungtay_app using (exists (select 1 from household where household.id = household_party.household_id and (household.area_path <@ any ((select viewer_offices())::ltree[]) or household.id = any ((select viewer_households())::uuid[]))));
create policy written on household_party for insert to chungtay_app with check (household_id = any ((select viewer_households())::uuid[]) and party_id = any ((select viewer_parties())::uuid[]));

create view open.household_party as select * from public.household_party where false;
grant select on open.household_party to chungtay_public;
