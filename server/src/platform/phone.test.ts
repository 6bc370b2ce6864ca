import { describe, expect, it } from 'vitest'
import { optionalPhoneIn, phoneIn, phoneOfToday } from './phone.ts'

describe('one number has one spelling', () => {
  it.each([
    '0912345678', '(+84) 912 345 678', '0912.345.678', '+84912345678', '84912345678', '+84 0912 345 678', '0084 912 345 678', '０９１２３４５６７８', '0912–345–678',
    '\u202a0912 345 678\u202c', ' 0912\u00a0345\u00a0678 ', '(0912) 345-678', '912345678',
  ])('%s', (typed) => expect(phoneIn(typed)).toBe('0912345678'))
  it.each([['0203 388 1234', '02033881234'], ['+84 (24) 3936 1234', '02439361234'], ['1900 1234', '19001234'], ['+44 20 7946 0958', '+442079460958'], ['001 202 555 0143', '+12025550143'], ['+81 90-1234-5678', '+819012345678']])(
    '%s is %s', (typed, number) => expect(phoneIn(typed)).toBe(number))
})

it.each(['........', '', '123', '113', 'gọi sau', '0912 abc 678', '0000000000', '091234567', '09123456789', '0912345678; 0987654321', '+', '()', '- - - - - - - -', '9'.repeat(300)])(
  'is none: %j', (typed) => expect(phoneIn(typed)).toBeNull())

describe('a mobile number of before 2018', () => {
  it.each([['0123 456 7890', '0834567890'], ['0168 234 5678', '0382345678'], ['+84 120 212 3456', '0702123456'], ['0199.312.3456', '0593123456']])(
    '%s is called as %s today', (old, now) => expect(phoneOfToday(old)).toBe(now))
  it('is no number by itself', () => expect(phoneIn('01234567890')).toBeNull())
})

it('may be left out, and is refused at its field in words that help', () => {
  expect([optionalPhoneIn('phone', null), optionalPhoneIn('phone', ' '), optionalPhoneIn('phone', '\u200b')]).toEqual([null, null, null])
  expect(() => optionalPhoneIn('phone', '........')).toThrow(expect.objectContaining({ code: 'BAD_PHONE', field: 'phone' }) as never)
})
