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
})

/** SQL that tells the transaction who asks; always local to it. */
export const viewerSettings = (viewer: Viewer): string =>
  `select ${Object.entries(told(viewer)).map(([name, value]) => `set_config('app.${name}', ${pg.escapeLiteral(value)}, true)`).join(', ')}`

// A plan holds for every viewer and every value: with all policies in it, making one took ten times as long as running it.
const READER = `select ${Object.keys(told(visitor)).map((name, i) => `set_config('app.${name}', $${i + 1}, true)`).join(', ')},
  set_config('plan_cache_mode', 'force_generic_plan', true)`

/** The same for a transaction that only reads, prepared once a connection. */
export const readerSettings = (viewer: Viewer) => ({ name: 'reader', text: READER, values: Object.values(told(viewer)) })
