// Who is let in: passwords, sessions, roles and slips, through the API and on real PostgreSQL.
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Hub } from '../../server/src/access/hub.ts'
import { type Viewer, visitor } from '../../server/src/access/viewer.ts'
import { createFirstAdmin } from '../../server/src/features/identity/accounts.ts'
import { limit } from '../../server/src/features/identity/limits.ts'
import { resolveViewer } from '../../server/src/features/identity/sessions.ts'
import { type OpenedSlip, issueSlip, openSlip, viewerOfSlip } from '../../server/src/features/identity/slips.ts'
import { type Database, connect } from '../../server/src/platform/db.ts'
import type { Failure } from '../../server/src/platform/failure.ts'
import { createLog } from '../../server/src/platform/log.ts'
import { networkOf, networksOf } from '../../server/src/platform/rate-limit.ts'
import { type TestApp, graphql, startApp } from '../support/app.ts'

let app: TestApp
let db: Database
let owner: pg.Client

const hubOf = (viewer: Viewer = visitor): Hub => ({ viewer, db, config: app.config, log: createLog('silent') })
const password = 'con trâu đi trước cái cày theo sau'
const household = randomUUID()
let admin: string

beforeAll(async () => {
  app = await startApp({ config: { publicUrl: 'https://hub.example', proxies: 1 } })
  db = app.db
  owner = new pg.Client({ connectionString: app.database.ownerUrl })
  await owner.connect()
  await owner.query(`
    insert into area (id, kind, code, subtype, name, full_name, valid_from, path, search) values
      ('x1', 'PROVINCE', 'x1', 'tỉnh', 'Thử', 'Tỉnh Thử', '2025-07-01', 'x1', 'thu'),
      ('x2', 'COMMUNE', 'x2', 'xã', 'Mẫu', 'Xã Mẫu', '2025-07-01', 'x1.x2', 'mau'),
      ('x3', 'HAMLET', 'x3', 'thôn', 'Một', 'Thôn Một', '2025-07-01', 'x1.x2.x3', 'mot'),
      ('x4', 'HAMLET', 'x4', 'thôn', 'Hai', 'Thôn Hai', '2025-07-01', 'x1.x2.x4', 'hai')`)
  await owner.query(`insert into household (id, code, area_id, head_name, members, causes) values ($1, 'Hộ 001', 'x3', 'Người Minh Họa', 4, '{}')`, [household])
  const oneTimePassword = await createFirstAdmin(hubOf(), { displayName: 'Bùi Văn Thử', login: 'quantri.thu' })
  admin = await settle('quantri.thu', oneTimePassword)
})
afterAll(async () => {
  await owner?.end()
  await app?.stop()
})

/** Sends an operation of schema/operations with the session's token. `cookie`: the token that the browser holds afterwards. */
async function ask(operation: string, variables: Record<string, unknown> = {}, token: string | null = null, network = '192.0.2.1', device: string | null = null) {
  const query = readFileSync(new URL(`../../schema/operations/${operation}.graphql`, import.meta.url), 'utf8')
  const { data, errors, cookie, headers } = await graphql(app, query, query.includes('$input') ? { input: variables } : variables, {
    cookie: [token && `__Host-chungtay=${token}`, device && `__Host-chungtay_device=${device}`].filter(Boolean).join('; ') || null, headers: { 'x-forwarded-for': network, 'user-agent': 'A browser for tests' },
  })
  const [answer] = Object.values(data ?? {}) as any[]
  return { answer, problem: answer?.problem ?? null, errors, headers, cookie: cookie === null ? token : cookie.slice('__Host-chungtay='.length) || null,
    device: /__Host-chungtay_device=([\w-]+)/.exec(headers.getSetCookie().join())?.[1] ?? null }
}

/** Signs in with a one-time password and sets the usual one. @returns the cookie */
async function settle(login: string, oneTimePassword: string): Promise<string> {
  const { cookie } = await ask('sign-in', { login, password: oneTimePassword })
  const { problem } = await ask('change-password', { currentPassword: oneTimePassword, newPassword: password }, cookie)
  expect(problem).toBeNull()
  return cookie!
}

let people = 0
async function newDonor() {
  const login = `0900${String(++people).padStart(6, '0')}`
  const network = `192.0.2.${people}`
  const made = await ask('register-donor', { login, password, partyKind: 'BUSINESS', partyName: `Doanh nghiệp thử ${people}`, idempotencyKey: randomUUID() }, null, network)
  expect(made.problem).toBeNull()
  const { answer, cookie } = await ask('sign-in', { login, password }, null, network)
  return { login, cookie: cookie!, accountId: answer.viewer.account.id as string }
}

async function newOfficer(role: string, areaId: string) {
  const login = `can.bo.${++people}`
  const made = await ask('create-account', { displayName: `Cán bộ thử ${people}`, login, role, areaId: `Area:${areaId}`, idempotencyKey: randomUUID() }, admin)
  expect(made.problem).toBeNull()
  return { login, accountId: made.answer.account.id as string, oneTimePassword: made.answer.oneTimePassword as string }
}

const isIn = async (cookie: string | null) => (await resolveViewer(db, cookie)).accountId !== null
const uuidOf = (id: string) => id.slice(id.indexOf(':') + 1)
const failureOf = (run: Promise<unknown>): Promise<Failure> => run.then(() => { throw new Error('it went through') }, (failure) => failure)

/** What the next notification on the channel says, once `run` has caused it. */
async function heard(channel: string, run: () => Promise<unknown>): Promise<string> {
  let hear: (payload: string) => void
  const payload = new Promise<string>((told) => (hear = told))
  const stop = await db.listen(channel, (said) => hear(said))
  try {
    await run() // the news may come before its answer
    return await payload
  } finally {
    await stop()
  }
}

