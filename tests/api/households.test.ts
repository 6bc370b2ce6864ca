// The register through the API: taken in, recognised by decisions, what a household lacks, and what everyone else may know.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Hub } from '../../server/src/access/hub.ts'
import { visitor } from '../../server/src/access/viewer.ts'
import { raiseNeed, verifyNeed, withdrawNeed } from '../../server/src/features/households/needs.ts'
import { type Actor, type World, pledged, startWorld, verified } from '../support/world.ts'

let world: World
let province: Actor
let commune: Actor
let foreign: Actor
let head: Actor
let donor: Actor
const HAMLET = 'Area:h06733_001'
const person = { headName: 'Tằng Thị Thử', members: 4, causes: ['LACK_CAPITAL'], wish: 'Nuôi gà' }

beforeAll(async () => {
  world = await startWorld()
  province = await world.signIn('mattran.quangninh')
  commune = await world.signIn('mattran.haininh')
  foreign = await world.signIn('mattran.mytho')
  head = await world.signIn('thon1.haitien')
  donor = await world.signIn('saomai')
})
afterAll(() => world?.end())

interface Known {
  id: string
  version: number
  code: string
  status: string | null
}

const KNOWN = 'household { id version code displayCode status area { id } }'
async function registered(change: object = {}, actor = head): Promise<Known> {
  const { household, problem } = await actor.do('registerHousehold', { areaId: HAMLET, ...person, ...change }, KNOWN)
  if (problem) throw new Error(problem.message)
  return household
}
const decision = { standardId: 'MDP_2022_2025', decisionNo: '7/QĐ-UBND', decidedOn: '2026-01-05', effectiveOn: '2026-01-10', listYear: 2026 }
async function recorded(household: Known, status: string, change: object = {}, actor = commune) {
  return actor.do('recordStatus', { householdId: household.id, version: household.version, status, ...decision, ...change }, KNOWN)
}
async function nearPoor(change: object = {}): Promise<Known> {
  return (await recorded(await registered(change), 'NEAR_POOR')).household
}

describe('registering a household', () => {
  it('gives it the next code of its hamlet, also when several are registered at once', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => registered()))
    const numbers = made.map(({ code }) => Number(/^06733-001-(\d{3})$/.exec(code)![1])).sort((a, b) => a - b)
    expect(new Set(numbers).size).toBe(5)
    expect(numbers[4]! - numbers[0]!).toBe(4)
    expect(made[0]).toMatchObject({ displayCode: `Hộ ${made[0]!.code.slice(-3)}`, status: null, area: { id: HAMLET } })
  })

  it.each<[string, () => Actor, object, object]>([
    ['outside the hamlet head’s hamlet', () => head, { areaId: 'Area:h06733_002' }, { __typename: 'Forbidden' }],
    ['in another province', () => foreign, {}, { __typename: 'Forbidden' }],
    ['in an area that has ended', () => province, { areaId: 'Area:d194' }, { __typename: 'InvalidInput', field: 'areaId', code: 'ENDED_AREA' }],
    ['for an unknown cause', () => head, { causes: ['FATE'] }, { __typename: 'InvalidInput', field: 'causes' }],
  ])('is refused %s', async (_where, actor, change, expected) => {
    const { household, problem } = await actor().do('registerHousehold', { areaId: HAMLET, ...person, ...change }, 'household { id }')
    expect(household).toBeNull()
    expect(problem).toMatchObject(expected)
  })
})

