// Two hubs on one database, each a process of its own: whatever one promises, the other keeps, even when one of them is killed.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEMO_PASSWORD } from '../../server/src/demo/accounts.ts'
import { compare } from '../../server/src/events/cursor.ts'
import { openUnconfirmedTasks } from '../../server/src/features/deliveries/tasks.ts'
import { connect } from '../../server/src/platform/db.ts'
import { graphql } from '../support/app.ts'
import { type HubProcess, startHubProcess } from '../support/hub-process.ts'
import { type LiveClient, connectLive } from '../support/live-client.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import type { World } from '../support/world.ts'

let village: Village<World>
let hubs: [HubProcess, HubProcess]
let overdue: string
beforeAll(async () => {
  village = await startVillage()
  const { allocationId } = await village.matched('PIG', 1)
  overdue = uuidOf(await village.handedOver(allocationId, 1))
  await village.owner.query(`update delivery set confirm_by = '2026-01-01' where id = $1`, [overdue])
  hubs = await Promise.all([startHubProcess(village.database), startHubProcess(village.database)])
}, 90_000)
afterAll(async () => {
  await Promise.all(hubs?.map((hub) => hub.stop()) ?? [])
  await village?.end()
}, 60_000)

const cookieOf = () => village.officer.cookie
const either = () => hubs[Math.floor(Math.random() * hubs.length)]!

