// What an administrator does with accounts: open them, grant and revoke roles, reset passwords, disable and enable.
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { codeInGroups } from '../../../../common/code-in-groups.ts'
import type { Answer, Hub } from '../../access/hub.ts'
import { mustBeAllowed } from '../../access/policy.ts'
import type { Role } from '../../access/viewer.ts'
import { keyOf } from '../../graphql/define.ts'
import { opensDemonstration } from '../../platform/config.ts'
import { conflict, forbidden, invalid, notFound } from '../../platform/failure.ts'
import { loginTaken } from './commands.ts'
import { atGate, onceAtGate } from './gate.ts'
import { CROCKFORD } from '../../platform/typed-code.ts'
import { hashPassword } from './passwords.ts'
import {
  SHORT_SESSION_ROLES, SHORT_SESSION_SECONDS, type Scope, areaKindOf, endedArea, loginIn, mustBeLogin, mustFitRole, nameIn,
} from './rules.ts'

/** 80 random bits, easy to read out and to type: abcd-efgh-jkmn-pqrs. */
const newOneTimePassword = () => codeInGroups(Array.from(randomBytes(16), (byte) => CROCKFORD[byte & 31]).join('')).toLowerCase()

/** What a role is held for, as Relay ids. */
export interface ScopeInput {
  areaId?: string | null
  partyId?: string | null
  householdId?: string | null
}

const scopeIn = (input: ScopeInput): Scope => ({
  areaId: input.areaId ? keyOf('Area', input.areaId, 'areaId') : null,
  partyId: input.partyId ? keyOf('Party', input.partyId, 'partyId') : null,
  householdId: input.householdId ? keyOf('Household', input.householdId, 'householdId') : null,
})

export interface OpenedAccount extends Answer {
  accountId: string
  /** Null when the same request is sent again, for it is stored nowhere. */
  oneTimePassword: string | null
}

/** Opens an account with one role. @throws InvalidInput, Conflict */
export async function createAccount(
  hub: Hub, { idempotencyKey, ...input }: ScopeInput & { displayName: string; login: string; role: Role; idempotencyKey: string },
): Promise<OpenedAccount> {
  mustBeAllowed(hub.viewer, 'account.manage')
  const scope = scopeIn(input)
  mustFitRole(input.role, scope)
  const oneTimePassword = newOneTimePassword()
  const opened = { ...await prepared(input, oneTimePassword), role: input.role, scope, grantedBy: hub.viewer.accountId }
  let isFresh = false
  const answer = await onceAtGate(hub, { name: 'createAccount', key: idempotencyKey, input }, async (gate) => {
    isFresh = true
    return { accountId: await openAccount(gate, opened) }
  })
  return { ...answer, oneTimePassword: isFresh ? oneTimePassword : null }
}

/** Opens an administrator's account; asks nobody's leave, so only for whoever owns the database. @returns the one-time password */
export async function createFirstAdmin(hub: Hub, input: { displayName: string; login: string }): Promise<string> {
  const oneTimePassword = newOneTimePassword()
  const opened = await prepared(input, oneTimePassword)
  await atGate(hub, (gate) => openAccount(gate, { ...opened, role: 'ADMIN', scope: scopeIn({}), grantedBy: null }))
  return oneTimePassword
}

/** Hashing takes a while, so it is done before the transaction. */
async function prepared({ displayName, login: typed }: { displayName: string; login: string }, password: string) {
  const login = loginIn(typed)
  mustBeLogin(login)
  return { displayName: nameIn('displayName', displayName), login, passwordHash: await hashPassword(password) }
}

async function openAccount(
  gate: pg.PoolClient,
  { displayName, login, passwordHash, role, scope, grantedBy }: {
    displayName: string; login: string; passwordHash: string; role: Role; scope: Scope; grantedBy: string | null
  },
): Promise<string> {
  const { rows: [account] } = await gate.query<{ id: string }>(
    `with opener as (select coalesce((select is_demo from account where id = $4), false) as is_demo),
          person as (insert into person (display_name, is_demo) select $1, is_demo from opener returning id, is_demo)
     insert into account (person_id, login, password_hash, must_change_password, is_demo) select id, $2, $3, true, is_demo from person
     on conflict (login) do nothing returning id`, [displayName, login, passwordHash, grantedBy])
  if (!account) throw loginTaken()
  await grant(gate, account.id, role, scope, grantedBy)
  return account.id
}

