// Processor time of a process, and of all of PostgreSQL, from /proc; NaN where there is no such thing.
import { readFileSync, readdirSync } from 'node:fs'
import pg from 'pg'

/** The kernel counts in ticks of 10 ms. */
const MS_PER_TICK = 10

interface Stat {
  parent: number
  own: number
  /** Of children that have ended and been waited for. */
  ended: number
}

function statOf(pid: number | string): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name stands in parentheses and may hold anything.
    const [, parent, , , , , , , , , , own, system, ended, endedSystem] = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number)
    return { parent: parent!, own: (own! + system!) * MS_PER_TICK, ended: (ended! + endedSystem!) * MS_PER_TICK }
  } catch {
    return null
  }
}

/** Milliseconds since the process began. */
export const cpuOf = (pid: number) => statOf(pid)?.own ?? NaN

/** Milliseconds of the server and of all its backends, also of those that have ended. */
export function cpuOfPostgres(postmaster: number): number {
  const server = statOf(postmaster)
  if (!server) return NaN
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(statOf).filter((stat) => stat?.parent === postmaster)
  return server.own + server.ended + children.reduce((sum, stat) => sum + stat!.own, 0)
}

export async function postmasterOf(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    return statOf(rows[0]!.pid)?.parent ?? NaN
  } finally {
    await client.end()
  }
}
