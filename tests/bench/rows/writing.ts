// What keeping roll-ups costs whoever writes: eight writers on a province that keeps them, its tails folded each second, beside the same eight
// on a copy of it whose triggers are those of before there were roll-ups. Whole commands of the hub; then, to be known, their bare facts and events.
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { cpuOf, cpuOfPostgres, postmasterOf } from '../cpu.ts'
import type { WritingKind, WritingOrder, Written } from '../load/commands.ts'
import { median } from '../measure.ts'
import { type Process, startProcess } from '../processes.ts'
import { type Bench, type Row, row } from '../row.ts'

/** Where each trigger function stands that appended nothing yet. */
const BEFORE = { apply_line_fact: '20261122000100_walls', need_changed: '20261122000800_changes' }
const WHAT: Record<WritingKind, string> = { commands: 'allocate and release, as commands', facts: 'their facts alone, one statement each' }
/** Turns are short and many, as a round of writing is told less surely than one of reading. */
const TURNS = { times: 3, seconds: 0.5 }

interface Side {
  name: 'with' | 'without'
  writer: Process
  /** Writes a second, and milliseconds of processor time a write, of each round. */
  rounds: Record<'perSecond' | 'nodeMs' | 'postgresMs', number[]>
}

export async function writingRows(bench: Bench): Promise<Row[]> {
  const [kept, bare] = [await bench.databaseOf('M', 'with'), await bench.databaseOf('M', 'without')]
  await withOwner(bare, forgetRollUps)
  const start = async (name: Side['name'], url: string): Promise<Side> => ({ name, writer: await startWriter(url, name === 'with'), rounds: { perSecond: [], nodeMs: [], postgresMs: [] } })
  const postmaster = await postmasterOf(bench.serverUrl)
  const rows: Row[] = []
  for (const kind of ['commands', 'facts'] as const) {
    const sides = [await start('with', kept), await start('without', bare)] as const
    const round = async ({ writer, rounds }: Side, isMeasured: boolean) => {
      const before = [cpuOf(writer.pid), cpuOfPostgres(postmaster)] as const
      const { count, seconds } = await tell<Written>(writer, { write: kind, milliseconds: bench.seconds * TURNS.seconds * 1_000 })
      if (!isMeasured) return
      rounds.perSecond.push(count / seconds)
      rounds.nodeMs.push((cpuOf(writer.pid) - before[0]) / count)
      rounds.postgresMs.push((cpuOfPostgres(postmaster) - before[1]) / count)
    }
    for (const side of sides) await round(side, false)
    for (let i = 0; i < bench.rounds * TURNS.times; i++) for (const side of i % 2 ? sides.toReversed() : sides) await round(side, true)
    for (const { writer } of sides) await end(writer)
    const [withThem, without] = sides
    rows.push(row(
      `writing with roll-ups : without, ${WHAT[kind]}`, median(withThem.rounds.perSecond.map((value, i) => value / without.rounds.perSecond[i]!)),
      kind === 'commands' ? { atLeast: 0.9 } : null,
      sides.map(described).join(' : ')))
  }
  return [...rows, await withOwner(kept, comparedWithRecount)]
}

const described = ({ name, rounds }: Side) =>
  `${name} ${median(rounds.perSecond).toFixed(0)} writes/s, CPU ${median(rounds.nodeMs).toFixed(2)} + PG ${median(rounds.postgresMs).toFixed(2)} ms`

async function comparedWithRecount(owner: pg.Client): Promise<Row> {
  const { rows: [found] } = await owner.query<{ wrong: number; kept: number }>(
    `select ((select count(*) from check_roll_ups()) + (select count(*) from check_need_totals()))::int as wrong,
            ((select count(*) from roll_up) + (select count(*) from need_total))::int as kept`)
  return row('sums that are not what a recount comes to, after all this writing', found!.wrong, { atMost: 0 }, `${found!.wrong} of ${found!.kept} sums`)
}

async function forgetRollUps(owner: pg.Client): Promise<void> {
  for (const [name, migration] of Object.entries(BEFORE)) {
    const file = readFileSync(new URL(`../../../prisma/migrations/${migration}/migration.sql`, import.meta.url), 'utf8')
    const [text] = new RegExp(`create function ${name}\\(\\)[^]*?\\nend \\$\\$;`).exec(file) ?? []
    if (!text) throw new Error(`${migration} makes no ${name}`)
    await owner.query(text.replace('create function', 'create or replace function'))
  }
}

async function withOwner<T>(url: string, run: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  return run(owner).finally(() => owner.end())
}

// ── the writers' process ────────────────────────────────────────────────────────────────────────────────────────────

async function startWriter(url: string, isFolding: boolean): Promise<Process> {
  const writer = startProcess('load/commands.ts', { OWNER_URL: url, FOLDING: isFolding ? 'yes' : 'no' })
  await answerOf(writer)
  return writer
}

const tell = <T>(writer: Process, order: WritingOrder): Promise<T> => {
  const answer = answerOf<T>(writer)
  writer.child.send(order)
  return answer
}

async function end(writer: Process): Promise<void> {
  const ended = new Promise((resolve) => writer.child.once('exit', resolve))
  writer.child.send({ end: true } satisfies WritingOrder)
  await ended
}

const answerOf = <T>({ child }: Process) => new Promise<T>((resolve, reject) => {
  const left = () => reject(new Error('the writers have ended'))
  child.once('exit', left)
  child.once('message', (answer) => {
    child.off('exit', left)
    resolve(answer as T)
  })
})