describe('a household', () => {
  const seenBy = async (actor: Actor, id: string) => (await actor.try('query($id: ID!) { household(id: $id) { headName viewerCan { update { allowed } recordStatus { allowed } raiseNeed { allowed } } } }', { id })).data?.household ?? null

  it('is seen by the offices above it, each with what they may do, and by nobody else', async () => {
    const { id } = await registered()
    const can = (update: boolean, recordStatus: boolean, raiseNeed: boolean) => ({ update: { allowed: update }, recordStatus: { allowed: recordStatus }, raiseNeed: { allowed: raiseNeed } })
    expect(await seenBy(head, id)).toEqual({ headName: person.headName, viewerCan: can(true, false, true) })
    expect(await seenBy(commune, id)).toEqual({ headName: person.headName, viewerCan: can(true, true, true) })
    expect(await seenBy(province, id)).toMatchObject({ headName: person.headName })
    for (const actor of [foreign, donor, world.visitor]) expect(await seenBy(actor, id)).toBeNull()
  })

  it('is found by name without diacritics, by code, by status and by area', async () => {
    const { code } = await registered({ headName: 'Đặng Thị Ổi' })
    const found = async (args: string, actor = commune) => (await actor.ask(`{ households(${args}) { totalCount nodes { code } } }`)).households
    expect((await found('search: "dang thi oi"')).nodes).toContainEqual({ code })
    expect((await found(`search: "${code}"`)).nodes).toEqual([{ code }])
    expect((await found('area: "Area:c06733", status: LEFT')).totalCount).toBe(2)
    expect((await found('search: "dang thi oi"', foreign)).totalCount).toBe(0)
  })

  it('is not changed by whoever saw an older version', async () => {
    const household = await registered()
    const change = { householdId: household.id, ...person, members: 5 }
    expect((await head.do('updateHousehold', { ...change, version: household.version }, 'household { members version }')).household).toEqual({ members: 5, version: 2 })
    expect((await commune.do('updateHousehold', { ...change, version: household.version }, 'household { id }')).problem).toMatchObject({ __typename: 'Conflict', code: 'CHANGED_MEANWHILE' })
  })

  it('takes its needs along when it is placed in its hamlet', async () => {
    const { households } = await province.ask('{ households(area: "Area:d194", first: 1) { nodes { id version headName members needs { area { id } } } } }')
    const { id, version, headName, members, needs } = households.nodes[0]
    expect(needs.length).toBeGreaterThan(0)
    const placed = await province.do('updateHousehold', { householdId: id, version, headName, members, causes: [], areaId: 'Area:h06712_001' }, 'household { code area { id } needs { area { id } } }')
    expect(placed.household).toEqual({ code: expect.stringMatching(/^194\/2025-\d{3}$/), area: { id: 'Area:h06712_001' }, needs: needs.map(() => ({ area: { id: 'Area:h06712_001' } })) })
  })

  it('keeps its deprivations by standard, each set replacing the one before', async () => {
    const { id } = await registered()
    const record = (version: number, indicators: string[], standardId = 'MDP_2022_2025') =>
      commune.do('recordDeprivations', { householdId: id, version, standardId, indicators }, 'household { deprivations { indicator { code name } standard { code } } }')
    await record(1, ['WATER', 'TELECOM'])
    await record(2, ['INFO_ASSETS'], 'MDP_2016_2020')
    const { household } = await record(3, ['SANITATION', 'WATER'])
    expect(household.deprivations).toEqual([
      { indicator: { code: 'WATER', name: 'Nguồn nước sinh hoạt' }, standard: { code: 'MDP_2022_2025' } },
      { indicator: { code: 'SANITATION', name: 'Nhà tiêu hợp vệ sinh' }, standard: { code: 'MDP_2022_2025' } },
      { indicator: { code: 'INFO_ASSETS', name: 'Tài sản phục vụ tiếp cận thông tin' }, standard: { code: 'MDP_2016_2020' } },
    ])
    expect((await record(4, ['INFO_ASSETS'])).problem).toMatchObject({ field: 'indicators', code: 'UNKNOWN_INDICATOR' })
  })
})

