// Invented households for demonstration: the 57 near-poor ones of Móng Cái on 31/12/2023, of whom 12 left in the first quarter of 2024,
// and a few in three other cities. No name, decision or circumstance is anyone's. Safe to repeat: loaded once.
import type pg from 'pg'
import { codePrefix, householdCode } from '../features/households/rules.ts'
import { demoId } from './accounts.ts'

const STANDARD = 'MDP_2022_2025'

/** How many households each unit of then had, hamlet by hamlet, and how many of them left, as the report of 10/4/2024 prints them. */
const MONG_CAI: { code: string; hamlets: number[]; left: number }[] = [
  { code: '06751', hamlets: [3, 2, 1], left: 3 }, // Bình Ngọc
  { code: '06730', hamlets: [3, 1, 1], left: 1 }, // Hải Đông
  { code: '06757', hamlets: [1], left: 1 }, // Vĩnh Thực
  { code: '06745', hamlets: [1, 1], left: 1 }, // Hải Xuân
  { code: '06748', hamlets: [6], left: 1 }, // Vạn Ninh
  { code: '06733', hamlets: [5, 2], left: 2 }, // Hải Tiến
  { code: '06715', hamlets: [2, 1, 1], left: 1 }, // Ninh Dương
  { code: '06742', hamlets: [6, 1], left: 1 }, // Hải Hòa
  { code: '06721', hamlets: [2, 2], left: 1 }, // Trà Cổ
]
/** In the city, with no unit named. */
const CITY = { code: '194', households: 15 }
/** Of Móng Cái's 45 that remain, so many have a second need: 70 needs in all. */
const SECOND_NEEDS = 25

const OTHERS: { code: string; hamlets: Status[][] }[] = [
  { code: '28288', hamlets: [['NEAR_POOR', 'POOR', 'NEAR_POOR', 'NEAR_POOR', 'POOR', 'NEAR_POOR', 'NEWLY_ESCAPED'], ['NEAR_POOR', 'NEWLY_ESCAPED'], ['POOR']] }, // Mỹ Phong, Mỹ Tho
  { code: '03664', hamlets: [['POOR', 'POOR', 'NEAR_POOR', 'POOR', 'RELAPSED', 'NEAR_POOR', 'POOR'], ['POOR', 'NEAR_POOR', 'POOR'], ['NEWLY_ESCAPED', 'NEAR_POOR']] }, // Chiềng Xôm, Sơn La
  { code: '07222', hamlets: [['NEAR_POOR', 'NEAR_POOR', 'POOR', 'NEAR_POOR', 'NEAR_POOR'], ['NEAR_POOR', 'NEWLY_ESCAPED'], ['NEAR_POOR']] }, // Song Mai, Bắc Giang
]

type Status = 'POOR' | 'NEAR_POOR' | 'NEWLY_ESCAPED' | 'LEFT' | 'RELAPSED'

interface Profile {
  causes: string[]
  deprivations: string[]
  wish: string
  needs: [Need, Need]
}
type Need = [kind: string, quantity: number, detail: string, urgency: 1 | 2 | 3]

const PROFILES: Profile[] = [
  { causes: ['LACK_CAPITAL'], deprivations: ['SANITATION', 'TELECOM'], wish: 'Có vốn mở quầy rau và nuôi thêm gà.', needs: [['CASH_CAPITAL', 10_000_000, 'Vốn mở quầy rau ở chợ', 2], ['POULTRY', 100, 'Gà ta một tháng tuổi', 1]] },
  { causes: ['LACK_TOOLS'], deprivations: ['WATER', 'INFO_MEANS'], wish: 'Nuôi dê trên đồi sau nhà.', needs: [['GOAT', 4, 'Ba dê cái, một dê đực', 2], ['CASH_CAPITAL', 4_000_000, 'Làm chuồng dê', 2]] },
  { causes: ['LACK_SKILLS'], deprivations: ['EMPLOYMENT', 'ADULT_EDUCATION'], wish: 'Con gái học may để vào làm ở xưởng.', needs: [['VOCATIONAL_TRAINING', 1, 'May công nghiệp', 2], ['CASH_CAPITAL', 3_000_000, 'Tiền đi lại trong ba tháng học', 1]] },
  { causes: ['ILLNESS', 'LACK_LABOUR'], deprivations: ['DEPENDENTS', 'HEALTH_INSURANCE'], wish: 'Đỡ tiền thuốc, có việc nhẹ làm tại nhà.', needs: [['CASH_CAPITAL', 5_000_000, 'Vốn làm hàng thủ công tại nhà', 3], ['VOCATIONAL_TRAINING', 1, 'Đan lưới tại nhà', 1]] },
  { causes: ['LACK_TOOLS', 'LACK_CAPITAL'], deprivations: ['HOUSING_QUALITY', 'SANITATION'], wish: 'Nuôi bò sinh sản để có bê bán mỗi năm.', needs: [['COW', 1, 'Bò cái 18–24 tháng', 2], ['TECH_TRANSFER', 1, 'Chăm bò sinh sản', 1]] },
  { causes: ['LACK_KNOWLEDGE', 'LACK_CAPITAL'], deprivations: ['HOUSING_AREA', 'TELECOM'], wish: 'Biết cách nuôi lợn cho khỏi dịch.', needs: [['PIG', 4, 'Lợn giống 15 kg', 2], ['TECH_TRANSFER', 2, 'Nuôi lợn an toàn sinh học', 2]] },
  { causes: ['LACK_LAND'], deprivations: ['EMPLOYMENT', 'HOUSING_QUALITY'], wish: 'Có nghề để không phải đi làm thuê theo buổi.', needs: [['VOCATIONAL_TRAINING', 2, 'Sửa máy nổ, máy thuyền', 2], ['POULTRY', 150, 'Vịt đẻ', 1]] },
  { causes: ['LACK_CAPITAL', 'LACK_KNOWLEDGE'], deprivations: ['CHILD_SCHOOLING', 'SANITATION'], wish: 'Trồng rau sạch bán cho nhà hàng.', needs: [['TECH_TRANSFER', 2, 'Trồng rau an toàn', 1], ['CASH_CAPITAL', 6_000_000, 'Giống, lưới che, ống tưới', 2]] },
  { causes: ['LACK_TOOLS', 'OTHER'], deprivations: ['SANITATION', 'NUTRITION'], wish: 'Có trâu cày ruộng cho nhà mình và làm giúp bà con.', needs: [['BUFFALO', 1, 'Trâu cái tơ', 2], ['CASH_CAPITAL', 2_000_000, 'Mua cỏ giống', 1]] },
]
/** A poor household lacks three things or more. */
const POORER = ['HOUSING_AREA', 'HEALTH_INSURANCE', 'INFO_MEANS']