async function grant(gate: pg.PoolClient, accountId: string, role: Role, scope: Scope, grantedBy: string | null): Promise<void> {
  const { rows: [found] } = await gate.query<{ areaKind: string | null; areaName: string | null; endedIn: number | null; party: boolean; household: boolean }>(
    `select area.kind as "areaKind", area.full_name as "areaName", extract(year from area.valid_to)::int as "endedIn", exists (select from party where id = $2) as party,
            exists (select from household where id = $3) as household
     from (values (1)) one left join area on area.id = $1`, [scope.areaId, scope.partyId, scope.householdId])
  if (scope.areaId !== null && found!.areaKind !== areaKindOf(role)) {
    throw invalid('areaId', 'AREA_NOT_OF_ROLE', 'Vai trò này không thuộc cấp địa bàn đó. Hãy chọn đúng tỉnh, xã hoặc thôn.', 'This role is not held at that level. Choose a province, a commune or a hamlet as the role asks.')
  }
  if (found!.endedIn !== null) throw endedArea('areaId', found!.areaName!, found!.endedIn)
  if (scope.partyId !== null && !found!.party) throw notFound('bên ủng hộ này', 'this party')
  if (scope.householdId !== null && !found!.household) throw notFound('hộ này', 'this household')
  const { rows: [held] } = await gate.query<{ id: string }>(
    `insert into role_grant (account_id, role, area_id, party_id, household_id, granted_by)
     select $1::uuid, $2::"Role", $3, $4::uuid, $5::uuid, $6::uuid
     where not exists (select from role_grant where account_id = $1 and role = $2 and revoked_at is null
       and (area_id, party_id, household_id) is not distinct from ($3, $4, $5)) returning id`,
    [accountId, role, scope.areaId, scope.partyId, scope.householdId, grantedBy])
  if (!held) throw conflict('ROLE_ALREADY_HELD', 'Tài khoản này đã có vai trò đó.', 'This account holds this role already.')
  await gate.query(`select record_rights_change('GRANTED', $1)`, [held.id])
}

/** Tells whoever answers for a role of the account what was done to it: with the account, all that its roles read is opened or closed. */
const tellOfAccount = (gate: pg.PoolClient, accountId: string, what: 'PASSWORD_RESET' | 'DISABLED' | 'ENABLED') =>
  gate.query('select record_rights_change($2, id) from role_grant where account_id = $1 and revoked_at is null', [accountId, what])

/**
 * Marks that the account's rights changed, which every live connection of it hears of; it stays locked until the end of the transaction.
 * Whoever plays a demonstration knows its administrator's password, so that administrator manages the demonstration's accounts alone,
 * and where the demonstration is closed nobody opens anything to these.
 */
async function changeRights(hub: Hub, gate: pg.PoolClient, accountId: string, { opens }: { opens: boolean }): Promise<void> {
  const { rows: [account] } = await gate.query<{ isDemo: boolean; byDemo: boolean }>(
    `update account set rights_version = rights_version + 1 where id = $1
     returning is_demo as "isDemo", coalesce((select is_demo from account manager where manager.id = $2), false) as "byDemo"`, [accountId, hub.viewer.accountId])
  if (!account) throw notFound('tài khoản này', 'this account')
  if (account.byDemo && !account.isDemo) {
    throw forbidden('NOT_OF_THE_DEMONSTRATION', 'Quản trị viên minh họa chỉ quản lý tài khoản minh họa. Hãy mở một quản trị viên bằng `npm run admin`.', "The demonstration's administrator manages its accounts alone. Make an administrator with `npm run admin`.")
  }
  if (account.isDemo && opens && !opensDemonstration(hub.config)) {
    throw conflict('DEMONSTRATION_ACCOUNT', 'Đây là tài khoản minh họa, không dùng được ở đây. Hãy mở một tài khoản mới.', 'This account is part of the demonstration and opens nothing here. Open a new account.')
  }
}

