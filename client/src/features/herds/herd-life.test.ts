// A herd as its giver reads it: who came after whom, and what is most urgent.
import { expect, test } from 'vitest'
import { type HerdLife, generationsIn, nextDueOf } from './herd-life.ts'

type Animal = HerdLife['animals'][number]
type Duty = NonNullable<Animal['duty']>

const animal = (id: string, recipientCode: string, more: Partial<Animal> & { damId?: string } = {}): Animal => {
  const { damId, ...rest } = more
  return { id, isPlaced: true, recipientCode, dam: damId ? { id: damId } : null, standsFor: null, awaiting: null, duty: null, ...rest }
}
const owing = (state: Duty['state'], from: string | null = null, by: string | null = null) => animal(state + by, 'Hộ 1', { duty: { state, from, by } })

test('households stand one after the other, each once, and what is on its way stands with the next', () => {
  expect(generationsIn([
    animal('a', 'Hộ 1'), animal('b', 'Hộ 1'),
    animal('c', 'Hộ 2', { damId: 'a' }), animal('d', 'Hộ 3', { damId: 'b' }), animal('e', 'Hộ 1', { damId: 'a', isPlaced: false }),
    animal('f', 'Hộ 2', { damId: 'c', isPlaced: false, awaiting: { id: 'AnimalHandover:1' } }),
  ])).toEqual([{ codes: ['Hộ 1'], awaited: 0 }, { codes: ['Hộ 2', 'Hộ 3'], awaited: 0 }, { codes: [], awaited: 1 }])
})

test('an empty book has no households', () => {
  expect(generationsIn([])).toEqual([])
})

test.each<[string, Animal[], ReturnType<typeof nextDueOf>]>([
  ['what is late, the latest first', [owing('GROWING', '2027-01-01', '2027-06-01'), owing('OVERDUE', '2026-01-01', '2026-06-01'), owing('OVERDUE', '2025-01-01', '2025-06-01')], { key: 'overdue', on: '2025-06-01' }],
  ['what is due before what grows', [owing('GROWING', '2027-01-01', '2027-06-01'), owing('DUE', '2026-11-01', '2027-03-01')], { key: 'due', on: '2027-03-01' }],
  ['a male that makes way for a female, with no day', [owing('BUY_FEMALE'), owing('AWAITS_BIRTH')], { key: 'exchange', on: null }],
  ['from when one is old enough', [owing('GROWING', '2027-01-01', '2027-06-01')], { key: 'growing', on: '2027-01-01' }],
  ['a birth', [owing('AWAITS_BIRTH'), owing('DONE')], { key: 'birth', on: null }],
  ['nothing, once all is done or waits for an answer', [owing('DONE'), owing('EXCUSED'), owing('AWAITS_ANSWER')], null],
])('next comes %s', (_name, animals, expected) => {
  expect(nextDueOf(animals)).toEqual(expected)
})
