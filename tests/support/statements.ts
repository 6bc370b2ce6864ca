// Watches what is asked of the database for visitors: how many statements, and their answers on the way, which can be kept back for a while.
import type { Database } from '../../server/src/platform/db.ts'

export interface Statements {
  count(): number
  /** Keeps back what the next statement brings, though PostgreSQL has given it; `isThere` when that is there, until it is released. */
  holdNext(): { isThere: Promise<void>; release(): void }
}

export function watchStatements({ open }: Database): Statements {
  const query = open.query.bind(open) as (...all: unknown[]) => Promise<unknown>
  let count = 0
  let next: ((answer: Promise<unknown>) => Promise<unknown>) | null = null
  Object.assign(open, {
    query(...all: unknown[]) {
      count += 1
      const hold = next
      next = null
      return hold ? hold(query(...all)) : query(...all)
    },
  })
  return {
    count: () => count,
    holdNext() {
      let release = () => {}
      const released = new Promise<void>((resolve) => (release = resolve))
      const isThere = new Promise<void>((resolve) => {
        next = async (answer) => {
          await answer
          resolve()
          await released
          return answer
        }
      })
      return { isThere, release }
    },
  }
}
