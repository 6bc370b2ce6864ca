// The address of the openings says what is asked, and nonsense in it is left out.
import { expect, test } from 'vitest'
import { askedOf } from './asked-openings.ts'
import { openingSearchIn } from './opening-search.ts'

test('everything is asked for unless the address says less', () => {
  expect(askedOf({})).toEqual({ search: null, area: null, family: null, withoutSkills: null })
})

test('words, place, kind and skill each narrow what is asked for', () => {
  expect(askedOf({ tim: 'may', noi: 'c06733', loai: 'viec-lam', nghe: 'khong' })).toEqual({ search: 'may', area: 'Area:c06733', family: 'JOB', withoutSkills: true })
})

test('of produce no skill is asked', () => {
  expect(askedOf({ loai: 'nong-san', nghe: 'khong' })).toMatchObject({ family: 'OFFTAKE', withoutSkills: null })
})

test('what cannot be understood in an address is left out', () => {
  expect(openingSearchIn({ tim: '  ', noi: 'Area:c06733', loai: 'JOB', nghe: true, khac: 1 })).toEqual({})
  expect(openingSearchIn({ tim: 12, noi: 'c06733', loai: 'nong-san', nghe: 'khong' })).toEqual({ tim: '12', noi: 'c06733', loai: 'nong-san', nghe: 'khong' })
})
