// Runs a PostgreSQL of the hub's own: held by one hub at a time, taken over when its hub was killed, stopped with it.
import { execFile, spawn } from 'node:child_process'
import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { changePort, isAlive, openCluster, plainEnvironment, type Cluster } from './postgres-cluster.ts'
import { findPostgresHome } from './postgres-home.ts'

const run = promisify(execFile)

const OWNER = 'chungtay_owner'
const DATABASE = 'chungtay'
const START_DEADLINE_MS = 60_000
const STOP_DEADLINE_MS = 30_000
/** The connection of a hub that was just killed takes a moment to end at the server. */
const TAKE_OVER_MS = 2_000
/** Whoever has this advisory lock in database `postgres` holds the data. It falls with its connection: no crash can leave it behind. */
const HOLDER_LOCK = 5_720_261

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  // No values of rows in the log: they may be somebody's name or telephone number.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

export type EmbeddedPostgres = {
  /** Of the owner's role: not a superuser, may create roles and databases. */
  url: string
  /** The folder where everything is kept. */
  folder: string
  stop(): Promise<void>
}

/** Another live process works on the same data. */
export class DataInUse extends Error {
  /** Of the owner's role, on the server that the other process holds. */
  readonly url: string

  constructor(message: string, url: string) {
    super(message)
    this.url = url
  }
}

/** `say` gets lines in both languages; `settings` are server parameters besides the usual ones. */
export async function startEmbeddedPostgres({ directory, say, settings = {} }: {
  directory: string
  say: (line: string) => void
  settings?: Record<string, string>
}): Promise<EmbeddedPostgres> {
  const cluster = await openCluster(await findPostgresHome(directory), say)
  const hold = () => holdServer(cluster, { ...SETTINGS, ...settings }, say)
  let server = await hold()
  let stopping: Promise<void> | undefined

  // For an exit that awaits nothing; after a kill that cannot be caught, the next start finds the server.
  const interrupt = () => signal(server.pid, 'SIGINT')
  process.once('exit', interrupt)
  const stop = () =>
    (stopping ??= stopServer(cluster, server.pid).finally(() => process.removeListener('exit', interrupt)))

  // A server that crashed or was killed comes back on the same port, so that `url` stays true.
  const watch = () =>
    server.client.once('end', async () => {
      while (!stopping) {
        try {
          server = await hold()
          return watch()
        } catch (error) {
          say(String(error))
          await delay(1_000, undefined, { ref: false })
        }
      }
    })
  watch()

  try {
    await createOwner(server.client, cluster.keys.ownerPassword)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: ownerUrlOf(cluster), folder: cluster.home.folder, stop }
}

const ownerUrlOf = ({ keys }: Cluster) => `postgresql://${OWNER}:${keys.ownerPassword}@127.0.0.1:${keys.port}/${DATABASE}`

