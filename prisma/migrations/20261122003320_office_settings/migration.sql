-- How an office matches: weights and guards of an area, every change a version of its own. A version without settings takes those of the
-- area above.
-- CreateTable
CREATE TABLE "matching_setting" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "version" INTEGER NOT NULL,
    "weights" JSONB,
    "guards" JSONB,
    "returns_to" INTEGER,
    "changed_by" UUID NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "matching_setting_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "allocation" ADD COLUMN "overridden" TEXT[],
ADD COLUMN "override_reason" TEXT;

-- CreateIndex
CREATE INDEX "matching_setting_area_gist" ON "matching_setting" USING GIST ("area_path");

-- CreateIndex
CREATE UNIQUE INDEX "matching_setting_area_id_version_key" ON "matching_setting"("area_id", "version");

-- AddForeignKey
ALTER TABLE "matching_setting" ADD CONSTRAINT "matching_setting_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "matching_setting" ADD CONSTRAINT "matching_setting_changed_by_fkey" FOREIGN KEY ("changed_by") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table matching_setting
  add constraint setting_whole_or_none  check ((weights is null) = (guards is null)),
  add constraint setting_counts_from_1  check (version > 0),
  add constraint setting_returns_before check (returns_to >= 0 and returns_to < version);
-- No guard is passed over without saying why.
alter table allocation
  add constraint allocation_overridden_with_reason check ((override_reason is not null) = (cardinality(coalesce(overridden, '{}')) > 0));

create trigger area_path before insert or update of area_id on matching_setting for each row execute function set_area_path();

-- An office sees its own, what it inherits, and what those below it have set; nobody changes what was once set.
grant select, insert on matching_setting to chungtay_app;
alter table matching_setting enable row level security;
create policy visible on matching_setting for select to chungtay_app using ((matching_setting.area_path <@ any ((select viewer_offices())::ltree[]) or matching_setting.area_path @> any ((select viewer_offices())::ltree[])));
create policy written on matching_setting for insert to chungtay_app with check (area_path <@ any ((select viewer_offices())::ltree[]) and changed_by = viewer_account());

create view open.matching_setting as select * from public.matching_setting where false;
grant select on open.matching_setting to chungtay_public;
create or replace view open.allocation as select * from public.allocation where false;
