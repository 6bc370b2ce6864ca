// Makes things happen at a steady pace: events as rows of the hub's own table, each in a transaction of its own.
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'

export interface Writer {
  /** The area in which everything happens. */
  areaId: string
  /** Commits one event; its id. */
  write(): Promise<string>
  end(): Promise<void>
}

/** A pledge of two lines makes a frame of about 465 bytes. */
const LINES = 2

export async function openWriter(ownerUrl: string): Promise<Writer> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 4 })
  pool.on('error', () => {}) // the next write reports what matters
  const { rows: [pledge] } = await pool.query<{ id: string; areaId: string; partyId: string }>(
    `select id, area_id as "areaId", party_id as "partyId" from (select * from pledge where state = 'VERIFIED' and not anonymous order by id limit 2000) pledge
     order by abs((select count(*) from pledge_line where pledge_id = pledge.id) - ${LINES}), id limit 1`)
  if (!pledge) throw new Error('the database holds no verified pledge to write events of')
  return {
    areaId: pledge.areaId,
    async write() {
      const { rows: [event] } = await pool.query<{ id: string }>({
        name: 'write', text: `insert into event (type, audience, area_id, pledge_id, party_id) values ('PLEDGE_VERIFIED', 'PUBLIC', $1, $2, $3) returning id`,
        values: [pledge.areaId, pledge.id, pledge.partyId],
      })
      return event!.id
    },
    end: () => pool.end(),
  }
}

/** Calls `publish` so many times a second, catching up when it was late, until the signal or a failure; settles once all calls have ended. */
export async function pace(rate: number, until: AbortSignal, publish: () => Promise<unknown>): Promise<void> {
  const begin = performance.now()
  const running: Promise<unknown>[] = []
  const failures: unknown[] = []
  for (let n = 0; !until.aborted && failures.length === 0; n++) {
    const wait = begin + (n * 1_000) / rate - performance.now()
    if (wait > 0) await delay(wait)
    if (!until.aborted) running.push(publish().catch((error: unknown) => failures.push(error)))
  }
  await Promise.all(running)
  if (failures.length > 0) throw failures[0]
}
