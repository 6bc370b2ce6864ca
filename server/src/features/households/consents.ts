// What a household allows: recorded as its own word, or by its office before a witness; never assumed, and taken back at any time.
import { type Answer, type Hub, once } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { record } from '../../events/outbox.ts'
import { invalid } from '../../platform/failure.ts'
import { lengthOf, textIn } from '../../platform/text.ts'
import { see } from './commands.ts'
import type { ConsentPurpose } from '../../generated/prisma/enums.ts'

interface RecordConsent {
  householdId: string
  purpose: ConsentPurpose
  given: boolean
  /** Who stood by; needed where the office writes it down for the household. */
  witnessName?: string | null
  idempotencyKey: string
}

const MOST_NAME = 100

export async function recordConsent(hub: Hub, input: RecordConsent): Promise<Answer> {
  const { idempotencyKey, ...asked } = input
  return once(hub, { name: 'recordConsent', key: idempotencyKey, input: asked }, async (tx) => {
    const household = await see(tx, input.householdId)
    mustBeAllowed(hub.viewer, 'consent.record', { areaPath: household.areaPath, householdId: household.id })
    await tx.consent.createMany({
      data: { householdId: household.id, purpose: input.purpose, given: input.given, ...speaker(hub, household.id, input.witnessName) },
    })
    await record(tx, { type: 'CONSENT_RECORDED', audience: 'PARTIES', areaId: household.areaId, householdId: household.id, actorId: hub.viewer.accountId })
    return { householdId: household.id }
  })
}

/** Whose word it is, by what the viewer came with. @throws InvalidInput */
function speaker({ viewer }: Hub, householdId: string, witness: string | null | undefined) {
  const isHousehold = viewer.households.includes(householdId)
  if (isHousehold && viewer.slipId !== null) return { channel: 'SLIP', slipId: viewer.slipId } as const
  const account = { accountId: viewer.accountId!, personId: viewer.personId! }
  if (isHousehold) return { channel: 'ACCOUNT', ...account } as const
  const witnessName = textIn('witnessName', witness, 'name')
  if (!witnessName || lengthOf(witnessName) > MOST_NAME) {
    throw invalid('witnessName', 'WITNESS_NEEDED', 'Hãy ghi tên người chứng kiến hộ nói điều này (tối đa 100 ký tự).', 'Give the name of who heard the household say so, in 100 characters at most.')
  }
  return { channel: 'PROXY', ...account, witnessName } as const
}
