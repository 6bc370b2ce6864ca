// The rules of adoptions, as tables.
import { describe, expect, it } from 'vitest'
import { type AdoptionAction, type AdoptionInput, type Standing, checkAdoption, checkAllowed, isAllowedIn, nextPeriod, reasonIn } from './rules.ts'

const TODAY = '2026-11-22'
const input: AdoptionInput = { from: TODAY, until: '2028-11-21', statement: 'Giúp con giống và vốn nhỏ', contactName: 'Đỗ Thị Giả Định', contactPhone: '0900 000 001' }
const refusal = (run: () => unknown) => {
  try {
    run()
    return 'accepted'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('a proposal', () => {
  it.each<[string, Partial<AdoptionInput>, string]>([
    ['is accepted for two years from today', {}, 'accepted'],
    ['needs no telephone', { contactPhone: null }, 'accepted'],
    ['cannot begin yesterday', { from: '2026-11-21' }, 'BAD_DAY'],
    ['cannot begin in more than a year', { from: '2027-11-23', until: '2028-11-21' }, 'BAD_DAY'],
    ['lasts longer than a day', { until: TODAY }, 'BAD_PERIOD'],
    ['lasts five years at most', { until: '2031-11-23' }, 'BAD_PERIOD'],
    ['says what will be done', { statement: 'Giúp' }, 'BAD_STATEMENT'],
    ['names a person', { contactName: ' ' }, 'BAD_NAME'],
    ['has a telephone that can be called', { contactPhone: 'gọi sau' }, 'BAD_PHONE'],
  ])('%s', (_name, change, expected) => expect(refusal(() => checkAdoption({ ...input, ...change }, TODAY))).toBe(expected))
})

describe('an adoption', () => {
  const standing: Standing = { state: 'ACTIVE', wasAccepted: true, isRenewed: false }
  const allowed = (change: Partial<Standing>) =>
    (['accept', 'decline', 'renew', 'end'] satisfies AdoptionAction[]).filter((action) => isAllowedIn({ ...standing, ...change }, action))
  it.each<[string, Partial<Standing>, string[]]>([
    ['that is proposed is answered or taken back', { state: 'PROPOSED', wasAccepted: false }, ['accept', 'decline', 'end']],
    ['that is active is renewed or ended', {}, ['renew', 'end']],
    ['is renewed once', { isRenewed: true }, ['end']],
    ['that has ended can be taken up again', { state: 'ENDED' }, ['renew']],
    ['that was taken back before it began is over', { state: 'ENDED', wasAccepted: false }, []],
    ['that was declined is over', { state: 'DECLINED', wasAccepted: false }, []],
  ])('%s', (_name, change, expected) => expect(allowed(change)).toEqual(expected))
  it('says in which state it is when something cannot be done', () => {
    expect(() => checkAllowed({ ...standing, state: 'DECLINED', wasAccepted: false }, 'end')).toThrow(/is declined/)
    expect(refusal(() => checkAllowed({ ...standing, isRenewed: true }, 'renew'))).toBe('RENEWED_ALREADY')
  })
  it('ends with a reason', () => expect(refusal(() => reasonIn('  '))).toBe('REASON_NEEDED'))
})

describe('the next period', () => {
  it('begins on the day after the last', () => expect(nextPeriod('2027-01-31', '2028-01-31', TODAY)).toEqual({ from: '2027-02-01', until: '2028-01-31' }))
  it('begins today when the last has long passed', () => expect(nextPeriod('2025-01-31', '2028-01-31', TODAY).from).toBe(TODAY))
  it('cannot end before it begins', () => expect(refusal(() => nextPeriod('2027-01-31', '2027-01-31', TODAY))).toBe('BAD_PERIOD'))
})
