// What people do with pledges: make, verify, decline, amend, withdraw, let lapse. Each is one transaction.
import { randomUUID } from 'node:crypto'
import { promisedIn } from '../../../../common/bounds.ts'
import { type Answer, type Hub, type Tx, mayAlsoSee, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { record } from '../../events/outbox.ts'
import type { EventType } from '../../generated/prisma/enums.ts'
import { keyOf } from '../../graphql/define.ts'
import { asDate, dayInVietNam, later } from '../../platform/day.ts'
import { conflict, invalid, notFound } from '../../platform/failure.ts'
import { mustBeQuantity } from '../../platform/number.ts'
import { optionalPhoneIn } from '../../platform/phone.ts'
import { textIn } from '../../platform/text.ts'
import { nameIn } from '../identity/rules.ts'
import { newFollowCode } from './code.ts'
import { type LineInput, type PledgeState, VERIFY_WITHIN_DAYS, amendment, checkPledge, stateAfter, takeBack } from './rules.ts'
import { type TermsInput, checkTerms, skillsIn } from './terms.ts'

export type PartyKind = 'PERSON' | 'BUSINESS' | 'COOPERATIVE' | 'BANK' | 'ORGANISATION' | 'OVERSEAS' | 'FOREIGN' | 'HOUSEHOLD'

export interface MakePledge {
  /** An id of the viewer's own party; or else `party`, for someone without an account. */
  partyId?: string | null
  party?: { kind: PartyKind; name: string; contactName?: string | null; phone?: string | null; email?: string | null } | null
  anonymous: boolean
  areaId: string
  /** YYYY-MM-DD */
  expectedOn: string
  message?: string | null
  lines: LineInput[]
  idempotencyKey: string
}

/** Registers a pledge for a living area. @throws InvalidInput, NotFound */
export async function makePledge(hub: Hub, input: MakePledge): Promise<{ pledgeId: string }> {
  mustBeAllowed(hub.viewer, 'pledge.make')
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'makePledge', key: idempotencyKey, input: asked }, async (tx) => {
    const area = await livingArea(tx, input.areaId)
    const kinds = await tx.supportKind.findMany({ select: { code: true, unit: true, family: true } })
    const pledgeId = randomUUID()
    const party = await partyFor(tx, hub, input)
    checkPledge({ ...input, partyName: party.name, email: input.party?.email }, new Map(kinds.map(({ code, unit }) => [code, unit])), dayInVietNam())
    checkTerms(input.lines, new Map(kinds.map(({ code, family }) => [code, family])), dayInVietNam())
    await mayAlsoSee(tx, { pledges: [pledgeId], parties: [party.id] })
    if (party.isNew) {
      await tx.party.create({ data: { id: party.id, kind: input.party!.kind, name: party.name } })
      await tx.partyContact.create({
        data: { partyId: party.id, name: input.party!.contactName ?? '', phone: optionalPhoneIn('party.phone', input.party!.phone), email: input.party!.email || null },
      })
    }
    await tx.pledge.create({
      data: {
        id: pledgeId, partyId: party.id, anonymous: input.anonymous, areaId: area.id,
        expectedOn: asDate(input.expectedOn), message: textIn('message', input.message, 'note'),
      },
    })
    await tx.followCode.createMany({ data: { pledgeId, code: newFollowCode() } })
    const actorId = hub.viewer.accountId
    for (const [ordinal, line] of input.lines.entries()) {
      const { id: lineId } = await tx.pledgeLine.create({ data: { pledgeId, ordinal: ordinal + 1, kindCode: line.kind, detail: textIn(`lines.${ordinal}.detail`, line.detail, 'line') } })
      await tx.lineFact.create({ data: { lineId, stage: 'PROMISED', amount: line.quantity, actorId } })
      await writeTerms(tx, lineId, line, `lines.${ordinal}`)
    }
    await tx.pledgeStepFact.create({ data: { pledgeId, step: 'REGISTERED', actorId } })
    const taskId = randomUUID()
    await tx.task.createMany({ data: { id: taskId, kind: 'VERIFY_PLEDGE', areaId: area.id, pledgeId, assigneeId: await officerFor(tx, area.id), dueOn: asDate(later(dayInVietNam(), { days: VERIFY_WITHIN_DAYS })) } })
    await record(tx,
      { type: 'PLEDGE_MADE', audience: 'PARTIES', areaId: area.id, pledgeId, partyId: party.id, actorId },
      { type: 'TASK_OPENED', audience: 'OFFICE', areaId: area.id, pledgeId, taskId, actorId })
    return { pledgeId }
  })
}

