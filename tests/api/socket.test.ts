// The live socket and its viewer: whose session ends is cut off at once, whose rights change comes back with the new ones.
import { once } from 'node:events'
import { knownHosts } from '../../server/src/platform/hosts.ts'
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSession } from '../../server/src/features/identity/sessions.ts'
import { type Peer, acceptSockets } from '../../server/src/platform/socket.ts'
import { type TestApp, graphql, startApp } from '../support/app.ts'
import { layCable } from '../support/cable.ts'
import { connectLive, openGreeted, openSocket } from '../support/live-client.ts'

let app: TestApp
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app?.stop())

const EVENTS = 'subscription { events { id cursor } }'

/** An account with a session, as signing in would leave it. */
async function signedIn({ db }: TestApp = app) {
  const login = `thu.${randomUUID()}`
  const { rows } = await db.gate.query<{ id: string }>(
    `with made as (insert into person (display_name) values ('Người Thử') returning id)
     insert into account (person_id, login, password_hash) select id, $1, '' from made returning id`, [login])
  const accountId = rows[0]!.id
  return { accountId, cookie: `chungtay=${await openSession(db, accountId, 'test')}` }
}

/** A listener that the server has taken in: what it does next, it does to this one, too. */
async function listening(cookie: string | null) {
  const socket = await openGreeted(app, { cookie })
  socket.say({ id: '1', type: 'subscribe', payload: { query: EVENTS } })
  socket.say({ type: 'ping' })
  await socket.frames.next((frame) => frame.type === 'pong')
  return socket
}

describe('a session that ends', () => {
  test('cuts its sockets with 4403 within a second, and no others', async () => {
    const [one, other] = [await signedIn(), await signedIn()]
    const [cut, kept, visitor] = await Promise.all([listening(one.cookie), listening(other.cookie), listening(null)])
    const startedAt = performance.now()
    const { data } = await graphql(app, 'mutation { signOutEverywhere { problem { code } } }', {}, { cookie: one.cookie })
    expect(data.signOutEverywhere.problem).toBeNull()
    expect(await cut.closed).toEqual({ code: 4403, reason: 'Session ended' })
    expect(performance.now() - startedAt).toBeLessThan(1_000)
    for (const { say, frames, socket } of [kept, visitor]) {
      say({ type: 'ping' })
      await frames.next((frame) => frame.type === 'pong')
      socket.close()
    }
  })

  test('cuts it when the account is disabled', async () => {
    const { accountId, cookie } = await signedIn()
    const socket = await listening(cookie)
    await app.db.gate.query('update account set disabled_at = now() where id = $1', [accountId])
    expect((await socket.closed).code).toBe(4403)
  })
})

describe('rights that change', () => {
  test('send the client back with 4205, so that it reads with its new ones', async () => {
    const { accountId, cookie } = await signedIn()
    const live = connectLive(app, { cookie, reconnect: true })
    live.subscribe(EVENTS)
    await live.greeted.next()
    await app.db.gate.query(
      `with granted as (insert into role_grant (account_id, role) values ($1, 'ADMIN'))
       update account set rights_version = rights_version + 1 where id = $1`, [accountId])
    expect(await live.closed.next()).toEqual({ code: 4205, reason: 'Rights changed' })
    await live.greeted.next()
    await live.dispose()
  })

  test('are looked up again when the hub had lost its database, and may have missed the news', async () => {
    const cable = await layCable(app.database)
    const cut = await startApp({ database: cable.database })
    const { cookie } = await signedIn()
    const socket = await openGreeted(cut, { cookie })
    cable.pull()
    await graphql(app, 'mutation { signOutEverywhere { problem { code } } }', {}, { cookie })
    cable.plug()
    expect((await socket.closed).code).toBe(4403)
    await cut.stop()
    await cable.close()
  })
})

