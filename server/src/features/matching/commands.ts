// Joining a line to a need, whole or in part, and letting go again.
import { randomUUID } from 'node:crypto'
import { type Answer, type Hub, type Tx, once } from '../../access/hub.ts'
import { can, mustBeAllowed } from '../../access/policy.ts'
import { record } from '../../events/outbox.ts'
import { keyOf } from '../../graphql/define.ts'
import { run } from '../../graphql/run.ts'
import { dayInVietNam } from '../../platform/day.ts'
import { conflict, notFound } from '../../platform/failure.ts'
import { textIn } from '../../platform/text.ts'
import { displayCode } from '../households/rules.ts'
import { openOf } from '../pledges/rules.ts'
import { needNow } from './batches.ts'
import type { Guards } from './optimal/batch.ts'
import { type Refusal, checkGuards, refusalsOf } from './optimal/guards.ts'
import { candidatesFor } from './queries.ts'
import { type First, type ReasonCode, type Suggestion, checkJoining, rank, suggest } from './rules.ts'
import { settingsOf } from './settings.ts'

/** The best needs for a line, best first. @throws NotFound */
export async function suggestNeeds(hub: Hub, lineId: string, most: number): Promise<Suggestion[]> {
  const candidates = await candidatesFor((text, values) => run(hub, hub.viewer, { text, values }), keyOf('PledgeLine', lineId, 'line'))
  return rank(candidates).slice(0, most)
}

export interface Allocate {
  lineId: string
  needId: string
  quantity: bigint
  /** Why a guard of the office is passed over. */
  overrideReason?: string | null
  idempotencyKey: string
}

interface LockedLine {
  id: string
  pledgeId: string
  kindCode: string
  promised: bigint
  allocated: bigint
}

interface LockedNeed {
  id: string
  householdId: string
  areaId: string
  areaPath: string
  kindCode: string
  quantity: bigint
  allocated: bigint
  isVerified: boolean
  isWithdrawn: boolean
  householdCode: string
}

/** Gives part or all of a line to a need. */
export async function allocate(hub: Hub, input: Allocate): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  const [lineId, needId] = [keyOf('PledgeLine', input.lineId, 'lineId'), keyOf('Need', input.needId, 'needId')]
  return once(hub, { name: 'allocate', key: idempotencyKey, input: asked }, (tx) => join(hub, tx, { lineId, needId, quantity: input.quantity, overrideReason: input.overrideReason }))
}

interface Join {
  lineId: string
  needId: string
  quantity: bigint
  overrideReason: string | null | undefined
  /** Why they suit each other, where it has been said before. */
  reasons?: ReasonCode[]
  /** What must hold beside the guards of the need's office. */
  guards?: Guards
}

/**
 * Joins a line to a need. The line is locked first, then the need: however many try, none overspends.
 * @throws NotFound, Forbidden, Conflict (which says who was first), InvalidInput for a guard that only a reason can pass over
 */
export async function join(hub: Hub, tx: Tx, { lineId, needId, quantity, overrideReason, reasons, guards }: Join) {
  const line = await lockLine(tx, lineId)
  const need = await lockNeed(tx, needId)
  const [pledge] = await tx.$queryRaw<{ id: string; partyId: string; state: string; areaPath: string; family: string; householdId: string | null }[]>`
    select id, party_id as "partyId", state::text as state, area_path::text as "areaPath", (select family::text from support_kind where code = ${line.kindCode}) as family,
           (select household_id from household_party where household_party.party_id = pledge.party_id) as "householdId"
    from pledge where id = ${line.pledgeId}::uuid`
  if (!pledge) throw notFound('cam kết này', 'this pledge')
  mustBeAllowed(hub.viewer, pledge.family === 'JOB' ? 'match.refer' : 'match.allocate', need)
  // Who was first is asked only where it has to be said.
  const [firstOnLine, firstOnNeed] = [quantity > openOf(line) && await firstOn(tx, 'line_id', line.id), quantity > need.quantity - need.allocated && await firstOn(tx, 'need_id', need.id)]
  checkJoining({ line, need, pledge, quantity }, firstOnLine || null, firstOnNeed || null)
  const overriding = checkGuards(await refusalsNow(tx, need, guards), overrideReason, can(hub.viewer, 'match.override', need))

  const id = randomUUID()
  await tx.allocation.create({
    data: {
      id, lineId: line.id, needId: need.id, pledgeId: pledge.id, partyId: pledge.partyId, householdId: need.householdId, areaId: need.areaId,
      kindCode: need.kindCode, recipientCode: displayCode(need.householdCode), reasons: reasons ?? await reasonsFor(tx, line.id, need.id), decidedBy: hub.viewer.accountId!,
      ...overriding,
    },
  })
  await tx.lineFact.createMany({ data: { lineId: line.id, stage: 'ALLOCATED', amount: quantity, allocationId: id, actorId: hub.viewer.accountId } })
  const happened = {
    areaId: need.areaId, pledgeId: pledge.id, partyId: pledge.partyId, householdId: need.householdId,
    lineId: line.id, allocationId: id, needId: need.id, kindCode: need.kindCode, quantity, actorId: hub.viewer.accountId,
  }
  await record(tx, { ...happened, type: 'LINE_ALLOCATED', audience: 'PUBLIC' }, ...(overriding ? [{ ...happened, type: 'GUARD_OVERRIDDEN', audience: 'OFFICE' } as const] : []))
  return { allocationId: id, lineId: line.id, needId: need.id }
}

