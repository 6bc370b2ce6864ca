// Subscribers who share a channel, on real sockets: slow ones, stuck ones, hasty ones and many lose nothing and get nothing twice.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp } from '../support/app.ts'
import { type BareSocket, type Credentials, openGreeted } from '../support/live-client.ts'
import { type World, pledged, startWorld } from '../support/world.ts'

let world: World
beforeAll(async () => {
  // Who is paused cannot answer pings either, and shall not be let go for that.
  world = await startWorld({ patience: { socketsPerNetwork: 2_000, socketKeepAliveMs: 60_000 } })
})
afterAll(() => world?.end())

const EVENTS = 'subscription($scope: EventScope, $after: Cursor) { events(scope: $scope, after: $after) { cursor ... on LineAllocated { quantity } } }'
const PUBLIC = `insert into event (type, audience, area_id, quantity) select 'LINE_ALLOCATED', 'PUBLIC', $1, n from generate_series($2::int, $3::int) n`
/** Public events that carry these numbers, in one transaction. */
const write = (from: number, to = from, areaId = 'c06733', client: pg.Client = world.owner) => client.query(PUBLIC, [areaId, from, to])
const cursorNow = async () => (await world.visitor.ask('{ hub { feedCursor } }')).hub.feedCursor as string
const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

async function another(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: world.database.ownerUrl })
  await client.connect()
  return client
}

/** Connections taken from the pools of the database while this runs. */
async function acquires(run: () => Promise<unknown>, pools: pg.Pool[] = [world.db.pool, world.db.open, world.db.gate]): Promise<number> {
  let count = 0
  const taken = () => void count++
  for (const pool of pools) pool.on('acquire', taken)
  await run()
  for (const pool of pools) pool.off('acquire', taken)
  return count
}

interface Reader extends BareSocket {
  /** Follows; what comes is kept in `got`. */
  follow(variables: { scope?: Record<string, string>; after?: string }, id?: string, query?: string): Promise<void>
  /** The next so many numbers. */
  numbers(count: number): Promise<number[]>
}

async function reader(credentials: Credentials = {}, app: { url: string } = world): Promise<Reader> {
  const bare = await openGreeted(app, credentials)
  return {
    ...bare,
    async follow(variables, id = '1', query = EVENTS) {
      bare.say({ id, type: 'subscribe', payload: { query, variables } })
      bare.say({ type: 'ping' })
      await bare.frames.next(({ type }) => type === 'pong')
    },
    async numbers(count) {
      const got: number[] = []
      while (got.length < count) got.push(Number((await bare.frames.next(({ type }) => type === 'next', 20_000)).payload.data.events.quantity))
      return got
    },
  }
}

