// What may be said to have become of a gift, as tables; and that no order of saying it breaks the record.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Family, type Ground, KINDS_OF, type Recorded, type RecordedKind, type Saying, checkOutcome, completionOf } from './rules.ts'

const today = '2026-11-22'
const refusal = (run: () => void) => {
  try {
    run()
  } catch (error) {
    const { code, field } = error as { code: string; field: string | null }
    return field ? `${field}: ${code}` : code
  }
  return 'accepted'
}
const said = (kind: RecordedKind, quantity: number, observedOn = today, more: Partial<Saying> = {}): Saying => ({
  kind, quantity: BigInt(quantity), observedOn, cause: null, witnessName: null, toHouseholdId: null, ...more })
const died = (quantity: number, on = today) => said('LIVESTOCK_DIED', quantity, on, { cause: 'rét đậm', witnessName: 'Đinh Văn Chứng' })
const handedOn = (quantity: number, on = today) => said('LIVESTOCK_HANDED_ON', quantity, on, { toHouseholdId: 'other' })
const ground = (family: Family, received: number, before: Recorded[] = []): Ground => ({
  family, received: BigInt(received), firstReceivedOn: received ? '2026-01-10' : null, householdId: 'own', before })

describe('an outcome', () => {
  for (const family of Object.keys(KINDS_OF) as Family[]) {
    for (const kind of Object.values(KINDS_OF).flat()) {
      const belongs = KINDS_OF[family].includes(kind)
      it(`${kind} ${belongs ? 'belongs' : 'does not belong'} to ${family}`, () => {
        expect(refusal(() => checkOutcome(said(kind, 1), ground(family, 5), today)) === 'kind: OTHER_FAMILY').toBe(!belongs)
      })
    }
  }

  it.each<[string, Saying, Ground, string]>([
    ['counts at least one', said('CAPITAL_USED', 0), ground('CAPITAL', 5), 'quantity: BAD_QUANTITY'],
    ['waits until something was received', said('CAPITAL_USED', 1), ground('CAPITAL', 0), 'NOTHING_RECEIVED'],
    ['waits also when the receipt was taken back', said('CAPITAL_USED', 1), { ...ground('CAPITAL', 0), firstReceivedOn: '2026-01-10' }, 'NOTHING_RECEIVED'],
    ['is not of tomorrow', said('CAPITAL_USED', 1, '2026-11-23'), ground('CAPITAL', 5), 'observedOn: BAD_DAY'],
    ['is not older than the receipt', said('CAPITAL_USED', 1, '2026-01-09'), ground('CAPITAL', 5), 'observedOn: BAD_DAY'],
    ['may be of the day of the receipt', said('CAPITAL_USED', 1, '2026-01-10'), ground('CAPITAL', 5), 'accepted'],
  ])('%s', (_name, saying, standing, expected) => {
    expect(refusal(() => checkOutcome(saying, standing, today))).toBe(expected)
  })
})

describe('of capital', () => {
  it.each<[string, Saying, Recorded[], string]>([
    ['all can be used', said('CAPITAL_USED', 5), [], 'accepted'],
    ['no more than was received can be used', said('CAPITAL_USED', 6), [], 'MORE_THAN_THERE_IS'],
    ['used and misused come to no more than was received', said('CAPITAL_USED', 3), [said('CAPITAL_MISUSED', 3)], 'MORE_THAN_THERE_IS'],
    ['misuse has a cause', said('CAPITAL_MISUSED', 1), [], 'cause: CAUSE_NEEDED'],
    ['misuse with a cause is recorded', said('CAPITAL_MISUSED', 1, today, { cause: 'trả nợ cũ' }), [], 'accepted'],
  ])('%s', (_name, saying, before, expected) => {
    expect(refusal(() => checkOutcome(saying, ground('CAPITAL', 5, before), today))).toBe(expected)
  })
})

