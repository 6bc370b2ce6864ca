// How hamlets are called, when they may begin, and which spellings are one name.
import { describe, expect, it } from 'vitest'
import type { Failure } from '../../platform/failure.ts'
import { checkBeginning, hamletNameIn, mustBeNew, nameKey, nextHamletCode } from './hamlet-rules.ts'

const codeOf = (run: () => unknown): unknown => {
  try {
    return run()
  } catch (failure) {
    return [(failure as Failure).field, (failure as Failure).code]
  }
}

describe('the name of a hamlet', () => {
  it.each([
    ['Thôn Đông Hải', 'xã', 'thôn', 'Đông Hải', 'Thôn Đông Hải'],
    ['  thôn   Đông  Hải ', 'xã', 'thôn', 'Đông Hải', 'Thôn Đông Hải'],
    ['Đông Hải', 'xã', 'thôn', 'Đông Hải', 'Thôn Đông Hải'],
    ['Đông Hải', 'phường', 'tổ dân phố', 'Đông Hải', 'Tổ dân phố Đông Hải'],
    ['Đông Hải', 'đặc khu', 'thôn', 'Đông Hải', 'Thôn Đông Hải'],
    ['3', 'phường', 'tổ dân phố', '3', 'Tổ dân phố 3'],
    ['TỔ DÂN PHỐ 3', 'phường', 'tổ dân phố', '3', 'Tổ dân phố 3'],
    ['TDP 3', 'phường', 'tổ dân phố', '3', 'Tổ dân phố 3'],
    ['Tổ 3', 'phường', 'tổ', '3', 'Tổ 3'],
    ['Khu phố 2', 'phường', 'khu phố', '2', 'Khu phố 2'],
    ['Khu 2 Trần Phú', 'phường', 'khu', '2 Trần Phú', 'Khu 2 Trần Phú'],
    ['Bản Ná Hý', 'xã', 'bản', 'Ná Hý', 'Bản Ná Hý'],
    ['Buôn Ako Dhông', 'xã', 'buôn', 'Ako Dhông', 'Buôn Ako Dhông'],
    ['Bảng Trạch', 'xã', 'thôn', 'Bảng Trạch', 'Thôn Bảng Trạch'], // begins like bản
    ['Thôn Đông Hải'.normalize('NFD'), 'xã', 'thôn', 'Đông Hải', 'Thôn Đông Hải'],
  ])('"%s" in a %s is a %s called "%s"', (typed, commune, subtype, name, fullName) => {
    expect(hamletNameIn(typed, commune)).toEqual({ subtype, name, fullName })
  })

  it.each(['', '   ', 'Thôn', 'tổ dân phố ', 'Thôn ...', '\u200b\u200b', 'Thôn \u202eĐông', 'Thôn Đ\u0000ông', 'a'.repeat(81)])('"%s" is none', (typed) => {
    expect(codeOf(() => hamletNameIn(typed, 'xã'))).toEqual(['name', 'BAD_NAME'])
  })
})

describe('two names', () => {
  it.each([
    ['Thôn Hòa Bình', 'thôn  HOÀ bình'], ['Thúy Sơn', 'Thuý Sơn'], ['Hải Tiến', 'Hải Tiến'.normalize('NFD')], ['Khoẻ', 'khỏe'],
  ])('"%s" and "%s" are one', (a, b) => expect(nameKey(a)).toBe(nameKey(b)))

  it.each([['Hòa Bình', 'Hoa Bình'], ['Hòa Bình', 'Hóa Bình'], ['Đông', 'Dông'], ['Thôn 1', 'Thôn 11'], ['Tân', 'Tấn'], ['Thu', 'Thư'], ['Hòa Binh', 'Hoa Bình']])(
    '"%s" and "%s" are two', (a, b) => expect(nameKey(a)).not.toBe(nameKey(b)))

  it('of one spelling are refused, and the one that is there is named', () => {
    expect(codeOf(() => mustBeNew('Thôn Hoà Bình', ['Thôn 1', 'Thôn Hòa Bình']))).toEqual(['name', 'NAME_TAKEN'])
    expect(codeOf(() => mustBeNew('Thôn 3', ['Thôn 1', 'Khu 3', 'Thôn 31']))).toBeUndefined()
  })
})

describe('a name', () => {
  it.each(['Thon Dong Hai', 'to dan pho 3', 'Xã Hải Ninh', 'phường 3', 'Thành phố Móng Cái', '<b>x</b>', 'Thôn {0}'])('"%s" is none of a hamlet', (typed) => {
    expect(codeOf(() => hamletNameIn(typed, 'xã'))).toEqual(['name', 'BAD_NAME'])
  })
  it.each(['Thôn Ðông Hải', 'Thôn Đông Нải', 'thôn ĐÔNG  HẢI'])('"%s" is Thôn Đông Hải, which is there', (typed) => {
    expect(codeOf(() => mustBeNew(hamletNameIn(typed, 'xã').fullName, ['Thôn Đông Hải']))).toEqual(['name', 'NAME_TAKEN'])
  })
  it.each([['Thôn 1 (Hải Tiến)', 'Thôn 1 (Hải Tiến)'], ['bản Pò Hèn', 'Bản Pò Hèn'], ['Khu phố 3/4', 'Khu phố 3/4'], ["Buôn Y'Bih", "Buôn Y'Bih"], ['Ban Mai', 'Thôn Ban Mai']])('"%s" is "%s"', (typed, fullName) => {
    expect(hamletNameIn(typed, 'xã').fullName).toBe(fullName)
  })
})

describe('the beginning of a hamlet', () => {
  const commune = { fullName: 'Xã Hải Ninh', validFrom: '2025-07-01' }
  const sound = { effectiveOn: '2025-07-01', decisionNo: '12/QĐ-UBND', decidedOn: '2019-03-04', issuer: 'UBND xã Hải Ninh' }
  const check = (change: Partial<typeof sound>) => codeOf(() => checkBeginning({ ...sound, ...change }, commune, '2026-11-30'))

  it('is the first day of the commune, today, or between; by a decision of any day until today', () => {
    for (const change of [{}, { effectiveOn: '2026-11-30' }, { decidedOn: '2026-11-30' }, { issuer: 'HĐND xã' }]) expect(check(change)).toBeUndefined()
  })
  it.each([
    [{ effectiveOn: '2026-12-01' }, 'effectiveOn', 'BAD_DAY'], [{ effectiveOn: '2025-06-30' }, 'effectiveOn', 'BEFORE_COMMUNE'],
    [{ decidedOn: '2026-12-01' }, 'decidedOn', 'BAD_DAY'], [{ decisionNo: ' 1 ' }, 'decisionNo', 'BAD_DECISION'], [{ decisionNo: '1'.repeat(61) }, 'decisionNo', 'BAD_DECISION'],
    [{ issuer: '' }, 'issuer', 'BAD_ISSUER'], [{ issuer: '123' }, 'issuer', 'BAD_ISSUER'], [{ issuer: 'UBND \u202exã' }, 'issuer', 'BAD_ISSUER'],
  ])('is refused for %o', (change, field, code) => expect(check(change)).toEqual([field, code]))
})

describe('the code of the next hamlet', () => {
  it.each([[[], '06733-101'], [['06733-001', '06733-003'], '06733-101'], [['06733-101', '06733-104'], '06733-105']])('after %o is %s', (codes, next) => {
    expect(nextHamletCode('06733', codes)).toBe(next)
  })
})