async function writeTerms(tx: Tx, lineId: string, { post, agreement }: TermsInput, field: string): Promise<void> {
  if (post) {
    const { id: areaId } = await livingArea(tx, post.areaId, `${field}.post.areaId`)
    await tx.jobPost.create({
      data: { lineId, areaId, skillsWanted: skillsIn(post.skillsWanted), skillsTaught: skillsIn(post.skillsTaught), wage: post.wage, startsOn: asDate(post.startsOn) },
    })
  }
  if (agreement) {
    const { product, seasonFrom, seasonTo, floorPrice } = agreement
    await tx.purchaseAgreement.create({ data: { lineId, product, seasonFrom: asDate(seasonFrom), seasonTo: asDate(seasonTo), floorPrice } })
  }
}

/** An area of today, to give to or to work in. @throws InvalidInput */
export async function livingArea(tx: Tx, id: string, field = 'areaId') {
  const area = await tx.area.findUnique({ where: { id: keyOf('Area', id, field) }, select: { id: true, validTo: true, fullName: true } })
  if (!area) throw invalid(field, 'UNKNOWN_AREA', 'Không tìm thấy địa bàn này. Hãy tìm và chọn lại.', 'This area could not be found. Search and choose again.')
  if (area.validTo) {
    throw invalid(field, 'ENDED_AREA', `${area.fullName} không còn từ ${area.validTo.getUTCFullYear()}. Hãy chọn đơn vị kế tục.`, `${area.fullName} ended in ${area.validTo.getUTCFullYear()}. Choose what it became.`)
  }
  return area
}

async function partyFor(tx: Tx, hub: Hub, input: MakePledge): Promise<{ id: string; name: string; isNew: boolean }> {
  if (input.partyId) {
    const id = keyOf('Party', input.partyId, 'partyId')
    const own = hub.viewer.parties.includes(id) ? await tx.party.findUnique({ where: { id }, select: { id: true, name: true } }) : null
    if (!own) throw notFound('bên cam kết này', 'this party')
    return { ...own, isNew: false }
  }
  if (!input.party) throw invalid('party', 'NO_PARTY', 'Hãy cho biết ai cam kết.', 'Say who pledges.')
  return { id: randomUUID(), name: nameIn('party.name', input.party.name), isNew: true }
}

/** The account of the officer in charge of an area. */
export async function officerFor(tx: Tx, areaId: string): Promise<string | null> {
  const [officer] = await tx.$queryRaw<{ id: string | null }[]>`select officer_for(path) as id from area where id = ${areaId}`
  return officer?.id ?? null
}

interface Seen {
  id: string
  partyId: string
  areaId: string
  areaPath: string
  state: PledgeState
  version: number
}

interface SeenLine {
  id: string
  ordinal: number
  promised: bigint
  allocated: bigint
  unit: string
}

/** The pledge as the viewer sees it. Its lines are locked before it is read, so that nothing is allocated meanwhile. */
async function see(tx: Tx, id: string): Promise<Seen & { lines: SeenLine[] }> {
  const pledgeId = keyOf('Pledge', id, 'pledgeId')
  const lines = await tx.$queryRaw<SeenLine[]>`
    select id, ordinal, promised, allocated, (select unit from support_kind where code = kind_code) as unit
    from pledge_line where pledge_id = ${pledgeId}::uuid order by id for update`
  const [pledge] = await tx.$queryRaw<Seen[]>`
    select id, party_id as "partyId", area_id as "areaId", area_path::text as "areaPath", state::text as state, version from pledge where id = ${pledgeId}::uuid`
  if (!pledge || lines.length === 0) throw notFound('cam kết này', 'this pledge')
  return { ...pledge, lines }
}

