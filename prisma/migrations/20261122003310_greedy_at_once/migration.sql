-- A run keeps two answers: the greedy one, which is there at once, and the best one, which follows when it is found.
-- CreateEnum
CREATE TYPE "MatchingMethod" AS ENUM ('GREEDY', 'OPTIMAL');

drop view open.matching_run, open.matching_proposal;

-- AlterTable
ALTER TABLE "matching_run" RENAME COLUMN "kinds" TO "greedy";
ALTER TABLE "matching_run" ADD COLUMN "optimal" JSONB,
ADD COLUMN "ended_at" TIMESTAMPTZ(3);

-- Runs from before had both in one list.
update matching_run set
  optimal = (select coalesce(jsonb_agg(kind - array['greedy_matched', 'greedy_score']), '[]') from jsonb_array_elements(greedy) kind),
  greedy = (select coalesce(jsonb_agg(kind - array['greedy_matched', 'greedy_score'] || jsonb_build_object('matched', kind -> 'greedy_matched', 'score', kind -> 'greedy_score')), '[]')
            from jsonb_array_elements(greedy) kind),
  ended_at = run_at;

-- AlterTable
ALTER TABLE "matching_proposal" ADD COLUMN "method" "MatchingMethod" NOT NULL DEFAULT 'OPTIMAL';
ALTER TABLE "matching_proposal" ALTER COLUMN "method" DROP DEFAULT;

-- DropIndex
DROP INDEX "matching_proposal_run_id_ordinal_key";

-- CreateIndex
CREATE UNIQUE INDEX "matching_proposal_run_id_method_ordinal_key" ON "matching_proposal"("run_id", "method", "ordinal");

alter table matching_run add constraint run_ends_with_its_answer check (optimal is null or ended_at is not null);

create view open.matching_run as select * from public.matching_run where false;
create view open.matching_proposal as select * from public.matching_proposal where false;
grant select on open.matching_run, open.matching_proposal to chungtay_public;

-- The best answer of a run, or null where it could not be found; once. Greedy proposals give way to it; what a newer run has taken over stays
-- closed. The app itself may change no run, so that this is all that can ever happen to one.
create function answer_matching_run(of_run uuid, best jsonb, proposals jsonb) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare
  run matching_run;
begin
  update matching_run set optimal = best, ended_at = clock_timestamp() where id = of_run and ended_at is null returning * into run;
  if not found then
    return false;
  end if;
  if best is not null then
    perform pg_advisory_xact_lock(hashtext('matching_run'), hashtext(ltree2text(subpath(run.area_path, 0, 1))));
    update matching_proposal set state = 'EXPIRED' where run_id = of_run and method = 'GREEDY' and state = 'OPEN';
    insert into matching_proposal (run_id, method, ordinal, line_id, need_id, household_id, area_id, kind_code, quantity, reasons, state)
    select of_run, 'OPTIMAL', p.ordinal, p.line, p.need, need.household_id, need.area_id, need.kind_code, p.quantity, p.reasons,
           case when exists (select from matching_run newer where newer.run_at > run.run_at and newer.area_path @> need.area_path) then 'EXPIRED' else 'OPEN' end::"ProposalState"
    from jsonb_to_recordset(proposals) as p(ordinal int, line uuid, need uuid, quantity bigint, reasons text[])
    join need on need.id = p.need;
  end if;
  insert into event (type, audience, area_id, actor_id) values ('MATCHING_ANSWERED', 'OFFICE', run.area_id, run.run_by);
  return true;
end $$;
revoke all on function answer_matching_run(uuid, jsonb, jsonb) from public;
grant execute on function answer_matching_run(uuid, jsonb, jsonb) to chungtay_app;
