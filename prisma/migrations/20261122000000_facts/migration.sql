-- The tables, as prisma/schema.prisma describes them.
create extension if not exists ltree;
create extension if not exists pg_trgm;
-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('DONOR', 'HOUSEHOLD', 'HAMLET_HEAD', 'COMMUNE_OFFICER', 'PROVINCE_OFFICER', 'ADMIN');

-- CreateEnum
CREATE TYPE "AreaKind" AS ENUM ('PROVINCE', 'DISTRICT', 'COMMUNE', 'HAMLET');

-- CreateEnum
CREATE TYPE "AreaTransfer" AS ENUM ('FULL', 'PARTIAL');

-- CreateEnum
CREATE TYPE "SupportFamily" AS ENUM ('CAPITAL', 'LIVESTOCK', 'TRAINING');

-- CreateEnum
CREATE TYPE "HouseholdStatus" AS ENUM ('POOR', 'NEAR_POOR', 'NEWLY_ESCAPED', 'LEFT', 'RELAPSED');

-- CreateEnum
CREATE TYPE "PartyKind" AS ENUM ('PERSON', 'BUSINESS', 'COOPERATIVE', 'BANK', 'ORGANISATION', 'OVERSEAS', 'FOREIGN', 'HOUSEHOLD');

-- CreateEnum
CREATE TYPE "PledgeState" AS ENUM ('REGISTERED', 'VERIFIED', 'DECLINED', 'WITHDRAWN', 'LAPSED');

-- CreateEnum
CREATE TYPE "PledgeStep" AS ENUM ('REGISTERED', 'VERIFIED', 'DECLINED', 'AMENDED', 'WITHDRAWN', 'LAPSED');

-- CreateEnum
CREATE TYPE "Stage" AS ENUM ('PROMISED', 'ALLOCATED', 'DISPATCHED', 'RECEIVED', 'SETTLED');

-- CreateEnum
CREATE TYPE "ReceiptAnswer" AS ENUM ('FULL', 'SHORT', 'WRONG', 'NOT_RECEIVED');

-- CreateEnum
CREATE TYPE "ReceiptChannel" AS ENUM ('SLIP', 'ACCOUNT', 'PROXY');

-- CreateEnum
CREATE TYPE "OutcomeKind" AS ENUM ('CAPITAL_USED', 'CAPITAL_MISUSED', 'LIVESTOCK_ALIVE', 'LIVESTOCK_BORN', 'LIVESTOCK_HANDED_ON', 'LIVESTOCK_DIED', 'COURSE_FINISHED', 'CERTIFICATE_ISSUED', 'LEFT_POVERTY', 'RELAPSED');

-- CreateEnum
CREATE TYPE "TaskKind" AS ENUM ('VERIFY_PLEDGE', 'NOT_RECEIVED', 'WRONG_ITEM', 'SHORT_DELIVERY', 'UNCONFIRMED');

-- CreateEnum
CREATE TYPE "EventType" AS ENUM ('PLEDGE_MADE', 'PLEDGE_VERIFIED', 'PLEDGE_DECLINED', 'PLEDGE_AMENDED', 'PLEDGE_WITHDRAWN', 'PLEDGE_LAPSED', 'LINE_ALLOCATED', 'ALLOCATION_RELEASED', 'DELIVERY_DISPATCHED', 'RECEIPT_CONFIRMED', 'ALLOCATION_SETTLED', 'OUTCOME_RECORDED', 'NEED_RAISED', 'HOUSEHOLD_STATUS_RECORDED', 'TASK_OPENED', 'TASK_CLOSED');

-- CreateEnum
CREATE TYPE "EventAudience" AS ENUM ('PUBLIC', 'PARTIES', 'OFFICE');

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "display_name" TEXT NOT NULL,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "login" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "must_change_password" BOOLEAN NOT NULL DEFAULT false,
    "rights_version" INTEGER NOT NULL DEFAULT 1,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "role_grant" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "role" "Role" NOT NULL,
    "area_id" TEXT,
    "party_id" UUID,
    "household_id" UUID,
    "granted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "granted_by" UUID,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "role_grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "account_id" UUID NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "user_agent" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "slip" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "household_id" UUID NOT NULL,
    "code_hmac" BYTEA NOT NULL,
    "pin_hash" TEXT,
    "device_hash" BYTEA,
    "issued_by" UUID NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "first_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "slip_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "request_hash" BYTEA NOT NULL,
    "answer" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("scope","key")
);

