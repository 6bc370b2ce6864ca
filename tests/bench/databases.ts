// The bench's PostgreSQL: embedded, with the settings of a small real server, and a database for each size, kept while its makings stay the same.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { loadData } from '../../server/src/demo/load.ts'
import { seed } from '../../server/src/demo/scale.ts'
import { readConfig } from '../../server/src/platform/config.ts'
import { startEmbeddedPostgres } from '../../server/src/platform/embedded-postgres.ts'
import { migrate } from '../../server/src/platform/migrate.ts'

export type Size = 'S' | 'M' | 'L'

export interface Databases {
  serverUrl: string
  version: string
  /** The owner's URL of a database of this size. S and M are fresh copies for this run, one for each `purpose`. */
  databaseOf(size: Size, purpose?: string): Promise<string>
  stop(): Promise<void>
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const MAKINGS = ['prisma/migrations', 'prisma/data', 'server/src/demo/scale.ts', 'server/src/demo/scale']
export const SEED = 1

const SETTINGS = {
  shared_buffers: '512MB', effective_cache_size: '4GB', work_mem: '16MB', maintenance_work_mem: '256MB', max_wal_size: '4GB',
  max_connections: '200', random_page_cost: '1.1', jit: 'off', fsync: 'on', synchronous_commit: 'on',
}

export async function openDatabases(say: (line: string) => void): Promise<Databases> {
  const postgres = await startEmbeddedPostgres({ directory: join(ROOT, '.data/bench'), say, settings: SETTINGS })
  const inServer = async <R extends pg.QueryResultRow>(sql: string) => {
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    return client.query<R>(sql).finally(() => client.end())
  }
  const makings = digestOf(MAKINGS)
  const made = new Map<string, Promise<string>>()
  /** One after the other: they are made in the same place. */
  let last: Promise<unknown> = Promise.resolve()
  try {
    const { rows } = await inServer<{ datname: string }>(`select datname from pg_database where datname like 'bench_%'`)
    // Of earlier runs, of other makings, or left half made by a run that was killed.
    for (const { datname } of rows) if (!/^bench_[sml]_/.test(datname) || !datname.endsWith(makings)) await inServer(`drop database ${datname} with (force)`)
    const [version] = (await inServer<{ version: string }>(`select current_setting('server_version') as version`)).rows
    return {
      serverUrl: postgres.url,
      version: version!.version,
      databaseOf(size, purpose = 'all') {
        const key = size === 'L' ? size : `${size} ${purpose}`
        const known = made.get(key)
        if (known) return known
        const making = last.catch(() => {}).then(() => make(size, purpose))
        last = making
        made.set(key, making)
        return making
      },
      stop: postgres.stop,
    }
  } catch (error) {
    await postgres.stop()
    throw error
  }

  async function make(size: Size, purpose: string): Promise<string> {
    const name = `bench_${size.toLowerCase()}_${makings}`
    const urlOf = (database: string) => {
      const url = new URL(postgres.url)
      url.pathname = `/${database}`
      return url.href
    }
    if (!(await inServer(`select from pg_database where datname = '${name}'`)).rowCount) {
      say(`Making the data of size ${size} (kept for the next run)`)
      await inServer('create database bench_making')
      const url = urlOf('bench_making')
      await migrate(url, () => {})
      await loadData(url, readConfig({ DEMO: 'no', HUB_SECRET: 'of the bench alone, and long enough' }), () => {})
      await seed(url, { size, seed: SEED, say })
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      await client.query('vacuum analyze').finally(() => client.end())
      await inServer(`alter database bench_making rename to ${name}`)
    }
    if (size === 'L') return urlOf(name)
    const copy = `bench_run_${size.toLowerCase()}_${purpose}`
    await inServer(`create database ${copy} template ${name}`)
    return urlOf(copy)
  }
}

function digestOf(paths: string[]): string {
  const hash = createHash('sha256').update(String(SEED))
  for (const path of paths) {
    const whole = join(ROOT, path)
    if (!existsSync(whole)) continue
    const files = path.endsWith('.ts') ? [whole] : readdirSync(whole, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort()
    for (const file of files) hash.update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 10)
}
