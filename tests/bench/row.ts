// What a row of the bench is, and what the groups of rows are given.
import type { Size } from './databases.ts'

/** One line of the table, and one JSON object of `--json`. */
export interface Row {
  name: string
  ratio: number
  goal: number
  /** The ratio must not exceed the goal. */
  atMost?: boolean
  /** Measured to be known; nothing is asked of it. */
  forInformation?: boolean
  ok: boolean
  /** What it is a ratio of, with the figures. */
  of: string
}

export interface Bench {
  /** A database of one province, made anew for this run: rows may write to it. */
  ownerUrl: string
  /** The same server's own database, for whoever needs one more. */
  serverUrl: string
  /** Another size, or a copy for one purpose alone; L is kept from run to run, so that whoever writes to it leaves it as it was found. */
  databaseOf(size: Size, purpose?: string): Promise<string>
  say(line: string): void
  /** Seconds of one measured round. */
  seconds: number
  rounds: number
}

/** A group of rows: one file of rows/. */
export type Measure = (bench: Bench) => Promise<Row[]>

export function row(name: string, ratio: number, goal: { atLeast: number } | { atMost: number } | null, of: string): Row {
  if (goal === null) return { name, ratio, goal: 0, forInformation: true, ok: true, of }
  if ('atMost' in goal) return { name, ratio, goal: goal.atMost, atMost: true, ok: ratio <= goal.atMost, of }
  return { name, ratio, goal: goal.atLeast, ok: ratio >= goal.atLeast, of }
}
