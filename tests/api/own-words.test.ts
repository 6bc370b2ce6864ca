// What a household says itself of what it received: by its slip without a script, one question a page, through the same rules as an office.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordOutcome } from '../../server/src/features/outcomes/commands.ts'
import { words } from '../../server/src/pages/household/words.ts'
import { dayInVietNam } from '../../server/src/platform/day.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import { type Shown, type Telephone, fieldIn, telephone } from '../support/telephone.ts'

const { tell, check } = words.vi
const today = dayInVietNam()
let village: Village

beforeAll(async () => { village = await startVillage() })
afterAll(() => village?.end())

const stored = async (allocationId: string) => (await village.owner.query(
  `select kind::text, quantity::int, cause, witness_name as witness, by_household as own, slip_id is not null as slip, recorded_by is not null as account
   from outcome where allocation_id = $1 order by recorded_at, id`, [uuidOf(allocationId)])).rows
const said = (kind: string, quantity: number, more = {}) => ({ kind, quantity, cause: null, witness: null, own: true, slip: true, account: false, ...more })

describe('by its slip, a household', () => {
  it('says what nobody knows better, and its giver reads that it is its own word', async () => {
    const { allocationId, code } = await village.received('GOAT', 3)
    const word = { allocationId, kind: 'LIVESTOCK_ALIVE' as const, quantity: 3n, observedOn: today, idempotencyKey: randomUUID() }
    const slip = await village.slip()
    await recordOutcome(slip, word)
    await recordOutcome(slip, word)
    expect(await stored(allocationId)).toEqual([said('LIVESTOCK_ALIVE', 3)])
    const { pledgeByCode } = await village.visitor.ask('query($code: String!) { pledgeByCode(code: $code) { outcomes { nodes { kind quantity isOwnWord } } } }', { code })
    expect(pledgeByCode.outcomes.nodes).toEqual([{ kind: 'LIVESTOCK_ALIVE', quantity: '3', isOwnWord: true }])
  })

  it('is bound by the same rules as an office', async () => {
    const { allocationId } = await village.received('GOAT', 3)
    const slip = await village.slip()
    const word = (kind: 'LIVESTOCK_ALIVE' | 'LIVESTOCK_DIED', quantity: bigint) => recordOutcome(slip, { allocationId, kind, quantity, observedOn: today, idempotencyKey: randomUUID() })
    await expect(word('LIVESTOCK_ALIVE', 4n)).rejects.toMatchObject({ code: 'MORE_THAN_THERE_IS' })
    await expect(word('LIVESTOCK_DIED', 1n)).rejects.toMatchObject({ code: 'CAUSE_NEEDED' })
  })

  it.each([['CASH_CAPITAL', 5_000_000, 'CAPITAL_USED'], ['HOUSE_NEW', 1, 'COMPLETION_SIGNED'], ['COW', 1, 'LIVESTOCK_HANDED_ON']] as const)(
    'does not check itself: of %s × %d it cannot say %s', async (kind, quantity, outcome) => {
      const { allocationId } = await village.received(kind, quantity)
      await expect(recordOutcome(await village.slip(), { allocationId, kind: outcome, quantity: 1n, observedOn: today, witnessName: 'Đinh Văn Chứng', idempotencyKey: randomUUID() }))
        .rejects.toMatchObject({ code: 'NOT_FOR_THE_HOUSEHOLD' })
      expect(await stored(allocationId)).toEqual([])
    })

  it('says nothing of what another household received, and cannot speak as an office', async () => {
    const { allocationId } = await village.received('GOAT', 2)
    const slip = await village.slip()
    const neighbour = { ...slip, viewer: { ...slip.viewer, households: [randomUUID()] } }
    await expect(recordOutcome(neighbour, { allocationId, kind: 'LIVESTOCK_ALIVE', quantity: 1n, observedOn: today, idempotencyKey: randomUUID() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const client = await slip.db.pool.connect()
    try {
      await client.query('begin')
      await client.query(`select set_config('app.households', $1, true)`, [slip.viewer.households.join(',')])
      await expect(client.query(
        `insert into outcome (kind, allocation_id, line_id, pledge_id, party_id, household_id, area_id, quantity, observed_on, recorded_by)
         select 'LIVESTOCK_ALIVE', id, line_id, pledge_id, party_id, household_id, area_id, 1, $2, decided_by from allocation where id = $1`, [uuidOf(allocationId), today])).rejects.toThrow(/row-level security/)
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})

it('by its account, a household says the same, and no more', async () => {
  const { allocationId } = await village.received('GOAT', 2)
  const member = await village.newcomer('Người Nhà Minh Họa', 'HOUSEHOLD', { householdId: village.home.householdId })
  const record = (kind: string) => member.do('recordOutcome', { allocationId, kind, quantity: '1', observedOn: today }, 'outcome { isOwnWord }')
  expect((await record('LIVESTOCK_ALIVE')).outcome).toEqual({ isOwnWord: true })
  expect((await record('LIVESTOCK_HANDED_ON')).problem.code).toBe('NOT_FOR_THE_HOUSEHOLD')
  expect(await stored(allocationId)).toEqual([said('LIVESTOCK_ALIVE', 1, { slip: false, account: true })])
})

describe('the pages', () => {
  let phone: Telephone
  beforeAll(async () => {
    phone = telephone(village.url)
    await phone.get(`/h/${village.home.code}`)
    await phone.post('/h', { so: '731946' })
  })
  /** Sends what the page that asks whether it is right holds. */
  const send = (shown: Shown) => {
    expect(shown.text).toContain(check.title)
    const [path] = shown.path.split('?') as [string]
    const fields = [...shown.text.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name, value]) => [name!, value!] as const)
    return phone.post(path, Object.fromEntries(fields))
  }
  const at = (allocationId: string) => `/h/ket-qua/${uuidOf(allocationId)}`

  it('ask one thing after the other: whether, how many, why, and who knows', async () => {
    const { allocationId } = await village.received('PIG', 4, 2)
    expect((await phone.get('/h')).text).toContain(tell.link)
    const first = await phone.get(at(allocationId))
    expect(first.text).toContain(tell.questions.LIVESTOCK_ALIVE!.ask)

    // Three of four are well.
    const many = await phone.get(`${at(allocationId)}/0?tra-loi=co`)
    expect(many.text).toContain('value="4"')
    const wrong = await phone.get(`${at(allocationId)}/0?tra-loi=co&so=5`)
    expect([wrong.status, wrong.text.includes('aria-invalid')]).toEqual([422, true])
    const thanked = await send(await phone.get(`${at(allocationId)}/0?tra-loi=co&so=3`))
    expect([thanked.path, thanked.text.includes(tell.thanks.next)]).toEqual([`${at(allocationId)}/0/bien-nhan`, true])

    // One has died.
    const died = `${at(allocationId)}/0?tra-loi=khong&so=1`
    const why = await phone.get(died)
    expect(why.text).toContain(tell.questions.LIVESTOCK_ALIVE!.why)
    const illness = `${died}&ly-do=${encodeURIComponent(tell.questions.LIVESTOCK_ALIVE!.reasons![0]!)}`
    expect((await phone.get(illness)).text).toContain(tell.who)
    expect((await phone.get(`${illness}&nguoi-biet=x`)).text).toContain(tell.whoWrong)
    await send(await phone.get(`${illness}&nguoi-biet=${encodeURIComponent('Mạc Thị Chứng Kiến')}`))
    expect(await stored(allocationId)).toEqual([
      said('LIVESTOCK_ALIVE', 3), said('LIVESTOCK_DIED', 1, { cause: tell.questions.LIVESTOCK_ALIVE!.reasons![0], witness: 'Mạc Thị Chứng Kiến' })])

    // "Not yet" records nothing, and leads on.
    expect((await phone.get(`${at(allocationId)}/1?tra-loi=khong`)).text).toContain(tell.nothing.title)
    expect(await stored(allocationId)).toHaveLength(2)
  })

  it('record an answer once, however often it is sent', async () => {
    const { allocationId } = await village.received('VOCATIONAL_TRAINING', 1)
    const asked = await phone.get(`${at(allocationId)}/0?tra-loi=co`)
    const form = { khoa: fieldIn(asked, 'khoa'), 'tra-loi': 'co', so: '1' }
    const answers = await Promise.all(Array.from({ length: 5 }, () => phone.post(`${at(allocationId)}/0`, form)))
    expect(new Set(answers.map(({ path }) => path))).toEqual(new Set([`${at(allocationId)}/0/bien-nhan`]))
    expect(await stored(allocationId)).toEqual([said('COURSE_FINISHED', 1)])
    expect((await phone.get(at(allocationId))).text).toContain(tell.questions.CERTIFICATE_ISSUED!.ask)
  })

  it('ask whether a house is lived in, and nothing of money', async () => {
    const house = await village.received('HOUSE_NEW', 1)
    await send(await phone.get(`${at(house.allocationId)}/0?tra-loi=co`))
    expect(await stored(house.allocationId)).toEqual([said('WORKS_IN_USE', 1)])
    const money = await village.received('CASH_CAPITAL', 2_000_000)
    expect((await phone.get(at(money.allocationId))).text).toContain(tell.nothing.title)
  })

  it('of another household are not there', async () => {
    const stranger = telephone(village.url)
    const { allocationId } = await village.received('GOAT', 1)
    expect((await stranger.get(at(allocationId))).text).not.toContain(tell.questions.LIVESTOCK_ALIVE!.ask)
    expect((await phone.get(`/h/ket-qua/${randomUUID()}`)).status).toBe(404)
  })
})
