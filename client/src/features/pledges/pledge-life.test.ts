// A pledge's life is told from its quantities: only what is done in full is done, and late is late.
import { describe, expect, test } from 'vitest'
import { codeInGroups } from '../../../../common/code-in-groups.ts'
import { looksLikeTransferCode, dayInVietNam, type LineWait, momentsOf, nextStepsOf, type PledgeAllocation, type PledgeLife, stagesOf } from './pledge-life.ts'

const cow = { code: 'COW', family: 'LIVESTOCK', name: 'Bò giống', nameEn: 'Cow', unit: 'head', unitName: 'con', unitNameEn: 'head' } as const

function pledge({ promised = 10, allocated = 0, dispatched = 0, received = 0, waits = [], ...rest }: Partial<Record<'promised' | 'allocated' | 'dispatched' | 'received', number>> & { waits?: LineWait[] } & Partial<PledgeLife> = {}): PledgeLife {
  const whole = (n: number) => String(n)
  return {
    id: 'Pledge:1', followCode: 'ABCDEFGHJKMNPQRSTVWX', state: 'VERIFIED', anonymous: false, expectedOn: '2026-05-01', isLate: false,
    registeredAt: '2026-04-01T03:00:00Z', verifiedAt: '2026-04-02T03:00:00Z', isDemonstration: false, party: null,
    area: { id: 'Area:c1', fullName: 'Xã Ví Dụ', ancestors: [] },
    lines: [{
      id: 'PledgeLine:1', detail: '', post: null, agreement: null, kind: cow,
      quantities: { promised: whole(promised), allocated: whole(allocated), dispatched: whole(dispatched), received: whole(received), settled: '0', shortfall: whole(dispatched - received) },
      facts: [], waitsFor: waits,
    }],
    steps: [], allocations: { totalCount: 0, nodes: [] }, outcomes: { nodes: [] },
    ...rest,
  }
}

function allocation(delivery: Partial<PledgeAllocation['deliveries']['nodes'][number]> | null, isComplete = false): PledgeAllocation {
  return {
    id: 'Allocation:1', recipientCode: '012', decidedAt: '2026-04-03T03:00:00Z', area: { id: 'Area:h1', fullName: 'Thôn A' }, kind: cow, line: { id: 'PledgeLine:1' },
    quantities: { allocated: '10', dispatched: '10', received: '0', settled: '0' }, completion: { isComplete, says: '' }, herd: null,
    deliveries: { nodes: delivery ? [{ id: 'Delivery:1', quantity: '10', isDirect: false, dispatchedAt: '2026-04-20T03:00:00Z', handedOverOn: '2026-04-20', isUnconfirmed: false, answer: null, received: '0', takenBack: '0', ...delivery }] : [] },
  }
}

const statesOf = (one: PledgeLife) => momentsOf(one).map(({ state }) => state)
const wait = (step: LineWait['step'], more: Partial<LineWait> = {}): LineWait => ({ step, quantity: '1', since: '2026-04-02', days: 8, by: null, isLate: false, ...more })

describe('the moments of a life', () => {
  test('begin with the promise, and wait for the Front', () => {
    expect(statesOf(pledge({ state: 'REGISTERED', verifiedAt: null }))).toEqual(['done', 'current', 'todo', 'todo', 'todo', 'todo'])
  })

  test('are not done while a part is missing: 7 of 10 received is not received', () => {
    expect(statesOf(pledge({ allocated: 10, dispatched: 10, received: 7 }))).toEqual(['done', 'done', 'done', 'done', 'current', 'todo'])
  })

  test('end with the outcome, once every household’s part has done what it was for', () => {
    const nodes = [allocation({ answer: 'FULL', received: '10' }, true)]
    expect(statesOf(pledge({ allocated: 10, dispatched: 10, received: 10, allocations: { totalCount: 1, nodes } }))).toEqual(Array(6).fill('done'))
  })

  test.each(['DECLINED', 'WITHDRAWN', 'LAPSED'] as const)('stop where a pledge was %s, even though nothing of nothing is missing', (state) => {
    expect(statesOf(pledge({ promised: 0, state, verifiedAt: null }))).toEqual(['done', 'stopped', 'todo', 'todo', 'todo', 'todo'])
  })
})

