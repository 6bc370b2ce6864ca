// Areas in the database: who there was when, what became of whom, and how each is found.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import corrections from '../../prisma/data/area-corrections.json' with { type: 'json' }
import { foldVi } from '../../server/src/features/areas/fold.ts'
import { loadAreas } from '../../server/src/features/areas/load.ts'
import { matchOf, rankOf } from '../../server/src/features/areas/queries.ts'
import { type FreshDatabase, freshDatabase } from '../support/db.ts'

let database: FreshDatabase
let client: pg.Client

beforeAll(async () => {
  database = await freshDatabase()
  client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  await client.query(`delete from loaded_data where name = 'areas'`) // the template may have them already
})

afterAll(async () => {
  await client.end()
  await database.drop()
})

async function rows<T extends object = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<T[]> {
  return (await client.query<T>(sql, values)).rows
}

async function count(sql: string, values: unknown[] = []): Promise<number> {
  return Number((await rows<{ count: string }>(`select count(*) ${sql}`, values))[0]?.count)
}

/** Names of the areas found, best first. */
async function found(text: string): Promise<string[]> {
  const folded = '$1::text'
  const list = await rows<{ id: string }>(
    `select id from area a where ${matchOf('a', folded)} order by ${rankOf('a', folded)}, name, id limit 30`, [foldVi(text)])
  return list.map(({ id }) => id)
}

const living = `from area where valid_to is null and kind =`
const under = `from area_place p join area a on a.id = p.area_id and a.kind = 'COMMUNE' where p.parent_id = $1 and $2::date between p.valid_from and coalesce(p.valid_to, 'infinity')`

describe('loading', () => {
  it('loads everything, and each fault of the npm list as often as it is recorded', async () => {
    expect(await loadAreas(client, { demo: true })).toEqual({ changed: true, areas: 13_418, places: 13_796, successions: 10_022, faults: corrections.counts })
  })

  it('changes nothing when the same was loaded before', async () => {
    const state = `select xmin::text, ctid::text, id from area order by id`
    const before = await rows(state)
    expect(await loadAreas(client, { demo: true })).toEqual({ changed: false, areas: 0, places: 0, successions: 0, faults: null })
    expect(await rows(state)).toEqual(before)
  })

  it('leaves rows as they are that a changed list gives again', async () => {
    const before = await rows(`select xmin::text, id from area order by id`)
    await client.query(`update loaded_data set digest = 'of before' where name = 'areas'`)
    await client.query(`update area set name = 'Nhầm' where id = 'c06712'`)
    await loadAreas(client, { demo: true })
    const after = await rows<{ xmin: string; id: string }>(`select xmin::text, id from area order by id`)
    expect(after.filter((row, i) => row.xmin !== before[i]?.xmin).map(({ id }) => id)).toEqual(['c06712'])
    expect(await rows(`select name from area where id = 'c06712'`)).toEqual([{ name: 'Móng Cái 1' }])
  })
})

describe('areas of today', () => {
  it('are 34 provinces, 7 of them municipalities', async () => {
    expect(await count(`${living} 'PROVINCE'`)).toBe(34)
    expect(await count(`${living} 'PROVINCE' and subtype = 'thành phố trung ương'`)).toBe(7)
  })

  it('are 3,321 communes: 2,611 xã, 697 phường, 13 đặc khu', async () => {
    expect(await rows(`select subtype, count(*)::int as count ${living} 'COMMUNE' group by subtype order by 2 desc`)).toEqual([
      { subtype: 'xã', count: 2611 }, { subtype: 'phường', count: 697 }, { subtype: 'đặc khu', count: 13 },
    ])
  })

  it('have Hoàng Sa under Đà Nẵng and Trường Sa under Khánh Hòa', async () => {
    expect(await rows(`select a.full_name, p.name from area a join area p on p.path @> a.path and p.kind = 'PROVINCE'
      where a.subtype = 'đặc khu' and a.name in ('Hoàng Sa', 'Trường Sa') and a.valid_to is null order by 1`)).toEqual([
      { full_name: 'Đặc khu Hoàng Sa', name: 'Đà Nẵng' }, { full_name: 'Đặc khu Trường Sa', name: 'Khánh Hòa' },
    ])
  })

  it('have no districts', async () => expect(await count(`${living} 'DISTRICT'`)).toBe(0))

  it('keep leading zeros, and names in NFC', async () => {
    expect(await count(`from area where kind = 'PROVINCE' and code !~ '^\\d{2}$' or kind = 'COMMUNE' and code !~ '^\\d{5}$'`)).toBe(0)
    expect(await count(`from area where full_name is not nfc normalized or name is not nfc normalized or subtype is not nfc normalized`)).toBe(0)
  })

  it('have the right codes of Ba Chẽ and Ia Mơ', async () => {
    expect(await rows(`select id, full_name from area where valid_to is null and code in ('06970', '06978', '23737', '23938') order by id`)).toEqual([
      { id: 'c06978', full_name: 'Xã Ba Chẽ' }, { id: 'c23938', full_name: 'Xã Ia Mơ' },
    ])
  })

  it('have Đồng Nai a municipality with ten new wards since 30/4/2026, and a province until the day before', async () => {
    expect(await rows(`select id, full_name, valid_from::text, valid_to::text from area where kind = 'PROVINCE' and code = '75' order by valid_from`)).toEqual([
      { id: 'p75_2025', full_name: 'Tỉnh Đồng Nai', valid_from: '2016-01-01', valid_to: '2025-06-30' },
      { id: 'p75_2026', full_name: 'Tỉnh Đồng Nai', valid_from: '2025-07-01', valid_to: '2026-04-29' },
      { id: 'p75', full_name: 'Thành phố Đồng Nai', valid_from: '2026-04-30', valid_to: null },
    ])
    expect(await count(`${living} 'COMMUNE' and subtype = 'phường' and valid_from = '2026-04-30' and path <@ 'p75'`)).toBe(10)
    expect(await count(under, ['p75_2026', '2026-04-29'])).toBe(95)
    expect(await count(under, ['p75', '2026-04-30'])).toBe(95)
  })
})

