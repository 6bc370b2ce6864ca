// What people do with a household's needs: raise, verify, withdraw.
import { BOUNDS } from '../../../../common/bounds.ts'
import { type Answer, type Hub, type Tx, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { record } from '../../events/outbox.ts'
import { keyOf } from '../../graphql/define.ts'
import { conflict, invalid, notFound } from '../../platform/failure.ts'
import { mustBeWithin } from '../../platform/number.ts'
import { textIn } from '../../platform/text.ts'
import { see } from './commands.ts'
import { type HouseholdStatus, type NeedState, checkNeedOf, checkNeedQuantity, checkVerifying, withdrawal } from './rules.ts'

export interface RaiseNeed {
  householdId: string
  /** Code of a kind of support. */
  kind: string
  /** In the kind's unit. */
  quantity: bigint
  urgency?: number | null
  detail?: string | null
  idempotencyKey: string
}

/** Says what a household lacks. It counts once an officer has verified it. */
export async function raiseNeed(hub: Hub, input: RaiseNeed): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'raiseNeed', key: idempotencyKey, input: asked }, async (tx) => {
    const household = await see(tx, input.householdId)
    mustBeAllowed(hub.viewer, 'need.raise', household)
    const kind = await tx.supportKind.findUnique({ where: { code: input.kind }, select: { unit: true, typicalCost: true } })
    if (!kind) throw invalid('kind', 'UNKNOWN_KIND', 'Hãy chọn một loại hỗ trợ trong danh sách.', 'Choose a kind of support from the list.')
    checkNeedOf(household.status, 'raise')
    checkNeedQuantity(input.quantity, kind, household.members)
    const urgency = input.urgency ?? 2
    mustBeWithin(urgency, BOUNDS.urgency, 'urgency', 'BAD_URGENCY', { vi: 'Mức cần kíp', en: 'Urgency' })
    const detail = textIn('detail', input.detail, 'line')
    const { id } = await tx.need.create({
      data: { householdId: household.id, areaId: household.areaId, kindCode: input.kind, quantity: input.quantity, urgency, detail, raisedBy: hub.viewer.accountId },
      select: { id: true },
    })
    await record(tx, {
      type: 'NEED_RAISED', audience: 'PARTIES', areaId: household.areaId, householdId: household.id, needId: id, kindCode: input.kind,
      quantity: input.quantity, actorId: hub.viewer.accountId,
    })
    return { needId: id, householdId: household.id }
  })
}

interface Decide {
  needId: string
  /** The version that the viewer saw. */
  version: number
  idempotencyKey: string
}

/** Lets a need be matched. From now on everyone may know its kind and quantity, in its area, without the household. */
export async function verifyNeed(hub: Hub, input: Decide): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'verifyNeed', key: idempotencyKey, input: asked }, async (tx) => {
    const need = await lock(tx, input.needId)
    mustBeAllowed(hub.viewer, 'need.verify', need)
    checkNeedOf(need.status, 'verify')
    checkVerifying(need)
    await advance(tx, need, input.version, { verifiedAt: new Date() })
    await record(tx, { type: 'NEED_RAISED', audience: 'PUBLIC', areaId: need.areaId, kindCode: need.kindCode, quantity: need.quantity, actorId: hub.viewer.accountId })
    return { needId: need.id, householdId: need.householdId }
  })
}

/** Takes back what is open of a need; what was allocated to it stands. */
export async function withdrawNeed(hub: Hub, input: Decide): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'withdrawNeed', key: idempotencyKey, input: asked }, async (tx) => {
    const need = await lock(tx, input.needId)
    mustBeAllowed(hub.viewer, 'need.withdraw', need)
    const { quantity, isWithdrawn } = withdrawal(need)
    await advance(tx, need, input.version, { quantity, ...(isWithdrawn ? { withdrawnAt: new Date() } : {}) })
    return { needId: need.id, householdId: need.householdId }
  })
}

interface Locked extends NeedState {
  id: string
  householdId: string
  areaId: string
  areaPath: string
  kindCode: string
  version: number
  status: HouseholdStatus | null
}

/** The need, locked so that nothing is allocated to it meanwhile. @throws NotFound */
async function lock(tx: Tx, id: string): Promise<Locked> {
  const [need] = await tx.$queryRaw<Locked[]>`
    select need.id, need.household_id as "householdId", need.area_id as "areaId", need.area_path::text as "areaPath", need.kind_code as "kindCode",
           need.quantity, need.allocated, need.verified_at is not null as "isVerified", need.withdrawn_at is not null as "isWithdrawn",
           need.version, household.status::text as status
    from need join household on household.id = need.household_id where need.id = ${keyOf('Need', id, 'needId')}::uuid for update of need`
  if (!need) throw notFound('nhu cầu này', 'this need')
  return need
}

async function advance(tx: Tx, need: Locked, seenVersion: number, change: { verifiedAt?: Date; withdrawnAt?: Date; quantity?: bigint }): Promise<void> {
  const { count } = await tx.need.updateMany({ where: { id: need.id, version: seenVersion }, data: { ...change, version: { increment: 1 } } })
  if (count === 1) return
  throw conflict('CHANGED_MEANWHILE', 'Nhu cầu này vừa được người khác cập nhật. Hãy tải lại rồi làm tiếp.', 'Someone else has just changed this need. Reload, then go on.')
}
