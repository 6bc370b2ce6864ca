// One story for each further family of support, from the promise to the completed outcome, told by its ledger; and what each refuses on the way.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { confirmReceipt } from '../../server/src/features/deliveries/commands.ts'
import { dayInVietNam, later } from '../../server/src/platform/day.ts'
import { balanced, ledgerOf, printed } from '../support/ledger.ts'
import { type Village, startVillage } from '../support/matched.ts'

let village: Village
let next: string
const today = dayInVietNam()

beforeAll(async () => {
  village = await startVillage()
  const { households } = await village.officer.ask('{ households(area: "Area:h06733_001", first: 1, status: NEAR_POOR) { nodes { id } } }')
  next = households.nodes[0].id
})
afterAll(() => village?.end())

const record = (allocationId: string, kind: string, quantity: number, more: Record<string, unknown> = {}) =>
  village.officer.do('recordOutcome', { allocationId, kind, quantity: String(quantity), observedOn: today, ...more }, 'outcome { id } allocation { completion { isComplete says(in: vi) } }')

/** What is said, what each leaves to wait for, and at last the whole ledger. */
async function story(matched: { allocationId: string; pledgeId: string }, sayings: [kind: string, quantity: number, more?: Record<string, unknown>][], settled?: number): Promise<string> {
  const told: string[] = []
  for (const [kind, quantity, more] of sayings) {
    const { allocation, problem } = await record(matched.allocationId, kind, quantity, more)
    told.push(`${kind} ${quantity}: ${problem ? `không ghi được (${problem.code})` : allocation.completion.says}`)
  }
  if (settled) await village.done(village.province, 'settle', { allocationId: matched.allocationId, quantity: String(settled) }, 'allocation { id }')
  const pledge = await ledgerOf(village.giver, matched.pledgeId)
  balanced(pledge)
  expect(pledge.lines[0].allocations.nodes[0].completion.isComplete).toBe(true)
  return printed(pledge, told)
}

it('revolving capital is used, paid back and lent on to another household', async () => {
  expect(await story(await village.received('INTEREST_FREE_LOAN', 10_000_000, 14), [
    ['CAPITAL_USED', 10_000_000, { observedOn: later(today, { months: -13 }) }],
    ['CAPITAL_PAID_BACK', 4_000_000, { observedOn: later(today, { months: -6 }) }],
    ['CAPITAL_LENT_ON', 5_000_000, { toHouseholdId: next }],
    ['CAPITAL_PAID_BACK', 6_000_000],
    ['CAPITAL_LENT_ON', 10_000_000, { toHouseholdId: village.home.householdId }],
    ['CAPITAL_LENT_ON', 10_000_000, { toHouseholdId: next }],
  ], 10_000_000)).toMatchSnapshot()
})

it('revolving capital that can never be paid back is written off, and what came back is lent on', async () => {
  expect(await story(await village.received('INTEREST_FREE_LOAN', 10_000_000, 14), [
    ['CAPITAL_PAID_BACK', 4_000_000, { observedOn: later(today, { months: -6 }) }],
    ['CAPITAL_WRITTEN_OFF', 6_000_000],
    ['CAPITAL_WRITTEN_OFF', 7_000_000, { cause: 'chủ hộ mất, ao cá vỡ bờ sau lũ' }],
    ['CAPITAL_WRITTEN_OFF', 6_000_000, { cause: 'chủ hộ mất, ao cá vỡ bờ sau lũ' }],
    ['CAPITAL_PAID_BACK', 1_000_000],
    ['CAPITAL_LENT_ON', 4_000_000, { toHouseholdId: next }],
  ], 10_000_000)).toMatchSnapshot()
})

it('a referral to policy credit ends with the bank\'s answer and a look at the purpose', async () => {
  expect(await story(await village.received('POLICY_CREDIT', 2), [
    ['CREDIT_PURPOSE_CHECKED', 1],
    ['CREDIT_GRANTED', 1],
    ['CREDIT_REFUSED', 1, { cause: 'còn nợ quá hạn' }],
    ['CREDIT_PURPOSE_CHECKED', 1],
  ])).toMatchSnapshot()
})

it('a job is interviewed for, started, and seen to be kept after 3, 6 and 12 months', async () => {
  expect(await story(await village.received('JOB', 3, 14), [
    ['JOB_INTERVIEWED', 3, { observedOn: later(today, { months: -14 }) }],
    ['JOB_STARTED', 3, { observedOn: later(today, { months: -13 }) }],
    ['JOB_KEPT', 3, { observedOn: later(today, { months: -12 }) }],
    ['JOB_KEPT', 3, { observedOn: later(today, { months: -10 }) }],
    ['JOB_KEPT', 3, { observedOn: later(today, { months: -7 }) }],
    ['JOB_LOST', 1, { observedOn: later(today, { months: -5 }), cause: 'xưởng chuyển đi xa' }],
    ['JOB_KEPT', 3],
    ['JOB_KEPT', 2],
  ])).toMatchSnapshot()
})

