// The walls in the database: policies say what visibility.ts says, facts stand, quantities move through facts alone.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { visibility } from '../../server/src/access/visibility.ts'
import { type Database, connect } from '../../server/src/platform/db.ts'
import { type FreshDatabase, freshDatabase } from '../support/db.ts'

let database: FreshDatabase
let owner: pg.Client
let db: Database

beforeAll(async () => {
  database = await freshDatabase()
  owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  db = await connect(database.ownerUrl)
})
afterAll(async () => {
  await db?.close()
  await owner?.end()
  await database?.drop()
})

describe('row-level security', () => {
  it('is on for every table that the app can reach', async () => {
    const { rows } = await owner.query<{ relname: string }>(`
      select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and not relrowsecurity
        and has_table_privilege('chungtay_app', oid, 'select,insert,update,delete')`)
    expect(rows.map((row) => row.relname)).toEqual([])
  })

  it.each(Object.entries(visibility))('lets read of %s what visibility.ts says', async (table, predicate) => {
    await owner.query('begin')
    try {
      await owner.query(`create policy probe on ${table} for select to chungtay_app using (${predicate(table)})`)
      const { rows } = await owner.query<{ polname: string; says: string }>(
        `select polname, pg_get_expr(polqual, polrelid) as says from pg_policy where polrelid = $1::regclass and polname in ('visible', 'probe')`, [table])
      const said = Object.fromEntries(rows.map((row) => [row.polname, row.says]))
      expect(said.visible).toBeDefined()
      expect(said.visible).toBe(said.probe)
    } finally {
      await owner.query('rollback')
    }
  })

  it('lets the app read tables through policies named in visibility.ts only', async () => {
    const { rows } = await owner.query<{ relname: string }>(`
      select distinct relname from pg_policy join pg_class on pg_class.oid = polrelid
      where polcmd = 'r' and 'chungtay_app'::regrole = any (polroles) order by 1`)
    expect(rows.map((row) => row.relname)).toEqual(Object.keys(visibility).sort())
  })

  it.each(['chungtay_app', 'chungtay_gate', 'chungtay_public'])('cannot be bypassed by %s, which owns nothing', async (role) => {
    const { rows: [is] } = await owner.query(
      `select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as mighty,
              exists (select from pg_class where relowner = pg_roles.oid) as owns from pg_roles where rolname = $1`, [role])
    expect(is).toEqual({ mighty: false, owns: false })
  })
})

