// The gap board through the API: what is lacking where, who is there, and figures that hold while everybody reaches for the same gap.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { type Actor, pledged, verified } from '../support/world.ts'

let village: Village
beforeAll(async () => {
  village = await startVillage()
})
afterAll(() => village?.end())

const HAMLETS = ['h06733_001', 'h06733_002', 'h06733_003'] as const
const KIND = 'POULTRY'

interface Gap {
  area: { id: string }
  quantity: string
  allocated: string
  received: string
  open: string
  pledgedOpen: string
  met: number
  average: number
  level: string
  activeParties: { isAdopting: boolean; party: { name: string } }[]
  causes: { cause: { code: string }; quantity: string; open: string }[]
}
const board = async (actor: Actor, more: Record<string, unknown> = {}): Promise<Gap[]> =>
  (await actor.ask(`query($area: ID!, $kind: String, $level: GapLevel) { gaps(area: $area, kind: $kind, level: $level, first: 100) { totalCount nodes {
    area { id } quantity allocated received open pledgedOpen met average level activeParties { isAdopting party { name } } causes { cause { code } quantity open } } } }`,
  { area: 'Area:c06733', kind: KIND, ...more })).gaps.nodes
const rowOf = async (hamlet: string, actor = village.visitor) => (await board(actor)).find(({ area }) => area.id === `Area:${hamlet}`)!

/** A verified need of a new household. */
async function need(hamlet: string, quantity: number): Promise<string> {
  const { household } = await village.done(village.officer, 'registerHousehold', {
    areaId: `Area:${hamlet}`, headName: 'Nông Văn Ví Dụ', members: 4, causes: ['LACK_CAPITAL', 'ILLNESS'] }, 'household { id version }')
  await village.done(village.officer, 'recordStatus', {
    householdId: household.id, version: household.version, status: 'NEAR_POOR', standardId: 'MDP_2022_2025', decisionNo: '03/QĐ-UBND (minh họa)',
    decidedOn: '2026-01-05', effectiveOn: '2026-01-05', listYear: 2026 }, 'household { id }')
  const { need: raised } = await village.done(village.officer, 'raiseNeed', { householdId: household.id, kind: KIND, quantity: String(quantity), urgency: 2 }, 'need { id version }')
  await village.done(village.officer, 'verifyNeed', { needId: raised.id, version: raised.version }, 'need { id }')
  return raised.id
}
async function offered(areaId: string, quantity: number, more: Partial<Parameters<typeof pledged>[1]> = {}): Promise<string> {
  const pledge = await pledged(village.visitor, { areaId: `Area:${areaId}`, lines: [{ kind: KIND, quantity: String(quantity) }], ...more })
  await verified(village.officer, pledge)
  return pledge.lines[0]!.id
}
const allocate = (actor: Actor, lineId: string, needId: string, quantity: string) => actor.do('allocate', { lineId, needId, quantity }, 'allocation { id }')

