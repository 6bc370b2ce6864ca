// Adding a hamlet: who may, what is said, and that it is there at once wherever areas are read.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { type Actor, type World, startWorld } from '../support/world.ts'

let world: World
let admin: Actor
let officer: Actor
beforeAll(async () => {
  world = await startWorld()
  admin = await world.signIn('quantri')
  officer = await world.signIn('mattran.haininh')
  ELSEWHERE = `Area:${(await world.owner.query(`select id from area where kind = 'COMMUNE' and valid_to is null and not path <@ 'p22' order by id limit 1`)).rows[0].id}`
})
afterAll(() => world?.end())

const today = dayInVietNam()
const COMMUNE = 'Area:c06733'
let ELSEWHERE: string
const decision = { effectiveOn: today, decisionNo: '12/QĐ-UBND', decidedOn: today, issuer: 'UBND xã Hải Ninh' }
const add = (actor: Actor, input: Record<string, unknown>) =>
  actor.do('addHamlet', { communeId: COMMUNE, ...decision, ...input }, 'area { id code subtype name fullName validFrom validTo isDemonstration ancestors { id } decisions { decisionNo decidedOn issuer effectiveOn } } commune { id }')
const children = async (id: string) => {
  const { area } = await world.visitor.ask('query($id: ID!) { area(id: $id) { children(first: 100) { totalCount nodes { fullName } } } }', { id })
  return area.children.nodes.map((node: any) => node.fullName)
}
const found = async (search: string) =>
  (await world.visitor.ask('query($search: String!) { areas(search: $search, kind: HAMLET, first: 3) { nodes { id fullName } } }', { search })).areas.nodes.map((node: any) => node.id)

describe('a hamlet', () => {
  it('is there for visitors at once, with its decision: among the children, by search, and on its own page, also where answers were kept', async () => {
    expect(await children(COMMUNE)).not.toContain('Thôn Đông Hải')
    const { area, commune, problem } = await add(officer, { name: 'thôn  Đông Hải', decisionNo: ' 12/QĐ-UBND ' })
    expect(problem).toBeNull()
    expect(commune.id).toBe(COMMUNE)
    expect(area).toEqual({
      id: `Area:h${area.code.replace('-', '_')}`, code: expect.stringMatching(/^06733-1\d\d$/), subtype: 'thôn', name: 'Đông Hải', fullName: 'Thôn Đông Hải', validFrom: today, validTo: null,
      isDemonstration: false, ancestors: [{ id: 'Area:p22' }, { id: COMMUNE }], decisions: [{ decisionNo: '12/QĐ-UBND', decidedOn: today, issuer: 'UBND xã Hải Ninh', effectiveOn: today }],
    })
    await expect.poll(() => children(COMMUNE)).toContain('Thôn Đông Hải')
    for (const search of ['thon dong hai hai ninh', 'Thôn Đông Hải', 'DONG HAI']) await expect.poll(() => found(search)).toContain(area.id)
    const { area: seen } = await world.visitor.ask('query($id: ID!) { area(id: $id) { decisions { decisionNo } needs { open } households { label } } }', { id: area.id })
    expect(seen.decisions).toEqual([{ decisionNo: '12/QĐ-UBND' }])
  })

  it('takes households, needs and a head from then on', async () => {
    const { area } = await add(admin, { name: 'Bản Ná Hý' })
    const { household, problem } = await officer.do('registerHousehold', { areaId: area.id, headName: 'Phùng Thị Hư Cấu', members: 4, causes: [] }, 'household { code area { id } }')
    expect(problem).toBeNull()
    expect(household.area.id).toBe(area.id)
    const opened = await admin.do('createAccount', { displayName: 'Trần Văn Bản', login: 'ban.na.hy', role: 'HAMLET_HEAD', areaId: area.id }, 'account { roles { area { id } } }')
    expect(opened.account.roles).toEqual([{ area: { id: area.id } }])
  })

  it('is made once, however often the same request comes', async () => {
    const idempotencyKey = randomUUID()
    const [first, second] = await Promise.all([add(officer, { name: 'Xóm Mới', idempotencyKey }), add(officer, { name: 'Xóm Mới', idempotencyKey })])
    expect(second.area.id).toBe(first.area.id)
    expect((await children(COMMUNE)).filter((name: string) => name === 'Xóm Mới')).toHaveLength(1)
  })

  it('gets a number of its own when several are added at the same time', async () => {
    const added = await Promise.all(['Thôn A', 'Thôn B', 'Thôn C', 'Thôn D'].map((name) => add(officer, { name })))
    expect(added.map(({ problem }) => problem)).toEqual([null, null, null, null])
    expect(new Set(added.map(({ area }) => area.code)).size).toBe(4)
  })
})