const FAMILIES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Bùi', 'Đặng', 'Ngô', 'Dương', 'Lý', 'Đinh', 'Lò', 'Phùng', 'Tằng']
const MEN = ['Văn Bảy', 'Văn Lượng', 'Đình Khoan', 'Văn Chắt', 'Xuân Tấn', 'Văn Thoan', 'Quý Đoài', 'Văn Nhẫn', 'Hữu Cường', 'Văn Mười']
const WOMEN = ['Thị Nụ', 'Thị Sáu', 'Thị Mơ', 'Thị Hến', 'Thị Lành', 'Thị Tươi', 'Thị Gái', 'Thị Xoan', 'Thị Duyên', 'Thị Thắm', 'Thị Ổi']
const nameOf = (n: number) => `${FAMILIES[(n * 7) % FAMILIES.length]} ${n % 2 ? WOMEN[(n * 3) % WOMEN.length] : MEN[(n * 3) % MEN.length]}`

interface Recognised {
  status: Status
  decisionNo: string
  decidedOn: string
  effectiveOn: string
  listYear: number
}
const recognised = (status: Status, decisionNo: string, decidedOn: string, effectiveOn: string): Recognised =>
  ({ status, decisionNo: `MINH-HOA-${decisionNo}`, decidedOn, effectiveOn, listYear: Number(effectiveOn.slice(0, 4)) })

/** What each list of the end of a year said until the status of today. */
const HISTORY: Record<Status, Status[]> = {
  POOR: ['POOR'], NEAR_POOR: ['NEAR_POOR'], NEWLY_ESCAPED: ['NEAR_POOR', 'NEWLY_ESCAPED'], RELAPSED: ['POOR', 'NEWLY_ESCAPED', 'RELAPSED'], LEFT: ['NEAR_POOR', 'LEFT'],
}
const byYears = (status: Status) =>
  HISTORY[status].map((each, i, all) => {
    const year = 2025 - (all.length - 1 - i)
    return recognised(each, `${year}/QD-UBND`, `${year}-12-20`, `${year}-12-31`)
  })

interface Plot {
  areaId: string
  prefix: string
}
interface Invented {
  plot: Plot
  statuses: Recognised[]
  needs: number
}

