// Knows how far the feed can be read, and says so when that moves. NOTIFY only wakes it: what is new is found by reading.
import type { Database } from '../platform/db.ts'
import type { Log } from '../platform/log.ts'

/** Calls back whenever the head moved; the head is the oldest transaction that is still writing. */
export interface Relay {
  head(): bigint
  /** Asks the database now, and tells everyone when the head moved. */
  refresh(): Promise<bigint>
  onAdvance(moved: (head: bigint) => void): () => void
  close(): Promise<void>
}

// While an older transaction holds events back nobody will NOTIFY of its end, so the relay looks again.
const PENDING_MS = 20
// Should a NOTIFY ever be lost (a cut connection), nothing waits longer than this.
const SAFETY_MS = 2_000

export async function startRelay(db: Database, log: Log): Promise<Relay> {
  const listeners = new Set<(head: bigint) => void>()
  let head = 0n
  let running: Promise<bigint> | null = null
  let again = false
  let closed = false
  let timer: NodeJS.Timeout | null = null

  async function look(): Promise<bigint> {
    const { rows } = await db.pool.query<{ head: string; pending: boolean }>('select * from feed_head()')
    const seen = BigInt(rows[0]!.head)
    if (seen > head) {
      head = seen
      for (const moved of listeners) moved(head)
    }
    schedule(rows[0]!.pending ? PENDING_MS : SAFETY_MS)
    return head
  }

  function schedule(milliseconds: number) {
    if (timer) clearTimeout(timer)
    if (!closed) timer = setTimeout(wake, milliseconds).unref()
  }

  /** One look at a time; a wake-up during a look causes one more. */
  function refresh(): Promise<bigint> {
    if (running) {
      again = true
      return running.then(() => running ?? head)
    }
    running = look().finally(() => {
      running = null
      if (again && !closed) {
        again = false
        wake()
      }
    })
    return running
  }

  function wake() {
    if (closed) return
    refresh().catch((error: Error) => {
      log.warn({ event: 'feed_head_unreadable', reason: error.message })
      schedule(SAFETY_MS)
    })
  }

  await refresh()
  const stop = await db.listen('chungtay_event', wake)
  return {
    head: () => head,
    refresh,
    onAdvance(moved) {
      listeners.add(moved)
      return () => listeners.delete(moved)
    },
    async close() {
      closed = true
      if (timer) clearTimeout(timer)
      await stop()
      await running?.catch(() => {})
    },
  }
}
