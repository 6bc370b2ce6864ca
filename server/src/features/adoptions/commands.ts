// What people do with adoptions: propose, accept, decline, renew, end. Each is one transaction.
import { randomUUID } from 'node:crypto'
import { type Answer, type Hub, type Tx, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { record } from '../../events/outbox.ts'
import type { EventAudience, EventType } from '../../generated/prisma/enums.ts'
import { keyOf } from '../../graphql/define.ts'
import { asDate, dayInVietNam, later } from '../../platform/day.ts'
import type { Database } from '../../platform/db.ts'
import { conflict, invalid, notFound } from '../../platform/failure.ts'
import { livingArea, officerFor } from '../pledges/commands.ts'
import { ACCEPT_WITHIN_DAYS, type AdoptionInput, type Standing, checkAdoption, checkAllowed, nextPeriod, reasonIn, statementIn } from './rules.ts'

export interface AdoptArea extends AdoptionInput {
  /** One of the viewer's own parties. */
  partyId: string
  anonymous: boolean
  areaId: string
  /** The code of a SupportKind; absent for all that the area lacks. */
  kind?: string | null
  idempotencyKey: string
}

/** Proposes to stand by an area; the office answers. @throws InvalidInput, NotFound, Conflict */
export async function adoptArea(hub: Hub, input: AdoptArea): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'adoptArea', key: idempotencyKey, input: asked }, async (tx) => {
    const partyId = keyOf('Party', input.partyId, 'partyId')
    // Locked, so that two proposals of one party know of each other.
    const [party] = hub.viewer.parties.includes(partyId) ? await tx.$queryRaw<{ id: string }[]>`select id from party where id = ${partyId}::uuid for update` : []
    if (!party) throw notFound('bên đỡ đầu này', 'this party')
    mustBeAllowed(hub.viewer, 'adoption.propose', { partyId })
    const area = await livingArea(tx, input.areaId)
    const kindCode = input.kind ?? null
    if (kindCode !== null && !(await tx.supportKind.findUnique({ where: { code: kindCode }, select: { code: true } }))) {
      throw invalid('kind', 'UNKNOWN_KIND', 'Hãy chọn một loại hỗ trợ trong danh sách.', 'Choose a kind of support from the list.')
    }
    const said = checkAdoption(input, dayInVietNam())
    const [same] = await tx.$queryRaw<{ id: string }[]>`
      select id from adoption where party_id = ${partyId}::uuid and area_id = ${area.id} and kind_code is not distinct from ${kindCode}
        and state in ('PROPOSED', 'ACTIVE') and starts_on <= ${input.until}::date and ends_on >= ${input.from}::date limit 1`
    if (same) throw conflict('ADOPTED_ALREADY', 'Ông/bà đã đăng ký đỡ đầu nơi này trong thời gian đó.', 'You adopt this place in that period already.')
    return propose(tx, hub, {
      partyId, anonymous: input.anonymous, areaId: area.id, kindCode, startsOn: input.from, endsOn: input.until, ...said, continuesId: null })
  })
}

interface Proposal {
  partyId: string
  anonymous: boolean
  areaId: string
  kindCode: string | null
  startsOn: string
  endsOn: string
  statement: string
  contactName: string
  contactPhone: string | null
  continuesId: string | null
}

async function propose(tx: Tx, hub: Hub, proposal: Proposal): Promise<{ adoptionId: string }> {
  const adoptionId = randomUUID()
  await tx.adoption.createMany({ data: { id: adoptionId, ...proposal, startsOn: asDate(proposal.startsOn), endsOn: asDate(proposal.endsOn) } })
  const taskId = randomUUID()
  const { areaId, partyId, kindCode } = proposal
  await tx.task.createMany({
    data: { id: taskId, kind: 'ACCEPT_ADOPTION', areaId, adoptionId, assigneeId: await officerFor(tx, areaId), dueOn: asDate(later(dayInVietNam(), { days: ACCEPT_WITHIN_DAYS })) },
  })
  const actorId = hub.viewer.accountId
  await record(tx,
    { type: 'ADOPTION_PROPOSED', audience: 'PARTIES', areaId, partyId, adoptionId, kindCode, actorId },
    { type: 'TASK_OPENED', audience: 'OFFICE', areaId, adoptionId, taskId, actorId })
  return { adoptionId }
}

interface Seen extends Standing, Omit<Proposal, 'continuesId'> {
  id: string
  areaPath: string
  endedOn: string | null
  version: number
}

/** The adoption as the viewer sees it, locked. @throws NotFound */
async function see(tx: Tx, id: string): Promise<Seen> {
  const [adoption] = await tx.$queryRaw<Seen[]>`
    select id, party_id as "partyId", anonymous, area_id as "areaId", area_path::text as "areaPath", kind_code as "kindCode", statement,
           starts_on::text as "startsOn", ends_on::text as "endsOn", contact_name as "contactName", contact_phone as "contactPhone",
           state::text as state, ended_on::text as "endedOn", version, accepted_at is not null as "wasAccepted",
           exists (select 1 from adoption next where next.continues_id = adoption.id and next.state in ('PROPOSED', 'ACTIVE')) as "isRenewed"
    from adoption where id = ${keyOf('Adoption', id, 'adoptionId')}::uuid for update`
  if (!adoption) throw notFound('đỡ đầu này', 'this adoption')
  return adoption
}