describe('the board', () => {
  const before: Record<string, Gap | undefined> = {}
  beforeAll(async () => {
    for (const hamlet of HAMLETS) before[hamlet] = await rowOf(hamlet)
    const [full, some] = [await need(HAMLETS[0], 100), await need(HAMLETS[1], 100)]
    await need(HAMLETS[2], 100)
    await allocate(village.officer, await offered('c06733', 200), full, '100')
    const line = await offered(HAMLETS[1], 60)
    await allocate(village.officer, line, some, '40')
  })

  it('shows each hamlet by kind with what is needed, matched and open', async () => {
    const row = await rowOf(HAMLETS[1])
    const was = before[HAMLETS[1]]
    expect(BigInt(row.quantity) - BigInt(was?.quantity ?? 0)).toBe(100n)
    expect(BigInt(row.allocated) - BigInt(was?.allocated ?? 0)).toBe(40n)
    expect(BigInt(row.open)).toBe(BigInt(row.quantity) - BigInt(row.allocated))
  })

  it('counts what verified pledges for the hamlet itself still offer, and not those for the whole commune', async () => {
    expect((await rowOf(HAMLETS[1])).pledgedOpen).toBe('20')
    expect((await rowOf(HAMLETS[2])).pledgedOpen).toBe('0')
    const waiting = await pledged(village.visitor, { areaId: `Area:${HAMLETS[2]}`, lines: [{ kind: KIND, quantity: '7' }] })
    expect((await rowOf(HAMLETS[2])).pledgedOpen).toBe('0')
    await verified(village.officer, waiting)
    expect((await rowOf(HAMLETS[2])).pledgedOpen).toBe('7')
  })

  it('puts the least served first, beside the average of the place', async () => {
    const rows = await board(village.visitor)
    const total = (pick: (row: Gap) => string) => rows.reduce((sum, row) => sum + Number(pick(row)), 0)
    const average = (100 * total((row) => row.allocated)) / total((row) => row.quantity)
    for (const row of rows) {
      const met = (100 * Number(row.allocated)) / Number(row.quantity)
      expect([row.met, row.average]).toEqual([Math.floor(met), Math.floor(average)])
      expect(row.level).toBe(met < average - 10 ? 'UNDER' : met > average + 10 ? 'OVER' : 'EVEN')
    }
    expect(rows.map(({ level }) => ['UNDER', 'EVEN', 'OVER'].indexOf(level))).toEqual(rows.map(({ level }) => ['UNDER', 'EVEN', 'OVER'].indexOf(level)).sort())
    expect(rows.at(0)!.level).toBe('UNDER')
    for (const level of ['UNDER', 'EVEN', 'OVER']) expect(await board(village.visitor, { level })).toEqual(rows.filter((row) => row.level === level))
  })

  it('is the same read from the province, page after page, and from the hamlet alone', async () => {
    const fromProvince: string[] = []
    for (let after: string | null = null; ;) {
      const { gaps }: any = await village.visitor.ask('query($after: String) { gaps(area: "Area:p22", kind: "POULTRY", first: 2, after: $after) { nodes { area { id } open } pageInfo { hasNextPage endCursor } } }', { after })
      fromProvince.push(...gaps.nodes.map((node: any) => `${node.area.id} ${node.open}`))
      if (!gaps.pageInfo.hasNextPage) break
      after = gaps.pageInfo.endCursor
    }
    expect(new Set(fromProvince).size).toBe(fromProvince.length)
    for (const { area, open } of await board(village.visitor)) expect(fromProvince).toContain(`${area.id} ${open}`)
    const [alone, ...more] = await board(village.visitor, { area: `Area:${HAMLETS[1]}` })
    expect(more).toEqual([])
    expect({ ...alone!, average: 0, level: '' }).toEqual({ ...(await rowOf(HAMLETS[1])), average: 0, level: '' })
  })

  it('says who is there already: by adoption of the hamlet or what lies above it, or by a gift in their own name', async () => {
    const { viewer } = await village.giver.ask('{ viewer { roles { partyId } } }')
    await offered(HAMLETS[2], 3, { party: { kind: 'COOPERATIVE', name: 'Hợp tác xã Gà Đồi' } } as never)
    await offered(HAMLETS[2], 3, { anonymous: true, party: { kind: 'PERSON', name: 'Người Giấu Tên' } } as never)
    const { adoption } = await village.done(village.giver, 'adoptArea', {
      partyId: viewer.roles[0].partyId, anonymous: false, areaId: 'Area:c06733', kind: KIND, statement: 'Lo gà giống cho cả xã', from: dayInVietNam(), until: later(dayInVietNam(), { months: 6 }), contactName: 'Đỗ Thị Giả Định',
    }, 'adoption { id version }')
    const names = async () => (await rowOf(HAMLETS[2])).activeParties.map(({ isAdopting, party }) => [party.name, isAdopting])
    expect(await names()).not.toContainEqual(['Công ty Sao Mai (minh họa)', true])
    await village.done(village.officer, 'acceptAdoption', { adoptionId: adoption.id, version: adoption.version }, 'adoption { id }')
    expect(await names()).toEqual(expect.arrayContaining([['Công ty Sao Mai (minh họa)', true], ['Hợp tác xã Gà Đồi', false]]))
    expect((await names()).flat()).not.toContain('Người Giấu Tên')
    expect((await names())[0]![1]).toBe(true)
  })

  it('tells the causes to the offices of the place alone', async () => {
    expect((await rowOf(HAMLETS[2])).causes).toEqual([])
    const { causes } = await rowOf(HAMLETS[2], village.officer)
    expect(causes.map(({ cause }) => cause.code)).toEqual(expect.arrayContaining(['LACK_CAPITAL', 'ILLNESS']))
    for (const { quantity, open } of causes) expect([Number(quantity) >= Number(open), Number(open) > 0]).toEqual([true, true])
    const elsewhere = await village.signIn('mattran.mytho')
    expect((await rowOf(HAMLETS[2], elsewhere)).causes).toEqual([])
  })
})