describe('a reader', () => {
  test('that is slow loses nothing, one that is stuck is let go, and the others go on at full speed', async () => {
    const scope = { area: 'Area:c06733' }
    const after = await cursorNow()
    const [fast, slow, stuck] = await Promise.all([reader(), reader(), reader()])
    // Long names fill what lies between the two ends, and are nobody else's.
    const long = 'x'.repeat(30_000)
    await Promise.all([fast.follow({ scope, after }), slow.follow({ scope, after }, `${long}1`), stuck.follow({ scope, after }, `${long}2`)])
    await write(0)
    for (const each of [fast, slow, stuck]) expect(await each.numbers(1)).toEqual([0])

    slow.socket.pause()
    stuck.socket.pause()
    const [batches, each] = [24, 25] // 18 MB, into a network that carries perhaps 10
    for (let batch = 0; batch < batches; batch++) {
      const [from, to] = [1 + batch * each, (batch + 1) * each]
      await write(from, to)
      expect(await fast.numbers(each)).toEqual(upTo(from, to))
    }
    const reads = await acquires(async () => {
      slow.socket.resume()
      expect(await slow.numbers(batches * each)).toEqual(upTo(1, batches * each))
    }, [world.db.open])
    expect(reads, 'it goes on from the database').toBeGreaterThan(0)
    await write(1_000)
    expect([await fast.numbers(1), await slow.numbers(1)]).toEqual([[1_000], [1_000]])

    // It takes nothing in, so it learns that it was let go only when it says something to an end that is not there any more.
    await expect.poll(() => {
      if (stuck.socket.readyState === stuck.socket.OPEN) stuck.say({ id: 'nobody', type: 'complete' })
      return stuck.socket.readyState
    }, { timeout: 20_000 }).toBe(stuck.socket.CLOSED)
    await write(1_001)
    expect([await fast.numbers(1), await slow.numbers(1)]).toEqual([[1_001], [1_001]])
    for (const { frames, socket } of [fast, slow]) {
      frames.none()
      socket.close()
    }
  }, 60_000)

  test('that comes with the cursor of what this hub has not read yet waits for it, and gets nothing twice', async () => {
    const scope = { area: 'Area:c06733' }
    const here = await reader()
    await here.follow({ scope, after: await cursorNow() })
    const [older, newer] = await Promise.all([another(), another()])
    await older.query('begin; select pg_current_xact_id()')
    await newer.query('begin')
    await write(10, 12, 'c06733', newer)
    const { rows } = await newer.query<{ cursor: string }>(`select xid::text || '.' || id as cursor from event where quantity between 10 and 12 order by id desc limit 3`)
    // They have seen the last, the one before it, and the first of these at another hub.
    const ahead = await Promise.all(rows.map(async ({ cursor }) => {
      const each = await reader()
      await each.follow({ scope, after: cursor })
      return each
    }))
    await write(1, 2, 'c06733', older)
    await older.query('commit')
    expect(await here.numbers(2)).toEqual([1, 2])
    await newer.query('commit')
    expect(await here.numbers(3)).toEqual([10, 11, 12])
    await write(20)
    expect(await here.numbers(1)).toEqual([20])
    expect([await ahead[0]!.numbers(1), await ahead[1]!.numbers(2), await ahead[2]!.numbers(3)]).toEqual([[20], [12, 20], [11, 12, 20]])
    for (const { frames, socket } of [here, ...ahead]) {
      frames.none()
      socket.close()
    }
    await Promise.all([older.end(), newer.end()])
  })

  test('that comes while events are being read gets those, too', async () => {
    const query = 'subscription($scope: EventScope, $after: Cursor) { events(scope: $scope, after: $after) { cursor ... on LineAllocated { quantity kind { name } } } }'
    const [province, commune, writer, lock] = [await reader(), await reader(), await another(), await another()]
    const start = await cursorNow()
    await commune.follow({ scope: { area: 'Area:c06733' }, after: start }, 'of another channel')
    await province.follow({ scope: { area: 'Area:p22' }, after: start }, '1', query)
    await write(0)
    expect([await commune.numbers(1), await province.numbers(1)]).toEqual([[0], [0]])
    const after = await cursorNow()
    await writer.query('begin')
    await write(1, 1, 'c06733', writer)
    // From here on what it is about cannot be read; the lock is younger than the event, so that the relay does not wait for it.
    await lock.query('begin; lock table support_kind in access exclusive mode')
    await writer.query('commit')
    const waits = async () => (await lock.query(`select from pg_locks where relation = 'support_kind'::regclass and not granted`)).rowCount
    await expect.poll(waits).toBe(1)
    await commune.follow({ scope: { area: 'Area:c06733' }, after }, '1', query)
    await commune.follow({ scope: { area: 'Area:c06733' } }, '2', query)
    await lock.query('rollback')
    await Promise.all([writer.end(), lock.end()])
    expect(await province.numbers(1)).toEqual([1])
    await write(2)
    expect(await province.numbers(1)).toEqual([2])
    const numbers: [string, number][] = []
    while (numbers.length < 5) {
      const { id, payload } = await commune.frames.next(({ type }) => type === 'next')
      numbers.push([id, Number(payload.data.events.quantity)])
    }
    expect(numbers.filter(([id]) => id === '1')).toEqual([['1', 1], ['1', 2]])
    expect(numbers.filter(([id]) => id === '2')).toEqual([['2', 2]])
    commune.frames.none()
    province.frames.none()
    for (const { socket } of [province, commune]) socket.close()
  })
})

describe('hundreds', () => {
  test('are told the same in the same order, each under the id of its own', async () => {
    const after = await cursorNow()
    const ids = [...Array.from({ length: 200 }, (_, i) => `${1 + (i % 3)}`), ...Array.from({ length: 20 }, () => randomUUID())]
    const readers = await Promise.all(ids.map(async (id) => {
      const each = await reader()
      await each.follow({ scope: { area: 'Area:p22' }, after }, id)
      return { ...each, id, texts: textsOf(each) }
    }))
    const [bursts, each] = [12, 25]
    for (let burst = 0; burst < bursts; burst++) await write(burst * each, (burst + 1) * each - 1)
    const told = await Promise.all(readers.map(async ({ id, numbers, texts, socket }) => {
      expect(await numbers(bursts * each)).toEqual(upTo(0, bursts * each - 1))
      socket.close()
      const start = `{"id":"${id}","type":"next","payload":`
      return texts.map((text) => (text.startsWith(start) ? text.slice(start.length) : `of another: ${text}`)).join('\n')
    }))
    expect(new Set(told).size).toBe(1)
  })

  test('who are cut and come back with the same cursor cost few readings', async () => {
    const [count, scope] = [300, { area: 'Area:c06733' }]
    const after = await cursorNow()
    const gather = () => Promise.all(Array.from({ length: count }, async () => {
      const each = await reader()
      each.say({ id: '1', type: 'subscribe', payload: { query: EVENTS, variables: { scope, after } } })
      return each
    }))
    const first = await gather()
    await write(1)
    for (const each of first) expect(await each.numbers(1)).toEqual([1])
    for (const { socket } of first) socket.terminate()
    await write(2, 40)
    let second: Reader[] = []
    const reads = await acquires(async () => {
      second = await gather()
      for (const each of second) expect(await each.numbers(40)).toEqual(upTo(1, 40))
    })
    expect(reads / count).toBeLessThan(0.2)
    for (const { frames, socket } of second) {
      frames.none()
      socket.close()
    }
  })
})

