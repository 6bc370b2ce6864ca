// On data that once was a demonstration, a hub in production opens to nobody who has its printed password, its sessions or its slips.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { visitor } from '../../server/src/access/viewer.ts'
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../../server/src/demo/accounts.ts'
import { createFirstAdmin } from '../../server/src/features/identity/accounts.ts'
import { createLog } from '../../server/src/platform/log.ts'
import { graphql, startApp } from '../support/app.ts'
import { slipFor } from '../support/helped-household.ts'
import { type HubProcess, startHubProcess } from '../support/hub-process.ts'
import { connectLive } from '../support/live-client.ts'
import { type Telephone, telephone } from '../support/telephone.ts'
import { type World, startWorld } from '../support/world.ts'

const PRODUCTION = { NODE_ENV: 'production', DEMO: 'no', PUBLIC_URL: 'http://localhost', BEHIND_PROXY: '1' }
const NEW_PASSWORD = 'con trâu đi trước cái cày'

let world: World
let hub: HubProcess
/** Of sessions that began while it was a demonstration. */
const cookies = new Map<string, string>()
let opened: { login: string; password: string; cookie: string }
let device: Telephone
let slip: string
let admin: string

const operation = (name: string) => readFileSync(new URL(`../../schema/operations/${name}.graphql`, import.meta.url), 'utf8')
const ask = (name: string, variables: Record<string, unknown> = {}, cookie: string | null = null, on: { url: string } = hub) => {
  const query = operation(name)
  return graphql(on, query, query.includes('$input') ? { input: variables } : variables, { cookie, language: 'en', headers: { 'x-forwarded-for': '192.0.2.77' } })
}

/** With a one-time password, on to the usual one. @returns the cookie */
async function settle(on: { url: string }, login: string, oneTimePassword: string): Promise<string> {
  const { cookie } = await ask('sign-in', { login, password: oneTimePassword }, null, on)
  const { data } = await ask('change-password', { currentPassword: oneTimePassword, newPassword: NEW_PASSWORD }, cookie, on)
  expect(data.changePassword.problem).toBeNull()
  return cookie!
}

beforeAll(async () => {
  world = await startWorld()
  for (const { login } of DEMO_ACCOUNTS) cookies.set(login, (await world.signIn(login)).cookie!)
  const officer = await world.signIn('mattran.haininh')
  const { households } = await officer.ask('{ households(area: "Area:c06733", first: 1) { nodes { id } } }')
  slip = await slipFor(officer, households.nodes[0].id)
  device = telephone(world.url)
  await device.openNew(slip)

  const { data } = await ask('create-account', { displayName: 'Người Cài Cắm', login: 'cai.cam', role: 'ADMIN', idempotencyKey: randomUUID() }, cookies.get('quantri'), world)
  opened = { login: 'cai.cam', password: NEW_PASSWORD, cookie: await settle(world, 'cai.cam', data.createAccount.oneTimePassword) }
  const oneTimePassword = await createFirstAdmin({ viewer: visitor, db: world.db, config: world.config, log: createLog('silent') }, { displayName: 'Quản Trị Thật', login: 'quantri.that' })
  hub = await startHubProcess(world.database, PRODUCTION)
  admin = await settle(hub, 'quantri.that', oneTimePassword)
})
afterAll(async () => {
  await hub?.stop()
  await world?.end()
})

const everyone = () => [...DEMO_ACCOUNTS.map(({ login }) => ({ login, password: DEMO_PASSWORD })), opened]

describe('signing in', () => {
  it('with a printed password has the answer of a wrong one, whoever the demonstration made', async () => {
    const wrong = await ask('sign-in', { login: 'khong.co.ai', password: 'không phải mật khẩu' })
    expect(wrong.data.signIn.problem.code).toBe('WRONG_LOGIN_OR_PASSWORD')
    for (const { login, password } of everyone()) {
      const { data, cookie } = await ask('sign-in', { login, password })
      expect([login, data, cookie]).toEqual([login, wrong.data, null])
    }
  })

  it('goes on for whoever is real', async () => {
    const { data } = await ask('viewer', {}, admin)
    expect(data.viewer.account).toMatchObject({ login: 'quantri.that' })
  })
})

describe('a session that began in the demonstration', () => {
  it('is a visitor, on every way in', async () => {
    const { rows: [delivery] } = await world.owner.query<{ id: string }>('select id from delivery limit 1')
    for (const [login, cookie] of [...cookies, [opened.login, opened.cookie] as const]) {
      expect([login, (await ask('viewer', {}, cookie)).data.viewer]).toEqual([login, null])
      expect([login, (await ask('accounts', {}, cookie)).errors?.[0]?.extensions.reason]).toEqual([login, 'SIGN_IN_FIRST'])
      expect([login, (await fetch(`${hub.url}/tai-ve/bien-ban/${delivery!.id}.pdf`, { headers: { cookie } })).status]).toEqual([login, 404])
    }
  })

  it('was somebody where the demonstration is open: the same session on the same data', async () => {
    expect((await ask('viewer', {}, cookies.get('quantri'), world)).data.viewer.account.login).toBe('quantri')
    expect((await ask('accounts', {}, opened.cookie, world)).errors).toBeUndefined()
  })

  it('follows on the socket what everyone may follow', async () => {
    const text = operation('watch-area')
    const heardBy = async (cookie: string | null) => {
      const client = connectLive(hub, { cookie })
      const feed = client.subscribe(text, { area: 'Area:p22', after: '0.0' })
      const ids: string[] = []
      for (let i = 0; i < 20; i++) ids.push(((await feed.next(() => true, 10_000)) as any).data.events.id)
      await client.dispose()
      return ids
    }
    const everyones = await heardBy(null)
    expect(await heardBy(cookies.get('mattran.quangninh')!)).toEqual(everyones)
  })
})

