// Moves what was written since into the sums that totals are read from: once a second, in one process of all.
import type { Database } from '../../platform/db.ts'
import { startLeader } from '../../platform/leader.ts'
import type { Log } from '../../platform/log.ts'

const EVERY_MS = 1_000
/** In one transaction, which must be short: the live feed waits for whoever is writing. */
const MOST_ROWS = 10_000

export function startFolder(db: Database, log: Log): { close(): Promise<void> } {
  return startLeader(db.pool.options, log, {
    name: 'fold_roll_ups',
    everyMs: EVERY_MS,
    async work(client) {
      const { rows } = await client.query<{ most: number }>('select greatest(fold_roll_ups($1), fold_need_totals($1)) as most', [MOST_ROWS])
      return rows[0]!.most === MOST_ROWS
    },
  })
}