describe('a status', () => {
  it('is recorded by a decision and a standard, with its history, and told to the offices alone', async () => {
    const household = await nearPoor()
    const { problem } = await recorded(household, 'NEWLY_ESCAPED', { decisionNo: '8/QĐ-UBND', effectiveOn: '2026-06-10' })
    expect(problem).toBeNull()
    const seen = await commune.ask('query($id: ID!) { household(id: $id) { status statusHistory { status decisionNo effectiveOn listYear standard { code } } } }', { id: household.id })
    expect(seen.household).toEqual({
      status: 'NEWLY_ESCAPED',
      statusHistory: [
        { status: 'NEWLY_ESCAPED', decisionNo: '8/QĐ-UBND', effectiveOn: '2026-06-10', listYear: 2026, standard: { code: 'MDP_2022_2025' } },
        { status: 'NEAR_POOR', decisionNo: '7/QĐ-UBND', effectiveOn: '2026-01-10', listYear: 2026, standard: { code: 'MDP_2022_2025' } },
      ],
    })
    const { rows } = await world.owner.query(`select type::text, audience::text from event where household_id = $1 order by id`, [household.id.split(':')[1]])
    expect(rows).toEqual([{ type: 'HOUSEHOLD_STATUS_RECORDED', audience: 'OFFICE' }, { type: 'HOUSEHOLD_STATUS_RECORDED', audience: 'OFFICE' }])
  })

  it('is refused when its standard does not apply on that day, naming the days', async () => {
    const { problem } = await recorded(await registered(), 'POOR', { standardId: 'MDP_2016_2020' })
    expect(problem).toMatchObject({ __typename: 'InvalidInput', field: 'standardId', code: 'STANDARD_DOES_NOT_APPLY' })
    expect(problem.message).toContain('2016-01-01 to 2021-12-31')
  })

  it('is refused to a hamlet head, and to an officer of elsewhere as if the household were not there', async () => {
    const household = await registered()
    await expect(recorded(household, 'POOR', {}, head)).rejects.toThrow('FORBIDDEN')
    expect((await recorded(household, 'POOR', {}, foreign)).problem).toMatchObject({ __typename: 'NotFound' })
  })

  it('tells whoever helped the household that it left poverty, and that it fell back', async () => {
    const household = await nearPoor()
    const raised = (await head.do('raiseNeed', { householdId: household.id, kind: 'GOAT', quantity: '3' }, 'need { id version }')).need
    await commune.do('verifyNeed', { needId: raised.id, version: raised.version }, 'need { id }')
    const { viewer } = await donor.ask('{ viewer { roles { partyId } } }')
    const pledge = await pledged(donor, { areaId: 'Area:c06733', lines: [{ kind: 'GOAT', quantity: '3' }], partyId: viewer.roles[0].partyId })
    await verified(commune, pledge)
    const { allocation } = await commune.do('allocate', { lineId: pledge.lines[0]!.id, needId: raised.id, quantity: '3' }, 'allocation { id }')
    const { delivery } = await commune.do('dispatch', { allocationId: allocation.id, quantity: '3', witnessName: 'Vi Thị Chứng' }, 'delivery { id }')
    expect((await head.do('confirmReceipt', { deliveryId: delivery.id, answer: 'FULL', witnessName: 'Lò Văn Chứng' }, 'delivery { id }')).problem).toBeNull()

    const left = (await recorded(household, 'LEFT', { effectiveOn: '2026-03-01', decisionNo: '9/QĐ-UBND' })).household
    await recorded(left, 'RELAPSED', { effectiveOn: '2026-09-01', decisionNo: '10/QĐ-UBND' })
    // The feed shows an event once no older transaction of the server is open, those of other tests too.
    await expect.poll(async () => (await donor.ask('query($scope: EventScope) { events(scope: $scope, first: 2) { nodes { __typename ... on OutcomeRecorded { outcome { kind } pledge { id } } } } }', { scope: { pledge: pledge.id } })).events.nodes)
      .toEqual(['RELAPSED', 'LEFT_POVERTY'].map((kind) => ({ __typename: 'OutcomeRecorded', outcome: { kind }, pledge: { id: pledge.id } })))
    const { rows } = await world.owner.query(`select kind::text, quantity::int, observed_on::text from outcome where pledge_id = $1 order by observed_on`, [pledge.id.split(':')[1]])
    expect(rows).toEqual([{ kind: 'LEFT_POVERTY', quantity: 1, observed_on: '2026-03-01' }, { kind: 'RELAPSED', quantity: 1, observed_on: '2026-09-01' }])
  })
})