describe('what comes next', () => {
  test('is what the lines wait for, each step once: since the first day, until the first last day, late where one is late', () => {
    const one = pledge({ waits: [wait('CONFIRM', { by: '2026-04-20' }), wait('ALLOCATE', { since: '2026-04-05' })] })
    const [line] = one.lines
    const both = { ...one, lines: [line!, { ...line!, waitsFor: [wait('CONFIRM', { since: '2026-04-01', by: '2026-04-09', isLate: true })] }] }
    expect(nextStepsOf(both)).toEqual([
      { key: 'match', since: '2026-04-05', by: null, isLate: false },
      { key: 'confirm', since: '2026-04-01', by: '2026-04-09', isLate: true },
    ])
  })

  test('is to watch for the outcome once all has arrived', () => {
    const nodes = [allocation({ answer: 'FULL' })]
    expect(nextStepsOf(pledge({ allocated: 10, dispatched: 10, received: 10, allocations: { totalCount: 1, nodes }, waits: [wait('SETTLE')] }))).toEqual([{ key: 'watch', since: null, by: null, isLate: false }])
  })

  test('is nothing for a withdrawn pledge of which nothing was matched', () => {
    expect(nextStepsOf(pledge({ promised: 0, state: 'WITHDRAWN' }))).toEqual([])
  })
})

describe('promised beside delivered', () => {
  const line: Pick<PledgeLife['lines'][number], 'quantities' | 'facts'> = {
    quantities: { promised: '10', allocated: '8', dispatched: '8', received: '7', settled: '0', shortfall: '1' },
    facts: [
      { stage: 'PROMISED', amount: '10', at: '2026-04-01T03:00:00Z' }, { stage: 'ALLOCATED', amount: '10', at: '2026-04-03T03:00:00Z' },
      { stage: 'ALLOCATED', amount: '-2', at: '2026-04-09T03:00:00Z' }, { stage: 'DISPATCHED', amount: '5', at: '2026-04-10T18:00:00Z' },
      { stage: 'DISPATCHED', amount: '3', at: '2026-04-20T03:00:00Z' }, { stage: 'RECEIVED', amount: '7', at: '2026-04-21T03:00:00Z' },
    ],
  }

  test('each quantity has its share of the promise and the days on which it grew, in Việt Nam', () => {
    expect(stagesOf(line)).toEqual([
      { stage: 'promised', amount: '10', share: 1, from: '2026-04-01', to: '2026-04-01' },
      { stage: 'allocated', amount: '8', share: 0.8, from: '2026-04-03', to: '2026-04-03' },
      { stage: 'dispatched', amount: '8', share: 0.8, from: '2026-04-11', to: '2026-04-20' },
      { stage: 'received', amount: '7', share: 0.7, from: '2026-04-21', to: '2026-04-21' },
      { stage: 'settled', amount: '0', share: 0, from: null, to: null },
    ])
  })

  test('of a promise that was taken back there is no share and no day', () => {
    const nothing = { promised: '0', allocated: '0', dispatched: '0', received: '0', settled: '0', shortfall: '0' }
    expect(stagesOf({ ...line, quantities: nothing }).map(({ share, from, to }) => [share, from, to])).toEqual(Array(5).fill([0, null, null]))
  })
})

test.each([['ABCDEFGHJKMNPQRSTVWX', 'ABCD-EFGH-JKMN-PQRS-TVWX'], ['VNN1A2B3C4D', 'VNN-1A2B-3C4D']])('%s is written in groups that can be read aloud', (code, groups) => {
  expect(codeInGroups(code)).toBe(groups)
})

test('a transfer code is known by its beginning, however it was typed', () => {
  expect(['VNN1A2B3C4D', ' vnn 1a2b-3c4d', 'Mã chuyển khoản: VNN-1A2B-3C4D', 'ＶＮＮ１Ａ２Ｂ'].map(looksLikeTransferCode)).toEqual([true, true, true, true])
  expect(['ABCD-EFGH-JKMN-PQRS-TVWX', '', 'AVNN-1234-5678-9ABC-DEFG'].map(looksLikeTransferCode)).toEqual([false, false, false])
})

test('a day begins at midnight in Việt Nam', () => {
  expect(dayInVietNam(new Date('2026-04-01T16:59:00Z'))).toBe('2026-04-01')
  expect(dayInVietNam(new Date('2026-04-01T17:00:00Z'))).toBe('2026-04-02')
})
