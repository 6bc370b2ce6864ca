// Matching an area in one batch, and what an office makes of each proposal: accepting it, whole or in part, or declining it with a reason.
import { randomUUID } from 'node:crypto'
import { type Answer, type Hub, type Tx, asViewer, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { keyOf } from '../../graphql/define.ts'
import { dayInVietNam } from '../../platform/day.ts'
import { conflict, invalid, notFound } from '../../platform/failure.ts'
import { inEn, inVi } from '../../platform/number.ts'
import { linesIn, needNow, needsIn } from './batches.ts'
import { join } from './commands.ts'
import { type Batch, GUARDS, type Guards, WEIGHTS, type Weights } from './optimal/batch.ts'
import { REFUSALS, refusalOf } from './optimal/guards.ts'
import { matchInThread } from './optimal/worker.ts'
import type { ReasonCode } from './rules.ts'

interface Propose {
  areaId: string
  weights?: Partial<Weights> | null
  guards?: Partial<Guards> | null
  idempotencyKey: string
}

const MOST_POINTS = 1_000
const MOST_MONTHS = 600

/** Matches what is open in an area and keeps what went in and what came out. Open proposals of earlier runs there give way. */
export async function proposeMatches(hub: Hub, input: Propose): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  const areaId = keyOf('Area', input.areaId, 'areaId')
  const weights = chosen(WEIGHTS, input.weights, 'weights', MOST_POINTS)
  const guards = chosen(GUARDS, input.guards, 'guards', MOST_MONTHS)
  const { path, ...found } = await asViewer(hub, async (tx) => {
    const [area] = await tx.$queryRaw<{ path: string }[]>`select path::text as path from area where id = ${areaId}`
    if (!area) throw notFound('địa bàn này', 'this area')
    mustBeAllowed(hub.viewer, 'match.propose', { areaPath: area.path })
    return { path: area.path, lines: await linesIn(tx, area.path), needs: await needsIn(tx, area.path) }
  })
  const batch: Batch = { day: dayInVietNam(), ...found, weights, guards }
  // The transaction waits for no thread: what others do meanwhile shows when a proposal is accepted.
  const { optimal: best, greedy: quick } = await matchInThread(batch)
  const kinds = best.kinds.map((kind, i) => ({ ...kind, greedy_matched: quick.kinds[i]!.matched, greedy_score: quick.kinds[i]!.score }))

  return once(hub, { name: 'proposeMatches', key: idempotencyKey, input: asked }, async (tx) => {
    await tx.$executeRaw`
      update matching_proposal set state = 'EXPIRED' where state = 'OPEN' and area_path <@ ${path}::ltree`
    const runId = randomUUID()
    await tx.$executeRaw`
      insert into matching_run (id, area_id, day, weights, guards, inputs, inputs_digest, kinds, refused, run_by)
      select ${runId}::uuid, ${areaId}, ${batch.day}::date, ${JSON.stringify(weights)}::jsonb, ${JSON.stringify(guards)}::jsonb, inputs,
             encode(sha256(convert_to(inputs::text, 'UTF8')), 'hex'), ${JSON.stringify(kinds)}::jsonb, ${JSON.stringify(best.refused)}::jsonb, ${hub.viewer.accountId}::uuid
      from (select ${JSON.stringify(batch)}::jsonb as inputs) given`
    await tx.$executeRaw`
      insert into matching_proposal (run_id, ordinal, line_id, need_id, household_id, area_id, kind_code, quantity, reasons)
      select ${runId}::uuid, p.ordinal, p.line, p.need, need.household_id, need.area_id, need.kind_code, p.quantity, p.reasons
      from jsonb_to_recordset(${JSON.stringify(best.proposals.map((proposal, ordinal) => ({ ...proposal, ordinal })))}::jsonb)
        as p(ordinal int, line uuid, need uuid, quantity bigint, reasons text[])
      join need on need.id = p.need`
    return { runId }
  })
}

/** The settings that stand, and those that the office chose. @throws InvalidInput */
function chosen<T extends object>(standing: T, given: Partial<T> | null | undefined, field: string, most: number): T {
  const settings = Object.fromEntries(Object.entries({ ...standing, ...given }).map(([name, value]) => [name, value ?? standing[name as keyof T]])) as T
  for (const value of Object.values(settings)) {
    if (typeof value === 'number' && (value < 0 || value > most)) {
      throw invalid(field, 'OUT_OF_RANGE', `Mỗi số phải từ 0 đến ${inVi(most)}.`, `Each number must be from 0 to ${inEn(most)}.`)
    }
  }
  return settings
}