/** Moves the pledge on from the version that was seen. @throws Conflict that names who was first */
async function advance(tx: Tx, pledge: Seen, seenVersion: number, state: PledgeState): Promise<void> {
  const { count } = pledge.version === seenVersion
    ? await tx.pledge.updateMany({
        where: { id: pledge.id, version: seenVersion },
        data: { state, version: { increment: 1 }, ...(state === 'VERIFIED' && pledge.state !== 'VERIFIED' ? { verifiedAt: new Date() } : {}) },
      })
    : { count: 0 }
  if (count === 1) return
  const [first] = await tx.$queryRaw<{ name: string | null; at: string }[]>`
    select person.display_name as name, to_char(step.at at time zone 'Asia/Ho_Chi_Minh', 'HH24:MI DD/MM') as at
    from pledge_step step left join account on account.id = step.actor_id left join person on person.id = account.person_id
    where step.pledge_id = ${pledge.id}::uuid order by step.id desc limit 1`
  throw conflict('CHANGED_MEANWHILE',
    `${first?.name ?? 'Người khác'} vừa cập nhật cam kết này lúc ${first?.at ?? ''}. Hãy xem lại rồi quyết định.`,
    `${first?.name ?? 'Someone else'} has just changed this pledge (${first?.at ?? ''}). Look again, then decide.`)
}

interface Decide {
  pledgeId: string
  /** The version that the viewer saw. */
  version: number
  reason?: string | null
  idempotencyKey: string
}

/** Lets the pledge count and be matched. */
export async function verifyPledge(hub: Hub, input: Decide): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'verifyPledge', key: idempotencyKey, input: asked }, async (tx) => {
    const pledge = await see(tx, input.pledgeId)
    mustBeAllowed(hub.viewer, 'pledge.verify', pledge)
    await advance(tx, pledge, input.version, stateAfter(pledge.state, 'verify'))
    await tell(tx, hub, pledge, 'VERIFIED', input.reason, 'PLEDGE_VERIFIED', 'PUBLIC')
    await closeVerifyTasks(tx, hub, pledge)
    return { pledgeId: pledge.id }
  })
}

/** Refuses the pledge, with a reason that the giver reads. */
export const declinePledge = (hub: Hub, input: Decide) =>
  takeBackOpen(hub, input, 'decline', async () => {
    if (!input.reason?.trim()) throw invalid('reason', 'REASON_NEEDED', 'Hãy ghi lý do để người cam kết hiểu.', 'Give a reason, so that the giver understands.')
  })

/** Takes back what is open of one's pledge. */
export const withdrawPledge = (hub: Hub, input: Decide) => takeBackOpen(hub, input, 'withdraw')

/** Ends what is open of a pledge whose day has passed without word from the giver. */
export const lapsePledge = (hub: Hub, input: Decide) =>
  takeBackOpen(hub, input, 'lapse', async (tx, pledge) => {
    const { expectedOn } = await tx.pledge.findUniqueOrThrow({ where: { id: pledge.id }, select: { expectedOn: true } })
    if (expectedOn >= asDate(dayInVietNam())) {
      throw conflict('NOT_YET_DUE', 'Chưa quá ngày dự kiến, nên chưa thể cho hết hạn.', 'The expected day has not passed, so it cannot lapse yet.')
    }
  })

const TOLD = {
  decline: { step: 'DECLINED', event: 'PLEDGE_DECLINED' },
  withdraw: { step: 'WITHDRAWN', event: 'PLEDGE_WITHDRAWN' },
  lapse: { step: 'LAPSED', event: 'PLEDGE_LAPSED' },
} as const

