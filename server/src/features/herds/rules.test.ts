// What a household owes under rules of rotation, as tables; and that no order of births and losses confuses it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AnimalStatus, type Calf, type Duty, type HandingOn, type RotationRule, type Saying, type Standing, checkEvent, checkHandingOn, checkRegistration, dueCalf, dutyOf, ownerAtBirth, tagIn } from './rules.ts'

const today = '2026-11-22'
const rule = (more: Partial<RotationRule> = {}): RotationRule => ({ returnOrdinal: 1, maleCalf: 'SOLD_FOR_FEMALE', returnFromMonths: 6, returnByMonths: 12, keepMonths: 0, ...more })
const mother = (more: Partial<Standing> = {}): Standing => ({ sex: 'FEMALE', bornOn: '2020-01-01', owner: 'PROGRAMME', status: 'ALIVE', since: '2022-01-01', returnedOn: null, isAwaited: false, isPlaced: true, ...more })
const calf = (id: string, sex: 'FEMALE' | 'MALE', bornOn: string, more: Partial<Calf> = {}): Calf => ({ id, tag: id, sex, bornOn, status: 'ALIVE', since: bornOn, isAwaited: false, standsForId: null, ...more })
const refusal = (run: () => void) => {
  try {
    run()
  } catch (error) {
    const { code, field } = error as { code: string; field: string | null }
    return field ? `${field}: ${code}` : code
  }
  return 'accepted'
}

describe('what is owed', () => {
  const young = '2026-09-01'
  const grown = '2026-03-01'
  const old = '2025-01-01'
  it.each<[string, RotationRule, Standing, Calf[], Pick<Duty, 'state' | 'calfId'> | null]>([
    ['nothing of a male', rule(), mother({ sex: 'MALE' }), [], null],
    ['nothing of a calf where it was born', rule(), mother({ isPlaced: false }), [], null],
    ["nothing of a cow of one's own", rule(), mother({ owner: 'HOUSEHOLD' }), [calf('a', 'FEMALE', grown)], null],
    ['a birth first', rule(), mother(), [], { state: 'AWAITS_BIRTH', calfId: null }],
    ['nothing when the mother was lost before', rule(), mother({ status: 'DIED' }), [], { state: 'EXCUSED', calfId: null }],
    ['the calf, though the mother was lost', rule(), mother({ status: 'DIED' }), [calf('a', 'FEMALE', grown)], { state: 'DUE', calfId: 'a' }],
    ['patience while it grows', rule(), mother(), [calf('a', 'FEMALE', young)], { state: 'GROWING', calfId: 'a' }],
    ['the first calf when it is old enough', rule(), mother(), [calf('a', 'FEMALE', grown), calf('b', 'FEMALE', young)], { state: 'DUE', calfId: 'a' }],
    ['it still when it is too late', rule(), mother(), [calf('a', 'FEMALE', old)], { state: 'OVERDUE', calfId: 'a' }],
    ['an answer when it was handed on', rule(), mother(), [calf('a', 'FEMALE', old, { isAwaited: true })], { state: 'AWAITS_ANSWER', calfId: 'a' }],
    ['the next calf when the first was lost', rule(), mother(), [calf('a', 'FEMALE', old, { status: 'DIED' }), calf('b', 'FEMALE', grown)], { state: 'DUE', calfId: 'b' }],
    ['a sale of the male', rule(), mother(), [calf('a', 'MALE', grown)], { state: 'SELL_MALE', calfId: 'a' }],
    ['a female for the male that was sold', rule(), mother(), [calf('a', 'MALE', grown, { status: 'SOLD' })], { state: 'BUY_FEMALE', calfId: 'a' }],
    ['the female that was bought for it', rule(), mother(), [calf('a', 'MALE', old, { status: 'SOLD' }), calf('b', 'FEMALE', grown, { standsForId: 'a', since: '2026-11-01' })], { state: 'DUE', calfId: 'b' }],
    ['the next calf when she was lost, too', rule(), mother(), [calf('a', 'MALE', old, { status: 'SOLD' }), calf('b', 'FEMALE', old, { standsForId: 'a', status: 'STOLEN' }), calf('c', 'FEMALE', young)], { state: 'GROWING', calfId: 'c' }],
    ['the male itself where it counts', rule({ maleCalf: 'COUNTS' }), mother(), [calf('a', 'MALE', grown)], { state: 'DUE', calfId: 'a' }],
    ['the first female where males do not count', rule({ maleCalf: 'SKIPPED' }), mother(), [calf('a', 'MALE', old), calf('b', 'FEMALE', grown)], { state: 'DUE', calfId: 'b' }],
    ['a birth while there are only males that do not count', rule({ maleCalf: 'SKIPPED' }), mother(), [calf('a', 'MALE', old)], { state: 'AWAITS_BIRTH', calfId: null }],
    ['the second calf', rule({ returnOrdinal: 2, maleCalf: 'COUNTS' }), mother(), [calf('b', 'FEMALE', grown), calf('a', 'FEMALE', old)], { state: 'DUE', calfId: 'b' }],
    ['the third when the second was lost', rule({ returnOrdinal: 2, maleCalf: 'COUNTS' }), mother(), [calf('a', 'FEMALE', old), calf('b', 'FEMALE', old, { status: 'DIED', tag: 'b' }), calf('c', 'MALE', grown)], { state: 'DUE', calfId: 'c' }],
    ['nothing any more', rule(), mother({ returnedOn: '2024-01-01' }), [calf('a', 'FEMALE', grown)], { state: 'DONE', calfId: null }],
  ])('is %s', (_name, rules, standing, offspring, expected) => {
    const duty = dutyOf(rules, standing, offspring, today)
    expect(duty && { state: duty.state, calfId: duty.calfId }).toEqual(expected)
  })

  it('waits for the vow before the mother is the household\'s own', () => {
    const kept = mother({ since: '2022-01-01', returnedOn: '2023-06-01' })
    expect(dutyOf(rule(), kept, [], today)!.ownedFrom).toBe('2023-06-01')
    expect(dutyOf(rule({ keepMonths: 36 }), kept, [], today)!.ownedFrom).toBe('2025-01-01')
  })
})

