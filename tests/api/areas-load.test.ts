// Areas in the database: who there was when, what became of whom, and how each is found.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import corrections from '../../prisma/data/area-corrections.json' with { type: 'json' }
import { foldPlace, foldVi } from '../../server/src/features/areas/fold.ts'
import { loadAreas } from '../../server/src/features/areas/load.ts'
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

/** Ids of the areas found, best first. */
async function found(text: string, living: boolean | null = null): Promise<string[]> {
  const list = await rows<{ id: string }>(
    `select area.id from areas_named($1, null, $2) named join area on area.id = named.id order by rank, area.name collate "vi-x-icu", area.id limit 30`, [text, living])
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
    const texts = [
      'Hải Hoà', 'HẢI HÒA', 'Hải Hòa'.normalize('NFD'), 'M’Drắk', "M'DRẮK", ' Bà Rịa -\u00a0Vũng  Tàu ', 'Đồng Tháp', 'Ðồng Tháp', 'ðồng', '100%_\\|', 'ẤP 1\t“Mỹ” Phong…',
      'Хутор ХУТОР 中村 🏡 ấp ΟΔΟΣ', '', 'Hải\u00ad Ti\u200bến', '\ufeffMóng\u2060 Cái', 'Ｈải Ｎｉｎｈ', '«Hải Ninh»', 'P.01, Q3, TPHCM', 'P 1 Q.10 tp.hcm', "Ia H' Drai", "H' K' Drai", "khu 'B' cũ", "Cốc' Lếu", 'CƯ M’ Gar', 'x. Hải Tiến, H. Hải Hà, T. Quảng Ninh, Việt Nam',
      'TX Quảng Yên', 'tt Neo', 'KP 3, TDP 04', 'Ward 1, District 3', 'Kỳ Anh', 'Quy Nhơn', 'Thuỷ Nguyên', '06733', 'Việt Nam', '%', '\u200b\u200b',
    ]
    const { rows: folded } = await client.query<{ text: string; folded: string; place: string }>(
      'select text, fold_vi(text) as folded, fold_place(text) as place from unnest($1::text[]) as text', [texts])
    expect(folded.map((row) => [row.folded, row.place])).toEqual(texts.map((text) => [foldVi(text), foldPlace(text)]))
    const names = await rows<{ full_name: string; folded: string; place: string }>('select full_name, fold_vi(full_name) as folded, fold_place(full_name) as place from area')
    expect(names.filter((row) => row.folded !== foldVi(row.full_name) || row.place !== foldPlace(row.full_name))).toEqual([])
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

  it.each([' %_ ', '%', '_', '\\', '«»', '\u200b', '…', ''])('finds nothing for %j, in which is no letter', async (text) => expect(await found(text)).toEqual([]))

  describe('an address line', () => {
    it('of any commune of today and its province finds it first, or its namesake of the same province, however it is written', async () => {
      const lines = await rows<{ form: string; wrong: string[]; communes: number }>(`
        with sample as (
          select commune.*, province.id as province_id, province.name as province, province.full_name as province_full
          from (select * from area where kind = 'COMMUNE' and valid_to is null order by md5(id || 'seed 8') limit 300) commune
          join area province on province.id = ltree2text(subpath(commune.path, 0, 1))),
        line as (
          select sample.*, form, said from sample, lateral (values
            ('names', sample.name || ', ' || province), ('full', sample.full_name || ', ' || province_full), ('plain', fold_vi(sample.name || ' ' || province)),
            ('short', left(sample.full_name, 1) || '. ' || sample.name || ' - ' || province)) forms (form, said))
        select form, count(*)::int as communes, coalesce(array_agg(said || ' → ' || first.id) filter (where first.id is distinct from line.id
            and (fold_place(first.name) <> fold_place(line.name) or not first.path <@ line.province_id::ltree)), '{}') as wrong
        from line left join lateral (
          select area.id, area.name, area.path from areas_named(said) named join area on area.id = named.id order by rank, area.name collate "vi-x-icu", area.id limit 1) first on true
        group by form order by form`)
      expect(lines.map(({ form, communes, wrong }) => ({ form, communes, wrong }))).toEqual(
        ['full', 'names', 'plain', 'short'].map((form) => ({ form, communes: 300, wrong: [] })))
    })

    it.each([
      ['Hải Ninh, Quảng Ninh', 'c06733'], ['Hai Ninh Quang Ninh', 'c06733'], ['Hải Ninh, Quảng N', 'c06733'], ['Hải\u00ad Ni\u200bnh, Quảng Ninh', 'c06733'],
      ['tổ 3, khu phố Hạ, phường Hải Hoà, TP Móng Cái, tỉnh Quảng Ninh', 'c06742'], ['12 Lê Lợi, xã Hải Ninh, TP Móng Cái', 'c06733'],
      ['Phường 1, Quận 3', 'c27160'], ['P1 Q3 TPHCM', 'c27160'], ['P.01, Q.3, Sài Gòn', 'c27160'], ['Ward 1, District 3, HCMC', 'c27160'],
      ['x. Tân Lập, h. Đan Phượng, HN', 'c09820'], ['xã Tân Lập, huyện Đan Phượng, Thành phố Hà Nội', 'c09820'], ['Pù Nhi, Mường Lát, Thanh Hóa', 'c14863'],
      ['BR-VT', 'p77'], ['HN', 'p01'], ['SG', 'p79'], ['quangninh', 'p22'], ['Quang Ninh Province', 'p22'], ['Quảng Ninh, Việt Nam', 'p22'], ['Ðồng Tháp', 'p82'],
      ['Hai Nihn, Quang Ninh', 'c06733'], ['Thôn 99, Hải Ninh, Quảng Ninh', 'c06733'], ['Côn Đảo, Bà Rịa - Vũng Tàu', 'c26732'], ['Côn Đảo, TP HCM', 'c26732'], ['Đông Sơn, Thanh Hoá', 'c16378'], ['06733', 'c06733'],
    ])('%s names first %s', async (line, id) => expect((await found(line))[0]).toBe(id))

    it.each([
      ['Q1 HCM', 'quan 1'], ['Quận 1, TP HCM', 'quan 1'], ['12 Nguyễn Huệ, Q.1, Sài Gòn', 'quan 1'], ['12 Nguyễn Huệ, Q.1', 'quan 1'], ['Lê Lợi, Quận 1', 'quan 1'], ["Ia H'Drai, Kon Tum", 'ia hdrai'], ["huyện Ia H' Drai, tỉnh Kon Tum", 'ia hdrai'], ['huyện Đống Đa cũ, Hà Nội', 'dong da'], ['thành phố Vinh', 'vinh'], ['TP Thái Bình', 'thanh pho thai binh'], ['TX Hồng Lĩnh', 'thi xa hong linh'], ['Thị xã Sơn Tây', 'thi xa son tay'], ['Quận Bình Thạnh, TP Hồ Chí Minh', 'quan binh thanh'], ['Dalat', 'dalat'],
    ])('%s, a district of before, names first the communes that lay in it', async (line, district) => {
      const first = (await found(line, true)).slice(0, 2)
      expect(await rows('select id from area where id = any ($1) and $2 = any (lies_in)', [first, district])).toHaveLength(first.length)
      expect(first).toHaveLength(2)
    })

    it.each([['xã Tân Lập, huyện Đan Phượng, Hà Nội', 'c09817'], ['Phường 1, Quận 3', 'c27154']])('of before, %s, leads to what it is today', async (line, id) => {
      expect((await found(line, true))[0]).toBe(id)
    })

    it('that fits several lists all of them, and always in one order', async () => {
      const ids = await found('Tân Lập')
      expect(await rows(`select id from area where valid_to is null and kind = 'COMMUNE' and fold_place(name) = 'tan lap' and not id = any ($1)`, [ids])).toEqual([])
      expect(await found('tan lap')).toEqual(ids)
    })

    it('of a district of before lists the communes that lay in it', async () => {
      expect(await found('Quận 3', true)).toContain('c27154')
    })

    it('keeps one number from another', async () => {
      const ids = await found('Phường 1, Quận 3')
      expect(await rows(`select id from area where id = any ($1) and name <> '1' and not '1' = any (string_to_array(replace(array_to_string(former_names, ' '), 'phuong ', ''), ' '))`, [ids])).toEqual([])
    })
  })

  it.each([
    [`search like '%' || $1 || '%'`, 'area_search_trgm'], ['names && array[$1]', 'area_names_gin'], ['former_names && array[$1]', 'area_former_names_gin'], ['lies_in && array[$1]', 'area_lies_in_gin'],
  ])('reads %s from an index', async (condition, index) => {
    const plan = await rows<{ 'QUERY PLAN': string }>(`explain select id from area where ${condition}`, ['mong cai'])
    expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain(index)
  })
})
