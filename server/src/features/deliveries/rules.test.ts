// The rules of a hand-over, as tables: how much, before whom, whose word counts, and who closes it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Proxying, type ReceiptAnswer, type Receiving, checkDispatch, checkGiver, checkHandedOverOn, checkProxy, checkSettlement, checkSpeaker,
  consentIn, maySpeak, noteIn, receivedBy, witnessIn,
} from './rules.ts'

const outcome = (run: () => unknown) => {
  try {
    const result = run()
    return result === undefined ? 'accepted' : result
  } catch (error) {
    return (error as { code: string }).code
  }
}
const someone = (name: string, personId: string | null = null) => ({ personId, name })

describe('a dispatch', () => {
  const good = { allocated: 10n, dispatched: 3n, quantity: 7n, dispatcher: someone('Lê Thị Thử', 'a'), witness: someone('Đinh Văn Chứng') }
  it.each([
    ['of all that is left is accepted', good, 'accepted'],
    ['of part of it is accepted', { ...good, quantity: 1n }, 'accepted'],
    ['of nothing is refused', { ...good, quantity: 0n }, 'BAD_QUANTITY'],
    ['of more than is left is refused', { ...good, quantity: 8n }, 'MORE_THAN_ALLOCATED'],
    ['after all was handed over is refused', { ...good, dispatched: 10n, quantity: 1n }, 'ALREADY_HANDED_OVER'],
    ['witnessed by the dispatcher is refused', { ...good, witness: someone('Ai Đó', 'a') }, 'WITNESS_IS_DISPATCHER'],
    ["under the dispatcher's own name is refused", { ...good, witness: someone('lê  thị THỬ') }, 'WITNESS_IS_DISPATCHER'],
    ['witnessed by another office holder is accepted', { ...good, witness: someone('Phạm Văn Mẫu', 'b') }, 'accepted'],
  ])('%s', (_name, input, expected) => {
    expect(outcome(() => checkDispatch(input))).toBe(expected)
  })

  it.each([['', 'WITNESS_NEEDED'], [' - ', 'BAD_TEXT'], ['x'.repeat(81), 'WITNESS_NEEDED'], ['  Đinh Văn Chứng ', 'Đinh Văn Chứng']])('names its witness: "%s" gives %s', (name, expected) => {
    expect(outcome(() => witnessIn(name, 'witnessName'))).toBe(expected)
  })

  it('has a note of at most 500 characters', () => {
    expect(noteIn(undefined, 'note')).toBe('')
    expect(outcome(() => noteIn('x'.repeat(500), 'note'))).toBe('x'.repeat(500))
    expect(outcome(() => noteIn('x'.repeat(501), 'note'))).toBe('TOO_LONG')
  })
})

describe('an answer', () => {
  const first: Receiving = { quantity: 10n, answered: null, received: 0n, allocation: { received: 0n, settled: 0n } }
  const short: Receiving = { ...first, answered: 'SHORT', received: 7n, allocation: { received: 7n, settled: 0n } }
  it.each<[string, ReceiptAnswer, bigint | null, Receiving, bigint | string]>([
    ['FULL confirms all', 'FULL', null, first, 10n],
    ['FULL may repeat the quantity', 'FULL', 10n, first, 10n],
    ['FULL contradicts another quantity', 'FULL', 7n, first, 'ANSWER_AND_QUANTITY_DIFFER'],
    ['SHORT confirms what it says', 'SHORT', 7n, first, 7n],
    ['SHORT needs a quantity', 'SHORT', null, first, 'BAD_QUANTITY'],
    ['SHORT of nothing is not short', 'SHORT', 0n, first, 'BAD_QUANTITY'],
    ['SHORT of everything is not short', 'SHORT', 10n, first, 'BAD_QUANTITY'],
    ['SHORT of a single one cannot be', 'SHORT', 1n, { ...first, quantity: 1n }, 'BAD_QUANTITY'],
    ['WRONG confirms nothing', 'WRONG', null, first, 0n],
    ['WRONG with a quantity contradicts itself', 'WRONG', 3n, first, 'ANSWER_AND_QUANTITY_DIFFER'],
    ['NOT_RECEIVED confirms nothing', 'NOT_RECEIVED', null, first, 0n],
    ['NOT_RECEIVED may say nought', 'NOT_RECEIVED', 0n, first, 0n],
    ['a later FULL completes a short one', 'FULL', null, short, 10n],
    ['a later NOT_RECEIVED takes a short one back', 'NOT_RECEIVED', null, short, 0n],
    ['nothing follows FULL', 'NOT_RECEIVED', null, { ...first, answered: 'FULL', received: 10n, allocation: { received: 10n, settled: 0n } }, 'ALREADY_CONFIRMED'],
    ['never goes below what is settled', 'SHORT', 4n, { ...short, allocation: { received: 7n, settled: 5n } }, 'ALREADY_SETTLED'],
    ['may go down to what is settled', 'SHORT', 5n, { ...short, allocation: { received: 7n, settled: 5n } }, 5n],
    ['leaves what other deliveries confirmed', 'NOT_RECEIVED', null, { ...short, allocation: { received: 12n, settled: 5n } }, 0n],
  ])('%s', (_name, answer, said, standing, expected) => {
    expect(outcome(() => receivedBy(answer, said, standing))).toBe(expected)
  })

  it('keeps settled ≤ received ≤ handed over, whatever is said in whatever order', () => {
    const step = fc.record({ answer: fc.constantFrom<ReceiptAnswer>('FULL', 'SHORT', 'WRONG', 'NOT_RECEIVED'), said: fc.option(fc.bigInt(-2n, 25n)), settle: fc.bigInt(0n, 5n) })
    fc.assert(fc.property(fc.bigInt(1n, 20n), fc.array(step, { maxLength: 12 }), (quantity, steps) => {
      let [answered, received, settled] = [null as ReceiptAnswer | null, 0n, 0n]
      for (const { answer, said, settle } of steps) {
        const confirmed = outcome(() => receivedBy(answer, said, { quantity, answered, received, allocation: { received, settled } }))
        if (typeof confirmed === 'bigint') [answered, received] = [answer, confirmed]
        if (outcome(() => checkSettlement({ received, settled, quantity: settle, settlerPersonId: 'b', dispatcherPersonIds: ['a'] })) === 'accepted') settled += settle
        expect(settled <= received && received <= quantity).toBe(true)
      }
    }))
  })
})