/** Grants one more role. @throws NotFound, InvalidInput, Conflict, Forbidden for one's own account */
export async function grantRole(
  hub: Hub, { idempotencyKey, ...input }: ScopeInput & { accountId: string; role: Role; idempotencyKey: string },
): Promise<{ accountId: string }> {
  mustBeAllowed(hub.viewer, 'account.manage')
  const accountId = keyOf('Account', input.accountId, 'accountId')
  mustBeAnother(hub, accountId)
  const scope = scopeIn(input)
  mustFitRole(input.role, scope)
  return onceAtGate(hub, { name: 'grantRole', key: idempotencyKey, input }, async (gate) => {
    await changeRights(hub, gate, accountId, { opens: true })
    await grant(gate, accountId, input.role, scope, hub.viewer.accountId)
    if (SHORT_SESSION_ROLES.includes(input.role)) {
      await gate.query(
        `update session set expires_at = least(expires_at, now() + make_interval(secs => $2::int)) where account_id = $1 and revoked_at is null`,
        [accountId, SHORT_SESSION_SECONDS])
    }
    return { accountId }
  })
}

/** Takes a role away. @throws NotFound, Forbidden for one's own role of administrator */
export async function revokeRole(hub: Hub, input: { grantId: string }): Promise<{ accountId: string }> {
  mustBeAllowed(hub.viewer, 'account.manage')
  const grantId = keyOf('RoleGrant', input.grantId, 'grantId')
  return atGate(hub, async (gate) => {
    const { rows: [revoked] } = await gate.query<{ accountId: string; role: Role }>(
      'update role_grant set revoked_at = now() where id = $1 and revoked_at is null returning account_id as "accountId", role', [grantId])
    if (!revoked) throw notFound('vai trò này', 'this role')
    if (revoked.role === 'ADMIN') mustBeAnother(hub, revoked.accountId)
    await changeRights(hub, gate, revoked.accountId, { opens: false })
    await gate.query(`select record_rights_change('REVOKED', $1)`, [grantId])
    return { accountId: revoked.accountId }
  })
}

/** Gives the account a one-time password and ends its sessions. @throws NotFound, Forbidden for one's own account */
export async function resetPassword(hub: Hub, input: { accountId: string }): Promise<OpenedAccount> {
  mustBeAllowed(hub.viewer, 'account.manage')
  const oneTimePassword = newOneTimePassword()
  const passwordHash = await hashPassword(oneTimePassword)
  const { accountId } = await shutOut(hub, input.accountId, 'PASSWORD_RESET', 'password_hash = $2, must_change_password = true', [passwordHash])
  return { accountId, oneTimePassword }
}

/** Closes the account until it is enabled again, and ends its sessions. @throws NotFound, Forbidden for one's own account */
export const disableAccount = (hub: Hub, input: { accountId: string }) =>
  shutOut(hub, input.accountId, 'DISABLED', 'disabled_at = coalesce(disabled_at, now())', [])

async function shutOut(hub: Hub, id: string, what: 'PASSWORD_RESET' | 'DISABLED', change: string, values: string[]): Promise<{ accountId: string }> {
  mustBeAllowed(hub.viewer, 'account.manage')
  const accountId = keyOf('Account', id, 'accountId')
  mustBeAnother(hub, accountId)
  return atGate(hub, async (gate) => {
    await changeRights(hub, gate, accountId, { opens: what === 'PASSWORD_RESET' })
    await gate.query(`update account set ${change} where id = $1`, [accountId, ...values])
    await gate.query('update session set revoked_at = now() where account_id = $1 and revoked_at is null', [accountId])
    await tellOfAccount(gate, accountId, what)
    return { accountId }
  })
}

/** Opens a disabled account again, with the password it had. @throws NotFound */
export async function enableAccount(hub: Hub, input: { accountId: string }): Promise<{ accountId: string }> {
  mustBeAllowed(hub.viewer, 'account.manage')
  const accountId = keyOf('Account', input.accountId, 'accountId')
  return atGate(hub, async (gate) => {
    await changeRights(hub, gate, accountId, { opens: true })
    const { rowCount } = await gate.query('update account set disabled_at = null where id = $1 and disabled_at is not null', [accountId])
    if (rowCount === 1) await tellOfAccount(gate, accountId, 'ENABLED')
    return { accountId }
  })
}

/** Nobody shuts themselves out: so one administrator always stays. And nobody gives themselves anything: so each right has two people's names. */
function mustBeAnother(hub: Hub, accountId: string): void {
  if (accountId !== hub.viewer.accountId) return
  throw forbidden('OWN_ACCOUNT', 'Không thể tự làm việc này với tài khoản của chính mình. Hãy nhờ một quản trị viên khác.', 'This cannot be done to your own account. Ask another administrator.')
}
