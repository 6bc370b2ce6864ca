// Who asks: an account with its grants, a slip, or a visitor; and how the database is told.
import pg from 'pg'

export type Role = 'DONOR' | 'HOUSEHOLD' | 'HAMLET_HEAD' | 'COMMUNE_OFFICER' | 'PROVINCE_OFFICER' | 'ADMIN'

export interface Grant {
  role: Role
  areaId: string | null
  areaPath: string | null
  partyId: string | null
  householdId: string | null
}

export interface Viewer {
  accountId: string | null
  personId: string | null
  sessionId: string | null
  slipId: string | null
  rightsVersion: number
  grants: Grant[]
  /** Paths (ltree) of the areas whose office the viewer holds; all below is theirs, too. */
  offices: string[]
  parties: string[]
  households: string[]
  /** Pledges opened by their follow code, for this operation only. */
  pledges: string[]
}

export const visitor: Viewer = Object.freeze({
  accountId: null,
  personId: null,
  sessionId: null,
  slipId: null,
  rightsVersion: 0,
  grants: [],
  offices: [],
  parties: [],
  households: [],
  pledges: [],
})

/** Nobody in particular: sees what everyone may see. */
export const isVisitor = (viewer: Viewer) =>
  viewer.accountId === null && viewer.personId === null &&
  viewer.offices.length + viewer.parties.length + viewer.households.length + viewer.pledges.length === 0

const OFFICE_ROLES: ReadonlySet<Role> = new Set(['HAMLET_HEAD', 'COMMUNE_OFFICER', 'PROVINCE_OFFICER'])

/** The viewer that an account's grants make. */
export function viewerOf(account: { accountId: string; personId: string; sessionId: string; rightsVersion: number }, grants: Grant[]): Viewer {
  const present = <T>(values: (T | null)[]) => [...new Set(values.filter((value) => value !== null))].sort() as T[]
  return {
    ...visitor,
    ...account,
    grants,
    offices: present(grants.filter((grant) => OFFICE_ROLES.has(grant.role)).map((grant) => grant.areaPath)),
    parties: present(grants.map((grant) => grant.partyId)),
    households: present(grants.map((grant) => grant.householdId)),
  }
}

export const hasRole = (viewer: Viewer, ...roles: Role[]) => viewer.grants.some((grant) => roles.includes(grant.role))

/** The viewer holds an office at the area of this path, or above it. */
export const holdsOfficeOver = (viewer: Viewer, path: string, ...roles: Role[]) =>
  viewer.grants.some(
    (grant) =>
      OFFICE_ROLES.has(grant.role) && (roles.length === 0 || roles.includes(grant.role)) &&
      grant.areaPath !== null && (path === grant.areaPath || path.startsWith(`${grant.areaPath}.`)),
  )

export const withPledges = (viewer: Viewer, pledgeIds: string[]): Viewer =>
  pledgeIds.length ? { ...viewer, pledges: [...new Set([...viewer.pledges, ...pledgeIds])].sort() } : viewer

/** Viewers of one key may see exactly the same rows, so that they may share a live feed. */
export const rightsKey = (viewer: Viewer) =>
  JSON.stringify([viewer.grants.map((grant) => grant.role).sort(), viewer.offices, viewer.parties, viewer.households, viewer.pledges, viewer.rightsVersion])

const told = (viewer: Viewer): Record<string, string> => ({
  account: viewer.accountId ?? '',
  person: viewer.personId ?? '',
  offices: viewer.offices.join(','),
  parties: viewer.parties.join(','),
  households: viewer.households.join(','),
  pledges: viewer.pledges.join(','),
  administers: hasRole(viewer, 'ADMIN') ? 'yes' : '',
})

/** SQL that tells the transaction who asks; always local to it. */
export const viewerSettings = (viewer: Viewer): string =>
  `select ${Object.entries(told(viewer)).map(([name, value]) => `set_config('app.${name}', ${pg.escapeLiteral(value)}, true)`).join(', ')}`

// It gives no row. A plan holds for every viewer and every value: with all policies in it, making one took ten times as long as running it.
const READER = `select where concat(${Object.keys(told(visitor)).map((name, i) => `set_config('app.${name}', $${i + 1}, true)`).join(', ')},
  set_config('plan_cache_mode', 'force_generic_plan', true), set_config('transaction_read_only', 'on', true)) is null`

const reader = (viewer: Viewer) => ({ name: 'reader', text: READER, values: Object.values(told(viewer)) })

/**
 * A statement that first tells who asks. Both travel in one message, and what stands between two Syncs of the extended protocol is one
 * transaction: the settings end with it. BEGIN and COMMIT as statements of their own took as long as a small read.
 */
class ReadAs<R extends pg.QueryResultRow> extends pg.Query<R> {
  constructor(viewer: Viewer, query: pg.QueryConfig, done: (error: Error | undefined, results: [pg.QueryResult, pg.QueryResult<R>]) => void) {
    super({ ...query, queryMode: 'extended' } as pg.QueryConfig, done as never)
    const { submit } = pg.Query.prototype
    this.submit = (connection) => {
      connection.stream.cork()
      try {
        const { name, values } = reader(viewer)
        connection.bind({ statement: name, values }, true)
        connection.execute({}, true)
        return submit.call(this, connection)
      } finally {
        connection.stream.uncork()
      }
    }
  }
}

const prepared = new WeakSet<pg.ClientBase>()

/** @returns the statement's rows, as the viewer may see them; it may only read */
export async function readAs<R extends pg.QueryResultRow>(pool: pg.Pool, viewer: Viewer, query: pg.QueryConfig): Promise<R[]> {
  const client = await pool.connect()
  try {
    if (!prepared.has(client)) {
      prepared.add(client)
      client.query(reader(viewer)).catch(() => prepared.delete(client)) // the statement fails with it, and says so
    }
    return await new Promise((resolve, reject) => {
      client.query(new ReadAs<R>(viewer, query, (error, results) => (error ? reject(error) : resolve(results[1].rows))))
    })
  } finally {
    client.release()
  }
}