test('colleagues of one office are each told what is their own', async () => {
  const query = 'subscription($after: Cursor) { events(after: $after) { cursor ... on TaskOpened { task { isMine } } } }'
  await world.owner.query(
    `with someone as (insert into person (display_name) values ('Người Thử') returning id),
          colleague as (insert into account (person_id, login, password_hash, rights_version)
            select someone.id, 'thu.dongnghiep', known.password_hash, known.rights_version from someone, account known where known.login = 'mattran.haininh' returning id)
     insert into role_grant (account_id, role, area_id) select id, 'COMMUNE_OFFICER', 'c06733' from colleague`)
  const after = await cursorNow()
  const [colleague, officer] = await Promise.all(['thu.dongnghiep', 'mattran.haininh'].map(async (login) => {
    const each = await reader(await world.signIn(login))
    await each.follow({ after }, '1', query)
    return each
  }))
  await pledged(world.visitor, { areaId: 'Area:c06733', lines: [{ kind: 'PIG', quantity: '1' }] })
  const isMine = async ({ frames }: Reader) => (await frames.next(({ payload }) => payload?.data.events.task)).payload.data.events.task.isMine
  expect([await isMine(colleague!), await isMine(officer!)]).toEqual([false, true])
  for (const { socket } of [colleague!, officer!]) socket.close()
})

describe('someone whose rights end in the midst of a flood', () => {
  test('is told nothing of what comes after, and others of the same office are told all', async () => {
    const query = 'subscription($after: Cursor) { events(after: $after) { cursor ... on NeedRaised { quantity } } }'
    const tell = (from: number, to = from) =>
      world.owner.query(`insert into event (type, audience, area_id, quantity) select 'NEED_RAISED', 'OFFICE', 'c06733', n from generate_series($1::int, $2::int) n`, [from, to])
    const [staying, leaving] = [await world.signIn('mattran.haininh'), await world.signIn('mattran.haininh')]
    const after = await cursorNow()
    const [gone, here] = await Promise.all([reader(leaving), reader(staying)])
    await Promise.all([gone.follow({ after }, '1', query), here.follow({ after }, '1', query)])
    for (let n = 0; n < 100; n += 5) await tell(n, n + 4)
    await world.owner.query(`update session set revoked_at = now() where id = (
      select session.id from session join account on account.id = account_id where login = 'mattran.haininh' order by session.created_at desc limit 1)`)
    for (let n = 100; n < 200; n += 5) await tell(n, n + 4)
    expect(await here.numbers(200)).toEqual(upTo(0, 199))
    expect((await gone.closed).code).toBe(4403)
    const told = gone.frames.items.map(({ payload }) => Number(payload.data.events.quantity))
    expect(told).toEqual(upTo(0, told.length - 1))
    expect(told.length).toBeLessThanOrEqual(100)
    here.socket.close()
  })
})

/** Every text from now on, as it came. */
function textsOf({ socket }: BareSocket): string[] {
  const texts: string[] = []
  socket.on('message', (text) => texts.push(String(text)))
  return texts
}

describe('a network that asks for all that ever happened, again and again', () => {
  test('has one read of it under way, and another network is told before the rest of it', async () => {
    const app = await startApp({ database: world.database, config: { proxies: 1 } })
    const [holder, watcher] = await Promise.all([another(), another()])
    const area = 'c28273'
    await write(1, 250, area)
    const variables = { scope: { area: `Area:${area}` }, after: '0.0' }
    const reading = async () => (await watcher.query<{ count: number }>(
      // The relay, which reads as the app, waits for the same table.
      `select count(*)::int from pg_locks join pg_stat_activity using (pid) where not granted and relation = 'event'::regclass and usename = 'chungtay_public'`)).rows[0]!.count
    const flood = await Promise.all(Array.from({ length: 4 }, () => reader({ network: '192.0.2.66' }, app)))
    const hall = await reader({ network: '198.51.100.7' }, app)
    let told = 0
    for (const { socket } of flood) socket.on('message', (text) => (told += Number(String(text).includes('"next"'))))
    await holder.query('begin; lock table event in access exclusive mode')
    try {
      // Each asks something of its own, so that none is told what was read for another.
      for (const [i, { say }] of flood.entries()) {
        for (let n = 0; n < 20; n++) say({ id: `${n}`, type: 'subscribe', payload: { query: EVENTS.replace('cursor', `c${i}x${n}: cursor`), variables } })
      }
      await expect.poll(reading, { timeout: 20_000 }).toBe(1)
      hall.say({ id: '1', type: 'subscribe', payload: { query: EVENTS, variables } })
      await expect.poll(reading, { timeout: 20_000 }).toBe(2)
    } finally {
      await holder.query('rollback')
    }
    expect(await hall.numbers(250)).toEqual(upTo(1, 250))
    expect(told).toBeLessThan(80 * 250)
    // Nobody loses anything by it.
    for (const { frames } of flood) {
      for (let n = 0; n < 20 * 250; n++) await frames.next(({ type }) => type === 'next', 20_000)
    }
    for (const { socket } of [...flood, hall]) socket.close()
    await Promise.all([holder.end(), watcher.end()])
    await app.stop()
  }, 60_000)
})
