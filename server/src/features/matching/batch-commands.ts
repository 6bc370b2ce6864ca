// Matching an area in one batch, and what an office makes of each proposal: accepting it, whole or in part, or declining it with a reason.
import { randomUUID } from 'node:crypto'
import { type Answer, type Hub, type Tx, asViewer, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { keyOf } from '../../graphql/define.ts'
import { dayInVietNam } from '../../platform/day.ts'
import { conflict, invalid, notFound } from '../../platform/failure.ts'
import { textIn } from '../../platform/text.ts'
import { inEn, inVi } from '../../platform/number.ts'
import { isSolving, linesIn, needsIn } from './batches.ts'
import { join } from './commands.ts'
import type { Batch, Guards } from './optimal/batch.ts'
import type { Result } from './optimal/match.ts'
import { matchInThread } from './optimal/worker.ts'
import type { ReasonCode } from './rules.ts'
import { type Chosen, choose, settingsOf } from './settings.ts'

interface Propose extends Chosen {
  areaId: string
  idempotencyKey: string
}

/**
 * Matches what is open in an area and keeps what went in and what came out: the greedy answer at once, the best one as soon as it is found.
 * Open proposals of earlier runs there give way.
 */
export async function proposeMatches(hub: Hub, input: Propose): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  const areaId = keyOf('Area', input.areaId, 'areaId')
  const { path, ...found } = await asViewer(hub, async (tx) => {
    const [area] = await tx.$queryRaw<{ path: string }[]>`select path::text as path from area where id = ${areaId}`
    if (!area) throw notFound('địa bàn này', 'this area')
    mustBeAllowed(hub.viewer, 'match.propose', { areaPath: area.path })
    const settings = choose(await settingsOf(tx, area.path), input)
    return { path: area.path, ...settings, lines: await linesIn(tx, area.path), needs: await needsIn(tx, area.path) }
  })
  const batch: Batch = { day: dayInVietNam(), ...found }
  const newRun = randomUUID()
  // The transaction waits for no thread: what others do meanwhile shows when a proposal is accepted.
  const matching = matchInThread(batch)
  try {
    const quick = await matching.greedy
    const answer = await once(hub, { name: 'proposeMatches', key: idempotencyKey, input: asked }, (tx) => start(hub, tx, { id: newRun, areaId, path, batch, quick }))
    if (answer.runId === newRun) void finish(hub, newRun, matching.optimal)
    else matching.stop() // it was asked for before
    return answer
  } catch (error) {
    matching.stop()
    throw error
  }
}

interface Start {
  id: string
  areaId: string
  path: string
  batch: Batch
  quick: Result
}

async function start(hub: Hub, tx: Tx, { id, areaId, path, batch, quick }: Start): Promise<{ runId: string }> {
  // Runs of a province start, and are answered, one after another, so that a later one leaves nothing of an earlier one open.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('matching_run'), hashtext(${path.split('.')[0]}))`
  await tx.$executeRaw`update matching_proposal set state = 'EXPIRED' where state = 'OPEN' and area_path <@ ${path}::ltree`
  await tx.$executeRaw`
    insert into matching_run (id, area_id, day, weights, guards, inputs, inputs_digest, greedy, refused, run_by, run_at)
    select ${id}::uuid, ${areaId}, ${batch.day}::date, inputs -> 'weights', inputs -> 'guards', inputs,
           encode(sha256(convert_to(inputs::text, 'UTF8')), 'hex'), ${JSON.stringify(quick.kinds)}::jsonb, ${JSON.stringify(quick.refused)}::jsonb,
           ${hub.viewer.accountId}::uuid, clock_timestamp()
    from (select ${JSON.stringify(batch)}::jsonb as inputs) given`
  await tx.$executeRaw`
    insert into matching_proposal (run_id, method, ordinal, line_id, need_id, household_id, area_id, kind_code, quantity, reasons)
    select ${id}::uuid, 'GREEDY', p.ordinal, p.line, p.need, need.household_id, need.area_id, need.kind_code, p.quantity, p.reasons
    from jsonb_to_recordset(${numbered(quick)}::jsonb) as p(ordinal int, line uuid, need uuid, quantity bigint, reasons text[])
    join need on need.id = p.need`
  return { runId: id }
}

/** Gives a run its best answer, or tells that none was found: the greedy one then stands. One statement, while the office looks at the other. */
async function finish(hub: Hub, runId: string, optimal: Promise<Result>): Promise<void> {
  const best = await optimal.catch((error: unknown) => void hub.log.error({ event: 'matching_unsolved', reason: `${runId}: ${String(error)}` }))
  await hub.db.pool.query('select answer_matching_run($1, $2, $3)', [runId, best ? JSON.stringify(best.kinds) : null, best ? numbered(best) : null])
    .catch((error: unknown) => hub.log.error({ event: 'matching_unanswered', reason: `${runId}: ${String(error)}` }))
}

