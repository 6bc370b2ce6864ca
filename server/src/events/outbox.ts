// Tells what happened, in the same transaction as the change itself: either both are stored, or neither.
import type { Tx } from '../access/hub.ts'
import type { EventAudience, EventType } from '../generated/prisma/enums.ts'

/** One thing that happened: its kind, who may know of it, where, and which rows it touched. */
export interface Happening {
  type: EventType
  /** PUBLIC: everyone, without the household. PARTIES: both sides and the offices. OFFICE: the offices alone. RIGHTS: these and administrators. */
  audience: EventAudience
  areaId: string
  pledgeId?: string | null
  partyId?: string | null
  householdId?: string | null
  lineId?: string | null
  allocationId?: string | null
  deliveryId?: string | null
  outcomeId?: string | null
  needId?: string | null
  taskId?: string | null
  adoptionId?: string | null
  kindCode?: string | null
  quantity?: bigint | null
  /** The account that did it; null for a visitor or a slip. */
  actorId?: string | null
}

export async function record(tx: Tx, ...happenings: Happening[]): Promise<void> {
  await tx.event.createMany({ data: happenings })
}
