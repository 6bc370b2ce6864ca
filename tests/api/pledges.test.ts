// Pledges through the API: made once, seen by whom they may be, moved on by facts.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { type Actor, type World, pledged, startWorld, verified } from '../support/world.ts'

let world: World
let officer: Actor
let foreign: Actor
let donor: Actor
const area = 'Area:c06733'
const goats = [{ kind: 'GOAT', quantity: '10' }]

beforeAll(async () => {
  world = await startWorld()
  officer = await world.signIn('mattran.haininh')
  foreign = await world.signIn('mattran.mytho')
  donor = await world.signIn('saomai')
})
afterAll(() => world?.end())

const ownParty = async (actor: Actor) => (await actor.ask('{ viewer { roles { partyId } } }')).viewer.roles[0].partyId as string

describe('making a pledge', () => {
  it('needs no account and returns a code to follow it by, and another for transfers', async () => {
    const pledge = await pledged(world.visitor, { areaId: area, lines: goats })
    expect(pledge).toMatchObject({ state: 'REGISTERED', lines: [{ quantities: { promised: '10', allocated: '0' } }] })
    expect(pledge.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{20}$/)
    expect(pledge.transferCode).toMatch(/^VNN[0-9A-HJKMNP-TV-Z]{8}$/)
    const { pledgeByCode } = await world.visitor.ask('query($code: String!) { pledgeByCode(code: $code) { id followCode transferCode state party { name } area { fullName } } }', { code: pledge.code.toLowerCase() })
    expect(pledgeByCode).toEqual({
      id: pledge.id, followCode: pledge.code, transferCode: pledge.transferCode, state: 'REGISTERED', party: { name: 'Hợp tác xã Thử Nghiệm' }, area: { fullName: 'Xã Hải Ninh' } })
  })

  it('leaves one pledge and twenty equal answers when it is sent twenty times with one key', async () => {
    const key = randomUUID()
    const input = {
      anonymous: true, areaId: area, lines: goats, party: { kind: 'PERSON', name: 'Người Gửi Hai Mươi Lần' }, idempotencyKey: key,
      expectedOn: later(dayInVietNam(), { days: 1 }),
    }
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.visitor.do('makePledge', input, 'pledge { id followCode }')))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0].pledge.id).toMatch(/^Pledge:/)
    const { rows } = await world.owner.query(`select count(*)::int as n from party where name = 'Người Gửi Hai Mươi Lần'`)
    expect(rows[0].n).toBe(1)
    const { problem } = await world.visitor.do('makePledge', { ...input, anonymous: false }, 'pledge { id }')
    expect(problem).toMatchObject({ __typename: 'Conflict', code: 'KEY_USED_FOR_OTHER_INPUT' })
  })

  it.each([
    ['an unknown area', { areaId: 'Area:c99999' }, { __typename: 'InvalidInput', field: 'areaId', code: 'UNKNOWN_AREA' }],
    ['an area that has ended', { areaId: 'Area:p82_2025' }, { __typename: 'InvalidInput', field: 'areaId', code: 'ENDED_AREA' }],
    ['an unknown kind', { lines: [{ kind: 'SHIP', quantity: '1' }] }, { __typename: 'InvalidInput', field: 'lines.0.kind' }],
    ['a day in the past', { expectedOn: '2020-01-01' }, { __typename: 'InvalidInput', field: 'expectedOn' }],
    ["someone else's party", { partyId: `Party:${randomUUID()}` }, { __typename: 'NotFound' }],
  ])('refuses %s and stores nothing', async (_name, change, expected) => {
    const count = async () => (await world.owner.query('select count(*)::int as n from pledge')).rows[0].n
    const before = await count()
    const { pledge, problem } = await world.visitor.do('makePledge', {
      anonymous: false, areaId: area, lines: goats, party: { kind: 'PERSON', name: 'Ai Đó' }, expectedOn: later(dayInVietNam(), { days: 1 }), ...change,
    }, 'pledge { id }')
    expect(pledge).toBeNull()
    expect(problem).toMatchObject(expected)
    expect(await count()).toBe(before)
  })
})

describe('the value of a promise in kind', () => {
  it('is an estimate by the price list of its day', async () => {
    const { id } = await pledged(donor, { areaId: area, partyId: await ownParty(donor), lines: [{ kind: 'HOUSE_NEW', quantity: '2' }, { kind: 'JOB', quantity: '5' }, { kind: 'CASH_CAPITAL', quantity: '3000000' }] })
    const valued = async () => (await donor.ask('query($id: ID!) { pledge(id: $id) { lines { estimatedValue } } }', { id })).pledge.lines.map((line: any) => line.estimatedValue)
    expect(await valued()).toEqual(['120000000', '0', '3000000'])
    await world.owner.query(`update pledge set registered_at = '2024-12-31 16:59Z' where id = $1`, [id.slice('Pledge:'.length)])
    expect(await valued()).toEqual(['100000000', '0', '3000000'])
    await world.owner.query(`update pledge set registered_at = '2024-12-31 17:00Z' where id = $1`, [id.slice('Pledge:'.length)])
    expect(await valued()).toEqual(['120000000', '0', '3000000'])
  })
})