describe('areas of before', () => {
  const bearer = (code: string, day: string) =>
    rows<{ full_name: string }>(`select full_name from area where kind = 'PROVINCE' and code = $1 and $2::date between valid_from and coalesce(valid_to, 'infinity')`, [code, day])

  it('were 63 provinces and 10,035 communes on 30/6/2025', async () => {
    const on = `'2025-06-30' between valid_from and coalesce(valid_to, 'infinity')`
    expect(await count(`from area where kind = 'PROVINCE' and ${on}`)).toBe(63)
    expect(await count(`from area where kind = 'COMMUNE' and ${on}`)).toBe(10_035)
  })

  it.each([
    ['82', 'Tỉnh Tiền Giang', 'Tỉnh Đồng Tháp'], ['24', 'Tỉnh Bắc Giang', 'Tỉnh Bắc Ninh'], ['15', 'Tỉnh Yên Bái', 'Tỉnh Lào Cai'],
    ['44', 'Tỉnh Quảng Bình', 'Tỉnh Quảng Trị'], ['52', 'Tỉnh Bình Định', 'Tỉnh Gia Lai'], ['80', 'Tỉnh Long An', 'Tỉnh Tây Ninh'],
    ['91', 'Tỉnh Kiên Giang', 'Tỉnh An Giang'], ['22', 'Tỉnh Quảng Ninh', 'Tỉnh Quảng Ninh'],
  ])('had code %s mean %s until 30/6/2025, and %s since', async (code, before, now) => {
    expect(await bearer(code, '2025-06-30')).toEqual([{ full_name: before }])
    expect(await bearer(code, '2025-07-01')).toEqual([{ full_name: now }])
  })

  it('keep one identity where nothing but the date changed', async () => {
    expect(await rows(`select id from area where kind = 'PROVINCE' and code = '22'`)).toEqual([{ id: 'p22' }])
    expect(await count(`${living} 'COMMUNE' and valid_from < '2025-07-01'`)).toBe(127)
  })

  it.each([
    ['d194', '2024-03-31', 17], ['d194', '2024-11-01', 16], ['d194', '2025-07-01', 0],
    ['d815', '2018-04-18', 17], ['d815', '2024-11-01', 14], ['d116', '2020-05-18', 12],
    ['d213', '2023-06-01', 16], ['d213', '2025-01-01', 31], ['d221', '2024-12-31', 18],
  ])('had in %s on %s %i communes and wards', async (district, day, number) => expect(await count(under, [district, day])).toBe(number))

  it.each([
    ['d815', 'p82', 5], ['d116', 'p14', 4], ['d213', 'p24', 8], ['d194', 'p22', 6],
  ])('had the city %s go over to communes of %s', async (district, province, number) => {
    const heirs = await rows<{ id: string }>(`select a.id from area_succession s join area a on a.id = s.to_id and a.path <@ $2::ltree where s.from_id = $1`, [district, province])
    expect(heirs).toHaveLength(number)
  })

  it('have a successor each, wherever they ended', async () => {
    expect(await count(`from area where valid_to is not null and not exists (select from area_succession where from_id = id)`)).toBe(0)
  })

  it('say where only a part of their history is recorded', async () => {
    const ofMongCai = `path <@ 'p22.d194' or id in (select to_id from area_succession where from_id = 'd194')`
    expect(await count(`from area where not history_complete and (${ofMongCai})`)).toBe(0)
    expect(await count(`from area where history_complete and kind = 'COMMUNE'`)).toBe(122)
  })
})

