// A promise to buy produce: what was bought and paid beside what was promised, for a price that is never under the floor; seen by everyone who sees the promise.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayInVietNam } from '../../server/src/platform/day.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import type { Actor } from '../support/world.ts'

let village: Village
const today = dayInVietNam()

beforeAll(async () => {
  village = await startVillage()
})
afterAll(() => village?.end())

const shown = async (actor: Actor, pledgeId: string) =>
  (await actor.ask('query($id: ID!) { pledge(id: $id) { lines { quantities { promised } agreement { product floorPrice bought value paid } } } }', { id: pledgeId })).pledge.lines[0]
const record = (allocationId: string, kind: string, quantity: number, unitPrice?: string) =>
  village.head.do('recordOutcome', { allocationId, kind, quantity: String(quantity), observedOn: today, ...(unitPrice && { unitPrice }) }, 'outcome { unitPrice quantity }')

describe('of a promise to buy produce', () => {
  it('everyone who sees it sees what was bought, for how much, and what was paid', async () => {
    const { allocationId, pledgeId, code } = await village.received('OFFTAKE', 1_200)
    const expected = { product: 'Khoai tây', floorPrice: '8000' }
    expect((await shown(village.visitor, pledgeId)).agreement).toEqual({ ...expected, bought: '0', value: '0', paid: '0' })
    expect((await record(allocationId, 'PRODUCE_BOUGHT', 700, '8000')).outcome).toEqual({ unitPrice: '8000', quantity: '700' })
    await record(allocationId, 'PRODUCE_BOUGHT', 300, '9500')
    await record(allocationId, 'PRODUCE_PAID', 700)
    for (const actor of [village.giver, village.officer]) {
      expect(await shown(actor, pledgeId)).toEqual({ quantities: { promised: '1200' }, agreement: { ...expected, bought: '1000', value: '8450000', paid: '700' } })
    }
    await expect.poll(() => shown(village.visitor, pledgeId)).toEqual({ quantities: { promised: '1200' }, agreement: { ...expected, bought: '1000', value: '8450000', paid: '700' } })
    const { pledgeByCode } = await village.visitor.ask('query($code: String!) { pledgeByCode(code: $code) { outcomes { nodes { kind quantity unitPrice } } } }', { code })
    expect(pledgeByCode.outcomes.nodes).toEqual([
      { kind: 'PRODUCE_PAID', quantity: '700', unitPrice: null }, { kind: 'PRODUCE_BOUGHT', quantity: '300', unitPrice: '9500' }, { kind: 'PRODUCE_BOUGHT', quantity: '700', unitPrice: '8000' }])
  })

  it('nothing is bought under the floor price, and no purchase goes without a price', async () => {
    const { allocationId, pledgeId } = await village.received('OFFTAKE', 100)
    expect((await record(allocationId, 'PRODUCE_BOUGHT', 100, '7999')).problem).toMatchObject({ __typename: 'InvalidInput', code: 'UNDER_FLOOR_PRICE', field: 'unitPrice', message: expect.stringContaining('8,000') })
    expect((await record(allocationId, 'PRODUCE_BOUGHT', 100)).problem).toMatchObject({ code: 'PRICE_NEEDED', field: 'unitPrice' })
    expect((await shown(village.officer, pledgeId)).agreement).toMatchObject({ bought: '0', value: '0' })
  })

  it('the sums are the purchases\' own: the app may not write them, nor the database keep one under the floor', async () => {
    const { allocationId, pledgeId } = await village.received('OFFTAKE', 10)
    await expect(village.db.pool.query('update purchase_agreement set bought = 5')).rejects.toThrow(/permission denied/)
    await expect(village.owner.query(
      `insert into outcome (id, kind, allocation_id, line_id, pledge_id, party_id, household_id, area_id, quantity, observed_on, unit_price, recorded_by)
       select $2, 'PRODUCE_BOUGHT', id, line_id, pledge_id, party_id, household_id, area_id, 10, current_date, 1, decided_by from allocation where id = $1`,
      [uuidOf(allocationId), randomUUID()])).rejects.toThrow(/purchase_agreement_keeps_floor/)
    expect((await shown(village.officer, pledgeId)).agreement).toMatchObject({ bought: '0' })
  })
})
