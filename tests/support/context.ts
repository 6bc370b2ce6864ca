// Asks the schema without HTTP, as anyone with an account of the demonstration.
import type pg from 'pg'
import { type Grant, type Viewer, viewerOf } from '../../server/src/access/viewer.ts'
import type { Context } from '../../server/src/graphql/context.ts'
import type { Config } from '../../server/src/platform/config.ts'
import type { Database } from '../../server/src/platform/db.ts'

/** The viewer that signing in makes. */
export async function viewerNamed(owner: pg.Client, login: string): Promise<Viewer> {
  const { rows } = await owner.query<Grant & { accountId: string; personId: string }>(
    `select account.id as "accountId", person_id as "personId", role, area_id as "areaId", area.path::text as "areaPath", party_id as "partyId", household_id as "householdId"
     from account join role_grant on account_id = account.id left join area on area.id = area_id where login = $1 and revoked_at is null`, [login])
  if (!rows[0]) throw new Error(`nobody signs in as ${login}`)
  const { accountId, personId } = rows[0]
  return viewerOf({ accountId, personId, sessionId: crypto.randomUUID(), rightsVersion: 1 }, rows)
}

export const silent = { info() {}, warn() {}, error() {} }

/** A context as the app makes one for each request. */
export const contextOf = (viewer: Viewer, db: Database, config: Config): Context =>
  ({ hub: { viewer, db, config, log: silent }, language: 'vi', network: null, userAgent: null, device: null, setDevice: null, setSession: null, feedHead: () => '812.0' })