describe('a pledge is seen', () => {
  const seenBy = async (actor: Actor, id: string) => (await actor.ask('query($id: ID!) { pledge(id: $id) { followCode transferCode message party { name } steps { step } } }', { id })).pledge

  it('before it is verified only by its giver and the offices of its area', async () => {
    const pledge = await pledged(donor, { areaId: area, lines: goats, partyId: await ownParty(donor) })
    expect(await seenBy(donor, pledge.id)).toMatchObject({ followCode: pledge.code, transferCode: pledge.transferCode, party: { name: 'Công ty Sao Mai (minh họa)' }, steps: [{ step: 'REGISTERED' }] })
    expect(await seenBy(officer, pledge.id)).toMatchObject({ followCode: null, transferCode: pledge.transferCode })
    expect(await seenBy(foreign, pledge.id)).toBeNull()
    expect(await seenBy(world.visitor, pledge.id)).toBeNull()
  })

  it('once verified by everyone, but its codes, message and steps stay between giver and office', async () => {
    const pledge = await pledged(donor, { areaId: area, lines: goats, partyId: await ownParty(donor) })
    await verified(officer, pledge)
    expect(await seenBy(world.visitor, pledge.id)).toEqual({ followCode: null, transferCode: null, message: null, party: { name: 'Công ty Sao Mai (minh họa)' }, steps: [] })
  })

  it('without its giver where the giver chose to stay anonymous', async () => {
    const pledge = await pledged(donor, { areaId: area, lines: goats, partyId: await ownParty(donor), anonymous: true })
    await verified(officer, pledge)
    expect(await seenBy(world.visitor, pledge.id)).toMatchObject({ party: null })
    expect(await seenBy(foreign, pledge.id)).toMatchObject({ party: null })
    expect(await seenBy(officer, pledge.id)).toMatchObject({ party: { name: 'Công ty Sao Mai (minh họa)' } })
  })
})

describe('deciding on a pledge', () => {
  it('is for the offices of its area', async () => {
    const pledge = await pledged(donor, { areaId: area, lines: goats, partyId: await ownParty(donor) })
    const decide = (actor: Actor) => actor.do('verifyPledge', { pledgeId: pledge.id, version: pledge.version }, 'pledge { id }')
    expect((await foreign.try('mutation($input: VerifyPledgeInput!) { verifyPledge(input: $input) { problem { __typename } } }', { input: { pledgeId: pledge.id, version: 1, idempotencyKey: randomUUID() } })).data.verifyPledge.problem.__typename).toBe('NotFound')
    expect((await donor.try('mutation($input: VerifyPledgeInput!) { verifyPledge(input: $input) { problem { __typename } } }', { input: { pledgeId: pledge.id, version: 1, idempotencyKey: randomUUID() } })).errors![0]!.extensions.code).toBe('FORBIDDEN')
    expect((await decide(officer)).problem).toBeNull()
  })

  it('names who was first when two decide at once', async () => {
    const pledge = await pledged(world.visitor, { areaId: area, lines: goats })
    const province = await world.signIn('mattran.quangninh')
    const [one, other] = await Promise.all([officer, province].map((actor) => actor.do('declinePledge', { pledgeId: pledge.id, version: pledge.version, reason: 'thử' }, 'pledge { state }')))
    const refused = [one, other].find((answer) => answer.problem)
    expect([one, other].filter((answer) => answer.problem)).toHaveLength(1)
    expect(refused.problem.__typename).toBe('Conflict')
  })

  it('keeps each step as a fact, and the sums equal to the facts', async () => {
    const pledge = await pledged(donor, { areaId: area, lines: goats, partyId: await ownParty(donor) })
    const line = pledge.lines[0]!.id
    await donor.do('amendPledge', { pledgeId: pledge.id, version: 1, lineId: line, quantity: '12' }, 'pledge { id }')
    await officer.do('verifyPledge', { pledgeId: pledge.id, version: 2 }, 'pledge { id }')
    expect((await donor.do('amendPledge', { pledgeId: pledge.id, version: 3, lineId: line, quantity: '15' }, 'pledge { id }')).problem.code).toBe('RAISE_NEEDS_NEW_PLEDGE')
    await donor.do('withdrawPledge', { pledgeId: pledge.id, version: 3, reason: 'đàn dê bị bệnh' }, 'pledge { id }')
    const { pledge: now } = await donor.ask('query($id: ID!) { pledge(id: $id) { state steps { step reason } lines { quantities { promised open } facts { stage amount reason } } } }', { id: pledge.id })
    expect(now).toEqual({
      state: 'WITHDRAWN',
      steps: [{ step: 'REGISTERED', reason: '' }, { step: 'AMENDED', reason: '' }, { step: 'VERIFIED', reason: '' }, { step: 'WITHDRAWN', reason: 'đàn dê bị bệnh' }],
      lines: [{
        quantities: { promised: '0', open: '0' },
        facts: [{ stage: 'PROMISED', amount: '10', reason: '' }, { stage: 'PROMISED', amount: '2', reason: '' }, { stage: 'PROMISED', amount: '-12', reason: 'đàn dê bị bệnh' }],
      }],
    })
  })
})
