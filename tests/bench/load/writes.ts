// Changes verified pledges all over the province at a steady rate, each with its event, as a command would: WRITES a second.
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.OWNER_URL!, max: 4 })
const { rows } = await pool.query<{ id: string }>(`select id from pledge where state = 'VERIFIED' and nlevel(area_path) > 2`)
const WRITE = `
  with changed as (update pledge set version = version + 1 where id = $1 returning id, area_id, party_id)
  insert into event (type, audience, area_id, pledge_id, party_id) select 'PLEDGE_AMENDED', 'PUBLIC', area_id, id, party_id from changed`

let written = 0
const began = performance.now()
setInterval(() => {
  // What a late timer missed is made up for.
  for (const due = ((performance.now() - began) / 1_000) * Number(process.env.WRITES); written < due; written++) {
    void pool.query({ name: 'write', text: WRITE, values: [rows[Math.floor(Math.random() * rows.length)]!.id] })
  }
}, 10)
process.once('disconnect', () => process.exit(0))
