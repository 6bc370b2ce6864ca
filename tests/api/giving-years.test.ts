// A giver's year: every figure is what the facts of that year add up to, what is missing is said, and nobody else reads it.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { confirmReceipt } from '../../server/src/features/deliveries/commands.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { graphql } from '../support/app.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { textOf } from '../support/pdf-text.ts'
import { type Actor, pledged, verified } from '../support/world.ts'

const today = dayInVietNam()
const thisYear = Number(today.slice(0, 4))
const GIVER = 'Hợp tác xã Năm Thử Nghiệm'

let village: Village
let giver: Actor
let party: string

beforeAll(async () => {
  village = await startVillage()
  ;({ actor: giver, party } = await newGiver(GIVER))
  const { done, officer, province, home } = village

  // Ten goats were handed over; seven came, and later six of them were alive. Two more wait for an answer. Money is promised and not matched.
  const pledge = await pledged(giver, { areaId: 'Area:c06733', partyId: party, lines: [{ kind: 'GOAT', quantity: '15' }, { kind: 'CASH_CAPITAL', quantity: '12500000' }] })
  await verified(officer, pledge)
  const { need } = await done(officer, 'raiseNeed', { householdId: home.householdId, kind: 'GOAT', quantity: '12', urgency: 2 }, 'need { id version }')
  await done(officer, 'verifyNeed', { needId: need.id, version: need.version }, 'need { id }')
  const { allocation } = await done(officer, 'allocate', { lineId: pledge.lines[0]!.id, needId: need.id, quantity: '12' }, 'allocation { id }')
  const deliveryId = await village.handedOver(allocation.id, 10)
  await confirmReceipt(await village.slip(), { deliveryId, answer: 'SHORT', received: 7n, idempotencyKey: randomUUID() })
  await village.handedOver(allocation.id, 2)
  await done(province, 'settle', { allocationId: allocation.id, quantity: '5' }, 'allocation { id }')
  for (const quantity of ['7', '6']) await done(officer, 'recordOutcome', { allocationId: allocation.id, kind: 'LIVESTOCK_ALIVE', quantity, observedOn: today }, 'outcome { id }')
  await done(officer, 'recordOutcome', { allocationId: allocation.id, kind: 'LIVESTOCK_BORN', quantity: '2', observedOn: today }, 'outcome { id }')

  // What the Front has not verified does not count.
  await pledged(giver, { areaId: 'Area:c06733', partyId: party, lines: [{ kind: 'COW', quantity: '3' }] })
})
afterAll(() => village?.end())

async function newGiver(name: string) {
  const login = `091${Math.floor(Math.random() * 1e7).toString().padStart(7, '0')}` // of a network that there is
  const password = 'một câu dài dễ nhớ'
  await village.visitor.try('mutation($input: RegisterDonorInput!) { registerDonor(input: $input) { problem { message } } }', {
    input: { login, password, partyKind: 'COOPERATIVE', partyName: name, idempotencyKey: randomUUID() } })
  const { cookie } = await village.visitor.try('mutation($input: SignInInput!) { signIn(input: $input) { problem { message } } }', { input: { login, password } })
  const attempt: Actor['try'] = (query, variables = {}) => graphql(village, query, variables, { cookie, language: 'en' })
  const ask: Actor['ask'] = async (query, variables) => {
    const { data, errors } = await attempt(query, variables)
    if (errors) throw new Error(errors[0]!.message)
    return data
  }
  const actor: Actor = {
    cookie, try: attempt, ask,
    async do(mutation, input, selection) {
      const Name = mutation[0]!.toUpperCase() + mutation.slice(1)
      return (await ask(`mutation($input: ${Name}Input!) { ${mutation}(input: $input) { ${selection} problem { code message } } }`, { input: { idempotencyKey: randomUUID(), ...input } }))[mutation]
    },
  }
  return { actor, party: (await ask('{ viewer { roles { partyId } } }')).viewer.roles[0].partyId as string }
}