interface Decide {
  adoptionId: string
  /** The version that the viewer saw. */
  version: number
  idempotencyKey: string
}

/** Lets it begin: whoever accepts is the person in charge. */
export async function acceptAdoption(hub: Hub, input: Decide): Promise<Answer> {
  return decide(hub, 'accept', input, async (tx, adoption) => {
    if (adoption.endsOn < dayInVietNam()) {
      throw conflict('PERIOD_OVER', 'Thời gian đề nghị đã qua. Hãy từ chối và mời bên đỡ đầu đăng ký lại.', 'The proposed period is over. Decline it and ask for a new one.')
    }
    const officer = await tx.person.findUniqueOrThrow({ where: { id: hub.viewer.personId! }, select: { displayName: true } })
    return { data: { state: 'ACTIVE', acceptedAt: new Date(), officerName: officer.displayName }, type: 'ADOPTION_ACCEPTED', audience: 'PUBLIC' }
  })
}

/** Refuses a proposal, with a reason that the giver reads. */
export async function declineAdoption(hub: Hub, input: Decide & { reason: string }): Promise<Answer> {
  return decide(hub, 'decline', input, async () => ({
    data: { state: 'DECLINED', reason: reasonIn(input.reason) }, type: 'ADOPTION_DECLINED', audience: 'PARTIES' }))
}

/** Ends it before its time, from either side; a proposal is taken back. What was pledged stands. */
export async function endAdoption(hub: Hub, input: Decide & { reason: string }): Promise<Answer> {
  return decide(hub, 'end', input, async (_tx, adoption) => ({
    data: { state: 'ENDED', endedOn: asDate(dayInVietNam()), reason: reasonIn(input.reason) },
    type: 'ADOPTION_ENDED', audience: adoption.wasAccepted ? 'PUBLIC' : 'PARTIES',
  }))
}

interface Decision {
  data: { state: 'ACTIVE' | 'DECLINED' | 'ENDED'; acceptedAt?: Date; officerName?: string; endedOn?: Date; reason?: string }
  type: EventType
  audience: EventAudience
}

async function decide(
  hub: Hub, action: 'accept' | 'decline' | 'end', input: Decide, how: (tx: Tx, adoption: Seen) => Promise<Decision>,
): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: `${action}Adoption`, key: idempotencyKey, input: asked }, async (tx) => {
    const adoption = await see(tx, input.adoptionId)
    mustBeAllowed(hub.viewer, `adoption.${action}`, adoption)
    checkAllowed(adoption, action)
    if (adoption.version !== input.version) {
      throw conflict('CHANGED_MEANWHILE', 'Người khác vừa cập nhật đỡ đầu này. Hãy xem lại rồi quyết định.', 'Someone else has just changed this adoption. Look again, then decide.')
    }
    const { data, type, audience } = await how(tx, adoption)
    await tx.adoption.updateMany({ where: { id: adoption.id }, data: { ...data, version: { increment: 1 } } })
    const { areaId, partyId, kindCode, id: adoptionId } = adoption
    const actorId = hub.viewer.accountId
    await record(tx, { type, audience, areaId, partyId, adoptionId, kindCode, actorId })
    const [closed] = await tx.$queryRaw<{ id: string | null }[]>`select close_answered_adoption_task(${adoptionId}::uuid) as id`
    if (closed?.id) await record(tx, { type: 'TASK_CLOSED', audience: 'OFFICE', areaId, adoptionId, taskId: closed.id, actorId })
    return { adoptionId }
  })
}

/** Proposes a new period that continues an adoption that was accepted. */
export async function renewAdoption(hub: Hub, input: Decide & { until: string; statement?: string | null }): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'renewAdoption', key: idempotencyKey, input: asked }, async (tx) => {
    const adoption = await see(tx, input.adoptionId)
    mustBeAllowed(hub.viewer, 'adoption.renew', { partyId: adoption.partyId })
    checkAllowed(adoption, 'renew')
    const { partyId, anonymous, areaId, kindCode, contactName, contactPhone } = adoption
    await livingArea(tx, `Area:${areaId}`)
    const { from, until } = nextPeriod(adoption.endedOn ?? adoption.endsOn, input.until, dayInVietNam())
    const statement = input.statement ? statementIn(input.statement) : adoption.statement
    return propose(tx, hub, { partyId, anonymous, areaId, kindCode, startsOn: from, endsOn: until, statement, contactName, contactPhone, continuesId: adoption.id })
  })
}

/** Ends those whose period is over; for a timer. @returns how many */
export async function endDueAdoptions(db: Database): Promise<number> {
  const { rows } = await db.pool.query<{ ended: number }>('select end_due_adoptions() as ended')
  return rows[0]!.ended
}
