// Folding: what people type and what the lists spell must meet.
import { describe, expect, it } from 'vitest'
import { foldVi } from './fold.ts'

describe('folding Vietnamese text', () => {
  it.each([
    ['Hải Hòa', 'hai hoa'],
    ['Hải Hoà', 'hai hoa'],
    ['HẢI HÒA', 'hai hoa'],
    ['Hải Hòa'.normalize('NFD'), 'hai hoa'],
    ['Đồng Tháp', 'dong thap'],
    ['ĐỒNG THÁP'.normalize('NFD'), 'dong thap'],
    ['Thừa Thiên - Huế', 'thua thien hue'],
    ['Bà Rịa - Vũng Tàu', 'ba ria vung tau'],
    ['Cảnh Thuỵ', 'canh thuy'],
    ['  Móng \u00a0 Cái\t1 ', 'mong cai 1'],
    ['TP.HCM', 'tp hcm'],
    ['06733', '06733'],
    ['', ''],
  ])('folds %j to %j', (text, folded) => expect(foldVi(text)).toBe(folded))

  it.each(["M'Drắk", 'M’Drắk', 'MʼDrắk', 'M‘Drắk', 'M`Drắk', 'M´Drắk', 'mdrak'])('drops the apostrophe of %s, however it is typed', (text) => {
    expect(foldVi(text)).toBe('mdrak')
  })

  it.each([["Ia H' Drai", 'ia hdrai'], ["CƯ M’ GAR", 'cu mgar'], ["H' K' Drai", 'hkdrai'], ["khu 'B' cũ", 'khu b cu'], ["Bình' Minh", 'binh minh']])('reads %s as %s', (text, folded) => {
    expect(foldVi(text)).toBe(folded)
  })

  it('leaves nothing that a LIKE pattern would take for a wildcard', () => {
    expect(foldVi('100%_\\|a')).toBe('100 a')
  })

  it('changes nothing that is folded already', () => {
    const once = foldVi('Xã Ea H’Leo, tỉnh Đắk Lắk')
    expect(foldVi(once)).toBe(once)
  })
})
