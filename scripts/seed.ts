// `npm run seed -- --size S|M|L [--seed 1]`: fills the hub's database (DATABASE_URL, or the embedded one) with an invented commune,
// province or nation. Once a database; the hub must not be running on the embedded one.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { loadData } from '../server/src/demo/load.ts'
import { SIZES, type Size, seed } from '../server/src/demo/scale.ts'
import { readConfig } from '../server/src/platform/config.ts'
import { refuseSuperuser } from '../server/src/platform/db.ts'
import { startEmbeddedPostgres } from '../server/src/platform/embedded-postgres.ts'
import { migrate } from '../server/src/platform/migrate.ts'

/** Where `npm start` keeps its database. */
const KEPT = fileURLToPath(new URL('../.data', import.meta.url))

const say = (line: string) => console.log(`• ${line}`)

function readArguments(): { size: Size; seed: number } {
  const usage = new Error('Cách dùng / usage: npm run seed -- --size S|M|L [--seed 1]  (S: một xã / a commune, M: một tỉnh / a province, L: cả nước / the nation)')
  try {
    const { values } = parseArgs({ options: { size: { type: 'string' }, seed: { type: 'string', default: '1' } } })
    const size = SIZES.find((known) => known === values.size?.toUpperCase())
    if (!size || !/^\d{1,9}$/.test(values.seed)) throw usage
    return { size, seed: Number(values.seed) }
  } catch {
    throw usage
  }
}

async function main(): Promise<void> {
  const asked = readArguments()
  const config = { ...readConfig(process.env), demo: false }
  const embedded = config.databaseUrl === null ? await startEmbeddedPostgres({ directory: KEPT, say }) : null
  try {
    const ownerUrl = embedded?.url ?? config.databaseUrl!
    await mustBeOrdinary(ownerUrl)
    await migrate(ownerUrl, say)
    await loadData(ownerUrl, config, say)
    const { counts, seconds, places } = await seed(ownerUrl, { ...asked, say })
    for (const [table, count] of Object.entries(counts)) console.log(`    ${table.padEnd(26)}${count.toLocaleString('en-GB').padStart(12)}`)
    say(`Xong sau ${seconds.toLocaleString('vi-VN')} giây / Done in ${seconds} seconds`)
    say(`Xem thử / Have a look: ${Object.values(places).join(', ')}`)
  } finally {
    await embedded?.stop()
  }
}

async function mustBeOrdinary(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await refuseSuperuser(client).finally(() => client.end())
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
