// The live feed over real sockets: none missed, none doubled, none that its viewer may not see.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Hub, asViewer } from '../../server/src/access/hub.ts'
import { visitor } from '../../server/src/access/viewer.ts'
import { compare } from '../../server/src/events/cursor.ts'
import { record } from '../../server/src/events/outbox.ts'
import { startApp } from '../support/app.ts'
import { type LiveClient, connectLive } from '../support/live-client.ts'
import { watchStatements } from '../support/statements.ts'
import { type Actor, type World, pledged, startWorld, verified } from '../support/world.ts'

let world: World
const clients: LiveClient[] = []
const live = (credentials: Parameters<typeof connectLive>[1] = {}, app: { url: string } = world) => {
  const client = connectLive(app, credentials)
  clients.push(client)
  return client
}

beforeAll(async () => {
  world = await startWorld()
})
afterAll(async () => {
  await Promise.all(clients.map((client) => client.dispose()))
  await world?.end()
})

const hub = (): Hub => ({ viewer: visitor, db: world.db, config: world.config, log: { info() {}, warn() {}, error() {} } })
/** Writes one public event that carries a number, in a transaction that stays open for so many milliseconds. */
const write = (n: number, milliseconds = 0, areaId = 'c06733') =>
  asViewer(hub(), async (tx) => {
    await record(tx, { type: 'LINE_ALLOCATED', audience: 'PUBLIC', areaId, kindCode: 'GOAT', quantity: BigInt(n) })
    if (milliseconds) await tx.$executeRaw`select pg_sleep(${milliseconds / 1000})`
  })
const cursorNow = async (actor: Actor = world.visitor) => (await actor.ask('{ hub { feedCursor } }')).hub.feedCursor as string

const EVENTS = `subscription($scope: EventScope, $after: Cursor) { events(scope: $scope, after: $after) { cursor ... on LineAllocated { quantity } } }`

describe('the feed', () => {
  it('misses and doubles nothing under 8 writers, one of them slow, for 5 subscribers who are cut at random and resume', async () => {
    const [writers, each] = [8, 30]
    const total = writers * each + 1
    const after = await cursorNow()
    const random = (below: number) => Math.floor(Math.random() * below)

    async function follow(): Promise<{ quantity: number; cursor: string }[]> {
      const got: { quantity: number; cursor: string }[] = []
      let last = after
      while (got.length < total) {
        const client = live()
        const feed = client.subscribe(EVENTS, { scope: { area: 'Area:p22' }, after: last })
        for (let left = 5 + random(60); left > 0 && got.length < total; left--) {
          const { data } = await feed.next(() => true, 20_000)
          last = data.events.cursor
          got.push({ quantity: Number(data.events.quantity), cursor: last })
        }
        client.cut()
        await client.dispose()
      }
      return got
    }

    const followers = Promise.all(Array.from({ length: 5 }, follow))
    const slow = write(0, 400)
    await Promise.all(Array.from({ length: writers }, async (_, writer) => {
      for (let i = 0; i < each; i++) await write(1 + writer * each + i, random(5))
    }))
    await slow
    for (const got of await followers) {
      expect(got.map((event) => event.quantity).sort((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, n) => n))
      expect(got.every((event, i) => i === 0 || compare(got[i - 1]!.cursor, event.cursor) < 0)).toBe(true)
    }
  }, 60_000)

  it('goes on from the cursor through a restart of the server', async () => {
    const first = await startApp({ database: world.database })
    const feed = live({}, first).subscribe(EVENTS, { scope: { area: 'Area:c06757' } , after: await cursorNow() })
    await write(1001, 0, 'c06757')
    const { data: { events: { cursor } } } = await feed.next()
    await first.stop()
    await write(1002, 0, 'c06757')
    const second = await startApp({ database: world.database })
    try {
      const resumed = live({}, second).subscribe(EVENTS, { scope: { area: 'Area:c06757' }, after: cursor })
      expect((await resumed.next()).data.events.quantity).toBe('1002')
      await write(1003, 0, 'c06757')
      expect((await resumed.next()).data.events.quantity).toBe('1003')
    } finally {
      await second.stop()
    }
  })

  it('begins where the shown answer ended: an event between query and subscription is not lost', async () => {
    const after = await cursorNow()
    await write(2001, 0, 'c06724')
    const feed = live().subscribe(EVENTS, { scope: { area: 'Area:c06724' }, after })
    expect((await feed.next()).data.events.quantity).toBe('2001')
  })

  it('keeps to its scope', async () => {
    const feed = live().subscribe(EVENTS, { scope: { area: 'Area:c06736' }, after: await cursorNow() })
    await write(3001, 0, 'c06733')
    await write(3002, 0, 'h06736_001')
    expect((await feed.next()).data.events.quantity).toBe('3002')
    feed.none()
  })

  it('reads once for twenty subscribers who ask the same with the same rights', async () => {
    const after = await cursorNow()
    const feeds = Array.from({ length: 20 }, () => live().subscribe(EVENTS, { scope: { area: 'Area:c28273' }, after }))
    await write(4001, 0, 'c28273')
    await Promise.all(feeds.map((feed) => feed.next()))
    const statements = watchStatements(world.db)
    await write(4002, 0, 'c28273')
    await Promise.all(feeds.map((feed) => feed.next()))
    expect(statements.count()).toBe(1)
  })
})

