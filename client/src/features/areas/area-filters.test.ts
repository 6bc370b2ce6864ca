// The address of the list says what is asked, and nonsense in it is left out.
import { expect, test } from 'vitest'
import { areaSearchParamsIn, askedOf } from './area-filters.ts'

test('without words, hamlets in need are asked for', () => {
  expect(askedOf({})).toEqual({ search: null, kind: 'HAMLET', inNeed: true, needKind: null })
})

test('with words, every area is, in need or not', () => {
  expect(askedOf({ tim: 'mong cai' })).toEqual({ search: 'mong cai', kind: null, inNeed: null, needKind: null })
})

test('a kind of support narrows to where it is lacking, also among what was searched for', () => {
  expect(askedOf({ tim: 'mong cai', loai: 'COW', cap: 'xa' })).toEqual({ search: 'mong cai', kind: 'COMMUNE', inNeed: true, needKind: 'COW' })
})

test('what cannot be understood in an address is left out', () => {
  expect(areaSearchParamsIn({ tim: '  ', tinh: '<p>', loai: 'cow', cap: 'x', khac: 1 })).toEqual({ tim: undefined, tinh: undefined, loai: undefined, cap: undefined })
  expect(areaSearchParamsIn({ tim: 12, tinh: 'p22', loai: 'COW', cap: 'thon' })).toEqual({ tim: '12', tinh: 'p22', loai: 'COW', cap: 'thon' })
})