describe('signing in', () => {
  it('names the viewer, with account, roles and this session', async () => {
    const { cookie, login } = await newDonor()
    const { answer } = await ask('viewer', {}, cookie)
    expect(answer).toMatchObject({
      account: { login, mustChangePassword: false },
      roles: [{ role: 'DONOR', area: null, partyId: expect.stringMatching(/^Party:/) }],
      sessions: [{ isCurrent: true, userAgent: 'A browser for tests' }],
    })
    expect((await ask('viewer')).answer).toBeNull()
  })

  it('knows a telephone number in every spelling', async () => {
    const { login } = await newDonor()
    const { problem, answer } = await ask('sign-in', { login: `+84 ${login.slice(1, 4)} ${login.slice(4)}`, password })
    expect(problem).toBeNull()
    expect(answer.viewer.account.login).toBe(login)
  })

  it('has one answer for a wrong login, a wrong password and a disabled account', async () => {
    const [donor, disabled] = [await newDonor(), await newDonor()]
    await ask('disable-account', { accountId: disabled.accountId }, admin)
    const answers = await Promise.all([
      ask('sign-in', { login: 'khong.co.ai', password }),
      ask('sign-in', { login: donor.login, password: 'sai mật khẩu rồi' }),
      ask('sign-in', { login: disabled.login, password }),
    ])
    expect(answers.map(({ answer, cookie }) => ({ answer, cookie }))).toEqual(Array(3).fill({
      answer: { viewer: null, problem: expect.objectContaining({ code: 'WRONG_LOGIN_OR_PASSWORD' }) }, cookie: null,
    }))
    expect(new Set(answers.map(({ problem }) => problem.message)).size).toBe(1)
  })

  it('takes a password in composed and decomposed letters alike', async () => {
    const { login } = await newDonor()
    expect((await ask('sign-in', { login, password: password.normalize('NFD') })).problem).toBeNull()
  })
})

describe('wrong passwords', () => {
  const right = (login: string, network: string, device: string | null = null) => ask('sign-in', { login, password }, null, network, device)
  const wrong = (login: string, network: string, device: string | null = null) => ask('sign-in', { login, password: 'không phải mật khẩu' }, null, network, device)
  const refused = expect.objectContaining({ __typename: 'Limited', code: 'TOO_MANY_ATTEMPTS' })
  let networks = 0
  const elsewhere = () => `2001:db8:${(0xa000 + ++networks).toString(16)}::1`

  it('of fifty at once from one network let ten through, then nobody there, and do not concern any other', async () => {
    const { login } = await newDonor()
    const guesses = await Promise.all(Array.from({ length: 50 }, () => wrong(login, '198.51.100.1')))
    expect(guesses.filter(({ problem }) => problem.code === 'WRONG_LOGIN_OR_PASSWORD')).toHaveLength(10)
    const { problem, cookie } = await right(login, '198.51.100.1')
    expect(problem).toEqual(refused)
    expect(problem.retryAfterSeconds).toBeGreaterThan(800)
    expect(cookie).toBeNull()
    expect((await right(login, '198.51.100.2')).problem).toBeNull()
  })

  it('shut nobody out by fifty requests: five officers, the administrator among them, sign in elsewhere and on their own computers', async () => {
    const people = [await newDonor(), await newDonor(), await newDonor(), await newDonor(), { login: 'quantri.thu' }]
    const devices = await Promise.all(people.map(async ({ login }) => (await right(login, elsewhere())).device))
    for (const { login } of people) for (let i = 0; i < 10; i++) await limit(hubOf(), 'signIn', '198.51.100.7', login)
    for (const [i, { login }] of people.entries()) {
      expect((await wrong(login, '198.51.100.7')).problem).toEqual(refused)
      expect((await right(login, elsewhere())).problem).toBeNull()
      expect((await right(login, '198.51.100.7', devices[i])).problem).toBeNull()
    }
  })

  it('on a browser that signed in before have a count of their own', async () => {
    const { login } = await newDonor()
    const [mine, other] = [(await right(login, '198.51.100.10')).device, (await right(login, '198.51.100.11')).device]
    for (let i = 0; i < 10; i++) expect((await wrong(login, elsewhere(), mine)).problem.code).toBe('WRONG_LOGIN_OR_PASSWORD')
    expect((await right(login, elsewhere(), mine)).problem).toEqual(refused)
    expect((await right(login, '198.51.100.10', other)).problem).toBeNull()
    expect((await right(login, '198.51.100.10')).problem).toBeNull()
  })

  it('count for a /64, a /56 and a /48, each wider one twice as often', async () => {
    const tries = async (address: (i: number) => string) => {
      const { login } = await newDonor()
      for (let i = 0; ; i++) {
        const failure = await limit(hubOf(), 'signIn', address(i), login).then(() => null, (refusal: Failure) => refusal)
        if (failure) return i
      }
    }
    expect(await tries((i) => `2001:db8:1:100::${i + 1}`)).toBe(10)
    expect(await tries((i) => `2001:db8:2:1${String(i).padStart(2, '0')}::1`)).toBe(20)
    expect(await tries((i) => `2001:db8:3:${(0x100 * (i + 1)).toString(16)}::1`)).toBe(40)
  })

  it('at many logins are limited for the network, but not for who signed in there before', async () => {
    const { login } = await newDonor()
    const { device } = await right(login, '198.51.100.20')
    for (let i = 0; i < 60; i++) await limit(hubOf(), 'signIn', '198.51.100.20', `khong.co.${i}`)
    expect((await right((await newDonor()).login, '198.51.100.20')).problem).toEqual(refused)
    expect((await right(login, '198.51.100.20', device)).problem).toBeNull()
  })

  it('that are refused lengthen no wait', async () => {
    const { login } = await newDonor()
    for (let i = 0; i < 10; i++) await limit(hubOf(), 'signIn', '198.51.100.30', login)
    const counts = async () => (await owner.query(`select points, expire from rate_limit where points = 10 or key like 'signIn total:%' order by key`)).rows
    const before = await counts()
    for (let i = 0; i < 5; i++) expect((await wrong(login, '198.51.100.30')).problem).toEqual(refused)
    expect(await counts()).toEqual(before)
    // Once the time has come, the database's clock lets everyone try again.
    await owner.query('update rate_limit set expire = 0 where points = 10')
    expect((await right(login, '198.51.100.30')).problem).toBeNull()
  })

  it('from everywhere leave an unknown network two guesses, and let whoever is right pass at once', async () => {
    const { login } = await newDonor()
    await right(login, '198.51.100.40') // a known network
    for (let i = 0; i < 100; i++) await limit(hubOf(), 'signIn', elsewhere(), login)
    const unknown = elsewhere()
    const answers = []
    for (let i = 0; i < 3; i++) answers.push((await wrong(login, unknown)).problem.code)
    expect(answers).toEqual(['WRONG_LOGIN_OR_PASSWORD', 'WRONG_LOGIN_OR_PASSWORD', 'TOO_MANY_ATTEMPTS'])
    expect((await right(login, elsewhere())).problem).toBeNull()
    for (let i = 0; i < 9; i++) await limit(hubOf(), 'signIn', '198.51.100.40', login)
    expect((await right(login, '198.51.100.40')).problem).toBeNull()
  })

  it('are counted once for all processes', async () => {
    const { login } = await newDonor()
    const other = await connect(app.database.ownerUrl)
    try {
      const hubs = [hubOf(), { ...hubOf(), db: other }]
      const all = await Promise.allSettled(Array.from({ length: 40 }, (_, i) => limit(hubs[i % 2]!, 'signIn', '198.51.100.50', login)))
      expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    } finally {
      await other.close()
    }
  })

  it('are forgotten where the password was right', async () => {
    const { login } = await newDonor()
    for (let i = 0; i < 15; i++) expect((await right(login, '198.51.100.60')).problem).toBeNull()
  })
})

