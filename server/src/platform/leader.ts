// Does what must be done in one process of many: that one holds a lock which falls with its connection, the others stand by.
import pg from 'pg'
import type { Log } from './log.ts'

/** How often those who stand by ask for the lock. Waiting for it inside PostgreSQL would keep a snapshot open, and vacuum from its work. */
const ASK_MS = 1_000

/** A machine that vanished is noticed by PostgreSQL within half a minute, not after two hours. */
const NOTICE = '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3'

export interface Duty {
  /** One leader for each name and database. */
  name: string
  everyMs: number
  /**
   * Is given the connection that holds the lock: what it asks there is never asked by a process that has lost the lock.
   * Returns true when there is more to do at once.
   */
  work(client: pg.Client): Promise<boolean | void>
}

/** Does a duty again and again for as long as this process leads, from the moment it does. `options`: how to connect. */
export function startLeader(options: pg.ClientConfig, log: Log, { name, everyMs, work }: Duty): { close(): Promise<void> } {
  let client: pg.Client | null = null
  let isLeading = false
  let isClosed = false
  let turn: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null

  async function open(): Promise<pg.Client> {
    const next = new pg.Client({ ...options, options: `${options.options ?? ''} ${NOTICE}`, keepAlive: true, application_name: `lead ${name}` })
    next.on('error', () => {}) // 'end' follows
    next.once('end', () => {
      if (client !== next) return
      client = null
      isLeading = false
      if (!turn) schedule(ASK_MS)
    })
    await next.connect()
    return next
  }

  /** @returns after how long to take the next turn */
  async function take(): Promise<number> {
    client ??= await open()
    if (!isLeading) {
      const { rows } = await client.query<{ taken: boolean }>(`select pg_try_advisory_lock(hashtext('leader'), hashtext($1)) as taken`, [name])
      isLeading = rows[0]!.taken
    }
    if (!isLeading) return ASK_MS
    return (await work(client)) ? 0 : everyMs
  }

  function begin() {
    turn = take()
      .catch((error: unknown) => {
        log.warn({ event: 'duty_failed', operation: name, reason: String(error) })
        return isLeading ? everyMs : ASK_MS
      })
      .then((milliseconds) => {
        turn = null
        schedule(client ? milliseconds : ASK_MS)
      })
  }

  function schedule(milliseconds: number) {
    if (timer) clearTimeout(timer)
    if (!isClosed) timer = setTimeout(begin, milliseconds).unref()
  }

  begin()
  return {
    async close() {
      isClosed = true
      if (timer) clearTimeout(timer)
      await turn
      await client?.end()
    },
  }
}
