// What the migrations come to is printed in prisma/schema.sql, for whoever reads a change.
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { majorVersionOf, printDatabase } from '../../server/src/platform/print-database.ts'
import { type FreshDatabase, freshDatabase } from '../support/db.ts'

const PRINTED = readFileSync(new URL('../../prisma/schema.sql', import.meta.url), 'utf8')

let database: FreshDatabase
let owner: pg.Client
beforeAll(async () => {
  database = await freshDatabase()
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner?.end()
  await database?.drop()
})

/** Each version of PostgreSQL writes definitions out in its own way; what there is has the same names in all of them. */
const inAnyVersion = (text: string) => text.split('\n').filter((line) => /^(create (extension|schema|type|table|view) |alter table \S+ (enable|force) |grant )/.test(line))

it('is the database as it is (npm run generate)', async () => {
  const printedBy = Number(/PostgreSQL (\d+)/.exec(PRINTED)![1])
  const comparable = (await majorVersionOf(owner)) === printedBy ? (text: string) => text.split('\n') : inAnyVersion
  expect(comparable(PRINTED).length).toBeGreaterThan(200)
  expect(comparable(await printDatabase(owner))).toEqual(comparable(PRINTED))
})

it('shows every change: of a function, a policy, a trigger, a column, an index, a constraint, a view, a grant', async () => {
  const before = await printDatabase(owner)
  const unseen: string[] = []
  for (const change of [
    `create or replace function is_possible(amount bigint) returns boolean language sql immutable parallel safe as $$ select true $$`,
    `alter policy visible on pledge using (true)`, `alter table pledge disable row level security`, `drop trigger names on area`,
    `alter table pledge add column more text`, `drop index area_names_gin`, `alter table line_fact drop constraint fact_amount_possible`,
    `create or replace view open.party_contact as select * from public.party_contact where true`, `grant delete on pledge to chungtay_app`, `grant update (transfer_code) on pledge to chungtay_app`,
    `grant execute on function fold_roll_ups(int) to public`, `alter type "AreaKind" rename value 'HAMLET' to 'VILLAGE'`, `alter table pledge alter column message drop default`,
  ]) {
    await owner.query('begin')
    await owner.query(change)
    if ((await printDatabase(owner)) === before) unseen.push(change)
    await owner.query('rollback')
  }
  expect(unseen).toEqual([])
})