describe('a browser that has signed in', () => {
  it('is known by a cookie that no script reads, that is stored nowhere, and that opens nothing', async () => {
    const { login } = await newDonor()
    const { headers, device } = await ask('sign-in', { login, password })
    expect(headers.getSetCookie()[1]).toMatch(/^__Host-chungtay_device=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=34560000$/)
    expect((await ask('viewer', {}, null, '192.0.2.1', device)).answer).toBeNull()
    expect(await isIn(device)).toBe(false)
  })

  it('keeps one token for all accounts that are used in it', async () => {
    const [first, second] = [await newDonor(), await newDonor()]
    const { device } = await ask('sign-in', { login: first.login, password })
    expect((await ask('sign-in', { login: second.login, password }, null, '192.0.2.1', device)).device).toBe(device)
    expect((await owner.query('select from known_device where account_id = any ($1) and token_hash = sha256($2)', [[first, second].map(({ accountId }) => uuidOf(accountId)), Buffer.from(device!)])).rowCount).toBe(2)
  })

  it('is a stranger again after signing out everywhere, and stays known after a reset of the password', async () => {
    const { login, accountId } = await newDonor()
    const { device, cookie } = await ask('sign-in', { login, password })
    const known = async () => (await owner.query('select from known_device where account_id = $1 and token_hash = sha256($2)', [uuidOf(accountId), Buffer.from(device!)])).rowCount
    await ask('reset-password', { accountId }, admin)
    expect(await known()).toBe(1)
    await settle(login, (await ask('reset-password', { accountId }, admin)).answer.oneTimePassword)
    const again = await ask('sign-in', { login, password }, null, '192.0.2.1', device)
    await ask('sign-out-everywhere', {}, again.cookie)
    expect(cookie).not.toBe(again.cookie)
    expect(await known()).toBe(0)
  })
})

describe('networks', () => {
  it('are an IPv4 address, or the /64, /56 and /48 that an IPv6 address lies in', () => {
    expect(networksOf('192.0.2.7')).toEqual(['192.0.2.7'])
    expect(networksOf('2001:db8:1:1234::5')).toEqual(['2001:db8:1:1234', '2001:db8:1:1200/56', '2001:db8:1/48'])
    expect(networksOf(null)).toEqual(['unknown'])
  })

  it('counts a customer of the Internet as one network', () => {
    expect(['192.0.2.7', '::ffff:192.0.2.7', '2001:db8::1', '2001:DB8:0:0:5::1', 'fe80::1%eth0', '::1', null].map(networkOf)).toEqual(
      ['192.0.2.7', '192.0.2.7', '2001:db8:0:0', '2001:db8:0:0', 'fe80:0:0:0', '0:0:0:0', 'unknown'])
  })
})

