// What a giver hands over itself: said with place, day and witness, counted by the household's word alone, and never said by one person for both sides.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Hub } from '../../server/src/access/hub.ts'
import { confirmReceipt } from '../../server/src/features/deliveries/commands.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { textOf } from '../support/pdf-text.ts'
import type { Actor } from '../support/world.ts'

let village: Village
let slip: Hub
beforeAll(async () => {
  village = await startVillage()
  slip = await village.slip()
})
afterAll(() => village?.end())

const today = dayInVietNam()
const said = { handedOverOn: today, place: 'Nhà văn hóa thôn', witnessName: 'Đinh Văn Làm Chứng' }
const directly = (actor: Actor, input: Record<string, unknown>, selection = 'delivery { id confirmBy isDirect handedOverOn } allocation { quantities { dispatched received } viewerCan { deliverDirectly { allowed } } }') =>
  actor.do('deliverDirectly', { ...said, ...input }, selection)
const refused = ({ problem }: { problem: { __typename: string; code: string } | null }) => (problem ? `${problem.__typename}: ${problem.code}` : 'went through')
const quantities = async (allocationId: string) =>
  (await village.officer.ask('query($id: ID!) { allocation(id: $id) { quantities { dispatched received } } }', { id: allocationId })).allocation.quantities
const granted = async (login: string, role: string, scope: { areaId?: string; partyId?: string; householdId?: string }) => {
  await village.owner.query(`insert into role_grant (account_id, role, area_id, party_id, household_id) select id, $2::"Role", $3, $4, $5 from account where login = $1`,
    [login, role, scope.areaId ?? null, scope.partyId ?? null, scope.householdId ?? null])
  return { actor: await village.signIn(login), revoke: () => village.owner.query(`update role_grant set revoked_at = now() where account_id = (select id from account where login = $1) and role = $2::"Role"`, [login, role]) }
}
const partyOf = async (allocationId: string) => (await village.owner.query('select party_id from allocation where id = $1', [uuidOf(allocationId)])).rows[0].party_id as string

it('tells the life of a gift that the giver brings: nothing is received until the household says so, and an officer settles it', async () => {
  const { allocationId, pledgeId } = await village.matched('GOAT', 10)
  const { allocation } = await village.giver.ask('query($id: ID!) { allocation(id: $id) { viewerCan { deliverDirectly { allowed } dispatch { allowed } } } }', { id: allocationId })
  expect(allocation.viewerCan).toEqual({ deliverDirectly: { allowed: true }, dispatch: { allowed: false } })

  const { problem, delivery, allocation: after } = await directly(village.giver, { allocationId, quantity: '10', handedOverOn: later(today, { days: -2 }), delivererName: 'Bùi Thị Mang Giúp' })
  expect(problem).toBeNull()
  expect(delivery).toEqual({ id: expect.any(String), isDirect: true, handedOverOn: later(today, { days: -2 }), confirmBy: later(today, { days: 7 }) })
  expect(after).toEqual({ quantities: { dispatched: '10', received: '0' }, viewerCan: { deliverDirectly: { allowed: false } } })

  // The office reads that it was direct, who came, where and before whom; the giver reads back no more than of any hand-over.
  const ask = async (actor: Actor) => (await actor.ask('query($id: ID!) { delivery(id: $id) { isDirect place witnessName dispatcherName handedOverOn answer viewerCan { confirm { allowed } } } }', { id: delivery.id })).delivery
  expect(await ask(village.officer)).toEqual({
    isDirect: true, place: 'Nhà văn hóa thôn', witnessName: 'Đinh Văn Làm Chứng', dispatcherName: 'Bùi Thị Mang Giúp', handedOverOn: later(today, { days: -2 }), answer: null, viewerCan: { confirm: { allowed: false } } })
  expect(await ask(village.giver)).toMatchObject({ isDirect: true, place: null, witnessName: null, dispatcherName: null, viewerCan: { confirm: { allowed: false } } })
  const record = await fetch(`${village.url}/tai-ve/bien-ban/${uuidOf(delivery.id)}.pdf?ngon-ngu=vi`, { headers: { cookie: village.officer.cookie! } })
  const text = await textOf(record)
  for (const words of ['trao trực tiếp cho hộ', 'Nhà văn hóa thôn', 'Bùi Thị Mang Giúp', 'Đinh Văn Làm Chứng']) expect(text).toContain(words)

  await confirmReceipt(slip, { deliveryId: delivery.id, answer: 'SHORT', received: 9n, idempotencyKey: randomUUID() })
  expect(await quantities(allocationId)).toEqual({ dispatched: '10', received: '9' })
  const { allocation: settled } = await village.done(village.officer, 'settle', { allocationId, quantity: '9' }, 'allocation { quantities { settled } }')
  expect(settled.quantities.settled).toBe('9')
  const { rows } = await village.owner.query(`select stage, sum(amount)::int as amount from line_fact where allocation_id = $1 group by stage order by stage`, [uuidOf(allocationId)])
  expect(rows).toEqual([{ stage: 'ALLOCATED', amount: 10 }, { stage: 'DISPATCHED', amount: 10 }, { stage: 'RECEIVED', amount: 9 }, { stage: 'SETTLED', amount: 9 }])
  const { pledge } = await village.giver.ask('query($id: ID!) { pledge(id: $id) { lines { quantities { dispatched received settled } } } }', { id: pledgeId })
  expect(pledge.lines[0].quantities).toEqual({ dispatched: '10', received: '9', settled: '9' })
})

