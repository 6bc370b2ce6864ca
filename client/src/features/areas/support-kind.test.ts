// Thirty kinds are found under their families, and by their names however they are typed.
import { expect, test } from 'vitest'
import { byFamily, isNamed } from './support-kind.ts'

const house = { family: 'WORKS', name: 'Nhà Đại đoàn kết xây mới', nameEn: 'Great Solidarity house, new' } as const
const cow = { family: 'LIVESTOCK', name: 'Bò giống sinh sản', nameEn: 'Breeding cow' } as const

test.each([['nha dai doan ket', true], ['Đại', true], ['house', true], ['xay nha', true], ['bo', false], ['', true]])('"%s" finds a house: %s', (text, is) => {
  expect(isNamed(house, text)).toBe(is)
})

test('families stand in one order, and none is empty', () => {
  expect(byFamily([house, cow])).toEqual([['LIVESTOCK', [cow]], ['WORKS', [house]]])
})