describe('registering as a donor', () => {
  const people = async () => (await owner.query<{ people: string; accounts: string; parties: string }>(
    'select (select count(*) from person) as people, (select count(*) from account) as accounts, (select count(*) from party) as parties')).rows[0]!

  it('makes one account however often it is sent, opens no session, and refuses the key for other content', async () => {
    const input = { login: 'Nguoi.Giup@Example.com', password, partyKind: 'PERSON', partyName: 'Người Giúp', idempotencyKey: randomUUID() }
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask('register-donor', input)))
    expect(answers.map(({ answer, cookie }) => ({ answer, cookie }))).toEqual(Array(5).fill({ answer: { problem: null }, cookie: null }))
    expect((await ask('register-donor', { ...input, partyName: 'Người Khác' })).problem.code).toBe('KEY_USED_FOR_OTHER_INPUT')
    const { rows } = await owner.query('select name, phone, email from party_contact where email is not null')
    expect(rows).toEqual([{ name: 'Người Giúp', phone: null, email: 'nguoi.giup@example.com' }])
    expect((await ask('sign-in', { login: input.login, password })).answer.viewer.roles).toMatchObject([{ role: 'DONOR', partyId: expect.stringMatching(/^Party:/) }])
  })

  it.each([
    ['a telephone', async () => (await newDonor()).login, '0988777666'],
    ['a telephone in another spelling', async () => `(+84) ${(await newDonor()).login.slice(1)}`, '(+84) 988 777 665'],
    ['an e-mail address', async () => {
      const login = `${randomUUID()}@example.com`
      await ask('register-donor', { login, password, partyKind: 'PERSON', partyName: 'Người Đầu', idempotencyKey: randomUUID() })
      return login
    }, 'moi.tinh@example.com'],
  ])('answers %s that has an account as one that has none, byte for byte, and writes nothing', async (_what, taken, free) => {
    const query = readFileSync(new URL('../../schema/operations/register-donor.graphql', import.meta.url), 'utf8')
    const register = async (login: string, key: string, partyName = 'Người Dò Hỏi') => {
      const { status, text, headers: sent } = await graphql(app, query, { input: { login, password: 'một câu khác hẳn', partyKind: 'PERSON', partyName, idempotencyKey: key } })
      const headers = new Headers(sent)
      headers.delete('date')
      headers.delete('x-request-id')
      return { status, text, headers: [...headers] }
    }
    const [login, keys] = [await taken(), [randomUUID(), randomUUID()] as const]
    const before = await people()
    const first = await register(login, keys[0])
    expect(await people()).toEqual(before)
    const other = await register(free, keys[1])
    expect(await people()).not.toEqual(before)
    expect(first).toEqual(other)
    // Sent again, and with the key for something else.
    expect(await register(login, keys[0])).toEqual(await register(free, keys[1]))
    const [reused, reusedOther] = [await register(login, keys[0], 'Tên Khác'), await register(free, keys[1], 'Tên Khác')]
    expect(reused.text).toContain('KEY_USED_FOR_OTHER_INPUT')
    expect(reused).toEqual(reusedOther)
    // Whoever had it keeps it, with the password it had.
    expect((await ask('sign-in', { login, password })).problem).toBeNull()
    expect((await ask('sign-in', { login, password: 'một câu khác hẳn' })).problem.code).toBe('WRONG_LOGIN_OR_PASSWORD')
  })

  it.each([
    [{ login: 'saomai' }, 'BAD_LOGIN', 'login'], [{ password: 'ngắn' }, 'PASSWORD_TOO_SHORT', 'password'],
    [{ password: '0911 222 333' }, 'PASSWORD_IS_LOGIN', 'password'], [{ partyName: ' ' }, 'BAD_NAME', 'partyName'],
  ])('refuses %j', async (wrong, code, field) => {
    const { problem, cookie } = await ask('register-donor', { login: '0911222333', password, partyKind: 'BANK', partyName: 'Ngân hàng thử', idempotencyKey: randomUUID(), ...wrong })
    expect(problem).toMatchObject({ __typename: 'InvalidInput', code, field })
    expect(cookie).toBeNull()
  })
})

describe('a session', () => {
  it('is listed, and ended one by one; live connections hear of it', async () => {
    const { login, cookie, accountId } = await newDonor()
    const other = (await ask('sign-in', { login, password })).cookie
    const { answer } = await ask('viewer', {}, cookie)
    expect(answer.sessions).toHaveLength(2)
    const foreign = answer.sessions.find((session: any) => !session.isCurrent)
    const told = await heard('chungtay_rights', () => ask('revoke-session', { sessionId: foreign.id }, cookie))
    expect(told).toBe(uuidOf(accountId))
    expect([await isIn(other), await isIn(cookie)]).toEqual([false, true])
    expect((await ask('revoke-session', { sessionId: foreign.id }, cookie)).problem.__typename).toBe('NotFound')
  })

  it("of another account cannot be ended, nor told from one that is not there", async () => {
    const [mine, theirs] = [await newDonor(), await newDonor()]
    const { answer } = await ask('viewer', {}, theirs.cookie)
    const [foreign, absent] = [await ask('revoke-session', { sessionId: answer.sessions[0].id }, mine.cookie), await ask('revoke-session', { sessionId: `Session:${randomUUID()}` }, mine.cookie)]
    expect(foreign.answer).toEqual(absent.answer)
    expect(await isIn(theirs.cookie)).toBe(true)
  })

  it('ends with signing out, which takes the cookie along', async () => {
    const { cookie } = await newDonor()
    const out = await ask('sign-out', {}, cookie)
    expect(out).toMatchObject({ answer: { viewer: null, problem: null }, cookie: null })
    expect(await isIn(cookie)).toBe(false)
    expect((await ask('sign-out')).problem).toBeNull()
  })

  it('ends everywhere at once', async () => {
    const { login, cookie } = await newDonor()
    const others = await Promise.all([1, 2, 3].map(() => ask('sign-in', { login, password })))
    await ask('sign-out-everywhere', {}, cookie)
    expect(await Promise.all([cookie, ...others.map((other) => other.cookie)].map(isIn))).toEqual([false, false, false, false])
  })

  it('is replaced, not joined, by signing in again in the same browser', async () => {
    const { login, cookie } = await newDonor()
    const again = await ask('sign-in', { login, password }, cookie)
    expect([await isIn(cookie), await isIn(again.cookie)]).toEqual([false, true])
  })

  it('does not outlive its account, even if nobody ended it', async () => {
    const { cookie, accountId } = await newDonor()
    await owner.query('update account set disabled_at = now() where id = $1', [uuidOf(accountId)])
    expect(await isIn(cookie)).toBe(false)
  })

  it("ends by the database's clock", async () => {
    const { cookie, accountId } = await newDonor()
    await owner.query(`update session set expires_at = now() where account_id = $1`, [uuidOf(accountId)])
    expect(await isIn(cookie)).toBe(false)
  })

  it('of a donor slides on for thirty days, at most one write a minute', async () => {
    const { cookie, accountId } = await newDonor()
    const state = async () => (await owner.query(
      `select round(extract(epoch from expires_at - now()) / 3600)::int as hours, xmin::text from session where account_id = $1`, [uuidOf(accountId)])).rows[0]
    await owner.query(`update session set expires_at = now() + interval '5 days', last_seen_at = now() - interval '2 minutes' where account_id = $1`, [uuidOf(accountId)])
    await resolveViewer(db, cookie)
    const touched = await state()
    expect(touched.hours).toBe(30 * 24)
    await resolveViewer(db, cookie)
    expect(await state()).toEqual(touched)
  })

  it('of an office ends after twelve hours, however much it is used', async () => {
    const { login, oneTimePassword, accountId } = await newOfficer('COMMUNE_OFFICER', 'x2')
    const cookie = await settle(login, oneTimePassword)
    await owner.query(`update session set last_seen_at = now() - interval '2 minutes', expires_at = expires_at - interval '5 hours' where account_id = $1`, [uuidOf(accountId)])
    await resolveViewer(db, cookie)
    const { rows } = await owner.query(`select round(extract(epoch from expires_at - now()) / 3600)::int as hours from session where account_id = $1`, [uuidOf(accountId)])
    expect(rows).toEqual([{ hours: 7 }])
  })
})