interface Proposed {
  id: string
  runId: string
  lineId: string
  needId: string
  householdId: string
  areaPath: string
  quantity: bigint
  reasons: ReasonCode[]
  state: string
  guards: Guards
  decider: string | null
}

/** Allocates what was proposed, or less of it, unless things have changed since. */
export async function acceptProposal(hub: Hub, input: { proposalId: string; quantity?: bigint | null; idempotencyKey: string }): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'acceptProposal', key: idempotencyKey, input: asked }, async (tx) => {
    const proposal = await lockOpen(hub, tx, keyOf('MatchingProposal', input.proposalId, 'proposalId'))
    const quantity = input.quantity ?? proposal.quantity
    if (quantity > proposal.quantity) {
      throw invalid('quantity', 'MORE_THAN_PROPOSED', `Đề xuất chỉ có ${inVi(proposal.quantity)}.`, `Only ${inEn(proposal.quantity)} was proposed.`)
    }
    await mustBeGuarded(tx, proposal)
    const joined = await join(hub, tx, proposal.lineId, proposal.needId, quantity, proposal.reasons)
    await tx.$executeRaw`
      update matching_proposal set state = 'ACCEPTED', allocation_id = ${joined.allocationId}::uuid, decided_by = ${hub.viewer.accountId}::uuid, decided_at = now()
      where id = ${proposal.id}::uuid`
    return { proposalId: proposal.id, runId: proposal.runId, ...joined }
  })
}

/** Turns a proposal down; when the household itself would not have it, the kind is not proposed to it for a while. */
export async function declineProposal(hub: Hub, input: { proposalId: string; reason: string; byHousehold?: boolean | null; idempotencyKey: string }): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  const reason = input.reason.trim()
  if (!reason || reason.length > 500) throw invalid('reason', 'REASON_NEEDED', 'Hãy ghi lý do (tối đa 500 ký tự).', 'Give the reason, in 500 characters at most.')
  return once(hub, { name: 'declineProposal', key: idempotencyKey, input: asked }, async (tx) => {
    const proposal = await lockOpen(hub, tx, keyOf('MatchingProposal', input.proposalId, 'proposalId'))
    await tx.$executeRaw`
      update matching_proposal set state = 'DECLINED', decline_reason = ${reason}, declined_by_household = ${input.byHousehold ?? false},
             decided_by = ${hub.viewer.accountId}::uuid, decided_at = now()
      where id = ${proposal.id}::uuid`
    return { proposalId: proposal.id, runId: proposal.runId }
  })
}

/** @throws NotFound, Forbidden; Conflict when it has been decided, saying by whom */
async function lockOpen(hub: Hub, tx: Tx, id: string): Promise<Proposed> {
  // A row that is not open cannot be locked, so that what it says is read first; the lock then says whether it still is.
  const [proposal] = await tx.$queryRaw<Proposed[]>`
    select proposal.id::text, run_id::text as "runId", line_id::text as "lineId", need_id::text as "needId", household_id::text as "householdId", area_path::text as "areaPath",
           quantity, reasons, state::text as state, (select person.display_name from account join person on person.id = account.person_id where account.id = decided_by) as decider,
           (select guards from matching_run run where run.id = run_id) as guards
    from matching_proposal proposal where proposal.id = ${id}::uuid`
  if (!proposal) throw notFound('đề xuất này', 'this proposal')
  mustBeAllowed(hub.viewer, 'match.allocate', proposal)
  const locked = await tx.$queryRaw<unknown[]>`select 1 from matching_proposal where id = ${id}::uuid and state = 'OPEN' for update`
  if (locked.length === 0) {
    const [vi, en] = proposal.decider ? [` (${proposal.decider})`, ` (by ${proposal.decider})`] : ['', '']
    throw conflict('PROPOSAL_CLOSED', `Đề xuất này đã được xử lý${vi} hoặc đã có đợt ghép mới thay thế. Hãy tải lại.`,
      `This proposal has been decided${en}, or a newer run took its place. Reload.`)
  }
  return proposal
}

/** What the run's guards forbade then, they forbid now. One household's proposals are accepted one after another. @throws Conflict */
async function mustBeGuarded(tx: Tx, { householdId, needId, guards }: Proposed): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('accept_proposal'), hashtext(${householdId}))`
  const need = await needNow(tx, needId)
  if (!need) throw notFound('nhu cầu này', 'this need')
  const refusal = refusalOf(need, guards, dayInVietNam())
  if (refusal) throw conflict(refusal, `${REFUSALS[refusal].vi}.`, `${REFUSALS[refusal].en}.`)
}
