-- Photos that prove a hand-over, without their metadata, with the consent of those pictured; erased when it is taken back.

-- CreateTable
CREATE TABLE "delivery_photo" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "delivery_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "media_type" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "caption" TEXT NOT NULL,
    "consent_from" TEXT NOT NULL,
    "bytes" BYTEA,
    "added_by" UUID NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_by" UUID,
    "removed_at" TIMESTAMPTZ(3),
    "removal_reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "delivery_photo_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "delivery_photo_delivery_id_idx" ON "delivery_photo"("delivery_id");

-- AddForeignKey
ALTER TABLE "delivery_photo" ADD CONSTRAINT "delivery_photo_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "delivery_photo" ADD CONSTRAINT "delivery_photo_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "delivery_photo" ADD CONSTRAINT "delivery_photo_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "delivery_photo" ADD CONSTRAINT "delivery_photo_added_by_fkey" FOREIGN KEY ("added_by") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "delivery_photo" ADD CONSTRAINT "delivery_photo_removed_by_fkey" FOREIGN KEY ("removed_by") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table delivery_photo
  add constraint photo_is_of_a_known_kind   check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  add constraint photo_has_consent          check (consent_from <> ''),
  add constraint photo_is_described         check (caption <> ''),
  add constraint photo_is_erased_if_removed check ((removed_at is null) = (bytes is not null)),
  alter column bytes set storage external; -- compressed as it is

create trigger area_path before insert or update of area_id on delivery_photo for each row execute function set_area_path();

-- ── who sees, who writes: the receiving side and the offices; whoever is pictured may have it erased ────────────────

alter table delivery_photo enable row level security;
grant select, insert, update (bytes, removed_by, removed_at, removal_reason) on delivery_photo to chungtay_app;

create policy visible on delivery_photo for select to chungtay_app using ((delivery_photo.area_path <@ any ((select viewer_offices())::ltree[]) or delivery_photo.household_id = any ((select viewer_households())::uuid[])));
create policy written on delivery_photo for insert to chungtay_app with check (
  removed_at is null and added_by = viewer_account() and exists (select 1 from delivery where delivery.id = delivery_id
    and delivery.household_id = delivery_photo.household_id and delivery.area_path <@ any ((select viewer_offices())::ltree[])));
create policy erased on delivery_photo for update to chungtay_app
  using (area_path <@ any ((select viewer_offices())::ltree[]) or household_id = any ((select viewer_households())::uuid[]))
  with check (bytes is null and removed_at is not null
    and (area_path <@ any ((select viewer_offices())::ltree[]) or household_id = any ((select viewer_households())::uuid[])));

create view open.delivery_photo as select * from public.delivery_photo where false;
grant select on open.delivery_photo to chungtay_public;