describe('changing the password', () => {
  it('ends all other sessions and keeps this one', async () => {
    const { login, cookie } = await newDonor()
    const other = (await ask('sign-in', { login, password })).cookie
    const changed = await ask('change-password', { currentPassword: password, newPassword: 'một câu khác hẳn câu trước' }, cookie)
    expect(changed.answer).toMatchObject({ problem: null, viewer: { sessions: [{ isCurrent: true }] } })
    expect([await isIn(cookie), await isIn(other)]).toEqual([true, false])
    expect((await ask('sign-in', { login, password })).problem.code).toBe('WRONG_LOGIN_OR_PASSWORD')
  })

  it('asks for the current one, and for a better one', async () => {
    const { cookie } = await newDonor()
    const codes = await Promise.all([
      { currentPassword: 'không phải mật khẩu', newPassword: 'một câu khác hẳn câu trước' },
      { currentPassword: password, newPassword: password.normalize('NFD') },
      { currentPassword: password, newPassword: 'matkhau123' },
    ].map(async (input) => (await ask('change-password', input, cookie)).problem.code))
    expect(codes).toEqual(['WRONG_PASSWORD', 'SAME_PASSWORD', 'PASSWORD_TOO_COMMON'])
  })

  it('is not for visitors', async () => {
    const { errors } = await ask('change-password', { currentPassword: password, newPassword: password })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'SIGN_IN_FIRST' })
  })
})

describe('guesses at the current password', () => {
  it('pause the session that makes them, and no other; guesses at the door do not count', async () => {
    const { login, cookie } = await newDonor()
    for (let i = 0; i < 10; i++) await limit(hubOf(), 'signIn', '192.0.2.1', login)
    const guess = (session: string | null) => ask('change-password', { currentPassword: 'không phải mật khẩu', newPassword: 'một câu khác hẳn câu trước' }, session)
    const other = (await ask('sign-in', { login, password }, null, '198.51.100.70')).cookie
    for (let i = 0; i < 10; i++) expect((await guess(other)).problem.code).toBe('WRONG_PASSWORD')
    expect((await guess(other)).problem).toMatchObject({ __typename: 'Limited', retryAfterSeconds: expect.any(Number) })
    expect((await ask('change-password', { currentPassword: password, newPassword: 'một câu khác hẳn câu trước' }, cookie)).problem).toBeNull()
  })
})

