// The invented data sets: the same for the same seed, true to every rule of the tables, marked, and made once.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AlreadySeeded, type SeedReport, seed } from '../../server/src/demo/scale.ts'
import { followCodesIn } from '../../server/src/features/pledges/code.ts'
import { type FreshDatabase, freshDatabase } from '../support/db.ts'

const FILLED = [
  'area', 'area_place', 'person', 'account', 'party', 'household', 'household_status', 'need', 'pledge', 'pledge_step', 'pledge_line', 'allocation', 'delivery',
  'slip', 'receipt', 'line_fact', 'outcome', 'task', 'event', 'published_household_count', 'loaded_data',
]

let databases: FreshDatabase[]
let clients: pg.Client[]
let reports: SeedReport[]
let client: pg.Client
let unmarkedBefore: Record<string, number>

/** What is in each table, but for the transaction and the moment of writing. */
async function digests(of: pg.Client): Promise<Record<string, string>> {
  const { rows: [row] } = await of.query(`select ${FILLED.map((table) => `
    (select md5(string_agg(line, ',' order by line)) from (select md5((to_jsonb(${table}) - '{xid,loaded_at}'::text[])::text) as line from ${table}) lines) as ${table}`).join(', ')}`)
  return row
}

const MARKED = ['area', 'household', 'party', 'person', 'account', 'pledge']
const unmarked = async () => Object.fromEntries(await Promise.all(MARKED.map(async (table) => [table, await count(`${table} where not is_demo`)] as const)))

const count = async (condition: string) => (await client.query<{ n: number }>(`select count(*)::int as n from ${condition}`)).rows[0]!.n

beforeAll(async () => {
  databases = [await freshDatabase(), await freshDatabase()]
  clients = databases.map(({ ownerUrl }) => new pg.Client({ connectionString: ownerUrl }))
  client = clients[0]!
  for (const each of clients) await each.connect()
  unmarkedBefore = await unmarked()
  reports = []
  for (const { ownerUrl } of databases) reports.push(await seed(ownerUrl, { size: 'S', seed: 7 }))
})

afterAll(async () => {
  for (const each of clients) await each.end()
  for (const database of databases) await database.drop()
})

describe('a data set', () => {
  it('is the same for the same seed', async () => {
    expect(await digests(clients[1]!)).toEqual(await digests(client))
    expect(reports[1]!.counts).toEqual(reports[0]!.counts)
  })

  it('has the commune, the households and the pledges that its size says, and one hamlet with 2,000 more', async () => {
    const { commune, skewedHamlet } = reports[0]!.places
    expect(await count(`area join area_place on area_id = id where parent_id = '${commune}' and id > 'h06733_5'`)).toBe(30)
    expect(await count(`household where head_name like 'Hộ mẫu %' and is_listed(status)`)).toBeGreaterThan(280)
    expect(await count(`pledge where area_id = '${skewedHamlet}'`)).toBeGreaterThanOrEqual(2_000)
    expect(reports[0]!.counts.event).toBeGreaterThanOrEqual(5_000)
  })

  it('moves lines, allocations and needs by facts alone', async () => {
    const STAGES = ['PROMISED', 'ALLOCATED', 'DISPATCHED', 'RECEIVED', 'SETTLED'].map((stage) => `coalesce(sum(amount) filter (where stage = '${stage}'), 0)`)
    const differing = [
      `(select line.id from pledge_line line left join line_fact on line_id = line.id group by line.id having (promised, allocated, dispatched, received, settled) <> (${STAGES})) of_lines`,
      `(select allocation.id from allocation left join line_fact on allocation_id = allocation.id group by allocation.id
        having (allocated, dispatched, received, settled) <> (${STAGES.slice(1)})) of_allocations`,
      `(select need.id from need left join allocation on need_id = need.id group by need.id
        having (need.allocated, need.received) <> (coalesce(sum(allocation.allocated), 0), coalesce(sum(allocation.received), 0))) of_needs`,
      `(select delivery.id from delivery left join line_fact on delivery_id = delivery.id group by delivery.id, delivery.quantity, delivery.received
        having (quantity, received) <> (${[STAGES[2], STAGES[3]]})) of_deliveries`,
    ]
    for (const each of differing) expect(await count(each)).toBe(0)
    expect(await count(`line_fact where stage = 'SETTLED'`)).toBeGreaterThan(0)
  })

  it('keeps what the resting triggers would have kept, and wakes them again', async () => {
    for (const table of ['household', 'need', 'pledge', 'allocation', 'delivery', 'receipt', 'outcome', 'task', 'event']) {
      expect(await count(`${table} join area on area.id = area_id where area_path <> area.path`)).toBe(0)
    }
    expect(await count(`pledge_line line join pledge on pledge.id = pledge_id where (line.area_path, line.party_id, line.state) is distinct from (pledge.area_path, pledge.party_id, pledge.state)`)).toBe(0)
    expect(await count(`pledge_step step join pledge on pledge.id = pledge_id where (step.area_path, step.party_id) is distinct from (pledge.area_path, pledge.party_id)`)).toBe(0)
    expect(await count(`line_fact fact join pledge_line line on line.id = line_id where (fact.area_path, fact.party_id, fact.pledge_id) is distinct from (line.area_path, line.party_id, line.pledge_id)`)).toBe(0)
    expect(await count(`household where status <> status_on(id, '2026-11-20')`)).toBe(0)
    expect(await count(`receipt join delivery on delivery.id = delivery_id where (receipt.answer, receipt.received) is distinct from (delivery.answer, delivery.received)`)).toBe(0)
    expect(await count(`pg_trigger where not tgisinternal and tgenabled <> 'O'`)).toBe(0)
    expect(await count(`pg_constraint where not convalidated`)).toBe(0)
  })

  it('gives only where and what was asked for: same kind, within the target, verified on both sides', async () => {
    expect(await count(`allocation join pledge_line line on line.id = line_id join pledge on pledge.id = allocation.pledge_id join need on need.id = need_id
      where not (line.pledge_id = pledge.id and line.kind_code = need.kind_code and need.area_path <@ pledge.area_path and pledge.state = 'VERIFIED' and need.verified_at <= decided_at
        and pledge.verified_at <= decided_at and need.household_id = allocation.household_id)`)).toBe(0)
  })

  it('is marked as invented, row by row, and its accounts are closed', async () => {
    expect(await unmarked()).toEqual(unmarkedBefore)
    expect(await count(`area where full_name like '%(mẫu)' and is_demo`)).toBe(30)
    expect(await count(`account where login like 'mau.%' and disabled_at is null`)).toBe(0)
  })

  it('has follow codes that people can type', async () => {
    const { rows } = await client.query<{ code: string; transferCode: string }>(`
      select code, transfer_code as "transferCode" from pledge join follow_code on pledge_id = pledge.id where message like '%(mẫu)%'`)
    expect(rows.length).toBe(2_400)
    expect(rows.filter(({ code }) => code.length !== 20 || followCodesIn(code)[0] !== code)).toEqual([])
    expect(rows.filter(({ transferCode }) => !/^VNN\w{8}$/.test(transferCode) || followCodesIn(transferCode)[0] !== transferCode)).toEqual([])
  })

  it('is made once: a second one is refused and changes nothing', async () => {
    const before = await digests(client)
    await expect(seed(databases[0]!.ownerUrl, { size: 'S', seed: 8 })).rejects.toThrow(AlreadySeeded)
    await expect(seed(databases[0]!.ownerUrl, { size: 'S', seed: 8 })).rejects.toThrow(/S\/7.*S\/7/s)
    expect(await digests(client)).toEqual(before)
  })
})
