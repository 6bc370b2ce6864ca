// What people do with their own account: sign in and out, register as a donor, end sessions, change the password.
import type { Hub } from '../../access/hub.ts'
import { notAllowed } from '../../access/policy.ts'
import type { PartyKind } from '../../generated/prisma/enums.ts'
import { keyOf } from '../../graphql/define.ts'
import { opensDemonstration } from '../../platform/config.ts'
import { conflict, invalid, notFound } from '../../platform/failure.ts'
import { atGate, onceAtGate } from './gate.ts'
import { type LimitName, forgive, limit } from './limits.ts'
import { hashPassword, isPassword } from './passwords.ts'
import { isPhone, loginIn, mustBeGoodPassword, mustBePhoneOrEmail, nameIn, passwordIn } from './rules.ts'
import { closeSession, forgetDevices, hashOf, isToken, openSession, rememberDevice } from './sessions.ts'

/** Where a request comes from. */
export interface Origin {
  network: string | null
  userAgent: string | null
  /** The browser's own token, by which an account knows it again; it opens nothing. */
  device: string | null
}

/** The tokens for the browser's cookies. */
export interface SignedIn {
  session: string
  device: string
}

/** The viewer's own account. @throws Forbidden for a visitor */
function ownAccount(hub: Hub): string {
  if (hub.viewer.accountId === null) throw notAllowed(hub.viewer)
  return hub.viewer.accountId
}

/**
 * Opens a session, and ends the one that the request came with. A browser that signed in to the account before has a count of wrong passwords
 * of its own, so that nobody's guesses elsewhere shut it out.
 * @throws InvalidInput, the same for a wrong login and a wrong password; Limited
 */
export async function signIn(hub: Hub, input: { login: string; password: string }, origin: Origin): Promise<SignedIn> {
  const login = loginIn(input.login)
  const deviceHash = isToken(origin.device) ? hashOf(origin.device) : null
  const { rows: [account] } = await hub.db.gate.query<{ id: string; passwordHash: string; knowsDevice: boolean }>(
    `select id, password_hash as "passwordHash", exists (select from known_device where account_id = account.id and token_hash = $2) as "knowsDevice"
     from account where login = $1 and disabled_at is null and ($3 or not is_demo)`, [login, deviceHash, opensDemonstration(hub.config)])
  const guess: [name: LimitName, address: string | null, subject: string] = account?.knowsDevice ? ['signInOnDevice', null, `${login} ${origin.device}`] : ['signIn', origin.network, login]
  await limit(hub, ...guess)
  if (!(await isPassword(account?.passwordHash ?? null, input.password))) {
    throw invalid('password', 'WRONG_LOGIN_OR_PASSWORD',
      'Tên đăng nhập hoặc mật khẩu chưa đúng. Nếu quên, hãy liên hệ cơ quan Mặt trận để được cấp lại.',
      'The login or the password is wrong. If you forgot it, ask the Front office to reset it.')
  }
  await forgive(hub, ...guess)
  const session = await openSession(hub.db, account!.id, origin.userAgent)
  const device = await rememberDevice(hub.db, account!.id, origin.device)
  await signOut(hub)
  return { session, device }
}

/** Ends the session that the request came with, if any. */
export async function signOut(hub: Hub): Promise<void> {
  const { accountId, sessionId } = hub.viewer
  if (accountId && sessionId) await closeSession(hub.db, accountId, sessionId)
}

/** Ends one of the viewer's sessions. @throws NotFound when none of theirs has this id */
export async function revokeSession(hub: Hub, input: { sessionId: string }): Promise<{ sessionId: string }> {
  const sessionId = keyOf('Session', input.sessionId, 'sessionId')
  if (!(await closeSession(hub.db, ownAccount(hub), sessionId))) throw notFound('phiên đăng nhập này', 'this session')
  return { sessionId }
}

/** Ends all of the viewer's sessions, this one too, and knows none of their browsers any longer. */
export async function signOutEverywhere(hub: Hub): Promise<void> {
  await hub.db.gate.query('update session set revoked_at = now() where account_id = $1 and revoked_at is null', [ownAccount(hub)])
  await forgetDevices(hub.db.gate, ownAccount(hub))
}