describe('the feed of two hubs', () => {
  const EVENTS = `subscription($after: Cursor) { events(scope: { area: "Area:p22" }, after: $after) { cursor ... on NeedRaised { quantity } } }`

  test('misses and doubles nothing for subscribers of both, while both write, one transaction takes long, and one hub is killed and comes back', async () => {
    const [writers, each, BASE] = [8, 8, 1_000_000] // đồng
    const total = writers * each
    const after = (await graphql(hubs[0], '{ hub { feedCursor } }')).data.hub.feedCursor as string
    const random = (below: number) => Math.floor(Math.random() * below)

    /** Asks a hub, and another one with the same key when it does not answer: it may have done it all the same. */
    async function ask(name: string, input: Record<string, unknown>, selection: string) {
      const idempotencyKey = randomUUID()
      const Name = name[0]!.toUpperCase() + name.slice(1)
      for (;;) {
        const answer = await graphql(either(), `mutation($input: ${Name}Input!) { ${name}(input: $input) { ${selection} problem { message } } }`,
          { input: { ...input, idempotencyKey } }, { cookie: cookieOf() }).catch(() => null)
        if (!answer) continue
        expect(answer.errors).toBeUndefined()
        expect(answer.data[name].problem).toBeNull()
        return answer.data[name]
      }
    }
    async function write(n: number) {
      const { need } = await ask('raiseNeed', { householdId: village.home.householdId, kind: 'CASH_CAPITAL', quantity: String(n), urgency: 2 }, 'need { id version }')
      await ask('verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
    }

    /** Until it has so many; every now and then it is cut, and goes on at either hub from the last cursor that it has. */
    async function follow(cookie: string | null, count: number) {
      const got: { quantity: number; cursor: string }[] = []
      let last = after
      while (got.length < count) {
        const client = connectLive(either(), { cookie })
        const feed = client.subscribe(EVENTS, { after: last })
        const lost = client.closed.next(() => true, 60_000).then(() => null, () => null)
        const refused = feed.ended.then(() => null, () => null)
        for (let left = 5 + random(40); left > 0 && got.length < count; left--) {
          const frame = await Promise.race([feed.next(() => true, 60_000), lost, refused])
          if (!frame) break
          last = frame.data.events.cursor
          if (frame.data.events.quantity) got.push({ quantity: Number(frame.data.events.quantity), cursor: last })
        }
        client.cut()
        await client.dispose()
      }
      return got
    }

    const numbers = Array.from({ length: total }, (_, n) => BASE + 1 + n)
    // The office is told of a need when it is raised and when it is verified; everyone of the latter.
    const followers = Promise.all([...Array.from({ length: 4 }, () => follow(null, total + 1)), ...Array.from({ length: 3 }, () => follow(cookieOf(), 2 * total + 1))])
    const slow = new pg.Client({ connectionString: village.database.ownerUrl })
    await slow.connect()
    await slow.query('begin')
    await slow.query(`insert into event (type, audience, area_id, quantity) values ('NEED_RAISED', 'PUBLIC', 'c06733', ${BASE})`)

    let written = 0
    let killed: Promise<void> | null = null
    await Promise.all(Array.from({ length: writers }, async (_, writer) => {
      for (let i = 0; i < each; i++) {
        await write(BASE + 1 + writer * each + i)
        written += 1
        if (written === Math.floor(total / 6)) await slow.query('commit')
        if (written === Math.floor(total / 3)) {
          killed = (async () => {
            await hubs[1].kill()
            hubs[1] = await startHubProcess(village.database)
          })()
        }
      }
    }))
    await killed
    await slow.end()

    for (const [i, got] of (await followers).entries()) {
      const expected = i < 4 ? numbers : [...numbers, ...numbers]
      expect(got.map(({ quantity }) => quantity).sort((a, b) => a - b)).toEqual([...expected, BASE].sort((a, b) => a - b))
      expect(got.every(({ cursor }, at) => at === 0 || compare(got[at - 1]!.cursor, cursor) < 0)).toBe(true)
    }
  }, 120_000)

  test('goes on at the other hub from what one of them told', async () => {
    const clients: LiveClient[] = []
    let after = (await graphql(hubs[0], '{ hub { feedCursor } }')).data.hub.feedCursor as string
    for (let n = 0; n < 10; n++) {
      await village.owner.query(`insert into event (type, audience, area_id, quantity) values ('NEED_RAISED', 'PUBLIC', 'c06733', $1)`, [n])
      const client = connectLive(hubs[n % 2]!)
      clients.push(client)
      const { data } = await client.subscribe(EVENTS, { after }).next()
      expect(data.events.quantity).toBe(String(n))
      after = data.events.cursor
    }
    await Promise.all(clients.map((client) => client.dispose()))
  })
})

describe('a session of one hub', () => {
  const signIn = async (hub: HubProcess, login: string) =>
    (await graphql(hub, 'mutation($input: SignInInput!) { signIn(input: $input) { problem { message } } }', { input: { login, password: DEMO_PASSWORD } })).cookie!

  test('holds at the other, and its end at one cuts its sockets at the other within two seconds', async () => {
    const cookie = await signIn(hubs[0], 'mattran.mongcai1')
    expect((await graphql(hubs[1], '{ viewer { roles { role } } }', {}, { cookie })).data.viewer.roles).toEqual([{ role: 'COMMUNE_OFFICER' }])
    const live = hubs.map((hub) => connectLive(hub, { cookie }))
    const greeted = live.map((client) => {
      client.subscribe('subscription { events { id } }')
      return client.greeted.next()
    })
    await Promise.all(greeted)
    expect((await graphql(hubs[0], 'mutation { signOut { problem { code } } }', {}, { cookie })).data.signOut.problem).toBeNull()
    for (const { closed } of live) expect((await closed.next(() => true, 2_000)).code).toBe(4403)
    expect((await graphql(hubs[1], '{ viewer { roles { role } } }', {}, { cookie })).data.viewer).toBeNull()
    await Promise.all(live.map((client) => client.dispose()))
  })

  test('is refused by both after ten wrong passwords, whichever of them was asked', async () => {
    const tries = Array.from({ length: 14 }, (_, i) => hubs[i % 2]!)
    const codes: string[] = []
    for (const hub of tries) {
      const { data } = await graphql(hub, 'mutation($input: SignInInput!) { signIn(input: $input) { problem { code } } }', { input: { login: 'nguoigiup', password: 'không phải' } })
      codes.push(data.signIn.problem.code)
    }
    const [wrong] = codes
    expect(codes).toEqual([...Array.from({ length: 10 }, () => wrong), ...Array.from({ length: 4 }, () => codes.at(-1))])
    expect(codes.at(-1)).not.toBe(wrong)
  })
})

test('the same key sent to both hubs at once makes one pledge, and both say which', async () => {
  const { viewer } = await village.giver.ask('{ viewer { roles { partyId } } }')
  const partyId = viewer.roles[0].partyId as string
  const count = async () => Number((await village.owner.query('select count(*) from pledge')).rows[0].count)
  for (let round = 0; round < 5; round++) {
    const before = await count()
    const input = { areaId: 'Area:c06733', partyId, anonymous: false, expectedOn: '2027-01-31', lines: [{ kind: 'PIG', quantity: '1' }], idempotencyKey: randomUUID() }
    const answers = await Promise.all([0, 1, 0, 1].map((i) =>
      graphql(hubs[i]!, 'mutation($input: MakePledgeInput!) { makePledge(input: $input) { pledge { id followCode } problem { message } } }', { input }, { cookie: village.giver.cookie })))
    const made = answers.map(({ data }) => data.makePledge)
    expect(made[0]).toEqual({ pledge: { id: expect.any(String), followCode: expect.any(String) }, problem: null })
    for (const one of made) expect(one.pledge).toEqual(made[0].pledge)
    expect(await count()).toBe(before + 1)
  }
})

test('what both hubs chase at their start and all day long becomes one task', async () => {
  const databases = await Promise.all([connect(village.database.ownerUrl, { max: 4 }), connect(village.database.ownerUrl, { max: 4 })])
  await Promise.all(databases.flatMap((db) => Array.from({ length: 4 }, () => openUnconfirmedTasks({ db, config: village.config }))))
  await Promise.all(databases.map((db) => db.close()))
  const { rows } = await village.owner.query(
    `select (select count(*)::int from task where delivery_id = $1 and kind = 'UNCONFIRMED') as tasks,
            (select count(*)::int from event where delivery_id = $1 and type = 'TASK_OPENED') as told`, [overdue])
  expect(rows).toEqual([{ tasks: 1, told: 1 }])
})
