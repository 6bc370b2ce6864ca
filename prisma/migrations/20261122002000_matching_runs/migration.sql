-- Runs of matching: what went in, what came out, and what the office made of each proposal.
-- CreateEnum
CREATE TYPE "ProposalState" AS ENUM ('OPEN', 'ACCEPTED', 'DECLINED', 'EXPIRED');

-- CreateTable
CREATE TABLE "matching_run" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "day" DATE NOT NULL,
    "weights" JSONB NOT NULL,
    "guards" JSONB NOT NULL,
    "inputs" JSONB NOT NULL,
    "inputs_digest" TEXT NOT NULL,
    "kinds" JSONB NOT NULL,
    "refused" JSONB NOT NULL,
    "run_by" UUID NOT NULL,
    "run_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "matching_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "matching_proposal" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "run_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "line_id" UUID NOT NULL,
    "need_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "kind_code" TEXT NOT NULL,
    "quantity" BIGINT NOT NULL,
    "reasons" TEXT[],
    "state" "ProposalState" NOT NULL DEFAULT 'OPEN',
    "allocation_id" UUID,
    "decline_reason" TEXT,
    "declined_by_household" BOOLEAN NOT NULL DEFAULT false,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "matching_proposal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "matching_run_area_gist" ON "matching_run" USING GIST ("area_path");

-- CreateIndex
CREATE INDEX "matching_proposal_area_gist" ON "matching_proposal" USING GIST ("area_path");

-- CreateIndex
CREATE UNIQUE INDEX "matching_proposal_run_id_ordinal_key" ON "matching_proposal"("run_id", "ordinal");

-- CreateIndex
CREATE INDEX "matching_proposal_household_id_idx" ON "matching_proposal"("household_id");

-- AddForeignKey
ALTER TABLE "matching_run" ADD CONSTRAINT "matching_run_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "matching_run" ADD CONSTRAINT "matching_run_run_by_fkey" FOREIGN KEY ("run_by") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "matching_proposal" ADD CONSTRAINT "matching_proposal_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "matching_run"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "matching_proposal" ADD CONSTRAINT "matching_proposal_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "pledge_line"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "matching_proposal" ADD CONSTRAINT "matching_proposal_need_id_fkey" FOREIGN KEY ("need_id") REFERENCES "need"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "matching_proposal" ADD CONSTRAINT "matching_proposal_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "matching_proposal" ADD CONSTRAINT "matching_proposal_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "matching_proposal" ADD CONSTRAINT "matching_proposal_kind_code_fkey" FOREIGN KEY ("kind_code") REFERENCES "support_kind"("code") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "matching_proposal" ADD CONSTRAINT "matching_proposal_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "matching_proposal" ADD CONSTRAINT "matching_proposal_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

alter table matching_proposal
  add constraint proposal_quantity_positive check (quantity > 0),
  add constraint proposal_accepted_with_allocation check ((state = 'ACCEPTED') = (allocation_id is not null)),
  add constraint proposal_declined_with_reason check ((state = 'DECLINED') = (decline_reason is not null)),
  add constraint proposal_decided_by_someone check ((state in ('ACCEPTED', 'DECLINED')) = (decided_by is not null));

create trigger area_path before insert or update of area_id on matching_run for each row execute function set_area_path();
create trigger area_path before insert or update of area_id on matching_proposal for each row execute function set_area_path();

-- A run is never changed, and a proposal is decided once.
grant select, insert on matching_run, matching_proposal to chungtay_app;
grant update (state, allocation_id, decline_reason, declined_by_household, decided_by, decided_at) on matching_proposal to chungtay_app;
alter table matching_run enable row level security;
alter table matching_proposal enable row level security;
create policy visible on matching_run for select to chungtay_app using (matching_run.area_path <@ any ((select viewer_offices())::ltree[]));
create policy visible on matching_proposal for select to chungtay_app using (matching_proposal.area_path <@ any ((select viewer_offices())::ltree[]));
create policy written on matching_run for insert to chungtay_app with check (area_path <@ any ((select viewer_offices())::ltree[]) and run_by = viewer_account());
create policy written on matching_proposal for insert to chungtay_app with check (area_path <@ any ((select viewer_offices())::ltree[]) and state = 'OPEN');
create policy decided on matching_proposal for update to chungtay_app
  using (area_path <@ any ((select viewer_offices())::ltree[]) and state = 'OPEN') with check (area_path <@ any ((select viewer_offices())::ltree[]));

create view open.matching_run as select * from public.matching_run where false;
create view open.matching_proposal as select * from public.matching_proposal where false;
grant select on open.matching_run, open.matching_proposal to chungtay_public;
