// Who waits for the next animal of a programme: joining the queue, and leaving it.
import { randomUUID } from 'node:crypto'
import { type Answer, type Hub, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { keyOf } from '../../graphql/define.ts'
import { conflict, invalid, notFound } from '../../platform/failure.ts'
import { noteIn } from '../deliveries/rules.ts'
import { see } from '../households/commands.ts'
import { ruleNamed } from './commands.ts'

/** Puts a household into the queue of a programme. @throws NotFound, Forbidden, InvalidInput, Conflict */
export async function joinHerdQueue(hub: Hub, input: { householdId: string; rule: string; idempotencyKey: string }): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'joinHerdQueue', key: idempotencyKey, input: asked }, async (tx) => {
    const household = await see(tx, input.householdId)
    mustBeAllowed(hub.viewer, 'herd.queue', household)
    const { code: ruleCode } = await ruleNamed(tx, input.rule)
    if (household.status === null || household.status === 'LEFT') {
      throw conflict('NOT_ON_LIST', 'Hộ không có trong danh sách nghèo, cận nghèo, mới thoát nghèo.', 'The household is on no list of poor, near-poor or newly escaped households.')
    }
    const id = randomUUID()
    const { count } = await tx.herdQueueEntry.createMany({ data: { id, ruleCode, householdId: household.id, areaId: household.areaId }, skipDuplicates: true })
    if (count === 0) throw conflict('WAITS_ALREADY', 'Hộ này đã có trong danh sách chờ.', 'This household is in the queue already.')
    return { entryId: id }
  })
}

/** Takes a household out of the queue, saying why. */
export async function leaveHerdQueue(hub: Hub, input: { entryId: string; reason: string; idempotencyKey: string }): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'leaveHerdQueue', key: idempotencyKey, input: asked }, async (tx) => {
    const [entry] = await tx.$queryRaw<{ id: string; householdId: string; areaPath: string }[]>`
      select id, household_id as "householdId", area_path::text as "areaPath" from herd_queue_entry where id = ${keyOf('HerdQueueEntry', input.entryId, 'entryId')}::uuid`
    if (!entry) throw notFound('lượt chờ này', 'this place in the queue')
    mustBeAllowed(hub.viewer, 'herd.queue', entry)
    const leftBecause = noteIn(input.reason, 'reason')
    if (leftBecause.length < 3) throw invalid('reason', 'REASON_NEEDED', 'Hãy ghi lý do (từ 3 ký tự).', 'Give a reason (3 characters or more).')
    const { count } = await tx.herdQueueEntry.updateMany({ where: { id: entry.id, leftAt: null }, data: { leftAt: new Date(), leftBecause } })
    if (count === 0) throw conflict('LEFT_ALREADY', 'Hộ này không còn trong danh sách chờ.', 'This household is no longer in the queue.')
    return { entryId: entry.id }
  })
}
