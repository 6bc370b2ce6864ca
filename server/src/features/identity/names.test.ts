import { describe, expect, it } from 'vitest'
import { isSamePerson, meant } from './names.ts'

describe('a name is the same, however it is written', () => {
  it.each([
    ['case', 'LÊ THỊ THỬ'], ['spaces', ' Lê  Thị\u00a0Thử '], ['decomposed', 'Lê Thị Thử'.normalize('NFD')], ['full-width', 'Ｌê Ｔhị Ｔhử'], ['a Cyrillic letter', 'Lê Тhị Thử'],
    ['a Greek letter', 'Lê Τhị Thử'], ['a zero-width space', 'Lê Thị Th\u200bử'], ['how one is spoken to', 'bà Lê Thị Thử'], ['an office added', 'Lê Thị Thử, trưởng thôn'],
    ['an office in brackets', 'Lê Thị Thử (xã Hải Ninh)'], ['a full stop', 'Lê Thị Thử.'],
  ])('%s', (_how, typed) => expect(meant(typed)).toBe(meant('Lê Thị Thử')))
  it.each([['Trần Văn Hoà', 'Trần Văn Hòa'], ['Thuỷ', 'Thủy'], ['Khoẻ', 'Khỏe'], ['Đỗ', 'Ðỗ'], ['ĐỖ', 'Ɖỗ'], ["O'Brien", 'O’Brien'], ['Hà', 'Hа\u0300'], ['Cao Hà', 'Сао Hà']])(
    '%s = %s', (one, other) => expect(meant(one)).toBe(meant(other)))
})

it.each([['Thu', 'Thử'], ['Thư', 'Thu'], ['Mơ', 'Mo'], ['Đan', 'Dan'], ['Hà', 'Hạ'], ['Tân', 'Tăn'], ['Hòa', 'Hoa'], ['Thu Hà', 'Thù Ha'], ['Y Bkrông', 'Y Bkrong'], ['田中', '田仲'], ['Анна', 'Олга']])(
  'one mark or letter more is another name: %s, %s', (one, other) => expect(meant(one)).not.toBe(meant(other)))

describe('who is who', () => {
  const [officer, namesake] = [{ personId: 'a', name: 'Lê Thị Thử' }, { personId: 'b', name: 'Lê Thị Thử' }]
  it.each([
    ['two accounts are two people, by whatever names', officer, namesake, false],
    ['one account is one person, by whatever names', officer, { personId: 'a', name: 'Người Khác' }, true],
    ['of two names without an account, the same is the same person', officer, { personId: null, name: 'lê thị thử' }, true],
    ['another name is another person', officer, { personId: null, name: 'Lê Thị Thư' }, false],
    ['without any marks it is that of whoever has it with several', officer, { personId: null, name: 'Le Thi Thu' }, true],
    ['with marks elsewhere, a mark less is another person', officer, { personId: null, name: 'Lê Thị Thu' }, false],
    ['of a name with one mark, one without is another', { personId: 'a', name: 'Thử' }, { personId: null, name: 'Thu' }, false],
    ['a number added is the same person', officer, { personId: null, name: 'Lê Thị Thử 2' }, true],
    ['a sign added is the same person', officer, { personId: null, name: 'Lê* Thị Thử' }, true],
    ['in another order it is the same person', officer, { personId: null, name: 'Thử Lê Thị' }, true],
    ['with an initial in the middle it is the same person', officer, { personId: null, name: 'Lê T. Thử' }, true],
    ['with another initial it is another person', officer, { personId: null, name: 'Lê V. Thử' }, false],
    ['a document tells namesakes apart', officer, { personId: null, name: 'Lê Thị Thử', document: '022090001234' }, false],
  ])('%s', (_rule, one, other, same) => expect([isSamePerson(one, other), isSamePerson(other, one)]).toEqual([same, same]))
})
