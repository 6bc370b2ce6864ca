// Data of a version before: what a later version refuses is still there after the upgrade, in the form of today where there is one.
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrate } from '../../server/src/platform/migrate.ts'
import { type FreshDatabase, freshDatabase } from '../support/db.ts'
import { HUGE } from '../support/edges.ts'

/** The last migration of the version before. */
const BEFORE = '20261122003660_every_task_climbs'
const MIGRATIONS = new URL('../../prisma/migrations/', import.meta.url)
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`

const TYPED = ['+84 912 345 678', '(+84) 203.388.1234', '0120 123 4567', '+44 7911 123456', '0912 345 678 (chị Hai)', '12']
const TODAY = ['0912345678', '02033881234', '0701234567', '+447911123456', '0912 345 678 (chị Hai)', '12']

let database: FreshDatabase
let owner: pg.Client

beforeAll(async () => {
  database = await freshDatabase('nothing')
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await asBefore()
  await writeBefore()
  await migrate(database.ownerUrl, () => {})
})
afterAll(async () => {
  await owner?.end()
  await database?.drop()
})

async function asBefore() {
  await owner.query(`create table _prisma_migrations (id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
    logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`)
  for (const migration of readdirSync(MIGRATIONS).filter((entry) => entry <= BEFORE).sort()) {
    const sql = readFileSync(new URL(`${migration}/migration.sql`, MIGRATIONS), 'utf8')
    await owner.query(`begin;${sql};commit`)
    await owner.query('insert into _prisma_migrations (id, checksum, migration_name, finished_at) values (gen_random_uuid(), $1, $2, now())', [createHash('sha256').update(sql).digest('hex'), migration])
  }
}

async function writeBefore() {
  await owner.query(`insert into area (id, kind, code, subtype, name, full_name, valid_from, path, history_complete, search) values
    ('p22', 'PROVINCE', '22', 'tỉnh', 'Quảng Ninh', 'Tỉnh Quảng Ninh', '2004-01-01', 'p22', true, 'tinh quang ninh'),
    ('c06733', 'COMMUNE', '06733', 'xã', 'Hải Ninh', 'Xã Hải Ninh', '2025-07-01', 'p22.c06733', true, 'xa hai ninh'),
    ('h06733_001', 'HAMLET', '001', 'thôn', '1', 'Thôn 1', '2025-07-01', 'p22.c06733.h06733_001', true, 'thon 1')`)
  await owner.query(`insert into support_kind (code, family, ordinal, name, name_en, unit, unit_name, unit_name_en, typical_cost, answers)
    values ('GOAT', 'LIVESTOCK', 1, 'Dê', 'Goat', 'head', 'con', 'head', 2000000, '{}')`)
  await owner.query(`insert into party (id, kind, name) values ('${id(1)}', 'BUSINESS', 'Công ty Trước Kia')`)
  await owner.query(`insert into party_contact (party_id, name, phone) values ('${id(1)}', '', $1)`, [TYPED[0]])
  for (const [n, phone] of TYPED.entries()) {
    await owner.query(`insert into household (id, code, area_id, head_name, phone, members, causes, wish) values ('${id(n + 1)}', '06733-001-00${n + 1}', 'h06733_001', 'Người Thử', $1, 4, '{}', '')`, [phone])
  }
  await owner.query(`insert into pledge (id, code, party_id, anonymous, area_id, expected_on, message, state, registered_at, verified_at)
    values ('${id(1)}', 'VNN00000000', '${id(1)}', false, 'h06733_001', '2027-01-01', '', 'VERIFIED', now(), now())`)
  await owner.query(`insert into pledge_line (id, pledge_id, ordinal, kind_code, detail) values ('${id(1)}', '${id(1)}', 1, 'GOAT', ''), ('${id(2)}', '${id(1)}', 2, 'GOAT', '')`)
  await owner.query(`insert into line_fact (line_id, stage, amount, reason) values ('${id(1)}', 'PROMISED', 5, ''), ('${id(1)}', 'PROMISED', ${HUGE}, 'sửa số lượng'), ('${id(2)}', 'PROMISED', 3, '')`)
  await owner.query(`insert into need (household_id, area_id, kind_code, detail, quantity, urgency, raised_at, verified_at) values ('${id(1)}', 'h06733_001', 'GOAT', '', ${HUGE}, 3, now(), now())`)
}

describe('data of a version before', () => {
  it('has telephones as they are spelt today, and what is none as it was typed', async () => {
    expect((await owner.query('select phone from household order by code')).rows.map(({ phone }) => phone)).toEqual(TODAY)
    expect((await owner.query('select phone from party_contact')).rows).toEqual([{ phone: TODAY[0] }])
  })

  it('has promises as they were before an amendment beyond all bounds, by a fact that says why', async () => {
    const facts = (await owner.query(`select amount, reason from line_fact where line_id = '${id(1)}' order by id`)).rows
    expect(facts.map(({ amount }) => amount)).toEqual(['5', String(HUGE), String(-HUGE)])
    expect(facts[2]!.reason).toContain('vượt quá mức có thể')
    expect((await owner.query('select promised from pledge_line order by ordinal')).rows).toEqual([{ promised: '5' }, { promised: '3' }])
    await owner.query('select fold_roll_ups()')
    expect((await owner.query(`select promised from roll_up where area_path = 'p22' and period = '-infinity'`)).rows).toEqual([{ promised: '8' }])
  })

  it('keeps a need beyond all bounds, and counts it nowhere', async () => {
    expect((await owner.query('select quantity from need')).rows).toEqual([{ quantity: String(HUGE) }])
    await owner.query('select fold_need_totals()')
    expect((await owner.query('select quantity from need_total where quantity <> 0')).rows).toEqual([])
  })

  it('holds everything that comes within the bounds', async () => {
    const { rows } = await owner.query(`select conname from pg_constraint where contype = 'c' and not convalidated and connamespace = 'public'::regnamespace order by conname`)
    expect(rows.map(({ conname }) => conname)).toEqual(['fact_amount_possible', 'need_quantity_possible'])
    await expect(owner.query(`insert into line_fact (line_id, stage, amount, reason) values ('${id(1)}', 'PROMISED', ${HUGE}, '')`)).rejects.toThrow('fact_amount_possible')
    await expect(owner.query(`update need set quantity = ${HUGE} + 1`)).rejects.toThrow('need_quantity_possible')
  })
})
