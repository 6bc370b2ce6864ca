// Several people write at once: allocations made and let go again, as the hub's commands; or their facts alone, each with its event in one
// statement. Every pair of a line and a need has one writer, so that nobody waits for another's row. Says how many were written.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Hub } from '../../../server/src/access/hub.ts'
import { viewerOf } from '../../../server/src/access/viewer.ts'
import { allocate, releaseAllocation } from '../../../server/src/features/matching/commands.ts'
import { startFolder } from '../../../server/src/features/pledges/folder.ts'
import { readConfig } from '../../../server/src/platform/config.ts'
import { connect } from '../../../server/src/platform/db.ts'
import { createLog } from '../../../server/src/platform/log.ts'

export type WritingKind = 'commands' | 'facts'
export type WritingOrder = { write: WritingKind; milliseconds: number } | { end: true }
export interface Written {
  count: number
  seconds: number
}

const WRITERS = 8
const PAIRS_PER_WRITER = 40
const OFFICE = 'p22'
const OWNER_URL = process.env.OWNER_URL!

const db = await connect(OWNER_URL)
const owner = new pg.Pool({ connectionString: OWNER_URL, max: WRITERS })
const log = createLog('silent')
const folder = process.env.FOLDING === 'yes' ? startFolder(db, log) : null
const hub: Hub = { db, log, config: readConfig({ DATABASE_URL: OWNER_URL, HUB_SECRET: 'of the bench alone, and long enough' }), viewer: await anOfficer() }
const pairs = await pairsToMatch()

async function anOfficer() {
  const { rows: [account] } = await owner.query<{ accountId: string; personId: string }>(
    `with person as (insert into person (display_name, is_demo) values ('Người Ghép Mẫu', true) returning id)
     insert into account (person_id, login, password_hash, is_demo) select id, 'bench.' || id, '', true from person returning id as "accountId", person_id as "personId"`)
  return viewerOf({ ...account!, sessionId: randomUUID(), rightsVersion: 1 }, [{ role: 'PROVINCE_OFFICER', areaId: OFFICE, areaPath: OFFICE, partyId: null, householdId: null }])
}

interface Pair {
  lineId: string
  needId: string
  /** Of an allocation that is there already, for facts. */
  allocationId: string
  areaId: string
  pledgeId: string
}

/** Lines and needs that can be joined, no two pairs with a row in common: as many as the writers take turns with. */
async function pairsToMatch(): Promise<Pair[]> {
  const { rows } = await owner.query<Pair>(
    `with line as (
       select line.id, pledge_id, pledge.party_id, pledge.area_id, kind_code, row_number() over (partition by pledge.area_id, kind_code order by line.id) as nth
       from pledge_line line join pledge on pledge.id = pledge_id
       where pledge.state = 'VERIFIED' and line.promised > line.allocated and nlevel(pledge.area_path) = 2),
     wanted as (
       select need.*, ltree2text(subpath(area_path, 1, 1)) as commune_id, row_number() over (partition by subpath(area_path, 1, 1), kind_code order by id) as nth
       from need where verified_at is not null and withdrawn_at is null and allocated < quantity)
     insert into allocation (line_id, need_id, pledge_id, party_id, household_id, recipient_code, area_id, kind_code, decided_by)
     select line.id, wanted.id, line.pledge_id, line.party_id, household_id, 'Hộ mẫu', wanted.area_id, line.kind_code, $1
     from line join wanted on commune_id = line.area_id and wanted.kind_code = line.kind_code and wanted.nth = line.nth
     order by line.id limit ${WRITERS * PAIRS_PER_WRITER}
     returning line_id as "lineId", need_id as "needId", id as "allocationId", area_id as "areaId", pledge_id as "pledgeId"`, [hub.viewer.accountId])
  if (rows.length < WRITERS * 2) throw new Error(`the data has only ${rows.length} pairs of a line and a need to match`)
  return rows
}

const FACT = `
  with fact as (insert into line_fact (line_id, stage, amount, allocation_id) values ($1, 'ALLOCATED', $2, $3))
  insert into event (type, audience, area_id, pledge_id, line_id, allocation_id, need_id) values ($4, 'PUBLIC', $5, $6, $1, $3, $7)`

const WRITE: Record<WritingKind, (pair: Pair) => Promise<void>> = {
  async commands({ lineId, needId }) {
    const { allocationId } = await allocate(hub, { lineId: `PledgeLine:${lineId}`, needId: `Need:${needId}`, quantity: 1n, overrideReason: 'đo thử', idempotencyKey: randomUUID() })
    await releaseAllocation(hub, { allocationId: `Allocation:${String(allocationId)}`, reason: 'đo thử', idempotencyKey: randomUUID() })
  },
  async facts({ lineId, needId, allocationId, areaId, pledgeId }) {
    for (const [type, amount] of [['LINE_ALLOCATED', 1], ['ALLOCATION_RELEASED', -1]]) {
      await owner.query({ name: 'fact', text: FACT, values: [lineId, amount, allocationId, type, areaId, pledgeId, needId] })
    }
  },
}

async function run(kind: WritingKind, milliseconds: number): Promise<Written> {
  const began = performance.now()
  let count = 0
  await Promise.all(Array.from({ length: WRITERS }, async (_, writer) => {
    const own = pairs.filter((_pair, i) => i % WRITERS === writer)
    for (let i = 0; performance.now() - began < milliseconds; i++) {
      await WRITE[kind](own[i % own.length]!)
      count += 2
    }
  }))
  return { count, seconds: (performance.now() - began) / 1_000 }
}

process.on('message', async (order: WritingOrder) => {
  if ('write' in order) return void process.send!(await run(order.write, order.milliseconds))
  await folder?.close()
  await Promise.all([db.close(), owner.end()])
  process.disconnect()
})
process.once('disconnect', () => process.exit(0))
process.send!('ready')
