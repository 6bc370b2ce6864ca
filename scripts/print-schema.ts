// Prints what the code makes to where it is read: the API to schema/schema.graphql, the database to prisma/schema.sql. Run it after every change of either. Safe to repeat.
import { writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { printSchema } from 'graphql'
import pg from 'pg'
import { startEmbeddedPostgres } from '../server/src/platform/embedded-postgres.ts'
import { migrate } from '../server/src/platform/migrate.ts'
import { printDatabase } from '../server/src/platform/print-database.ts'
import { schema } from '../server/src/schema.ts'

const file = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

writeFileSync(file('schema/schema.graphql'), `${printSchema(schema)}\n`)

const postgres = await startEmbeddedPostgres({ directory: file('.data/generate'), say: () => {}, settings: { fsync: 'off' } })
try {
  await migrate(postgres.url, () => {})
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  await printDatabase(client).then((text) => writeFileSync(file('prisma/schema.sql'), text)).finally(() => client.end())
} finally {
  await postgres.stop()
  await rm(postgres.folder, { recursive: true })
}