describe('a feed that breaks', () => {
  test('sends the client back with 1013, so that it resumes from its cursor', async () => {
    const broken = await startApp()
    const live = connectLive(broken)
    live.subscribe('subscription { events { area { name } } }')
    await live.greeted.next()
    const owner = new pg.Client({ connectionString: broken.database.ownerUrl })
    await owner.connect()
    await owner.query('alter view open.area rename to area_gone')
    await owner.query(`insert into event (type, audience, area_id) values ('NEED_RAISED', 'PUBLIC', 'c06733')`)
    await owner.end()
    expect((await live.closed.next()).code).toBe(1013)
    await broken.stop()
  })

  test('leaves the socket open for a subscription that could not even begin', async () => {
    const socket = await openGreeted(app)
    socket.say({ id: '1', type: 'subscribe', payload: { query: 'subscription ($after: Cursor) { events(after: $after) { id } }', variables: { after: 'hôm qua' } } })
    expect(await socket.frames.next()).toMatchObject({ type: 'next', payload: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] } })
    expect(await socket.frames.next()).toMatchObject({ type: 'complete' })
    socket.say({ type: 'ping' })
    await socket.frames.next((frame) => frame.type === 'pong')
    socket.socket.close()
  })
})

describe('a hub that stops', () => {
  test('closes its sockets with 1001, so that clients come back elsewhere', async () => {
    const stopping = await startApp({ database: app.database })
    const socket = await openGreeted(stopping)
    await stopping.close()
    expect((await socket.closed).code).toBe(1001)
  })

  test('takes no new ones while it drains', async () => {
    const stopping = await startApp({ database: app.database })
    const closed = stopping.close(200)
    await expect(openSocket(stopping)).rejects.toThrow('503')
    await closed
  })
})