describe('places', () => {
  it('cover every area from its first day to its last without gap or overlap', async () => {
    expect(await count(`from (
      select a.id from area a join area_place p on p.area_id = a.id group by a.id
      having min(p.valid_from) <> a.valid_from or max(coalesce(p.valid_to, 'infinity')) <> coalesce(a.valid_to, 'infinity')
        or sum(coalesce(p.valid_to, '9999-01-01') - p.valid_from + 1) <> coalesce(a.valid_to, '9999-01-01') - a.valid_from + 1) wrong`)).toBe(0)
    expect(await count(`from area where not exists (select from area_place where area_id = id and path = area.path)`)).toBe(0)
  })

  it('take a hamlet of phường Hòa Lạc through both mergers', async () => {
    expect(await rows(`select p.path::text, p.valid_from::text, p.valid_to::text from area_place p join area a on a.id = p.area_id
      where a.full_name = 'Khu 1 Hòa Lạc' order by p.valid_from`)).toEqual([
      { path: 'p22.d194.c06718.h06712_004', valid_from: '2016-01-01', valid_to: '2024-10-31' },
      { path: 'p22.d194.c06712_2025.h06712_004', valid_from: '2024-11-01', valid_to: '2025-06-30' },
      { path: 'p22.c06712.h06712_004', valid_from: '2025-07-01', valid_to: null },
    ])
  })

  it('give each of the 17 communes and wards of Móng Cái three hamlets for demonstration', async () => {
    expect(await rows(`select count(*)::int as communes, min(hamlets)::int as fewest from (
      select p.parent_id, count(*) as hamlets from area_place p join area a on a.id = p.area_id and a.kind = 'HAMLET' and a.is_demo
      where p.path <@ 'p22.d194' and '2024-03-31' between p.valid_from and p.valid_to group by p.parent_id) each`)).toEqual([{ communes: 17, fewest: 3 }])
  })
})

describe('search', () => {
  it('folds in SQL exactly as in TypeScript', async () => {
    const texts = ['Hải Hoà', 'HẢI HÒA', 'Hải Hòa'.normalize('NFD'), 'M’Drắk', "M'DRẮK", ' Bà Rịa -\u00a0Vũng  Tàu ', 'Đồng Tháp', '100%_\\|', 'ẤP 1\t“Mỹ” Phong…', 'Хутор 中村 🏡 ấp', '']
    const { rows: folded } = await client.query<{ text: string; folded: string }>('select text, fold_vi(text) as folded from unnest($1::text[]) as text', [texts])
    expect(folded.map((row) => row.folded)).toEqual(texts.map(foldVi))
    const names = await rows<{ full_name: string; folded: string }>('select full_name, fold_vi(full_name) as folded from area')
    expect(names.filter((row) => row.folded !== foldVi(row.full_name))).toEqual([])
  })

  it.each([
    ['tien giang', ['p82_2025', 'p82']],
    ['Đồng Tháp', ['p82', 'p87']],
    ['dak lak', ['p66', 'p66_2025']],
    ["m'drak", ['c24412']],
    ['M’Drắk', ['c24412']],
    ['sai gon', ['c26740', 'p79']],
    ['phường trúc bạch', ['c00004_2025', 'c00004']],
    ['hải hòa móng cái', ['c06742', 'c06712']],
    ['Phường 13 Gò Vấp', ['c26882', 'c26878']],
  ])('finds %j: %j', async (text, ids) => expect(await found(text)).toEqual(expect.arrayContaining(ids)))

  it('puts the area of that name first, then what became of it', async () => {
    expect(await found('tien giang')).toEqual(['p82_2025', 'p82'])
    expect((await found('mong cai')).slice(0, 4)).toEqual(['d194', 'c06733', 'c06724', 'c06712'])
  })

  it.each(['Hải Hòa', 'Hải Hoà', 'hai hoa', 'HẢI HOÀ'])('finds the commune and the old ward %s, and what the ward became', async (text) => {
    const ids = await found(text)
    expect(ids[0]).toBe('c06799')
    expect(ids.indexOf('c06742')).toBeGreaterThan(0)
    expect(ids.indexOf('c06712')).toBeGreaterThan(ids.indexOf('c06742'))
  })

  it('puts living before ended, and bigger before smaller', async () => {
    expect((await found('bac giang')).slice(0, 4)).toEqual(['c07210', 'p24_2025', 'd213', 'p24'])
    expect((await found('my tho')).slice(0, 3)).toEqual(['c28261', 'c30076', 'd815'])
  })

  it('forgives a slip of the keyboard, but not where it was none', async () => {
    expect(await found('mong caj')).toEqual(expect.arrayContaining(['c06712', 'c06733']))
    expect(await found('dak lak')).toEqual(['p66', 'p66_2025'])
  })

  it('finds nothing for a text without a letter', async () => expect(await found(' %_ ')).toEqual([]))

  it('uses the trigram index', async () => {
    const plan = await rows<{ 'QUERY PLAN': string }>(`explain select id from area a where ${matchOf('a', 'fold_vi($1::text)')}`, ['Móng Cái'])
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('area_search_trgm')
  })
})
