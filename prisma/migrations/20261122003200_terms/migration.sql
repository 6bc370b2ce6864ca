-- What a promise of posts, and one to buy produce, is made on: the terms belong to the line, and stay as they were promised.

-- CreateTable
CREATE TABLE "job_post" (
    "line_id" UUID NOT NULL,
    "area_id" TEXT NOT NULL,
    "skills_wanted" TEXT[],
    "skills_taught" TEXT[],
    "wage" BIGINT NOT NULL,
    "starts_on" DATE NOT NULL,

    CONSTRAINT "job_post_pkey" PRIMARY KEY ("line_id")
);

-- CreateTable
CREATE TABLE "purchase_agreement" (
    "line_id" UUID NOT NULL,
    "product" TEXT NOT NULL,
    "season_from" DATE NOT NULL,
    "season_to" DATE NOT NULL,
    "floor_price" BIGINT NOT NULL,

    CONSTRAINT "purchase_agreement_pkey" PRIMARY KEY ("line_id")
);

-- CreateIndex
CREATE INDEX "job_post_area_id_idx" ON "job_post"("area_id");

-- AddForeignKey
ALTER TABLE "job_post" ADD CONSTRAINT "job_post_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "pledge_line"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "job_post" ADD CONSTRAINT "job_post_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "purchase_agreement" ADD CONSTRAINT "purchase_agreement_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "pledge_line"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table job_post
  add constraint job_post_is_paid check (wage > 0);
alter table purchase_agreement
  add constraint purchase_agreement_has_a_season check (season_to >= season_from),
  add constraint purchase_agreement_has_a_floor  check (floor_price > 0);

-- Whoever sees the line sees its terms; who promises writes them with it, and nobody changes them.
alter table job_post enable row level security;
alter table purchase_agreement enable row level security;
grant select, insert on job_post, purchase_agreement to chungtay_app;

create policy visible on job_post for select to chungtay_app using (exists (select 1 from pledge_line where pledge_line.id = job_post.line_id and (pledge_line.state = 'VERIFIED' or pledge_line.area_path <@ any ((select viewer_offices())::ltree[]) or pledge_line.party_id = any ((select viewer_parties())::uuid[]) or pledge_line.pledge_id = any ((select viewer_pledges())::uuid[]))));
create policy visible on purchase_agreement for select to chungtay_app using (exists (select 1 from pledge_line where pledge_line.id = purchase_agreement.line_id and (pledge_line.state = 'VERIFIED' or pledge_line.area_path <@ any ((select viewer_offices())::ltree[]) or pledge_line.party_id = any ((select viewer_parties())::uuid[]) or pledge_line.pledge_id = any ((select viewer_pledges())::uuid[]))));
create policy written on job_post for insert to chungtay_app with check (
  exists (select 1 from pledge_line where pledge_line.id = line_id and pledge_line.party_id = any ((select viewer_parties())::uuid[])));
create policy written on purchase_agreement for insert to chungtay_app with check (
  exists (select 1 from pledge_line where pledge_line.id = line_id and pledge_line.party_id = any ((select viewer_parties())::uuid[])));

create view open.job_post as
  select job_post.* from public.job_post
  where exists (select from public.pledge_line where pledge_line.id = job_post.line_id and pledge_line.state = 'VERIFIED');
create view open.purchase_agreement as
  select purchase_agreement.* from public.purchase_agreement
  where exists (select from public.pledge_line where pledge_line.id = purchase_agreement.line_id and pledge_line.state = 'VERIFIED');
grant select on open.job_post, open.purchase_agreement to chungtay_public;
