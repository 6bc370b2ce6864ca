// What is kept of answers to visitors is everyone's and nobody else's, and never older than what it was made of.
import { readFileSync } from 'node:fs'
import { type GraphQLField, getNamedType, isLeafType, parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Read } from '../../server/src/graphql/read.ts'
import { fingerprint } from '../../server/src/graphql/trusted.ts'
import { dayInVietNam } from '../../server/src/platform/day.ts'
import { schema } from '../../server/src/schema.ts'
import { type Overrides, type TestApp, startApp } from '../support/app.ts'
import { type Planted, PLANTED, found, plantCanaries, thingsIn } from '../support/canaries.ts'
import { widest } from '../support/everything.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { type Asking, publicQuestions } from '../support/public-questions.ts'
import { type Statements, watchStatements } from '../support/statements.ts'
import { type World, type Actor, pledged, verified } from '../support/world.ts'

/** Set SEED to what a failure printed to make up the same questions again. */
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
const MADE_UP = 16

let village: Village<World>
/** On the same database: one that keeps nothing, and one more that keeps. */
let fresh: TestApp
let other: TestApp
let statements: Statements
let elsewhere: Actor

const another = (options: Overrides = {}) => startApp({ database: village.database, ...options })

beforeAll(async () => {
  village = await startVillage()
  fresh = await another({ keepAnswers: false })
  other = await another()
  statements = watchStatements(village.db)
  elsewhere = await village.signIn('mattran.mytho')
})
afterAll(async () => {
  await fresh?.close()
  await other?.close()
  await village?.end()
})

// ── asking ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Said {
  status: number
  text: string
  headers: Headers
}

