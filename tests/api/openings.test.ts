// Looking for work or for a buyer, without an account: by words without diacritics, by place, and whether a skill is asked for.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { OFTEN_HELPED } from '../support/helped-household.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { type Actor, pledged, verified } from '../support/world.ts'

let village: Village
const today = dayInVietNam()

beforeAll(async () => {
  village = await startVillage()
})
afterAll(() => village?.end())

const QUERY = `query($area: ID, $search: String, $family: SupportFamily, $withoutSkills: Boolean, $first: Int, $after: String) {
  openings(area: $area, search: $search, family: $family, withoutSkills: $withoutSkills, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id detail quantities { promised open } post { skillsWanted } agreement { product } pledge { transferCode message anonymous party { name } } }
  }
}`
const openings = async (variables: object, actor: Actor = village.visitor) => (await actor.ask(QUERY, variables as Record<string, unknown>)).openings
const details = async (variables: object, actor?: Actor) => (await openings(variables, actor)).nodes.map((node: any) => node.detail) as string[]

const post = (more: object = {}) => ({ areaId: 'Area:c06733', skillsWanted: [], skillsTaught: [], wage: '6500000', startsOn: later(today, { days: 30 }), ...more })
const agreement = (more: object = {}) => ({ product: 'Khoai tây', seasonFrom: today, seasonTo: later(today, { months: 4 }), floorPrice: '8000', ...more })
const offered = async (line: { kind: string; detail: string; quantity?: string; post?: object; agreement?: object }, { areaId = 'Area:c06733', anonymous = false } = {}) => {
  const pledge = await pledged(village.visitor, { areaId, anonymous, lines: [{ quantity: '3', ...line }] })
  await verified(village.province, pledge)
  return { ...pledge, version: pledge.version + 1, lineId: pledge.lines[0]!.id }
}

describe('an opening is found', () => {
  it('by the words of its skills, its produce and the giver, each from its beginning, with diacritics or without', async () => {
    await offered({ kind: 'JOB', detail: 'Xưởng đá ốp Quỳnh Lâm', post: post({ skillsWanted: ['Hàn điện'], skillsTaught: ['Mài đá hoa cương'] }) })
    await offered({ kind: 'OFFTAKE', detail: 'Bếp ăn Quỳnh Lâm', agreement: agreement({ product: 'Củ đậu trâu' }) })
    const both = ['Bếp ăn Quỳnh Lâm', 'Xưởng đá ốp Quỳnh Lâm']
    for (const search of ['quynh lam', 'QUỲNH LÂM', 'lâm  quỳnh', 'quyn']) expect([search, await details({ search })]).toEqual([search, both])
    for (const search of ['han dien quynh', 'mai da hoa cuong', 'Hoa Cương']) expect([search, await details({ search })]).toEqual([search, both.slice(1)])
    expect(await details({ search: 'cu dau quynh' })).toEqual(both.slice(0, 1))
    for (const search of ['rau quynh', 'uynh lam', 'quynh lam khac', '%quynh%lam%khac']) expect([search, await details({ search })]).toEqual([search, []])
    expect(await details({ search: 'quynh lam', family: 'JOB' })).toEqual(both.slice(1))
    expect(await details({ search: 'quynh lam', family: 'OFFTAKE' })).toEqual(both.slice(0, 1))
    expect(await details({ search: 'quynh lam', family: 'LIVESTOCK' })).toEqual([])
  })

  it('by who can be referred to it, and by where the work is', async () => {
    await offered({ kind: 'JOB', detail: 'Thanh Trà ở phường bên', post: post({ areaId: 'Area:c06709' }) })
    await offered({ kind: 'JOB', detail: 'Thanh Trà cho cả tỉnh', post: post({ areaId: 'Area:p22' }) }, { areaId: 'Area:p22' })
    await offered({ kind: 'OFFTAKE', detail: 'Thanh Trà cho một thôn', agreement: agreement() }, { areaId: 'Area:h06733_002' })
    const near = { hamlet: 'Thanh Trà cho một thôn', province: 'Thanh Trà cho cả tỉnh', beside: 'Thanh Trà ở phường bên' }
    const found = Object.fromEntries(await Promise.all(['p22', 'c06733', 'h06733_001', 'h06733_002', 'c06709', 'c06712', 'p82'].map(async (area) =>
      [area, await details({ area: `Area:${area}`, search: 'thanh tra' })])))
    expect(found).toEqual({
      p22: [near.hamlet, near.province, near.beside], c06733: [near.hamlet, near.province, near.beside], h06733_001: [near.province, near.beside],
      h06733_002: [near.hamlet, near.province, near.beside], c06709: [near.province, near.beside], c06712: [near.province], p82: [],
    })
  })

  it('by whether it asks for a skill', async () => {
    await offered({ kind: 'JOB', detail: 'Vân Phong cần thợ', post: post({ skillsWanted: ['Đọc bản vẽ'], skillsTaught: ['May'] }) })
    await offered({ kind: 'JOB', detail: 'Vân Phong dạy nghề', post: post({ skillsTaught: ['May'] }) })
    expect(await details({ search: 'van phong', withoutSkills: true })).toEqual(['Vân Phong dạy nghề'])
    expect(await details({ search: 'van phong', withoutSkills: false })).toEqual(['Vân Phong dạy nghề', 'Vân Phong cần thợ'])
  })

  it('page by page, the newest first', async () => {
    for (const n of [1, 2, 3, 4, 5]) await offered({ kind: 'JOB', detail: `Lối Đi ${n}`, post: post() })
    const seen: string[] = []
    let after: string | null = null
    for (let pages = 0; pages < 3; pages++) {
      const { nodes, pageInfo, totalCount }: any = await openings({ search: 'loi di', first: 2, after })
      expect([totalCount, pageInfo.hasNextPage]).toEqual([5, pages < 2])
      seen.push(...nodes.map((node: any) => node.detail))
      after = pageInfo.endCursor
    }
    expect(seen).toEqual([5, 4, 3, 2, 1].map((n) => `Lối Đi ${n}`))
  })
})

