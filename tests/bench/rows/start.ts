// From `npm start` to the first answered query, when packages, generated code and built client are there: with no data yet (a database is
// made, migrated and filled with all areas; the demonstration is told afterwards, live, and has a row without a goal), and with the data of
// the start before. In a copy of the server, so that nobody's own data is touched.
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
const COPIED = ['server', 'common', 'prisma', 'schema', 'package.json']
const LINKED = ['node_modules', 'client']
const BUDGET_SECONDS = 5

export const measure: Measure = async ({ say }) => {
  const folder = await mkdtemp(join(tmpdir(), 'chungtay-start-'))
  try {
    for (const name of COPIED) await cp(join(ROOT, name), join(folder, name), { recursive: true })
    for (const name of LINKED) await symlink(join(ROOT, name), join(folder, name))
    const first = await start(folder)
    const again = await start(folder)
    say(`start: ${first.answers.toFixed(1)} s, with its demonstration ${first.introduced.toFixed(1)} s; again ${again.answers.toFixed(1)} s`)
    const toBudget = (name: string, seconds: number, goal: { atMost: number } | null, of: string) => row(`${name} : ${BUDGET_SECONDS} s`, seconds / BUDGET_SECONDS, goal, `${seconds.toFixed(2)} s${of}`)
    return [
      toBudget('first start to first query', first.answers, { atMost: 1 }, ', with making the database and loading the areas'),
      toBudget('first start to the end of its demonstration', first.introduced, null, ', which an open hub tells live'),
      toBudget('start again to first query', again.answers, { atMost: 1 }, ''),
    ]
  } finally {
    // Root's data lies outside the folder.
    await rm((await findPostgresHome(join(folder, '.data'))).folder, { recursive: true, force: true })
    await rm(folder, { recursive: true })
  }
}

/** Seconds to the first answer, and until the accounts of the demonstration are told. */
async function start(folder: string): Promise<{ answers: number; introduced: number }> {
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1_000
  const hub = startProcess(join(folder, 'server/src/main.ts'), { NODE_ENV: 'development', PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'info', DATABASE_URL: '', PUBLIC_URL: '' }, folder)
  try {
    const lines = createInterface({ input: hub.child.stdout! })
    const said = (what: RegExp) => new Promise<string>((resolve, reject) => {
      hub.child.once('exit', (code) => reject(new Error(`the hub ended with ${code}`)))
      lines.on('line', (line) => {
        const found = what.exec(line)
        if (found) resolve(found[1] ?? '')
      })
    })
    const introduced = said(/Tài khoản minh họa/).then(seconds)
    introduced.catch(() => {}) // heard of below
    const port = await said(/"event":"started".*"port":(\d+)/)
    for (;;) {
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ areas(first: 5) { nodes { id fullName } } }' }),
      })
      const { data } = (await response.json()) as { data?: { areas: { nodes: unknown[] } } }
      if (data?.areas.nodes.length === 5) break
      await delay(10)
    }
    const answers = seconds()
    return { answers, introduced: await introduced }
  } finally {
    await hub.stop() // and its database with it
  }
}
