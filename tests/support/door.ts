// The hub's door under test: a hub with an area and a household of its own, its first administrator, and people who sign in through the API.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, expect } from 'vitest'
import type { Hub } from '../../server/src/access/hub.ts'
import { type Viewer, visitor } from '../../server/src/access/viewer.ts'
import { createFirstAdmin } from '../../server/src/features/identity/accounts.ts'
import { resolveViewer } from '../../server/src/features/identity/sessions.ts'
import type { Database } from '../../server/src/platform/db.ts'
import type { Failure } from '../../server/src/platform/failure.ts'
import { createLog } from '../../server/src/platform/log.ts'
import { type TestApp, graphql, startApp } from './app.ts'

export let app: TestApp
export let db: Database
export let owner: pg.Client

export const hubOf = (viewer: Viewer = visitor): Hub => ({ viewer, db, config: app.config, log: createLog('silent') })
export const password = 'con trâu đi trước cái cày theo sau'
export const household = randomUUID()
export let admin: string

/** Opens it for the tests of a file, and closes it after them. */
export function useDoor(): void {
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
}

/** Sends an operation of schema/operations with the session's token. `cookie`: the token that the browser holds afterwards. */
export async function ask(operation: string, variables: Record<string, unknown> = {}, token: string | null = null, network = '192.0.2.1', device: string | null = null) {
  const query = readFileSync(new URL(`../../schema/operations/${operation}.graphql`, import.meta.url), 'utf8')
  const { data, errors, cookie, headers } = await graphql(app, query, query.includes('$input') ? { input: variables } : variables, {
    cookie: [token && `__Host-chungtay=${token}`, device && `__Host-chungtay_device=${device}`].filter(Boolean).join('; ') || null, headers: { 'x-forwarded-for': network, 'user-agent': 'A browser for tests' },
  })
  const [answer] = Object.values(data ?? {}) as any[]
  return { answer, problem: answer?.problem ?? null, errors, headers, cookie: cookie === null ? token : cookie.slice('__Host-chungtay='.length) || null,
    device: /__Host-chungtay_device=([\w-]+)/.exec(headers.getSetCookie().join())?.[1] ?? null }
}

/** Signs in with a one-time password and sets the usual one. @returns the cookie */
export async function settle(login: string, oneTimePassword: string): Promise<string> {
  const { cookie } = await ask('sign-in', { login, password: oneTimePassword })
  const { problem } = await ask('change-password', { currentPassword: oneTimePassword, newPassword: password }, cookie)
  expect(problem).toBeNull()
  return cookie!
}

let people = 0
export async function newDonor() {
  const login = `0900${String(++people).padStart(6, '0')}`
  const network = `192.0.2.${people % 256}`
  const made = await ask('register-donor', { login, password, partyKind: 'BUSINESS', partyName: `Doanh nghiệp thử ${people}`, idempotencyKey: randomUUID() }, null, network)
  expect(made.problem).toBeNull()
  const { answer, cookie } = await ask('sign-in', { login, password }, null, network)
  return { login, cookie: cookie!, accountId: answer.viewer.account.id as string }
}

export async function newOfficer(role: string, areaId: string) {
  const login = `can.bo.${++people}`
  const made = await ask('create-account', { displayName: `Cán bộ thử ${people}`, login, role, areaId: `Area:${areaId}`, idempotencyKey: randomUUID() }, admin)
  expect(made.problem).toBeNull()
  return { login, accountId: made.answer.account.id as string, oneTimePassword: made.answer.oneTimePassword as string }
}

export const isIn = async (cookie: string | null) => (await resolveViewer(db, cookie)).accountId !== null
export const uuidOf = (id: string) => id.slice(id.indexOf(':') + 1)
export const failureOf = (run: Promise<unknown>): Promise<Failure> => run.then(() => { throw new Error('it went through') }, (failure) => failure)

/** What the next notification on the channel says, once `run` has caused it. */
export async function heard(channel: string, run: () => Promise<unknown>): Promise<string> {
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
