// Rules of areas: days, names and ids.
import { describe, expect, it } from 'vitest'
import { dayAfter, dayBefore, fullNameOf, isValidOn, mintId, overlap, splitFullName, withoutMarks } from './rules.ts'

describe('days of an area', () => {
  const tienGiang = { validFrom: '2016-01-01', validTo: '2025-06-30' }
  const dongThap = { validFrom: '2025-07-01', validTo: null }

  it('counts the first and the last day in', () => {
    expect(['2015-12-31', '2016-01-01', '2025-06-30', '2025-07-01'].map((day) => isValidOn(tienGiang, day))).toEqual([false, true, true, false])
  })

  it('never ends while its last day is open', () => expect(isValidOn(dongThap, '2999-12-31')).toBe(true))

  it('knows the days around the turn of a month, a year and a leap February', () => {
    expect(dayAfter('2025-06-30')).toBe('2025-07-01')
    expect(dayAfter('2024-12-31')).toBe('2025-01-01')
    expect(dayAfter('2024-02-28')).toBe('2024-02-29')
    expect(dayBefore('2026-04-30')).toBe('2026-04-29')
  })

  it('finds the days that two areas share', () => {
    expect(overlap(tienGiang, dongThap)).toBeNull()
    expect(overlap(dongThap, dongThap)).toEqual(dongThap)
    expect(overlap(tienGiang, { validFrom: '2024-11-01', validTo: null })).toEqual({ validFrom: '2024-11-01', validTo: '2025-06-30' })
  })
})

describe('names of an area', () => {
  it.each([
    ['Phường Móng Cái 1', 'phường', 'Móng Cái 1'],
    ['Thị trấn Neo', 'thị trấn', 'Neo'],
    ['Đặc khu Hoàng Sa', 'đặc khu', 'Hoàng Sa'],
    ['Thành phố Hồ Chí Minh', 'thành phố', 'Hồ Chí Minh'],
    ['Xã  A Dơi'.normalize('NFD'), 'xã', 'A Dơi'],
    ['Cao Bằng', null, 'Cao Bằng'],
  ])('splits %j into its subtype and its name, in NFC', (fullName, subtype, name) => {
    expect(splitFullName(fullName)).toEqual({ subtype, name })
  })

  it('writes the full name as it is spoken', () => {
    expect(fullNameOf('phường', 'Móng Cái 1')).toBe('Phường Móng Cái 1')
    expect(fullNameOf('đặc khu', 'Trường Sa')).toBe('Đặc khu Trường Sa')
    expect(fullNameOf('thành phố trung ương', 'Đồng Nai')).toBe('Thành phố Đồng Nai')
  })

  it('writes the name for English without its marks', () => expect(withoutMarks('Ea M’Droh, Đắk Lắk')).toBe("Ea M'Droh, Dak Lak"))
})

describe('ids of areas', () => {
  const tienGiang = { kind: 'PROVINCE', code: '82', validFrom: '2016-01-01', validTo: '2025-06-30' } as const
  const dongThap = { kind: 'PROVINCE', code: '82', validFrom: '2025-07-01', validTo: null } as const
  const hoaLac = { kind: 'COMMUNE', code: '06718', validFrom: '2016-01-01', validTo: '2024-10-31' } as const

  it('gives a code that was used again to its last bearer, and to earlier ones with their last year', () => {
    expect(mintId(dongThap, dongThap)).toBe('p82')
    expect(mintId(tienGiang, dongThap)).toBe('p82_2025')
  })

  it('leaves an ended area its plain id when nobody took its code', () => expect(mintId(hoaLac, hoaLac)).toBe('c06718'))

  it('makes a path label of a hamlet code', () => {
    expect(mintId({ kind: 'HAMLET', code: '06733-001', validFrom: '2016-01-01', validTo: null }, hoaLac)).toBe('h06733_001')
  })
})
