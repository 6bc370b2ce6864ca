// Whose step it is, as a table: each wait has its quantity, its first day, its last day, and is late from the day after.
import { describe, expect, it } from 'vitest'
import { type LineStanding, waitingFor } from './waiting.ts'

const today = '2026-11-22'
type Delivery = LineStanding['deliveries'][number]

const line = (more: Partial<LineStanding> = {}): LineStanding => ({
  state: 'VERIFIED', registeredOn: '2026-11-01', verifiedOn: '2026-11-03', expectedOn: '2026-12-01', promised: 10n, allocated: 10n, received: 0n, settled: 0n, releasedOn: null,
  allocations: [], deliveries: [], ...more,
})
const delivery = (more: Partial<Delivery> = {}): Delivery => ({
  quantity: 10n, dispatchedOn: '2026-11-10', confirmBy: '2026-11-17', answer: null, received: 0n, answeredOn: null, lookedIntoSince: null, lookedIntoBy: null, ...more,
})
const said = (standing: LineStanding, on = today) =>
  waitingFor(standing, on).map(({ step, quantity, since, days, by, isLate }) => `${step} ${quantity} since ${since}, ${days} days${by ? `, by ${by}` : ''}${isLate ? ', late' : ''}`)

describe('a line waits', () => {
  it.each<[string, LineStanding, string[]]>([
    ['for the office to verify it, three days', line({ state: 'REGISTERED', verifiedOn: null, allocated: 0n }), ['VERIFY 10 since 2026-11-01, 21 days, by 2026-11-04, late']],
    ['for the office to match what is open, from the verification on', line({ allocated: 4n }), ['ALLOCATE 6 since 2026-11-03, 19 days, by 2026-12-01']],
    ['from when something came free, where that was later', line({ allocated: 4n, releasedOn: '2026-11-20' }), ['ALLOCATE 6 since 2026-11-20, 2 days, by 2026-12-01']],
    ['for what is matched to be handed over, from the oldest match on',
      line({ allocations: [{ decidedOn: '2026-11-08', allocated: 6n, dispatched: 6n }, { decidedOn: '2026-11-12', allocated: 2n, dispatched: 1n }, { decidedOn: '2026-11-15', allocated: 2n, dispatched: 0n }] }),
      ['HAND_OVER 3 since 2026-11-12, 10 days, by 2026-12-01']],
    ['for the household to answer, from the hand-over on', line({ deliveries: [delivery({ confirmBy: '2026-11-22' })] }), ['CONFIRM 10 since 2026-11-10, 12 days, by 2026-11-22']],
    ['late for the household, once its week has passed', line({ deliveries: [delivery()] }), ['CONFIRM 10 since 2026-11-10, 12 days, by 2026-11-17, late']],
    ['for the office to look into what is missing, and to settle what came',
      line({ received: 7n, deliveries: [delivery({ answer: 'SHORT', received: 7n, answeredOn: '2026-11-12', lookedIntoSince: '2026-11-12', lookedIntoBy: '2026-11-15' })] }),
      ['LOOK_INTO 3 since 2026-11-12, 10 days, by 2026-11-15, late', 'SETTLE 7 since 2026-11-12, 10 days']],
    ['no more for what was looked into and closed', line({ received: 7n, settled: 7n, deliveries: [delivery({ answer: 'SHORT', received: 7n, answeredOn: '2026-11-12' })] }), []],
    ['for nothing once all is settled', line({ received: 10n, settled: 10n, deliveries: [delivery({ answer: 'FULL', received: 10n, answeredOn: '2026-11-12' })] }), []],
    ['for nothing of a promise that was taken back', line({ state: 'WITHDRAWN', promised: 0n, allocated: 0n }), []],
    ['for no match of what lapsed, but for what was matched before', line({ state: 'LAPSED', promised: 4n, allocated: 4n, allocations: [{ decidedOn: '2026-11-08', allocated: 4n, dispatched: 0n }] }),
      ['HAND_OVER 4 since 2026-11-08, 14 days, by 2026-12-01']],
    ['for everyone at once, the first step first',
      line({ allocated: 8n, expectedOn: '2026-11-21', allocations: [{ decidedOn: '2026-11-08', allocated: 8n, dispatched: 5n }], deliveries: [delivery({ quantity: 5n })] }),
      ['ALLOCATE 2 since 2026-11-03, 19 days, by 2026-11-21, late', 'HAND_OVER 3 since 2026-11-08, 14 days, by 2026-11-21, late', 'CONFIRM 5 since 2026-11-10, 12 days, by 2026-11-17, late']],
  ])('%s', (_what, standing, expected) => {
    expect(said(standing)).toEqual(expected)
  })

  it('is late on the day after the last day, not on it', () => {
    const open = line({ allocated: 0n })
    expect(['2026-12-01', '2026-12-02'].map((on) => waitingFor(open, on)[0]!.isLate)).toEqual([false, true])
  })

  it('since today for no days', () => {
    expect(said(line({ allocated: 0n, verifiedOn: today }))).toEqual(['ALLOCATE 10 since 2026-11-22, 0 days, by 2026-12-01'])
  })
})
