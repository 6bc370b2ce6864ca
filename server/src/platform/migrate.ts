// Brings a database to the schema of this version: each folder of prisma/migrations once, under a lock, recorded as Prisma records it.
import { createHash, randomUUID } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import pg from 'pg'

const MIGRATIONS = new URL('../../../prisma/migrations/', import.meta.url)
/** Of processes that start at once one migrates, the others wait. */
const MIGRATION_LOCK = 5_720_262

type Migration = { name: string; sql: string; checksum: string }

/**
 * `prisma migrate deploy` would do the same in two seconds more, and with a gap: killed between a script and its record, it leaves
 * a database that neither can go on nor back. Here both are one transaction, so a migration has happened or has not.
 * `ownerUrl`: the role that owns the database. `say` gets lines in both languages.
 */
export async function migrate(ownerUrl: string, say: (line: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    const applied = await appliedChecksums(client)
    for (const migration of await migrationsOfThisVersion()) {
      const checksum = applied.get(migration.name)
      if (checksum === undefined) await apply(client, migration, say)
      else if (checksum !== migration.checksum) throw changedAfterwards(migration)
    }
  } finally {
    await client.end()
  }
}

async function migrationsOfThisVersion(): Promise<Migration[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(`${name}/migration.sql`, MIGRATIONS), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function appliedChecksums(client: pg.Client): Promise<Map<string, string>> {
  await client.query(`create table if not exists _prisma_migrations (
    id                  varchar(36) primary key not null,
    checksum            varchar(64) not null,
    finished_at         timestamptz,
    migration_name      varchar(255) not null,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`)
  const { rows } = await client.query(
    'select migration_name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null',
  )
  return new Map(rows.map((row) => [row.migration_name, row.checksum]))
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration, say: (line: string) => void): Promise<void> {
  say(`Cập nhật cơ sở dữ liệu: ${name} / Migrating the database: ${name}`)
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('commit')
  } catch (error) {
    throw new Error(`Không áp dụng được prisma/migrations/${name} / prisma/migrations/${name} could not be applied: ${String(error)}`, { cause: error })
  }
}

function changedAfterwards({ name }: Migration): Error {
  return new Error(
    `Tệp prisma/migrations/${name} đã bị sửa sau khi áp dụng cho cơ sở dữ liệu này; hãy trả lại nội dung cũ và viết thay đổi thành một bước mới. / ` +
      `prisma/migrations/${name} was changed after it had been applied to this database; restore it, and write the change as a new migration.`,
  )
}
