// Totals: what was kept equals what the facts come to, after each command and after twenty thousand writes by five at once.
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startFolder } from '../../server/src/features/pledges/folder.ts'
import { type Database, connect } from '../../server/src/platform/db.ts'
import { layCable } from '../support/cable.ts'
import { type FreshDatabase, freshDatabase } from '../support/db.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { pledged } from '../support/world.ts'

const QUANTITIES = ['promised', 'allocated', 'dispatched', 'received', 'settled'] as const
const quiet = { info() {}, warn() {}, error() {} }
const fold = (owner: pg.Client) => owner.query('select fold_roll_ups()')
const differences = async (owner: pg.Client) => (await owner.query('select * from check_roll_ups()')).rows

describe('totals', () => {
  let village: Village
  beforeAll(async () => {
    village = await startVillage()
  })
  afterAll(() => village?.end())

  const AREAS = [null, 'p22', 'c06733', 'c06709', 'h06733_001', 'p82']
  const selection = `{ kind { code } pledges quantities { ${QUANTITIES.join(' ')} } }`
  const kept = (area: string | null, period: { from?: string; to?: string } = {}, actor = village.giver) =>
    actor.ask(`query($area: ID, $from: Date, $to: Date) { totals(area: $area, from: $from, to: $to) ${selection} }`, { area: area && `Area:${area}`, ...period })
      .then(({ totals }) => totals)
  /** From the pledges' lines themselves. */
  const counted = async (area: string | null) => {
    const { rows } = await village.owner.query(`
      select line.kind_code, count(distinct pledge.id)::int as pledges, ${QUANTITIES.map((name) => `sum(line.${name})::text as ${name}`).join(', ')}
      from pledge join pledge_line line on line.pledge_id = pledge.id
      where pledge.state = 'VERIFIED' and ($1::text is null or pledge.area_path <@ (select path from area where id = $1))
      group by line.kind_code order by (select ordinal from support_kind where code = line.kind_code)`, [area])
    return rows.map(({ kind_code, pledges, ...quantities }) => ({ kind: { code: kind_code }, pledges, quantities }))
  }
  const agree = async () => {
    for (const area of AREAS) {
      const totals = await counted(area)
      expect({ area, totals: await kept(area) }).toEqual({ area, totals })
      // A visitor may be shown the answer before, until word of the change has come round.
      await expect.poll(() => kept(area, {}, village.visitor)).toEqual(totals)
    }
    expect(await differences(village.owner)).toEqual([])
  }
  /** What the day's own commands have made of a kind in the village's commune. */
  const ofKind = async (code: string) => (await kept('c06733')).find(({ kind }: any) => kind.code === code)

  it('of the demonstration are those of its lines, in every area', async () => {
    expect(await kept(null)).not.toEqual([])
    expect(await kept('p82')).toEqual([])
    await agree()
    await fold(village.owner)
    await agree()
  })

  it('follow every command, folded or not', async () => {
    const { officer, head, giver, province, done, owner } = village
    const { viewer } = await giver.ask('{ viewer { roles { partyId } } }')
    const step = async <T>(command: Promise<T>): Promise<T> => {
      const answer = await command
      await agree()
      return answer
    }
    // Two lines of one kind are one pledge of that kind.
    const pledge = await step(pledged(giver, { areaId: 'Area:c06733', partyId: viewer.roles[0].partyId, lines: [{ kind: 'PIG', quantity: '30' }, { kind: 'POULTRY', quantity: '9' }, { kind: 'PIG', quantity: '5' }] }))
    const before = await ofKind('PIG')
    await step(done(officer, 'verifyPledge', { pledgeId: pledge.id, version: 1 }, 'pledge { id }'))
    const after = await ofKind('PIG')
    expect([after.pledges - (before?.pledges ?? 0), BigInt(after.quantities.promised) - BigInt(before?.quantities.promised ?? 0)]).toEqual([1, 35n])
    await step(done(giver, 'amendPledge', { pledgeId: pledge.id, version: 2, lineId: pledge.lines[0]!.id, quantity: '20' }, 'pledge { id }'))
    await fold(owner)

    const raised = await done(officer, 'raiseNeed', { householdId: village.home.householdId, kind: 'PIG', quantity: '8', urgency: 2 }, 'need { id version }')
    await done(officer, 'verifyNeed', { needId: raised.need.id, version: raised.need.version }, 'need { id }')
    const { allocation } = await step(done(officer, 'allocate', { lineId: pledge.lines[0]!.id, needId: raised.need.id, quantity: '8' }, 'allocation { id }'))
    const { delivery } = await step(done(officer, 'dispatch', { allocationId: allocation.id, quantity: '6', witnessName: 'Đinh Văn Làm Chứng' }, 'delivery { id }'))
    await step(done(head, 'confirmReceipt', { deliveryId: delivery.id, answer: 'SHORT', received: '5', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }'))
    await fold(owner)
    await step(done(province, 'settle', { allocationId: allocation.id, quantity: '5' }, 'allocation { id }'))
    await step(done(officer, 'releaseAllocation', { allocationId: allocation.id, reason: 'còn thiếu' }, 'allocation { id }'))
    // What is open is taken back; the pledge stands for the rest.
    await step(done(giver, 'withdrawPledge', { pledgeId: pledge.id, version: 3 }, 'pledge { state }'))
    expect((await counted('c06733')).some(({ kind, quantities }) => kind.code === 'PIG' && BigInt(quantities.settled) >= 5n)).toBe(true)

    // Nothing of these was allotted: they stop to count, or never did.
    const line = [{ kind: 'GOAT', quantity: '4' }]
    for (const [name, verify, actor] of [['withdrawPledge', true, giver], ['lapsePledge', true, officer], ['declinePledge', false, officer]] as const) {
      const other = await step(pledged(giver, { areaId: 'Area:h06733_001', partyId: viewer.roles[0].partyId, lines: line }))
      if (verify) await step(done(officer, 'verifyPledge', { pledgeId: other.id, version: 1 }, 'pledge { id }'))
      if (name === 'lapsePledge') await owner.query('update pledge set expected_on = current_date - 2 where id = $1', [uuidOf(other.id)])
      await step(done(actor, name, { pledgeId: other.id, version: verify ? 2 : 1, reason: 'thử' }, 'pledge { state }'))
    }
    await fold(owner)
    await agree()
  })

  it('of a period are what happened in its months, as Viet Nam counts them', async () => {
    const { owner } = village
    const pledge = await pledged(village.giver, { areaId: 'Area:c06709', lines: [{ kind: 'BUFFALO', quantity: '7' }] })
    await owner.query(`update pledge set registered_at = '2025-03-31T16:59:59Z' where id = $1`, [uuidOf(pledge.id)])
    await owner.query(`insert into line_fact (line_id, stage, amount, at) select $1, 'PROMISED', amount, at::timestamptz from (values (5, '2025-03-31T16:59:59Z'), (-2, '2025-03-31T17:00:00Z')) v(amount, at)`, [uuidOf(pledge.lines[0]!.id)])
    await village.done(village.province, 'verifyPledge', { pledgeId: pledge.id, version: 1 }, 'pledge { id }')
    const inPeriod = async (period: { from?: string; to?: string }) => {
      const found = (await kept('c06709', period)).find(({ kind }: any) => kind.code === 'BUFFALO')
      return found ? [found.pledges, found.quantities.promised] : null
    }
    for (const folded of [false, true]) {
      if (folded) await fold(owner)
      expect(await inPeriod({ from: '2025-03-20', to: '2025-03-20' })).toEqual([1, '5'])
      expect(await inPeriod({ from: '2025-04-30', to: '2025-04-01' })).toEqual([0, '-2'])
      expect(await inPeriod({ to: '2025-04-01' })).toEqual([1, '3'])
      expect(await inPeriod({ from: '2025-05-01', to: '2026-01-31' })).toBeNull()
      expect(await inPeriod({})).toEqual([1, '10'])
      await agree()
    }
  })

  it('of the areas right below add up, with what is meant for the area itself, to those of the area', async () => {
    const { area } = await village.giver.ask(
      `{ area(id: "Area:p22") { totals ${selection} children(first: 100) { nodes { id totals ${selection} } pageInfo { hasNextPage } } } }`)
    expect(area.children.pageInfo.hasNextPage).toBe(false)
    expect(area.totals).toEqual(await kept('p22'))
    const sum = new Map<string, number>()
    for (const { totals } of area.children.nodes) for (const { kind, pledges } of totals) sum.set(kind.code, (sum.get(kind.code) ?? 0) + pledges)
    const { rows } = await village.owner.query(`select kind_code, count(distinct pledge.id)::int as n from pledge join pledge_line on pledge_id = pledge.id where area_id = 'p22' and pledge.state = 'VERIFIED' group by 1`)
    for (const { kind_code, n } of rows) sum.set(kind_code, (sum.get(kind_code) ?? 0) + n)
    expect(Object.fromEntries(sum)).toEqual(Object.fromEntries(area.totals.map(({ kind, pledges }: any) => [kind.code, pledges])))
  })

  it('cannot be raised by a line that nobody has verified', async () => {
    const { rows: [pledge] } = await village.owner.query(`select id, party_id from pledge where state = 'VERIFIED' limit 1`)
    const client = await village.db.pool.connect()
    try {
      await client.query('begin')
      await client.query(`select set_config('app.parties', $1, true)`, [pledge.party_id])
      await expect(client.query(`insert into pledge_line (pledge_id, ordinal, kind_code) values ($1, 10, 'COW')`, [pledge.id])).rejects.toThrow(/row-level security/)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })

  it('cannot be written but by what they are sums of', async () => {
    for (const sql of [`insert into roll_up_delta values ('p22', '2026-11-01', 'COW', 1, 1, 0, 0, 0, 0)`, 'delete from roll_up_delta', 'update roll_up set promised = promised + 1', 'select recount_roll_ups()', 'select * from check_roll_ups()', 'select * from counted']) {
      await expect(village.db.pool.query(sql)).rejects.toThrow(/permission denied/)
    }
  })
})

describe('twenty thousand writes by five at once', () => {
  const WRITES = 20_000
  const WRITERS = 5
  let database: FreshDatabase
  let owner: pg.Client
  beforeAll(async () => {
    database = await freshDatabase()
    owner = new pg.Client({ connectionString: database.ownerUrl })
    await owner.connect()
  })
  afterAll(async () => {
    await owner?.end()
    await database?.drop()
  })

  /** Pledges with two or three lines, each line with an allocation to a need of its own; some months old. */
  const REGISTER = `
    with meant as (
      select gen_random_uuid() as id, area.id as area_id, now() - random() * interval '400 days' as at
      from (select id from area where valid_to is null order by random() limit $1) area),
    pledge_made as (
      insert into pledge (id, party_id, anonymous, area_id, expected_on, registered_at)
      select id, (select id from party limit 1), false, area_id, '2027-01-01', at from meant returning id),
    line as (
      insert into pledge_line (id, pledge_id, ordinal, kind_code)
      select gen_random_uuid(), id, n, (array['COW', 'GOAT', 'PIG'])[1 + floor(random() * 3)::int] from pledge_made, generate_series(1, 2 + (random() > 0.5)::int) n
      returning id, pledge_id, kind_code),
    need_made as (
      insert into need (id, household_id, area_id, kind_code, quantity)
      select line.id, household.id, household.area_id, kind_code, 1000000 from line, (select id, area_id from household limit 1) household returning id, household_id, area_id, kind_code),
    allocation_made as (
      insert into allocation (id, line_id, need_id, pledge_id, party_id, household_id, recipient_code, area_id, kind_code, decided_by)
      select line.id, line.id, line.id, line.pledge_id, (select id from party limit 1), household_id, 'Hộ 000', area_id, line.kind_code, (select id from account limit 1)
      from need_made join line on line.id = need_made.id returning id)
    select id as line, pledge_id as pledge from line`
  /** One legal movement of each line, of a random stage, a random amount and a random day. */
  const MOVE = `
    insert into line_fact (line_id, stage, amount, allocation_id, at)
    select id, stage::"Stage", amount, case when stage <> 'PROMISED' then id end, now() - random() * interval '300 days'
    from (select *, (array['PROMISED', 'PROMISED', 'ALLOCATED', 'DISPATCHED', 'RECEIVED', 'SETTLED'])[1 + floor(random() * 6)::int] as stage, random() < 0.2 as back from pledge_line where id = any ($1)) line
    cross join lateral (select case stage
      when 'PROMISED'   then case when back then allocated - promised     else 1 + floor(random() * 40)::int end
      when 'ALLOCATED'  then case when back then dispatched - allocated   else floor(random() * (promised - allocated + 1)) end
      when 'DISPATCHED' then case when back then received - dispatched    else floor(random() * (allocated - dispatched + 1)) end
      when 'RECEIVED'   then case when back then settled - received       else floor(random() * (dispatched - received + 1)) end
      else floor(random() * (received - settled + 1)) end::bigint as amount) moved
    where amount <> 0`

  interface Book {
    written: number
    /** What is committed, to choose from. */
    lines: string[]
    pledges: string[]
  }
  const some = (ids: string[], size: number) => Array.from({ length: size }, () => ids[Math.floor(Math.random() * ids.length)])

  async function register(client: pg.Client, size: number): Promise<{ line: string; pledge: string }[]> {
    const { rows } = await client.query<{ line: string; pledge: string }>(REGISTER, [size])
    await client.query(`
      insert into line_fact (line_id, stage, amount, at) select pledge_line.id, 'PROMISED', 50, registered_at
      from pledge_line join pledge on pledge.id = pledge_id where pledge_line.id = any ($1)`, [rows.map(({ line }) => line)])
    return rows
  }

  /** What one connection does until enough was written: register, verify or end, move; sets of any size, lines locked in order as commands do. */
  async function write(book: Book) {
    const client = new pg.Client({ connectionString: database.ownerUrl, options: '-c TimeZone=UTC -c jit=off' })
    await client.connect()
    try {
      while (book.written < WRITES) {
        const size = Math.ceil(150 ** Math.random())
        const turn = Math.random()
        let made: Awaited<ReturnType<typeof register>> = []
        let count = 0
        await client.query('begin')
        if (turn < 0.08) {
          made = await register(client, Math.ceil(size / 5))
          count = made.length
        } else if (turn < 0.3) {
          const ids = some(book.pledges, Math.ceil(size / 5))
          await client.query('select from pledge_line where pledge_id = any ($1) order by id for update', [ids])
          count = (await client.query(`
            update pledge set state = (case when state = 'VERIFIED' then (array['WITHDRAWN', 'LAPSED'])[1 + floor(random() * 2)::int] when random() < 0.9 then 'VERIFIED' else 'DECLINED' end)::"PledgeState"
            where id = any ($1) and (state = 'REGISTERED' or (state = 'VERIFIED' and random() < 0.4))`, [ids])).rowCount!
        } else {
          const ids = some(book.lines, size)
          await client.query('select from pledge_line where id = any ($1) order by id for update', [ids])
          for (let again = 0; again < 3; again++) count += (await client.query(MOVE, [ids])).rowCount!
        }
        if (Math.random() < 0.03) {
          await client.query('rollback')
          continue
        }
        await client.query('commit')
        book.written += count
        keep(book, made)
        if (Math.random() < 0.1) await client.query('select fold_roll_ups(300)')
      }
    } finally {
      await client.end()
    }
  }

  function keep(book: Book, made: { line: string; pledge: string }[]) {
    book.lines.push(...made.map(({ line }) => line))
    book.pledges.push(...new Set(made.map(({ pledge }) => pledge)))
  }

  it('leave sums that equal a full recount, at every moment, while they are folded and counted anew', async () => {
    const db = await connect(database.ownerUrl, { max: 2 })
    const folder = startFolder(db, quiet)
    const book: Book = { written: 0, lines: [], pledges: [] }
    try {
      keep(book, await register(owner, 2_000))
      const writers = Promise.all(Array.from({ length: WRITERS }, () => write(book)))
      await expect.poll(() => book.written, { timeout: 100_000 }).toBeGreaterThan(WRITES / 2)
      expect(await differences(owner)).toEqual([])
      await owner.query('select recount_roll_ups()')
      await writers
      expect(await differences(owner)).toEqual([])
      await folder.close()
      await fold(owner)
      expect(await differences(owner)).toEqual([])
      const { rows: [tail] } = await owner.query('select (select count(*)::int from roll_up_delta) as unfolded, (select count(*)::int from roll_up) as sums, (select deadlocks::int from pg_stat_database where datname = current_database()) as deadlocks')
      expect(tail).toMatchObject({ unfolded: 0, deadlocks: 0 })
      expect(tail.sums).toBeGreaterThan(1_000)
    } finally {
      await folder.close()
      await db.close()
    }
  }, 120_000)
})

describe('folders of several processes', () => {
  let database: FreshDatabase
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterAll(() => database?.drop())

  it('take turns: one folds, and when its connection is cut another goes on', async () => {
    const cable = await layCable(database)
    const [one, other]: Database[] = [await connect(cable.database.ownerUrl, { max: 1 }), await connect(database.ownerUrl, { max: 2 })]
    const owner = new pg.Client({ connectionString: database.ownerUrl })
    await owner.connect()
    const sessions = async () => (await other!.pool.query<{ pid: number; leads: boolean }>(`
      select pid, exists (select from pg_locks where pg_locks.pid = activity.pid and locktype = 'advisory' and granted) as leads
      from pg_stat_activity activity where datname = current_database() and application_name = 'lead fold_roll_ups' order by backend_start`)).rows
    const leads = async () => (await sessions()).map((session) => session.leads)
    /** Something new to fold, and how much is left of it. */
    const stir = () => owner.query(`update pledge set state = case state when 'VERIFIED' then 'LAPSED' else 'VERIFIED' end::"PledgeState"`)
    const unfolded = async () => (await owner.query('select from roll_up_delta')).rowCount

    const first = startFolder(one!, quiet)
    await expect.poll(leads).toEqual([true])
    const second = startFolder(other!, quiet)
    try {
      await expect.poll(leads).toEqual([true, false])
      await stir()
      await expect.poll(unfolded).toBe(0)

      cable.pull()
      await expect.poll(leads).toEqual([true])
      await stir()
      await expect.poll(unfolded).toBe(0)

      cable.plug()
      await expect.poll(leads).toEqual([true, false])
      await second.close()
      await expect.poll(leads).toEqual([true])
      await stir()
      await expect.poll(unfolded).toBe(0)
      expect(await differences(owner)).toEqual([])
    } finally {
      await Promise.all([first.close(), second.close()])
      await Promise.all([one!.close(), other!.close(), owner.end()])
      await cable.close()
    }
  })
})
