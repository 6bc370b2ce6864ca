// What people do with a delivery: hand over, confirm what arrived, settle. Each is one transaction.
import { randomUUID } from 'node:crypto'
import { type Answer, type Hub, type Tx, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { type Happening, record } from '../../events/outbox.ts'
import type { Prisma } from '../../generated/prisma/client.ts'
import type { ReceiptChannel } from '../../generated/prisma/enums.ts'
import { keyOf } from '../../graphql/define.ts'
import { asDate, dayInVietNam, later } from '../../platform/day.ts'
import { invalid, notFound } from '../../platform/failure.ts'
import { textIn } from '../../platform/text.ts'
import type { Someone } from '../identity/names.ts'
import { lockLine } from '../matching/commands.ts'
import { officerFor } from '../pledges/commands.ts'
import {
  MAX_DECISION_NO, type ReceiptAnswer, TASK_AFTER, checkDispatch, checkGiver, checkHandedOverOn, checkProxy, checkSettlement, checkSpeaker,
  delivererIn, documentIn, noteIn, placeIn, receivedBy, witnessIn,
} from './rules.ts'

export interface LockedAllocation {
  id: string
  lineId: string
  needId: string
  pledgeId: string
  partyId: string
  householdId: string
  areaId: string
  areaPath: string
  kindCode: string
  allocated: bigint
  dispatched: bigint
  received: bigint
  settled: bigint
}

/** The allocation as the viewer sees it. The lock on its line covers its deliveries and outcomes, too. @throws NotFound */
export async function lockAllocation(tx: Tx, id: string): Promise<LockedAllocation> {
  const seen = await tx.allocation.findUnique({ where: { id }, select: { lineId: true } })
  if (!seen) throw notFound('phần đã ghép này', 'this allocation')
  await lockLine(tx, seen.lineId)
  const [allocation] = await tx.$queryRaw<LockedAllocation[]>`
    select id, line_id as "lineId", need_id as "needId", pledge_id as "pledgeId", party_id as "partyId", household_id as "householdId", area_id as "areaId",
           area_path::text as "areaPath", kind_code as "kindCode", allocated, dispatched, received, settled
    from allocation where id = ${id}::uuid for update`
  if (!allocation) throw notFound('phần đã ghép này', 'this allocation')
  return allocation
}

/** What every event of an allocation says. */
export const happenedTo = ({ id, lineId, needId, pledgeId, partyId, householdId, areaId, kindCode }: LockedAllocation, hub: Hub) =>
  ({ allocationId: id, lineId, needId, pledgeId, partyId, householdId, areaId, kindCode, actorId: hub.viewer.accountId }) satisfies Partial<Happening>

async function person(tx: Tx, id: string | null): Promise<Someone | null> {
  const found = id === null ? null : await tx.person.findUnique({ where: { id }, select: { id: true, displayName: true } })
  return found && { personId: found.id, name: found.displayName }
}

// ── handing over ────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Dispatch {
  allocationId: string
  quantity: bigint
  /** Someone who holds an office; or else `witnessName`. */
  witnessId?: string | null
  witnessName?: string | null
  witnessDocument?: string | null
  note?: string | null
  /** Of the decision that the gift follows. */
  decisionNo?: string | null
  idempotencyKey: string
}

/** Hands over part or all of an allocation before a witness; the household is then asked. */
export async function dispatch(hub: Hub, input: Dispatch): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'dispatch', key: idempotencyKey, input: asked }, async (tx) => {
    const allocation = await lockAllocation(tx, keyOf('Allocation', input.allocationId, 'allocationId'))
    mustBeAllowed(hub.viewer, 'delivery.dispatch', allocation)
    const dispatcher = (await person(tx, hub.viewer.personId))!
    const witness = await witnessOf(tx, input)
    checkDispatch({ ...allocation, quantity: input.quantity, dispatcher, witness })
    return handedOver(tx, hub, allocation, {
      quantity: input.quantity, note: noteIn(input.note, 'note'), decisionNo: textIn('decisionNo', input.decisionNo, 'code', MAX_DECISION_NO),
      witnessName: witness.name, witnessDocument: witness.document ?? '', witnessPersonId: witness.personId, dispatcherPersonId: dispatcher.personId!,
    })
  })
}

export interface DeliverDirectly {
  allocationId: string
  quantity: bigint
  /** YYYY-MM-DD. */
  handedOverOn: string
  place: string
  witnessName: string
  witnessDocument?: string | null
  /** Who came to the door, where that was not the giver. */
  delivererName?: string | null
  note?: string | null
  idempotencyKey: string
}

