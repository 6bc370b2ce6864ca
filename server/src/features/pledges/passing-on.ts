// A household that has left poverty passes help on: a pledge like any other, verified as any other, by a party of its own whose name is its code.
import { randomUUID } from 'node:crypto'
import { BOUNDS } from '../../../../common/bounds.ts'
import { type Hub, type Tx, asViewer, mayAlsoSee } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import { dayInVietNam, later } from '../../platform/day.ts'
import { conflict, invalid, notFound } from '../../platform/failure.ts'
import { mustBeQuantity } from '../../platform/number.ts'
import { type HouseholdStatus, displayCode, hasEscaped } from '../households/rules.ts'
import { makePledge } from './commands.ts'

/** What a household can give of its own: stock, what it knows, its hands. Money goes by the office. */
export const OWN_TO_GIVE = { stock: ['GOAT', 'PIG', 'POULTRY', 'COW', 'BUFFALO'], knowHow: ['KNOW_HOW'], labour: ['LABOUR'] } as const
const ALL: readonly string[] = Object.values(OWN_TO_GIVE).flat()

/** The office and the household agree the day; until then it is a month. */
const EXPECTED_WITHIN_DAYS = 30
/** Promises of one household that wait for the Front at a time. */
const MOST_WAITING = 5

export interface PassOn {
  /** The code of a SupportKind out of OWN_TO_GIVE. */
  kind: string
  quantity: bigint
  idempotencyKey: string
}

/** @returns the pledge and its follow code @throws NotFound, Forbidden, InvalidInput, Conflict */
export async function passHelpOn(hub: Hub, { kind, quantity, idempotencyKey }: PassOn): Promise<{ pledgeId: string; followCode: string }> {
  if (!ALL.includes(kind)) throw invalid('kind', 'UNKNOWN_KIND', 'Hãy chọn một thứ trong danh sách.', 'Choose one of the list.')
  mustBeQuantity(quantity, BOUNDS.passedOn)
  const { partyId, communeId } = await asViewer(hub, (tx) => ownParty(tx, hub))
  const giver = { ...hub, viewer: { ...hub.viewer, parties: [...hub.viewer.parties, partyId] } }
  const { pledgeId } = await makePledge(giver, {
    partyId: `Party:${partyId}`, anonymous: true, areaId: `Area:${communeId}`, expectedOn: later(dayInVietNam(), { days: EXPECTED_WITHIN_DAYS }), lines: [{ kind, quantity }], idempotencyKey,
  })
  const { code } = await asViewer(giver, (tx) => tx.followCode.findUniqueOrThrow({ where: { pledgeId }, select: { code: true } }))
  return { pledgeId, followCode: code }
}

interface Seen {
  id: string
  code: string
  status: HouseholdStatus | null
  place: string
  communeId: string
}

/** The household's party, made when it first gives. */
async function ownParty(tx: Tx, hub: Hub): Promise<{ partyId: string; communeId: string }> {
  const householdId = hub.viewer.households[0] ?? null
  // The lock keeps two first gifts at once from making two parties.
  const [household] = await tx.$queryRaw<Seen[]>`
    select household.id, household.code, household.status::text as status, area.full_name as place, subpath(household.area_path, 1, 1)::text as "communeId"
    from household join area on area.id = household.area_id, pg_advisory_xact_lock(hashtext('household_party'), hashtext(${householdId}::text))
    where household.id = ${householdId}::uuid`
  if (!household) throw notFound('hộ này', 'this household')
  mustBeAllowed(hub.viewer, 'help.passOn', { householdId: household.id })
  if (!hasEscaped(household.status)) {
    throw conflict('NOT_YET', 'Khi nhà mình đã thoát nghèo thì hãy giúp lại. Bây giờ nhà mình cứ nhận.', 'Help others once you have left poverty. For now, help is for you.')
  }
  const known = await tx.householdParty.findUnique({ where: { householdId: household.id }, select: { partyId: true } })
  const partyId = known?.partyId ?? randomUUID()
  await mayAlsoSee(tx, { parties: [partyId] })
  if (!known) {
    await tx.party.create({ data: { id: partyId, kind: 'HOUSEHOLD', name: `${displayCode(household.code)} – ${household.place}` } })
    await tx.householdParty.create({ data: { householdId: household.id, partyId } })
  }
  if ((await tx.pledge.count({ where: { partyId, state: 'REGISTERED' } })) >= MOST_WAITING) {
    throw conflict('ENOUGH_WAITING', 'Nhà mình đã hứa mấy phần rồi, cán bộ đang xem. Nhà mình chờ cán bộ trả lời nhé.', 'Several promises of yours are waiting for the officer. Please wait for the answer.')
  }
  return { partyId, communeId: household.communeId }
}
