// Rows of before the bounds: no command makes them any more, and a database may hold them.
import type pg from 'pg'

/** Takes the walls away while `write` runs, and puts them back for whatever comes after: NOT VALID, as they stand where such rows are. */
export async function beforeBounds(owner: pg.Client, write: () => Promise<unknown>): Promise<void> {
  const { rows: walls } = await owner.query<{ of: string; name: string; check: string }>(`
    select conrelid::regclass::text as of, conname as name, regexp_replace(pg_get_constraintdef(oid), ' NOT VALID$', '') as check
    from pg_constraint where contype = 'c' and conname like '%\\_possible' and connamespace = 'public'::regnamespace`)
  const { rows: guards } = await owner.query<{ of: string; name: string }>(`
    select tgrelid::regclass::text as of, tgname as name from pg_trigger where tgname like '%\\_possible' and not tgisinternal`)
  for (const { of, name } of walls) await owner.query(`alter table ${of} drop constraint ${name}`)
  for (const { of, name } of guards) await owner.query(`alter table ${of} disable trigger ${name}`)
  try {
    await write()
  } finally {
    await owner.query('rollback') // of whatever it left open
    for (const { of, name, check } of walls) await owner.query(`alter table ${of} add constraint ${name} ${check} not valid`)
    for (const { of, name } of guards) await owner.query(`alter table ${of} enable trigger ${name}`)
  }
}