describe('the receiving side', () => {
  const delivery = { dispatcherPersonId: 'giver', witnessPersonId: 'witness' }
  it.each([[null, 'accepted'], ['neighbour', 'accepted'], ['giver', 'BOTH_SIDES'], ['witness', 'BOTH_SIDES']])('spoken for by %s is %s', (personId, expected) => {
    expect(outcome(() => checkSpeaker(personId, delivery))).toBe(expected)
  })

  const good: Proxying = {
    proxy: someone('Phạm Văn Mẫu', 'head'), witness: someone('Mạc Thị Chứng'), dispatcher: someone('Lê Thị Thử', 'giver'),
    handoverWitness: someone('Đinh Văn Chứng'), hasHouseholdSpoken: false,
  }
  it.each<[string, Partial<Proxying>, string]>([
    ['may be a proxy before a witness', {}, 'accepted'],
    ['is not the dispatcher', { dispatcher: someone('Phạm Văn Mẫu', 'head') }, 'BOTH_SIDES'],
    ['is another than the dispatcher of the same name, who has an account of their own', { dispatcher: someone('Phạm Văn Mẫu', 'other') }, 'accepted'],
    ['has a witness of the same name, told apart by a document', { witness: { ...someone('Phạm Văn Mẫu'), document: '022090001234' } }, 'accepted'],
    ['has a witness of nearly the same name', { witness: someone('Phạm Văn Mầu') }, 'accepted'],
    ['is not the witness of the hand-over', { handoverWitness: someone('Ai Đó', 'head') }, 'BOTH_SIDES'],
    ['is not the witness of the hand-over by name', { handoverWitness: someone('PHẠM VĂN MẪU') }, 'BOTH_SIDES'],
    ['has a witness beside the proxy', { witness: someone('Phạm Văn Mẫu') }, 'WITNESS_IS_PROXY'],
    ['has a witness beside the dispatcher', { witness: someone('lê thị thử') }, 'WITNESS_IS_DISPATCHER'],
    ['may have the witness of the hand-over for its own', { witness: someone('Đinh Văn Chứng') }, 'accepted'],
    ['is not overruled once the household has spoken', { hasHouseholdSpoken: true }, 'HOUSEHOLD_HAS_SPOKEN'],
  ])('as proxy %s', (_name, change, expected) => {
    expect(outcome(() => checkProxy({ ...good, ...change }))).toBe(expected)
  })
})

describe('a settlement', () => {
  const good = { received: 7n, settled: 2n, quantity: 5n, settlerPersonId: 'b', dispatcherPersonIds: ['a'] }
  it.each([
    ['of what is received is accepted', good, 'accepted'],
    ['of nothing is refused', { ...good, quantity: 0n }, 'BAD_QUANTITY'],
    ['of more than is received is refused', { ...good, quantity: 6n }, 'MORE_THAN_RECEIVED'],
    ['by who handed part of it over is refused', { ...good, dispatcherPersonIds: ['a', 'b'] }, 'MAKER_IS_CHECKER'],
    ['by nobody in particular is refused', { ...good, settlerPersonId: null }, 'MAKER_IS_CHECKER'],
  ])('%s', (_name, input, expected) => {
    expect(outcome(() => checkSettlement(input))).toBe(expected)
  })
})

describe('a hand-over by the giver', () => {
  it('was today or within sixty days', () => {
    const on = (day: string) => outcome(() => checkHandedOverOn(day, '2026-05-01', 'handedOverOn'))
    expect([on('2026-05-02'), on('2026-05-01'), on('2026-03-02'), on('2026-03-01')]).toEqual(['DAY_AHEAD', 'accepted', 'accepted', 'DAY_LONG_AGO'])
  })

  it('is never to a household that the giver speaks for', () => {
    expect(outcome(() => checkGiver({ households: ['a', 'b'] }, { householdId: 'b' }))).toBe('BOTH_SIDES')
    expect(outcome(() => checkGiver({ households: ['a'] }, { householdId: 'b' }))).toBe('accepted')
  })

  it('is confirmed by nobody who gives with them', () => {
    const delivery = { dispatcherPersonId: 'd', witnessPersonId: null, partyId: 'p' }
    expect([maySpeak('x', delivery, ['q']), maySpeak('x', delivery, ['q', 'p']), maySpeak('d', delivery), maySpeak(null, delivery)]).toEqual([true, false, false, true])
  })
})

describe('a photo', () => {
  it('needs consent that is said, and by whom', () => {
    expect([outcome(() => consentIn(false, 'Chủ hộ')), outcome(() => consentIn(true, ' ')), outcome(() => consentIn(true, 'Chủ hộ'))]).toEqual(['CONSENT_NEEDED', 'CONSENT_FROM_NEEDED', 'Chủ hộ'])
  })
})
