// A household that has left poverty passes help on from its own page: a pledge like any other, by a party that nobody but its office can tell to be it.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Hub } from '../../server/src/access/hub.ts'
import { passHelpOn } from '../../server/src/features/pledges/passing-on.ts'
import { words } from '../../server/src/pages/household/words.ts'
import { helpedHousehold } from '../support/helped-household.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { fieldIn, telephone } from '../support/telephone.ts'

const { passing, home: said, check } = words.vi
let village: Village
let slip: Hub

beforeAll(async () => {
  village = await startVillage()
  slip = await village.slip()
})
afterAll(() => village?.end())

async function leavesPoverty(householdId: string) {
  const { household } = await village.officer.ask('query($id: ID!) { household(id: $id) { version } }', { id: householdId })
  await village.done(village.officer, 'recordStatus', {
    householdId, version: household.version, status: 'NEWLY_ESCAPED', standardId: 'MDP_2022_2025', decisionNo: 'THU-NGHIEM-2', decidedOn: '2026-06-20', effectiveOn: '2026-06-30', listYear: 2026 }, 'household { id }')
}
const gives = (hub: Hub, kind: string, quantity: bigint, idempotencyKey = randomUUID()) => passHelpOn(hub, { kind, quantity, idempotencyKey })
const partiesOf = async (householdId: string) => (await village.owner.query(
  'select party.id, party.kind::text, party.name from household_party join party on party.id = party_id where household_id = $1', [uuidOf(householdId)])).rows

describe('a household', () => {
  it('keeps what it gets while it is poor: nothing is asked of it', async () => {
    await expect(gives(slip, 'GOAT', 1n)).rejects.toMatchObject({ code: 'NOT_YET' })
    expect(await partiesOf(village.home.householdId)).toEqual([])
    const phone = telephone(village.url)
    await phone.get(`/h/${village.home.code}`)
    const home = await phone.post('/h', { so: '731946' })
    expect(home.text).not.toContain(passing.link)
    expect((await phone.get('/h/giup-lai')).status).toBe(404)
  })

  it('passes help on once it has left poverty, one question a page, without a script', async () => {
    await leavesPoverty(village.home.householdId)
    const phone = telephone(village.url)
    await phone.get(`/h/${village.home.code}`)
    expect((await phone.post('/h', { so: '731946' })).text).toContain(passing.link)
    expect((await phone.get('/h/giup-lai')).text).toContain(passing.title)
    expect((await phone.get('/h/giup-lai?loai=con-giong')).text).toContain(passing.which)
    expect((await phone.get('/h/giup-lai?loai=GOAT')).text).toContain(passing.howMany('con'))
    expect((await phone.get('/h/giup-lai?loai=GOAT&so=101')).status).toBe(422)
    const asked = await phone.get('/h/giup-lai?loai=GOAT&so=2')
    expect(asked.text).toContain(check.title)
    const form = { khoa: fieldIn(asked, 'khoa'), loai: 'GOAT', so: '2' }
    const thanked = await phone.post('/h/giup-lai', form)
    const code = /(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}/.exec(thanked.text)![0]
    expect((await phone.post('/h/giup-lai', form)).text).toContain(code)
    const home = await phone.get('/h')
    expect([home.text.includes(said.given), home.text.includes(said.promised.REGISTERED!)]).toEqual([true, true])

    // The Front verifies it as any other; its name is a code, and for the office alone.
    const { pledges } = await village.officer.ask('{ pledges(area: "Area:c06733", state: REGISTERED, first: 100) { nodes { id version transferCode anonymous party { kind name } lines { kind { code } quantities { promised } } } } }')
    const { pledgeByCode: { transferCode } } = await village.visitor.ask('query($code: String!) { pledgeByCode(code: $code) { transferCode } }', { code })
    const pledge = pledges.nodes.find((node: any) => node.transferCode === transferCode)
    expect(pledge).toMatchObject({ anonymous: true, party: { kind: 'HOUSEHOLD', name: expect.stringMatching(/^Hộ \d+ – Thôn 1 Hải Tiến$/) }, lines: [{ kind: { code: 'GOAT' }, quantities: { promised: '2' } }] })
    await village.done(village.officer, 'verifyPledge', { pledgeId: pledge.id, version: pledge.version }, 'pledge { id }')
    const { pledge: open } = await village.visitor.ask('query($id: ID!) { pledge(id: $id) { state anonymous party { id } } }', { id: pledge.id })
    expect(open).toEqual({ state: 'VERIFIED', anonymous: true, party: null })
    expect((await phone.get('/h')).text).toContain(said.promised.VERIFIED!)
  })

  it('is one party, however many promises it makes at once', async () => {
    const other = await helpedHousehold(village, village.officer, [])
    await leavesPoverty(other.householdId)
    const viewer = { ...slip.viewer, households: [uuidOf(other.householdId)] }
    const made = await Promise.all([['LABOUR', 3n], ['KNOW_HOW', 2n], ['PIG', 1n]].map(([kind, quantity]) => gives({ ...slip, viewer }, kind as string, quantity as bigint)))
    expect(new Set(made.map(({ pledgeId }) => pledgeId)).size).toBe(3)
    expect(await partiesOf(other.householdId)).toHaveLength(1)
    await gives({ ...slip, viewer }, 'GOAT', 1n)
    await gives({ ...slip, viewer }, 'GOAT', 1n)
    await expect(gives({ ...slip, viewer }, 'GOAT', 1n)).rejects.toMatchObject({ code: 'ENOUGH_WAITING' })
  })

  it('gives of its own: no money, no house, no absurd number', async () => {
    await expect(gives(slip, 'CASH_CAPITAL', 1n)).rejects.toMatchObject({ code: 'UNKNOWN_KIND' })
    await expect(gives(slip, 'GOAT', 101n)).rejects.toMatchObject({ code: 'BAD_QUANTITY' })
    await expect(gives(slip, 'GOAT', 0n)).rejects.toMatchObject({ code: 'BAD_QUANTITY' })
  })

  it('is told from its party by nobody but its office and itself', async () => {
    const seenBy = async (settings: Record<string, string>) => {
      const client = await slip.db.pool.connect()
      try {
        await client.query('begin')
        for (const [name, value] of Object.entries(settings)) await client.query('select set_config($1, $2, true)', [`app.${name}`, value])
        return (await client.query('select household_id from household_party where household_id = $1', [uuidOf(village.home.householdId)])).rowCount
      } finally {
        await client.query('rollback')
        client.release()
      }
    }
    const [party] = await partiesOf(village.home.householdId)
    expect(await seenBy({ households: uuidOf(village.home.householdId) })).toBe(1)
    expect(await seenBy({ offices: 'p22.c06733' })).toBe(1)
    expect(await seenBy({ offices: 'p82' })).toBe(0)
    expect(await seenBy({ parties: party.id })).toBe(0)
    expect(await seenBy({ households: randomUUID() })).toBe(0)
  })
})
