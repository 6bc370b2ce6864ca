// Reads what happened, in commit order, and says so to whoever follows. NOTIFY only wakes it: what is new is found by reading.
import type { Database } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'
import type { Happened } from './topic.ts'

/** Everything before its position has been told; the head is the oldest transaction that is still writing. */
export interface Relay {
  head(): bigint
  /** The cursor before which everything has been told. */
  position(): string
  /** Called with what is new and the position after it. */
  onAdvance(moved: (events: readonly Happened[], position: string) => void): () => void
  close(): Promise<void>
}

// While an older transaction holds events back nobody will NOTIFY of its end, so the relay looks again.
const PENDING_MS = 20
// Should a NOTIFY ever be lost (a cut connection), nothing waits longer than this.
const SAFETY_MS = 2_000
const BATCH = 1_000

type Found = { head: string; pending: boolean } & ({ [key in keyof Happened]: Happened[key] } | { [key in keyof Happened]: null })

export async function startRelay(db: Database, log: Log): Promise<Relay> {
  const listeners = new Set<(events: readonly Happened[], position: string) => void>()
  let head = 0n
  let position: string | null = null
  let running: Promise<void> | null = null
  let again = false
  let closed = false
  let timer: NodeJS.Timeout | null = null

  async function look(): Promise<void> {
    const { rows } = await db.pool.query<Found>({ name: 'feed_since', text: 'select * from feed_since($1, $2)', values: [position, BATCH] })
    const events = rows.filter((row): row is Found & Happened => row.cursor !== null)
    head = BigInt(rows[0]!.head)
    // A full batch ends in the middle of things; else all below the head is known.
    const isFull = events.length === BATCH
    const next = isFull ? events[BATCH - 1]!.cursor : `${head}.0`
    if (next !== position) {
      position = next
      for (const moved of listeners) moved(events, next)
    }
    if (isFull) again = true
    schedule(rows[0]!.pending ? PENDING_MS : SAFETY_MS)
  }

  function schedule(milliseconds: number) {
    if (timer) clearTimeout(timer)
    if (!closed) timer = setTimeout(wake, milliseconds).unref()
  }

  /** One look at a time; a wake-up during a look causes one more. */
  function wake() {
    if (closed) return
    if (running) {
      again = true
      return
    }
    running = look()
      .catch((error: Error) => {
        log.warn({ event: 'feed_unreadable', reason: error.message })
        schedule(SAFETY_MS)
      })
      .finally(() => {
        running = null
        if (again) {
          again = false
          wake()
        }
      })
  }

  await look()
  const stop = await db.listen('chungtay_event', wake)
  wake() // for what was written between the first look and listening
  return {
    head: () => head,
    position: () => position!,
    onAdvance(moved) {
      listeners.add(moved)
      return () => listeners.delete(moved)
    },
    async close() {
      closed = true
      if (timer) clearTimeout(timer)
      await stop()
      await running
    },
  }
}