const anyRule = fc.record<RotationRule>({
  returnOrdinal: fc.integer({ min: 1, max: 3 }), maleCalf: fc.constantFrom('SOLD_FOR_FEMALE', 'COUNTS', 'SKIPPED'),
  returnFromMonths: fc.integer({ min: 0, max: 12 }), returnByMonths: fc.integer({ min: 12, max: 24 }), keepMonths: fc.integer({ min: 0, max: 36 }),
})
const birth = fc.record({ sex: fc.constantFrom<'FEMALE' | 'MALE'>('FEMALE', 'MALE'), status: fc.constantFrom<AnimalStatus>('ALIVE', 'ALIVE', 'DIED', 'STOLEN', 'SOLD') })
const inYear = (i: number) => `${2010 + i}-01-01`

describe('whatever is born and lost', () => {
  it('only a calf that counts is due, and it is there or was sold for another', () => {
    fc.assert(fc.property(anyRule, fc.array(birth, { maxLength: 10 }), (rules, births) => {
      const offspring = births.map(({ sex, status }, i) => calf(`c${i}`, sex, inYear(i), { status }))
      const due = dueCalf(rules, offspring)
      if (!due) return
      expect(offspring.indexOf(due)).toBeGreaterThanOrEqual(rules.returnOrdinal - 1)
      expect(due.sex === 'MALE' && rules.maleCalf === 'SKIPPED').toBe(false)
      expect(due.status === 'ALIVE' || (due.status === 'SOLD' && due.sex === 'MALE' && rules.maleCalf === 'SOLD_FOR_FEMALE')).toBe(true)
    }))
  })

  it('the programme never claims two living calves of a mother', () => {
    fc.assert(fc.property(anyRule, fc.array(birth, { maxLength: 10 }), (rules, births) => {
      const offspring: Calf[] = []
      const claimed: Calf[] = []
      for (const [i, { sex, status }] of births.entries()) {
        const born = calf(`c${i}`, sex, inYear(i))
        if (ownerAtBirth(rules, mother(), offspring, born) === 'PROGRAMME') claimed.push(born)
        offspring.push(born)
        expect(claimed.filter((each) => each.status === 'ALIVE').length).toBeLessThanOrEqual(1)
        if (status === 'DIED' || status === 'STOLEN') born.status = status
      }
    }))
  })

  it('what is owed can always be said, and its window is in order', () => {
    fc.assert(fc.property(anyRule, fc.array(birth, { maxLength: 10 }), fc.constantFrom<AnimalStatus>('ALIVE', 'DIED'), (rules, births, status) => {
      const duty = dutyOf(rules, mother({ status }), births.map((each, i) => calf(`c${i}`, each.sex, inYear(i), { status: each.status })), today)!
      expect([duty.says.vi, duty.says.en].every(Boolean)).toBe(true)
      expect((duty.from ?? '') <= (duty.by ?? '')).toBe(true)
    }))
  })
})

