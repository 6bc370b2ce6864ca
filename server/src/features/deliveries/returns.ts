// What the receiving side says did not arrive, or was wrong, goes back: it can be handed over again, or to someone else.
import { type Answer, type Hub, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { record } from '../../events/outbox.ts'
import { keyOf } from '../../graphql/define.ts'
import { notFound } from '../../platform/failure.ts'
import { happenedTo, lockAllocation } from './commands.ts'
import { checkTakingBack, reasonIn } from './rules.ts'

/** An officer says that so much of a hand-over has come back. It counts as handed over no more; the answers to it stand. */
export async function takeBack(hub: Hub, input: { deliveryId: string; quantity: bigint; reason: string; idempotencyKey: string }): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'takeBack', key: idempotencyKey, input: asked }, async (tx) => {
    const id = keyOf('Delivery', input.deliveryId, 'deliveryId')
    const seen = await tx.delivery.findUnique({ where: { id }, select: { allocationId: true } })
    if (!seen) throw notFound('lần giao này', 'this delivery')
    const allocation = await lockAllocation(tx, seen.allocationId)
    mustBeAllowed(hub.viewer, 'delivery.takeBack', allocation)
    const delivery = await tx.delivery.findUniqueOrThrow({ where: { id }, select: { quantity: true, answer: true, received: true, takenBack: true } })
    checkTakingBack(input.quantity, delivery)
    const reason = reasonIn(input.reason)

    const { id: allocationId, lineId, needId } = allocation
    await tx.delivery.update({ where: { id }, data: { takenBack: { increment: input.quantity }, version: { increment: 1 } }, select: { id: true } })
    await tx.lineFact.createMany({ data: { lineId, stage: 'DISPATCHED', amount: -input.quantity, allocationId, deliveryId: id, actorId: hub.viewer.accountId, reason } })
    await record(tx, { ...happenedTo(allocation, hub), type: 'DELIVERY_TAKEN_BACK', audience: 'PARTIES', deliveryId: id, quantity: input.quantity })
    return { deliveryId: id, allocationId, lineId, needId }
  })
}