describe('is refused', () => {
  const codeOf = ({ problem }: any) => [problem.__typename, problem.field ?? null, problem.code]

  it.each(['Thôn Hoà Bình', 'thôn hòa bình', 'HÒA  BÌNH'])('"%s" beside Thôn Hòa Bình, by name', async (name) => {
    if (!(await children(COMMUNE)).includes('Thôn Hòa Bình')) await add(officer, { name: 'Thôn Hòa Bình' })
    const refused = await add(officer, { name })
    expect(codeOf(refused)).toEqual(['InvalidInput', 'name', 'NAME_TAKEN'])
    expect(refused.problem.message).toContain('Thôn Hòa Bình')
  })
  it('a name that is another commune\'s is none of these', async () => {
    expect((await add(officer, { name: 'Hoa Bình' })).problem).toBeNull()
    expect((await add(admin, { communeId: ELSEWHERE, name: 'Thôn Hòa Bình' })).problem).toBeNull()
  })
  it.each([
    ['a day to come', { effectiveOn: later(today, { days: 1 }) }, 'effectiveOn', 'BAD_DAY'],
    ['a day before the commune', { effectiveOn: '1999-01-01' }, 'effectiveOn', 'BEFORE_COMMUNE'],
    ['a decision of a day to come', { decidedOn: later(today, { days: 1 }) }, 'decidedOn', 'BAD_DAY'],
    ['no number of a decision', { decisionNo: ' ' }, 'decisionNo', 'BAD_DECISION'],
    ['nobody who decided', { issuer: '' }, 'issuer', 'BAD_ISSUER'],
    ['no name', { name: 'Thôn' }, 'name', 'BAD_NAME'],
  ])('%s', async (_what, input, field, code) => {
    expect(codeOf(await add(officer, { name: 'Thôn Chưa Có', ...input }))).toEqual(['InvalidInput', field, code])
    expect(await children(COMMUNE)).not.toContain('Thôn Chưa Có')
  })
  it.each(['Area:p22', 'Area:d194', 'Area:h06733_001', 'Area:c99999', 'Household:x'])('%s, which is no living commune', async (communeId) => {
    expect(codeOf(await add(admin, { communeId, name: 'Thôn Chưa Có' }))).toEqual(['InvalidInput', 'communeId', communeId === 'Household:x' ? 'BAD_ID' : 'NOT_A_COMMUNE'])
  })
  it('an ended commune, with what to choose instead', async () => {
    expect(codeOf(await add(admin, { communeId: 'Area:c06733_2025', name: 'Thôn Chưa Có' }))).toEqual(['InvalidInput', 'communeId', 'ENDED_AREA'])
  })
  it('another commune\'s office, and whoever holds no such office', async () => {
    expect(codeOf(await add(officer, { communeId: ELSEWHERE, name: 'Thôn Chưa Có' }))).toEqual(['Forbidden', null, 'NOT_ALLOWED'])
    for (const login of ['thon1.haitien', 'mattran.quangninh', 'saomai']) {
      const { errors, data } = await (await world.signIn(login)).try(
        'mutation($input: AddHamletInput!) { addHamlet(input: $input) { problem { code } } }', { input: { communeId: COMMUNE, name: 'Thôn Chưa Có', ...decision, idempotencyKey: randomUUID() } })
      expect(errors?.[0]?.extensions.code ?? data.addHamlet.problem.code).toMatch(/NOT_ALLOWED|FORBIDDEN/)
    }
    expect(await children(ELSEWHERE)).not.toContain('Thôn Chưa Có')
  })
  it('by the database itself, whatever a command may try', async () => {
    const client = await world.db.pool.connect()
    try {
      await client.query(`begin; select set_config('app.offices', 'p87', true)`)
      await expect(client.query(`insert into area (id, kind, code, subtype, name, full_name, valid_from, path, search)
        values ('h06733_999', 'HAMLET', '06733-999', 'thôn', 'X', 'Thôn X', current_date, 'p22.c06733.h06733_999', '|x|')`)).rejects.toThrow(/row-level security/)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})
