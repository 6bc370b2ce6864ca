// What can be recorded of an animal.
import { expect, test } from 'vitest'
import { recordableOf } from './animal-events.ts'

const cow = { id: 'Animal:1', sex: 'FEMALE', owner: 'PROGRAMME', status: 'ALIVE', awaiting: null, duty: { ownedFrom: null }, dam: null } as const
const owing = (state: string, calf = 'Animal:1') => ({ duty: { state, calf } })
const day = '2026-11-22'

test("a cow that is lent gives birth, is vaccinated, falls ill, dies or is stolen, and is not the household's to sell", () => {
  expect(recordableOf(cow, day)).toEqual(['VACCINATED', 'ILL', 'BORN', 'DIED', 'STOLEN'])
})

test("she can be the household's own from her day on", () => {
  expect(recordableOf({ ...cow, duty: { ownedFrom: '2026-11-22' } }, day)).toContain('OWNED')
  expect(recordableOf({ ...cow, duty: { ownedFrom: '2026-11-23' } }, day)).not.toContain('OWNED')
})

test('a male that is due is sold, and a female bought for him, once', () => {
  const bull = { ...cow, sex: 'MALE', duty: null } as const
  expect(recordableOf({ ...bull, dam: owing('SELL_MALE') }, day)).toEqual(['VACCINATED', 'ILL', 'SOLD', 'DIED', 'STOLEN'])
  expect(recordableOf({ ...bull, dam: owing('SELL_MALE', 'Animal:2') }, day)).not.toContain('SOLD')
  expect(recordableOf({ ...bull, status: 'SOLD', dam: owing('BUY_FEMALE') }, day)).toEqual(['BOUGHT'])
  expect(recordableOf({ ...bull, status: 'SOLD', dam: owing('GROWING', 'Animal:2') }, day)).toEqual([])
})

test("one's own is sold freely", () => {
  expect(recordableOf({ ...cow, owner: 'HOUSEHOLD', duty: null }, day)).toContain('SOLD')
})

test('nothing is recorded of an animal that is dead, or on its way to another household', () => {
  expect(recordableOf({ ...cow, status: 'DIED' }, day)).toEqual([])
  expect(recordableOf({ ...cow, awaiting: {} }, day)).toEqual([])
})
