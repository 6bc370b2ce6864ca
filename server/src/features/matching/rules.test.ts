// The rules of matching, as tables.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Candidate, type Joining, checkJoining, rank, suggest } from './rules.ts'

const candidate: Candidate = {
  needId: 'n1', needOpen: 2n, lineOpen: 5n, isTargetHamlet: false, urgency: 1, answersCause: false, answersDeprivation: false,
  isPoor: false, allocationsBefore: 1, sameKindRecently: false, waitingDays: 0,
}

describe('a suggestion', () => {
  it.each<[string, Partial<Candidate>, string]>([
    ['says that the need lies in the very hamlet', { isTargetHamlet: true }, 'IN_TARGET_HAMLET'],
    ['says that the need is urgent', { urgency: 3 }, 'URGENT'],
    ['says that it is for this season', { urgency: 2 }, 'THIS_SEASON'],
    ['says that it answers the cause', { answersCause: true }, 'ANSWERS_CAUSE'],
    ['says that it eases a deprivation', { answersDeprivation: true }, 'ANSWERS_DEPRIVATION'],
    ['says that the household is poor', { isPoor: true }, 'POOR'],
    ['says that nobody has helped yet', { allocationsBefore: 0 }, 'NEVER_HELPED'],
    ['says that the household has waited long', { waitingDays: 91 }, 'LONG_WAITING'],
    ['says that the line names what the household speaks of', { answersWish: true }, 'ANSWERS_WISH'],
    ['says that the work is near', { isNearWork: true }, 'NEAR_WORK'],
    ['cautions when the household has the same already', { sameKindRecently: true }, 'HAS_SAME_KIND'],
  ])('%s', (_name, known, reason) => {
    expect(suggest(candidate).reasons).not.toContain(reason)
    expect(suggest({ ...candidate, ...known }).reasons).toContain(reason)
  })
  it('offers no more than either side has open', () => {
    fc.assert(fc.property(fc.bigInt({ min: 1n, max: 99n }), fc.bigInt({ min: 1n, max: 99n }), (needOpen, lineOpen) => {
      const { quantity } = suggest({ ...candidate, needOpen, lineOpen })
      expect(quantity <= needOpen && quantity <= lineOpen && (quantity === needOpen || quantity === lineOpen)).toBe(true)
    }))
  })
})

describe('the ranking', () => {
  it('puts the household that was never helped before one that has the same already', () => {
    const ranked = rank([{ ...candidate, needId: 'a', sameKindRecently: true }, { ...candidate, needId: 'b', allocationsBefore: 0 }])
    expect(ranked.map((suggestion) => suggestion.needId)).toEqual(['b', 'a'])
  })
  it('leaves out what is met', () => expect(rank([{ ...candidate, needOpen: 0n }])).toEqual([]))
  it('is the same for the same candidates in any order', () => {
    const candidates = [1, 2, 3, 4].map((n) => ({ ...candidate, needId: `n${n}`, urgency: n % 2 ? 3 : 1 }))
    expect(rank([...candidates].reverse())).toEqual(rank(candidates))
  })
})

describe('joining a line to a need', () => {
  const joining: Joining = {
    line: { promised: 10n, allocated: 8n, kindCode: 'COW' },
    need: { householdId: 'a', quantity: 3n, allocated: 0n, kindCode: 'COW', isVerified: true, isWithdrawn: false, areaPath: 'p22.c06712.h06712_001' },
    pledge: { state: 'VERIFIED', areaPath: 'p22.c06712', householdId: null },
    quantity: 2n,
  }
  const first = { name: 'Phạm Thị Dâu', quantity: 8n, at: '09:30 22/11' }
  const refusal = (change: Partial<Joining>) => {
    try {
      checkJoining({ ...joining, ...change }, first, first)
      return 'accepted'
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  it.each<[string, Partial<Joining>, string]>([
    ['accepts what both sides have open', {}, 'accepted'],
    ['refuses more than was pledged', { quantity: 3n }, 'LINE_EXHAUSTED'],
    ['refuses more than is needed', { quantity: 2n, need: { ...joining.need, allocated: 2n } }, 'NEED_MET'],
    ['refuses nothing at all', { quantity: 0n }, 'BAD_QUANTITY'],
    ['refuses a pledge that is not verified', { pledge: { ...joining.pledge, state: 'REGISTERED' } }, 'NOT_VERIFIED'],
    ['refuses another kind', { need: { ...joining.need, kindCode: 'GOAT' } }, 'OTHER_KIND'],
    ['refuses a need that is not verified', { need: { ...joining.need, isVerified: false } }, 'NEED_NOT_OPEN'],
    ['refuses a need that was withdrawn', { need: { ...joining.need, isWithdrawn: true } }, 'NEED_NOT_OPEN'],
    ['refuses a household outside the target area', { need: { ...joining.need, areaPath: 'p22.c06709.h06709_001' } }, 'OUTSIDE_TARGET'],
    ['refuses a household its own gift', { pledge: { ...joining.pledge, householdId: 'a' } }, 'OWN_GIFT'],
    ['accepts the gift of another household', { pledge: { ...joining.pledge, householdId: 'b' } }, 'accepted'],
    ['is not fooled by a path that merely begins alike', { need: { ...joining.need, areaPath: 'p22.c067120' } }, 'OUTSIDE_TARGET'],
  ])('%s', (_name, change, expected) => expect(refusal(change)).toBe(expected))
  it('says who was first', () => {
    expect(() => checkJoining({ ...joining, quantity: 3n }, first, null)).toThrow(/Phạm Thị Dâu allocated 8 at 09:30 22\/11/)
  })
})
