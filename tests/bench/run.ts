// `npm run bench [-- --json] [words…]`: starts everything it needs, measures each group of rows, prints the table; words choose groups by name.
import { type Databases, SEED, openDatabases } from './databases.ts'
import { stopAll } from './processes.ts'
import type { Bench, Measure, Row } from './row.ts'
import { machine, printJson, printTable, versions } from './table.ts'

/** In the order of the table. */
const GROUPS: Record<string, () => Promise<{ measure: Measure }>> = {
  http: () => import('./rows/http.ts'),
  skew: () => import('./rows/skew.ts'),
  cache: () => import('./rows/cache.ts'),
  operations: () => import('./rows/operations.ts'),
  live: () => import('./rows/live.ts'),
  abuse: () => import('./rows/abuse.ts'),
  'roll-ups': () => import('./rows/roll-ups.ts'),
  matching: () => import('./rows/matching.ts'),
  start: () => import('./rows/start.ts'),
}
const SECONDS = 2
const ROUNDS = 5
/** Whatever hangs, the bench ends; the data of the nation, made once, take some minutes of it. */
const DEADLINE_MINUTES = 25

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const isJson = process.argv.includes('--json')
const say = (line: string) => void process.stderr.write(`• ${line}\n`)
let databases: Databases | undefined

let isStopping = false

async function stop(code: number): Promise<void> {
  if (isStopping) return
  isStopping = true
  await stopAll()
  await databases?.stop()
  process.exit(code)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(130))
setTimeout(() => {
  say(`Given up after ${DEADLINE_MINUTES} minutes`)
  void stop(1)
}, DEADLINE_MINUTES * 60_000)

async function run(): Promise<Row[]> {
  const chosen = Object.keys(GROUPS).filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  if (chosen.length === 0) throw new Error(`Nothing is called ${words.join(' or ')}; there is: ${Object.keys(GROUPS).join(', ')}`)
  databases = await openDatabases(say)
  const { serverUrl, databaseOf } = databases
  const bench: Bench = { ownerUrl: await databaseOf('M'), serverUrl, databaseOf, say, seconds: SECONDS, rounds: ROUNDS }
  const rows: Row[] = []
  for (const name of chosen) {
    say(`Measuring ${name}`)
    try {
      const { measure } = await GROUPS[name]!()
      rows.push(...(await measure(bench)))
    } catch (error) {
      if (isStopping) break
      console.error(error)
      rows.push({ name, ratio: 0, goal: 1, ok: false, of: `could not be measured: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}` })
    }
    await stopAll()
  }
  return rows
}

try {
  const rows = await run()
  if (isStopping) await new Promise(() => {}) // it ends elsewhere
  if (isJson) printJson(rows)
  else printTable(rows, [machine(), `PostgreSQL ${databases!.version}; ${versions()}`, `Data of seed ${SEED}: one province, unless a row says otherwise; ${ROUNDS} rounds of ${SECONDS} s`])
  await stop(0)
} catch (error) {
  if (!isStopping) console.error(error)
  await stop(1)
}
