// The review of a plan through the API and as a file: exact for the offices over its area, nothing for anyone else.
import { readXlsx } from 'hucre/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type World, startWorld } from '../support/world.ts'

let world: World
let province: Actor
const PLAN = 'Plan:mong-cai-57-2024'
const Q1 = { plan: PLAN, from: '2024-01-01', to: '2024-03-31' }

beforeAll(async () => {
  world = await startWorld()
  province = await world.signIn('mattran.quangninh')
})
afterAll(() => world?.end())

const review = async (selection: string, period: Record<string, unknown> = Q1, actor = province) =>
  (await actor.ask(`query($plan: ID!, $from: Date!, $to: Date!) { review(plan: $plan, from: $from, to: $to) { ${selection} } }`, period)).review

describe('a review', () => {
  it('is null for an officer of elsewhere, for one of a part of the area, and for everyone who is no officer', async () => {
    const asked = (actor: Actor) => actor.try('query($plan: ID!, $from: Date!, $to: Date!) { review(plan: $plan, from: $from, to: $to) { total { had } } }', Q1)
    const actors = [world.visitor, ...(await Promise.all(['mattran.mytho', 'mattran.haininh', 'thon1.haitien', 'saomai'].map(world.signIn)))]
    expect(await Promise.all(actors.map(async (actor) => (await asked(actor)).data.review))).toEqual(actors.map(() => null))
  })

  it('opens the records behind each number', async () => {
    const behind = await review('rows { unit { name } households(figure: LEFT, first: 10) { totalCount nodes { status statusHistory { status decisionNo } } } } total { households(figure: REMAINING) { totalCount } }')
    expect(Object.fromEntries(behind.rows.map((row: any) => [row.unit?.name ?? 'khác', row.households.totalCount]))).toEqual({
      'Bình Ngọc': 3, 'Hải Đông': 1, 'Vĩnh Thực': 1, 'Hải Xuân': 1, 'Vạn Ninh': 1, 'Hải Tiến': 2, 'Ninh Dương': 1, 'Hải Hòa': 1, 'Trà Cổ': 1, 'khác': 0,
    })
    const left = behind.rows.flatMap((row: any) => row.households.nodes)
    expect(left).toEqual(left.map(() => ({ status: 'LEFT', statusHistory: [{ status: 'LEFT', decisionNo: expect.stringContaining('MINH-HOA') }, expect.objectContaining({ status: 'NEAR_POOR' })] })))
    expect(behind.total.households.totalCount).toBe(45)
  })

  it('counts a household where it lay then, however often its hamlet has moved since', async () => {
    const { rows } = await review('rows { unit { id validTo } households(figure: HAD, first: 1) { nodes { area { id isLiving } } } }')
    const haiTien = rows.find((row: any) => row.unit?.id === 'Area:c06733_2025')
    expect(haiTien).toMatchObject({ unit: { validTo: '2025-06-30' }, households: { nodes: [{ area: { id: 'Area:h06733_001', isLiving: true } }] } })
  })

  it('of the next quarter goes on from this one, and its target counts from the baseline', async () => {
    const next = await review('total { had left remaining percent check } targets { reached leftToReach target { dueOn cumulative } }', { plan: PLAN, from: '2024-04-01', to: '2024-06-30' })
    expect(next).toEqual({
      total: { had: 45, left: 0, remaining: 45, percent: 0, check: 'NOT_PRINTED' },
      targets: [{ reached: 12, leftToReach: 28, target: { dueOn: '2024-06-30', cumulative: true } }],
    })
  })

  it('says what came in between when someone joins or falls deeper', async () => {
    const households = await world.owner.query(`select id from household where area_id = 'd194' and status = 'NEAR_POOR' order by code limit 2`)
    const record = (id: string, status: string, on: string) => world.owner.query(
      `insert into household_status (household_id, status, standard_id, decision_no, decided_on, effective_on, list_year) values ($1, $2::"HouseholdStatus", 'MDP_2022_2025', 'THỬ', $3, $3, 2024)`, [id, status, on])
    await record(households.rows[0].id, 'POOR', '2024-08-01')
    await record(households.rows[1].id, 'LEFT', '2024-08-01')
    await record(households.rows[1].id, 'NEAR_POOR', '2024-11-01')
    const change = async (from: string, to: string) => (await review('total { had left worsened joined remaining }', { plan: PLAN, from, to })).total
    expect(await change('2024-07-01', '2024-09-30')).toEqual({ had: 45, left: 1, worsened: 1, joined: 0, remaining: 43 })
    expect(await change('2024-10-01', '2024-12-31')).toEqual({ had: 43, left: 0, worsened: 0, joined: 1, remaining: 44 })
    expect(await change('2024-07-01', '2024-12-31')).toEqual({ had: 45, left: 0, worsened: 1, joined: 0, remaining: 44 })
  })

  it('is refused for a period that ends before it begins', async () => {
    const { errors } = await province.try('query($plan: ID!, $from: Date!, $to: Date!) { review(plan: $plan, from: $from, to: $to) { from } }', { plan: PLAN, from: '2024-04-01', to: '2024-03-31' })
    expect(errors![0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'BAD_PERIOD' })
  })
})