it('produce is bought for the floor price or more, and paid', async () => {
  expect(await story(await village.received('OFFTAKE', 1_200), [
    ['PRODUCE_PAID', 700],
    ['PRODUCE_BOUGHT', 700, { unitPrice: '7500' }],
    ['PRODUCE_BOUGHT', 700, { unitPrice: '8000' }],
    ['PRODUCE_PAID', 700],
    ['PRODUCE_BOUGHT', 500, { unitPrice: '9500' }],
    ['PRODUCE_PAID', 500],
  ])).toMatchSnapshot()
})

it('a referral ends, too, when nobody is taken on', async () => {
  expect(await story(await village.received('JOB', 1), [
    ['JOB_INTERVIEWED', 1],
    ['JOB_NOT_TAKEN', 1],
    ['JOB_NOT_TAKEN', 1, { cause: 'chưa đủ sức khỏe để làm ca đêm' }],
    ['JOB_STARTED', 1],
  ])).toMatchSnapshot()
})

it('goods are complete with the household\'s own word; of what is missing, when the rest is settled', async () => {
  const matched = await village.matched('AV_DEVICE', 3)
  const deliveryId = await village.handedOver(matched.allocationId, 3)
  await confirmReceipt(await village.slip(), { deliveryId, answer: 'SHORT', received: 2n, idempotencyKey: crypto.randomUUID() })
  expect(await story(matched, [['GOODS_IN_USE', 3], ['GOODS_IN_USE', 2]], 2)).toMatchSnapshot('one missing')
  expect(await story(await village.received('HEALTH_INSURANCE_CARD', 4), [])).toMatchSnapshot('all there')
})

it('a house is complete when its completion record is signed before a witness', async () => {
  expect(await story(await village.received('HOUSE_NEW', 1), [
    ['COMPLETION_SIGNED', 1],
    ['COMPLETION_SIGNED', 1, { witnessName: 'Mạc Thị Chứng Kiến', detail: 'Nhà 36 m², biên bản nghiệm thu số 01 (minh họa)' }],
  ])).toMatchSnapshot()
})

it('labour is complete when the work is done', async () => {
  expect(await story(await village.received('LABOUR', 6), [['WORK_DONE', 4], ['WORK_DONE', 3], ['WORK_DONE', 2]])).toMatchSnapshot()
})

it('works for a whole hamlet are not what one household asks for', async () => {
  const { problem } = await village.officer.do('raiseNeed', { householdId: village.home.householdId, kind: 'COMMUNITY_WORKS', quantity: '1', urgency: 2 }, 'need { id }')
  expect(problem.code).toBe('NOT_FOR_ONE_HOUSEHOLD')
})

it.each(['INTEREST_FREE_LOAN', 'POLICY_CREDIT', 'JOB', 'OFFTAKE', 'TOOL', 'LATRINE', 'KNOW_HOW'])('of %s nothing is received on the word of the giving side', async (kind) => {
  const quantity = kind === 'INTEREST_FREE_LOAN' ? 1_000_000 : 1
  const { allocationId, pledgeId } = await village.matched(kind, quantity)
  const deliveryId = await village.handedOver(allocationId, quantity)
  // The officer handed it over; the giver gave it: neither can say that it came, and without that nothing can have become of it.
  for (const side of [village.officer, village.giver]) {
    const { data, errors } = await side.try('mutation($input: ConfirmReceiptInput!) { confirmReceipt(input: $input) { problem { code } } }', {
      input: { deliveryId, answer: 'FULL', witnessName: 'Mạc Thị Chứng Kiến', idempotencyKey: crypto.randomUUID() } })
    expect(errors?.[0]?.extensions.code ?? data.confirmReceipt.problem.code).toMatch(/^(FORBIDDEN|NOT_FOUND|BOTH_SIDES)$/)
  }
  const { lines } = await ledgerOf(village.giver, pledgeId)
  expect([lines[0].quantities.dispatched, lines[0].quantities.received]).toEqual([String(quantity), '0'])
  const [first] = { INTEREST_FREE_LOAN: ['CAPITAL_USED'], POLICY_CREDIT: ['CREDIT_GRANTED'], JOB: ['JOB_STARTED'], OFFTAKE: ['PRODUCE_BOUGHT'], TOOL: ['GOODS_IN_USE'], LATRINE: ['COMPLETION_SIGNED'], KNOW_HOW: ['WORK_DONE'] }[kind]!
  const { problem } = await record(allocationId, first!, 1, { witnessName: 'Mạc Thị Chứng Kiến' })
  expect(problem.code).toBe('NOTHING_RECEIVED')
})
