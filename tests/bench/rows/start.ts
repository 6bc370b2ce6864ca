// From `npm start` to the first answered query, when packages, generated code and built client are there: with no data yet (a database
// is made, migrated and filled), and with the data of the start before. In a copy of the server, so that nobody's own data is touched.
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { findPostgresHome } from '../../../server/src/platform/postgres-home.ts'
import { startProcess } from '../processes.ts'
import { type Measure, row } from '../row.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const COPIED = ['server', 'prisma', 'schema', 'package.json']
const LINKED = ['node_modules', 'client']
const BUDGET_SECONDS = 5

export const measure: Measure = async ({ say }) => {
  const folder = await mkdtemp(join(tmpdir(), 'chungtay-start-'))
  try {
    for (const name of COPIED) await cp(join(ROOT, name), join(folder, name), { recursive: true })
    for (const name of LINKED) await symlink(join(ROOT, name), join(folder, name))
    const first = await start(folder)
    const again = await start(folder)
    say(`start: ${first.toFixed(1)} s, again ${again.toFixed(1)} s`)
    return [
      row('first start to first query : 5 s', first / BUDGET_SECONDS, { atMost: 1 }, `${first.toFixed(2)} s, with making the database and the demonstration`),
      row('start again to first query : 5 s', again / BUDGET_SECONDS, { atMost: 1 }, `${again.toFixed(2)} s`),
    ]
  } finally {
    // Root's data lies outside the folder.
    await rm((await findPostgresHome(join(folder, '.data'))).folder, { recursive: true, force: true })
    await rm(folder, { recursive: true })
  }
}

async function start(folder: string): Promise<number> {
  const began = performance.now()
  const hub = startProcess(join(folder, 'server/src/main.ts'), { NODE_ENV: 'development', PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'info', DATABASE_URL: '', PUBLIC_URL: '' }, folder)
  try {
    const port = await new Promise<number>((resolve, reject) => {
      hub.child.once('exit', (code) => reject(new Error(`the hub ended with ${code}`)))
      createInterface({ input: hub.child.stdout! }).on('line', (line) => {
        const started = /"event":"started".*"port":(\d+)/.exec(line)
        if (started) resolve(Number(started[1]))
      })
    })
    for (;;) {
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ areas(first: 5) { nodes { id fullName } } }' }),
      })
      const { data } = (await response.json()) as { data?: { areas: { nodes: unknown[] } } }
      if (data?.areas.nodes.length === 5) return (performance.now() - began) / 1_000
      await delay(10)
    }
  } finally {
    await hub.stop() // and its database with it
  }
}