/** Sets another password and ends all other sessions. @throws InvalidInput, Conflict, Limited */
export async function changePassword(hub: Hub, input: { currentPassword: string; newPassword: string }): Promise<void> {
  const accountId = ownAccount(hub)
  const { rows: [account] } = await hub.db.gate.query<{ login: string; passwordHash: string }>(
    'select login, password_hash as "passwordHash" from account where id = $1', [accountId])
  if (!account) throw notAllowed(hub.viewer)
  const guess = ['changePassword', null, hub.viewer.sessionId ?? accountId] as const
  await limit(hub, ...guess)
  if (!(await isPassword(account.passwordHash, input.currentPassword))) {
    throw invalid('currentPassword', 'WRONG_PASSWORD', 'Mật khẩu hiện tại chưa đúng.', 'The current password is wrong.')
  }
  await forgive(hub, ...guess)
  mustBeGoodPassword(input.newPassword, account.login, 'newPassword')
  if (passwordIn(input.newPassword) === passwordIn(input.currentPassword)) {
    throw invalid('newPassword', 'SAME_PASSWORD', 'Mật khẩu mới phải khác mật khẩu hiện tại.', 'The new password must differ from the current one.')
  }
  const passwordHash = await hashPassword(input.newPassword)
  await atGate(hub, async (gate) => {
    // Behind a one-time password the account has no rights; with the new one they begin.
    const { rowCount } = await gate.query(
      `update account set password_hash = $3, rights_version = rights_version + must_change_password::int, must_change_password = false
       where id = $1 and password_hash = $2`, [accountId, account.passwordHash, passwordHash])
    if (rowCount !== 1) {
      throw conflict('PASSWORD_JUST_CHANGED', 'Mật khẩu vừa được đổi ở nơi khác. Hãy đăng nhập lại.', 'The password has just been changed elsewhere. Sign in again.')
    }
    await gate.query('update session set revoked_at = now() where account_id = $1 and id <> $2 and revoked_at is null', [accountId, hub.viewer.sessionId])
  })
}

export interface RegisterDonor {
  /** A telephone number or an e-mail address. */
  login: string
  password: string
  partyKind: PartyKind
  partyName: string
  /** Who speaks for the party; the party itself when absent. */
  contactName?: string | null
  idempotencyKey: string
}

// One statement: person, account, party, its contact and the grant stand or fall together.
const REGISTER = `
  with person as (insert into person (display_name) values ($1) returning id),
  account as (
    insert into account (person_id, login, password_hash) select id, $2, $3 from person on conflict (login) do nothing returning id
  ),
  party as (insert into party (kind, name) select $4::"PartyKind", $5 from account returning id),
  contact as (insert into party_contact (party_id, name, phone, email) select id, $1, $6, $7 from party)
  insert into role_grant (account_id, role, party_id) select account.id, 'DONOR', party.id from account, party`

/**
 * Opens an account for someone who wants to give, unless the login has one: then nothing is written. Which of the two it was is not
 * told, and takes the same work; signing in afterwards tells whoever knows the password.
 * @throws InvalidInput, Conflict for a key that was used for other content, Limited
 */
export async function registerDonor(hub: Hub, { password, idempotencyKey, ...input }: RegisterDonor, origin: Origin): Promise<void> {
  await limit(hub, 'register', origin.network)
  const login = loginIn(input.login)
  mustBePhoneOrEmail(login)
  mustBeGoodPassword(password, login)
  const partyName = nameIn('partyName', input.partyName)
  const contactName = input.contactName ? nameIn('contactName', input.contactName) : partyName
  const passwordHash = await hashPassword(password)
  // The password stays out of what is kept of the request: the hash of the request is a quick one.
  await onceAtGate(hub, { name: 'registerDonor', key: idempotencyKey, input }, async (gate) => {
    // The key stays used either way; a person without an account would stay, too.
    await gate.query('savepoint register')
    const { rowCount } = await gate.query(
      REGISTER, [contactName, login, passwordHash, input.partyKind, partyName, isPhone(login) ? login : null, isPhone(login) ? null : login])
    if (rowCount === 0) await gate.query('rollback to savepoint register')
    return {}
  })
}

export const loginTaken = () =>
  conflict('LOGIN_TAKEN', 'Tên đăng nhập này đã có tài khoản. Hãy đăng nhập, hoặc dùng tên khác.', 'This login has an account already. Sign in, or use another.')