/** The giver says what it handed over itself, where, when and before whom; the household is then asked, as for any other hand-over. */
export async function deliverDirectly(hub: Hub, input: DeliverDirectly): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'deliverDirectly', key: idempotencyKey, input: asked }, async (tx) => {
    const allocation = await lockAllocation(tx, keyOf('Allocation', input.allocationId, 'allocationId'))
    mustBeAllowed(hub.viewer, 'delivery.direct', allocation)
    checkGiver(hub.viewer, allocation)
    checkHandedOverOn(input.handedOverOn, dayInVietNam(), 'handedOverOn')
    const place = placeIn(input.place, 'place')
    const delivererName = delivererIn(input.delivererName, 'delivererName')
    const dispatcher = (await person(tx, hub.viewer.personId))!
    const witness = namedWitness(input)
    checkDispatch({
      ...allocation, quantity: input.quantity, dispatcher, witness,
      ...(delivererName && { deliverer: { personId: null, name: delivererName } }),
    })
    return handedOver(tx, hub, allocation, {
      quantity: input.quantity, note: noteIn(input.note, 'note'), witnessName: witness.name, witnessDocument: witness.document, dispatcherPersonId: dispatcher.personId!,
      isDirect: true, place, handedOverOn: asDate(input.handedOverOn), delivererName,
    })
  })
}

type Handing = Pick<Prisma.DeliveryCreateManyInput, 'quantity' | 'note' | 'decisionNo' | 'witnessName' | 'witnessDocument' | 'witnessPersonId' | 'dispatcherPersonId' | 'isDirect' | 'place' | 'handedOverOn' | 'delivererName'>

async function handedOver(tx: Tx, hub: Hub, allocation: LockedAllocation, said: Handing & { quantity: bigint }): Promise<Answer> {
  const { id: allocationId, lineId, needId, pledgeId, partyId, householdId, areaId } = allocation
  const deliveryId = randomUUID()
  await tx.delivery.createMany({
    data: {
      id: deliveryId, allocationId, pledgeId, partyId, householdId, areaId, dispatchedBy: hub.viewer.accountId!,
      confirmBy: asDate(later(dayInVietNam(), { days: hub.config.confirmWithinDays })), ...said,
    },
  })
  await tx.lineFact.createMany({ data: { lineId, stage: 'DISPATCHED', amount: said.quantity, allocationId, deliveryId, actorId: hub.viewer.accountId } })
  await record(tx, { ...happenedTo(allocation, hub), type: 'DELIVERY_DISPATCHED', audience: 'PUBLIC', deliveryId, quantity: said.quantity })
  return { deliveryId, allocationId, lineId, needId }
}

async function witnessOf(tx: Tx, input: Dispatch): Promise<Someone> {
  if (!input.witnessId) return namedWitness(input)
  const witness = await person(tx, keyOf('Person', input.witnessId, 'witnessId'))
  if (!witness) throw invalid('witnessId', 'UNKNOWN_WITNESS', 'Không tìm thấy người làm chứng này. Hãy chọn lại.', 'This witness could not be found. Choose again.')
  return witness
}

/** A witness without an account. */
export const namedWitness = (said: { witnessName?: string | null | undefined; witnessDocument?: string | null | undefined }) =>
  ({ personId: null, name: witnessIn(said.witnessName, 'witnessName'), document: documentIn(said.witnessDocument, 'witnessDocument') })

// ── confirming ──────────────────────────────────────────────────────────────────────────────────────────────────────

export interface ConfirmReceipt {
  deliveryId: string
  answer: ReceiptAnswer
  /** For SHORT: how much arrived. */
  received?: bigint | null
  note?: string | null
  /** For a proxy: before whom. */
  witnessName?: string | null
  witnessDocument?: string | null
  idempotencyKey: string
}

interface SeenDelivery {
  id: string
  partyId: string
  quantity: bigint
  answer: ReceiptAnswer | null
  received: bigint
  takenBack: bigint
  witnessName: string
  witnessDocument: string
  witnessPersonId: string | null
  dispatcherPersonId: string
  delivererName: string
}

/** The receiving side says what arrived: the household by slip or account, or the hamlet head as its recorded proxy. */
export async function confirmReceipt(hub: Hub, input: ConfirmReceipt): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'confirmReceipt', key: idempotencyKey, input: asked }, async (tx) => {
    const id = keyOf('Delivery', input.deliveryId, 'deliveryId')
    const seen = await tx.delivery.findUnique({ where: { id }, select: { allocationId: true } })
    if (!seen) throw notFound('lần giao này', 'this delivery')
    const allocation = await lockAllocation(tx, seen.allocationId)
    mustBeAllowed(hub.viewer, 'receipt.confirm', allocation)
    const delivery: SeenDelivery = await tx.delivery.findUniqueOrThrow({
      where: { id },
      select: { id: true, partyId: true, quantity: true, answer: true, received: true, takenBack: true, witnessName: true, witnessDocument: true, witnessPersonId: true, dispatcherPersonId: true, delivererName: true },
    })
    const speaker = await speakerFor(tx, hub, input, allocation, delivery)
    const received = receivedBy(input.answer, input.received ?? null, { ...delivery, quantity: delivery.quantity - delivery.takenBack, answered: delivery.answer, allocation })

    const { id: allocationId, lineId, needId, pledgeId, partyId, householdId, areaId } = allocation
    await tx.receipt.createMany({
      data: { deliveryId: id, pledgeId, partyId, householdId, areaId, answer: input.answer, received, note: noteIn(input.note, 'note'), ...speaker },
    })
    await tx.delivery.update({ where: { id }, data: { answer: input.answer, received, version: { increment: 1 } }, select: { id: true } })
    const amount = received - delivery.received
    if (amount !== 0n) await tx.lineFact.createMany({ data: { lineId, stage: 'RECEIVED', amount, allocationId, deliveryId: id, actorId: hub.viewer.accountId } })
    await record(tx, { ...happenedTo(allocation, hub), type: 'RECEIPT_CONFIRMED', audience: received > 0n ? 'PUBLIC' : 'PARTIES', deliveryId: id, quantity: received })
    await followUp(tx, hub, input.answer, allocation, id)
    return { deliveryId: id, allocationId, lineId, needId }
  })
}

