// What became of a gift, through the API: recorded by the offices within what was received, told to the giver, complete by the rule of its kind.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { type Village, startVillage, uuidOf } from '../support/matched.ts'
import type { Actor } from '../support/world.ts'

let village: Village
const today = dayInVietNam()

beforeAll(async () => {
  village = await startVillage()
})
afterAll(() => village?.end())

const received = (kind: string, quantity: number, monthsAgo = 0) => village.received(kind, quantity, monthsAgo)
const recordOutcome = (actor: Actor, input: Record<string, unknown>) =>
  actor.do('recordOutcome', { observedOn: today, ...input }, 'outcome { id kind quantity observedOn } allocation { completion { isComplete says(in: en) } }')
const refused = ({ problem }: { problem: { __typename: string; code: string; field?: string } | null }) =>
  problem ? [problem.__typename, problem.code, problem.field].filter(Boolean).join(' ') : 'went through'
const told = async (actor: Actor, pledge: string): Promise<{ quantity: string; outcome: { kind: string } | null }[]> =>
  (await actor.ask('query($pledge: ID!) { events(first: 50, scope: { pledge: $pledge }) { nodes { __typename ... on OutcomeRecorded { quantity outcome { kind } } } } }', { pledge }))
    .events.nodes.filter((event: any) => event.__typename === 'OutcomeRecorded').map(({ quantity, outcome }: any) => ({ quantity, outcome }))

describe('capital', () => {
  it('is complete once used in full and settled, and its misuse is told to both sides alone', async () => {
    const { allocationId, pledgeId } = await received('CASH_CAPITAL', 10_000_000)
    expect(refused(await recordOutcome(village.officer, { allocationId, kind: 'CAPITAL_MISUSED', quantity: '1000000' }))).toBe('InvalidInput CAUSE_NEEDED cause')
    expect((await recordOutcome(village.officer, { allocationId, kind: 'CAPITAL_USED', quantity: '9000000', detail: 'mua hai con dê' })).allocation.completion)
      .toEqual({ isComplete: false, says: 'Waiting to see that it was used for its purpose.' })
    expect(refused(await recordOutcome(village.officer, { allocationId, kind: 'CAPITAL_USED', quantity: '1000001' }))).toBe('Conflict MORE_THAN_THERE_IS')
    expect(refused(await recordOutcome(village.officer, { allocationId, kind: 'CAPITAL_MISUSED', quantity: '1000000', cause: 'trả nợ cũ' }))).toBe('went through')
    const { allocation } = await village.done(village.province, 'settle', { allocationId, quantity: '10000000' }, 'allocation { completion { isComplete } }')
    expect(allocation.completion.isComplete).toBe(true)

    const misused = { quantity: '1000000', outcome: { kind: 'CAPITAL_MISUSED' } }
    const used = { quantity: '9000000', outcome: { kind: 'CAPITAL_USED' } }
    // The feed waits for whatever else is being written in the same moment.
    await expect.poll(() => told(village.giver, pledgeId)).toEqual([misused, used])
    await expect.poll(() => told(village.visitor, pledgeId)).toEqual([{ ...used, outcome: null }])
  })

  it('is used once, however many say so at once', async () => {
    const { allocationId } = await received('CASH_CAPITAL', 5_000_000)
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => recordOutcome(i % 2 ? village.officer : village.head, { allocationId, kind: 'CAPITAL_USED', quantity: '5000000' })))
    expect(answers.map(refused).sort()).toEqual([...Array(9).fill('Conflict MORE_THAN_THERE_IS'), 'went through'])
  })

  it('is recorded once for one key', async () => {
    const { allocationId } = await received('CASH_CAPITAL', 5_000_000)
    const input = { allocationId, kind: 'CAPITAL_USED', quantity: '1000000', idempotencyKey: randomUUID() }
    const answers = await Promise.all(Array.from({ length: 10 }, () => recordOutcome(village.officer, input)))
    expect(new Set(answers.map((answer) => answer.outcome.id)).size).toBe(1)
    const { rows } = await village.owner.query('select count(*)::int as outcomes from outcome where allocation_id = $1', [uuidOf(allocationId)])
    expect(rows[0].outcomes).toBe(1)
  })
})

