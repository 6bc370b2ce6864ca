// Loads the areas of all times into the database, set by set. Safe to repeat: what is there already is left as it is.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type pg from 'pg'
import { assembleAreas } from './assemble.ts'
import { DATA, type FaultCounts, readFacts, readHamlets } from './facts.ts'

/** What this run wrote: nothing when all of it was there already. */
export interface AreaLoadReport {
  changed: boolean
  areas: number
  places: number
  successions: number
  faults: FaultCounts | null
}

const NOTHING: AreaLoadReport = { changed: false, areas: 0, places: 0, successions: 0, faults: null }

const upsertAreas = `
  insert into area (id, kind, code, subtype, name, full_name, name_en, valid_from, valid_to, path, history_complete, names, former_names, lies_in, is_demo)
  select * from json_to_recordset($1::json) as r(id text, kind "AreaKind", code text, subtype text, name text, full_name text, name_en text,
    valid_from date, valid_to date, path ltree, history_complete boolean, names text[], former_names text[], lies_in text[], is_demo boolean)
  on conflict (id) do update set (kind, code, subtype, name, full_name, name_en, valid_from, valid_to, path, history_complete, search, names, former_names, lies_in, is_demo) =
    (excluded.kind, excluded.code, excluded.subtype, excluded.name, excluded.full_name, excluded.name_en, excluded.valid_from, excluded.valid_to,
     excluded.path, excluded.history_complete, excluded.search, excluded.names, excluded.former_names, excluded.lies_in, excluded.is_demo)
  where area is distinct from excluded`

/** Hamlets that people added before areas had them. */
const nameAdded = `
  update area set names = added.names, lies_in = added.lies_in, search = '|' || array_to_string(added.names || fold_vi(area.code), '|') || '|'
  from (
    select hamlet.id, parent.names || parent.former_names || parent.lies_in as lies_in,
      array_remove(array(select distinct fold_place(name) from unnest(array[hamlet.full_name, hamlet.name]) name where name !~ '^\\s*\\d*\\s*$'), '') as names
    from area hamlet join area parent on nlevel(hamlet.path) > 1 and parent.id = ltree2text(subpath(hamlet.path, -2, 1))
    where hamlet.names = '{}') added
  where area.id = added.id`

const insertPlaces = `
  insert into area_place (area_id, parent_id, path, valid_from, valid_to)
  select * from json_to_recordset($1::json) as r(area_id text, parent_id text, path ltree, valid_from date, valid_to date)`

const insertSuccessions = `
  insert into area_succession (from_id, to_id, transfer, effective_on, basis)
  select * from json_to_recordset($1::json) as r(from_id text, to_id text, transfer "AreaTransfer", effective_on date, basis text)`

/**
 * As the owner of the tables, on a connection that is in no transaction; `demo` adds the invented hamlets.
 * About 13,400 areas; areas that the data no longer name stay where they are.
 */
export async function loadAreas(client: pg.Client | pg.PoolClient, { demo }: { demo: boolean }): Promise<AreaLoadReport> {
  const digest = digestOfSources(demo)
  await client.query('begin')
  let report = NOTHING
  try {
    await client.query(`select pg_advisory_xact_lock(hashtext('chungtay_areas'))`)
    const loaded = await client.query(`select from loaded_data where name = 'areas' and digest = $1`, [digest])
    if (!loaded.rowCount) report = await write(client, demo, digest)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
  // Entries of so many new rows wait in a list that the trigram index has to read through: 140 ms a search before, 2 ms after.
  if (report.changed) await client.query('vacuum analyze area, area_place, area_succession')
  return report
}

/** Of the data and of the code that makes rows of them: reading both takes 20 ms, making the rows 600 ms. */
function digestOfSources(demo: boolean): string {
  const code = ['rules.ts', 'fold.ts', 'facts.ts', 'units.ts', 'assemble.ts', 'addressing.ts', 'load.ts'].map((name) => new URL(name, import.meta.url))
  const hash = createHash('sha256').update(demo ? 'demo' : 'national')
  for (const file of [...Object.values(DATA), ...code]) hash.update(readFileSync(file))
  return hash.digest('hex')
}

async function write(client: pg.Client | pg.PoolClient, demo: boolean, digest: string): Promise<AreaLoadReport> {
  const facts = readFacts()
  const { areas, places, successions } = assembleAreas(facts, demo ? readHamlets() : null)
  const ids = areas.map(({ id }) => id)
  await client.query(upsertAreas, [JSON.stringify(areas)])
  await client.query(nameAdded)
  await client.query('delete from area_place where area_id = any($1)', [ids])
  await client.query(insertPlaces, [JSON.stringify(places)])
  await client.query('delete from area_succession where from_id = any($1)', [ids])
  await client.query(insertSuccessions, [JSON.stringify(successions)])
  await client.query(
    `insert into loaded_data (name, digest) values ('areas', $1) on conflict (name) do update set digest = excluded.digest, loaded_at = now()`, [digest])
  return { changed: true, areas: areas.length, places: places.length, successions: successions.length, faults: facts.faults }
}
