-- The latest pledges of any area, read in order from an index: as quick for the nation's busiest province as for a hamlet.

-- The areas in which a pledge's area lies, from the province down, itself included. As columns of text they can be compared
-- below row-level security, which lets no index serve what it does not know to be free of leaks, `<@` among it.
-- AlterTable
ALTER TABLE "pledge"
  ADD COLUMN "place_1" TEXT COLLATE "C" GENERATED ALWAYS AS (case when nlevel(area_path) > 0 then ltree2text(subpath(area_path, 0, 1)) end) STORED,
  ADD COLUMN "place_2" TEXT COLLATE "C" GENERATED ALWAYS AS (case when nlevel(area_path) > 1 then ltree2text(subpath(area_path, 1, 1)) end) STORED,
  ADD COLUMN "place_3" TEXT COLLATE "C" GENERATED ALWAYS AS (case when nlevel(area_path) > 2 then ltree2text(subpath(area_path, 2, 1)) end) STORED;

alter table pledge add constraint pledge_place_is_living check (nlevel(area_path) <= 3);

-- CreateIndex
CREATE INDEX "pledge_place_1_idx" ON "pledge"("place_1", "registered_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "pledge_place_2_idx" ON "pledge"("place_2", "registered_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "pledge_place_3_idx" ON "pledge"("place_3", "registered_at" DESC, "id" DESC);

-- For the whole country, and only for who asks so: an index by the day alone would tempt the planner to walk it in search of one hamlet's.
create index pledge_anywhere_idx on pledge ((area_path is not null), registered_at desc, id desc);

create or replace view open.pledge as
  select id, null::text as code, case when not anonymous then party_id end as party_id, anonymous, area_id, area_path, expected_on,
         null::text as message, state, registered_at, verified_at, version, is_demo, place_1, place_2, place_3
  from public.pledge where state = 'VERIFIED';
