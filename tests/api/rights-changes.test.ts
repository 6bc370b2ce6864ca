// Nobody gains a right to read unseen: never by one's own hand, and each change is told to whoever answers for the place and to the other administrators.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { visitor } from '../../server/src/access/viewer.ts'
import { createFirstAdmin } from '../../server/src/features/identity/accounts.ts'
import { createLog } from '../../server/src/platform/log.ts'
import { connectLive } from '../support/live-client.ts'
import { type Actor, type World, startWorld } from '../support/world.ts'

let world: World
let admin: Actor
let province: Actor
let commune: Actor
let others: Record<string, Actor>

beforeAll(async () => {
  world = await startWorld()
  admin = await world.signIn('quantri')
  province = await world.signIn('mattran.quangninh')
  commune = await world.signIn('mattran.haininh')
  others = { visitor: world.visitor, giver: await world.signIn('saomai'), foreign: await world.signIn('mattran.mytho'), hamlet: await world.signIn('thon1.haitien') }
})
afterAll(() => world?.end())

const LIST = '{ rightsChanges(first: 100) { nodes { kind role personName byName area { id } } } }'
const EVENTS = '{ events(first: 100) { nodes { __typename ... on RightsChanged { rightsChange { kind role personName byName area { id } } } } } }'
const eventsOf = async (actor: Actor, name: string) => (await actor.ask(EVENTS)).events.nodes.map(({ rightsChange }: any) => rightsChange).filter((change: any) => change?.personName === name)
const listOf = async (actor: Actor, name: string) => (await actor.ask(LIST)).rightsChanges.nodes.filter((change: any) => change.personName === name)
/** The feed tells an event once no older transaction is still writing, in any database of the server. */
const told = (actor: Actor, name: string) => expect.poll(async () => kinds(await eventsOf(actor, name)), { timeout: 20_000 })
const kinds = (changes: { kind: string }[]) => changes.map(({ kind }) => kind)

async function opened(displayName: string, role: string, scope: Record<string, string> = {}) {
  const { account, problem } = await admin.do('createAccount', { displayName, login: `q.${randomUUID().slice(0, 8)}`, role, ...scope }, 'account { id roles { id } }')
  expect(problem).toBeNull()
  return account as { id: string; roles: { id: string }[] }
}
/** Without a key of its own: the same request has the same effect. */
const change = (name: string, input: Record<string, string>) => admin.ask(`mutation($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { problem { code } } }`, { input })

it.each([['PROVINCE_OFFICER', { areaId: 'Area:p22' }], ['COMMUNE_OFFICER', { areaId: 'Area:c06733' }], ['HAMLET_HEAD', { areaId: 'Area:h06733_001' }], ['ADMIN', {}]])('an administrator cannot give themselves %s', async (role, scope) => {
  const { viewer } = await admin.ask('{ viewer { account { id } } }')
  const { problem } = await admin.do('grantRole', { accountId: viewer.account.id, role, ...scope }, 'account { id }')
  expect(problem.code).toBe('OWN_ACCOUNT')
  expect((await admin.ask('{ viewer { roles { role } } }')).viewer.roles).toEqual([{ role: 'ADMIN' }])
})