describe('a loan that can never be paid back', () => {
  it('is written off by an office, for a reason and no more than is owed; never by the household or the giver, and both sides alone are told', async () => {
    const { allocationId, pledgeId } = await received('INTEREST_FREE_LOAN', 10_000_000)
    const writeOff = (actor: Actor, quantity: number, more: Record<string, unknown> = { cause: 'lũ cuốn trôi cả đàn vịt' }) =>
      recordOutcome(actor, { allocationId, kind: 'CAPITAL_WRITTEN_OFF', quantity: String(quantity), ...more })
    expect(refused(await recordOutcome(village.officer, { allocationId, kind: 'CAPITAL_PAID_BACK', quantity: '4000000' }))).toBe('went through')
    expect(refused(await writeOff(village.officer, 6_000_000, {}))).toBe('InvalidInput CAUSE_NEEDED cause')
    expect(refused(await writeOff(village.officer, 6_000_001))).toBe('Conflict MORE_THAN_THERE_IS')
    const household = await village.newcomer('Người Vay Minh Họa', 'HOUSEHOLD', { householdId: village.home.householdId })
    expect(refused(await writeOff(household, 6_000_000))).toBe('Conflict NOT_FOR_THE_HOUSEHOLD')
    await expect(writeOff(village.giver, 6_000_000)).rejects.toThrow('FORBIDDEN')

    const answers = await Promise.all(Array.from({ length: 5 }, () => writeOff(village.officer, 6_000_000)))
    expect(answers.map(refused).sort()).toEqual([...Array(4).fill('Conflict MORE_THAN_THERE_IS'), 'went through'])
    expect(answers.find(({ problem }) => !problem)!.allocation.completion).toEqual({ isComplete: false, says: 'Nothing is owed; VND 4,000,000 is still to be lent on.' })

    const writtenOff = { quantity: '6000000', outcome: { kind: 'CAPITAL_WRITTEN_OFF' } }
    await expect.poll(() => told(village.giver, pledgeId)).toContainEqual(writtenOff)
    expect((await told(village.visitor, pledgeId)).map(({ quantity }) => quantity)).not.toContain('6000000')
  })
})

describe('livestock', () => {
  it('lives, breeds, dies with cause and witness, and is handed on once old enough', async () => {
    const { allocationId } = await received('COW', 2, 14)
    const say = (kind: string, quantity: number, more: Record<string, unknown> = {}) => recordOutcome(village.head, { allocationId, kind, quantity: String(quantity), ...more })
    const { households } = await village.officer.ask('{ households(area: "Area:h06733_001", first: 1, status: NEAR_POOR) { nodes { id } } }')
    const next = households.nodes[0].id

    expect(refused(await say('LIVESTOCK_ALIVE', 3))).toBe('Conflict MORE_THAN_THERE_IS')
    expect(refused(await say('LIVESTOCK_BORN', 1, { observedOn: later(today, { months: -7 }) }))).toBe('went through')
    expect(refused(await say('LIVESTOCK_BORN', 1, { observedOn: later(today, { months: -2 }) }))).toBe('went through')
    expect(refused(await say('LIVESTOCK_DIED', 1, { cause: 'rét đậm' }))).toBe('InvalidInput WITNESS_NEEDED witnessName')
    expect(refused(await say('LIVESTOCK_DIED', 1, { cause: 'rét đậm', witnessName: 'Đinh Văn Chứng' }))).toBe('went through')
    expect(refused(await say('LIVESTOCK_HANDED_ON', 1))).toBe('InvalidInput RECEIVER_NEEDED toHouseholdId')
    expect(refused(await say('LIVESTOCK_HANDED_ON', 1, { toHouseholdId: village.home.householdId }))).toBe('InvalidInput SAME_HOUSEHOLD toHouseholdId')
    expect(refused(await say('LIVESTOCK_HANDED_ON', 1, { toHouseholdId: `Household:${randomUUID()}` }))).toBe('NotFound NOT_FOUND')
    expect(refused(await say('LIVESTOCK_HANDED_ON', 2, { toHouseholdId: next }))).toBe('Conflict TOO_YOUNG')
    expect((await say('LIVESTOCK_HANDED_ON', 1, { toHouseholdId: next })).allocation.completion).toEqual({
      isComplete: true, says: 'It has bred, and offspring was handed on to another household.' })
  })

  it('is complete when seen alive after twelve months', async () => {
    const { allocationId } = await received('GOAT', 3, 12)
    const early = await recordOutcome(village.officer, { allocationId, kind: 'LIVESTOCK_ALIVE', quantity: '3', observedOn: later(today, { days: -1 }) })
    expect(early.allocation.completion).toEqual({ isComplete: false, says: `Followed until ${today}, or until offspring is handed on.` })
    expect((await recordOutcome(village.officer, { allocationId, kind: 'LIVESTOCK_ALIVE', quantity: '2' })).allocation.completion.isComplete).toBe(true)
  })
})

