// Who is asking, in the API: the viewer with their sessions, accounts and roles, and slips for households.
import { visitor } from '../../access/viewer.ts'
import type { Context } from '../../graphql/context.ts'
import { builder } from '../../graphql/builder.ts'
import { type Row, command, connectionOf, idempotencyKey, pageArgs } from '../../graphql/define.ts'
import { opensDemonstration } from '../../platform/config.ts'
import { column, globalId, inline, instant, many, needs, one, page } from '../../graphql/read.ts'
import { isFoundIn } from '../../graphql/search.ts'
import { text } from '../../graphql/texts.ts'
import { createAccount, disableAccount, enableAccount, grantRole, resetPassword, revokeRole } from './accounts.ts'
import { type SignedIn, changePassword, registerDonor, revokeSession, signIn, signOut, signOutEverywhere } from './commands.ts'
import { accounts, areaOf } from './queries.ts'
import { resolveViewer } from './sessions.ts'
import { issueSlip } from './slips.ts'

// ── types ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const Role = builder.enumType('Role', {
  description: 'What an account may act as. Offices reach over the area they are held for and all below it.',
  values: {
    DONOR: { description: 'Gives, for a party.' },
    HOUSEHOLD: { description: 'Answers for a household.' },
    HAMLET_HEAD: { description: "Head of the hamlet's Front work board." },
    COMMUNE_OFFICER: { description: 'Front officer of a commune.' },
    PROVINCE_OFFICER: { description: 'Front officer of a province.' },
    ADMIN: { description: 'Manages accounts, and nothing else.' },
  } as const,
})

const RoleGrant = builder.objectRef<Row>('RoleGrant').implement({
  description: 'A role, and what it is held for.',
  fields: (t) => ({
    id: t.id(globalId('RoleGrant')),
    role: t.field({ type: Role, ...column('role') }),
    area: t.field({
      type: 'Area' as never, // by name: areas come after identity
      nullable: true, description: 'The area of an office.',
      // The gate knows no more of an area than its place; whoever asks for more is answered by two statements.
      ...needs({ areaId: 'area_id' }, { where: (row, { parent }) => `${row}.id = ${parent}.area_id` }),
      resolve: (row: Row, _args, context, info) => areaOf(row._areaId, context, info) as never,
    }),
    partyId: t.id({ nullable: true, description: 'The party of a donor.', ...column((row) => `'Party:' || ${row}.party_id`) }),
    householdId: t.id({ nullable: true, description: 'The household that the account answers for.', ...column((row) => `'Household:' || ${row}.household_id`) }),
    grantedAt: t.field({ type: 'DateTime', ...instant('granted_at') }),
  }),
})

const roles = () => many({
  from: (_bind, _args, parent) => `(select * from role_grant where account_id = ${parent}.id and revoked_at is null)`,
  orderBy: (row) => `${row}.granted_at, ${row}.id`, limit: 50,
})

export const Account = builder.objectRef<Row>('Account').implement({
  description: 'What someone signs in with. Only its owner and administrators see it.',
  fields: (t) => ({
    id: t.id(globalId('Account')),
    displayName: t.string({ ...column('display_name') }),
    login: t.string({ ...column('login') }),
    mustChangePassword: t.boolean({ description: 'It has a one-time password, which opens nothing but changePassword.', ...column('must_change_password') }),
    isDisabled: t.boolean({ ...column((row) => `${row}.disabled_at is not null`) }),
    isDemonstration: t.boolean({ description: 'Invented for demonstration.', ...column('is_demo') }),
    createdAt: t.field({ type: 'DateTime', ...instant('created_at') }),
    roles: t.field({ type: [RoleGrant], ...roles() }),
  }),
})

const Session = builder.objectRef<Row>('Session').implement({
  description: 'One browser that is signed in.',
  fields: (t) => ({
    id: t.id(globalId('Session')),
    createdAt: t.field({ type: 'DateTime', ...instant('created_at') }),
    lastSeenAt: t.field({ type: 'DateTime', description: 'To the minute.', ...instant('last_seen_at') }),
    expiresAt: t.field({ type: 'DateTime', description: 'Offices end after 12 hours; others 30 days after their last use.', ...instant('expires_at') }),
    userAgent: t.string({ description: 'What the browser calls itself.', ...column('user_agent') }),
    isCurrent: t.boolean({
      description: 'It is the session of this request.',
      ...needs({ id: 'id' }), resolve: (row: Row, _args, context) => row._id === context.hub.viewer.sessionId,
    }),
  }),
})