describe('of livestock', () => {
  const born = said('LIVESTOCK_BORN', 1, '2026-05-01')
  it.each<[string, Saying, Recorded[], string]>([
    ['no more can be alive than came', said('LIVESTOCK_ALIVE', 3), [], 'MORE_THAN_THERE_IS'],
    ['offspring lives, too', said('LIVESTOCK_ALIVE', 3), [born], 'accepted'],
    ['offspring does not live before its birth', said('LIVESTOCK_ALIVE', 3, '2026-04-30'), [born], 'MORE_THAN_THERE_IS'],
    ['the dead do not live', said('LIVESTOCK_ALIVE', 2), [died(1)], 'MORE_THAN_THERE_IS'],
    ['a count before a death stands', said('LIVESTOCK_ALIVE', 2, '2026-03-01'), [died(1, '2026-04-01')], 'accepted'],
    ['a death has a cause', said('LIVESTOCK_DIED', 1, today, { witnessName: 'Ai Đó' }), [], 'cause: CAUSE_NEEDED'],
    ['a death has a witness', said('LIVESTOCK_DIED', 1, today, { cause: 'bệnh' }), [], 'witnessName: WITNESS_NEEDED'],
    ['no more can die than live', died(3), [], 'MORE_THAN_THERE_IS'],
    ['a death must not contradict a later count', died(1, '2026-03-01'), [said('LIVESTOCK_ALIVE', 2, '2026-04-01')], 'MORE_THAN_THERE_IS'],
    ['a death may follow a count on its day', died(1), [said('LIVESTOCK_ALIVE', 2)], 'accepted'],
    ['a death must not leave a later one without an animal', died(1, '2026-03-01'), [died(2, '2026-04-01')], 'MORE_THAN_THERE_IS'],
    ['a birth needs a mother', said('LIVESTOCK_BORN', 1), [died(2, '2026-03-01')], 'MORE_THAN_THERE_IS'],
    ['no absurd litter is born', said('LIVESTOCK_BORN', 10_001), [], 'MORE_THAN_THERE_IS'],
    ['offspring goes to a household', said('LIVESTOCK_HANDED_ON', 1), [born], 'toHouseholdId: RECEIVER_NEEDED'],
    ['offspring goes to another household', said('LIVESTOCK_HANDED_ON', 1, today, { toHouseholdId: 'own' }), [born], 'toHouseholdId: SAME_HOUSEHOLD'],
    ['offspring is handed on at six months', handedOn(1, '2026-11-01'), [born], 'accepted'],
    ['offspring is not handed on a day earlier', handedOn(1, '2026-10-31'), [born], 'TOO_YOUNG'],
    ['what came is not handed on without offspring', handedOn(1), [], 'TOO_YOUNG'],
    ['no more is handed on than is old enough', handedOn(2), [born, said('LIVESTOCK_BORN', 1, '2026-10-01')], 'TOO_YOUNG'],
    ['nothing is handed on twice', handedOn(1), [born, handedOn(1, '2026-11-02')], 'TOO_YOUNG'],
    ['an earlier hand-over must not take what a later one gave', handedOn(1, '2026-11-01'), [born, handedOn(1, '2026-11-02')], 'TOO_YOUNG'],
    ['the dead are not handed on', handedOn(1), [born, died(3, '2026-06-01')], 'MORE_THAN_THERE_IS'],
  ])('%s', (_name, saying, before, expected) => {
    expect(refusal(() => checkOutcome(saying, ground('LIVESTOCK', 2, before), today))).toBe(expected)
  })

  it('says from when the next offspring is old enough', () => {
    expect(() => checkOutcome(handedOn(1, '2026-06-01'), ground('LIVESTOCK', 2, [born]), today)).toThrow(expect.objectContaining({
      sentence: {
        vi: 'Con giống được chuyển giao khi đủ 6 tháng tuổi; ngày 01/06/2026 mới có 0 con. Lứa sau đủ tuổi từ 01/11/2026.',
        en: 'An animal is handed on once it is 6 months old; on 2026-06-01 there were 0. The next are old enough from 2026-11-01 on.',
      },
    }))
  })
})

describe('of training', () => {
  const finished = said('COURSE_FINISHED', 3, '2026-06-01')
  it.each<[string, Saying, Recorded[], string]>([
    ['no more finish than had a seat', said('COURSE_FINISHED', 6), [], 'MORE_THAN_THERE_IS'],
    ['no more finish in two goes either', said('COURSE_FINISHED', 3), [finished], 'MORE_THAN_THERE_IS'],
    ['who finished gets a certificate', said('CERTIFICATE_ISSUED', 3), [finished], 'accepted'],
    ['nobody else does', said('CERTIFICATE_ISSUED', 4), [finished], 'MORE_THAN_THERE_IS'],
    ['nobody gets it before finishing', said('CERTIFICATE_ISSUED', 1, '2026-05-31'), [finished], 'MORE_THAN_THERE_IS'],
  ])('%s', (_name, saying, before, expected) => {
    expect(refusal(() => checkOutcome(saying, ground('TRAINING', 5, before), today))).toBe(expected)
  })
})