describe('nobody finds', () => {
  it('what waits for the Front, what was declined or withdrawn, or a season that is over', async () => {
    const waiting = await pledged(village.visitor, { areaId: 'Area:c06733', lines: [{ kind: 'JOB', quantity: '3', detail: 'Bích Ngọc', post: post() }] })
    for (const actor of [village.visitor, village.officer]) expect(await details({ search: 'bich ngoc' }, actor)).toEqual([])
    await verified(village.officer, waiting)
    for (const actor of [village.visitor, village.officer]) await expect.poll(() => details({ search: 'bich ngoc' }, actor)).toEqual(['Bích Ngọc'])
    await village.owner.query(`update pledge set state = 'WITHDRAWN' where id = $1`, [uuidOf(waiting.id)])
    for (const actor of [village.visitor, village.officer]) await expect.poll(() => details({ search: 'bich ngoc' }, actor)).toEqual([])

    const { lineId } = await offered({ kind: 'OFFTAKE', detail: 'Bích Thủy', agreement: agreement() })
    expect(await details({ search: 'bich thuy' })).toEqual(['Bích Thủy'])
    await village.owner.query('update purchase_agreement set season_from = season_from - 400, season_to = $2::date - 1 where line_id = $1', [uuidOf(lineId), today])
    await expect.poll(() => details({ search: 'bich thuy' })).toEqual([])
  })

  it('who gives where the giver is not named, but for the office; nor the code or the words for the office', async () => {
    await offered({ kind: 'JOB', detail: 'Mộc Miên', post: post() }, { anonymous: true })
    const [shown] = (await openings({ search: 'moc mien' })).nodes
    expect(shown.pledge).toEqual({ transferCode: null, message: null, anonymous: true, party: null })
    const [toOffice] = (await openings({ search: 'moc mien' }, village.officer)).nodes
    expect(toOffice.pledge).toMatchObject({ anonymous: true, party: { name: 'Hợp tác xã Thử Nghiệm' } })
    for (const search of ['hop tac xa thu nghiem', 'Thử Nghiệm']) expect(await details({ search })).toEqual([])
  })
})

describe('an opening closes', () => {
  it('when the last of it is taken, and is open again when somebody does not take it; other goods are none', async () => {
    const { need } = await village.done(village.head, 'raiseNeed', { householdId: village.home.householdId, kind: 'JOB', quantity: '2', urgency: 2 }, 'need { id version }')
    await village.done(village.officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
    const { lineId } = await offered({ kind: 'JOB', detail: 'Hạ Long Xanh', quantity: '2', post: post() })
    await offered({ kind: 'GOAT', detail: 'Hạ Long Xanh dê' })
    const left = async () => (await openings({ search: 'ha long xanh' })).nodes.map((node: any) => node.quantities)
    const refer = () => village.done(village.officer, 'allocate', { lineId, needId: need.id, quantity: '1', overrideReason: OFTEN_HELPED }, 'allocation { id }')
    await expect.poll(left).toEqual([{ promised: '2', open: '2' }])
    await refer()
    await expect.poll(left).toEqual([{ promised: '2', open: '1' }])
    const { allocation } = await refer()
    await expect.poll(left).toEqual([])
    await village.done(village.officer, 'releaseAllocation', { allocationId: allocation.id, reason: 'đã có việc khác' }, 'allocation { id }')
    await expect.poll(left).toEqual([{ promised: '2', open: '1' }])
  })
})

describe('the words of terms', () => {
  it('are the database\'s own, whatever is written', async () => {
    const { lineId } = await offered({ kind: 'JOB', detail: 'Đỗ Quyên', post: post({ skillsTaught: ['Thêu'] }) })
    const { rows } = await village.owner.query('update job_post set search = $2 where line_id = $1 returning search', [uuidOf(lineId), ' tat ca'])
    expect(rows).toEqual([{ search: ' theu do quyen' }])
    await expect(village.db.pool.query(`update job_post set search = ' tat ca'`)).rejects.toThrow(/permission denied/)
  })

  it('that are no words, or far too many, find all or nothing, and break nothing', async () => {
    expect((await openings({ search: ' \u200b\u00ad ', first: 1 })).nodes).toHaveLength(1)
    for (const search of ['%', ' % _ ', '\\', '…']) expect((await openings({ search })).nodes).toEqual([])
    expect(await details({ search: 'hết chỗ '.repeat(400) })).toEqual([])
  })

  it('of a place that is none are refused', async () => {
    const { errors } = await village.visitor.try('{ openings(area: "Pledge:x") { totalCount } }')
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'BAD_ID' })
    expect(await details({ area: 'Area:nowhere' })).toEqual([])
  })
})
