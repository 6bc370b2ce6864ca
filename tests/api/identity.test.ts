// Who is let in: passwords, devices, sessions and registration, through the API and on real PostgreSQL.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { limit } from '../../server/src/features/identity/limits.ts'
import { resolveViewer } from '../../server/src/features/identity/sessions.ts'
import { openSlip } from '../../server/src/features/identity/slips.ts'
import { connect } from '../../server/src/platform/db.ts'
import type { Failure } from '../../server/src/platform/failure.ts'
import { networksOf } from '../../server/src/platform/rate-limit.ts'
import { graphql } from '../support/app.ts'
import { admin, app, ask, db, heard, household, hubOf, isIn, newDonor, newOfficer, owner, password, settle, useDoor, uuidOf } from '../support/door.ts'

useDoor()

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
    expect(['192.0.2.7', '::ffff:192.0.2.7', '2001:db8::1', '2001:DB8:0:0:5::1', 'fe80::1%eth0', '::1', null].map((address) => networksOf(address)[0])).toEqual(
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