const said = async (response: Response): Promise<Said> => ({ status: response.status, text: await response.text(), headers: response.headers })
const post = async (app: { url: string }, asking: Asking | string, headers: Record<string, string> = {}) => {
  const body = JSON.stringify(typeof asking === 'string' ? { query: asking } : asking)
  return said(await fetch(`${app.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body }))
}
const get = async (app: { url: string }, search: Record<string, string>, headers: Record<string, string> = {}) =>
  said(await fetch(`${app.url}/graphql?${new URLSearchParams(search)}`, { headers: { 'apollo-require-preflight': 'yes', ...headers } }))
const as = (cookie: string | null): Record<string, string> => (cookie === null ? {} : { cookie })

/** Without what differs each time anyone asks. */
const lasting = (text: string) => text.replaceAll(/"(feedCursor|lastSeenAt)"\s*:\s*"[^"]*"/g, '')

async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  await Promise.all(Array.from({ length: 6 }, async () => {
    while (next < all.length) {
      const n = next++
      results[n] = await work(all[n]!)
    }
  }))
  return results
}

/** How many statements it takes to ask the hub that is watched. */
async function statementsFor(work: () => Promise<unknown>): Promise<number> {
  const before = statements.count()
  await work()
  return statements.count() - before
}
const NATION = '{ totals { kind { code } pledges quantities { promised allocated } } }'
const totalsOf = (area: string) => `{ totals(area: "Area:${area}") { kind { code } pledges quantities { promised allocated } } }`
/** Its answer is kept: asking again is free. */
const isKept = async (query: string) => {
  await post(village, query)
  return (await statementsFor(() => post(village, query))) === 0
}

let gifts = 0
/** A pledge that counts from then on. */
async function give(areaId: string, officer: Actor, more: Partial<Parameters<typeof pledged>[1]> = {}) {
  const pledge = await pledged(village.giver, {
    areaId: `Area:${areaId}`, lines: [{ kind: 'GOAT', quantity: '3' }], ...(more.partyId ? {} : { party: { kind: 'BUSINESS', name: `Người cho ${(gifts += 1)}` } }), ...more,
  } as Parameters<typeof pledged>[1])
  await verified(officer, pledge)
  return { ...pledge, version: pledge.version + 1 }
}

// ── whose answers ───────────────────────────────────────────────────────────────────────────────────────────────────

describe('an answer that is kept', () => {
  let planted: Planted
  let signedIn: Record<string, string>
  let revoked: string
  let expired: string
  const questions = Object.values(schema.getQueryType()!.getFields()).map((field) => field.name)
  /** All that can be kept; what rules say, for each viewer anew, is left out. */
  const asked = (name: string, variant: string, isWanted = needsNoRule) =>
    `query ${variant}\n{ ${widest(schema, schema.getQueryType()!.getFields()[name]!, planted.argumentOf, undefined, isWanted)} }`
  const needsNoRule = ({ type, extensions }: GraphQLField<unknown, unknown>) => {
    const read = extensions.read as Read | undefined
    return read?.kind !== 'needs' && !(read?.kind === 'column' && !isLeafType(getNamedType(type)))
  }
  const all = (_field: GraphQLField<unknown, unknown>) => true
  const CAN_BE_KEPT = ['adoptions', 'area', 'areas', 'gaps', 'openings', 'plan', 'plans', 'pledge', 'pledges', 'povertyCauses', 'povertyStandards', 'rotationRules', 'supportKinds', 'totals']

  beforeAll(async () => {
    await plantCanaries(village.owner)
    planted = await thingsIn(village.owner)
    const admin = await village.signIn('quantri')
    signedIn = { officer: village.province.cookie!, giver: village.giver.cookie!, admin: admin.cookie! }
    const [left, old] = await Promise.all([village.signIn('mattran.haininh'), village.signIn('mattran.haininh')])
    await left!.ask('mutation { signOut { problem { code } } }')
    revoked = left!.cookie!
    expired = old!.cookie!
    await village.owner.query(`update session set expires_at = now() - interval '1 minute' where token_hash = sha256($1::bytea)`, [expired.slice(expired.indexOf('=') + 1)])
  })

  /** What a visitor may see of `pledgeByCode`, who gives the code. */
  const known = (name: string) => (name === 'pledgeByCode' ? ['pledge.message', 'pledge_step.reason', 'line_fact.reason'] : [])

  it.each(questions)('to %s is everyone\'s, whoever asked first and whoever asks beside', async (name) => {
    const right = async (cookie: string | null, isWanted = needsNoRule) => lasting((await post(fresh, asked(name, 'Right', isWanted), as(cookie))).text)
    const visitors = await right(null)
    const theirs = Object.fromEntries(await Promise.all(Object.entries(signedIn).map(async ([who, cookie]) => [who, await right(cookie)])))
    const strangers = { nobody: null, invalid: 'chungtay=x', madeUp: `chungtay=${'A'.repeat(43)}`, revoked, expired }
    expect(found(visitors).filter((column) => !known(name).includes(column))).toEqual([])

    const [first, last] = [Object.entries(signedIn), Object.entries(strangers)] as const
    const wanted = (who: string) => theirs[who] ?? visitors
    for (const [order, askers] of Object.entries({ SignedInFirst: [...first, ...last], VisitorFirst: [...last.slice(0, 1), ...first.slice(0, 1)] })) {
      for (const [who, cookie] of askers) {
        const { text, headers } = await post(village, asked(name, order), as(cookie))
        expect([order, who, lasting(text)]).toEqual([order, who, wanted(who)])
        expect(headers.get('cache-control')).toBe('no-store')
      }
    }
    const wide = { officer: await right(village.province.cookie, all), nobody: await right(null, all) }
    const everyone = ['nobody', 'officer', 'nobody', 'nobody', 'officer', 'nobody'] as const
    const ask = async (who: (typeof everyone)[number], isWanted: typeof all) => lasting((await post(village, asked(name, 'AtOnce', isWanted), as(who === 'officer' ? village.province.cookie : null))).text)
    expect(await Promise.all(everyone.map((who) => ask(who, all)))).toEqual(everyone.map((who) => wide[who]))
    expect(await Promise.all(everyone.map((who) => ask(who, needsNoRule)))).toEqual(everyone.map(wanted))
  })

  it.each(questions)('to %s, got with an ETag, is no answer to who signs in', async (name) => {
    const query = asked(name, 'Got')
    const first = await get(village, { query })
    const etag = first.headers.get('etag')
    const answer = await get(village, { query }, { ...as(village.province.cookie), ...(etag ? { 'if-none-match': etag } : {}) })
    expect(answer.status).toBe(200)
    expect(lasting(answer.text)).toBe(lasting((await get(fresh, { query }, as(village.province.cookie))).text))
    expect([answer.headers.get('cache-control'), answer.headers.get('etag')]).toEqual(['no-store', null])
    const again = await get(village, { query })
    expect(lasting(again.text)).toBe(lasting(first.text))
    expect(etag !== null).toBe(CAN_BE_KEPT.includes(name))
    expect([again.headers.get('etag'), again.headers.get('cache-control'), again.headers.get('vary')])
      .toEqual(etag ? [etag, 'public, max-age=0, s-maxage=2, stale-while-revalidate=10', 'cookie, accept'] : [null, 'no-store', null])
  })

  it('was asked of someone who sees more: the canaries are there to be found', async () => {
    const texts = await inTurn(questions, (name) => post(village, asked(name, 'Canaries'), as(village.province.cookie)))
    expect(found(texts.map(({ text }) => text).join()).length).toBeGreaterThan(Object.keys(PLANTED).length / 2)
  })

  it('is none of a pledge that was followed by its code', async () => {
    const follow = (code: string) => post(village, { query: 'query($code: String!) { pledgeByCode(code: $code) { message followCode } }', variables: { code } })
    const codes = [planted.ids.code!, 'none', planted.ids.code!, 'none']
    const answers: unknown[] = []
    for (const code of codes) answers.push(JSON.parse((await follow(code)).text).data.pledgeByCode)
    expect(answers).toEqual([{ message: expect.stringContaining('CANARY'), followCode: planted.ids.code }, null, { message: expect.stringContaining('CANARY'), followCode: planted.ids.code }, null])
  })
})

// ── how old ─────────────────────────────────────────────────────────────────────────────────────────────────────────

describe(`every public question (SEED=${SEED})`, () => {
  let questions: Asking[]
  let right: string[]

  /** Questions whose answer changed by what was done, once all kept answers are what they ought to be. */
  async function compared(): Promise<number> {
    const before = right
    right = await inTurn(questions, async (asking) => lasting((await post(fresh, asking)).text))
    let left = questions.map((_, n) => n)
    await expect.poll(async () => {
      const answers = await inTurn(left, async (n) => lasting((await post(village, questions[n]!)).text))
      const stale = left.filter((n, i) => answers[i] !== right[n])
      left = stale
      // What time alone changes is what it is now.
      for (const n of stale) right[n] = lasting((await post(fresh, questions[n]!)).text)
      return stale.map((n) => questions[n])
    }, { interval: 20 }).toEqual([])
    return right.filter((text, n) => text !== before[n]).length
  }

  beforeAll(async () => {
    await give('c06733', village.officer)
    const made = await publicQuestions(village.owner, { seed: SEED, madeUp: MADE_UP })
    const answers = await inTurn(made, async (asking) => lasting((await post(fresh, asking)).text))
    // Made-up ones may be larger than is allowed.
    const isAnswered = (n: number) => answers[n]!.startsWith('{"data":')
    questions = made.filter((_, n) => isAnswered(n))
    right = answers.filter((_, n) => isAnswered(n))
  })

  it('is mostly kept', async () => {
    await inTurn(questions, (asking) => post(village, asking))
    expect(questions.length).toBeGreaterThan(60)
    expect(await statementsFor(() => inTurn(questions, (asking) => post(village, asking)))).toBeLessThan(questions.length / 2)
  })

  it('has a fresh answer after whatever people do', async () => {
    const { officer, province, head, giver, done, owner, home } = village
    const { householdId } = home
    const partyId = (await giver.ask('{ viewer { roles { partyId } } }')).viewer.roles[0].partyId
    const changed: Record<string, number> = {}
    const step = async <T>(name: string, doing: Promise<T>): Promise<T> => {
      const result = await doing
      try {
        changed[name] = await compared()
      } catch (error) {
        throw new Error(`after: ${name}`, { cause: error })
      }
      return result
    }
    const need = async (kind: string, quantity: string, urgency: number) =>
      (await done(officer, 'raiseNeed', { householdId, kind, quantity, urgency }, 'need { id version }')).need as { id: string; version: number }
    const verify = ({ id, version }: { id: string; version: number }) => done(officer, 'verifyNeed', { needId: id, version }, 'need { id version }')

    const goats = await step('raiseNeed', need('GOAT', '10', 3))
    await step('verifyNeed', verify(goats))
    const pledge = await step('makePledge', pledged(giver, { areaId: 'Area:h06733_001', partyId, lines: [{ kind: 'GOAT', quantity: '10', detail: 'dê núi' }, { kind: 'CASH_CAPITAL', quantity: '7000000' }] }))
    await step('verifyPledge', verified(officer, pledge))
    const { allocation } = await step('allocate', done(officer, 'allocate', { lineId: pledge.lines[0]!.id, needId: goats.id, quantity: '6' }, 'allocation { id }'))
    await step('amendPledge', done(giver, 'amendPledge', { pledgeId: pledge.id, version: 2, lineId: pledge.lines[0]!.id, quantity: '9' }, 'pledge { id }'))
    const { delivery } = await step('dispatch', done(officer, 'dispatch', { allocationId: allocation.id, quantity: '4', witnessName: 'Đinh Văn Làm Chứng' }, 'delivery { id }'))
    await step('confirmReceipt', done(head, 'confirmReceipt', { deliveryId: delivery.id, answer: 'SHORT', received: '3', witnessName: 'Mạc Thị Chứng Kiến' }, 'delivery { id }'))
    await step('recordOutcome', done(officer, 'recordOutcome', { allocationId: allocation.id, kind: 'LIVESTOCK_ALIVE', quantity: '3', observedOn: dayInVietNam() }, 'outcome { id }'))
    await step('settle', done(province, 'settle', { allocationId: allocation.id, quantity: '2' }, 'allocation { id }'))
    await step('releaseAllocation', done(officer, 'releaseAllocation', { allocationId: allocation.id, reason: 'còn thiếu' }, 'allocation { id }'))
    await step('withdrawPledge', done(giver, 'withdrawPledge', { pledgeId: pledge.id, version: 3 }, 'pledge { state }'))

    const whole = await step('verifyPledge of a province', give('p22', province, { anonymous: true, partyId }))
    await step('withdrawPledge, whole', done(giver, 'withdrawPledge', { pledgeId: whole.id, version: whole.version }, 'pledge { state }'))
    const late = await step('verifyPledge in a ward', give('c06712', province))
    await step('its day passes', owner.query('update pledge set expected_on = current_date - 2 where id = $1', [uuidOf(late.id)]))
    await step('lapsePledge', done(province, 'lapsePledge', { pledgeId: late.id, version: late.version }, 'pledge { state }'))
    const unnamed = await step('makePledge, anonymous, by a visitor', pledged(village.visitor, { areaId: 'Area:c06733', anonymous: true, lines: [{ kind: 'PIG', quantity: '2' }] }))
    await step('declinePledge', done(officer, 'declinePledge', { pledgeId: unnamed.id, version: unnamed.version, reason: 'trùng' }, 'pledge { id }'))
    await step('verifyPledge elsewhere', give('p82', elsewhere))

    const pigs = await need('PIG', '4', 1)
    const { need: seen } = await verify(pigs)
    const moved = (await owner.query(`select version, head_name, members from household where id = $1`, [uuidOf(householdId)])).rows[0]
    await step('updateHousehold, to another hamlet', done(officer, 'updateHousehold', { householdId, version: moved.version, headName: 'Người Đã Dời', members: moved.members, causes: [], areaId: 'Area:h06733_002' }, 'household { id }'))
    await step('withdrawNeed', done(officer, 'withdrawNeed', { needId: pigs.id, version: seen.version }, 'need { id }'))
    const others = (await owner.query(`select 'Household:' || id as id, version, status from household where area_path <@ 'p22.c06733' and is_listed(status) and id <> $1 order by code limit 1`, [uuidOf(householdId)])).rows[0]
    await step('recordStatus', done(officer, 'recordStatus', { householdId: others.id, version: others.version, status: 'LEFT', standardId: 'MDP_2022_2025', decisionNo: 'THU-1', decidedOn: '2025-12-20', effectiveOn: '2025-12-31', listYear: 2025 }, 'household { id }'))
    await step('sums are folded', owner.query('select fold_roll_ups(), fold_need_totals()'))

    await step('a hamlet more', owner.query(`with hamlet as (insert into area (id, kind, code, subtype, name, full_name, valid_from, path, history_complete, search)
      values ('h06733_950', 'HAMLET', '950', 'thôn', 'Mới', 'Thôn Mới', '2025-07-01', 'p22.c06733.h06733_950', true, 'moi') returning id, path, valid_from)
      insert into area_place (area_id, parent_id, path, valid_from) select id, 'c06733', path, valid_from from hamlet`))
    await step('addHamlet', done(officer, 'addHamlet', { communeId: 'Area:c06733', name: 'Bản Mới', effectiveOn: dayInVietNam(), decisionNo: '12/QĐ-UBND', decidedOn: dayInVietNam(), issuer: 'UBND xã Hải Ninh' }, 'area { id }'))
    await step('the first pledge to it', give('h06733_950', officer))
    await step('an area is renamed', owner.query(`update area set name = 'Hải Ninh Mới', full_name = 'Xã Hải Ninh Mới' where id = 'c06733'`))
    await step('what an area became', owner.query(`insert into area_succession (from_id, to_id, transfer, effective_on) values ('c06733_2025', 'h06733_950', 'PARTIAL', '2025-07-01')`))
    await step('a giver is renamed', owner.query(`update party set name = 'Công ty Sao Hôm' where id = $1`, [uuidOf(partyId)]))
    await step('a kind is renamed', owner.query(`update support_kind set name = name || ' giống', typical_cost = typical_cost + 1 where code = 'GOAT'`))
    await step('a plan is corrected', owner.query(`update plan set title = title || ' (sửa)'`))
    await step('a target is corrected', owner.query('update plan_target set numerator = numerator - 1'))
    await step('a cause is renamed', owner.query(`update poverty_cause set name = name || '.'`))
    await step('a standard is renamed', owner.query(`update poverty_standard set name = name || '.'`))
    await step('pledges are loaded in bulk', owner.query(`with given as (insert into pledge (transfer_code, party_id, anonymous, area_id, expected_on, state, verified_at)
        values ('BULK1', $1, false, 'c06712', '2027-01-01', 'VERIFIED', now()) returning id)
      insert into pledge_line (pledge_id, ordinal, kind_code, detail) select id, 1, 'PIG', '' from given`, [uuidOf(partyId)]))
    await step('quantities are loaded in bulk', owner.query(`insert into line_fact (line_id, stage, amount, reason) select line.id, 'PROMISED', 5, '' from pledge_line line join pledge on pledge.id = pledge_id where transfer_code = 'BULK1'`))
    await step('terms are loaded in bulk', owner.query(`insert into job_post (line_id, area_id, skills_wanted, skills_taught, wage, starts_on)
      select line.id, 'c06709', '{}', '{}', 6000000, current_date from pledge_line line join pledge on pledge.id = pledge_id where transfer_code = 'BULK1'`))
    await step('needs are loaded in bulk', owner.query(`insert into need (household_id, area_id, kind_code, detail, quantity, urgency, raised_at, verified_at) values ($1, 'h06733_001', 'PIG', '', 9, 3, now(), now())`, [uuidOf(householdId)]))

    // What changes nothing that everyone may see, but in the news; folding only moves what is there already.
    const silent = ['raiseNeed', 'recordOutcome', 'makePledge', 'makePledge, anonymous, by a visitor', 'declinePledge', 'sums are folded']
    expect(Object.keys(changed).filter((name) => changed[name] === 0 && !silent.includes(name))).toEqual([])
  }, 300_000) // a quarter of a minute alone, and everything else may run beside it
})

describe('an answer', () => {
  it('stays kept while something changes elsewhere, and is forgotten with what changes in it, above and below', async () => {
    const here = ['p22', 'c06733', 'h06733_001']
    for (const area of [...here, 'p82']) expect([area, await isKept(totalsOf(area))]).toEqual([area, true])
    expect(await isKept(NATION)).toBe(true)
    const of = (area: string) => statementsFor(() => post(village, totalsOf(area)))
    await give('p82', elsewhere)
    await expect.poll(() => statementsFor(() => post(village, NATION))).toBe(1)
    expect(await Promise.all(here.map((area) => statementsFor(() => post(village, totalsOf(area)))))).toEqual([0, 0, 0])
    expect(await of('p82')).toBe(1)
    await give('h06733_001', village.officer)
    for (const area of here) await expect.poll(() => of(area), { interval: 5 }).toBe(1)
    expect(await of('p82')).toBe(0)
  })

  it('that many ask for at once is made by one statement', async () => {
    const query = '{ totals(area: "Area:p22") { pledges } }'
    let answers: Said[] = []
    expect(await statementsFor(async () => (answers = await Promise.all(Array.from({ length: 50 }, () => post(village, query)))))).toBe(1)
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers[0]!.text).toBe((await post(fresh, query)).text)
  })

  it('on its way while its places change is not kept', async () => {
    const query = '{ totals(area: "Area:c06733") { pledges } }'
    const alike = totalsOf('c06733')
    expect(await isKept(alike)).toBe(true)
    const { isThere, release } = statements.holdNext()
    onTestFinished(release)
    const late = post(village, query)
    await isThere
    await give('c06733', village.officer)
    await expect.poll(() => statementsFor(() => post(village, alike)), { interval: 5 }).toBe(1) // it has heard
    release()
    const [stale, right] = [(await late).text, (await post(fresh, query)).text]
    expect(stale).not.toBe(right)
    expect((await post(village, query)).text).toBe(right)
  })

  it('given by one hub is forgotten when another hub changes what it was made of', async () => {
    const query = 'query Beside { totals(area: "Area:c06733") { pledges } }'
    await post(village, query)
    const pledge = await pledged(village.giver, { areaId: 'Area:c06733', lines: [{ kind: 'GOAT', quantity: '1' }] })
    const verify = { query: 'mutation($input: VerifyPledgeInput!) { verifyPledge(input: $input) { problem { code } } }', variables: { input: { pledgeId: pledge.id, version: pledge.version, idempotencyKey: crypto.randomUUID() } } }
    expect((await post(other, verify, as(village.officer.cookie))).text).toContain('"problem":null')
    await expect.poll(async () => (await post(village, query)).text).toBe((await post(fresh, query)).text)
  })
})

// ── without ears ────────────────────────────────────────────────────────────────────────────────────────────────────

describe('a hub that does not hear of changes', () => {
  const query = 'query Deaf { totals(area: "Area:c06733") { pledges } }'
  const listeners = async () => (await village.owner.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'listen chungtay_changed'`)).rows[0]!.n
  let lineId: string
  beforeAll(async () => {
    const pledge = await give('c06712', village.province)
    lineId = uuidOf(pledge.lines[0]!.id)
  })
  const asked = 'query Deaf { totals(area: "Area:c06712") { pledges quantities { promised } } }'
  const promiseMore = () => village.owner.query(`insert into line_fact (line_id, stage, amount, reason) values ($1, 'PROMISED', 5, '')`, [lineId])
  const isRight = async () => expect((await post(village, asked)).text).toBe((await post(fresh, asked)).text)

  /** Cuts the connections that listen, and lets none come back until the returned function is called. */
  async function deafen() {
    const limit = (connections: number) => village.owner.query(`alter database ${village.database.name} connection limit ${connections}`)
    onTestFinished(async () => void (await limit(-1)))
    await limit(0)
    await village.db.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'listen chungtay_changed'`)
    await expect.poll(listeners).toBe(0)
    await expect.poll(() => isKept(query)).toBe(false)
    return () => limit(-1)
  }

  it('gives nothing that it kept, and makes every answer anew until it hears again', async () => {
    const before = await listeners()
    expect([await isKept(query), await isKept(asked)]).toEqual([true, true])
    const hear = await deafen()
    for (let n = 0; n < 3; n++) {
      await promiseMore()
      await isRight()
    }
    await hear()
    await expect.poll(() => isKept(query)).toBe(true)
    await isRight()
    await expect.poll(listeners).toBe(before)
  })

  it('keeps nothing that was asked for before it heard again', async () => {
    const before = await listeners()
    const hear = await deafen()
    const { isThere, release } = statements.holdNext()
    onTestFinished(release)
    const late = post(village, asked)
    await isThere
    await hear()
    await expect.poll(listeners).toBe(before)
    await expect.poll(() => isKept(query)).toBe(true)
    release()
    expect((await late).status).toBe(200)
    await promiseMore()
    await expect.poll(async () => (await post(village, asked)).text).toBe((await post(fresh, asked)).text)
  })
})

// ── by GET ──────────────────────────────────────────────────────────────────────────────────────────────────────────

describe('a published document, asked for by its id', () => {
  let production: TestApp
  const idOf = (file: string) => `sha256:${fingerprint(parse(readFileSync(new URL(`../../schema/operations/${file}.graphql`, import.meta.url), 'utf8')))}`
  const variables = JSON.stringify({ id: 'Area:c06733', first: 3 })
  const ask = (search: Record<string, string>, headers: Record<string, string> = {}) => get(production, search, { 'apollo-require-preflight': '', ...headers })

  beforeAll(async () => {
    production = await another({ config: { production: true } })
  })
  afterAll(() => production?.close())

  it('is answered, may be kept by browsers and caches, and is not sent twice', async () => {
    const first = await ask({ documentId: idOf('see-totals'), variables: '{"area":"Area:c06733"}' })
    expect(first.status).toBe(200)
    expect(JSON.parse(first.text).data.totals.length).toBeGreaterThan(0)
    expect(first.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=2, stale-while-revalidate=10')
    expect(first.headers.get('vary')).toMatch(/\bcookie\b/)
    const etag = first.headers.get('etag')!
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await ask({ documentId: idOf('see-totals'), variables: '{"area":"Area:c06733"}' }, { 'if-none-match': known })
      expect([known, again.status, again.text, again.headers.get('etag')]).toEqual([known, 304, '', etag])
      expect(again.headers.get('cache-control')).toBe(first.headers.get('cache-control'))
      expect(again.headers.get('vary')).toBe(first.headers.get('vary'))
    }
    await give('c06733', village.officer)
    await expect.poll(async () => (await ask({ documentId: idOf('see-totals'), variables: '{"area":"Area:c06733"}' }, { 'if-none-match': etag })).status).toBe(200)
  })

  it('is the same that a POST of it gets, which no cache keeps', async () => {
    const query = readFileSync(new URL('../../schema/operations/see-area.graphql', import.meta.url), 'utf8')
    const asPosted = () => post(production, { query, variables: JSON.parse(variables) })
    // Word of what was done a moment ago may come between the two.
    await expect.poll(async () => (await asPosted()).text === (await ask({ documentId: idOf('see-area'), variables })).text).toBe(true)
    const posted = await asPosted()
    expect([posted.status, posted.headers.get('cache-control'), posted.headers.get('etag')]).toEqual([200, 'no-store', null])
  })

  it('is for no cache when someone who is signed in asks', async () => {
    const { status, headers } = await ask({ documentId: idOf('see-area'), variables }, as(village.officer.cookie))
    expect([status, headers.get('cache-control'), headers.get('etag')]).toEqual([200, 'no-store', null])
  })

  it('is not there under an unknown id, which is said in both languages', async () => {
    for (const documentId of ['sha256:' + '0'.repeat(64), '', 'x', '__proto__']) {
      const { status, text, headers } = await ask({ documentId })
      expect([documentId, status, headers.get('cache-control')]).toEqual([documentId, 404, 'no-store'])
      expect(JSON.parse(text).errors[0].extensions).toMatchObject({ code: 'UNKNOWN_DOCUMENT', messages: { vi: expect.stringMatching(/\S/), en: expect.stringMatching(/\S/) } })
    }
  })

  it('changes nothing and opens no feed', async () => {
    const withdrawn = await ask({ documentId: idOf('sign-out') }, as(village.officer.cookie))
    expect(withdrawn.status).toBe(405)
    expect((await village.officer.ask('{ viewer { account { id } } }')).viewer).not.toBeNull()
    expect((await ask({ documentId: idOf('watch-area'), variables })).status).toBeGreaterThanOrEqual(400)
  })

  it('is refused with variables that are malformed or missing', async () => {
    for (const malformed of ['{', '[]', '"x"', '1']) {
      const { status, headers } = await ask({ documentId: idOf('see-area'), variables: malformed })
      expect([malformed, status, headers.get('cache-control')]).toEqual([malformed, 400, 'no-store'])
    }
    expect(JSON.parse((await ask({ documentId: idOf('see-area') })).text).errors[0].extensions.code).toBe('BAD_USER_INPUT')
  })
})
