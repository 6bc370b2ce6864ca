// The rules of a pledge, as tables.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PledgeAction, type PledgeState, amendment, checkPledge, isAllowedIn, openOf, stateAfter, takeBack } from './rules.ts'

const units = new Map([['CASH_CAPITAL', 'VND'], ['COW', 'head']])
const today = '2026-11-22'
const good = { partyName: 'Công ty Sao Mai', expectedOn: '2026-12-01', lines: [{ kind: 'COW', quantity: 2n }] }
const refusal = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return (error as { code: string; field: string | null }).field ?? (error as { code: string }).code
  }
  return 'accepted'
}

describe('a new pledge', () => {
  it.each([
    ['is accepted when it is complete', good, 'accepted'],
    ['needs a name', { ...good, partyName: ' ' }, 'party.name'],
    ['needs at least one line', { ...good, lines: [] }, 'lines'],
    ['has at most ten lines', { ...good, lines: Array(11).fill(good.lines[0]) }, 'lines'],
    ['is of a known kind', { ...good, lines: [{ kind: 'SHIP', quantity: 1n }] }, 'lines.0.kind'],
    ['promises at least one', { ...good, lines: [{ kind: 'COW', quantity: 0n }] }, 'lines.0.quantity'],
    ['promises no absurd herd', { ...good, lines: [{ kind: 'COW', quantity: 10_001n }] }, 'lines.0.quantity'],
    ['may promise billions of đồng', { ...good, lines: [{ kind: 'CASH_CAPITAL', quantity: 5_000_000_000n }] }, 'accepted'],
    ['is not expected in the past', { ...good, expectedOn: '2026-11-21' }, 'expectedOn'],
    ['may be expected today', { ...good, expectedOn: today }, 'accepted'],
    ['is expected within three years', { ...good, expectedOn: '2029-11-23' }, 'expectedOn'],
    ['has a plausible telephone number', { ...good, phone: '12' }, 'party.phone'],
    ['has a plausible e-mail address', { ...good, email: 'ten@' }, 'party.email'],
  ])('%s', (_name, input, expected) => {
    expect(refusal(() => checkPledge(input, units, today))).toBe(expected)
  })
})

describe('the states of a pledge', () => {
  const allowed: Record<PledgeState, PledgeAction[]> = {
    REGISTERED: ['verify', 'decline', 'amend', 'withdraw', 'lapse'],
    VERIFIED: ['amend', 'withdraw', 'lapse'],
    DECLINED: [],
    WITHDRAWN: [],
    LAPSED: [],
  }
  const actions: PledgeAction[] = ['verify', 'decline', 'amend', 'withdraw', 'lapse']
  for (const [state, may] of Object.entries(allowed) as [PledgeState, PledgeAction[]][]) {
    for (const action of actions) {
      it(`${state} ${may.includes(action) ? 'allows' : 'refuses'} ${action}`, () => {
        expect(isAllowedIn(state, action)).toBe(may.includes(action))
        expect(refusal(() => stateAfter(state, action))).toBe(may.includes(action) ? 'accepted' : 'STATE_FORBIDS')
      })
    }
  }
})

describe('an amendment', () => {
  it('is the difference to what was promised', () => expect(amendment({ promised: 10n, allocated: 3n }, 7n, 'VERIFIED', 'q')).toBe(-3n))
  it('never goes below what is allocated', () => expect(refusal(() => amendment({ promised: 10n, allocated: 3n }, 2n, 'VERIFIED', 'q'))).toBe('BELOW_ALLOCATED'))
  it('raises nothing once verified', () => expect(refusal(() => amendment({ promised: 10n, allocated: 0n }, 11n, 'VERIFIED', 'q'))).toBe('RAISE_NEEDS_NEW_PLEDGE'))
  it('may raise what is not yet verified', () => expect(amendment({ promised: 10n, allocated: 0n }, 11n, 'REGISTERED', 'q')).toBe(1n))
  it('changes something', () => expect(refusal(() => amendment({ promised: 10n, allocated: 0n }, 10n, 'REGISTERED', 'q'))).toBe('q'))
})

describe('taking back', () => {
  it('leaves what households were allotted, and the pledge verified with it', () => {
    expect(takeBack([{ promised: 10n, allocated: 4n }], 'VERIFIED', 'withdraw')).toEqual({ movements: [-6n], state: 'VERIFIED' })
  })
  it('ends a pledge of which nothing was allotted', () => {
    expect(takeBack([{ promised: 10n, allocated: 0n }, { promised: 2n, allocated: 0n }], 'VERIFIED', 'lapse')).toEqual({ movements: [-10n, -2n], state: 'LAPSED' })
  })
  it('refuses when nothing is open', () => expect(refusal(() => takeBack([{ promised: 4n, allocated: 4n }], 'VERIFIED', 'withdraw'))).toBe('NOTHING_OPEN'))
  it('always leaves nothing open', () => {
    const line = fc.bigInt({ min: 0n, max: 1000n }).chain((promised) => fc.record({ promised: fc.constant(promised), allocated: fc.bigInt({ min: 0n, max: promised }) }))
    fc.assert(fc.property(fc.array(line, { minLength: 1, maxLength: 5 }).filter((lines) => lines.some((l) => openOf(l) > 0n)), (lines) => {
      const { movements } = takeBack(lines, 'VERIFIED', 'withdraw')
      lines.forEach((l, i) => expect(l.promised + movements[i]!).toBe(l.allocated))
    }))
  })
})