describe('a household that leaves the list', () => {
  it('keeps what it was allotted, and lacks nothing any more', async () => {
    const household = await nearPoor()
    const need = async (kind: string, quantity: string) => {
      const { need: raised } = await head.do('raiseNeed', { householdId: household.id, kind, quantity }, 'need { id version }')
      return (await commune.do('verifyNeed', { needId: raised.id, version: raised.version }, 'need { id }')).need.id as string
    }
    const [goats, pigs] = [await need('GOAT', '3'), await need('PIG', '2')]
    const pledge = await pledged(world.visitor, { areaId: 'Area:c06733', lines: [{ kind: 'GOAT', quantity: '1' }] })
    await verified(commune, pledge)
    await commune.do('allocate', { lineId: pledge.lines[0]!.id, needId: goats, quantity: '1' }, 'allocation { id }')
    expect((await recorded(household, 'LEFT', { effectiveOn: '2026-03-01', decisionNo: '9/QĐ-UBND' })).problem).toBeNull()
    const { rows } = await world.owner.query(
      `select 'Need:' || id as id, quantity::int, allocated::int, withdrawn_at is not null as withdrawn from need where household_id = $1 order by kind_code`, [household.id.split(':')[1]])
    expect(rows).toEqual([{ id: goats, quantity: 1, allocated: 1, withdrawn: false }, { id: pigs, quantity: 2, allocated: 0, withdrawn: true }])
  })
})