async function createOwner(client: pg.Client, password: string): Promise<void> {
  const role = await client.query('select from pg_roles where rolname = $1', [OWNER])
  if (role.rowCount === 0) await client.query(`create role ${OWNER} login createdb createrole password ${pg.escapeLiteral(password)}`)
  const database = await client.query('select from pg_database where datname = $1', [DATABASE])
  if (database.rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER}`)
}

// ── holding ─────────────────────────────────────────────────────────────────────────────────────────────────────────

type HeldServer = { pid: number; client: pg.Client }

/** Takes the server that runs on this data, or starts one. */
async function holdServer(cluster: Cluster, settings: Record<string, string>, say: (line: string) => void): Promise<HeldServer> {
  const { keys, home } = cluster
  const deadline = Date.now() + START_DEADLINE_MS
  let launched: Launch | undefined
  for (;;) {
    const server = await runningServer(cluster)
    if (server?.isReady) {
      keys.port = server.port
      const client = await connect(cluster)
      if (client) {
        await takeLock(client, cluster)
        say(
          server.pid === launched?.pid
            ? `PostgreSQL chạy ở cổng ${keys.port}, dữ liệu ở ${home.folder} / PostgreSQL runs on port ${keys.port}, its data in ${home.folder}`
            : `Nhận lại PostgreSQL còn chạy sau khi một tiến trình bị tắt đột ngột (cổng ${keys.port}) / Took over the PostgreSQL that a killed process left running (port ${keys.port})`,
        )
        return { pid: server.pid, client }
      }
    } else if (!server && !launched?.isRunning()) {
      if (launched) await judgeFailure(cluster, await launched.said())
      launched = await launch(cluster, settings)
    }
    if (Date.now() > deadline)
      throw new Error(`PostgreSQL không sẵn sàng, xem ${cluster.log} / PostgreSQL does not get ready, see ${cluster.log}`)
    await delay(20)
  }
}

/** None while the server is about to start or stop. */
async function connect({ keys }: Cluster): Promise<pg.Client | null> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port: keys.port,
    user: 'postgres',
    password: keys.superuserPassword,
    database: 'postgres',
    application_name: `chungtay ${process.pid}`,
  })
  client.on('error', () => {}) // 'end' follows, and is listened to
  try {
    await client.connect()
    return client
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === undefined || ['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03'].includes(code)) return null
    throw error
  }
}

async function takeLock(client: pg.Client, cluster: Cluster): Promise<void> {
  const deadline = Date.now() + TAKE_OVER_MS
  do {
    const { rows } = await client.query('select pg_try_advisory_lock($1) as taken', [HOLDER_LOCK])
    if (rows[0].taken) return
    await delay(50)
  } while (Date.now() < deadline)
  const { rows } = await client.query(
    `select application_name from pg_stat_activity join pg_locks using (pid) where locktype = 'advisory' and objid = $1 and granted`,
    [HOLDER_LOCK],
  )
  await client.end()
  const pid = /\d+/.exec(rows[0]?.application_name)?.[0] ?? '?'
  throw new DataInUse(
    `Dữ liệu ở ${cluster.home.folder} đang được một tiến trình Chung Tay khác dùng (pid ${pid}); hãy dừng tiến trình ấy rồi chạy lại. / ` +
      `The data in ${cluster.home.folder} is in use by another Chung Tay process (pid ${pid}); stop that one, then start again.`,
    ownerUrlOf(cluster),
  )
}

// ── the server's process ────────────────────────────────────────────────────────────────────────────────────────────

type Launch = { pid: number | undefined; isRunning(): boolean; said(): Promise<string> }

async function launch({ home, data, log, keys }: Cluster, settings: Record<string, string>): Promise<Launch> {
  const logFile = await open(log, 'a', 0o600)
  try {
    const begin = (await logFile.stat()).size
    const child = spawn(
      join(home.programs, 'postgres'),
      ['-D', data, '-p', String(keys.port), ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
      // Detached, so that Ctrl-C in a terminal reaches the hub alone, which stops the server when its own work is done.
      { ...home.identity, cwd: '/', env: plainEnvironment(), detached: true, stdio: ['ignore', logFile.fd, logFile.fd] },
    )
    let isRunning = true
    for (const end of ['exit', 'error']) child.once(end, () => (isRunning = false))
    child.unref()
    return {
      pid: child.pid,
      isRunning: () => isRunning,
      said: async () => (await readFile(log)).subarray(begin).toString().trim(),
    }
  } finally {
    await logFile.close()
  }
}

/** Returns where another try may succeed. */
async function judgeFailure(cluster: Cluster, said: string): Promise<void> {
  if (/could not bind|could not create any TCP/.test(said)) await changePort(cluster)
  else if (!/lock file .* already exists|pre-existing shared memory/.test(said))
    throw new Error(`PostgreSQL không chạy được / PostgreSQL does not start:\n${said}`)
}

/** The server on this data, as its own pid file tells; none when the file is a dead one's. */
async function runningServer({ data }: Cluster): Promise<{ pid: number; port: number; isReady: boolean } | null> {
  const file = join(data, 'postmaster.pid')
  const [pid, , , port, , , , status] = (await readFile(file, 'utf8').catch(() => '')).split('\n')
  if (!pid || !port || !isAlive(Number(pid))) return null
  if ((await commandOf(Number(pid)))?.includes(data) === false) {
    await rm(file, { force: true }) // its number went to another program, and PostgreSQL would not start beside that
    return null
  }
  return { pid: Number(pid), port: Number(port), isReady: status?.trim() === 'ready' }
}

/** The command line of a process; empty for one that has ended and waits for its parent; undefined where it cannot be known. */
async function commandOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined)
  return run('ps', ['-o', 'args=', '-p', String(pid)]).then(({ stdout }) => stdout, () => undefined)
}

async function stopServer({ home, data }: Cluster, pid: number): Promise<void> {
  if (process.platform === 'win32') await run(join(home.programs, 'pg_ctl'), ['stop', '-D', data, '-m', 'fast'])
  else signal(pid, 'SIGINT') // ends all sessions, writes everything down, exits
  const deadline = Date.now() + STOP_DEADLINE_MS
  while (isAlive(pid) && (await commandOf(pid)) !== '') {
    if (Date.now() > deadline) return signal(pid, 'SIGQUIT') // exits at once and recovers at the next start
    await delay(20)
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // it has ended already
  }
}
