// What a household says of what is matched for it, by its slip and without a script: it takes it, or lets it go before it is handed over.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomUUID } from 'node:crypto'
import { acceptAllocation, releaseAllocation } from '../../server/src/features/matching/commands.ts'
import { words } from '../../server/src/pages/household/words.ts'
import { type Village, startVillage } from '../support/matched.ts'
import { fieldIn, telephone } from '../support/telephone.ts'

let village: Village
beforeAll(async () => { village = await startVillage() })
afterAll(() => village.end())

const stored = async (allocationId: string) => (await village.owner.query(
  'select accepted_at is not null as accepted, allocated::int, (select allocated::int from pledge_line where id = line_id) as line, (select allocated::int from need where id = need_id) as need from allocation where id = $1',
  [allocationId.split(':')[1]])).rows[0]

describe('a match', () => {
  it('is accepted by the household, once', async () => {
    const { allocationId } = await village.matched('GOAT', 3)
    const slip = await village.slip()
    await acceptAllocation(slip, { allocationId, idempotencyKey: randomUUID() })
    await acceptAllocation(slip, { allocationId, idempotencyKey: randomUUID() })
    expect(await stored(allocationId)).toEqual({ accepted: true, allocated: 3, line: 3, need: 3 })
    const { allocation } = await village.officer.ask('query($id: ID!) { allocation(id: $id) { acceptedAt } }', { id: allocationId })
    expect(allocation.acceptedAt).toMatch(/^\d{4}-/)
  })

  it('is let go by the household, and both line and need are open again', async () => {
    const { allocationId } = await village.matched('GOAT', 4)
    await releaseAllocation(await village.slip(), { allocationId, reason: 'Nhà mình đã có rồi', idempotencyKey: randomUUID() })
    expect(await stored(allocationId)).toEqual({ accepted: false, allocated: 0, line: 0, need: 0 })
    const { rows } = await village.owner.query(`select reason, amount::int from line_fact where allocation_id = $1 order by id desc limit 1`, [allocationId.split(':')[1]])
    expect(rows).toEqual([{ reason: 'Nhà mình đã có rồi', amount: -4 }])
  })

  it('cannot be let go once it was handed over, nor accepted once it was let go', async () => {
    const { allocationId } = await village.matched('GOAT', 2)
    await village.handedOver(allocationId, 2)
    await expect(releaseAllocation(await village.slip(), { allocationId, reason: '', idempotencyKey: randomUUID() })).rejects.toMatchObject({ code: 'ALREADY_HANDED_OVER' })
    const other = await village.matched('GOAT', 2)
    await village.done(village.officer, 'releaseAllocation', { allocationId: other.allocationId, reason: 'nhầm hộ' }, 'allocation { id }')
    await expect(acceptAllocation(await village.slip(), { allocationId: other.allocationId, idempotencyKey: randomUUID() })).rejects.toMatchObject({ code: 'RELEASED' })
  })

  it('is nothing that the giver, an officer or another household can accept', async () => {
    const { allocationId } = await village.matched('GOAT', 2)
    const { rows: [other] } = await village.owner.query(`select id from household where area_path <@ 'p22.c06733' and id <> $1 limit 1`, [village.home.householdId.split(':')[1]])
    const neighbour = await village.newcomer('Hoàng Thị Láng Giềng', 'HOUSEHOLD', { householdId: `Household:${other.id}` })
    for (const actor of [village.giver, village.officer, neighbour]) {
      const { data, errors } = await actor.try('mutation($input: AcceptAllocationInput!) { acceptAllocation(input: $input) { problem { __typename } } }', { input: { allocationId, idempotencyKey: randomUUID() } })
      expect(errors ?? data.acceptAllocation.problem).toBeTruthy()
    }
    expect((await stored(allocationId)).accepted).toBe(false)
  })

  it('by a household can move nothing the other way: no row of facts gives it more', async () => {
    const { allocationId } = await village.matched('GOAT', 2)
    const slip = await village.slip()
    const client = await slip.db.pool.connect()
    try {
      await client.query('begin')
      await client.query(`select set_config('app.households', $1, true)`, [slip.viewer.households.join(',')])
      await expect(client.query(`insert into line_fact (line_id, stage, amount, allocation_id) select line_id, 'ALLOCATED', 1, id from allocation where id = $1`, [allocationId.split(':')[1]])).rejects.toThrow(/row-level security/)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})

describe('the pages of what is coming', () => {
  it('ask one question each, and carry yes and no without a script', async () => {
    const [kept, unwanted] = [await village.matched('PIG', 2), await village.matched('PIG', 3)]
    const phone = telephone(village.url)
    await phone.get(`/h/${village.home.code}`)
    const home = await phone.post('/h', { so: '731946' })
    expect(home.text).toContain(words.vi.offer.title)
    const [yes, no] = [kept, unwanted].map(({ allocationId }) => `/h/sap-den/${allocationId.split(':')[1]}`) as [string, string]

    const asked = await phone.get(yes)
    expect((await phone.post(yes, { khoa: fieldIn(asked, 'khoa') })).text).toContain(words.vi.offer.taken.lead[0])
    expect(await stored(kept.allocationId)).toMatchObject({ accepted: true, allocated: 2 })

    const why = await phone.get(`${no}/khong`)
    expect(why.text).toContain(words.vi.offer.reasons[1])
    const form = { khoa: fieldIn(why, 'khoa'), 'ly-do': words.vi.offer.reasons[1]! }
    expect((await phone.post(`${no}/khong`, form)).text).toContain(words.vi.offer.declined.title)
    expect(await stored(unwanted.allocationId)).toMatchObject({ accepted: false, allocated: 0 })
    expect((await phone.get('/h')).text).toContain(words.vi.offer.isTaken)
    expect((await phone.get(no)).status).toBe(404)
  })

  it('of another household are not there', async () => {
    const { allocationId } = await village.matched('PIG', 1)
    expect((await telephone(village.url).get(`/h/sap-den/${allocationId.split(':')[1]}`)).text).not.toContain(words.vi.offer.title)
  })

  it('say the terms of a post, and of a promise to buy, before they ask', async () => {
    const phone = telephone(village.url)
    await phone.get(`/h/${village.home.code}`)
    await phone.post('/h', { so: '731946' })
    const { offer } = words.vi
    for (const [kind, said] of [
      ['JOB', ['Làm ở Xã Hải Ninh, từ ', offer.wage('6,5\u00a0triệu\u00a0đồng')]],
      ['OFFTAKE', ['Mua Khoai tây của nhà mình đến hết ', offer.floorPrice('8.000\u00a0đồng')]],
      ['PIG', []],
    ] as const) {
      const { allocationId } = await village.matched(kind, 1)
      const { text } = await phone.get(`/h/sap-den/${allocationId.split(':')[1]}`)
      expect(text).toContain(offer.title)
      for (const part of said) expect(text).toContain(part)
      expect([kind, /Làm ở|Mỗi cân/.test(text)]).toEqual([kind, said.length > 0])
    }
  })
})
