// graphql-transport-ws as the world speaks it: the ordinary client, and everything that a bare socket may say wrongly.
import { knownHosts } from '../../server/src/platform/hosts.ts'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createClient } from 'graphql-ws'
import pg from 'pg'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { framesOf } from '../../server/src/graphql/protocol.ts'
import { type Peer, acceptSockets } from '../../server/src/platform/socket.ts'
import { type TestApp, graphql, startApp } from '../support/app.ts'
import { type BareSocket, Queue, connectLive, openGreeted, openSocket } from '../support/live-client.ts'

let app: TestApp
let owner: pg.Client
beforeAll(async () => {
  app = await startApp({ patience: { socketInitMs: 2_000 } })
  owner = new pg.Client({ connectionString: app.database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner?.end()
  await app?.stop()
})

const EVENTS = 'subscription($scope: EventScope, $after: Cursor) { events(scope: $scope, after: $after) { ... on LineAllocated { quantity } } }'
/** One public event that carries a number. */
const write = (n: number, areaId = 'c06733') =>
  owner.query(`insert into event (type, audience, area_id, kind_code, quantity) values ('LINE_ALLOCATED', 'PUBLIC', $1, 'GOAT', $2)`, [areaId, n])
const cursorNow = async () => (await graphql(app, '{ hub { feedCursor } }')).data.hub.feedCursor as string
const subscribe = (id: string, after: string, area = 'c06733', query = EVENTS) =>
  ({ id, type: 'subscribe', payload: { query, variables: { scope: { area: `Area:${area}` }, after } } })
/** Answered after all that was said before. */
async function answered({ say, frames }: BareSocket) {
  say({ type: 'ping' })
  await frames.next(({ type }) => type === 'pong')
}

describe('the ordinary client', () => {
  /** The client with what happens to it, and every frame that comes. */
  function connect(options: Partial<Parameters<typeof createClient>[0]> = {}) {
    const [opened, pongs, frames] = [new Queue<null>(), new Queue<null>(), new Queue<{ id: string; type: string }>()]
    const client = createClient({
      url: `${app.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols: string) {
          super(address, protocols)
          this.on('message', (text) => frames.put(JSON.parse(String(text))))
        }
      },
      retryAttempts: 0,
      on: { opened: () => opened.put(null), pong: (isReceived) => isReceived && pongs.put(null) },
      ...options,
    })
    function follow(query: string, variables: Record<string, unknown>) {
      const got = new Queue<string>()
      const failed = new Queue<unknown>()
      const stop = client.subscribe<any>({ query, variables }, { next: ({ data }) => got.put(data.events.quantity), error: (error) => failed.put(error), complete() {} })
      return { got, failed, stop }
    }
    return { client, opened, pongs, frames, follow }
  }

  test('connects when it first subscribes, runs several operations on one socket, and stops each by itself', async () => {
    const { client, opened, frames, follow } = connect({ lazy: true })
    opened.none()
    const after = await cursorNow()
    const one = follow(EVENTS, { scope: { area: 'Area:c06733' }, after })
    const other = follow(EVENTS, { scope: { area: 'Area:p22' }, after })
    await write(1)
    expect([await one.got.next(), await other.got.next()]).toEqual(['1', '1'])
    one.stop()
    await frames.next(({ type }) => type === 'connection_ack')
    const ids = new Set([await frames.next(), await frames.next()].map(({ id }) => id))
    expect(ids.size).toBe(2)
    await write(2)
    await write(3)
    expect([await other.got.next(), await other.got.next()]).toEqual(['2', '3'])
    one.got.none()
    expect(opened.items).toHaveLength(1)
    await client.dispose()
  })

  test('is sent nothing for an operation that it has completed', async () => {
    let ids = 0
    const { client, frames, follow } = connect({ generateID: () => String(++ids) })
    const after = await cursorNow()
    const [one, other] = [follow(EVENTS, { scope: { area: 'Area:c06733' }, after }), follow(EVENTS, { after })]
    await write(4)
    await Promise.all([one.got.next(), other.got.next()])
    one.stop()
    await frames.next(({ id, type }) => id === '1' && type === 'next')
    // What the client asks after its completion is answered after it, too.
    const third = follow(EVENTS, { after })
    await third.got.next()
    await write(5)
    await Promise.all([other.got.next(), third.got.next()])
    expect(frames.items.filter(({ id }) => id === '1')).toEqual([])
    await client.dispose()
  })

  test('is answered when it asks whether the line is alive', async () => {
    const { client, pongs, follow } = connect({ keepAlive: 20 })
    follow(EVENTS, {})
    expect([await pongs.next(), await pongs.next()]).toHaveLength(2)
    await client.dispose()
  })

  test('is told what is wrong with a question, and goes on with the others', async () => {
    const { client, opened, follow } = connect()
    const good = follow(EVENTS, { after: await cursorNow() })
    const [unknown, unreadable, query] = [follow('subscription { nonsense }', {}), follow('subscription {', {}), follow('{ hub { contact } }', {})]
    for (const { failed } of [unknown, unreadable, query]) expect(await failed.next()).toEqual([expect.objectContaining({ message: expect.any(String) })])
    await write(6)
    expect(await good.got.next()).toBe('6')
    expect(opened.items).toHaveLength(1)
    await client.dispose()
  })
})

describe('a socket is closed', () => {
  test.each([
    ['4400 for what is no JSON', 4400, '{'],
    ['4400 for an unknown message', 4400, { type: 'start', id: '1' }],
    ['4400 for a message without a type', 4400, { id: '1' }],
    ['4400 for a message that only a server sends', 4400, { type: 'connection_ack' }],
    ['4400 for a subscription without an id', 4400, { type: 'subscribe', payload: { query: EVENTS } }],
    ['4400 for a subscription without a question', 4400, { id: '1', type: 'subscribe', payload: {} }],
    ['4429 for a second greeting', 4429, { type: 'connection_init' }],
  ])('with %s', async (_, code, message) => {
    const socket = await openGreeted(app)
    socket.say(message)
    expect((await socket.closed).code).toBe(code)
  })

  test('with 4400 for a message that is not text', async () => {
    const { socket, closed } = await openGreeted(app)
    socket.send(Buffer.from('{"type":"ping"}'), { binary: true })
    expect((await closed).code).toBe(4400)
  })

  test('with 4401 when it asks before it has greeted, or while it is being greeted', async () => {
    const [rude, hasty] = await Promise.all([openSocket(app), openSocket(app, { cookie: 'chungtay=nobody' })])
    rude.say({ id: '1', type: 'subscribe', payload: { query: EVENTS } })
    hasty.say({ type: 'connection_init' })
    hasty.say({ id: '1', type: 'subscribe', payload: { query: EVENTS } })
    expect([(await rude.closed).code, (await hasty.closed).code]).toEqual([4401, 4401])
  })

  test('with 4408 when it does not greet', async () => {
    expect((await (await openSocket(app)).closed).code).toBe(4408)
  })

  test('with 4409 for an id that is in use, even by what has only just been asked', async () => {
    const [later, atOnce] = await Promise.all([openGreeted(app), openGreeted(app)])
    later.say(subscribe('1', await cursorNow()))
    await answered(later)
    later.say(subscribe('1', await cursorNow()))
    for (const id of ['1', '1']) atOnce.say(subscribe(id, '0.0'))
    expect([(await later.closed).code, (await atOnce.closed).code]).toEqual([4409, 4409])
  })
})

test('a socket that offers another protocol is not spoken to', async () => {
  await expect(openSocket(app, { protocol: 'graphql-ws' })).rejects.toThrow('subprotocol')
})

test('a ping is answered with what it carries', async () => {
  const { say, frames, socket } = await openGreeted(app)
  say({ type: 'ping', payload: { at: 'Móng Cái', n: [1] } })
  say({ type: 'ping' })
  say({ type: 'pong', payload: {} })
  say({ type: 'ping', payload: {} })
  expect([await frames.next(), await frames.next(), await frames.next()])
    .toEqual([{ type: 'pong', payload: { at: 'Móng Cái', n: [1] } }, { type: 'pong' }, { type: 'pong', payload: {} }])
  socket.close()
})

describe('completing', () => {
  test('what nobody asked for is nothing', async () => {
    const socket = await openGreeted(app)
    socket.say({ id: 'nobody', type: 'complete' })
    await answered(socket)
    expect(socket.frames.items).toEqual([])
    socket.socket.close()
  })

  test('at once leaves nobody behind for whom events would be read', async () => {
    const socket = await openGreeted(app)
    const after = await cursorNow()
    // Each would have a channel of its own.
    for (let i = 0; i < 20; i++) {
      const id = `${i % 3}`
      socket.say(subscribe(id, after, 'c06733', `subscription Q${i}($scope: EventScope, $after: Cursor) { events(scope: $scope, after: $after) { id } }`))
      socket.say({ id, type: 'complete' })
    }
    const fence = connectLive(app)
    const feed = fence.subscribe(EVENTS, { after })
    await write(10)
    await feed.next()
    await answered(socket)
    let reads = 0
    const count = () => void reads++
    app.db.open.on('acquire', count)
    await write(11)
    await feed.next()
    app.db.open.off('acquire', count)
    expect(reads).toBe(1)
    socket.frames.none()
    await fence.dispose()
    socket.socket.close()
  })

  test('gives the id free, at once too: what is then asked with it is answered, and nothing else', async () => {
    const socket = await openGreeted(app)
    const after = await cursorNow()
    socket.say(subscribe('1', after, 'c06733'))
    socket.say({ id: '1', type: 'complete' })
    socket.say(subscribe('1', after, 'c28273'))
    await write(20, 'c06733')
    await write(21, 'c28273')
    const next = async () => (await socket.frames.next(({ type }) => type === 'next')).payload.data.events.quantity
    expect(await next()).toBe('21')
    socket.say({ id: '1', type: 'complete' })
    await answered(socket)
    socket.say(subscribe('1', after, 'c06733'))
    expect(await next()).toBe('20')
    await write(22, 'c28273')
    await write(23, 'c06733')
    expect(await next()).toBe('23')
    socket.frames.none()
    socket.socket.close()
  })
})

test('a variable that is null and one that is left out are two questions', async () => {
  const [named, unnamed] = await Promise.all([openGreeted(app), openGreeted(app)])
  const query = 'subscription($after: Cursor, $kind: Boolean = true, $first: Int = 1) { events(after: $after) { area { children(first: $first) { nodes { id } } } ... on LineAllocated { quantity @include(if: $kind) } } }'
  const after = await cursorNow()
  named.say({ id: '1', type: 'subscribe', payload: { query, variables: { after } } })
  await answered(named)
  unnamed.say({ id: '1', type: 'subscribe', payload: { query, variables: { after, first: null } } })
  await answered(unnamed)
  await write(30, 'p22')
  const childrenOf = async ({ frames }: BareSocket) => (await frames.next()).payload.data.events.area.children.nodes.length
  expect(await childrenOf(named)).toBe(1)
  expect(await childrenOf(unnamed)).toBeGreaterThan(1)
  named.socket.close()
  unnamed.socket.close()
})

test('frames that are made once for many arrive whole, of whatever length', async () => {
  const server = createServer()
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  let greet: (peer: Peer) => void
  const opened = new Promise<Peer>((meet) => (greet = meet))
  const sockets = acceptSockets({
    http: { server, isDraining: () => false } as never, path: /^\/graphql$/, hosts: knownHosts({ publicUrl: null, allowedHosts: [] }), proxies: 0,
    log: { info() {}, warn() {}, error() {} }, chooseProtocol: () => 'graphql-transport-ws',
    opened: (peer) => (greet(peer), { heard: async () => {}, closed() {} }),
  })
  const reader = await openSocket({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  const peer = await opened
  const around = framesOf('', [{ cursor: '', text: '""' }]).length - 2 - '""'.length
  const told = [125, 126, 127, 65_535, 65_536, 65_537, 300_000].flatMap((length) => {
    const letters = length - around - '""'.length
    return [`"${'x'.repeat(letters)}"`, `"${'ơ'.repeat(Math.floor(letters / 2))}${'x'.repeat(letters % 2)}"`]
  }).map((text) => ({ cursor: '', text }))
  peer.write(framesOf('', told))
  peer.send('{"type":"pong"}')
  peer.write(framesOf('ký "tự" \\ 🐐', told.slice(0, 1)))
  for (const { text } of told) expect(await reader.frames.next()).toEqual({ id: '', type: 'next', payload: JSON.parse(text) })
  expect(await reader.frames.next()).toEqual({ type: 'pong' })
  expect(await reader.frames.next()).toEqual({ id: 'ký "tự" \\ 🐐', type: 'next', payload: JSON.parse(told[0]!.text) })
  reader.socket.close()
  await sockets.close()
  await new Promise((closed) => server.close(closed))
})
