// The herd as a picture of households.
import { expect, test } from 'vitest'
import { generationsOf, keepingsOf } from './keepings.ts'

const animal = (id: string, more: { isPlaced?: boolean; dam?: string; standsFor?: string } = {}) =>
  ({ id, isPlaced: more.isPlaced ?? false, dam: more.dam ? { id: more.dam } : null, standsFor: more.standsFor ? { id: more.standsFor } : null })
const cow = animal('cow', { isPlaced: true })

test('a calf stands with the household where it was born until it has gone to the next, which then follows that household', () => {
  const [stays, goes] = [animal('stays', { dam: 'cow' }), animal('goes', { dam: 'cow', isPlaced: true })]
  const grandchild = animal('grandchild', { dam: 'goes' })
  expect(keepingsOf([cow, stays, goes, grandchild])).toEqual([
    { animal: cow, young: [stays], next: [{ animal: goes, young: [grandchild], next: [] }] }])
})

test("a household's own stock stays with it through the generations", () => {
  const [heifer, calf] = [animal('heifer', { dam: 'cow' }), animal('calf', { dam: 'heifer' })]
  expect(keepingsOf([cow, heifer, calf])).toEqual([{ animal: cow, young: [heifer, calf], next: [] }])
})

test('a female that was bought for a male goes on from the household of his mother', () => {
  const [bull, heifer] = [animal('bull', { dam: 'cow' }), animal('heifer', { standsFor: 'bull', isPlaced: true })]
  expect(keepingsOf([cow, bull, heifer])).toEqual([{ animal: cow, young: [bull], next: [{ animal: heifer, young: [], next: [] }] }])
})

test('each gift begins a picture of its own, and so does what comes from where one may not look', () => {
  const [second, foreign] = [animal('second', { isPlaced: true }), animal('foreign', { dam: 'elsewhere' })]
  expect(keepingsOf([cow, second, foreign]).map((keeping) => keeping.animal.id)).toEqual(['cow', 'second', 'foreign'])
})

test('what is on its way counts as with the next household', () => {
  const keepings = keepingsOf([cow, animal('goes', { dam: 'cow', isPlaced: true }), animal('grandchild', { dam: 'goes' })])
  expect(generationsOf(keepings, () => false)).toBe(2)
  expect(generationsOf(keepings, ({ id }) => id === 'grandchild')).toBe(3)
  expect(generationsOf([], () => true)).toBe(0)
})
