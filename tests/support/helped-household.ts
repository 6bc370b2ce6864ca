// A household with a slip in its hand and help at its door, built by walking: needs, pledges, matches and hand-overs by those whose job it is.
import { randomUUID } from 'node:crypto'
import { type Actor, type World, pledged, verified } from './world.ts'

export interface Given {
  kind: string
  quantity: number
  /** The giver's name. */
  giver?: string
  anonymous?: boolean
  /** Of the pledge's line. */
  detail?: string
  /** Of the hand-over. */
  note?: string
  /** Matched, and still on its way. */
  isComing?: boolean
}

export interface HelpedHousehold {
  householdId: string
  headName: string
  /** As on paper, but without dashes. */
  code: string
  /** UUIDs, in the order given; '' for what is still on its way. */
  deliveries: string[]
}

/** What it takes of a world. */
type Here = Pick<World, 'visitor'> & { hamlet?: string }

/** A new household of Thôn 1 Hải Tiến, in Hải Ninh. */
export async function helpedHousehold(world: Here, officer: Actor, gifts: Given[], headName = `Người Thử ${randomUUID().slice(0, 8)}`): Promise<HelpedHousehold> {
  const { household } = await done(officer, 'registerHousehold', { areaId: world.hamlet ?? 'Area:h06733_001', headName, members: 4, causes: ['LACK_TOOLS'] }, 'household { id version }')
  const householdId: string = household.id
  await done(officer, 'recordStatus', {
    householdId, version: household.version, status: 'NEAR_POOR', standardId: 'MDP_2022_2025', decisionNo: 'THU-NGHIEM', decidedOn: '2025-12-20', effectiveOn: '2025-12-31', listYear: 2025,
  }, 'household { id }')
  const deliveries: string[] = []
  for (const gift of gifts) deliveries.push(await give(world, officer, householdId, gift))
  return { householdId, headName, code: await slipFor(officer, householdId), deliveries }
}

/** A household of the tests is helped more often than the guards of an office allow. */
export const OFTEN_HELPED = 'Hộ thử nghiệm được giúp nhiều lần'

/** A new slip; the earlier one is void from then on. */
export async function slipFor(officer: Actor, householdId: string): Promise<string> {
  const { code } = await done(officer, 'issueSlip', { householdId }, 'code')
  return code.replaceAll('-', '')
}

async function give(world: Here, officer: Actor, householdId: string, { kind, quantity, giver, anonymous, detail, note, isComing }: Given): Promise<string> {
  const { need } = await done(officer, 'raiseNeed', { householdId, kind, quantity: String(quantity), urgency: 3 }, 'need { id version }')
  await done(officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
  const pledge = await pledged(world.visitor, {
    areaId: 'Area:c06733', anonymous: anonymous ?? false, lines: [{ kind, quantity: String(quantity), ...(detail ? { detail } : {}) }],
    ...(giver ? { party: { kind: 'PERSON', name: giver } } : {}),
  } as Parameters<typeof pledged>[1])
  await verified(officer, pledge)
  const { allocation } = await done(officer, 'allocate', { lineId: pledge.lines[0]!.id, needId: need.id, quantity: String(quantity), overrideReason: OFTEN_HELPED }, 'allocation { id }')
  if (isComing) return ''
  const { delivery } = await done(officer, 'dispatch', { allocationId: allocation.id, quantity: String(quantity), witnessName: 'Đinh Văn Làm Chứng', ...(note ? { note } : {}) }, 'delivery { id }')
  return delivery.id.split(':')[1]
}

async function done(actor: Actor, name: string, input: Record<string, unknown>, selection: string): Promise<any> {
  const { problem, ...answer } = await actor.do(name, { ...input, idempotencyKey: randomUUID() }, selection)
  if (problem) throw new Error(`${name}: ${problem.message}`)
  return answer
}