const Viewer = builder.objectRef<Row>('Viewer').implement({
  description: 'Who is signed in.',
  fields: (t) => ({
    account: t.field({ type: Account, ...inline() }),
    roles: t.field({ type: [RoleGrant], ...roles() }),
    sessions: t.field({
      type: [Session], description: 'Every browser that is signed in to the account, the latest first.',
      ...many({
        from: (_bind, _args, parent) => `(select * from session where account_id = ${parent}.id and revoked_at is null and expires_at > now())`,
        orderBy: (row) => `${row}.last_seen_at desc, ${row}.id`, limit: 100,
      }),
    }),
  }),
})

// ── queries ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const ownViewer = one({ atGate: true, from: accounts, where: (row) => `${row}.id = viewer_account()` })

builder.queryField('viewer', (t) =>
  t.field({ type: Viewer, nullable: true, authScopes: { may: 'public.read' }, description: 'Who is signed in; null for a visitor.', ...ownViewer }))

builder.queryField('accounts', (t) =>
  t.field({
    type: connectionOf(Account), authScopes: { may: 'account.manage' }, description: 'All accounts, by name.',
    args: { ...pageArgs(t), search: t.arg.string({ required: false, description: 'Part of a name or login, with or without diacritics; up to 80 characters.' }) },
    ...page({
      atGate: true,
      from: accounts,
      where: (row, { args, bind }) => isFoundIn(`${row}.display_name || ' ' || ${row}.login`, args.search, bind),
      order: [{ by: (row) => `${row}.display_name collate "vi-x-icu"`, type: 'text collate "vi-x-icu"' }, { by: (row) => `${row}.id`, type: 'uuid' }],
    }),
  }))

// ── one's own account ───────────────────────────────────────────────────────────────────────────────────────────────

/** From here on the operation, and the browser, go on as whom the token names: null for a visitor. */
async function goOnAs(context: Context, signedIn: SignedIn | null) {
  const token = signedIn?.session ?? null
  context.setSession?.(token)
  if (signedIn) context.setDevice?.(signedIn.device)
  context.hub = { ...context.hub, viewer: token === null ? visitor : await resolveViewer(context.hub.db, token, { demonstration: opensDemonstration(context.hub.config) }) }
}

const viewerField = (t: any) => ({
  viewer: t.field({
    type: Viewer, nullable: true, description: 'Who is signed in now.', extensions: ownViewer.extensions,
    resolve: (row: Row, args: any, context: Context, info: any) => (row.problem ? null : ownViewer.resolve(row, args, context, info)),
  }),
})

command('signIn', {
  description: 'Opens a session, kept in a cookie. A wrong login and a wrong password have the same answer.',
  access: 'session.open',
  input: (t) => ({ login: t.string({ ...text('address'), description: 'Telephone number, e-mail address, or the name that the office gave.' }), password: t.string(text('secret')) }),
  payload: viewerField,
  run: async (hub, input, context) => {
    await goOnAs(context, await signIn(hub, input, context))
    return {}
  },
})

command('signOut', {
  description: 'Ends the session of this request.',
  access: 'session.open',
  payload: viewerField,
  run: async (hub, _input, context) => {
    await signOut(hub)
    await goOnAs(context, null)
    return {}
  },
})

command('signOutEverywhere', {
  description: 'Ends every session of the account, this one too; open live connections are cut within a second.',
  access: 'session.own',
  payload: viewerField,
  run: async (hub, _input, context) => {
    await signOutEverywhere(hub)
    await goOnAs(context, null)
    return {}
  },
})

command('revokeSession', {
  description: "Ends one of the viewer's sessions.",
  access: 'session.own',
  input: (t) => ({ sessionId: t.id() }),
  payload: viewerField,
  run: async (hub, input, context) => {
    const { sessionId } = await revokeSession(hub, input)
    if (sessionId === hub.viewer.sessionId) await goOnAs(context, null)
    return {}
  },
})

command('changePassword', {
  description: 'Sets another password and ends all other sessions.',
  access: 'session.own',
  input: (t) => ({ currentPassword: t.string(text('secret')), newPassword: t.string({ ...text('secret'), description: 'At least 10 characters.' }) }),
  payload: viewerField,
  run: async (hub, input) => {
    await changePassword(hub, input)
    return {}
  },
})