describe('a need', () => {
  const NEED = 'need { id version quantity open verifiedAt withdrawnAt viewerCan { verify { allowed } withdraw { allowed } } }'
  const raise = (householdId: string, change: object = {}, actor = head) => actor.do('raiseNeed', { householdId, kind: 'POULTRY', quantity: '50', ...change }, NEED)

  it('is raised in the hamlet and verified by an officer, once', async () => {
    const { id } = await nearPoor()
    const { need } = await raise(id)
    expect(need).toMatchObject({ quantity: '50', open: '50', verifiedAt: null, viewerCan: { verify: { allowed: false }, withdraw: { allowed: true } } })
    await expect(head.do('verifyNeed', { needId: need.id, version: need.version }, NEED)).rejects.toThrow('FORBIDDEN')
    const done = await commune.do('verifyNeed', { needId: need.id, version: need.version }, NEED)
    expect(done.need).toMatchObject({ verifiedAt: expect.any(String), viewerCan: { verify: { allowed: false }, withdraw: { allowed: true } } })
    expect((await commune.do('verifyNeed', { needId: need.id, version: done.need.version }, NEED)).problem).toMatchObject({ code: 'ALREADY_VERIFIED' })
  })

  it('is raised and withdrawn by the household itself, with its slip, and by no other household', async () => {
    const [{ id }, other] = [await nearPoor(), await nearPoor()]
    const slip = { ...visitor, slipId: '00000000-0000-4000-8000-000000000001', households: [id.split(':')[1]!] }
    const hub: Hub = { viewer: slip, db: world.db, config: world.config, log: { info() {}, warn() {}, error() {} } }
    const ask = { kind: 'PIG', quantity: 2n, idempotencyKey: randomUUID() }
    const { needId } = await raiseNeed(hub, { householdId: id, ...ask })
    const { household } = await commune.ask('query($id: ID!) { household(id: $id) { needs { id version kind { code } quantity } } }', { id })
    expect(household.needs).toEqual([{ id: `Need:${needId}`, version: 1, kind: { code: 'PIG' }, quantity: '2' }])
    await expect(raiseNeed(hub, { householdId: other.id, ...ask, idempotencyKey: randomUUID() })).rejects.toMatchObject({ kind: 'NotFound' })
    await expect(verifyNeed(hub, { needId: `Need:${needId}`, version: 1, idempotencyKey: randomUUID() })).rejects.toMatchObject({ kind: 'Forbidden' })
    await expect(withdrawNeed(hub, { needId: `Need:${needId}`, version: 1, idempotencyKey: randomUUID() })).resolves.toMatchObject({ needId })
  })

  it('becomes public by kind and quantity when it is verified, without its household', async () => {
    const { id } = await nearPoor()
    const { need } = await raise(id, { quantity: '77' })
    const known = async () => (await world.visitor.ask(`{ area(id: "${HAMLET}") { needs { kind { code } quantity } } }`)).area.needs.find((each: any) => each.kind.code === 'POULTRY')?.quantity ?? '0'
    const before = await known()
    await commune.do('verifyNeed', { needId: need.id, version: need.version }, NEED)
    // Word of it reaches the kept answers a moment after the commit.
    await expect.poll(async () => Number(await known()) - Number(before)).toBe(77)
    const { rows } = await world.owner.query(`select type::text, audience::text, household_id, need_id, quantity::int from event order by id desc limit 1`)
    expect(rows).toEqual([{ type: 'NEED_RAISED', audience: 'PUBLIC', household_id: null, need_id: null, quantity: 77 }])
  })

  it.each([
    ['of more than a household can use', { quantity: '5000' }, { field: 'quantity', code: 'BAD_QUANTITY' }],
    ['of an unknown kind', { kind: 'SHIP' }, { field: 'kind', code: 'UNKNOWN_KIND' }],
    ['of unknown urgency', { urgency: 9 }, { field: 'urgency', code: 'BAD_URGENCY' }],
  ])('%s is refused', async (_what, change, expected) => {
    expect((await raise((await nearPoor()).id, change)).problem).toMatchObject({ __typename: 'InvalidInput', ...expected })
  })

  it('of a household that is not recognised waits for the decision', async () => {
    const { need } = await raise((await registered()).id)
    expect((await commune.do('verifyNeed', { needId: need.id, version: need.version }, NEED)).problem).toMatchObject({ code: 'NOT_RECOGNISED' })
  })

  it('is withdrawn no further than what is allocated', async () => {
    const { id } = await nearPoor()
    const { need } = await raise(id)
    const { need: ready } = await commune.do('verifyNeed', { needId: need.id, version: need.version }, NEED)
    const pledge = await pledged(world.visitor, { areaId: 'Area:c06733', lines: [{ kind: 'POULTRY', quantity: '20' }] })
    await verified(commune, pledge)
    await commune.do('allocate', { lineId: pledge.lines[0]!.id, needId: need.id, quantity: '20' }, 'allocation { id }')
    const lowered = await head.do('withdrawNeed', { needId: need.id, version: ready.version }, NEED)
    expect(lowered.need).toMatchObject({ quantity: '20', open: '0', withdrawnAt: null, viewerCan: { withdraw: { allowed: false } } })
    expect((await head.do('withdrawNeed', { needId: need.id, version: lowered.need.version }, NEED)).problem).toMatchObject({ code: 'ALREADY_ALLOCATED' })
  })

  it('that nothing is allocated to is withdrawn whole and leaves the list', async () => {
    const { id } = await nearPoor()
    const { need } = await raise(id)
    const { need: gone, household } = await head.do('withdrawNeed', { needId: need.id, version: need.version }, `${NEED} household { needs { id } }`)
    expect(gone.withdrawnAt).toEqual(expect.any(String))
    expect(household.needs).toEqual([])
  })

  it('is listed for the offices by kind and by what is to be done', async () => {
    const list = async (actor: Actor, args: string) => (await actor.ask(`{ needs(${args}) { totalCount nodes { urgency household { displayCode } } } }`)).needs
    const open = await list(province, 'openOnly: true, first: 100')
    expect(open.totalCount).toBeGreaterThan(60)
    expect(open.nodes.map((need: any) => need.urgency)).toEqual(open.nodes.map((need: any) => need.urgency).toSorted((a: number, b: number) => b - a))
    expect((await list(province, 'area: "Area:c06736", kind: "CASH_CAPITAL", openOnly: true')).totalCount).toBeGreaterThan(0)
    expect((await list(foreign, 'area: "Area:p22"')).totalCount).toBe(0)
  })
})