describe('training', () => {
  it('is complete with a certificate for every seat', async () => {
    const { allocationId } = await received('VOCATIONAL_TRAINING', 2)
    const say = (kind: string, quantity: number) => recordOutcome(village.officer, { allocationId, kind, quantity: String(quantity) })
    expect(refused(await say('CERTIFICATE_ISSUED', 1))).toBe('Conflict MORE_THAN_THERE_IS')
    expect((await say('COURSE_FINISHED', 2)).allocation.completion).toEqual({ isComplete: false, says: 'Finished; waiting for the certificate.' })
    expect((await say('CERTIFICATE_ISSUED', 2)).allocation.completion).toEqual({ isComplete: true, says: 'Finished, with a certificate.' })
    expect(refused(await say('LIVESTOCK_BORN', 1))).toBe('InvalidInput OTHER_FAMILY kind')
  })
})

describe('an outcome', () => {
  it('waits until something was received, and lies between that day and today', async () => {
    const { allocationId } = await village.matched('COW', 1)
    await village.handedOver(allocationId, 1)
    expect(refused(await recordOutcome(village.officer, { allocationId, kind: 'LIVESTOCK_ALIVE', quantity: '1' }))).toBe('Conflict NOTHING_RECEIVED')
    const { allocationId: other } = await received('COW', 1)
    for (const days of [-1, 1]) {
      expect(refused(await recordOutcome(village.officer, { allocationId: other, kind: 'LIVESTOCK_ALIVE', quantity: '1', observedOn: later(today, { days }) }))).toBe('InvalidInput BAD_DAY observedOn')
    }
  })

  it('is recorded by the offices of the place, and never a change of status', async () => {
    const { allocationId } = await received('COW', 1)
    const input = { allocationId, kind: 'LIVESTOCK_ALIVE', quantity: '1' }
    expect((await recordOutcome(await village.signIn('mattran.mytho'), input)).problem.__typename).toBe('NotFound')
    expect((await recordOutcome(await village.newcomer('Trưởng Thôn Bên', 'HAMLET_HEAD', { areaId: 'h06733_002' }), input)).problem.__typename).toBe('NotFound')
    const attempt = (actor: Actor, kind: string) => actor.try('mutation($input: RecordOutcomeInput!) { recordOutcome(input: $input) { problem { code } } }', {
      input: { ...input, kind, observedOn: today, idempotencyKey: randomUUID() } })
    expect((await attempt(village.giver, 'LIVESTOCK_ALIVE')).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await attempt(village.visitor, 'LIVESTOCK_ALIVE')).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await attempt(village.officer, 'LEFT_POVERTY')).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('shows the giver its kind, quantity and day, and both sides its story', async () => {
    const { allocationId, pledgeId, code } = await received('PIG', 4)
    await recordOutcome(village.officer, { allocationId, kind: 'LIVESTOCK_DIED', quantity: '1', cause: 'dịch bệnh', witnessName: 'Đinh Văn Chứng', detail: 'đã chôn theo hướng dẫn' })
    const selection = 'outcomes { totalCount nodes { kind quantity observedOn supportKind { code } detail cause witnessName toHousehold { id } allocation { id completion { isComplete } } } }'
    const seenBy = async (actor: Actor) => (await actor.ask(`query($id: ID!) { pledge(id: $id) { ${selection} } }`, { id: pledgeId })).pledge.outcomes
    const fact = { kind: 'LIVESTOCK_DIED', quantity: '1', observedOn: today, supportKind: { code: 'PIG' }, toHousehold: null, allocation: { id: allocationId, completion: { isComplete: false } } }
    const masked = { totalCount: 1, nodes: [{ ...fact, detail: null, cause: null, witnessName: null }] }
    const whole = { totalCount: 1, nodes: [{ ...fact, detail: 'đã chôn theo hướng dẫn', cause: 'dịch bệnh', witnessName: 'Đinh Văn Chứng' }] }
    expect(await seenBy(village.giver)).toEqual(masked)
    expect((await village.visitor.ask(`query($code: String!) { pledgeByCode(code: $code) { ${selection} } }`, { code })).pledgeByCode.outcomes).toEqual(masked)
    expect(await seenBy(village.officer)).toEqual(whole)
    expect(await seenBy(await village.newcomer('Người Nhà Minh Họa', 'HOUSEHOLD', { householdId: village.home.householdId }))).toEqual(whole)
    expect(await seenBy(village.visitor)).toEqual({ totalCount: 0, nodes: [] })
  })
})