describe('a slip of a household of the demonstration', () => {
  it('does not open, not even on the device that had opened it', async () => {
    const unknown = await telephone(hub.url, '192.0.2.201').get('/h/0000AAAABBBB')
    const stranger = await telephone(hub.url, '192.0.2.202').get(`/h/${slip}`)
    const remembered = telephone(hub.url, '192.0.2.203')
    for (const [name, value] of device.jar) remembered.jar.set(name, value)
    const known = await remembered.get(`/h/${slip}`)
    const said = (page: { status: number; text: string }) => [page.status, page.text.replace(/<(style|svg)[\s\S]*?<\/\1>/g, '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')]
    expect(said(unknown)[1]).toMatch(/Phiếu này không mở được/)
    expect(said(stranger)).toEqual(said(unknown))
    expect(said(known)).toEqual(said(unknown))
  })

  it('is not issued any more', async () => {
    const { data } = await ask('create-account', { displayName: 'Cán Bộ Thật', login: 'canbo.that', role: 'COMMUNE_OFFICER', areaId: 'Area:c06733', idempotencyKey: randomUUID() }, admin)
    const officer = await settle(hub, 'canbo.that', data.createAccount.oneTimePassword)
    const { rows: [household] } = await world.owner.query<{ id: string }>(`select id from household where is_demo and area_path <@ (select path from area where id = 'c06733') limit 1`)
    const issued = await ask('issue-slip', { householdId: `Household:${household!.id}`, idempotencyKey: randomUUID() }, officer)
    expect(issued.data.issueSlip).toMatchObject({ code: null, problem: { code: 'DEMONSTRATION_HOUSEHOLD' } })
  })
})

describe('an administrator', () => {
  it('opens nothing to an account of the demonstration, and may close it', async () => {
    const { rows: [account] } = await world.owner.query<{ id: string }>(`select id from account where login = 'mattran.quangninh'`)
    const accountId = `Account:${account!.id}`
    const code = async (name: string, input: Record<string, unknown>) => (Object.values((await ask(name, { accountId, ...input }, admin)).data)[0] as any).problem?.code ?? null
    expect(await code('reset-password', {})).toBe('DEMONSTRATION_ACCOUNT')
    expect(await code('grant-role', { role: 'COMMUNE_OFFICER', areaId: 'Area:c06712', idempotencyKey: randomUUID() })).toBe('DEMONSTRATION_ACCOUNT')
    expect(await code('disable-account', {})).toBeNull()
    expect(await code('enable-account', {})).toBe('DEMONSTRATION_ACCOUNT')
  })

  it('of the demonstration manages its accounts alone, so that nobody real owes it anything', async () => {
    const { rows: [account] } = await world.owner.query<{ id: string }>(`select id from account where login = 'quantri.that'`)
    const accountId = `Account:${account!.id}`
    for (const [name, input] of [['reset-password', {}], ['disable-account', {}], ['enable-account', {}], ['grant-role', { role: 'PROVINCE_OFFICER', areaId: 'Area:p22', idempotencyKey: randomUUID() }]] as const) {
      const { data } = await ask(name, { accountId, ...input }, cookies.get('quantri'), world)
      expect([name, (Object.values(data)[0] as any).problem.code]).toEqual([name, 'NOT_OF_THE_DEMONSTRATION'])
    }
    expect((await ask('viewer', {}, admin)).data.viewer.roles).toEqual([expect.objectContaining({ role: 'ADMIN' })])
  })
})

describe('the start', () => {
  it('says what is there and what to do, in both languages', () => {
    const said = hub.said.join('\n')
    expect(said).toContain('CƠ SỞ DỮ LIỆU NÀY CÓ DỮ LIỆU MINH HỌA / THIS DATABASE HOLDS DEMONSTRATION DATA')
    expect(said).toMatch(/Có 9 tài khoản \(không đăng nhập được\), \d+ hộ \(\d+ phiếu không mở được\) và \d+ lượt hứa;.*hãy dùng một cơ sở dữ liệu trống/)
    expect(said).toMatch(/It has 9 accounts \(none can sign in\), \d+ households \(\d+ slips, none of which opens\) and \d+ pledges.*take an empty database/)
    expect(said).not.toContain(DEMO_PASSWORD)
  })

  it('marks on every page what is invented', async () => {
    const production = await startApp({ database: world.database, config: { production: true }, trusted: null })
    expect((await graphql(production, '{ hub { isDemonstration } }')).data.hub.isDemonstration).toBe(true)
    await production.stop()
  })

  it('refuses a demonstration in production', async () => {
    await expect(startHubProcess(world.database, { ...PRODUCTION, DEMO: 'yes' })).rejects.toThrow(/DEMO: .*NODE_ENV=production.*hãy bỏ một trong hai \/ .*leave out one of the two/)
  })

  it('refuses production without what must be said', async () => {
    await expect(startHubProcess(world.database, { NODE_ENV: 'production' })).rejects.toThrow(/PUBLIC_URL: .*\n.*BEHIND_PROXY: /)
  })
})