describe('how many households are poor', () => {
  it('is public for no small area, and exact for its offices', async () => {
    const count = async (actor: Actor, area: string) => (await actor.ask(`{ area(id: "Area:${area}") { households { value label } } }`)).area.households
    const [withheld, small, ended] = [{ value: null, label: '≥ 5' }, { value: null, label: '< 5' }, { value: null, label: '–' }]
    expect(await Promise.all(['p24', 'c07228', 'h07228_001', 'h07228_003', 'c06757', 'c06733_2025'].map((area) => count(world.visitor, area))))
      .toEqual([{ value: 7, label: '7' }, withheld, withheld, small, small, ended])
    expect(await count(province, 'c06757')).toEqual({ value: 0, label: '0' })
    expect(await count(province, 'c07228')).toEqual(withheld)
    expect(await count(foreign, 'h28273_003')).toEqual({ value: 1, label: '1' })
  })
})

describe('the facts that the register goes by', () => {
  it('are public: standards with their days, causes, kinds of support', async () => {
    const facts = await world.visitor.ask('{ povertyStandards { code appliesFrom appliesTo indicators { code } } povertyCauses { code } supportKinds { code family unit typicalCost answers } }')
    expect(facts.povertyStandards.map((s: any) => [s.code, s.appliesFrom, s.appliesTo, s.indicators.length])).toEqual([
      ['MDP_2016_2020', '2016-01-01', '2021-12-31', 10], ['MDP_2022_2025', '2022-01-01', '2026-12-31', 12], ['MDP_2027_2030', '2027-01-01', '2030-12-31', 12],
    ])
    expect(facts.povertyCauses.map((c: any) => c.code)).toEqual(['LACK_LAND', 'LACK_CAPITAL', 'LACK_LABOUR', 'LACK_TOOLS', 'LACK_KNOWLEDGE', 'LACK_SKILLS', 'ILLNESS', 'OTHER'])
    expect(facts.supportKinds.map((k: any) => `${k.code} ${k.family} ${k.unit}`)).toEqual([
      'CASH_CAPITAL CAPITAL VND', 'INTEREST_FREE_LOAN REVOLVING VND', 'POLICY_CREDIT CREDIT loan',
      'COW LIVESTOCK head', 'BUFFALO LIVESTOCK head', 'GOAT LIVESTOCK head', 'PIG LIVESTOCK head', 'POULTRY LIVESTOCK head',
      'VOCATIONAL_TRAINING TRAINING seat', 'TECH_TRANSFER TRAINING seat', 'JOB JOB post', 'OFFTAKE OFFTAKE kg',
      'SEEDLING GOODS plant', 'FEED_FERTILISER GOODS kg', 'TOOL GOODS piece', 'HEALTH_INSURANCE_CARD GOODS card', 'MEDICAL_AID GOODS case', 'AV_DEVICE GOODS piece',
      'INTERNET_PLAN GOODS month', 'SCHOLARSHIP GOODS grant', 'NUTRITION GOODS month', 'GIFT GOODS parcel', 'LAND GOODS m2',
      'HOUSE_NEW WORKS house', 'HOUSE_REPAIR WORKS house', 'WATER_TANK WORKS unit', 'LATRINE WORKS unit', 'COMMUNITY_WORKS WORKS unit',
      'LABOUR LABOUR day', 'KNOW_HOW LABOUR hour',
    ])
    const answered = new Set([...facts.povertyCauses, ...facts.povertyStandards.flatMap((s: any) => s.indicators)].map((known: any) => known.code))
    expect(facts.supportKinds.flatMap((k: any) => k.answers).filter((code: string) => !answered.has(code))).toEqual([])
  })
})
