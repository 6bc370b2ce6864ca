// Brings a database to the schema of this version: the folders of prisma/migrations, each applied once, under a lock.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const migrations = join(root, 'prisma/migrations')

/** Of processes that start at once one migrates, the others wait. Prisma has a lock too, but gives up after ten seconds. */
const MIGRATION_LOCK = 5_720_262

/** `ownerUrl`: the role that owns the database. `say` gets lines in both languages. */
export async function migrate(ownerUrl: string, say: (line: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    // Asked here because Prisma's own command takes two seconds to find that there is nothing to do.
    const pending = await pendingMigrations(client)
    if (pending.length === 0) return
    say(`Cập nhật cơ sở dữ liệu: ${pending.join(', ')} / Migrating the database: ${pending.join(', ')}`)
    await deploy(ownerUrl)
  } finally {
    await client.end()
  }
}

async function pendingMigrations(client: pg.Client): Promise<string[]> {
  const applied = await appliedChecksums(client)
  const pending: string[] = []
  for (const name of await migrationNames()) {
    const checksum = applied.get(name)
    if (checksum === undefined) pending.push(name)
    else if (checksum !== createHash('sha256').update(await readFile(join(migrations, name, 'migration.sql'))).digest('hex'))
      throw new Error(
        `Tệp prisma/migrations/${name} đã bị sửa sau khi áp dụng cho cơ sở dữ liệu này; hãy trả lại nội dung cũ và viết thay đổi thành một bước mới. / ` +
          `prisma/migrations/${name} was changed after it had been applied to this database; restore it, and write the change as a new migration.`,
      )
  }
  return pending
}

async function migrationNames(): Promise<string[]> {
  const entries = await readdir(migrations, { withFileTypes: true })
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()
}

async function appliedChecksums(client: pg.Client): Promise<Map<string, string>> {
  const { rows: tables } = await client.query(`select to_regclass('_prisma_migrations') as found`)
  if (tables[0].found === null) return new Map()
  const { rows } = await client.query(
    'select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  )
  return new Map(rows.map((row) => [row.migration_name, row.checksum]))
}

function deploy(ownerUrl: string): Promise<void> {
  const prisma = join(root, 'node_modules/prisma/build/index.js')
  const env = {
    ...process.env,
    DATABASE_URL: ownerUrl,
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter), // the engine is a script that asks for `node`
    NO_COLOR: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  }
  return new Promise((done, failed) => {
    execFile(process.execPath, [prisma, 'migrate', 'deploy'], { cwd: root, env }, (error, stdout, stderr) => {
      if (error) failed(new Error(`Không cập nhật được cơ sở dữ liệu / the database could not be migrated:\n${stdout}${stderr}`))
      else done()
    })
  })
}
