// Fills a database with an invented commune, province or nation, in the shape and number of the real one: made in PostgreSQL by sets,
// the same for the same seed, all of it or nothing. The tables' own triggers rest meanwhile, so the sums they keep are written here.
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { inEn, inVi } from '../platform/number.ts'

export type Size = 'S' | 'M' | 'L'
export const SIZES: readonly Size[] = ['S', 'M', 'L']

export interface SeedReport {
  size: Size
  seed: number
  seconds: number
  /** Rows in each table that the data set fills, with those that were there before. */
  counts: Record<Table, number>
  /** Areas to look at, by id: each lies in the one before it. */
  places: { province: string; commune: string; hamlet: string; /** Beside `hamlet`; 2,000 pledges more aim at it. */ skewedHamlet: string }
}

export class AlreadySeeded extends Error {}

interface Extent {
  /** An area, or '' for the nation. */
  within: string
  /** Least and most a commune. */
  hamlets: string
  /** Nine in ten are on the list. */
  households: number
  pledges: number
  parties: number
  events: number
}

const PROVINCE = 'p22'
const COMMUNE = 'c06733'
const EXTENTS: Record<Size, Extent> = {
  S: { within: COMMUNE, hamlets: '30-30', households: 340, pledges: 400, parties: 2_000, events: 5_000 },
  M: { within: PROVINCE, hamlets: '15-39', households: 16_000, pledges: 6_000, parties: 4_000, events: 20_000 },
  L: { within: '', hamlets: '15-39', households: 1_000_000, pledges: 200_000, parties: 60_000, events: 50_000 },
}
const SKEWED_PLEDGES = 2_000

const TABLES = [
  'area', 'area_place', 'person', 'account', 'party', 'household', 'household_status', 'need', 'pledge', 'follow_code', 'pledge_step', 'pledge_line', 'allocation', 'delivery',
  'slip', 'receipt', 'line_fact', 'outcome', 'adoption', 'task', 'event', 'published_household_count',
] as const
type Table = (typeof TABLES)[number]

const sqlOf = (name: string) => readFileSync(new URL(`scale/${name}.sql`, import.meta.url), 'utf8')

/**
 * As the owner of a database that holds the reference data. `say` gets lines in both languages.
 * @throws AlreadySeeded when a data set is there.
 */
export async function seed(ownerUrl: string, { size, seed = 1, say = () => {} }: { size: Size; seed?: number; say?: (line: string) => void }): Promise<SeedReport> {
  const began = performance.now()
  const client = new pg.Client({ connectionString: ownerUrl, options: '-c TimeZone=UTC -c jit=off -c work_mem=64MB -c synchronous_commit=off' })
  await client.connect()
  try {
    await client.query('begin')
    await claim(client, `${size}/${seed}`)
    for (const table of TABLES) await client.query(`alter table ${table} disable trigger user`)
    await fill(client, EXTENTS[size], seed, say)
    for (const table of TABLES) await client.query(`alter table ${table} enable trigger user`)
    await client.query('commit')
    say('Đang dọn và đếm / Tidying and counting')
    await client.query(`vacuum analyze ${TABLES.join(', ')}`)
    const { rows: [counts] } = await client.query<Record<Table, number>>(`select ${TABLES.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`)
    const hamlet = COMMUNE.replace('c', 'h')
    return {
      size, seed, counts: counts!, seconds: Math.round((performance.now() - began) / 100) / 10,
      places: { province: PROVINCE, commune: COMMUNE, hamlet: `${hamlet}_502`, skewedHamlet: `${hamlet}_501` },
    }
  } finally {
    await client.end() // and what was not committed never was
  }
}

/** Holds the place of the one data set that a database can have. */
async function claim(client: pg.Client, digest: string): Promise<void> {
  const { rowCount } = await client.query(`insert into loaded_data (name, digest) values ('seed', $1) on conflict do nothing`, [digest])
  if (rowCount) return
  const { rows: [there] } = await client.query<{ digest: string }>(`select digest from loaded_data where name = 'seed'`)
  throw new AlreadySeeded(
    `Cơ sở dữ liệu này đã có bộ dữ liệu mẫu ${there!.digest}; hãy dùng một cơ sở dữ liệu mới. / ` +
      `This database already holds the data set ${there!.digest}; take a new database.`)
}

async function fill(client: pg.Client, extent: Extent, seed: number, say: (line: string) => void): Promise<void> {
  const set = (name: string, value: string | number) => client.query('select set_config($1, $2, true)', [`scale.${name}`, String(value)])
  const settings = { seed, ...extent, skewed: COMMUNE, skewed_pledges: SKEWED_PLEDGES }
  for (const [name, value] of Object.entries(settings)) await set(name, value)

  await client.query(sqlOf('ground'))
  const { rows: provinces } = await client.query<{ id: string; name: string; hamlets: number; households: number; pledges: number }>(`
    select area.id, area.full_name as name, count(*)::int as hamlets, sum(households)::int as households,
           (select sum(pledges)::int from commune where commune.province_id = area.id) as pledges
    from hamlet join area on area.id = hamlet.province_id group by area.id order by area.id`)
  const province = sqlOf('province')
  for (const [i, { id, name, hamlets, households, pledges }] of provinces.entries()) {
    say(`${i + 1}/${provinces.length} ${name}: ${inVi(hamlets)} thôn, ${inVi(households)} hộ, ${inVi(pledges)} cam kết / ${inEn(hamlets)} hamlets, ${inEn(households)} households, ${inEn(pledges)} pledges`)
    await set('province', id)
    await set('base', (i + 1) * 1e9)
    await client.query(province)
  }

  say('Tin mới, số liệu công bố, tổng theo địa bàn / News, published counts, totals by area')
  await client.query(sqlOf('feed'))
  await client.query('analyze area, household')
  for (const { id } of provinces) await client.query('select publish_household_counts($1)', [id])
  await client.query('select recount_roll_ups(), recount_need_totals()')
}
