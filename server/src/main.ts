// The process: settings, database, data, start; and on a signal, stop.
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { type Config, DATA_FOLDER, opensDemonstration, readServingConfig } from './platform/config.ts'
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts'
import { createLog } from './platform/log.ts'

/** A proxy notices within this time that the hub is not ready any more. */
const GRACE_MS = 3_000
const STOP_WITHIN_MS = 30_000
/** A Ctrl-C at the terminal comes twice, once of them through npm: only a later one is meant as a second. */
const SECOND_AFTER_MS = 1_000

const say = (line: string) => console.log(`• ${line}`)

/** What was started, and how it is stopped; the last first. */
const running: (() => Promise<void>)[] = []
let stoppingSince: number | null = null

async function start(): Promise<void> {
  const settings = readServingConfig(process.env)
  const log = createLog(settings.logLevel)
  const crash = (error: unknown) => {
    log.error({ event: 'crash', reason: describe(error), ...(error instanceof Error && error.stack ? { stack: error.stack } : {}) })
    process.exit(1)
  }
  process.on('uncaughtException', crash).on('unhandledRejection', crash)
  await portMustBeFree(settings)

  // PostgreSQL takes as long to start as our code to read: both at once.
  const database = settings.databaseUrl ? ownDatabase(settings.databaseUrl) : embeddedDatabase()
  database.catch(() => {}) // heard of below
  const [{ migrate }, { loadFacts, loadDemonstration }, { createApp }] = await Promise.all([import('./platform/migrate.ts'), import('./demo/load.ts'), import('./app.ts')])
  const { ownerUrl, folder } = await database
  const config: Config = { ...settings, secret: settings.secret ?? (await keptSecret(folder)) }
  await migrate(ownerUrl, say)
  await loadFacts(ownerUrl, config, say)
  const app = await createApp({ ownerUrl, config, log, say })
  running.push(() => app.close(config.production ? GRACE_MS : 0))
  log.info({ event: 'started', port: app.port, url: app.publicUrl })
  say(`Chung Tay đã sẵn sàng ở ${app.publicUrl} (dừng bằng Ctrl-C) / Chung Tay is ready at ${app.publicUrl} (Ctrl-C stops it)`)
  if (config.demo) {
    await loadDemonstration(ownerUrl, config, say)
    await introduce()
  } else if (!opensDemonstration(config)) {
    const { tellOfRemains } = await import('./demo/remains.ts')
    await tellOfRemains(ownerUrl, say)
  }
  if (!config.production) say(`Thử API ở ${app.publicUrl}/graphiql / Try the API at ${app.publicUrl}/graphiql`)
}

async function introduce(): Promise<void> {
  const { DEMO_ACCOUNTS, DEMO_PASSWORD } = await import('./demo/accounts.ts')
  say(`Tài khoản minh họa, mật khẩu "${DEMO_PASSWORD}" / Demonstration accounts, password "${DEMO_PASSWORD}"`)
  const width = Math.max(...DEMO_ACCOUNTS.map(({ login }) => login.length))
  for (const { login, is } of DEMO_ACCOUNTS) console.log(`    ${login.padEnd(width)}  ${is.vi} / ${is.en}`)
}

async function embeddedDatabase() {
  const postgres = await startEmbeddedPostgres({ directory: DATA_FOLDER, say })
  running.push(postgres.stop)
  return { ownerUrl: postgres.url, folder: postgres.folder }
}

const OLDEST_POSTGRES = 15

async function ownDatabase(url: string) {
  const { refuseSuperuser } = await import('./platform/db.ts')
  const client = new pg.Client({ connectionString: url })
  await client.connect().catch((error: unknown) => {
    throw new Error(`Không vào được cơ sở dữ liệu ở DATABASE_URL / The database at DATABASE_URL cannot be reached: ${describe(error)}`)
  })
  try {
    await refuseSuperuser(client) // before anything is made that a superuser would own
    const { rows } = await client.query<{ version: number }>(`select current_setting('server_version_num')::int / 10000 as version`)
    const { version } = rows[0]!
    if (version < OLDEST_POSTGRES) {
      throw new Error(`Cần PostgreSQL ${OLDEST_POSTGRES} trở lên, máy chủ này là ${version} / PostgreSQL ${OLDEST_POSTGRES} or newer is needed, this server is ${version}`)
    }
  } finally {
    await client.end()
  }
  return { ownerUrl: url, folder: DATA_FOLDER }
}

/** Slip codes and PINs are keyed with it: losing it voids every slip on paper. */
async function keptSecret(folder: string): Promise<string> {
  const file = join(folder, 'hub-secret')
  await mkdir(folder, { recursive: true })
  const secret = randomBytes(32).toString('hex')
  const isNew = await writeFile(file, secret, { mode: 0o600, flag: 'wx' }).then(() => true, () => false)
  return isNew ? secret : (await readFile(file, 'utf8')).trim()
}

/** Asked before the database is started, so that the answer comes at once. */
async function portMustBeFree({ port, host }: Config): Promise<void> {
  const probe = createServer()
  await new Promise<void>((free, taken) => probe.once('error', taken).listen(port, host, () => probe.close(() => free())))
}

function describe(error: unknown): string {
  const { code, port } = error as { code?: unknown; port?: number }
  if (code === 'EADDRINUSE') {
    return (
      `Cổng ${port} đang có chương trình khác dùng. Hãy dừng chương trình đó, hoặc chạy với cổng khác, ví dụ PORT=${port! + 1} npm start / ` +
      `Port ${port} is taken. Stop the program that uses it, or take another port, for instance PORT=${port! + 1} npm start`
    )
  }
  return (error instanceof Error && error.message) || String(code ?? error)
}

async function stop(exitCode: number): Promise<void> {
  if (stoppingSince !== null) {
    if (Date.now() - stoppingSince > SECOND_AFTER_MS) process.exit(1)
    return
  }
  stoppingSince = Date.now()
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
  if (exitCode === 0) say('Đang dừng / Stopping')
  for (const close of running.reverse()) await close()
  if (exitCode === 0) say('Đã dừng / Stopped')
  process.exit(exitCode)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))

await start().catch(async (error: unknown) => {
  if (stoppingSince !== null) return // what was starting has just been stopped
  console.error(describe(error))
  await stop(1)
})