describe('a plan', () => {
  it('is public with its targets, found by the area of then and by what it became', async () => {
    const { plan } = await world.visitor.ask(`{ plan(id: "${PLAN}") { number issuer issuedOn baselineOn standard { code } area { fullName validTo } targets { dueOn numerator denominator percent printed } } }`)
    expect(plan).toEqual({
      number: '57/KH-UBND', issuer: 'UBND thành phố Móng Cái', issuedOn: '2024-02-16', baselineOn: '2023-12-31', standard: { code: 'MDP_2022_2025' },
      area: { fullName: 'Thành phố Móng Cái', validTo: '2025-06-30' }, targets: [{ dueOn: '2024-06-30', numerator: 40, denominator: 57, percent: 70.2, printed: '70%' }],
    })
    const found = async (area: string) => (await world.visitor.ask(`{ plans(area: "Area:${area}") { nodes { id } } }`)).plans.nodes.length
    expect(await Promise.all(['d194', 'p22', 'c06712', 'h06733_001', 'c06751', 'c28273'].map(found))).toEqual([1, 1, 1, 1, 1, 0])
  })
})

describe('the review as an Excel file', () => {
  const file = (query: string, actor: Actor, plan = 'mong-cai-57-2024') =>
    fetch(`${world.url}/tai-ve/kiem-diem/${plan}.xlsx?${query}`, { headers: actor.cookie ? { cookie: actor.cookie } : {} })

  it('is given to whoever may read the review, and opens with its figures and styles', async () => {
    const response = await file('tu=2024-01-01&den=2024-03-31&ngon-ngu=vi', province)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    expect(response.headers.get('content-disposition')).toContain('kiem-diem-mong-cai-57-2024-2024-03-31.xlsx')
    const { sheets: [sheet] } = await readXlsx(new Uint8Array(await response.arrayBuffer()), { readStyles: true })
    const header = sheet!.rows.findIndex((row) => row[0] === 'TT')
    expect(sheet!.rows[header + 6]).toEqual([6, 'Xã Hải Tiến', 7, 2, 5, 2 / 7, '2/7', 0.14, 'lệch: n/N là 28,6%'])
    expect(sheet!.cells!.get(`${header + 6},5`)!.style!.numFmt).toBe('0.0%')
    expect(sheet!.pageSetup).toMatchObject({ paperSize: 'a4', orientation: 'landscape' })
    expect(sheet!.freezePane).toMatchObject({ rows: header + 1 })
  })

  it.each<[string, string, () => Actor | Promise<Actor>, number]>([
    ['a visitor', 'tu=2024-01-01&den=2024-03-31', () => world.visitor, 403],
    ['a donor', 'tu=2024-01-01&den=2024-03-31', () => world.signIn('saomai'), 403],
    ['an officer of elsewhere', 'tu=2024-01-01&den=2024-03-31', () => world.signIn('mattran.mytho'), 404],
    ['whoever names no period', '', () => province, 400],
    ['whoever names a day that is none', 'tu=2024-02-30&den=2024-03-31', () => province, 400],
    ['whoever turns the period round', 'tu=2024-03-31&den=2024-01-01', () => province, 400],
  ])('is refused to %s in both languages', async (_who, query, actor, status) => {
    const response = await file(query, await actor())
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain('text/plain')
    expect((await response.text()).trim().split('\n')).toHaveLength(2)
  })

  it('of a plan that is not there is refused', async () => {
    expect((await file('tu=2024-01-01&den=2024-03-31', province, 'no-plan')).status).toBe(404)
  })
})