/** What forbids it today: the guards of the need's office, and those given. One household's needs are joined one after another. */
async function refusalsNow(tx: Tx, { id, householdId, areaPath }: LockedNeed, guards?: Guards): Promise<Refusal[]> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('join_need'), hashtext(${householdId}))`
  const settings = await settingsOf(tx, areaPath)
  const need = (await needNow(tx, id))!
  const today = dayInVietNam()
  return [...new Set([settings.guards, ...(guards ? [guards] : [])].flatMap((asked) => refusalsOf(need, asked, today)))]
}

async function reasonsFor(tx: Tx, lineId: string, needId: string): Promise<ReasonCode[]> {
  const candidate = (await candidatesFor((text, values) => tx.$queryRawUnsafe(text, ...values), lineId)).find((found) => found.needId === needId)
  return candidate ? suggest(candidate).reasons : []
}

/** Takes back what of an allocation has not been handed over. */
export async function releaseAllocation(hub: Hub, input: { allocationId: string; reason: string; idempotencyKey: string }): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'releaseAllocation', key: idempotencyKey, input: asked }, async (tx) => {
    const id = keyOf('Allocation', input.allocationId, 'allocationId')
    const seen = await tx.allocation.findUnique({ where: { id }, select: { lineId: true } })
    if (!seen) throw notFound('phần đã ghép này', 'this allocation')
    await lockLine(tx, seen.lineId)
    const [allocation] = await tx.$queryRaw<
      { pledgeId: string; partyId: string; householdId: string; needId: string; areaId: string; areaPath: string; kindCode: string; allocated: bigint; dispatched: bigint }[]
    >`
      select pledge_id as "pledgeId", party_id as "partyId", household_id as "householdId", need_id as "needId", area_id as "areaId",
             area_path::text as "areaPath", kind_code as "kindCode", allocated, dispatched
      from allocation where id = ${id}::uuid for update`
    if (!allocation) throw notFound('phần đã ghép này', 'this allocation')
    mustBeAllowed(hub.viewer, 'match.release', allocation)
    const open = allocation.allocated - allocation.dispatched
    if (open <= 0n) throw conflict('ALREADY_HANDED_OVER', 'Phần này đã giao hết, không thể bỏ ghép.', 'All of it has been handed over; it cannot be released.')
    await tx.lineFact.createMany({
      data: { lineId: seen.lineId, stage: 'ALLOCATED', amount: -open, allocationId: id, actorId: hub.viewer.accountId, reason: textIn('reason', input.reason, 'reason') },
    })
    await record(tx, {
      type: 'ALLOCATION_RELEASED', audience: 'PARTIES', areaId: allocation.areaId, pledgeId: allocation.pledgeId, partyId: allocation.partyId,
      householdId: allocation.householdId, lineId: seen.lineId, allocationId: id, needId: allocation.needId, kindCode: allocation.kindCode,
      quantity: open, actorId: hub.viewer.accountId,
    })
    return { allocationId: id, lineId: seen.lineId, needId: allocation.needId }
  })
}

/** The household, or the hamlet head for it, says that it takes what is matched for it; saying so again changes nothing. */
export async function acceptAllocation(hub: Hub, input: { allocationId: string; idempotencyKey: string }): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'acceptAllocation', key: idempotencyKey, input: asked }, async (tx) => {
    const id = keyOf('Allocation', input.allocationId, 'allocationId')
    const [allocation] = await tx.$queryRaw<{ householdId: string; areaPath: string; allocated: bigint }[]>`
      select household_id as "householdId", area_path::text as "areaPath", allocated from allocation where id = ${id}::uuid`
    if (!allocation) throw notFound('phần đã ghép này', 'this allocation')
    mustBeAllowed(hub.viewer, 'match.accept', allocation)
    if (allocation.allocated === 0n) throw conflict('RELEASED', 'Phần này đã bỏ ghép, không còn để nhận.', 'This was released; there is nothing left to accept.')
    await tx.allocation.updateMany({ where: { id, acceptedAt: null }, data: { acceptedAt: new Date() } })
    return { allocationId: id }
  })
}

/** Locks a line; every command that moves quantities does this before any other lock. @throws NotFound */
export async function lockLine(tx: Tx, id: string): Promise<LockedLine> {
  const [line] = await tx.$queryRaw<LockedLine[]>`
    select id, pledge_id as "pledgeId", kind_code as "kindCode", promised, allocated from pledge_line where id = ${id}::uuid for update`
  if (!line) throw notFound('khoản cam kết này', 'this line')
  return line
}

async function lockNeed(tx: Tx, id: string): Promise<LockedNeed> {
  const [need] = await tx.$queryRaw<LockedNeed[]>`
    select need.id, need.household_id as "householdId", need.area_id as "areaId", need.area_path::text as "areaPath", need.kind_code as "kindCode",
           need.quantity, need.allocated, need.verified_at is not null as "isVerified", need.withdrawn_at is not null as "isWithdrawn",
           household.code as "householdCode"
    from need join household on household.id = need.household_id where need.id = ${id}::uuid for update of need`
  if (!need) throw notFound('nhu cầu này', 'this need')
  return need
}

async function firstOn(tx: Tx, key: 'line_id' | 'need_id', id: string): Promise<First | null> {
  const [first] = await tx.$queryRawUnsafe<First[]>(
    `select person.display_name as name, allocation.allocated as quantity, to_char(allocation.decided_at at time zone 'Asia/Ho_Chi_Minh', 'HH24:MI DD/MM') as at
     from allocation join account on account.id = allocation.decided_by join person on person.id = account.person_id
     where allocation.${key} = $1::uuid and allocation.allocated > 0 order by allocation.decided_at desc limit 1`, id)
  return first ?? null
}