/** The three ways in which what is open of a pledge ends; what households were allotted stands. */
async function takeBackOpen(hub: Hub, input: Decide, action: keyof typeof TOLD, check: (tx: Tx, pledge: Seen) => Promise<void> = async () => {}): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: `${action}Pledge`, key: idempotencyKey, input: asked }, async (tx) => {
    const pledge = await see(tx, input.pledgeId)
    mustBeAllowed(hub.viewer, `pledge.${action}`, pledge)
    await check(tx, pledge)
    const { movements, state } = takeBack(pledge.lines, pledge.state, action)
    await move(tx, hub, pledge.lines, movements, input.reason)
    await advance(tx, pledge, input.version, state)
    await tell(tx, hub, pledge, TOLD[action].step, input.reason, TOLD[action].event, 'PARTIES')
    if (state !== 'VERIFIED') await closeVerifyTasks(tx, hub, pledge)
    return { pledgeId: pledge.id }
  })
}

/** Changes how much one line promises: a new fact, never an overwrite. */
export async function amendPledge(hub: Hub, input: Decide & { lineId: string; quantity: bigint }): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'amendPledge', key: idempotencyKey, input: asked }, async (tx) => {
    const pledge = await see(tx, input.pledgeId)
    mustBeAllowed(hub.viewer, 'pledge.amend', pledge)
    const state = stateAfter(pledge.state, 'amend')
    const line = pledge.lines.find((candidate) => candidate.id === keyOf('PledgeLine', input.lineId, 'lineId'))
    if (!line) throw notFound('khoản cam kết này', 'this line')
    if (input.quantity === 0n) throw invalid('quantity', 'BAD_QUANTITY', 'Muốn bỏ hẳn, hãy rút cam kết.', 'To give nothing, withdraw the pledge.')
    mustBeQuantity(input.quantity, promisedIn(line.unit))
    await move(tx, hub, [line], [amendment(line, input.quantity, pledge.state, 'quantity')], input.reason)
    await advance(tx, pledge, input.version, state)
    await tell(tx, hub, pledge, 'AMENDED', input.reason, 'PLEDGE_AMENDED', 'PARTIES')
    return { pledgeId: pledge.id }
  })
}

async function move(tx: Tx, hub: Hub, lines: { id: string }[], movements: bigint[], reason: string | null | undefined) {
  for (const [i, amount] of movements.entries()) {
    if (amount !== 0n) await tx.lineFact.createMany({ data: { lineId: lines[i]!.id, stage: 'PROMISED', amount, actorId: hub.viewer.accountId, reason: reason ?? '' } })
  }
}

async function tell(
  tx: Tx, hub: Hub, pledge: Seen, step: 'VERIFIED' | 'DECLINED' | 'AMENDED' | 'WITHDRAWN' | 'LAPSED', reason: string | null | undefined,
  type: EventType, audience: 'PUBLIC' | 'PARTIES',
) {
  const actorId = hub.viewer.accountId
  await tx.pledgeStepFact.create({ data: { pledgeId: pledge.id, step, reason: (reason ?? '').trim(), actorId } })
  await record(tx, { type, audience, areaId: pledge.areaId, pledgeId: pledge.id, partyId: pledge.partyId, actorId })
}

async function closeVerifyTasks(tx: Tx, hub: Hub, pledge: Seen) {
  const closed = await tx.$queryRaw<{ id: string }[]>`
    update task set closed_at = now(), closed_by = ${hub.viewer.accountId}::uuid
    where pledge_id = ${pledge.id}::uuid and kind = 'VERIFY_PLEDGE' and closed_at is null returning id`
  for (const { id } of closed) await record(tx, { type: 'TASK_CLOSED', audience: 'OFFICE', areaId: pledge.areaId, pledgeId: pledge.id, taskId: id, actorId: hub.viewer.accountId })
}
