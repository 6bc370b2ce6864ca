// A pledge's life is told from its quantities: only what is done in full is done, and late is late.
import { describe, expect, test } from 'vitest'
import { codeIn, dayInVietNam, momentsOf, nextStepsOf, type PledgeAllocation, type PledgeLife, spacedCode } from './pledge-life.ts'

const cow = { code: 'COW', family: 'LIVESTOCK', name: 'Bò giống', nameEn: 'Cow', unit: 'head', unitName: 'con', unitNameEn: 'head' } as const

function pledge({ promised = 10, allocated = 0, dispatched = 0, received = 0, ...rest }: Partial<Record<'promised' | 'allocated' | 'dispatched' | 'received', number>> & Partial<PledgeLife> = {}): PledgeLife {
  const whole = (n: number) => String(n)
  return {
    id: 'Pledge:1', code: 'VNN00000000', state: 'VERIFIED', anonymous: false, expectedOn: '2026-05-01', isLate: false,
    registeredAt: '2026-04-01T03:00:00Z', verifiedAt: '2026-04-02T03:00:00Z', isDemonstration: false, party: null,
    area: { id: 'Area:c1', fullName: 'Xã Ví Dụ', ancestors: [] },
    lines: [{
      id: 'PledgeLine:1', detail: '', kind: cow,
      quantities: { promised: whole(promised), allocated: whole(allocated), dispatched: whole(dispatched), received: whole(received), settled: '0', open: whole(promised - allocated), shortfall: whole(dispatched - received) },
    }],
    steps: [], allocations: { totalCount: 0, nodes: [] }, outcomes: { nodes: [] },
    ...rest,
  }
}

function allocation(delivery: Partial<PledgeAllocation['deliveries']['nodes'][number]> | null, isComplete = false): PledgeAllocation {
  return {
    id: 'Allocation:1', recipientCode: '012', decidedAt: '2026-04-03T03:00:00Z', area: { id: 'Area:h1', fullName: 'Thôn A' }, kind: cow, line: { id: 'PledgeLine:1' },
    quantities: { allocated: '10', dispatched: '10', received: '0', settled: '0' }, completion: { isComplete, says: '' },
    deliveries: { nodes: delivery ? [{ id: 'Delivery:1', quantity: '10', isDirect: false, dispatchedAt: '2026-04-20T03:00:00Z', handedOverOn: '2026-04-20', confirmBy: '2026-04-27', isUnconfirmed: false, answer: null, received: '0', takenBack: '0', ...delivery }] : [] },
  }
}

const statesOf = (one: PledgeLife) => momentsOf(one).map(({ state }) => state)
const keysOf = (one: PledgeLife, today = '2026-04-10') => nextStepsOf(one, today).map(({ key }) => key)

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
  test('is the Front’s verification, within three days of the promise, in Việt Nam', () => {
    expect(nextStepsOf(pledge({ state: 'REGISTERED', verifiedAt: null, registeredAt: '2026-04-01T18:00:00Z' }), '2026-04-05')).toEqual([{ key: 'verify', by: '2026-04-05', isLate: false }])
  })

  test('is late on the day after the last day, not on it', () => {
    const open = pledge()
    expect(nextStepsOf(open, '2026-05-01')[0]?.isLate).toBe(false)
    expect(nextStepsOf(open, '2026-05-02')[0]?.isLate).toBe(true)
  })

  test('names every side that has something to do', () => {
    expect(keysOf(pledge({ allocated: 6, dispatched: 4, allocations: { totalCount: 1, nodes: [allocation({})] } }))).toEqual(['match', 'handOver', 'confirm'])
  })

  test.each(['SHORT', 'WRONG', 'NOT_RECEIVED'] as const)('is the Front’s to look into when the household answered %s', (answer) => {
    expect(keysOf(pledge({ allocated: 10, dispatched: 10, received: 0, allocations: { totalCount: 1, nodes: [allocation({ answer })] } }))).toEqual(['lookInto'])
  })

  test('is to look into what did not arrive, until that has come back', () => {
    const short = (takenBack: string) => keysOf(pledge({ allocated: 10, dispatched: 10, received: 7, allocations: { totalCount: 1, nodes: [allocation({ answer: 'SHORT', received: '7', takenBack })] } }))
    expect([short('0').includes('lookInto'), short('2').includes('lookInto'), short('3').includes('lookInto')]).toEqual([true, true, false])
  })

  test('is to watch for the outcome once all has arrived', () => {
    expect(keysOf(pledge({ allocated: 10, dispatched: 10, received: 10, allocations: { totalCount: 1, nodes: [allocation({ answer: 'FULL' })] } }))).toEqual(['watch'])
  })

  test('is nothing for a withdrawn pledge of which nothing was matched', () => {
    expect(keysOf(pledge({ promised: 0, state: 'WITHDRAWN' }))).toEqual([])
  })
})

describe('the follow code', () => {
  test('is read however it was typed', () => {
    expect([' vnn 1a2b-3c4d ', 'VNN1A2B3C4D'].map(codeIn)).toEqual(['VNN1A2B3C4D', 'VNN1A2B3C4D'])
  })

  test('is refused when it cannot be one', () => {
    expect(['', 'VNN123', 'ABC1A2B3C4D', 'VNN1A2B3C4DE'].map(codeIn)).toEqual([null, null, null, null])
  })

  test('is written in groups that can be read aloud', () => {
    expect(spacedCode('VNN1A2B3C4D')).toBe('VNN 1A2B 3C4D')
  })
})

test('a day begins at midnight in Việt Nam', () => {
  expect(dayInVietNam(new Date('2026-04-01T16:59:00Z'))).toBe('2026-04-01')
  expect(dayInVietNam(new Date('2026-04-01T17:00:00Z'))).toBe('2026-04-02')
})
