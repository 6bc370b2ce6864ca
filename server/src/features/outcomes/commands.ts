// Recording what became of a gift.
import { randomUUID } from 'node:crypto'
import { type Answer, type Hub, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { record } from '../../events/outbox.ts'
import { keyOf } from '../../graphql/define.ts'
import { asDate, asDay, dayInVietNam } from '../../platform/day.ts'
import { notFound } from '../../platform/failure.ts'
import { happenedTo, lockAllocation } from '../deliveries/commands.ts'
import { noteIn, witnessIn } from '../deliveries/rules.ts'
import type { RecordedKind } from './families/family.ts'
import { FAMILIES, audienceOf, checkOutcome, checkOwnWord } from './rules.ts'

export interface RecordOutcome {
  allocationId: string
  kind: RecordedKind
  quantity: bigint
  /** YYYY-MM-DD */
  observedOn: string
  detail?: string | null
  cause?: string | null
  witnessName?: string | null
  /** For what is handed or lent on. */
  toHouseholdId?: string | null
  /** VND a unit, for what is bought. */
  unitPrice?: bigint | null
  idempotencyKey: string
}

/** Records one outcome of an allocation, by an office or as the household's own word; its giver is told. @throws NotFound, Forbidden, InvalidInput, Conflict */
export async function recordOutcome(hub: Hub, input: RecordOutcome): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'recordOutcome', key: idempotencyKey, input: asked }, async (tx) => {
    const allocation = await lockAllocation(tx, keyOf('Allocation', input.allocationId, 'allocationId'))
    mustBeAllowed(hub.viewer, 'outcome.record', allocation)
    const { accountId, slipId, households } = hub.viewer
    const byHousehold = households.includes(allocation.householdId)
    const toHouseholdId = input.toHouseholdId ? keyOf('Household', input.toHouseholdId, 'toHouseholdId') : null
    if (toHouseholdId && !(await tx.household.findUnique({ where: { id: toHouseholdId }, select: { id: true } }))) throw notFound('hộ nhận tiếp', 'the receiving household')
    const { family } = await tx.supportKind.findUniqueOrThrow({ where: { code: allocation.kindCode }, select: { family: true } })
    if (byHousehold) checkOwnWord(family, input.kind)
    const before = await tx.outcome.findMany({ where: { allocationId: allocation.id }, select: { kind: true, quantity: true, observedOn: true, isFurtherOn: true } })
    const hasBook = FAMILIES[family].says[input.kind]?.isOfBook === true && (await tx.herd.findUnique({ where: { id: allocation.id }, select: { id: true } })) !== null
    const first = await tx.receipt.findFirst({ where: { delivery: { allocationId: allocation.id }, received: { gt: 0 } }, orderBy: { at: 'asc' }, select: { at: true } })
    const agreement = await tx.purchaseAgreement.findUnique({ where: { lineId: allocation.lineId }, select: { floorPrice: true } })
    const witnessName = input.witnessName?.trim() ? witnessIn(input.witnessName, 'witnessName') : null
    checkOutcome(
      { kind: input.kind, quantity: input.quantity, observedOn: input.observedOn, cause: input.cause ?? null, witnessName, toHouseholdId, unitPrice: input.unitPrice ?? null },
      {
        family, hasBook, received: allocation.received, firstReceivedOn: first && dayInVietNam(first.at), householdId: allocation.householdId, floorPrice: agreement?.floorPrice ?? null,
        before: before.map((outcome) => ({ ...outcome, observedOn: asDay(outcome.observedOn) })),
      },
      dayInVietNam(),
    )
    const { id: allocationId, lineId, pledgeId, partyId, householdId, areaId } = allocation
    const outcomeId = randomUUID()
    await tx.outcome.createMany({
      data: {
        id: outcomeId, kind: input.kind, allocationId, lineId, pledgeId, partyId, householdId, areaId, quantity: input.quantity, observedOn: asDate(input.observedOn),
        detail: noteIn(input.detail, 'detail'), cause: input.cause ? noteIn(input.cause, 'cause') : null, witnessName, toHouseholdId, unitPrice: input.unitPrice ?? null, recordedBy: accountId, slipId, byHousehold,
      },
    })
    await record(tx, {
      ...happenedTo(allocation, hub), type: 'OUTCOME_RECORDED', audience: audienceOf(family, input.kind), outcomeId, quantity: input.quantity })
    return { outcomeId, allocationId }
  })
}