describe('the public role', () => {
  /** What its views leave empty: of every row, but for the party, which is only left out where it is not named. */
  const BLANK: Partial<Record<string, string[]>> = {
    pledge: ['message', 'party_id', 'transfer_code'],
    pledge_line: ['party_id'],
    adoption: ['contact_name', 'contact_phone', 'officer_name', 'party_id', 'reason'],
    event: ['actor_id', 'allocation_id', 'delivery_id', 'household_id', 'need_id', 'outcome_id', 'party_id'],
  }
  const both = async <R extends pg.QueryResultRow>(sql: string) =>
    [(await db.open.query<R>(sql)).rows, (await db.pool.query<R>(sql)).rows] as const

  it.each(Object.keys(visibility))('sees of %s what the app may read for a visitor, but for what is blank', async (table) => {
    const { rows } = await owner.query<{ name: string }>(`
      select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
        and has_column_privilege('chungtay_app', attrelid, attnum, 'select') and attname <> all ($2)`, [table, BLANK[table] ?? []])
    const row = `row(${rows.map(({ name }) => name).join(', ')})::text`
    const [seen, allowed] = await both(`select count(*), md5(string_agg(${row}, ' ' order by ${row} collate "C")) as digest from ${table}`)
    expect(seen).toEqual(allowed)
  })

  it.each(Object.entries(BLANK))('sees of %s no %s, or what is shown to all', async (table, blank) => {
    const [seen, allowed] = await both<Record<string, unknown>>(`select ${blank!.join(', ')} from ${table} order by id`)
    const differing = new Set<string>()
    for (const [i, row] of seen.entries()) {
      const different = blank!.filter((name) => row[name] !== allowed[i]![name])
      expect(different.map((name) => row[name])).toEqual(different.map(() => null))
      for (const name of different) differing.add(name)
    }
    expect([...differing].sort()).toEqual(blank)
    const named = seen.flatMap((row) => Object.keys(row).filter((name) => row[name] !== null))
    expect([...new Set(named)]).toEqual(table === 'pledge_line' ? [] : ['party_id']) // a line does not say whether its giver is named
  })

  it('has no right to anything but to read its views', async () => {
    const { rows } = await owner.query<{ what: string }>(`
      with relation as (select pg_class.oid, nspname || '.' || relname as name, relkind, nspname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname not in ('pg_catalog', 'information_schema', 'pg_toast')),
      power as (select unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as name)
      select power.name || ' ' || relation.name as what from relation, power
      where not (nspname = 'open' and relkind = 'v' and power.name = 'select')
        and case when relkind in ('r', 'p', 'v', 'm', 'f') then has_table_privilege('chungtay_public', oid, power.name)
          or (power.name in ('select', 'insert', 'update', 'references') and has_any_column_privilege('chungtay_public', oid, power.name)) end
      union all select 'use ' || name from relation where case when relkind = 'S' then has_sequence_privilege('chungtay_public', oid, 'usage, select, update') end
      union all select 'create in ' || nspname from pg_namespace where has_schema_privilege('chungtay_public', oid, 'create')
      union all select 'act as ' || roleid::regrole from pg_auth_members where member = 'chungtay_public'::regrole`)
    expect(rows.map(({ what }) => what)).toEqual([])
  })

  it('acts with the rights of another in three functions alone: areas by their names, the number of households as published, and how many of them kept a job', async () => {
    const { rows } = await owner.query<{ name: string }>(`
      select oid::regprocedure::text as name from pg_proc
      where prosecdef and pronamespace <> 'pg_catalog'::regnamespace and has_function_privilege('chungtay_public', oid, 'execute')`)
    expect(rows.map(({ name }) => name).sort()).toEqual(['areas_named(text,"AreaKind",boolean,ltree)', 'public_household_count(text)', 'public_job_target(text,integer)'])
  })
})

describe('facts', () => {
  it.each(['household_status', 'pledge_step', 'line_fact', 'receipt', 'outcome', 'task_escalation', 'animal_event', 'area_decision', 'consent', 'rights_change', 'event'])('of %s cannot be changed, not even by the owner', async (table) => {
    const { rows } = await owner.query<{ tgname: string; fires: string }>(
      `select tgname, pg_get_triggerdef(oid) as fires from pg_trigger where tgrelid = $1::regclass and tgfoid = 'forbid_change'::regproc order by 1`, [table])
    expect(rows.map((row) => row.fires.replace(/ ON .*$/, ''))).toEqual([
      'CREATE TRIGGER append_only BEFORE DELETE OR UPDATE', 'CREATE TRIGGER never_truncated BEFORE TRUNCATE'])
    await expect(owner.query(`truncate ${table} cascade`)).rejects.toThrow(/append-only/)
  })

  it('are the only way for the app to move a quantity', async () => {
    const { rows } = await owner.query<{ column: string }>(`
      select table_name || '.' || column_name as column from information_schema.column_privileges
      where grantee = 'chungtay_app' and privilege_type = 'UPDATE'
        and (table_name, column_name) in (select t, c from unnest(array['pledge_line', 'allocation', 'need']) t, unnest(array['promised', 'allocated', 'dispatched', 'received', 'settled']) c)
        and not (table_name = 'need' and column_name not in ('allocated', 'received'))`)
    expect(rows).toEqual([])
  })
})

describe('the gate', () => {
  it('cannot read a pledge', async () => {
    await expect(db.gate.query('select * from pledge')).rejects.toThrow(/permission denied/)
  })
  it('alone can read a password hash', async () => {
    await expect(db.pool.query('select password_hash from account')).rejects.toThrow(/permission denied/)
    await expect(db.gate.query('select password_hash from account')).resolves.toBeDefined()
  })
})

describe('the owner of the database', () => {
  it('must not be a superuser', async () => {
    const { rows: [me] } = await owner.query('select rolsuper from pg_roles where rolname = session_user')
    expect(me.rolsuper).toBe(false)
  })
})
