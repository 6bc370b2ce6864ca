// What a line waits for as its giver reads it, step after step; and that nobody reads it who may not.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { confirmReceipt } from '../../server/src/features/deliveries/commands.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { pledged, verified } from '../support/world.ts'

let village: Village
const today = dayInVietNam()
beforeAll(async () => { village = await startVillage() })
afterAll(() => village?.end())

const WAITS = 'lines { waitsFor { step quantity since days by isLate } }'
const byCode = async (code: string) => (await village.visitor.ask(`query($code: String!) { pledgeByCode(code: $code) { ${WAITS} } }`, { code })).pledgeByCode.lines[0].waitsFor
const byId = async (actor: Village['giver'], id: string) => (await actor.ask(`query($id: ID!) { pledge(id: $id) { ${WAITS} } }`, { id })).pledge?.lines[0]?.waitsFor
const wait = (step: string, quantity: number, by: string | null, more = {}) => ({ step, quantity: String(quantity), since: today, days: 0, by, isLate: false, ...more })

it('a giver without an account reads whose step it is, from the promise to the settlement', async () => {
  const { done, officer, province, home } = village
  const { need } = await done(officer, 'raiseNeed', { householdId: home.householdId, kind: 'GOAT', quantity: '10', urgency: 2 }, 'need { id version }')
  await done(officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
  const pledge = await pledged(village.visitor, { areaId: 'Area:c06733', lines: [{ kind: 'GOAT', quantity: '10' }] })
  const [expected, verifyBy, confirmBy, lookBy] = [7, 3, 7, 3].map((days) => later(today, { days })) as [string, string, string, string]
  expect(await byCode(pledge.code)).toEqual([wait('VERIFY', 10, verifyBy)])

  await verified(officer, pledge)
  expect(await byCode(pledge.code)).toEqual([wait('ALLOCATE', 10, expected)])
  const { allocation } = await done(officer, 'allocate', { lineId: pledge.lines[0]!.id, needId: need.id, quantity: '8' }, 'allocation { id }')
  const deliveryId = await village.handedOver(allocation.id, 5)
  expect(await byCode(pledge.code)).toEqual([wait('ALLOCATE', 2, expected), wait('HAND_OVER', 3, expected), wait('CONFIRM', 5, confirmBy)])

  await confirmReceipt(await village.slip(), { deliveryId, answer: 'SHORT', received: 4n, idempotencyKey: randomUUID() })
  expect((await byCode(pledge.code)).slice(2)).toEqual([wait('LOOK_INTO', 1, lookBy), wait('SETTLE', 4, null)])

  // The officer has looked into it; another one settles what came.
  const { tasks } = await officer.ask('{ tasks(area: "Area:c06733", openOnly: true, first: 100) { nodes { id delivery { id } } } }')
  await done(officer, 'closeTask', { taskId: tasks.nodes.find((task: any) => task.delivery?.id === deliveryId).id, note: 'Một con chết dọc đường' }, 'task { id }')
  await done(province, 'settle', { allocationId: allocation.id, quantity: '4' }, 'allocation { id }')
  expect((await byCode(pledge.code)).map(({ step }: any) => step)).toEqual(['ALLOCATE', 'HAND_OVER'])

  // What is let go of is waited for from that day on, not from the verification.
  await village.owner.query(`update pledge set verified_at = now() - interval '20 days', expected_on = current_date - 3 where id = $1`, [uuidOf(pledge.id)])
  await done(officer, 'releaseAllocation', { allocationId: allocation.id, reason: 'hộ chưa làm được chuồng' }, 'allocation { id }')
  const [waiting] = await byCode(pledge.code)
  expect(waiting).toMatchObject({ step: 'ALLOCATE', quantity: '5', since: today, isLate: true })
})

it('is read by the giver with an account and by the offices, and by nobody else', async () => {
  const { pledgeId } = await village.matched('GOAT', 2)
  const steps = async (actor: Village['giver']) => (await byId(actor, pledgeId))?.map(({ step }: any) => step)
  expect(await steps(village.giver)).toEqual(['HAND_OVER'])
  expect(await steps(village.officer)).toEqual(['HAND_OVER'])
  for (const actor of [village.visitor, await village.signIn('nguoigiup'), await village.signIn('mattran.mytho')]) expect(await steps(actor)).toEqual([])
})