-- CreateTable
CREATE TABLE "loaded_data" (
    "name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "loaded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loaded_data_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "area" (
    "id" TEXT NOT NULL,
    "kind" "AreaKind" NOT NULL,
    "code" TEXT NOT NULL,
    "subtype" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "full_name" TEXT NOT NULL,
    "name_en" TEXT,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "path" ltree NOT NULL,
    "history_complete" BOOLEAN NOT NULL DEFAULT true,
    "search" TEXT NOT NULL,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "area_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "area_place" (
    "area_id" TEXT NOT NULL,
    "parent_id" TEXT,
    "path" ltree NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,

    CONSTRAINT "area_place_pkey" PRIMARY KEY ("area_id","valid_from")
);

-- CreateTable
CREATE TABLE "area_succession" (
    "from_id" TEXT NOT NULL,
    "to_id" TEXT NOT NULL,
    "transfer" "AreaTransfer" NOT NULL,
    "effective_on" DATE NOT NULL,
    "basis" TEXT,

    CONSTRAINT "area_succession_pkey" PRIMARY KEY ("from_id","to_id","effective_on")
);

-- CreateTable
CREATE TABLE "poverty_standard" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "legal_basis" TEXT NOT NULL,
    "applies_from" DATE NOT NULL,
    "applies_to" DATE,

    CONSTRAINT "poverty_standard_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deprivation_indicator" (
    "standard_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,

    CONSTRAINT "deprivation_indicator_pkey" PRIMARY KEY ("standard_id","code")
);

-- CreateTable
CREATE TABLE "poverty_cause" (
    "code" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,

    CONSTRAINT "poverty_cause_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "support_kind" (
    "code" TEXT NOT NULL,
    "family" "SupportFamily" NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "unit_name" TEXT NOT NULL,
    "unit_name_en" TEXT NOT NULL,
    "typical_cost" BIGINT NOT NULL,
    "answers" TEXT[],

    CONSTRAINT "support_kind_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "household" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "code" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "head_name" TEXT NOT NULL,
    "phone" TEXT,
    "members" INTEGER NOT NULL,
    "causes" TEXT[],
    "wish" TEXT NOT NULL DEFAULT '',
    "status" "HouseholdStatus",
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "household_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "household_status" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "household_id" UUID NOT NULL,
    "status" "HouseholdStatus" NOT NULL,
    "standard_id" TEXT NOT NULL,
    "decision_no" TEXT NOT NULL,
    "decided_on" DATE NOT NULL,
    "effective_on" DATE NOT NULL,
    "list_year" INTEGER NOT NULL,
    "recorded_by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "household_status_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "household_deprivation" (
    "household_id" UUID NOT NULL,
    "standard_id" TEXT NOT NULL,
    "indicator_code" TEXT NOT NULL,
    "recorded_on" DATE NOT NULL,

    CONSTRAINT "household_deprivation_pkey" PRIMARY KEY ("household_id","standard_id","indicator_code")
);

-- CreateTable
CREATE TABLE "need" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "household_id" UUID NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "kind_code" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',
    "quantity" BIGINT NOT NULL,
    "urgency" INTEGER NOT NULL DEFAULT 2,
    "allocated" BIGINT NOT NULL DEFAULT 0,
    "received" BIGINT NOT NULL DEFAULT 0,
    "raised_by" UUID,
    "raised_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "verified_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "need_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "party" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" "PartyKind" NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "party_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "party_contact" (
    "party_id" UUID NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "phone" TEXT,
    "email" TEXT,

    CONSTRAINT "party_contact_pkey" PRIMARY KEY ("party_id")
);

-- CreateTable
CREATE TABLE "pledge" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "code" TEXT NOT NULL,
    "party_id" UUID NOT NULL,
    "anonymous" BOOLEAN NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "expected_on" DATE NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "state" "PledgeState" NOT NULL DEFAULT 'REGISTERED',
    "registered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "verified_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "pledge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pledge_step" (
    "id" BIGSERIAL NOT NULL,
    "pledge_id" UUID NOT NULL,
    "step" "PledgeStep" NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "actor_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pledge_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pledge_line" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "pledge_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "kind_code" TEXT NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',
    "promised" BIGINT NOT NULL DEFAULT 0,
    "allocated" BIGINT NOT NULL DEFAULT 0,
    "dispatched" BIGINT NOT NULL DEFAULT 0,
    "received" BIGINT NOT NULL DEFAULT 0,
    "settled" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "pledge_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "line_fact" (
    "id" BIGSERIAL NOT NULL,
    "line_id" UUID NOT NULL,
    "stage" "Stage" NOT NULL,
    "amount" BIGINT NOT NULL,
    "allocation_id" UUID,
    "delivery_id" UUID,
    "actor_id" UUID,
    "reason" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "line_fact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "allocation" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "line_id" UUID NOT NULL,
    "need_id" UUID NOT NULL,
    "pledge_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "recipient_code" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "kind_code" TEXT NOT NULL,
    "allocated" BIGINT NOT NULL DEFAULT 0,
    "dispatched" BIGINT NOT NULL DEFAULT 0,
    "received" BIGINT NOT NULL DEFAULT 0,
    "settled" BIGINT NOT NULL DEFAULT 0,
    "reasons" TEXT[],
    "decided_by" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "allocation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "allocation_id" UUID NOT NULL,
    "pledge_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "quantity" BIGINT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "witness_name" TEXT NOT NULL,
    "witness_person_id" UUID,
    "dispatched_by" UUID NOT NULL,
    "dispatcher_person_id" UUID NOT NULL,
    "dispatched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirm_by" DATE NOT NULL,
    "answer" "ReceiptAnswer",
    "received" BIGINT NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "receipt" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "delivery_id" UUID NOT NULL,
    "pledge_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "answer" "ReceiptAnswer" NOT NULL,
    "received" BIGINT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "channel" "ReceiptChannel" NOT NULL,
    "slip_id" UUID,
    "account_id" UUID,
    "person_id" UUID,
    "witness_name" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outcome" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" "OutcomeKind" NOT NULL,
    "allocation_id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "pledge_id" UUID NOT NULL,
    "party_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "quantity" BIGINT NOT NULL,
    "observed_on" DATE NOT NULL,
    "detail" TEXT NOT NULL DEFAULT '',
    "cause" TEXT,
    "witness_name" TEXT,
    "to_household_id" UUID,
    "recorded_by" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outcome_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "task" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" "TaskKind" NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "pledge_id" UUID,
    "delivery_id" UUID,
    "assignee_id" UUID,
    "due_on" DATE NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" UUID,
    "closing_note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan" (
    "id" TEXT NOT NULL,
    "area_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "title_en" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "issued_on" DATE NOT NULL,
    "standard_id" TEXT NOT NULL,
    "baseline_on" DATE NOT NULL,
    "households_total" INTEGER,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_target" (
    "plan_id" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "area_id" TEXT NOT NULL,
    "indicator" TEXT NOT NULL,
    "numerator" INTEGER NOT NULL,
    "denominator" INTEGER NOT NULL,
    "cumulative" BOOLEAN NOT NULL,
    "printed" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "plan_target_pkey" PRIMARY KEY ("plan_id","area_id","indicator","due_on")
);

-- CreateTable
CREATE TABLE "printed_figure" (
    "plan_id" TEXT NOT NULL,
    "period_end" DATE NOT NULL,
    "area_id" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "numerator" INTEGER NOT NULL,
    "denominator" INTEGER NOT NULL,
    "percent" TEXT NOT NULL,

    CONSTRAINT "printed_figure_pkey" PRIMARY KEY ("plan_id","period_end","area_id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" BIGSERIAL NOT NULL,
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "type" "EventType" NOT NULL,
    "audience" "EventAudience" NOT NULL,
    "area_id" TEXT NOT NULL,
    "area_path" ltree,
    "pledge_id" UUID,
    "party_id" UUID,
    "household_id" UUID,
    "line_id" UUID,
    "allocation_id" UUID,
    "delivery_id" UUID,
    "outcome_id" UUID,
    "need_id" UUID,
    "task_id" UUID,
    "kind_code" TEXT,
    "quantity" BIGINT,
    "actor_id" UUID,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_person_id_key" ON "account"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_login_key" ON "account"("login");

-- CreateIndex
CREATE INDEX "role_grant_account_id_idx" ON "role_grant"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_hash_key" ON "session"("token_hash");

-- CreateIndex
CREATE INDEX "session_account_id_idx" ON "session"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "slip_code_hmac_key" ON "slip"("code_hmac");

-- CreateIndex
CREATE INDEX "slip_household_id_idx" ON "slip"("household_id");

-- CreateIndex
CREATE INDEX "area_path_gist" ON "area" USING GIST ("path");

-- CreateIndex
CREATE INDEX "area_search_trgm" ON "area" USING GIN ("search" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "area_kind_code_valid_from_key" ON "area"("kind", "code", "valid_from");

-- CreateIndex
CREATE INDEX "area_place_parent_id_idx" ON "area_place"("parent_id");

-- CreateIndex
CREATE INDEX "area_place_path_gist" ON "area_place" USING GIST ("path");

-- CreateIndex
CREATE INDEX "area_succession_to_id_idx" ON "area_succession"("to_id");

-- CreateIndex
CREATE UNIQUE INDEX "household_code_key" ON "household"("code");

-- CreateIndex
CREATE INDEX "household_area_gist" ON "household" USING GIST ("area_path");

-- CreateIndex
CREATE INDEX "household_area_id_idx" ON "household"("area_id");

-- CreateIndex
CREATE INDEX "household_status_household_id_effective_on_idx" ON "household_status"("household_id", "effective_on");

-- CreateIndex
CREATE INDEX "need_area_gist" ON "need" USING GIST ("area_path");

-- CreateIndex
CREATE INDEX "need_household_id_idx" ON "need"("household_id");

-- CreateIndex
CREATE INDEX "need_kind_code_idx" ON "need"("kind_code");

-- CreateIndex
CREATE UNIQUE INDEX "pledge_code_key" ON "pledge"("code");

-- CreateIndex
CREATE INDEX "pledge_area_gist" ON "pledge" USING GIST ("area_path");

-- CreateIndex
CREATE INDEX "pledge_party_id_idx" ON "pledge"("party_id");

-- CreateIndex
CREATE INDEX "pledge_step_pledge_id_idx" ON "pledge_step"("pledge_id");

-- CreateIndex
CREATE INDEX "pledge_line_kind_code_idx" ON "pledge_line"("kind_code");

-- CreateIndex
CREATE UNIQUE INDEX "pledge_line_pledge_id_ordinal_key" ON "pledge_line"("pledge_id", "ordinal");

-- CreateIndex
CREATE INDEX "line_fact_line_id_idx" ON "line_fact"("line_id");

-- CreateIndex
CREATE INDEX "line_fact_allocation_id_idx" ON "line_fact"("allocation_id");

-- CreateIndex
CREATE INDEX "allocation_area_gist" ON "allocation" USING GIST ("area_path");

-- CreateIndex
CREATE INDEX "allocation_line_id_idx" ON "allocation"("line_id");

-- CreateIndex
CREATE INDEX "allocation_need_id_idx" ON "allocation"("need_id");

-- CreateIndex
CREATE INDEX "allocation_pledge_id_idx" ON "allocation"("pledge_id");

-- CreateIndex
CREATE INDEX "allocation_household_id_idx" ON "allocation"("household_id");

-- CreateIndex
CREATE INDEX "delivery_area_gist" ON "delivery" USING GIST ("area_path");

-- CreateIndex
CREATE INDEX "delivery_allocation_id_idx" ON "delivery"("allocation_id");

-- CreateIndex
CREATE INDEX "delivery_household_id_idx" ON "delivery"("household_id");

-- CreateIndex
CREATE INDEX "receipt_delivery_id_idx" ON "receipt"("delivery_id");

-- CreateIndex
CREATE INDEX "outcome_allocation_id_idx" ON "outcome"("allocation_id");

-- CreateIndex
CREATE INDEX "outcome_pledge_id_idx" ON "outcome"("pledge_id");

-- CreateIndex
CREATE INDEX "outcome_area_gist" ON "outcome" USING GIST ("area_path");

-- CreateIndex
CREATE INDEX "task_area_gist" ON "task" USING GIST ("area_path");

-- CreateIndex
CREATE INDEX "event_xid_id_idx" ON "event"("xid", "id");

-- CreateIndex
CREATE INDEX "event_area_gist" ON "event" USING GIST ("area_path");

-- CreateIndex
CREATE INDEX "event_pledge_id_idx" ON "event"("pledge_id");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "slip" ADD CONSTRAINT "slip_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "slip" ADD CONSTRAINT "slip_issued_by_fkey" FOREIGN KEY ("issued_by") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "area_place" ADD CONSTRAINT "area_place_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "area_place" ADD CONSTRAINT "area_place_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "area_succession" ADD CONSTRAINT "area_succession_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "area_succession" ADD CONSTRAINT "area_succession_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "deprivation_indicator" ADD CONSTRAINT "deprivation_indicator_standard_id_fkey" FOREIGN KEY ("standard_id") REFERENCES "poverty_standard"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "household" ADD CONSTRAINT "household_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "household_status" ADD CONSTRAINT "household_status_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "household_status" ADD CONSTRAINT "household_status_standard_id_fkey" FOREIGN KEY ("standard_id") REFERENCES "poverty_standard"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "household_status" ADD CONSTRAINT "household_status_recorded_by_fkey" FOREIGN KEY ("recorded_by") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "household_deprivation" ADD CONSTRAINT "household_deprivation_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "household_deprivation" ADD CONSTRAINT "household_deprivation_standard_id_indicator_code_fkey" FOREIGN KEY ("standard_id", "indicator_code") REFERENCES "deprivation_indicator"("standard_id", "code") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "need" ADD CONSTRAINT "need_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "need" ADD CONSTRAINT "need_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "need" ADD CONSTRAINT "need_kind_code_fkey" FOREIGN KEY ("kind_code") REFERENCES "support_kind"("code") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "need" ADD CONSTRAINT "need_raised_by_fkey" FOREIGN KEY ("raised_by") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "party_contact" ADD CONSTRAINT "party_contact_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "pledge" ADD CONSTRAINT "pledge_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "pledge" ADD CONSTRAINT "pledge_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "pledge_step" ADD CONSTRAINT "pledge_step_pledge_id_fkey" FOREIGN KEY ("pledge_id") REFERENCES "pledge"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "pledge_step" ADD CONSTRAINT "pledge_step_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "pledge_line" ADD CONSTRAINT "pledge_line_pledge_id_fkey" FOREIGN KEY ("pledge_id") REFERENCES "pledge"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "pledge_line" ADD CONSTRAINT "pledge_line_kind_code_fkey" FOREIGN KEY ("kind_code") REFERENCES "support_kind"("code") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "line_fact" ADD CONSTRAINT "line_fact_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "pledge_line"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "line_fact" ADD CONSTRAINT "line_fact_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "line_fact" ADD CONSTRAINT "line_fact_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "line_fact" ADD CONSTRAINT "line_fact_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "pledge_line"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_need_id_fkey" FOREIGN KEY ("need_id") REFERENCES "need"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_pledge_id_fkey" FOREIGN KEY ("pledge_id") REFERENCES "pledge"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_kind_code_fkey" FOREIGN KEY ("kind_code") REFERENCES "support_kind"("code") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "allocation" ADD CONSTRAINT "allocation_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_pledge_id_fkey" FOREIGN KEY ("pledge_id") REFERENCES "pledge"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_witness_person_id_fkey" FOREIGN KEY ("witness_person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_dispatched_by_fkey" FOREIGN KEY ("dispatched_by") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_dispatcher_person_id_fkey" FOREIGN KEY ("dispatcher_person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_pledge_id_fkey" FOREIGN KEY ("pledge_id") REFERENCES "pledge"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_slip_id_fkey" FOREIGN KEY ("slip_id") REFERENCES "slip"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_allocation_id_fkey" FOREIGN KEY ("allocation_id") REFERENCES "allocation"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "pledge_line"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_pledge_id_fkey" FOREIGN KEY ("pledge_id") REFERENCES "pledge"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_to_household_id_fkey" FOREIGN KEY ("to_household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "outcome" ADD CONSTRAINT "outcome_recorded_by_fkey" FOREIGN KEY ("recorded_by") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_pledge_id_fkey" FOREIGN KEY ("pledge_id") REFERENCES "pledge"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "task" ADD CONSTRAINT "task_closed_by_fkey" FOREIGN KEY ("closed_by") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_standard_id_fkey" FOREIGN KEY ("standard_id") REFERENCES "poverty_standard"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "plan_target" ADD CONSTRAINT "plan_target_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "plan_target" ADD CONSTRAINT "plan_target_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "printed_figure" ADD CONSTRAINT "printed_figure_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plan"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "printed_figure" ADD CONSTRAINT "printed_figure_area_id_fkey" FOREIGN KEY ("area_id") REFERENCES "area"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;