describe('an event', () => {
  const PLEDGES = `subscription($scope: EventScope, $after: Cursor) { events(scope: $scope, after: $after) { __typename cursor
    ... on PledgeMade { pledge { id followCode transferCode party { name } } } ... on PledgeVerified { pledge { id followCode transferCode party { name } } } ... on TaskOpened { task { kind } } } }`

  it('shows each viewer what they may see of it', async () => {
    const [officer, foreign, donor] = await Promise.all(['mattran.haininh', 'mattran.mytho', 'saomai'].map((login) => world.signIn(login)))
    const scope = { area: 'Area:c06733' }
    const after = await cursorNow()
    const feeds = {
      officer: live({ cookie: officer!.cookie }).subscribe(PLEDGES, { scope, after }),
      foreign: live({ cookie: foreign!.cookie }).subscribe(PLEDGES, { scope, after }),
      donor: live({ cookie: donor!.cookie }).subscribe(PLEDGES, { scope, after }),
      visitor: live().subscribe(PLEDGES, { scope, after }),
    }
    const { viewer } = await donor!.ask('{ viewer { roles { partyId } } }')
    const pledge = await pledged(donor!, { areaId: 'Area:c06733', lines: [{ kind: 'PIG', quantity: '2' }], partyId: viewer.roles[0].partyId, anonymous: true })
    await verified(officer!, pledge)
    const named = { id: pledge.id, followCode: pledge.code, transferCode: pledge.transferCode, party: { name: 'Công ty Sao Mai (minh họa)' } }
    const forOffices = { ...named, followCode: null }
    const masked = { id: pledge.id, followCode: null, transferCode: null, party: null }
    const next = async (feed: (typeof feeds)['visitor'], type: string) => (await feed.next((frame) => frame.data.events.__typename === type)).data.events

    expect((await next(feeds.officer, 'PledgeMade')).pledge).toEqual(forOffices)
    expect((await next(feeds.officer, 'TaskOpened')).task).toEqual({ kind: 'VERIFY_PLEDGE' })
    expect((await next(feeds.officer, 'PledgeVerified')).pledge).toEqual(forOffices)
    expect((await next(feeds.donor, 'PledgeMade')).pledge).toEqual(named)
    expect((await next(feeds.donor, 'PledgeVerified')).pledge).toEqual(named)
    for (const feed of [feeds.visitor, feeds.foreign]) {
      expect((await next(feed, 'PledgeVerified')).pledge).toEqual(masked)
      feed.none((frame) => ['PledgeMade', 'TaskOpened'].includes(frame.data.events.__typename))
    }
    feeds.donor.none((frame) => frame.data.events.__typename === 'TaskOpened')
  })

  it('of an unverified pledge reaches whoever holds its code', async () => {
    const pledge = await pledged(world.visitor, { areaId: 'Area:c06733', lines: [{ kind: 'PIG', quantity: '1' }] })
    const feed = live().subscribe(PLEDGES, { scope: { followCode: pledge.code }, after: '0.0' })
    expect((await feed.next()).data.events).toMatchObject({ __typename: 'PledgeMade', pledge: { followCode: pledge.code } })
  })

  it('of an anonymous pledge is not found by its party', async () => {
    const [officer, donor] = await Promise.all(['mattran.haininh', 'saomai'].map((login) => world.signIn(login)))
    const { viewer } = await donor!.ask('{ viewer { roles { partyId } } }')
    const partyId = viewer.roles[0].partyId
    const after = await cursorNow()
    const byParty = live().subscribe(PLEDGES, { scope: { party: partyId }, after })
    const hidden = await pledged(donor!, { areaId: 'Area:c06733', lines: [{ kind: 'PIG', quantity: '2' }], partyId, anonymous: true })
    await verified(officer!, hidden)
    const open = await pledged(donor!, { areaId: 'Area:c06733', lines: [{ kind: 'PIG', quantity: '2' }], partyId })
    await verified(officer!, open)
    expect((await byParty.next()).data.events.pledge.id).toBe(open.id)
  })
})

describe('a session that ends', () => {
  it('is cut from the feed within a second', async () => {
    const officer = await world.signIn('mattran.haininh')
    const client = live({ cookie: officer.cookie })
    const feed = client.subscribe(EVENTS, { after: await cursorNow() })
    await write(5001)
    await feed.next((frame) => frame.data.events.quantity === '5001')
    await officer.ask('mutation { signOutEverywhere { problem { code } } }')
    expect((await client.closed.next(() => true, 1_000)).code).toBe(4403)
  })
})

it('refuses a cursor that was not made here', async () => {
  const { errors } = await world.visitor.try('query { events(after: "nonsense") { nodes { id } } }')
  expect(errors![0]!.extensions.code).toBe('BAD_USER_INPUT')
})
