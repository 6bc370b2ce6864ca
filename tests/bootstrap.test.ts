// The ground that everything stands on: Prisma's engine, the migrations, and the embedded PostgreSQL through kills and restarts.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '../server/src/platform/migrate.ts'
import { isAlive } from '../server/src/platform/postgres-cluster.ts'
import { freshDatabase, type FreshDatabase } from './support/db.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))
const prisma = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  run(process.execPath, ['node_modules/prisma/build/index.js', ...args], { cwd: root, env: { ...process.env, ...env } })

async function ask(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client.query(sql).finally(() => client.end())
}

describe('Prisma', () => {
  test('the engine from npm is the one that Prisma was released with', async () => {
    const { stdout } = await prisma(['version', '--json'])
    const versions = JSON.parse(stdout)
    expect(versions['schema-engine']).toContain(`schema-engine-wasm ${versions['default-engines-hash']}`)
  })
})

describe('migrations', () => {
  let database: FreshDatabase
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(() => database.drop())

  test('a migrated database is what schema.prisma says', async () => {
    const drift = await prisma(
      ['migrate', 'diff', '--from-config-datasource', '--to-schema', 'prisma/schema.prisma', '--exit-code'],
      { DATABASE_URL: database.ownerUrl },
    )
    expect(drift.stdout).toContain('No difference detected')
  })

  test('Prisma takes the database for one that it migrated itself', async () => {
    const status = await prisma(['migrate', 'status'], { DATABASE_URL: database.ownerUrl })
    expect(status.stdout).toContain('Database schema is up to date!')
  })

  test('of two processes that migrate at once, one does the work', async () => {
    await ask(database.ownerUrl, 'drop schema public, open cascade; create schema public')
    const said: string[] = []
    await Promise.all([1, 2].map(() => migrate(database.ownerUrl, (line) => said.push(line))))
    expect(said).toEqual([...new Set(said)])
    expect(said).not.toEqual([])
  })

  test('a second migration of the same database has nothing to do', async () => {
    const said: string[] = []
    await migrate(database.ownerUrl, (line) => said.push(line))
    expect(said).toEqual([])
  })

  test('a migration that was changed after it had been applied is refused', async () => {
    await ask(database.ownerUrl, `update _prisma_migrations set checksum = 'another'`)
    await expect(migrate(database.ownerUrl, () => {})).rejects.toThrow('was changed after it had been applied')
  })
})

describe('the embedded PostgreSQL', () => {
  let directory: string
  const hubs: Hub[] = []
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'chungtay-bootstrap-'))
  })
  afterAll(async () => {
    for (const hub of hubs) await hub.stop()
    for (const folder of [hubs[0]?.folder, directory]) if (folder) await rm(folder, { recursive: true, force: true })
  })
  const start = async () => {
    const hub = await startHub(directory)
    hubs.push(hub)
    return hub
  }
  const serverPid = async (hub: Hub) => Number((await readFile(join(hub.folder, 'cluster/data/postmaster.pid'), 'utf8')).split('\n')[0])

  test('serves an owner who is no superuser, on loopback only, with what the migrations need', async () => {
    const { url } = await start()
    for (const extension of ['ltree', 'pg_trgm', 'unaccent', 'pgcrypto']) await ask(url, `create extension ${extension}`)
    const { rows } = await ask(url, `
      select rolsuper, rolbypassrls, rolcreaterole, current_setting('listen_addresses') as listens,
        current_setting('fsync') as fsync, current_setting('TimeZone') as zone,
        (select string_agg(name, ' ' order by name collate "vi-x-icu") from unnest(array['Đầm', 'Ea', 'Dân', 'Ẩm']) name) as sorted
      from pg_roles where rolname = current_user`)
    expect(rows[0]).toEqual({
      rolsuper: false, rolbypassrls: false, rolcreaterole: true,
      listens: '127.0.0.1', fsync: 'on', zone: 'UTC', sorted: 'Ẩm Dân Đầm Ea',
    })
  })

  test('refuses a second hub on the same data, and says whose they are', async () => {
    const first = hubs.at(-1)!
    await expect(start()).rejects.toThrow(`in use by another Chung Tay process (pid ${first.pid})`)
  })

  test('whoever is refused learns how to reach the running server, so that the first administrator can be made beside it', async () => {
    const refused = await start().catch((error: Error & { url: string }) => error)
    expect(refused).toMatchObject({ url: hubs.at(-1)!.url })
  })

  test('a server whose hub was killed is taken over, never joined by a second one', async () => {
    const killed = hubs.at(-1)!
    await ask(killed.url, 'create table kept as select 57 as households')
    const pid = await serverPid(killed)
    await killed.kill()
    const next = await start()
    expect(await serverPid(next)).toBe(pid)
    expect(next.said).toContain('Took over')
  })

  test('a killed server comes back where it was, with every answered write', async () => {
    const hub = hubs.at(-1)!
    const pid = await serverPid(hub)
    const back = hub.says('PostgreSQL runs on port')
    process.kill(pid, 'SIGKILL')
    await back
    const { rows } = await ask(hub.url, 'select households from kept')
    expect(rows).toEqual([{ households: 57 }])
  })

  test('a stop leaves no process, a start finds the data again', async () => {
    const stopped = hubs.at(-1)!
    const pid = await serverPid(stopped)
    await stopped.stop()
    // Whoever took over the server's process may take a moment to let go of it.
    await expect.poll(() => isAlive(pid)).toBe(false)
    const { rows } = await ask((await start()).url, 'select households from kept')
    expect(rows).toEqual([{ households: 57 }])
  })
})

/** A process that does nothing but hold an embedded PostgreSQL, so that it can be killed. */
type Hub = {
  pid: number
  url: string
  folder: string
  said: string
  /** Resolves once it says so. */
  says(words: string): Promise<void>
  stop(): Promise<void>
  kill(): Promise<void>
}

async function startHub(directory: string): Promise<Hub> {
  const program = `
    import { startEmbeddedPostgres } from './server/src/platform/embedded-postgres.ts'
    process.once('SIGTERM', () => stopping.then((stop) => stop()).then(() => process.exit()))
    const stopping = startEmbeddedPostgres({ directory: process.env.DIRECTORY, say: console.log }).then(({ url, folder, stop }) => {
      console.log(JSON.stringify({ url, folder }))
      return stop
    }, ({ message, url }) => {
      console.log(JSON.stringify({ refused: message, url }))
      process.exit(1)
    })`
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program], {
    cwd: root,
    env: { ...process.env, DIRECTORY: directory },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout! })
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
  }
  const hub = {
    pid: child.pid!,
    said: '',
    says: (words: string) =>
      new Promise<void>((heard) => lines.on('line', (line) => line.includes(words) && heard())),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
  return new Promise((ready, failed) => {
    lines.on('line', (line) => {
      if (!line.startsWith('{')) return void (hub.said += line)
      const { refused, ...place } = JSON.parse(line)
      if (refused) failed(Object.assign(new Error(refused), place))
      else ready(Object.assign(hub, place))
    })
  })
}