describe('a giver', () => {
  it('says where, when and before whom', async () => {
    const { allocationId } = await village.matched('COW', 2)
    const attempt = async (more: Record<string, unknown>) => refused(await directly(village.giver, { allocationId, quantity: '1', ...more }))
    expect([
      await attempt({ place: ' ' }), await attempt({ place: 'x'.repeat(161) }), await attempt({ witnessName: 'A' }), await attempt({ handedOverOn: later(today, { days: 1 }) }),
      await attempt({ handedOverOn: later(today, { days: -61 }) }), await attempt({ delivererName: 'Đinh Văn Làm Chứng' }), await attempt({ quantity: '3' }), await attempt({ quantity: '0' }),
    ]).toEqual(['InvalidInput: PLACE_NEEDED', 'InvalidInput: TOO_LONG', 'InvalidInput: WITNESS_NEEDED', 'InvalidInput: DAY_AHEAD',
      'InvalidInput: DAY_LONG_AGO', 'InvalidInput: WITNESS_IS_DISPATCHER', 'Conflict: MORE_THAN_ALLOCATED', 'InvalidInput: BAD_QUANTITY'])
    expect(await attempt({ handedOverOn: later(today, { days: -60 }) })).toBe('went through')
  })

  it('hands over no more than was allocated, however often it says so at once', async () => {
    const { allocationId } = await village.matched('PIG', 3)
    const answers = await Promise.all(Array.from({ length: 8 }, (_, i) =>
      i % 2 ? directly(village.giver, { allocationId, quantity: '1' }) : village.officer.do('dispatch', { allocationId, quantity: '1', witnessName: 'Đinh Văn Làm Chứng' }, 'delivery { id }')))
    expect(answers.filter((answer) => !answer.problem)).toHaveLength(3)
    expect(await quantities(allocationId)).toEqual({ dispatched: '3', received: '0' })
    const idempotencyKey = randomUUID()
    const other = (await village.matched('PIG', 3)).allocationId
    const same = await Promise.all(Array.from({ length: 5 }, () => directly(village.giver, { allocationId: other, quantity: '1', idempotencyKey }, 'delivery { id }')))
    expect(new Set(same.map(({ delivery }) => delivery.id)).size).toBe(1)
  })

  it('says it of its own gifts alone, and an officer does not say it for a giver', async () => {
    const { allocationId } = await village.matched('COW', 1)
    const other = await village.signIn('nguoigiup')
    expect(refused(await directly(other, { allocationId, quantity: '1' }))).toBe('NotFound: NOT_FOUND')
    for (const actor of [village.officer, village.head, village.visitor]) {
      const { errors } = await actor.try('mutation($input: DeliverDirectlyInput!) { deliverDirectly(input: $input) { problem { code } } }', { input: { ...said, allocationId, quantity: '1', idempotencyKey: randomUUID() } })
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    }
  })

  it('never stands for the household: not who gives, not who gives with it, not as proxy and not by account', async () => {
    const { allocationId } = await village.matched('COW', 3)
    const partyId = await partyOf(allocationId)
    const { delivery } = await directly(village.giver, { allocationId, quantity: '1' }, 'delivery { id }')
    const confirm = (actor: Actor) => actor.do('confirmReceipt', { deliveryId: delivery.id, answer: 'FULL', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }')
    const confirmable = async (actor: Actor) => (await actor.ask('query($id: ID!) { delivery(id: $id) { viewerCan { confirm { allowed } } } }', { id: delivery.id })).delivery.viewerCan.confirm.allowed

    // Another person of the same giver who heads the hamlet, and the giver with an office and a household of its own.
    const colleague = await granted('thon1.haitien', 'DONOR', { partyId })
    expect([refused(await confirm(colleague.actor)), await confirmable(colleague.actor)]).toEqual(['Conflict: BOTH_SIDES', false])
    await colleague.revoke()
    const heading = await granted('saomai', 'HAMLET_HEAD', { areaId: 'h06733_001' })
    expect([refused(await confirm(heading.actor)), await confirmable(heading.actor)]).toEqual(['Conflict: BOTH_SIDES', false])
    await heading.revoke()
    const atHome = await granted('saomai', 'HOUSEHOLD', { householdId: uuidOf(village.home.householdId) })
    expect([refused(await confirm(atHome.actor)), await confirmable(atHome.actor)]).toEqual(['Conflict: BOTH_SIDES', false])
    expect(refused(await directly(atHome.actor, { allocationId, quantity: '1' }))).toBe('Conflict: BOTH_SIDES')
    await atHome.revoke()
    expect(await quantities(allocationId)).toEqual({ dispatched: '1', received: '0' })

    // The database says the same to whoever gets past the rules.
    const { rows: [mine] } = await village.owner.query(`select id, person_id from account where login = 'thon1.haitien'`)
    await village.owner.query(`insert into role_grant (account_id, role, party_id) values ($1, 'DONOR', $2)`, [mine.id, partyId])
    await expect(village.owner.query(
      `insert into receipt (delivery_id, pledge_id, party_id, household_id, area_id, answer, received, channel, account_id, person_id, witness_name)
       select id, pledge_id, party_id, household_id, area_id, 'FULL', 1, 'PROXY', $2, $3, 'Ai Đó' from delivery where id = $1`, [uuidOf(delivery.id), mine.id, mine.person_id])).rejects.toThrow(/both sides/)
    await village.owner.query(`update role_grant set revoked_at = now() where account_id = $1 and role = 'DONOR'`, [mine.id])
  })

  it('is who came to the door by name, too: the head who brought it for the giver is no proxy', async () => {
    const { allocationId } = await village.matched('COW', 1)
    const { delivery } = await directly(village.giver, { allocationId, quantity: '1', delivererName: 'PHẠM VĂN MẪU' }, 'delivery { id }')
    expect(refused(await village.head.do('confirmReceipt', { deliveryId: delivery.id, answer: 'FULL', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }'))).toBe('Conflict: BOTH_SIDES')
  })

  it('is let by the database write nothing but its own direct hand-over', async () => {
    const { allocationId } = await village.matched('COW', 1)
    const partyId = await partyOf(allocationId)
    const { rows: [account] } = await village.owner.query(`select id, person_id from account where login = 'saomai'`)
    const client = await village.db.pool.connect()
    const asGiver = async (text: string, values: unknown[] = []) => {
      await client.query('begin')
      try {
        await client.query(`select set_config('app.account', $1, true), set_config('app.person', $2, true), set_config('app.parties', $3, true), set_config('app.offices', '', true), set_config('app.households', '', true), set_config('app.pledges', '', true)`, [account.id, account.person_id, partyId])
        return await client.query(text, values)
      } finally {
        await client.query('rollback')
      }
    }
    const insert = (isDirect: boolean) => asGiver(
      `insert into delivery (allocation_id, pledge_id, party_id, household_id, area_id, quantity, witness_name, dispatched_by, dispatcher_person_id, confirm_by, is_direct, place, handed_over_on)
       select id, pledge_id, party_id, household_id, area_id, 1, 'Ai Đó', $2, $3, current_date, $4, 'ở nhà', current_date - 1 from allocation where id = $1`, [uuidOf(allocationId), account.id, account.person_id, isDirect])
    try {
      await expect(insert(false)).rejects.toThrow(/row-level security/)
      await expect(insert(true)).resolves.toMatchObject({ rowCount: 1 })
      await expect(asGiver('update allocation set accepted_at = now() where id = $1', [uuidOf(allocationId)])).rejects.toThrow(/row-level security/)
      await expect(asGiver(`insert into line_fact (line_id, stage, amount, allocation_id) select line_id, 'DISPATCHED', 1, id from allocation where id = $1`, [uuidOf(allocationId)])).rejects.toThrow(/row-level security/)
      await expect(asGiver(`insert into line_fact (line_id, stage, amount, allocation_id) select line_id, 'RECEIVED', 1, id from allocation where id = $1`, [uuidOf(allocationId)])).rejects.toThrow(/row-level security/)
    } finally {
      client.release()
    }
  })
})
