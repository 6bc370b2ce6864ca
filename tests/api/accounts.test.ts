// What an administrator does with accounts and roles, through the API and by npm run admin.
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { resolveViewer } from '../../server/src/features/identity/sessions.ts'
import { admin, app, ask, db, heard, isIn, newDonor, newOfficer, owner, password, settle, useDoor, uuidOf } from '../support/door.ts'

useDoor()

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
    [{ role: 'COMMUNE_OFFICER', areaId: 'Area:c06733_2025' }, 'ENDED_AREA'], [{ role: 'PROVINCE_OFFICER', areaId: 'Area:p62' }, 'ENDED_AREA'],
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
    for (const area of ['x3', 'x4', 'x3', 'x4', 'x3']) await newOfficer('HAMLET_HEAD', area)
    const queries = vi.spyOn(pg.Client.prototype, 'query')
    onTestFinished(() => queries.mockRestore())
    const first = await ask('accounts', { search: 'can bo thu', first: 2 }, admin)
    const reads = queries.mock.calls.map(([asked]) => String((asked as { text?: string }).text ?? asked)).filter((text) => text.includes(' as value'))
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
