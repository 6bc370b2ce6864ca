// What may be said to have become of a gift, as tables; and that no order of saying it breaks the record.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SupportFamily } from '../../generated/prisma/enums.ts'
import { later } from '../../platform/day.ts'
import type { Recorded, RecordedKind, Saying } from './families/family.ts'
import { FAMILIES, type OutcomeGround, audienceOf, checkOutcome, checkOwnWord, completionOf, isTimeToAsk, kindsOf, openQuestions } from './rules.ts'

const families = Object.keys(FAMILIES) as SupportFamily[]

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
const writtenOff = (quantity: number, on = today) => said('CAPITAL_WRITTEN_OFF', quantity, on, { cause: 'lũ cuốn trôi cả đàn' })
const ground = (family: SupportFamily, received: number, before: Recorded[] = []): OutcomeGround => ({
  family, received: BigInt(received), firstReceivedOn: received ? '2026-01-10' : null, householdId: 'own', before })

describe('an outcome', () => {
  it.each(families)('belongs to %s, or is refused', (family) => {
    const taken = [...new Set(families.flatMap(kindsOf))].filter((kind) => refusal(() => checkOutcome(said(kind, 1), ground(family, 5), today)) !== 'kind: OTHER_FAMILY')
    expect(taken.sort()).toEqual(kindsOf(family).sort())
  })

  it('that may shame a household is told to both sides alone', () => {
    const hidden = families.flatMap((family) => kindsOf(family).filter((kind) => audienceOf(family, kind) === 'PARTIES').map((kind) => `${family} ${kind}`))
    expect(hidden).toEqual(['CAPITAL CAPITAL_MISUSED', 'REVOLVING CAPITAL_MISUSED', 'REVOLVING CAPITAL_WRITTEN_OFF', 'CREDIT CREDIT_REFUSED', 'JOB JOB_NOT_TAKEN', 'JOB JOB_LOST'])
  })

  it.each<[string, Saying, OutcomeGround, string]>([
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

  it.each(['LIVESTOCK_BORN', 'LIVESTOCK_DIED', 'LIVESTOCK_HANDED_ON'] as const)('that is in a book, %s is said by the book alone', (kind) => {
    expect(refusal(() => checkOutcome(said(kind, 1), { ...ground('LIVESTOCK', 2, [born]), hasBook: true }, today))).toBe('IN_THE_BOOK')
  })

  it('that is in a book, it is still said which live; what happened with later households changes nothing of it', () => {
    const furtherOn = [{ ...born, isFurtherOn: true }, { ...died(2), isFurtherOn: true }]
    const alive = (n: number) => refusal(() => checkOutcome(said('LIVESTOCK_ALIVE', n), { ...ground('LIVESTOCK', 2, furtherOn), hasBook: true }, today))
    expect([alive(2), alive(3)]).toEqual(['accepted', 'MORE_THAN_THERE_IS'])
    expect(openQuestions({ ...ground('LIVESTOCK', 2), hasBook: true }, today).map(({ yes, most }) => [yes, most.yes, most.no])).toEqual([['LIVESTOCK_ALIVE', 2n, 0n]])
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

describe('of revolving capital', () => {
  const back = said('CAPITAL_PAID_BACK', 3, '2026-06-01')
  const lentOn = (quantity: number, on = today) => said('CAPITAL_LENT_ON', quantity, on, { toHouseholdId: 'other' })
  it.each<[string, Saying, Recorded[], string]>([
    ['all can be paid back', said('CAPITAL_PAID_BACK', 5), [], 'accepted'],
    ['no more can be paid back than was lent', said('CAPITAL_PAID_BACK', 3), [back], 'MORE_THAN_THERE_IS'],
    ['what came back is lent on', lentOn(3), [back], 'accepted'],
    ['no more is lent on than came back', lentOn(4), [back], 'MORE_THAN_THERE_IS'],
    ['nothing is lent on before it came back', lentOn(1, '2026-05-31'), [back], 'MORE_THAN_THERE_IS'],
    ['nothing is lent on twice', lentOn(1, '2026-06-02'), [back, lentOn(3)], 'MORE_THAN_THERE_IS'],
    ['it is lent to a household', said('CAPITAL_LENT_ON', 1), [back], 'toHouseholdId: RECEIVER_NEEDED'],
    ['it is lent to another household', said('CAPITAL_LENT_ON', 1, today, { toHouseholdId: 'own' }), [back], 'toHouseholdId: SAME_HOUSEHOLD'],
    ['misuse has a cause', said('CAPITAL_MISUSED', 1), [], 'cause: CAUSE_NEEDED'],
    ['what can never be paid back is written off for a reason', said('CAPITAL_WRITTEN_OFF', 1), [], 'cause: CAUSE_NEEDED'],
    ['all can be written off', writtenOff(5), [], 'accepted'],
    ['no more is written off than is still owed', writtenOff(3), [back], 'MORE_THAN_THERE_IS'],
    ['all that is still owed is written off', writtenOff(2), [back], 'accepted'],
    ['nothing is written off twice', writtenOff(1), [back, writtenOff(2)], 'MORE_THAN_THERE_IS'],
    ['what was written off is not paid back', said('CAPITAL_PAID_BACK', 3), [writtenOff(3)], 'MORE_THAN_THERE_IS'],
    ['what was written off is not lent on', lentOn(1), [writtenOff(5)], 'MORE_THAN_THERE_IS'],
  ])('%s', (_name, saying, before, expected) => {
    expect(refusal(() => checkOutcome(saying, ground('REVOLVING', 5, before), today))).toBe(expected)
  })
})

describe('of credit', () => {
  const granted = said('CREDIT_GRANTED', 1, '2026-06-01')
  it.each<[string, Saying, Recorded[], string]>([
    ['the bank grants what it was asked for', said('CREDIT_GRANTED', 2), [], 'accepted'],
    ['the bank answers each referral once', said('CREDIT_GRANTED', 2), [said('CREDIT_REFUSED', 1)], 'MORE_THAN_THERE_IS'],
    ['a refusal has a cause', said('CREDIT_REFUSED', 1), [], 'cause: CAUSE_NEEDED'],
    ['a purpose is checked after the loan', said('CREDIT_PURPOSE_CHECKED', 1), [granted], 'accepted'],
    ['no purpose is checked before', said('CREDIT_PURPOSE_CHECKED', 1, '2026-05-31'), [granted], 'MORE_THAN_THERE_IS'],
    ['none is checked of what was refused', said('CREDIT_PURPOSE_CHECKED', 2), [granted, said('CREDIT_REFUSED', 1)], 'MORE_THAN_THERE_IS'],
  ])('%s', (_name, saying, before, expected) => {
    expect(refusal(() => checkOutcome(saying, ground('CREDIT', 2, before), today))).toBe(expected)
  })
})

describe('of a job', () => {
  const started = said('JOB_STARTED', 2, '2026-02-01')
  const lost = (quantity: number, on: string) => said('JOB_LOST', quantity, on, { cause: 'xưởng đóng cửa' })
  it.each<[string, Saying, Recorded[], string]>([
    ['no more start than there are posts', said('JOB_STARTED', 1), [started], 'MORE_THAN_THERE_IS'],
    ['who was referred is interviewed', said('JOB_INTERVIEWED', 2), [], 'accepted'],
    ['nobody is interviewed twice for a post', said('JOB_INTERVIEWED', 1), [said('JOB_INTERVIEWED', 2)], 'MORE_THAN_THERE_IS'],
    ['one may start without an interview', said('JOB_STARTED', 1), [], 'accepted'],
    ['who is not taken on is so for a reason', said('JOB_NOT_TAKEN', 1), [], 'cause: CAUSE_NEEDED'],
    ['who has started was taken on', said('JOB_NOT_TAKEN', 1, today, { cause: 'không đủ sức khỏe' }), [started], 'MORE_THAN_THERE_IS'],
    ['who was not taken on does not start', said('JOB_STARTED', 2), [said('JOB_NOT_TAKEN', 1)], 'MORE_THAN_THERE_IS'],
    ['it is kept once three months have passed', said('JOB_KEPT', 2, '2026-05-01'), [started], 'accepted'],
    ['it is not kept a day earlier', said('JOB_KEPT', 1, '2026-04-30'), [started], 'TOO_EARLY'],
    ['it is not kept where nobody started', said('JOB_KEPT', 1), [], 'MORE_THAN_THERE_IS'],
    ['who started later is not counted yet', said('JOB_KEPT', 2, '2026-05-01'), [said('JOB_STARTED', 1, '2026-02-01'), said('JOB_STARTED', 1, '2026-02-02')], 'MORE_THAN_THERE_IS'],
    ['what is lost is not kept', said('JOB_KEPT', 2, '2026-06-01'), [started, lost(1, '2026-05-01')], 'MORE_THAN_THERE_IS'],
    ['a loss has a cause', said('JOB_LOST', 1), [started], 'cause: CAUSE_NEEDED'],
    ['no more are lost than started', lost(3, '2026-05-01'), [started], 'MORE_THAN_THERE_IS'],
    ['a loss must not contradict a later count', lost(1, '2026-05-01'), [started, said('JOB_KEPT', 2, '2026-08-01')], 'MORE_THAN_THERE_IS'],
    ['a loss may follow a count on its day', lost(1, '2026-08-01'), [started, said('JOB_KEPT', 2, '2026-08-01')], 'accepted'],
  ])('%s', (_name, saying, before, expected) => {
    expect(refusal(() => checkOutcome(saying, ground('JOB', 2, before), today))).toBe(expected)
  })
})

describe('of produce, works, labour and goods', () => {
  const bought = (quantity: number, unitPrice = 9_000n) => said('PRODUCE_BOUGHT', quantity, today, { unitPrice })
  it.each<[string, SupportFamily, Saying, Recorded[], string]>([
    ['no more is bought than was taken', 'OFFTAKE', bought(6), [], 'MORE_THAN_THERE_IS'],
    ['no more is paid than was bought', 'OFFTAKE', said('PRODUCE_PAID', 4), [said('PRODUCE_BOUGHT', 3)], 'MORE_THAN_THERE_IS'],
    ['a purchase has a price', 'OFFTAKE', said('PRODUCE_BOUGHT', 5), [], 'unitPrice: PRICE_NEEDED'],
    ['nothing is bought for nothing', 'OFFTAKE', bought(5, 0n), [], 'unitPrice: BAD_PRICE'],
    ['nothing is bought under the floor price', 'OFFTAKE', bought(5, 7_999n), [], 'unitPrice: UNDER_FLOOR_PRICE'],
    ['it is bought at the floor price', 'OFFTAKE', bought(5, 8_000n), [], 'accepted'],
    ['nothing else has a price', 'LABOUR', said('WORK_DONE', 1, today, { unitPrice: 8_000n }), [], 'unitPrice: NOT_PRICED'],
    ['what was bought is paid', 'OFFTAKE', said('PRODUCE_PAID', 3), [said('PRODUCE_BOUGHT', 3)], 'accepted'],
    ['a completion record has a witness', 'WORKS', said('COMPLETION_SIGNED', 1), [], 'witnessName: WITNESS_NEEDED'],
    ['it is signed once', 'WORKS', said('COMPLETION_SIGNED', 1, today, { witnessName: 'Đinh Văn Chứng' }), [said('COMPLETION_SIGNED', 5)], 'MORE_THAN_THERE_IS'],
    ['no more work is done than was given', 'LABOUR', said('WORK_DONE', 3), [said('WORK_DONE', 3)], 'MORE_THAN_THERE_IS'],
    ['goods are seen in use on each visit', 'GOODS', said('GOODS_IN_USE', 5), [said('GOODS_IN_USE', 5)], 'accepted'],
    ['no more goods are in use than came', 'GOODS', said('GOODS_IN_USE', 6), [], 'MORE_THAN_THERE_IS'],
  ])('%s', (_name, family, saying, before, expected) => {
    expect(refusal(() => checkOutcome(saying, { ...ground(family, 5, before), floorPrice: 8_000n }, today))).toBe(expected)
  })
})

describe('a household', () => {
  it.each(families)('of %s says itself what it is asked, and nothing else', (family) => {
    const own = kindsOf(family).filter((kind) => refusal(() => checkOwnWord(family, kind)) === 'accepted')
    expect(own).toEqual(kindsOf(family).filter((kind) => FAMILIES[family].asks?.some(({ yes, no }) => kind === yes || kind === no)))
  })

  it('never checks itself, nor says what went to another household', () => {
    const offices = families.flatMap((family) => kindsOf(family).filter((kind) => refusal(() => checkOwnWord(family, kind)) !== 'accepted'))
    expect([...new Set(offices)].sort()).toEqual(['CAPITAL_LENT_ON', 'CAPITAL_MISUSED', 'CAPITAL_PAID_BACK', 'CAPITAL_USED', 'CAPITAL_WRITTEN_OFF', 'COMPLETION_SIGNED', 'CREDIT_PURPOSE_CHECKED', 'JOB_INTERVIEWED', 'JOB_NOT_TAKEN', 'LIVESTOCK_HANDED_ON'])
  })

  it.each<[string, SupportFamily, number, Recorded[], [RecordedKind, number, number][]]>([
    ['nothing before anything came', 'LIVESTOCK', 0, [], []],
    ['of its animals: do they live, were any born', 'LIVESTOCK', 3, [died(1)], [['LIVESTOCK_ALIVE', 2, 2], ['LIVESTOCK_BORN', 10_000, 0]]],
    ['nothing of animals that are all dead', 'LIVESTOCK', 1, [died(1)], []],
    ['of a course: is it finished', 'TRAINING', 2, [], [['COURSE_FINISHED', 2, 0]]],
    ['of a course that is finished: is there a certificate', 'TRAINING', 1, [said('COURSE_FINISHED', 1)], [['CERTIFICATE_ISSUED', 1, 0]]],
    ['of a job that has just begun: whether it was lost; it is not kept before three months', 'JOB', 1, [said('JOB_STARTED', 1)], [['JOB_KEPT', 0, 1]]],
    ['of a job that has lasted: whether it is kept', 'JOB', 1, [said('JOB_STARTED', 1, '2026-03-01')], [['JOB_KEPT', 1, 1]]],
    ['of a house, again and again: is it lived in', 'WORKS', 1, [said('WORKS_IN_USE', 1)], [['WORKS_IN_USE', 1, 0]]],
    ['nothing of money: its use is for others to check', 'CAPITAL', 5, [], []],
  ])('is asked %s', (_what, family, received, before, expected) => {
    expect(openQuestions(ground(family, received, before), today).map(({ yes, most }) => [yes, Number(most.yes), Number(most.no)])).toEqual(expected)
  })

  it('is asked a month after something came, and a month after it was last said how it is', () => {
    const asked = (before: Recorded[], on: string) => isTimeToAsk(ground('LIVESTOCK', 1, before), on)
    expect([asked([], '2026-02-08'), asked([], '2026-02-09')]).toEqual([false, true])
    expect([asked([said('LIVESTOCK_ALIVE', 1, '2026-03-01')], '2026-03-30'), asked([said('LIVESTOCK_ALIVE', 1, '2026-03-01')], '2026-03-31')]).toEqual([false, true])
  })
})

describe('whatever is recorded in whatever order', () => {
  /** Each second needs a first. */
  const FOLLOWING: [RecordedKind, RecordedKind][] = [
    ['COURSE_FINISHED', 'CERTIFICATE_ISSUED'], ['CAPITAL_PAID_BACK', 'CAPITAL_LENT_ON'], ['CREDIT_GRANTED', 'CREDIT_PURPOSE_CHECKED'],
    ['JOB_STARTED', 'JOB_LOST'], ['PRODUCE_BOUGHT', 'PRODUCE_PAID'],
  ]
  /** Together no more than was received. */
  const OF_WHAT_CAME: RecordedKind[][] = [
    ['CAPITAL_USED', 'CAPITAL_MISUSED'], ['CAPITAL_PAID_BACK', 'CAPITAL_WRITTEN_OFF'], ['CREDIT_GRANTED', 'CREDIT_REFUSED'], ['COURSE_FINISHED'], ['JOB_STARTED', 'JOB_NOT_TAKEN'], ['JOB_INTERVIEWED'], ['PRODUCE_BOUGHT'],
    ['COMPLETION_SIGNED'], ['WORK_DONE'],
  ]
  const day = fc.integer({ min: 0, max: 300 }).map((n) => new Date(Date.UTC(2026, 0, 10 + n)).toISOString().slice(0, 10))
  const saying = (family: SupportFamily) =>
    fc.tuple(fc.constantFrom(...kindsOf(family)), fc.integer({ min: 1, max: 4 }), day).map(([kind, quantity, on]) =>
      said(kind, quantity, on, { cause: 'bệnh', witnessName: 'Ai Đó', toHouseholdId: 'other', ...(kind === 'PRODUCE_BOUGHT' && { unitPrice: 9_000n }) }))
  const sum = (facts: Recorded[], kind: RecordedKind) => facts.reduce((total, fact) => (fact.kind === kind ? total + fact.quantity : total), 0n)

  it.each(families)('%s adds up on every day', (family) => {
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
        for (const [first, second] of FOLLOWING) expect(sum(so, second) <= sum(so, first)).toBe(true)
      }
      for (const parts of OF_WHAT_CAME) expect(parts.reduce((total, kind) => total + sum(kept, kind), 0n) <= BigInt(received)).toBe(true)
    }))
  })
})

describe('an allocation is complete', () => {
  const lentOn = (quantity: number) => said('CAPITAL_LENT_ON', quantity, today, { toHouseholdId: 'other' })
  const started = said('JOB_STARTED', 5, '2026-01-10')
  const standing = (family: SupportFamily, before: Recorded[] = [], more = {}) =>
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
    ['revolving capital: once all of it is paid back and lent on', standing('REVOLVING', [said('CAPITAL_PAID_BACK', 5), lentOn(5)]), true],
    ['revolving capital: not while it is only used', standing('REVOLVING', [said('CAPITAL_USED', 5)]), false],
    ['revolving capital: not while part of it is owed', standing('REVOLVING', [said('CAPITAL_USED', 5), said('CAPITAL_PAID_BACK', 4), lentOn(4)]), false],
    ['revolving capital: not while it lies idle', standing('REVOLVING', [said('CAPITAL_PAID_BACK', 5)]), false],
    ['revolving capital: not before it is settled', standing('REVOLVING', [said('CAPITAL_PAID_BACK', 5), lentOn(5)], { settled: 0n }), false],
    ['revolving capital: once what can never be paid back is written off', standing('REVOLVING', [writtenOff(5)]), true],
    ['revolving capital: once part is paid back and lent on, and the rest written off', standing('REVOLVING', [said('CAPITAL_PAID_BACK', 3), lentOn(3), writtenOff(2)]), true],
    ['revolving capital: not while part of it is owed beside what was written off', standing('REVOLVING', [said('CAPITAL_USED', 5), writtenOff(4)]), false],
    ['revolving capital: not while what came back lies idle beside what was written off', standing('REVOLVING', [said('CAPITAL_PAID_BACK', 3), writtenOff(2)]), false],
    ['revolving capital: not before what was written off is settled, too', standing('REVOLVING', [writtenOff(5)], { settled: 0n }), false],
    ['credit: granted and its purpose checked', standing('CREDIT', [said('CREDIT_GRANTED', 5), said('CREDIT_PURPOSE_CHECKED', 5)]), true],
    ['credit: not before the purpose is checked', standing('CREDIT', [said('CREDIT_GRANTED', 5)]), false],
    ['credit: not before the bank has answered everyone', standing('CREDIT', [said('CREDIT_GRANTED', 4), said('CREDIT_PURPOSE_CHECKED', 4)]), false],
    ['credit: refused', standing('CREDIT', [said('CREDIT_REFUSED', 5)]), true],
    ['jobs: kept for twelve months', standing('JOB', [started, said('JOB_KEPT', 5, '2027-01-10')]), true],
    ['jobs: not kept for less', standing('JOB', [started, said('JOB_KEPT', 5, '2027-01-09')]), false],
    ['jobs: not while somebody is unaccounted for', standing('JOB', [started, said('JOB_KEPT', 4, '2027-01-10')]), false],
    ['jobs: when those who are missing have lost theirs', standing('JOB', [started, said('JOB_LOST', 1, '2026-06-01'), said('JOB_KEPT', 4, '2027-01-10')]), true],
    ['jobs: a loss after twelve months changes nothing', standing('JOB', [started, said('JOB_KEPT', 5, '2027-01-10'), said('JOB_LOST', 5, '2027-02-01')]), true],
    ['jobs: when all are lost', standing('JOB', [started, said('JOB_LOST', 5, '2026-02-01')]), true],
    ['jobs: when nobody was taken on', standing('JOB', [said('JOB_INTERVIEWED', 5), said('JOB_NOT_TAKEN', 5)]), true],
    ['jobs: of those who were taken on, for twelve months', standing('JOB', [said('JOB_NOT_TAKEN', 1), said('JOB_STARTED', 4, '2026-01-10'), said('JOB_KEPT', 4, '2027-01-10')]), true],
    ['jobs: not before it is known of all whether they start', standing('JOB', [said('JOB_NOT_TAKEN', 4)]), false],
    ['jobs: not before all have started', standing('JOB', [said('JOB_STARTED', 4, '2026-01-10'), said('JOB_KEPT', 4, '2027-01-10')]), false],
    ['produce: bought and paid', standing('OFFTAKE', [said('PRODUCE_BOUGHT', 5), said('PRODUCE_PAID', 5)]), true],
    ['produce: not before it is paid', standing('OFFTAKE', [said('PRODUCE_BOUGHT', 5), said('PRODUCE_PAID', 4)]), false],
    ['goods: confirmed received', standing('GOODS', [], { settled: 0n }), true],
    ['goods: not while some are missing', standing('GOODS', [], { received: 4n, settled: 0n }), false],
    ['goods: some missing, and the rest settled', standing('GOODS', [], { received: 4n, settled: 4n }), true],
    ['works: with the completion record', standing('WORKS', [said('COMPLETION_SIGNED', 5)]), true],
    ['works: not with fewer', standing('WORKS', [said('COMPLETION_SIGNED', 4)]), false],
    ['labour: done', standing('LABOUR', [said('WORK_DONE', 2), said('WORK_DONE', 3)]), true],
    ['labour: not while some is left', standing('LABOUR', [said('WORK_DONE', 4)]), false],
    ['never before anything was received', standing('LIVESTOCK', [], { received: 0n, firstReceivedOn: null }), false],
    ['when it was released', standing('CAPITAL', [], { allocated: 0n, dispatched: 0n, received: 0n, settled: 0n, firstReceivedOn: null }), true],
  ])('%s', (_name, is, expected) => {
    expect(is).toBe(expected)
  })

  it('says how much of a loan was written off, and what is left to do with the rest', () => {
    const says = (before: Recorded[], settled: bigint) =>
      completionOf({ family: 'REVOLVING', allocated: 5n, dispatched: 5n, received: 5n, settled, firstReceivedOn: '2026-01-10', before }).says.en
    const back = said('CAPITAL_PAID_BACK', 3)
    expect([says([back, writtenOff(2)], 0n), says([back, lentOn(3), writtenOff(2)], 0n), says([back, lentOn(3), writtenOff(2)], 5n)]).toEqual([
      'Nothing is owed; VND 3 is still to be lent on.', 'VND 2 written off, as it could not be paid back; waiting to be settled.', 'VND 2 written off, as it could not be paid back, and settled.'])
  })

  it('says at which mark a job is looked at next', () => {
    const asked = [3, 6, 12].map((months, i, marks) => completionOf({
      family: 'JOB', allocated: 5n, dispatched: 5n, received: 5n, settled: 0n, firstReceivedOn: '2026-01-10',
      before: [started, ...marks.slice(0, i).map((mark) => said('JOB_KEPT', 5, later('2026-01-10', { months: mark })))],
    }).says.en)
    expect(asked).toEqual(['3 months, on 2026-04-10', '6 months, on 2026-07-10', '12 months, on 2027-01-10'].map((mark) => `At work; to be seen again at ${mark}.`))
  })
})
