// Every number that a command takes has a bound, and a number beyond it that came some other way spoils no page.
import { getNamedType, isInputObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BOUNDS, LARGEST, promisedIn } from '../../common/bounds.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { schema } from '../../server/src/schema.ts'
import { beforeBounds } from '../support/before-bounds.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { type Actor, pledged, verified } from '../support/world.ts'

let village: Village
beforeAll(async () => {
  village = await startVillage()
})
afterAll(() => village?.end())

const soon = later(dayInVietNam(), { days: 30 })
const promise = (line: object) => ({ anonymous: false, areaId: 'Area:c06733', party: { kind: 'PERSON', name: 'Ai Đó' }, expectedOn: soon, lines: [line] })
const agreement = { product: 'Khoai tây', seasonFrom: dayInVietNam(), seasonTo: soon, floorPrice: '8000' }

/** Each numeric input of the API but versions: what is sent with it, by whom, and the least beyond its bound. */
interface Asked {
  most: bigint | 'what is there'
  least?: bigint
  send: (value: any) => Promise<{ actor: Actor; name: string; input: Record<string, unknown> }>
}
const inputs: Record<string, Asked> = {
  'PledgeLineInput.quantity': { most: promisedIn('head').most, send: async (quantity) => ({ actor: village.visitor, name: 'makePledge', input: promise({ kind: 'GOAT', quantity }) }) },
  'JobPostInput.wage': { most: BOUNDS.wage.most, least: BOUNDS.wage.least, send: async (wage) => ({ actor: village.visitor, name: 'makePledge', input: promise({ kind: 'JOB', quantity: '2', post: { areaId: 'Area:c06733', wage, startsOn: soon } }) }) },
  'PurchaseAgreementInput.floorPrice': { most: BOUNDS.floorPrice.most, least: BOUNDS.floorPrice.least, send: async (floorPrice) => ({ actor: village.visitor, name: 'makePledge', input: promise({ kind: 'OFFTAKE', quantity: '500', agreement: { ...agreement, floorPrice } }) }) },
  'AmendPledgeInput.quantity': {
    most: promisedIn('head').most,
    send: async (quantity) => {
      const pledge = await pledged(village.giver, { areaId: 'Area:c06733', partyId: await giverParty(), lines: [{ kind: 'GOAT', quantity: '10' }] })
      return { actor: village.giver, name: 'amendPledge', input: { pledgeId: pledge.id, version: pledge.version, lineId: pledge.lines[0]!.id, quantity } }
    },
  },
  'RaiseNeedInput.quantity': { most: 100_000_000n / 3_500_000n, send: async (quantity) => ({ actor: village.officer, name: 'raiseNeed', input: { householdId: village.home.householdId, kind: 'GOAT', quantity, urgency: 2 } }) },
  'RaiseNeedInput.urgency': { most: BOUNDS.urgency.most, send: async (urgency) => ({ actor: village.officer, name: 'raiseNeed', input: { householdId: village.home.householdId, kind: 'GOAT', quantity: '1', urgency: Number(urgency) } }) },
  'RegisterHouseholdInput.members': { most: BOUNDS.members.most, send: async (members) => ({ actor: village.head, name: 'registerHousehold', input: { areaId: await hamlet(), headName: 'Nông Văn Mẫu', members: Number(members), causes: [] } }) },
  'UpdateHouseholdInput.members': { most: BOUNDS.members.most, send: async (members) => ({ actor: village.officer, name: 'updateHousehold', input: { householdId: village.home.householdId, version: await versionOf(), headName: 'Nông Văn Mẫu', members: Number(members), causes: [] } }) },
  'RecordStatusInput.listYear': {
    most: 2027n,
    send: async (listYear) => ({
      actor: village.officer, name: 'recordStatus',
      input: { householdId: village.home.householdId, version: await versionOf(), status: 'NEAR_POOR', standardId: 'MDP_2022_2025', decisionNo: '77/QĐ-UBND', decidedOn: '2026-06-20', effectiveOn: '2026-06-30', listYear: Number(listYear) },
    }),
  },
  'AllocateInput.quantity': {
    most: 'what is there',
    send: async (quantity) => {
      const { need } = await village.done(village.officer, 'raiseNeed', { householdId: village.home.householdId, kind: 'GOAT', quantity: '2' }, 'need { id version }')
      await village.done(village.officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
      const pledge = await pledged(village.giver, { areaId: 'Area:c06733', partyId: await giverParty(), lines: [{ kind: 'GOAT', quantity: '2' }] })
      await verified(village.officer, pledge)
      return { actor: village.officer, name: 'allocate', input: { lineId: pledge.lines[0]!.id, needId: need.id, quantity } }
    },
  },
  'DispatchInput.quantity': { most: 'what is there', send: async (quantity) => ({ actor: village.officer, name: 'dispatch', input: { allocationId: (await ready()).allocationId, quantity, witnessName: 'Đinh Văn Làm Chứng' } }) },
  'DeliverDirectlyInput.quantity': {
    most: 'what is there',
    send: async (quantity) => ({ actor: village.giver, name: 'deliverDirectly', input: { allocationId: (await ready()).allocationId, quantity, handedOverOn: dayInVietNam(), place: 'Nhà văn hóa', witnessName: 'Đinh Văn Làm Chứng' } }),
  },
  'ConfirmReceiptInput.received': { most: 'what is there', send: async (received) => ({ actor: village.head, name: 'confirmReceipt', input: { deliveryId: (await ready()).deliveryId, answer: 'SHORT', received, witnessName: 'Mạc Thị Chứng Kiến' } }) },
  'TakeBackInput.quantity': { most: 'what is there', send: async (quantity) => ({ actor: village.officer, name: 'takeBack', input: { deliveryId: (await ready()).missingId, quantity, reason: 'Mang về kho xã' } }) },
  'SettleInput.quantity': { most: 'what is there', send: async (quantity) => ({ actor: village.province, name: 'settle', input: { allocationId: (await ready()).receivedId, quantity } }) },
  'RecordOutcomeInput.quantity': { most: 'what is there', send: async (quantity) => ({ actor: village.officer, name: 'recordOutcome', input: { allocationId: (await ready()).receivedId, kind: 'LIVESTOCK_ALIVE', quantity, observedOn: dayInVietNam() } }) },
  'RecordOutcomeInput.unitPrice': { most: BOUNDS.unitPrice.most, send: async (unitPrice) => ({ actor: village.officer, name: 'recordOutcome', input: { allocationId: (await ready()).produceId, kind: 'PRODUCE_BOUGHT', quantity: '1', unitPrice, observedOn: dayInVietNam() } }) },
  'RecordAnimalEventInput.price': { most: BOUNDS.animalPrice.most, send: async (price) => ({ actor: village.officer, name: 'recordAnimalEvent', input: { animalId: (await ready()).animalId, kind: 'SOLD', happenedOn: dayInVietNam(), price } }) },
  ...Object.fromEntries((['cause', 'deprivation', 'distance', 'fairness', 'need', 'neverHelped', 'poor', 'urgency', 'waiting'] as const).map((name) => [
    `MatchingWeightsInput.${name}`, { most: BOUNDS.points.most, least: 0n, send: async (value: string) => ({ actor: village.officer, name: 'changeMatchingSettings', input: { areaId: 'Area:c06733', weights: { [name]: Number(value) } } }) }])),
  ...Object.fromEntries((['consentMonths', 'houseYears', 'sameKindMonths'] as const).map((name) => [
    `MatchingGuardsInput.${name}`, { most: BOUNDS.months.most, least: 0n, send: async (value: string) => ({ actor: village.officer, name: 'changeMatchingSettings', input: { areaId: 'Area:c06733', guards: { [name]: Number(value) } } }) }])),
}
/** Held by tests of their own: a proposal is compared with what was proposed, a version with the one that stands. */
const ELSEWHERE = new Set(['AcceptProposalInput.quantity'])

const giverParty = async () => (await village.giver.ask('{ viewer { roles { partyId } } }')).viewer.roles[0].partyId as string
const versionOf = async () => (await village.officer.ask('query($id: ID!) { household(id: $id) { version } }', { id: village.home.householdId })).household.version as number
const hamlet = async () => `Area:${(await village.owner.query(`select area_id from household where id = $1`, [uuidOf(village.home.householdId)])).rows[0].area_id}`

let made: Promise<{ allocationId: string; deliveryId: string; missingId: string; receivedId: string; produceId: string; animalId: string }> | undefined
const ready = () => (made ??= makeReady())
async function makeReady() {
  const { allocationId } = await village.matched('GOAT', 4)
  const deliveryId = await village.handedOver((await village.matched('GOAT', 3)).allocationId, 3)
  const missingId = await village.handedOver((await village.matched('PIG', 3)).allocationId, 3)
  await village.done(village.head, 'confirmReceipt', { deliveryId: missingId, answer: 'SHORT', received: '1', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }')
  const { allocationId: receivedId } = await village.received('GOAT', 2)
  const { allocationId: produceId } = await village.received('OFFTAKE', 10)
  const { allocationId: cows } = await village.received('COW', 1)
  const { herd } = await village.done(village.officer, 'registerAnimals', { allocationId: cows, rule: 'RED_CROSS', animals: [{ tag: 'QN-GIÁ-1', sex: 'FEMALE', bornOn: later(dayInVietNam(), { months: -30 }) }] }, 'herd { animals { id } }')
  // A programme's cow is not for sale: this one is the household's own.
  await village.owner.query(`update animal set owner = 'HOUSEHOLD' where id = $1`, [uuidOf(herd.animals[0].id)])
  return { allocationId, deliveryId, missingId, receivedId, produceId, animalId: herd.animals[0].id as string }
}

it('knows every number that a command takes', () => {
  const seen = new Set<string>()
  const numbers = new Set<string>()
  function walk(type: unknown) {
    if (!isInputObjectType(type) || seen.has(type.name)) return
    seen.add(type.name)
    for (const field of Object.values(type.getFields())) {
      const named = getNamedType(field.type)
      if (['Int', 'Quantity', 'VND', 'Float'].includes(named.name) && field.name !== 'version') numbers.add(`${type.name}.${field.name}`)
      walk(named)
    }
  }
  for (const field of Object.values(schema.getMutationType()!.getFields())) for (const arg of field.args) walk(getNamedType(arg.type))
  expect([...Object.keys(inputs), ...ELSEWHERE].sort()).toEqual([...numbers].sort())
})

describe.each(Object.entries(inputs))('%s', (name, { most, least = 1n, send }) => {
  const beyond = [least - 1n, -1n, 2_147_483_647n, ...(most === 'what is there' ? [] : [most + 1n]), ...(/Quantity|VND/.test(typeOf(name)) ? [999_999_999_999_999_999n] : [])]
  it(`refuses ${beyond.join(', ')} with a code, at its field, and stores nothing`, async () => {
    const stored = async () => (await village.owner.query(`select (select count(*) from line_fact) + (select count(*) from need) + (select count(*) from household) + (select count(*) from outcome) +
      (select count(*) from animal_event) + (select count(*) from receipt) + (select count(*) from matching_setting) + (select count(*) from household_status) as n`)).rows[0].n
    for (const value of beyond) {
      const { actor, name: command, input } = await send(String(value))
      const before = await stored()
      const { problem } = await actor.do(command, input, '__typename')
      expect([value, problem?.__typename]).toEqual([value, expect.stringMatching(/^(InvalidInput|Conflict)$/)])
      expect(problem.code).toMatch(/^[A-Z_]+$/)
      // A conflict is with what is there, and has no field.
      expect([name.split('.')[1], undefined]).toContain(problem.field?.split('.').at(-1))
      expect(await stored()).toBe(before)
    }
  })
})

function typeOf(name: string): string {
  const [type, field] = name.split('.')
  const input = schema.getType(type!)
  return isInputObjectType(input) ? String(input.getFields()[field!]!.type) : ''
}

describe('behind the commands', () => {
  const codeOf = (sql: string, values: unknown[] = []) => village.owner.query(sql, values).then(() => 'taken', ({ code }) => code)
  it('the database refuses what lies beyond the widest bounds, to the owner, too', async () => {
    const { rows: [line] } = await village.owner.query('select id from pledge_line order by id limit 1')
    expect([
      await codeOf(`insert into line_fact (line_id, stage, amount, reason) values ($1, 'PROMISED', $2, '')`, [line.id, String(LARGEST.quantity + 1n)]),
      await codeOf(`update pledge_line set promised = $2 where id = $1`, [line.id, String(LARGEST.quantity + 1n)]),
      await codeOf(`update need set quantity = $1`, [String(LARGEST.needed + 1n)]),
      await codeOf(`update household set members = $1`, [Number(BOUNDS.members.most) + 1]),
      await codeOf(`update job_post set wage = $1`, [String(BOUNDS.wage.most + 1n)]),
      await codeOf(`update purchase_agreement set floor_price = $1`, [String(BOUNDS.floorPrice.most + 1n)]),
    ]).toEqual(Array(6).fill('23514'))
  })

  it('a number beyond them that is there all the same spoils no list and counts in no sum', async () => {
    const pledge = await pledged(village.giver, { areaId: 'Area:c06733', partyId: await giverParty(), lines: [{ kind: 'GOAT', quantity: '5' }, { kind: 'PIG', quantity: '3' }] })
    await verified(village.officer, pledge)
    const totals = () => village.visitor.ask('{ totals(area: "Area:c06733") { kind { code } quantities { promised open } } gaps: area(id: "Area:c06733") { needs { kind { code } quantity } } }')
    const before = await totals()
    const huge = '9000000000000000000'
    await beforeBounds(village.owner, async () => {
      await village.owner.query(`insert into line_fact (line_id, stage, amount, reason) values ($1, 'PROMISED', ${huge}, '')`, [uuidOf(pledge.lines[0]!.id)])
      await village.owner.query(`update need set quantity = ${huge} where id = (select id from need where verified_at is not null and withdrawn_at is null and allocated = 0 limit 1)`)
    })
    await village.owner.query('select fold_roll_ups(), fold_need_totals()')
    expect((await totals()).totals).toEqual(before.totals)

    const lines = '{ nodes { id lines { kind { code } estimatedValue quantities { promised open } } } }'
    for (const actor of [village.officer, village.giver, village.visitor]) {
      const { pledges } = await actor.ask(`{ pledges(first: 100) ${lines} }`)
      expect(pledges.nodes.length).toBeGreaterThan(1)
      expect(pledges.nodes.find(({ id }: { id: string }) => id === pledge.id).lines).toEqual([
        { kind: { code: 'GOAT' }, estimatedValue: '0', quantities: { promised: '9000000000000000005', open: '9000000000000000005' } },
        { kind: { code: 'PIG' }, estimatedValue: '5400000', quantities: { promised: '3', open: '3' } },
      ])
    }
    const year = Number(dayInVietNam().slice(0, 4))
    const { givingYear } = await village.giver.ask('query($party: ID!, $year: Int!) { givingYear(party: $party, year: $year) { kinds { kind { code } promised promisedValue } } }', { party: await giverParty(), year })
    expect(givingYear.kinds.find(({ kind }: any) => kind.code === 'GOAT').promised).not.toContain('900000000')
    const { household, gaps } = await village.officer.ask('query($id: ID!) { household(id: $id) { needs { quantity open } } gaps(area: "Area:c06733", first: 50) { nodes { quantity open met } } }', { id: village.home.householdId })
    expect(household.needs.length).toBeGreaterThan(1)
    expect(gaps.nodes.every(({ quantity }: any) => BigInt(quantity) <= 1_000_000_000n)).toBe(true)
  })
})

it('a page of no, or of too many, items is refused in words', async () => {
  for (const first of [0, -1, 101, 2_147_483_647]) {
    const { errors } = await village.visitor.try('query($first: Int) { pledges(first: $first) { nodes { id } } }', { first })
    expect(errors?.[0]?.extensions?.code).not.toBe('INTERNAL_SERVER_ERROR')
    expect(errors?.[0]?.message).toBeTruthy()
  }
})