describe('whatever is recorded in whatever order', () => {
  const day = fc.integer({ min: 0, max: 300 }).map((n) => new Date(Date.UTC(2026, 0, 10 + n)).toISOString().slice(0, 10))
  const saying = (family: Family) =>
    fc.tuple(fc.constantFrom(...KINDS_OF[family]), fc.integer({ min: 1, max: 4 }), day).map(([kind, quantity, on]) =>
      said(kind, quantity, on, { cause: 'bệnh', witnessName: 'Ai Đó', toHouseholdId: 'other' }))
  const sum = (facts: Recorded[], kind: RecordedKind) => facts.reduce((total, fact) => (fact.kind === kind ? total + fact.quantity : total), 0n)

  it.each(Object.keys(KINDS_OF) as Family[])('%s adds up on every day', (family) => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), fc.array(saying(family), { maxLength: 25 }), (received, sayings) => {
      const kept: Saying[] = []
      for (const next of sayings) if (refusal(() => checkOutcome(next, ground(family, received, kept), today)) === 'accepted') kept.push(next)
      for (const { observedOn } of kept) {
        const so = kept.filter((fact) => fact.observedOn <= observedOn)
        const living = BigInt(received) + sum(so, 'LIVESTOCK_BORN') - sum(so, 'LIVESTOCK_DIED') - sum(so, 'LIVESTOCK_HANDED_ON')
        const counts = kept.filter((fact) => fact.kind === 'LIVESTOCK_ALIVE' && fact.observedOn < observedOn).map((fact) => fact.quantity)
        expect(living >= 0n).toBe(true)
        expect(counts.every((count) => count <= BigInt(received) + sum(so, 'LIVESTOCK_BORN'))).toBe(true)
        expect(sum(so, 'LIVESTOCK_HANDED_ON') <= sum(so, 'LIVESTOCK_BORN')).toBe(true)
        expect(sum(so, 'CERTIFICATE_ISSUED') <= sum(so, 'COURSE_FINISHED')).toBe(true)
      }
      expect(sum(kept, 'CAPITAL_USED') + sum(kept, 'CAPITAL_MISUSED') <= BigInt(received)).toBe(true)
      expect(sum(kept, 'COURSE_FINISHED') <= BigInt(received)).toBe(true)
    }))
  })
})

describe('an allocation is complete', () => {
  const standing = (family: Family, before: Recorded[] = [], more = {}) =>
    completionOf({ family, allocated: 5n, dispatched: 5n, received: 5n, settled: 5n, firstReceivedOn: '2026-01-10', before, ...more }).isComplete
  it.each<[string, boolean, boolean]>([
    ['capital: once used and settled', standing('CAPITAL', [said('CAPITAL_USED', 5)]), true],
    ['capital: not before it is used in full', standing('CAPITAL', [said('CAPITAL_USED', 4)]), false],
    ['capital: not before it is settled', standing('CAPITAL', [said('CAPITAL_USED', 5)], { settled: 4n }), false],
    ['capital: not while part of it is to be handed over', standing('CAPITAL', [said('CAPITAL_USED', 3)], { dispatched: 3n, received: 3n, settled: 3n }), false],
    ['livestock: seen alive after twelve months', standing('LIVESTOCK', [said('LIVESTOCK_ALIVE', 1, '2027-01-10')]), true],
    ['livestock: not seen alive earlier', standing('LIVESTOCK', [said('LIVESTOCK_ALIVE', 5, '2027-01-09')]), false],
    ['livestock: once offspring is handed on', standing('LIVESTOCK', [said('LIVESTOCK_BORN', 1), handedOn(1)]), true],
    ['training: with a certificate for every seat', standing('TRAINING', [said('COURSE_FINISHED', 5), said('CERTIFICATE_ISSUED', 5)]), true],
    ['training: not with fewer', standing('TRAINING', [said('COURSE_FINISHED', 5), said('CERTIFICATE_ISSUED', 4)]), false],
    ['never before anything was received', standing('LIVESTOCK', [], { received: 0n, firstReceivedOn: null }), false],
    ['when it was released', standing('CAPITAL', [], { allocated: 0n, dispatched: 0n, received: 0n, settled: 0n, firstReceivedOn: null }), true],
  ])('%s', (_name, is, expected) => {
    expect(is).toBe(expected)
  })
})