describe('an administrator', () => {
  it('opens accounts whose one-time password opens nothing but the change of it', async () => {
    const { login, oneTimePassword } = await newOfficer('HAMLET_HEAD', 'x3')
    expect(oneTimePassword).toMatch(/^[0-9a-z]{4}(-[0-9a-z]{4}){3}$/)
    const { cookie, answer } = await ask('sign-in', { login, password: oneTimePassword })
    expect(answer.viewer).toMatchObject({ account: { mustChangePassword: true }, roles: [{ role: 'HAMLET_HEAD', area: { id: 'Area:x3', fullName: 'Thôn Một' } }] })
    expect((await resolveViewer(db, cookie)).offices).toEqual([])
    await heard('chungtay_rights', () => ask('change-password', { currentPassword: oneTimePassword, newPassword: password }, cookie))
    expect((await resolveViewer(db, cookie)).offices).toEqual(['x1.x2.x3'])
  })

  it('is told the one-time password once, and the account again', async () => {
    const input = { displayName: 'Người Một Lần', login: 'mot.lan', role: 'PROVINCE_OFFICER', areaId: 'Area:x1', idempotencyKey: randomUUID() }
    const [first, second] = [await ask('create-account', input, admin), await ask('create-account', input, admin)]
    expect(first.answer.oneTimePassword).not.toBeNull()
    expect(second.answer).toEqual({ ...first.answer, oneTimePassword: null })
  })

  it.each([
    [{ role: 'HAMLET_HEAD', areaId: 'Area:x2' }, 'AREA_NOT_OF_ROLE'], [{ role: 'COMMUNE_OFFICER', areaId: 'Area:khong_co' }, 'AREA_NOT_OF_ROLE'],
    [{ role: 'COMMUNE_OFFICER' }, 'SCOPE_MISSING'], [{ role: 'ADMIN', areaId: 'Area:x1' }, 'SCOPE_NOT_OF_ROLE'], [{ role: 'DONOR', partyId: 'Area:x1' }, 'BAD_ID'],
    [{ role: 'DONOR', partyId: `Party:${randomUUID()}` }, 'NOT_FOUND'], [{ role: 'HOUSEHOLD', householdId: `Household:${randomUUID()}` }, 'NOT_FOUND'],
  ])('cannot give %j', async (role, code) => {
    const { problem } = await ask('create-account', { displayName: 'Người Thử', login: 'nguoi.thu', idempotencyKey: randomUUID(), ...role }, admin)
    expect(problem.code).toBe(code)
    expect((await owner.query(`select from account where login = 'nguoi.thu'`)).rowCount).toBe(0)
  })

  it('grants and revokes roles; rights count up and live connections hear of both', async () => {
    const { cookie, accountId } = await newDonor()
    const before = await resolveViewer(db, cookie)
    const input = { accountId, role: 'COMMUNE_OFFICER', areaId: 'Area:x2', idempotencyKey: randomUUID() }
    let granted: any
    expect(await heard('chungtay_rights', async () => (granted = await ask('grant-role', input, admin)))).toBe(uuidOf(accountId))
    const during = await resolveViewer(db, cookie)
    expect(during).toMatchObject({ offices: ['x1.x2'], rightsVersion: before.rightsVersion + 1 })
    expect((await ask('grant-role', input, admin)).answer).toEqual(granted.answer)
    expect((await ask('grant-role', { ...input, idempotencyKey: randomUUID() }, admin)).problem.code).toBe('ROLE_ALREADY_HELD')
    const { rows: [session] } = await owner.query(`select expires_at <= now() + interval '12 hours' as short from session where account_id = $1`, [uuidOf(accountId)])
    expect(session.short).toBe(true)
    const office = granted.answer.account.roles.find((role: any) => role.role === 'COMMUNE_OFFICER')
    expect(await heard('chungtay_rights', () => ask('revoke-role', { grantId: office.id }, admin))).toBe(uuidOf(accountId))
    expect(await resolveViewer(db, cookie)).toMatchObject({ offices: [], rightsVersion: before.rightsVersion + 2 })
    expect((await ask('revoke-role', { grantId: office.id }, admin)).problem.__typename).toBe('NotFound')
  })

  it('resets a password: sessions end, and a one-time password begins', async () => {
    const { login, cookie, accountId } = await newDonor()
    const { answer } = await ask('reset-password', { accountId }, admin)
    expect(await isIn(cookie)).toBe(false)
    expect((await ask('sign-in', { login, password })).problem.code).toBe('WRONG_LOGIN_OR_PASSWORD')
    await settle(login, answer.oneTimePassword)
  })

  it('disables and enables an account', async () => {
    const { login, cookie, accountId } = await newDonor()
    const { answer } = await ask('disable-account', { accountId }, admin)
    expect(answer.account.isDisabled).toBe(true)
    expect(await isIn(cookie)).toBe(false)
    await ask('enable-account', { accountId }, admin)
    expect((await ask('sign-in', { login, password })).problem).toBeNull()
    expect(await isIn(cookie)).toBe(false)
  })

  it('cannot shut themselves out', async () => {
    const { answer: { account, roles } } = await ask('viewer', {}, admin)
    const problems = [
      await ask('disable-account', { accountId: account.id }, admin), await ask('reset-password', { accountId: account.id }, admin),
      await ask('revoke-role', { grantId: roles[0].id }, admin),
    ].map(({ problem }) => problem.code)
    expect(problems).toEqual(['OWN_ACCOUNT', 'OWN_ACCOUNT', 'OWN_ACCOUNT'])
    expect((await ask('viewer', {}, admin)).answer.roles).toHaveLength(1)
  })

  it('finds accounts with or without diacritics, page by page, in one statement', async () => {
    for (const area of ['x3', 'x4', 'x3']) await newOfficer('HAMLET_HEAD', area)
    const queries = vi.spyOn(pg.Client.prototype, 'query')
    const first = await ask('accounts', { search: 'can bo thu', first: 2 }, admin)
    const reads = queries.mock.calls.map(([asked]) => String((asked as { text?: string }).text ?? asked)).filter((text) => text.includes(' as value'))
    queries.mockRestore()
    expect(reads).toEqual([expect.stringContaining('from account')])
    expect(first.answer.nodes.map((node: any) => node.roles[0].area.fullName)).toEqual(expect.arrayContaining([expect.stringMatching(/^(Thôn|Xã|Tỉnh)/)]))
    const second = await ask('accounts', { search: 'can bo thu', first: 2, after: first.answer.pageInfo.endCursor }, admin)
    const names = [...first.answer.nodes, ...second.answer.nodes].map((node: any) => node.displayName)
    expect(names).toEqual([...new Set(names)].sort(new Intl.Collator('vi').compare))
    expect(first.answer.totalCount).toBeGreaterThan(4)
    expect((await ask('accounts', { search: 'c_n%thu' }, admin)).answer.nodes).toEqual([])
  })

  const someone = { accountId: `Account:${randomUUID()}` }
  it.each([
    ['accounts', {}], ['create-account', { displayName: 'Ai Đó', login: 'ai.do', role: 'ADMIN', idempotencyKey: randomUUID() }],
    ['grant-role', { ...someone, role: 'ADMIN', idempotencyKey: randomUUID() }], ['revoke-role', { grantId: `RoleGrant:${randomUUID()}` }],
    ['reset-password', someone], ['disable-account', someone], ['enable-account', someone],
  ])('alone may do %s', async (operation, input) => {
    const { errors, answer } = await ask(operation, input, (await newDonor()).cookie)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'NOT_ALLOWED' })
    expect(answer ?? null).toBeNull()
  })
})