const numbered = ({ proposals }: Result) => JSON.stringify(proposals.map((proposal, ordinal) => ({ ...proposal, ordinal })))

interface Proposed {
  id: string
  runId: string
  lineId: string
  needId: string
  areaPath: string
  quantity: bigint
  reasons: ReasonCode[]
  state: string
  guards: Guards
  isSolving: boolean
  decider: string | null
}

interface Accept {
  proposalId: string
  quantity?: bigint | null
  overrideReason?: string | null
  idempotencyKey: string
}

/** Allocates what was proposed, or less of it, unless things have changed since: what the run's guards forbade then, they forbid now. */
export async function acceptProposal(hub: Hub, input: Accept): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'acceptProposal', key: idempotencyKey, input: asked }, async (tx) => {
    const { id, runId, lineId, needId, reasons, guards, ...proposal } = await lockOpen(hub, tx, keyOf('MatchingProposal', input.proposalId, 'proposalId'))
    const quantity = input.quantity ?? proposal.quantity
    if (quantity > proposal.quantity) {
      throw invalid('quantity', 'MORE_THAN_PROPOSED', `Đề xuất chỉ có ${inVi(proposal.quantity)}.`, `Only ${inEn(proposal.quantity)} was proposed.`)
    }
    const joined = await join(hub, tx, { lineId, needId, quantity, reasons, guards, overrideReason: input.overrideReason })
    await tx.$executeRaw`
      update matching_proposal set state = 'ACCEPTED', allocation_id = ${joined.allocationId}::uuid, decided_by = ${hub.viewer.accountId}::uuid, decided_at = now()
      where id = ${id}::uuid`
    return { proposalId: id, runId, ...joined }
  })
}

/** Turns a proposal down; when the household itself would not have it, the kind is not proposed to it for a while. */
export async function declineProposal(hub: Hub, input: { proposalId: string; reason: string; byHousehold?: boolean | null; idempotencyKey: string }): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  const reason = textIn('reason', input.reason, 'reason')
  if (!reason) throw invalid('reason', 'REASON_NEEDED', 'Hãy ghi lý do (tối đa 500 ký tự).', 'Give the reason, in 500 characters at most.')
  return once(hub, { name: 'declineProposal', key: idempotencyKey, input: asked }, async (tx) => {
    const proposal = await lockOpen(hub, tx, keyOf('MatchingProposal', input.proposalId, 'proposalId'))
    await tx.$executeRaw`
      update matching_proposal set state = 'DECLINED', decline_reason = ${reason}, declined_by_household = ${input.byHousehold ?? false},
             decided_by = ${hub.viewer.accountId}::uuid, decided_at = now()
      where id = ${proposal.id}::uuid`
    return { proposalId: proposal.id, runId: proposal.runId }
  })
}

/** @throws NotFound, Forbidden; Conflict while the best answer is being found, and when it has been decided, saying by whom */
async function lockOpen(hub: Hub, tx: Tx, id: string): Promise<Proposed> {
  // A row that is not open cannot be locked, so that what it says is read first; the lock then says whether it still is.
  const [proposal] = await tx.$queryRawUnsafe<Proposed[]>(`
    select proposal.id::text, run_id::text as "runId", line_id::text as "lineId", need_id::text as "needId", proposal.area_path::text as "areaPath",
           quantity, reasons, state::text as state, run.guards, ${isSolving('run')} as "isSolving",
           (select person.display_name from account join person on person.id = account.person_id where account.id = decided_by) as decider
    from matching_proposal proposal join matching_run run on run.id = run_id where proposal.id = $1::uuid`, id)
  if (!proposal) throw notFound('đề xuất này', 'this proposal')
  mustBeAllowed(hub.viewer, 'match.allocate', proposal)
  if (proposal.isSolving) {
    throw conflict('STILL_SOLVING', 'Phương án tốt nhất của đợt này đang được tìm. Xin chờ giây lát.', 'The best answer of this run is still being found. Wait a moment.')
  }
  const locked = await tx.$queryRaw<unknown[]>`select 1 from matching_proposal where id = ${id}::uuid and state = 'OPEN' for update`
  if (locked.length === 0) {
    const [vi, en] = proposal.decider ? [` (${proposal.decider})`, ` (by ${proposal.decider})`] : ['', '']
    throw conflict('PROPOSAL_CLOSED', `Đề xuất này đã được xử lý${vi} hoặc đã có đợt ghép mới thay thế. Hãy tải lại.`,
      `This proposal has been decided${en}, or a newer run took its place. Reload.`)
  }
  return proposal
}