describe('an event', () => {
  const said = (kind: Saying['kind'], more: Partial<Saying> = {}): Saying => ({ kind, happenedOn: '2026-11-01', cause: null, witnessName: null, price: null, ...more })
  const owes = (state: Duty['state'], calfId = 'x'): Duty => ({ state, calfId, from: null, by: null, ownedFrom: null, says: { vi: '', en: '' } })
  it.each<[string, Saying, Partial<Standing> & { soldOn?: string }, Duty | null, string]>([
    ['of birth needs a mother', said('BORN'), { sex: 'MALE' }, null, 'NO_DAM'],
    ['of birth needs a grown mother', said('BORN'), { bornOn: '2026-01-01', since: '2026-01-01' }, null, 'happenedOn: TOO_YOUNG'],
    ['of birth is recorded', said('BORN'), {}, null, 'accepted'],
    ['is not of tomorrow', said('ILL', { happenedOn: '2026-11-23' }), {}, null, 'happenedOn: BAD_DAY'],
    ['is not older than its stay', said('ILL', { happenedOn: '2021-12-31' }), {}, null, 'happenedOn: BAD_DAY'],
    ['waits for the answer of the next household', said('ILL'), { isAwaited: true }, null, 'AWAITS_ANSWER'],
    ['does not befall the dead', said('ILL'), { status: 'DIED' }, null, 'GONE'],
    ['of death has a cause', said('DIED'), {}, null, 'cause: CAUSE_NEEDED'],
    ['of death has a witness', said('DIED', { cause: 'rét' }), {}, null, 'witnessName: WITNESS_NEEDED'],
    ['of death is recorded', said('DIED', { cause: 'rét', witnessName: 'Chứng' }), {}, null, 'accepted'],
    ['of theft has a witness', said('STOLEN'), {}, null, 'witnessName: WITNESS_NEEDED'],
    ['of illness has no price', said('ILL', { price: 1n }), {}, null, 'price: NO_PRICE'],
    ['of sale has a price', said('SOLD'), { owner: 'HOUSEHOLD' }, null, 'price: PRICE_NEEDED'],
    ["of sale is not of the programme's", said('SOLD', { price: 1n }), {}, owes('DUE'), 'NOT_FOR_SALE'],
    ['of sale is of the male that is due', said('SOLD', { price: 1n }), { sex: 'MALE' }, owes('SELL_MALE'), 'accepted'],
    ["of sale is of one's own", said('SOLD', { price: 1n }), { owner: 'HOUSEHOLD' }, null, 'accepted'],
    ['of purchase follows a sale', said('BOUGHT', { price: 1n }), { sex: 'MALE' }, owes('SELL_MALE'), 'NOT_SOLD'],
    ['of purchase is for the male that was due', said('BOUGHT', { price: 1n }), { sex: 'MALE', status: 'SOLD', soldOn: '2026-10-01' }, owes('BUY_FEMALE'), 'accepted'],
    ['of purchase is not before the sale', said('BOUGHT', { price: 1n }), { sex: 'MALE', status: 'SOLD', soldOn: '2026-11-10' }, owes('BUY_FEMALE'), 'happenedOn: BAD_DAY'],
    ['of purchase is made once', said('BOUGHT', { price: 1n }), { sex: 'MALE', status: 'SOLD' }, owes('DUE', 'y'), 'NOTHING_TO_BUY'],
    ['of ownership follows the duty', said('OWNED'), {}, null, 'DUTY_OPEN'],
    ['of ownership waits for the vow', said('OWNED'), { since: '2026-06-01', returnedOn: '2026-07-01' }, null, 'happenedOn: TOO_SOON'],
    ['of ownership is recorded', said('OWNED'), { returnedOn: '2026-07-01' }, null, 'accepted'],
    ['of ownership is recorded once', said('OWNED'), { owner: 'HOUSEHOLD', returnedOn: '2026-07-01' }, null, 'OWNED_ALREADY'],
  ])('%s', (_name, saying, { soldOn = null, ...standing }, duty, expected) => {
    expect(refusal(() => checkEvent(saying, { ...mother(standing), id: 'x', soldOn }, rule({ keepMonths: 12 }), duty, today))).toBe(expected)
  })
})