describe('a slip', () => {
  const headOf = async (area: string) => {
    const { login, oneTimePassword } = await newOfficer('HAMLET_HEAD', area)
    return settle(login, oneTimePassword)
  }
  let head: string
  beforeAll(async () => {
    head = await headOf('x3')
  })
  const issue = async () => {
    const { answer } = await ask('issue-slip', { householdId: `Household:${household}`, idempotencyKey: randomUUID() }, head)
    return answer.code as string
  }
  const open = (code: string, more: { deviceToken?: string; pin?: string; network?: string } = {}) =>
    openSlip(hubOf(), { code, deviceToken: null, pin: null, network: '203.0.113.1', ...more })
  const opened = (result: OpenedSlip) => {
    if (result.step !== 'open') throw new Error(`asked to ${result.step}`)
    return result
  }

  it('is issued once by the office of the household, printed in groups and as an address', async () => {
    const input = { householdId: `Household:${household}`, idempotencyKey: randomUUID() }
    const { answer } = await ask('issue-slip', input, head)
    expect(answer.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
    expect(answer.url).toBe(`https://hub.example/h/${answer.code.replaceAll('-', '')}`)
    expect((await ask('issue-slip', input, head)).answer).toEqual({ code: null, url: null, problem: null })
    const elsewhere = await headOf('x4')
    expect((await ask('issue-slip', { ...input, idempotencyKey: randomUUID() }, elsewhere)).problem.__typename).toBe('NotFound')
  })

  it('is not issued by whoever may merely see the household', async () => {
    const { login, oneTimePassword, accountId } = await newOfficer('HAMLET_HEAD', 'x4')
    await ask('grant-role', { accountId, role: 'HOUSEHOLD', householdId: `Household:${household}`, idempotencyKey: randomUUID() }, admin)
    const { problem } = await ask('issue-slip', { householdId: `Household:${household}`, idempotencyKey: randomUUID() }, await settle(login, oneTimePassword))
    expect(problem).toMatchObject({ __typename: 'Forbidden', code: 'NOT_ALLOWED' })
  })

  it('asks for a PIN at its first use, and opens nothing but its household', async () => {
    const code = await issue()
    expect(await open(code)).toMatchObject({ step: 'choosePin', code: code.replaceAll('-', '') })
    expect((await failureOf(open(code, { pin: '123456' }))).code).toBe('WEAK_PIN')
    const { viewer, deviceToken } = opened(await open(code, { pin: '40 17 36' }))
    expect(viewer).toMatchObject({ accountId: null, households: [household], offices: [], slipId: expect.any(String) })
    expect(await viewerOfSlip(hubOf(), { code: code.toLowerCase().replaceAll('-', ' '), deviceToken })).toEqual(viewer)
    expect(await viewerOfSlip(hubOf(), { code, deviceToken: 'x'.repeat(43) })).toBeNull()
    expect(await open(code, { deviceToken })).toMatchObject({ step: 'open', code: code.replaceAll('-', ''), viewer, deviceToken })
  })

  it('asks another device for the PIN, and then knows that device instead', async () => {
    const code = await issue()
    const first = opened(await open(code, { pin: '401736' }))
    expect(await open(code)).toMatchObject({ step: 'givePin' })
    expect((await failureOf(open(code, { pin: '401737' }))).code).toBe('WRONG_PIN')
    const second = opened(await open(code, { pin: '401736' }))
    expect(await viewerOfSlip(hubOf(), { code, deviceToken: second.deviceToken })).not.toBeNull()
    expect(await viewerOfSlip(hubOf(), { code, deviceToken: first.deviceToken })).toBeNull()
  })

  it('keeps the token of a telephone that opens the slips of several households', async () => {
    const first = opened(await open(await issue(), { pin: '401736' }))
    expect(opened(await open(await issue(), { pin: '401736', deviceToken: first.deviceToken })).deviceToken).toBe(first.deviceToken)
  })

  it('pauses the network that guesses, and never the household on its own device', async () => {
    const code = await issue()
    const { deviceToken } = opened(await open(code, { pin: '401736' }))
    const guess = (pin: string, network: string) => failureOf(open(code, { pin, network }))
    for (let i = 0; i < 5; i++) expect((await guess(`50000${i}`, '203.0.113.9')).code).toBe('WRONG_PIN')
    expect((await guess('401736', '203.0.113.9')).kind).toBe('Limited')
    expect((await open(code, { deviceToken, network: '203.0.113.9' })).step).toBe('open')
    expect((await guess('500005', '203.0.113.10')).code).toBe('WRONG_PIN')
    const many = await Promise.all(Array.from({ length: 60 }, (_, i) => guess('500006', `198.51.100.${i}`)))
    expect(many.filter((failure) => failure.code === 'WRONG_PIN')).toHaveLength(44)
    expect((await open(code, { deviceToken })).step).toBe('open')
  })

  it('waits for its PIN in networks where it was never opened, and not where it was, once strangers guessed fifty times', async () => {
    const code = await issue()
    opened(await open(code, { pin: '401736' }))
    opened(await open(code, { pin: '401736', network: '203.0.113.20' })) // another device: from now on a known network
    for (let i = 0; i < 50; i++) expect((await failureOf(open(code, { pin: '500006', network: `198.51.101.${i}` }))).code).toBe('WRONG_PIN')
    const stranger = await failureOf(open(code, { pin: '401736', network: '198.51.101.200' }))
    expect(stranger).toMatchObject({ kind: 'Limited', sentence: { vi: expect.stringContaining('7 ngày'), en: expect.stringContaining('7 days') } })
    expect((await open(code, { pin: '401736', network: '203.0.113.20' })).step).toBe('open')
    // A new paper ends the wait at once.
    expect((await open(await issue(), { network: '198.51.101.200' })).step).toBe('choosePin')
  })

  it('is opened by who holds it, whatever a stranger tried in the same network', async () => {
    const code = await issue()
    for (let i = 0; i < 30; i++) await failureOf(open('ABCD-EFGH-JKMN', { network: '203.0.113.88' }))
    expect((await failureOf(open('ABCD-EFGH-JKMN', { network: '203.0.113.88' }))).kind).toBe('Limited')
    expect((await open(code, { network: '203.0.113.88' })).step).toBe('choosePin')
  })

  it.each([
    ['full-width', (code: string) => code.replaceAll(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))],
    ['as its address', (code: string) => `https://hub.example/h/${code.replaceAll('-', '')}`], ['behind its label', (code: string) => `Mã phiếu: ${code.toLowerCase()}`],
    ['with đ for dd and a zero-width space', (code: string) => `\u200b${code.replaceAll('DD', 'đ').toLowerCase()}`],
  ])('is opened by its code %s', async (_how, typed) => {
    const code = await issue()
    expect(await open(typed(code))).toMatchObject({ step: 'choosePin', code: code.replaceAll('-', '') })
  })

  it('that is unknown is not found, and few may be tried from one network', async () => {
    const tries = []
    for (let i = 0; i < 31; i++) tries.push((await failureOf(open(i % 2 ? 'ABCD-EFGH-JKMN' : 'not a code', { network: '203.0.113.77' }))).kind)
    expect(tries).toEqual([...Array(30).fill('NotFound'), 'Limited'])
  })

  it('is void once another was issued', async () => {
    const code = await issue()
    const { deviceToken } = opened(await open(code, { pin: '401736' }))
    await issue()
    expect((await failureOf(open(code, { deviceToken }))).kind).toBe('NotFound')
    expect(await viewerOfSlip(hubOf(), { code, deviceToken })).toBeNull()
  })

  it('has one valid paper, also when two are issued at once', async () => {
    const code = await issue()
    const viewer = await resolveViewer(db, head)
    // Both are held up by the earlier slip, so that neither can have finished before the other began.
    await owner.query('begin')
    await owner.query('select from slip where household_id = $1 and revoked_at is null for update', [household])
    const both = [1, 2].map(() => issueSlip(hubOf(viewer), { householdId: `Household:${household}`, idempotencyKey: randomUUID() }))
    const waiting = `select from pg_locks where not granted and pid in (
      select pid from pg_locks where locktype = 'relation' and database = (select oid from pg_database where datname = current_database()))`
    await vi.waitFor(async () => expect((await owner.query(waiting)).rowCount).toBe(2), { timeout: 5_000, interval: 10 })
      .finally(() => owner.query('commit'))
    await Promise.all(both)
    expect((await owner.query('select from slip where household_id = $1 and revoked_at is null', [household])).rowCount).toBe(1)
    expect((await failureOf(open(code))).kind).toBe('NotFound')
  })

  it('belongs to the first of two devices that open it at once', async () => {
    const code = await issue()
    const both = await Promise.allSettled(['401736', '730164'].map((pin) => open(code, { pin })))
    expect(both.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    // Whoever comes so late that the PIN is already chosen is asked for it.
    expect(['SLIP_JUST_USED', 'WRONG_PIN']).toContain(both.find((result) => result.status === 'rejected')?.reason.code)
  })
})

describe('what is stored', () => {
  it('holds no password, token, one-time password, slip code or PIN', async () => {
    const { login, cookie, accountId } = await newDonor()
    const reset = await ask('reset-password', { accountId }, admin)
    const fresh = await settle(login, reset.answer.oneTimePassword)
    const officer = await newOfficer('COMMUNE_OFFICER', 'x2')
    const head = await settle(officer.login, officer.oneTimePassword)
    const { answer: { code } } = await ask('issue-slip', { householdId: `Household:${household}`, idempotencyKey: randomUUID() }, head)
    const slip = await openSlip(hubOf(), { code, deviceToken: null, pin: '401736', network: null })
    const secrets = [password, cookie, fresh, reset.answer.oneTimePassword, officer.oneTimePassword, code, code.replaceAll('-', ''), '401736', (slip as any).deviceToken, '192.0.2.1']
    const { rows: tables } = await owner.query<{ name: string }>(`select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`)
    let stored = ''
    for (const { name } of tables) stored += (await owner.query(`select string_agg(t::text, E'\\n') as rows from ${name} t`)).rows[0].rows ?? ''
    expect(stored).toContain(login)
    expect(secrets.filter((secret) => stored.includes(secret) || stored.includes(Buffer.from(secret).toString('hex')))).toEqual([])
  })

  it('is out of reach for the role that reads everything else, as that is for the gate', async () => {
    await expect(db.pool.query('select password_hash from account')).rejects.toThrow(/permission denied/)
    for (const table of ['session', 'slip', 'role_grant', 'rate_limit']) await expect(db.pool.query(`select * from ${table}`)).rejects.toThrow(/permission denied/)
    for (const table of ['pledge', 'need', 'delivery', 'receipt', 'event']) await expect(db.gate.query(`select * from ${table}`)).rejects.toThrow(/permission denied/)
    await expect(db.gate.query('select head_name from household')).rejects.toThrow(/permission denied/)
    await expect(db.gate.query('select name from party')).rejects.toThrow(/permission denied/)
  })
})

describe('npm run admin', () => {
  it("opens an administrator's account on one's own database", async () => {
    const run = () => promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/create-admin.ts', '--login', 'quantri.moi', '--name', 'Quản Trị Mới'], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)), env: { PATH: process.env.PATH, DATABASE_URL: app.database.ownerUrl },
    })
    const { stdout } = await run()
    const [, oneTimePassword] = /([0-9a-z]{4}(?:-[0-9a-z]{4}){3})/.exec(stdout) ?? []
    const cookie = await settle('quantri.moi', oneTimePassword!)
    expect((await ask('accounts', {}, cookie)).answer.totalCount).toBeGreaterThan(0)
    await expect(run()).rejects.toMatchObject({ stderr: expect.stringContaining('This login has an account already') })
  })
})
