// Runs compiled statements: a visitor's as the public role, in one round trip; anyone else's as the viewer, with row-level security.
import { type Hub } from '../access/hub.ts'
import { type Viewer, isVisitor, viewerSettings } from '../access/viewer.ts'
import type { Compiled, Purpose } from './compile.ts'

/** What a viewer's statements are compiled for. */
export const purposeOf = ({ db }: Hub, viewer: Viewer): Purpose => ({ isPublic: isVisitor(viewer), required: db.required })

/** A plan holds for every viewer and every value: with all policies in it, making one took ten times as long as running it. */
const KEEPS_PLAN = `set_config('plan_cache_mode', 'force_generic_plan', true)`

/** @returns the statement's rows */
export async function run<R extends Record<string, any>>(hub: Hub, viewer: Viewer, { text, values }: Compiled): Promise<R[]> {
  const name = nameOf(text)
  const query = name === undefined ? { text, values } : { name, text, values }
  if (isVisitor(viewer)) return (await hub.db.open.query<R>(query)).rows
  const client = await hub.db.pool.connect()
  let broken: Error | undefined
  try {
    // Sent together: one snapshot with row-level security in one round trip.
    const [, result] = await Promise.all([client.query(`begin read only; ${viewerSettings(viewer)}, ${KEEPS_PLAN}`), client.query<R>(query), client.query('commit')])
    return result.rows
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => (broken = failure))
    throw error
  } finally {
    client.release(broken)
  }
}

// Connections keep what they prepared until they are renewed, so only the most used statements are given a name.
const PREPARED = 300
const names = new Map<string, string | undefined>()
let given = 0

/** A name from the second time on: planning a nested read costs as much as running it. */
function nameOf(text: string): string | undefined {
  const isKnown = names.has(text)
  const name = names.get(text) ?? (isKnown ? `read_${(given += 1)}` : undefined)
  names.delete(text)
  names.set(text, name)
  if (names.size > PREPARED) names.delete(names.keys().next().value!)
  return name
}