const YEAR = `query($party: ID!, $year: Int!) { givingYear(party: $party, year: $year) {
  year years hamlets households party { name }
  kinds { kind { code } promised allocated dispatched received settled missing unanswered promisedValue receivedValue isEstimate }
  places { area { id } kind { code } dispatched received households } outcomes { outcome kind { code } quantity } } }`
const yearOf = async (actor: Actor, year = thisYear) => (await actor.ask(YEAR, { party, year })).givingYear

describe('a year', () => {
  it('says what was promised and what arrived, what is missing, where it went and what became of it', async () => {
    const { rows: [price] } = await village.owner.query(`select coalesce((select cost from support_price where kind_code = 'GOAT' and applies_from <= $1 order by applies_from desc limit 1), (select typical_cost from support_kind where code = 'GOAT'))::int as cost`, [today])
    expect(await yearOf(giver)).toEqual({
      year: thisYear, years: [thisYear], hamlets: 1, households: 1, party: { name: GIVER },
      kinds: [
        { kind: { code: 'CASH_CAPITAL' }, promised: '12500000', allocated: '0', dispatched: '0', received: '0', settled: '0', missing: '0', unanswered: '0', promisedValue: '12500000', receivedValue: '0', isEstimate: false },
        { kind: { code: 'GOAT' }, promised: '15', allocated: '12', dispatched: '12', received: '7', settled: '5', missing: '3', unanswered: '2', promisedValue: String(15 * price.cost), receivedValue: String(7 * price.cost), isEstimate: true },
      ],
      places: [{ area: { id: 'Area:h06733_001' }, kind: { code: 'GOAT' }, dispatched: '12', received: '7', households: 1 }],
      outcomes: [{ outcome: 'LIVESTOCK_ALIVE', kind: { code: 'GOAT' }, quantity: '6' }, { outcome: 'LIVESTOCK_BORN', kind: { code: 'GOAT' }, quantity: '2' }],
    })
  })

  it('begins and ends at midnight in Viet Nam', async () => {
    const pledge = await pledged(giver, { areaId: 'Area:c06733', partyId: party, lines: [{ kind: 'PIG', quantity: '4' }] })
    await verified(village.officer, pledge)
    await village.owner.query('alter table line_fact disable trigger append_only')
    for (const [at, years] of [[`${thisYear - 2}-12-31T16:59:59Z`, [0, 4, 0]], [`${thisYear - 2}-12-31T17:00:00Z`, [0, 0, 4]]] as const) {
      await village.owner.query('update line_fact set at = $2 where line_id = $1', [uuidOf(pledge.lines[0]!.id), at])
      const pigs = async (year: number) => Number((await yearOf(giver, year)).kinds.find((each: any) => each.kind.code === 'PIG')?.promised ?? 0)
      expect([await pigs(thisYear - 3), await pigs(thisYear - 2), await pigs(thisYear - 1)]).toEqual(years)
    }
    await village.owner.query('alter table line_fact enable trigger append_only')
    expect((await yearOf(giver)).years).toEqual([thisYear, thisYear - 1])
  })

  it('in which nothing moved is empty', async () => {
    expect(await yearOf(giver, 2001)).toMatchObject({ kinds: [], places: [], outcomes: [], hamlets: 0, households: 0 })
  })

  it('is of a century that can be meant', async () => {
    const { errors } = await giver.try(YEAR, { party, year: 1999 })
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('is read by the giver alone', async () => {
    const another = await newGiver('Một Người Khác')
    expect(await yearOf(another.actor)).toBeNull()
    for (const actor of [village.visitor, village.officer, village.head]) expect((await actor.try(YEAR, { party, year: thisYear })).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })
})

describe('the paper of a year', () => {
  const fetched = (actor: Actor, language = 'vi', of = party, year = thisYear) =>
    fetch(`${village.url}/tai-ve/tong-ket/${uuidOf(of)}/${year}.pdf?ngon-ngu=${language}`, { headers: actor.cookie ? { cookie: actor.cookie } : {} })

  it('says the figures, the amounts in words, the estimates as such, and what is missing', async () => {
    const text = await textOf(await fetched(giver))
    for (const said of [`TỔNG KẾT NĂM ${thisYear}`, GIVER, '12.500.000 đồng (mười hai triệu năm trăm nghìn đồng)', 'ước tính', 'hộ báo chưa nhận đủ: 3 con', 'hộ chưa trả lời: 2 con', 'chưa giao: 3 con', 'con còn sống, khỏe: 6', 'Thôn 1 Hải Tiến']) expect(text).toContain(said)
    expect(text).toMatch(/con 15 12 12 7 5/)
  })

  it('is there in English, too, and names no household', async () => {
    const text = await textOf(await fetched(giver, 'en'))
    for (const said of [`THE YEAR ${thisYear}`, 'Twelve million'.toLowerCase(), 'What is missing']) expect(text).toContain(said)
    const { rows: [home] } = await village.owner.query('select head_name, code from household where id = $1', [uuidOf(village.home.householdId)])
    expect(text).not.toContain(home.head_name)
    expect(text).not.toContain(home.code)
  })

  it('says the terms of posts and of purchases, and what was bought in that year beside what was promised', async () => {
    const { viewer } = await village.giver.ask('{ viewer { roles { partyId } } }')
    const saoMai = viewer.roles[0].partyId
    await village.received('JOB', 2)
    const { allocationId } = await village.received('OFFTAKE', 1_200, 14)
    const bought = (quantity: string, observedOn: string) =>
      village.done(village.officer, 'recordOutcome', { allocationId, kind: 'PRODUCE_BOUGHT', quantity, unitPrice: '8000', observedOn }, 'outcome { id }')
    const before = later(today, { months: -13 })
    await bought('300', before)
    await bought('700', today)
    await village.done(village.officer, 'recordOutcome', { allocationId, kind: 'PRODUCE_PAID', quantity: '500', observedOn: today }, 'outcome { id }')
    const now = await textOf(await fetched(village.giver, 'vi', saoMai))
    for (const said of ['Làm tại Xã Hải Ninh, 6.500.000 đồng một tháng', 'Khoai tây, mùa từ', 'Đã mua 700 trên 1.200 kg đã hứa, trị giá 5.600.000 đồng; đã trả tiền 500 kg']) expect(now).toContain(said)
    const then = await textOf(await fetched(village.giver, 'en', saoMai, Number(before.slice(0, 4))))
    expect(then).toContain('300 of 1,200 kg promised bought, worth 2,400,000 VND; 0 kg paid for')
    expect(then).not.toContain('Work in')
  })

  it('says what was written off, in the year in which nothing else happened, too', async () => {
    const { viewer } = await village.giver.ask('{ viewer { roles { partyId } } }')
    const { allocationId } = await village.received('INTEREST_FREE_LOAN', 10_000_000, 26)
    const on = later(today, { months: -25 })
    await village.done(village.officer, 'recordOutcome', { allocationId, kind: 'CAPITAL_WRITTEN_OFF', quantity: '4000000', cause: 'lũ cuốn trôi', observedOn: on }, 'outcome { id }')
    const year = Number(on.slice(0, 4))
    const { givingYear } = await village.giver.ask(YEAR, { party: viewer.roles[0].partyId, year })
    expect(givingYear).toMatchObject({ kinds: [], outcomes: [{ outcome: 'CAPITAL_WRITTEN_OFF', kind: { code: 'INTEREST_FREE_LOAN' }, quantity: '4000000' }] })
    expect(givingYear.years).toContain(year)
    expect(await textOf(await fetched(village.giver, 'vi', viewer.roles[0].partyId, year))).toContain('vốn không hoàn lại được, đã xóa nợ: 4.000.000 đồng')
  })

  it('is there for nobody else', async () => {
    const answers = await Promise.all([village.visitor, village.officer, village.giver].map((actor) => fetched(actor)))
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
  })
})

it('a giver who has given nothing yet has a year of nothing, to read and to print', async () => {
  const { actor, party: own } = await newGiver('Chưa Giúp Gì')
  expect((await actor.ask(YEAR, { party: own, year: thisYear })).givingYear).toMatchObject({ years: [], kinds: [] })
  const response = await fetch(`${village.url}/tai-ve/tong-ket/${uuidOf(own)}/${thisYear}.pdf`, { headers: { cookie: actor.cookie! } })
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
})