describe('a gap that everybody reaches for', () => {
  it('is never met twice: allocated exceeds neither need nor promise, and the board agrees with a recount', async () => {
    const hamlet = HAMLETS[0]
    const needs = await Promise.all([20, 20].map((quantity) => need(hamlet, quantity)))
    const { open } = await rowOf(hamlet)
    expect(BigInt(open)).toBeGreaterThanOrEqual(40n)
    // Two windows that both read the board: each pledges the whole gap, and both officers give it away as fast as they can.
    const lines = await Promise.all([0, 1].map(() => offered(hamlet, Number(open))))
    const answers = await Promise.all([
      ...Array.from({ length: 60 }, (_, i) => allocate(i % 2 ? village.officer : village.province, lines[i % 2]!, needs[(i >> 1) % 2]!, '3')),
      ...Array.from({ length: 8 }, () => pledged(village.visitor, { areaId: `Area:${hamlet}`, lines: [{ kind: KIND, quantity: open }] })),
    ])
    const allocated = answers.filter((answer) => 'allocation' in answer)
    expect(allocated.filter(({ problem }) => !problem)).toHaveLength(12) // six times three in each need of twenty
    expect(new Set(allocated.flatMap(({ problem }) => problem?.code ?? []))).toEqual(new Set(['NEED_MET']))
    const { rows: [stored] } = await village.owner.query(`
      select (select bool_and(allocated <= quantity) from need) as "noNeedOver", (select bool_and(allocated <= promised) from pledge_line) as "noLineOver",
             (select sum(quantity)::text from need where area_id = $1 and kind_code = $2 and verified_at is not null and withdrawn_at is null) as quantity,
             (select sum(fact.amount)::text from line_fact fact join allocation on allocation.id = fact.allocation_id join need on need.id = allocation.need_id
              where fact.stage = 'ALLOCATED' and need.area_id = $1 and need.kind_code = $2) as allocated,
             (select sum(case fact.stage when 'PROMISED' then fact.amount when 'ALLOCATED' then -fact.amount end)::text
              from line_fact fact join pledge_line line on line.id = fact.line_id join pledge on pledge.id = line.pledge_id
              where pledge.area_id = $1 and pledge.state = 'VERIFIED' and line.kind_code = $2 and fact.stage in ('PROMISED', 'ALLOCATED')) as "pledgedOpen"`, [hamlet, KIND])
    const { quantity, allocated: matched, pledgedOpen } = await rowOf(hamlet)
    expect({ noNeedOver: true, noLineOver: true, quantity, allocated: matched, pledgedOpen }).toEqual(stored)
  })

  /** A business with an account: visitors may pledge so often and no more. */
  async function promised(areaId: string, quantity: number): Promise<string> {
    const { viewer } = await village.giver.ask('{ viewer { roles { partyId } } }')
    const pledge = await pledged(village.giver, { areaId: `Area:${areaId}`, partyId: viewer.roles[0].partyId, lines: [{ kind: KIND, quantity: String(quantity) }] })
    await verified(village.officer, pledge)
    return pledge.lines[0]!.id
  }

  it.each([
    ['one need, each with a line of its own, for all of it', 'need', [5, 5], 1],
    ['one need, each with a line of its own, for more than half', 'need', [3, 3], 1],
    ['one need, each with a line of its own, for what adds up to it', 'need', [2, 3], 2],
    ['one line, each for a need of its own, all of it', 'line', [5, 5], 1],
    ['one line, each for a need of its own, what adds up to it', 'line', [2, 3], 2],
  ] as const)('is given once when two windows reach for %s, round after round', async (_what, shared, wanted, givenTo) => {
    const hamlet = HAMLETS[1]
    for (let round = 0; round < 8; round++) {
      const [needs, lines] = shared === 'need'
        ? [[await need(hamlet, 5)], await Promise.all([promised(hamlet, 5), promised('c06733', 5)])]
        : [await Promise.all([need(hamlet, 5), need(hamlet, 5)]), [await promised(hamlet, 5)]]
      const before = await rowOf(hamlet, village.officer) // a visitor's answer may be some milliseconds old
      const answers = await Promise.all(wanted.map((quantity, i) => allocate(i ? village.province : village.officer, lines[i] ?? lines[0]!, needs[i] ?? needs[0]!, String(quantity))))
      expect(answers.map(({ problem }) => problem?.code ?? 'given').sort()).toEqual([...Array<string>(2 - givenTo).fill(shared === 'need' ? 'NEED_MET' : 'LINE_EXHAUSTED'), ...Array<string>(givenTo).fill('given')])
      const given = wanted.filter((_quantity, i) => !answers[i].problem).reduce((sum: number, quantity) => sum + quantity, 0)
      const after = await rowOf(hamlet, village.officer)
      expect([BigInt(after.allocated) - BigInt(before.allocated), BigInt(before.open) - BigInt(after.open)]).toEqual([BigInt(given), BigInt(given)])
    }
  })

  it('is left whole when one window gives while the other takes back', async () => {
    const hamlet = HAMLETS[1]
    for (let round = 0; round < 8; round++) {
      const [needId, line, other] = [await need(hamlet, 5), await promised(hamlet, 5), await promised(hamlet, 5)]
      const { allocation } = await village.done(village.officer, 'allocate', { lineId: line, needId, quantity: '5' }, 'allocation { id }')
      const [{ problem: notGiven }, { problem: notReleased }] = await Promise.all([
        allocate(village.province, other, needId, '5'), village.officer.do('releaseAllocation', { allocationId: allocation.id, reason: 'nhầm hộ' }, 'allocation { id }')])
      expect(notReleased).toBeNull()
      expect(notGiven?.code ?? 'given').toMatch(/^(given|NEED_MET)$/)
      const { rows: [stored] } = await village.owner.query(
        `select need.allocated::int as need, (select sum(allocated)::int from allocation where need_id = need.id) as allocations,
                (select sum(allocated)::int from pledge_line where id = any ($2::uuid[])) as lines from need where id = $1`, [uuidOf(needId), [line, other].map(uuidOf)])
      const given = notGiven ? 0 : 5
      expect(stored).toEqual({ need: given, allocations: given, lines: given })
    }
  })
})