interface Speaker {
  channel: ReceiptChannel
  slipId?: string
  accountId?: string
  personId?: string
  witnessName?: string
  witnessDocument?: string
}

/** Whose word it is, by what the viewer came with. */
async function speakerFor(tx: Tx, hub: Hub, input: ConfirmReceipt, allocation: LockedAllocation, delivery: SeenDelivery): Promise<Speaker> {
  const { slipId, accountId, personId, parties, households } = hub.viewer
  const isHousehold = households.includes(allocation.householdId)
  if (isHousehold && slipId !== null) return { channel: 'SLIP', slipId }
  checkSpeaker(personId, delivery, parties)
  const account = { accountId: accountId!, personId: personId! }
  if (isHousehold) return { channel: 'ACCOUNT', ...account }

  const witness = namedWitness(input)
  checkProxy({
    proxy: (await person(tx, personId))!,
    witness,
    dispatcher: (await person(tx, delivery.dispatcherPersonId))!,
    ...(delivery.delivererName && { deliverer: { personId: null, name: delivery.delivererName } }),
    handoverWitness: { personId: delivery.witnessPersonId, name: delivery.witnessName, document: delivery.witnessDocument },
    hasHouseholdSpoken: (await tx.receipt.count({ where: { deliveryId: delivery.id, channel: { not: 'PROXY' } } })) > 0,
  })
  return { channel: 'PROXY', ...account, witnessName: witness.name, witnessDocument: witness.document }
}

/** Opens the task that an answer calls for, unless it is open already, and ends the one that silence had opened. */
async function followUp(tx: Tx, hub: Hub, answer: ReceiptAnswer, { areaId, pledgeId }: LockedAllocation, deliveryId: string) {
  const happening = { audience: 'OFFICE', areaId, pledgeId, deliveryId, actorId: hub.viewer.accountId } as const
  const kind = TASK_AFTER[answer]
  if (kind) {
    const taskId = randomUUID()
    const dueOn = asDate(later(dayInVietNam(), { days: hub.config.followUpWithinDays }))
    const { count } = await tx.task.createMany({
      data: { id: taskId, kind, areaId, pledgeId, deliveryId, assigneeId: await officerFor(tx, areaId), dueOn },
      skipDuplicates: true,
    })
    if (count === 1) await record(tx, { ...happening, type: 'TASK_OPENED', taskId })
  }
  const [closed] = await tx.$queryRaw<{ taskId: string | null }[]>`select close_answered_task(${deliveryId}::uuid) as "taskId"`
  if (closed?.taskId) await record(tx, { ...happening, type: 'TASK_CLOSED', taskId: closed.taskId })
}

// ── settling ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Accounts for what was received and closes it; never by someone who handed any of it over. */
export async function settle(hub: Hub, input: { allocationId: string; quantity: bigint; note?: string | null; idempotencyKey: string }): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'settle', key: idempotencyKey, input: asked }, async (tx) => {
    const allocation = await lockAllocation(tx, keyOf('Allocation', input.allocationId, 'allocationId'))
    mustBeAllowed(hub.viewer, 'allocation.settle', allocation)
    const deliveries = await tx.delivery.findMany({ where: { allocationId: allocation.id }, select: { dispatcherPersonId: true }, distinct: ['dispatcherPersonId'] })
    checkSettlement({
      ...allocation, quantity: input.quantity, settlerPersonId: hub.viewer.personId,
      dispatcherPersonIds: deliveries.map(({ dispatcherPersonId }) => dispatcherPersonId),
    })
    const { id: allocationId, lineId } = allocation
    await tx.lineFact.createMany({
      data: { lineId, stage: 'SETTLED', amount: input.quantity, allocationId, actorId: hub.viewer.accountId, reason: noteIn(input.note, 'note') },
    })
    await record(tx, { ...happenedTo(allocation, hub), type: 'ALLOCATION_SETTLED', audience: 'PUBLIC', quantity: input.quantity })
    return { allocationId, lineId }
  })
}