describe('a reader', () => {
  test('that does not answer pings is let go', async () => {
    const impatient = await startApp({ database: app.database, patience: { socketKeepAliveMs: 100 } })
    const [mute, well] = [await openSocket(impatient, { autoPong: false }), await openGreeted(impatient)]
    expect((await mute.closed).code).toBe(1006)
    well.say({ type: 'ping' })
    await well.frames.next((frame) => frame.type === 'pong')
    well.socket.close()
    await impatient.stop()
  })

  test('that takes nothing is let go before its buffer grows beyond a megabyte or so', async () => {
    const server = createServer()
    await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
    let greet: (peer: Peer) => void
    let part: (code: number) => void
    const [opened, parted] = [new Promise<Peer>((meet) => (greet = meet)), new Promise<number>((gone) => (part = gone))]
    const sockets = acceptSockets({
      http: { server, isDraining: () => false } as never, path: /^\/graphql$/, hosts: knownHosts({ publicUrl: null, allowedHosts: [] }), proxies: 0, keepAliveMs: 60_000,
      log: { info() {}, warn() {}, error() {} }, chooseProtocol: () => 'graphql-transport-ws',
      opened: (peer) => (greet(peer), { heard: async () => {}, closed: (code) => part(code) }),
    })
    const reader = await openSocket({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
    reader.socket.pause()
    const peer = await opened
    const letter = 'x'.repeat(64 * 1024)
    for (let i = 0; i < 200; i++) peer.send(letter) // 12.5 MB, into a network that carries perhaps 5
    expect(await parted).toBe(1006)
    reader.socket.terminate()
    await sockets.close()
    await new Promise((closed) => server.close(closed))
  })
})

describe('who asks without pause', () => {
  const flood: [what: string, says: (i: number) => object[]][] = [
    ['follows and leaves again', (i) => [{ id: `${i}`, type: 'subscribe', payload: { query: EVENTS } }, { id: `${i}`, type: 'complete' }]],
    ['asks what cannot be asked', (i) => [{ id: `${i}`, type: 'subscribe', payload: { query: 'subscription { nothing }' } }]],
    ['pings', () => [{ type: 'ping' }]],
    ['completes what nobody follows', (i) => [{ id: `${i}`, type: 'complete' }]],
  ]
  test.each(flood)('and %s is let go with 4429 and told when to come back; others are not', async (_what, says) => {
    const other = await openGreeted(app)
    const socket = await openGreeted(app)
    for (let i = 0; i < 1_000; i++) for (const message of says(i)) socket.say(message)
    expect(await socket.closed).toEqual({ code: 4429, reason: 'Too many requests: try again in 30 s' })
    other.say({ type: 'ping' })
    await other.frames.next((frame) => frame.type === 'pong')
    other.socket.close()
  })

  test('with pings of the transport itself is let go, too', async () => {
    const { socket, closed } = await openGreeted(app)
    let isOpen = true
    const ended = closed.then(() => (isOpen = false))
    while (isOpen) {
      socket.ping()
      await Promise.race([once(socket, 'pong'), ended])
    }
    expect((await closed).code).toBe(4429)
    // Many at once, without waiting for their pongs, are ended by the WebSocket library's own guard.
    const flood = await openGreeted(app)
    for (let i = 0; i < 1_000; i++) flood.socket.ping()
    expect([4429, 1006]).toContain((await flood.closed).code)
  })

  test('as a page does that opens twenty feeds, leaves them and opens twenty others, is far below', async () => {
    const socket = await openGreeted(app)
    for (let page = 0; page < 2; page++) {
      for (let i = 0; i < 20; i++) socket.say({ id: `${page}.${i}`, type: 'subscribe', payload: { query: EVENTS } })
      for (let i = 0; i < 20; i++) socket.say({ id: `${page}.${i}`, type: 'complete' })
    }
    socket.say({ type: 'ping' })
    expect(await socket.frames.next((frame) => frame.type === 'pong')).toMatchObject({ type: 'pong' })
    socket.frames.none((frame) => frame.type === 'error')
    socket.socket.close()
  })

  test('and opens one connection after the other is refused with 429 and a time to wait, his network alone', async () => {
    const proxied = await startApp({ database: app.database, config: { proxies: 1 }, patience: { socketsPerNetwork: 10 } })
    const open = (network: string) => openSocket(proxied, { network }).then(({ socket, closed }) => (socket.close(), closed))
    // 200 to spend, five for each; some of it comes back meanwhile.
    await expect((async () => {
      for (let i = 0; i < 2_000; i++) await open('192.0.2.1')
    })()).rejects.toThrow('429')
    expect((await open('192.0.2.2')).code).toBe(1005)
    await proxied.stop()
  }, 30_000)

  test('and holds many open is refused, in an IPv6 network of any width, and others are not', async () => {
    const proxied = await startApp({ database: app.database, config: { proxies: 1 }, patience: { socketsPerNetwork: 1 } })
    const kept: Awaited<ReturnType<typeof openSocket>>[] = []
    const open = async (network: string) => kept.push(await openSocket(proxied, { network }))
    await open('2001:db8:1:100::1')
    await expect(open('2001:db8:1:100::2'), 'a second one in a /64').rejects.toThrow('429')
    for (let i = 1; i < 4; i++) await open(`2001:db8:1:10${i}::1`)
    await expect(open('2001:db8:1:104::1'), 'a fifth one in a /56').rejects.toThrow('429')
    for (let i = 4; i < 16; i++) await open(`2001:db8:1:${i.toString(16)}00::1`)
    await expect(open('2001:db8:1:f000::1'), 'a seventeenth one in a /48').rejects.toThrow('429')
    await open('2001:db8:2::1')
    await open('192.0.2.3')
    kept[0]!.socket.close()
    await kept[0]!.closed
    await expect.poll(() => open('2001:db8:1:f000::1').then(() => 'opened', String)).toBe('opened')
    for (const { socket } of kept) socket.close()
    await proxied.stop()
  })

  test('and asks without pause is refused in a wider network, too', async () => {
    const proxied = await startApp({ database: app.database, config: { proxies: 1 }, patience: { socketsPerNetwork: 1 } })
    const opened = async (network: (i: number) => string) => {
      for (let i = 0; ; i++) if (await openSocket(proxied, { network: network(i) }).then(({ socket, closed }) => (socket.close(), closed), (error) => String(error).includes('429')) === true) return i
    }
    // 20 to spend in a /64, 80 in a /56, 320 in a /48, five for each; what comes back meanwhile makes a few more of them.
    const [wide, wider] = [await opened((i) => `2001:db8:3:1${i.toString(16).padStart(2, '0')}::1`), await opened((i) => `2001:db8:4:${i.toString(16).padStart(2, '0')}00::1`)]
    expect(wide).toBeGreaterThanOrEqual(16)
    expect(wide).toBeLessThan(64)
    expect(wider).toBeGreaterThanOrEqual(64)
    expect(wider).toBeLessThan(256)
    await proxied.stop()
  }, 30_000)
})