/** As the owner of the tables, on a connection that is in no transaction; after the areas with their invented hamlets, and the standards. */
export async function loadDemoHouseholds(client: pg.ClientBase): Promise<void> {
  await client.query('begin')
  try {
    const { rowCount } = await client.query(`insert into loaded_data (name, digest) values ('demo_households', '1') on conflict do nothing`)
    if (rowCount) await write(client)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function write(client: pg.ClientBase): Promise<void> {
  const households = [...(await mongCai(client)), ...(await elsewhere(client))]
  const counted = new Map<string, number>()
  const rows = households.map(({ plot, statuses, needs }, n) => {
    const number = (counted.get(plot.prefix) ?? 0) + 1
    counted.set(plot.prefix, number)
    const profile = PROFILES[n % PROFILES.length]!
    const isPoor = statuses.some(({ status }) => status === 'POOR')
    return {
      id: demoId(`household ${n}`), code: householdCode(plot.prefix, number), area_id: plot.areaId, head_name: nameOf(n), members: 2 + ((n * 3) % 5),
      causes: profile.causes, wish: profile.wish, statuses, needs: profile.needs.slice(0, needs), deprivations: [...profile.deprivations, ...(isPoor ? POORER : [])],
    }
  })
  await client.query(`
    insert into household (id, code, area_id, head_name, members, causes, wish, is_demo)
    select *, true from json_to_recordset($1) as r(id uuid, code text, area_id text, head_name text, members int, causes text[], wish text)`,
  [JSON.stringify(rows)])
  await client.query(`
    insert into household_status (id, household_id, status, standard_id, decision_no, decided_on, effective_on, list_year, recorded_at)
    select id, household, status, $2, "decisionNo", "decidedOn", "effectiveOn", "listYear", "effectiveOn"
    from json_to_recordset($1) as r(id uuid, household uuid, status "HouseholdStatus", "decisionNo" text, "decidedOn" date, "effectiveOn" date, "listYear" int)
    order by "effectiveOn"`,
  [JSON.stringify(rows.flatMap(({ id, statuses }) => statuses.map((each, i) => ({ id: demoId(`status ${i} of ${id}`), household: id, ...each })))), STANDARD])
  await client.query(`
    insert into household_deprivation (household_id, standard_id, indicator_code, recorded_on)
    select distinct household, $2, code, date '2025-12-20' from json_to_recordset($1) as r(household uuid, code text)`,
  [JSON.stringify(rows.flatMap(({ id, deprivations }) => deprivations.map((code) => ({ household: id, code })))), STANDARD])
  await client.query(`
    insert into need (id, household_id, area_id, kind_code, quantity, detail, urgency, raised_at, verified_at)
    select id, household, area_id, kind, quantity, detail, urgency, raised, raised + interval '3 days'
    from json_to_recordset($1) as r(id uuid, household uuid, area_id text, kind text, quantity bigint, detail text, urgency int, n int),
      lateral (select timestamptz '2026-09-01 02:00Z' + n * interval '11 hours' as raised) as at`,
  [JSON.stringify(rows.flatMap(({ id, area_id, needs }, n) => needs.map(([kind, quantity, detail, urgency], i) =>
    ({ id: demoId(`need ${i} of ${id}`), household: id, area_id, kind, quantity, detail, urgency, n }))))])
}

async function mongCai(client: pg.ClientBase): Promise<Invented[]> {
  const baseline = recognised('NEAR_POOR', '01/QD-UBND', '2023-12-20', '2023-12-31')
  const found: { plot: Plot; leaves: number | null }[] = []
  for (const { code, hamlets, left } of MONG_CAI) {
    const plots = await hamletsOf(client, code, '2024-03-31')
    const all = hamlets.flatMap((count, i) => Array<Plot>(count).fill(plots[i]!))
    // One after the other from the first hamlet on; the report gives no days, so they spread over the quarter.
    all.forEach((plot, i) => found.push({ plot, leaves: i < left ? i : null }))
  }
  const { rows: [city] } = await client.query<{ id: string; code: string; validTo: string }>(
    `select id, code, valid_to::text as "validTo" from area where kind = 'DISTRICT' and code = $1`, [CITY.code])
  for (let i = 0; i < CITY.households; i++) found.push({ plot: { areaId: city!.id, prefix: codePrefix(city!) }, leaves: null })

  const months = ['01', '02', '03'] as const
  let remaining = 0
  return found.map(({ plot, leaves }, n) => {
    if (leaves !== null) {
      const month = months[(n + leaves) % 3]!
      return { plot, needs: 0, statuses: [baseline, recognised('LEFT', `${10 + n}/QD-UBND`, `2024-${month}-15`, `2024-${month}-20`)] }
    }
    remaining++
    return { plot, needs: remaining <= SECOND_NEEDS ? 2 : 1, statuses: [baseline, recognised('NEAR_POOR', '02/QD-UBND', '2025-12-20', '2025-12-31')] }
  })
}

async function elsewhere(client: pg.ClientBase): Promise<Invented[]> {
  const invented: Invented[] = []
  for (const { code, hamlets } of OTHERS) {
    const plots = await hamletsOf(client, code, '2024-03-31')
    hamlets.forEach((statuses, i) => statuses.forEach((status) =>
      invented.push({ plot: plots[i]!, needs: status === 'NEWLY_ESCAPED' ? 0 : 1, statuses: byYears(status) })))
  }
  return invented
}

/** The invented hamlets that stood under a commune on a day, by number. */
async function hamletsOf(client: pg.ClientBase, communeCode: string, on: string): Promise<Plot[]> {
  const { rows } = await client.query<{ id: string; code: string }>(`
    select hamlet.id, hamlet.code
    from area commune
    join area_place place on place.parent_id = commune.id and $2::date between place.valid_from and coalesce(place.valid_to, 'infinity')
    join area hamlet on hamlet.id = place.area_id and hamlet.is_demo
    where commune.kind = 'COMMUNE' and commune.code = $1 and $2::date between commune.valid_from and coalesce(commune.valid_to, 'infinity')
    order by hamlet.id`, [communeCode, on])
  if (rows.length === 0) throw new Error(`No invented hamlet stood under commune ${communeCode} on ${on}: load the areas with them first`)
  return rows.map(({ id, code }) => ({ areaId: id, prefix: code }))
}