describe.each([
  ['PROVINCE_OFFICER', 'Area:p22', []],
  ['COMMUNE_OFFICER', 'Area:c06733', ['commune']],
  ['HAMLET_HEAD', 'Area:h06733_001', ['commune', 'hamlet']],
])('what is done to the office of a %s', (role, areaId, also) => {
  const name = `Người Thử ${role}`
  const all = ['GRANTED', 'PASSWORD_RESET', 'DISABLED', 'ENABLED', 'REVOKED']

  it('is told to the offices above and to administrators, in the order in which it was done, with both names', async () => {
    const account = await opened(name, role, { areaId })
    for (const what of ['resetPassword', 'disableAccount', 'enableAccount']) await change(what, { accountId: account.id })
    await change('revokeRole', { grantId: account.roles[0]!.id })
    for (const actor of [admin, province, ...(also.includes('commune') ? [commune] : []), ...(also.includes('hamlet') ? [others.hamlet!] : [])]) {
      await told(actor, name).toEqual([...all].reverse())
      for (const changes of [await eventsOf(actor, name), await listOf(actor, name)]) {
        expect(kinds(changes)).toEqual([...all].reverse())
        expect(changes[0]).toEqual({ kind: 'REVOKED', role, personName: name, byName: 'Bùi Văn Quản Trị', area: { id: areaId } })
      }
    }
  })

  it('is told to nobody else', async () => {
    for (const [who, actor] of Object.entries({ ...others, commune })) {
      if (also.includes(who)) continue
      expect([who, await eventsOf(actor, name)]).toEqual([who, []])
      expect(JSON.stringify(await actor.try(LIST).then(({ data }) => data ?? null))).not.toContain(name)
    }
    expect((await world.visitor.try(LIST)).errors?.[0]?.extensions.reason).toBe('SIGN_IN_FIRST')
  })
})

it('is told once, however often the same request comes', async () => {
  const account = await opened('Người Gửi Lại', 'COMMUNE_OFFICER', { areaId: 'Area:c06733' })
  const input = { accountId: account.id, role: 'HAMLET_HEAD', areaId: 'Area:h06733_001', idempotencyKey: randomUUID() }
  for (let i = 0; i < 3; i++) expect((await admin.do('grantRole', input, 'account { id }')).problem).toBeNull()
  await told(province, 'Người Gửi Lại').toEqual(['GRANTED', 'GRANTED'])
})

it("a right over a household is told to the household's offices, one over a giver to the giver's own people", async () => {
  const { rows: [{ household, party }] } = await world.owner.query(`select (select id from household where area_id = 'h06733_001' limit 1) as household,
    (select party_id from role_grant where party_id is not null and account_id = (select id from account where login = 'saomai')) as party`)
  await opened('Người Thay Hộ', 'HOUSEHOLD', { householdId: `Household:${household}` })
  await opened('Người Thay Bên Tặng', 'DONOR', { partyId: `Party:${party}` })
  for (const actor of [admin, province, commune]) await told(actor, 'Người Thay Hộ').toEqual(['GRANTED'])
  expect(kinds(await listOf(admin, 'Người Thay Bên Tặng'))).toEqual(['GRANTED'])
  expect(await listOf(province, 'Người Thay Bên Tặng')).toEqual([])
})

it('one more administrator, made on the server itself, is seen by those there are', async () => {
  await createFirstAdmin({ viewer: visitor, db: world.db, config: world.config, log: createLog('silent') }, { displayName: 'Quản Trị Mới', login: 'quantri.moi' })
  expect(await listOf(admin, 'Quản Trị Mới')).toEqual([{ kind: 'GRANTED', role: 'ADMIN', personName: 'Quản Trị Mới', byName: null, area: null }])
  expect(await listOf(province, 'Quản Trị Mới')).toEqual([])
})

it('comes live to the province and to an administrator', async () => {
  const clients = [admin, province].map(({ cookie }) => connectLive(world, { cookie }))
  const { hub } = await province.ask('{ hub { feedCursor } }')
  const feeds = clients.map((client) => client.subscribe('subscription($after: Cursor) { events(after: $after) { __typename ... on RightsChanged { rightsChange { personName kind } } } }', { after: hub.feedCursor }))
  await opened('Người Đến Ngay', 'PROVINCE_OFFICER', { areaId: 'Area:p22' })
  for (const feed of feeds) {
    expect(await feed.next(({ data }) => data?.events.rightsChange?.personName === 'Người Đến Ngay', 10_000)).toMatchObject({ data: { events: { __typename: 'RightsChanged', rightsChange: { kind: 'GRANTED' } } } })
  }
  await Promise.all(clients.map((client) => client.dispose()))
})