command('registerDonor', {
  description:
    'Opens an account for someone who wants to give, for a party of their own; sign in afterwards. ' +
    'A login that has an account gets the same answer, and nothing is written: nobody learns whose telephone is known here.',
  access: 'session.open',
  input: (t) => ({
    login: t.string({ ...text('address'), description: 'A telephone number or an e-mail address.' }),
    password: t.string({ ...text('secret'), description: 'At least 10 characters.' }),
    partyKind: t.field({ type: 'PartyKind' as never }), // by name: parties come after identity
    partyName: t.string({ ...text('name'), description: 'Who gives.' }),
    contactName: t.string({ ...text('name'), required: false, description: 'Who speaks for the party; the party itself when absent.' }),
    idempotencyKey: idempotencyKey(t),
  }),
  payload: () => ({}),
  run: async (hub, input, context) => {
    await registerDonor(hub, input, context)
    return {}
  },
})

// ── accounts, for administrators ────────────────────────────────────────────────────────────────────────────────────

const accountField = (t: any) => {
  const { extensions, resolve } = one({ atGate: true, from: accounts, where: (row, { bind, source }) => `${row}.id = ${bind(source.accountId)}::uuid` })
  return {
    account: t.field({
      type: Account, nullable: true, extensions,
      resolve: (row: Row, args: any, context: Context, info: any) => (row.accountId ? resolve(row, args, context, info) : null),
    }),
  }
}
const oneTimePasswordField = (t: any) => ({
  ...accountField(t),
  oneTimePassword: t.string({
    nullable: true, resolve: (row: Row) => row.oneTimePassword ?? null,
    description: 'Shown once: hand it over in person. Null when the same request is sent again; then reset it.',
  }),
})
const scopeFields = (t: any) => ({
  role: t.field({ type: Role }),
  areaId: t.id({ required: false, description: 'For an office: a hamlet, a commune or a province as the role asks.' }),
  partyId: t.id({ required: false, description: 'For a donor.' }),
  householdId: t.id({ required: false, description: 'For a household.' }),
  idempotencyKey: idempotencyKey(t),
})
const accountIdField = (t: any) => ({ accountId: t.id() })

command('createAccount', {
  description: 'Opens an account with one role and a one-time password.',
  access: 'account.manage',
  input: (t) => ({ displayName: t.string({ ...text('name'), description: "The person's name." }), login: t.string(text('address')), ...scopeFields(t) }),
  payload: oneTimePasswordField,
  run: createAccount,
})

command('grantRole', {
  description: 'Grants one more role.',
  access: 'account.manage',
  input: (t) => ({ ...accountIdField(t), ...scopeFields(t) }),
  payload: accountField,
  run: grantRole,
})

command('revokeRole', {
  description: 'Takes a role away. Nobody takes the role of administrator from themselves.',
  access: 'account.manage',
  input: (t) => ({ grantId: t.id() }),
  payload: accountField,
  run: revokeRole,
})

command('resetPassword', {
  description: 'Gives the account a one-time password and ends its sessions.',
  access: 'account.manage',
  input: accountIdField,
  payload: oneTimePasswordField,
  run: resetPassword,
})

command('disableAccount', {
  description: 'Closes the account until it is enabled again, and ends its sessions.',
  access: 'account.manage',
  input: accountIdField,
  payload: accountField,
  run: disableAccount,
})

command('enableAccount', {
  description: 'Opens a disabled account again, with the password it had.',
  access: 'account.manage',
  input: accountIdField,
  payload: accountField,
  run: enableAccount,
})

// ── slips ───────────────────────────────────────────────────────────────────────────────────────────────────────────

command('issueSlip', {
  description: "Issues a paper slip for a household of the viewer's office. The household's earlier slip is void from then on.",
  access: 'slip.issue',
  input: (t) => ({ householdId: t.id(), idempotencyKey: idempotencyKey(t) }),
  payload: (t) => ({
    code: t.string({
      nullable: true, resolve: (row: Row) => row.code ?? null,
      description: 'ABCD-EFGH-JKMN, shown once. Null when the same request is sent again; then issue another.',
    }),
    url: t.string({ nullable: true, description: 'For the QR code.', resolve: (row: Row) => row.url ?? null }),
  }),
  run: issueSlip,
})
