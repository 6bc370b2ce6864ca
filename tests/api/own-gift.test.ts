// What a household gives never comes back to it: not suggested, not in a batch, not by hand, and not past the rules.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePledge } from '../../server/src/features/pledges/commands.ts'
import { passHelpOn } from '../../server/src/features/pledges/passing-on.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { type HelpedHousehold, OFTEN_HELPED, helpedHousehold } from '../support/helped-household.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { type Actor, pledged, verified } from '../support/world.ts'

const COMMUNE = 'Area:c06733'
let village: Village
let neighbour: HelpedHousehold
/** The household's own goats, as a line. */
let own: string

beforeAll(async () => {
  village = await startVillage()
  neighbour = await helpedHousehold(village, village.officer, [])
  const { household: { version } } = await village.officer.ask('query($id: ID!) { household(id: $id) { version } }', { id: village.home.householdId })
  await village.done(village.officer, 'recordStatus', {
    householdId: village.home.householdId, version, status: 'NEWLY_ESCAPED', standardId: 'MDP_2022_2025', decisionNo: 'THU-NGHIEM-2', decidedOn: '2026-06-20', effectiveOn: '2026-06-30', listYear: 2026,
  }, 'household { id }')
  const { pledgeId } = await passHelpOn(await village.slip(), { kind: 'GOAT', quantity: 3n, idempotencyKey: randomUUID() })
  own = await verifiedLine(pledgeId)
})
afterAll(() => village?.end())

async function verifiedLine(pledgeId: string): Promise<string> {
  const { pledge } = await village.officer.ask('query($id: ID!) { pledge(id: $id) { id version lines { id } } }', { id: `Pledge:${uuidOf(pledgeId)}` })
  await verified(village.officer, pledge)
  return pledge.lines[0].id
}
async function needOf(householdId: string, kind: string): Promise<string> {
  const { need } = await village.done(village.officer, 'raiseNeed', { householdId, kind, quantity: '2', urgency: 2 }, 'need { id version }')
  await village.done(village.officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
  return need.id
}
/** A line of somebody else's. */
async function othersGoats(): Promise<string> {
  const pledge = await pledged(village.visitor, { areaId: COMMUNE, lines: [{ kind: 'GOAT', quantity: '4' }] })
  await verified(village.officer, pledge)
  return pledge.lines[0]!.id
}
const allocate = async (actor: Actor, lineId: string, needId: string) =>
  (await actor.do('allocate', { lineId, needId, quantity: '1', overrideReason: OFTEN_HELPED }, 'allocation { id overridden { code } }')).problem

describe('what a household gives', () => {
  it('is suggested for others, never for itself', async () => {
    const [mine, theirs] = [await needOf(village.home.householdId, 'GOAT'), await needOf(neighbour.householdId, 'GOAT')]
    const { suggestions } = await village.officer.ask('query($line: ID!) { suggestions(line: $line, first: 50) { need { id } } }', { line: own })
    const suggested = suggestions.map(({ need }: any) => need.id)
    expect([suggested.includes(theirs), suggested.includes(mine)]).toEqual([true, false])
  })

  it('is allocated to others, never to itself: no reason passes that over, and nobody is above it', async () => {
    const mine = await needOf(village.home.householdId, 'GOAT')
    for (const actor of [village.officer, village.province]) expect(await allocate(actor, own, mine)).toMatchObject({ __typename: 'Conflict', code: 'OWN_GIFT' })
    expect(await allocate(village.officer, own, await needOf(neighbour.householdId, 'GOAT'))).toBeNull()
    expect(await allocate(village.officer, await othersGoats(), mine)).toBeNull()
  })

  it('leaves its own need of the kind out of a batch, which says so; the need can be met by hand', async () => {
    const mine = await needOf(village.home.householdId, 'GOAT')
    await othersGoats()
    const { run } = await village.done(village.officer, 'proposeMatches', { areaId: COMMUNE, guards: { sameKindMonths: 0 } }, 'run { id }')
    const seen = () => village.officer.ask('query($id: ID!) { matchingRun(id: $id) { state refusals { code text needs } proposals(first: 100) { nodes { need { id household { id } } line { id } } } } }', { id: run.id })
    await expect.poll(async () => (await seen()).matchingRun.state, { timeout: 20_000 }).toBe('SOLVED')
    const { refusals, proposals } = (await seen()).matchingRun
    expect(refusals.find(({ code }: any) => code === 'OWN_GIFT')).toMatchObject({ text: expect.stringContaining('gives this kind itself') })
    expect(proposals.nodes.map(({ need }: any) => need.id)).not.toContain(mine)
    expect(proposals.nodes.filter(({ line, need }: any) => line.id === own && need.household.id === village.home.householdId)).toEqual([])
  })

  it('is never a post for itself either, however it came to be promised: neither listed nor referred to', async () => {
    const { rows: [party] } = await village.owner.query('select party_id from household_party where household_id = $1', [uuidOf(village.home.householdId)])
    const slip = await village.slip()
    const { pledgeId } = await makePledge({ ...slip, viewer: { ...slip.viewer, parties: [party.party_id] } }, {
      partyId: `Party:${party.party_id}`, anonymous: true, areaId: COMMUNE, expectedOn: later(dayInVietNam(), { days: 9 }), idempotencyKey: randomUUID(),
      lines: [{ kind: 'JOB', quantity: 2n, post: { areaId: COMMUNE, skillsWanted: [], skillsTaught: ['Đan lát'], wage: 5_000_000n, startsOn: dayInVietNam() } }],
    })
    const post = await verifiedLine(pledgeId)
    const postsFor = async (householdId: string, needId: string) => {
      const { household } = await village.head.ask('query($id: ID!) { household(id: $id) { needs { id posts { id } } } }', { id: householdId })
      return household.needs.find((need: any) => need.id === needId).posts.map(({ id }: any) => id)
    }
    const [mine, theirs] = [await needOf(village.home.householdId, 'JOB'), await needOf(neighbour.householdId, 'JOB')]
    expect(await postsFor(village.home.householdId, mine)).not.toContain(post)
    expect(await postsFor(neighbour.householdId, theirs)).toContain(post)
    expect((await village.head.do('allocate', { lineId: post, needId: mine, quantity: '1' }, 'allocation { id }')).problem).toMatchObject({ code: 'OWN_GIFT' })
  })

  it('is refused by the database, too, whoever asks it', async () => {
    const mine = await needOf(village.home.householdId, 'GOAT')
    await expect(village.owner.query(`
      insert into allocation (line_id, need_id, pledge_id, party_id, household_id, recipient_code, area_id, kind_code, decided_by)
      select line.id, need.id, line.pledge_id, line.party_id, need.household_id, 'Hộ 000', need.area_id, need.kind_code, (select id from account limit 1)
      from pledge_line line, need where line.id = $1 and need.id = $2`, [uuidOf(own), uuidOf(mine)])).rejects.toMatchObject({ constraint: 'allocation_own_gift' })
  })
})