describe('handing on', () => {
  const due: Duty = { state: 'DUE', calfId: 'x', from: '2026-09-01', by: '2027-03-01', ownedFrom: null, says: { vi: '', en: '' } }
  const named = (name: string) => ({ personId: null, name })
  const handing = (more: Partial<HandingOn> = {}): HandingOn => ({
    calfId: 'x', on: '2026-11-01', fromHouseholdId: 'a', toHouseholdId: 'b', isProvided: false, nextHouseholdId: 'b', reason: '', witness: named('Người Chứng'), handedBy: { personId: 'officer', name: 'Cán Bộ' }, ...more })
  it.each<[string, HandingOn, Duty | null, string]>([
    ['goes to the first in the queue', handing(), due, 'accepted'],
    ['is of the calf that is due', handing({ calfId: 'y' }), due, 'NOT_DUE'],
    ['is not of one that nobody owes', handing(), null, 'NOT_DUE'],
    ['waits until it is old enough', handing({ on: '2026-08-31' }), due, 'TOO_YOUNG'],
    ['is not of tomorrow', handing({ on: '2026-11-23' }), due, 'handedOn: BAD_DAY'],
    ['is late rather than never', handing(), { ...due, state: 'OVERDUE' }, 'accepted'],
    ['is not of a male that is to be sold', handing(), { ...due, state: 'SELL_MALE' }, 'SELL_MALE'],
    ['is done once', handing(), { ...due, state: 'AWAITS_ANSWER' }, 'AWAITS_ANSWER'],
    ['goes to another household', handing({ toHouseholdId: 'a', nextHouseholdId: null }), due, 'toHouseholdId: SAME_HOUSEHOLD'],
    ['does not go where there is one already', handing({ isProvided: true }), due, 'HAS_ONE_ALREADY'],
    ['out of turn has a reason', handing({ nextHouseholdId: 'c' }), due, 'reason: OUT_OF_TURN'],
    ['out of turn with a reason goes through', handing({ nextHouseholdId: 'c', reason: 'nhà kế bên' }), due, 'accepted'],
    ['with nobody in the queue has a reason, too', handing({ nextHouseholdId: null }), due, 'reason: OUT_OF_TURN'],
    ['is not witnessed by who hands on', handing({ witness: named('cán bộ') }), due, 'witnessName: WITNESS_IS_DISPATCHER'],
  ])('%s', (_name, asked, duty, expected) => {
    expect(refusal(() => checkHandingOn(asked, duty, today))).toBe(expected)
  })
})

describe('registering', () => {
  const ground = { family: 'LIVESTOCK', kindCode: 'COW', ruleKind: 'COW', received: 2n, receivedOn: '2026-01-10' as string | null, registered: 1 }
  const cow = { tag: 'HG-1', bornOn: '2024-01-01' }
  it.each<[string, typeof cow[], Partial<typeof ground>, string]>([
    ['takes in what came', [cow], {}, 'accepted'],
    ['takes in livestock alone', [cow], { family: 'CAPITAL' }, 'OTHER_FAMILY'],
    ['follows rules made for the kind', [cow], { ruleKind: 'GOAT' }, 'rule: OTHER_KIND'],
    ['waits until something came', [cow], { received: 0n, receivedOn: null }, 'NOTHING_RECEIVED'],
    ['needs an animal', [], {}, 'animals: BAD_COUNT'],
    ['takes in no more than came', [cow, { ...cow, tag: 'HG-2' }], {}, 'MORE_THAN_RECEIVED'],
    ['gives no tag twice', [cow, cow], { registered: 0 }, 'animals: TAG_TAKEN'],
    ['takes in none that was born after it came', [{ ...cow, bornOn: '2026-01-11' }], {}, 'animals.0.bornOn: BAD_DAY'],
  ])('%s', (_name, animals, more, expected) => {
    expect(refusal(() => checkRegistration(animals, { ...ground, ...more }))).toBe(expected)
  })

  it('writes tags in one way', () => {
    expect(tagIn(' hg-01 ', 'tag')).toBe('HG-01')
    expect(refusal(() => tagIn('-', 'tag'))).toBe('tag: BAD_TEXT')
    expect(refusal(() => tagIn('x'.repeat(21), 'tag'))).toBe('tag: BAD_TAG')
  })
})
